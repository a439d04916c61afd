"""The players of Axelrod-Python by name: which there are, how each runs, and what is refused."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections import Counter
from importlib import metadata

import pytest
from click.testing import CliRunner
from real_players import package

from coopgames.cli import coopgames
from coopgames.mistakes import Mistake
from coopgames.specs import strategy_from
from coopgames.strategies import Automaton, Compiled, Python, axelrod_players, axelrod_strategy
from coopgames.strategies.bridge.tables import table_of

PLAYERS = axelrod_players()


def run(*arguments):
    return CliRunner().invoke(coopgames, arguments)


def test_all_players_are_there_with_what_the_package_says_of_them():
    axl = package()
    assert set(PLAYERS) == {kind.__name__ for kind in axl.all_strategies}
    assert len(axl.strategies) == 240
    slow = {kind.__name__ for kind in axl.long_run_time_strategies}
    assert {name for name, (player, _) in PLAYERS.items() if player.slow} == slow


def test_at_least_half_are_automata_or_compiled():
    forms = Counter(found.form for _, found in PLAYERS.values())
    assert forms["automaton"] + forms["compiled"] >= 120
    for name, (_, found) in PLAYERS.items():
        if found.runs == "not" or found.needs_package:
            continue
        kind = {"automaton": Automaton, "compiled": Compiled, "python": Python}[found.form]
        assert isinstance(axelrod_strategy(name).rule, kind)
        assert found.why == "" or found.runs == "python"


def test_what_is_no_automaton_says_why():
    assert all(found.why for _, found in PLAYERS.values() if found.form in {"python", ""})


def test_who_inspects_or_changes_opponents_is_refused():
    axl = package()
    cheats = [
        kind.__name__
        for kind in axl.all_strategies
        if any(
            kind.classifier.get(key)
            for key in ("inspects_source", "manipulates_source", "manipulates_state")
        )
    ]
    assert [name for name, (_, found) in PLAYERS.items() if found.runs == "not"] == cheats
    for name in cheats:
        with pytest.raises(Mistake, match=r"cannot be played here: .* share one memory"):
            axelrod_strategy(name)


@pytest.mark.parametrize(
    "name", [name for name, (_, found) in PLAYERS.items() if found.evidence == "proved"]
)
def test_what_is_proved_is_what_the_table_says(name):
    assert axelrod_strategy(name).rule == table_of(getattr(package(), name)())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("axelrod:TitForTot", "did you mean TitForTat"),
        ("axelrod:titfortat", "did you mean TitForTat"),
        ("axelrod:TitForTat(p=1)", 'takes no parameters, so no "p"'),
        ("axelrod:GTFT(q=1)", 'no parameter of axelrod:GTFT "q"'),
        ("axelrod:ZDExtort2(phi=5)", "cannot be made so: ValueError"),
    ],
)
def test_mistakes_are_named(text, message):
    with pytest.raises(Mistake) as found:
        strategy_from(text)
    assert message in str(found.value)


def test_parameters_reach_the_class():
    half = strategy_from("axelrod:GTFT(p=0.5)")
    assert half.label == "axelrod:GTFT(p=0.5)"
    assert half.rule == strategy_from("generous-tit-for-tat(q=0.5)").rule
    assert isinstance(strategy_from("axelrod:Golden").rule, Python)


def test_names_values_and_digests_survive_pickling():
    for name in ("TitForTat", "Golden", "CycleHunter", "Winner12"):
        made = axelrod_strategy(name)
        again = pickle.loads(pickle.dumps(made))
        assert again == made
        assert again.digest == made.digest
    digests = {axelrod_strategy(n).digest for n in ("Golden", "Pi", "e", "ThueMorse")}
    assert len(digests) == 4


def test_without_the_package(monkeypatch):
    def absent(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    assert axelrod_strategy("Grudger").label == "axelrod:Grudger"
    for name in ("Golden", "EvolvedANN"):
        with pytest.raises(Mistake, match=r'not installed: pip install "coopgames\[axelrod\]"'):
            axelrod_strategy(name)


def test_another_version_is_not_taken_for_this_one(monkeypatch):
    monkeypatch.setattr(metadata, "version", lambda _: "4.14.0")
    with pytest.raises(Mistake, match=r"4\.14\.0 is installed"):
        axelrod_strategy("Golden")


def test_naming_a_player_imports_nothing():
    code = (
        "import sys; from coopgames.strategies import axelrod_strategy, axelrod_players;"
        "axelrod_players(); axelrod_strategy('Golden'); axelrod_strategy('Winner12');"
        "print('axelrod' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_list_from_the_command_line():
    rows = json.loads(run("strategies", "list", "--source", "axelrod", "--json").output)
    assert len(rows) == len(PLAYERS)
    row = next(row for row in rows if row["name"] == "axelrod:Winner12")
    assert (row["runs"], row["form"], row["evidence"]) == ("converted", "automaton", "proved")
    assert {row["runs"] for row in rows} == {"native", "converted", "python", "not"}
    shown = run("strategies", "list", "--source", "axelrod").output
    assert shown.startswith(f"{len(PLAYERS)} players of Axelrod-Python 4.13.1")
    assert all(f"axelrod:{name} " in shown for name in PLAYERS)


@pytest.mark.parametrize("name", ["TitForTat", "Golden", "CycleHunter", "EvolvedFSM16"])
def test_a_card_from_the_command_line(name):
    done = run("strategies", "show", f"axelrod:{name}")
    assert done.exit_code == 0, done.output
    assert "Axelrod-Python 4.13.1" in done.output
