"""Plugins: listed without being imported, used by name, and harmless where they are broken."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.games import catalog_entry, game_plugins, named_game
from coopgames.mistakes import Mistake
from coopgames.plugins import plugins
from coopgames.specs import as_spec, load, loads_canonical, schema, strategy_from
from coopgames.strategies import find, strategy, strategy_plugins
from coopgames.strategies.provided import provided

PATIENT = """
import marked
DESCRIPTION = "I forgive three times."

def strategy(theirs):
    return 1 if theirs.count(1) > 3 else 0
"""
GAMES = """
from coopgames import Automaton, two_by_two

def costly(T=5.0):
    "A dilemma whose temptation can be chosen."
    return two_by_two("costly", R=3, S=0, T=T, P=1)

def none(T):
    return 1

fixed = two_by_two("fixed", R=3, S=1, T=2, P=0)
grim = Automaton([[1, 0], [0, 1]], [[[0, 1], [1, 1]], [[1, 1], [1, 1]]])
"""
POINTS = {
    "patience-0.2": {
        "strategies": {"patience": "patient", "sulk": "own_games:grim",
                       "three": "own_games:fixed"},
        "games": {"costly": "own_games:costly", "fixed": "own_games:fixed",
                  "odd": "own_games:none"},
    },
    "broken-1.0": {
        "strategies": {
            "wrong": "wrong", "gone": "gone.further:x", "crashes": "crashes",
            "nothing": "patient:x", "tit-for-tat": "patient", "TFT": "patient",
            "two words": "patient", "quits": "quits",
        },
        "games": {"stag-hunt": "own_games:fixed"},
        "measures": {"share": "patient:strategy"},
    },
}  # fmt: skip
FILES = {
    "patient": PATIENT, "own_games": GAMES, "wrong": "def (", "crashes": "x = 1 / 0\n",
    "marked": "", "quits": "import sys\nsys.exit(3)\n",
}  # fmt: skip


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two distributions as an installer would leave them."""
    for name, text in FILES.items():
        (tmp_path / f"{name}.py").write_text(text)
    for distribution, groups in POINTS.items():
        name, version = distribution.rsplit("-", 1)
        folder = tmp_path / f"{distribution}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        lines = []
        for group, points in groups.items():
            lines += [f"[coopgames.{group}]", *(f"{n} = {at}" for n, at in points.items())]
        (folder / "entry_points.txt").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(tmp_path)
    forget()
    yield tmp_path
    for name in FILES:
        sys.modules.pop(name, None)
    forget()


def forget() -> None:
    for cached in (plugins, provided, game_plugins):
        cached.cache_clear()


PROBLEMS = {
    "wrong": "wrong.py, line 1: is not valid Python: invalid syntax",
    "gone": "there is no module gone.further",
    "nothing": "patient.py defines no x",
    "tit-for-tat": "the library has a strategy of this name, which is the one that is meant by it",
    "TFT": "the library has a strategy of this name, which is the one that is meant by it",
    "two words": "'two words' is no name; a name has no blanks, commas, # and parentheses",
}


def test_they_are_listed_and_none_is_imported(installed: Path) -> None:
    found = strategy_plugins()
    assert list(found) == sorted(found)
    assert {n: p.problem for n, p in found.items() if p.problem} == PROBLEMS
    assert (found["patience"].distribution, found["patience"].version) == ("patience", "0.2")
    assert set(game_plugins()) == {"costly", "fixed", "odd", "stag-hunt"}
    for command in (["strategies", "list"], ["games", "list"], ["strategies", "list", "--json"]):
        code, _, err = run_command(command)
        assert (code, err) == (0, "")
    assert not set(FILES) & set(sys.modules)


def test_broken_ones_are_warnings_in_the_lists(installed: Path) -> None:
    _, out, _ = run_command(["strategies", "list", "--family", "plugin"])
    assert "patience                       patience 0.2\n" in out
    for name, problem in PROBLEMS.items():
        assert f"  {name:<30} broken 1.0   warning: {problem}\n" in out
    rows = {row["name"]: row for row in json.loads(run_command(["games", "list", "--json"])[1])}
    assert rows["fixed"]["provider"] == "patience 0.2"
    assert rows["stag-hunt"]["provider"] == "broken 1.0"


def test_the_doctor_tries_each(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coopgames.cli import pluginrows

    monkeypatch.setenv("PYTHONPATH", str(installed))
    wanted = ("patience", "crashes", "quits", "wrong", "costly", "odd")
    all_ = pluginrows.everywhere()
    monkeypatch.setattr(pluginrows, "everywhere", lambda: [p for p in all_ if p.name in wanted])
    assert {row["name"]: row["problem"] for row in pluginrows.tried()} == {
        "patience": None,
        "costly": None,
        "crashes": "cannot be loaded: ZeroDivisionError: division by zero",
        "quits": "cannot be loaded: SystemExit: 3",
        "wrong": PROBLEMS["wrong"],
        "odd": "cannot be used: its parameter T has no number or text as usual value",
    }


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("crashes", "crashes, a plugin of broken 1.0, cannot be loaded: ZeroDivisionError"),
        ("nothing", "nothing, a plugin of broken 1.0, cannot be used: patient.py defines no x"),
        (
            "three",
            "three, a plugin of patience 0.2, cannot be used: it is a Game, neither",
        ),
        ("patienc", "did you mean patience"),
    ],
)
def test_what_is_said_when_one_is_asked_for(installed: Path, name: str, says: str) -> None:
    with pytest.raises(Mistake, match=says):
        strategy(name)


def test_a_name_of_the_library_means_the_librarys(installed: Path) -> None:
    assert find("tit-for-tat").provider == find("TFT").provider == ""


def test_they_play_by_name(installed: Path) -> None:
    patience, sulk = strategy("patience"), strategy("sulk")
    assert (patience.label, patience.family, patience.provider, patience.voice) == (
        "patience", "plugin", "patience 0.2", "I forgive three times.",
    )  # fmt: skip
    assert pickle.loads(pickle.dumps(patience)) == patience
    assert sulk.form == "automaton"
    command = ["match", "patience", "always-defect", "--periods", "10", "--game", "costly(T=7)"]
    result = json.loads(run_command([*command, "--json"])[1])
    assert result["totals"] == [6.0, 4 * 7.0 + 6]
    assert "plugin of  patience 0.2" in run_command(["strategies", "show", "patience"])[1]
    assert named_game("fixed").payoffs[0, 1, 0] == 2
    assert catalog_entry("fixed")[0].encodes[0] == "harmony"


EXPERIMENT = """
name = "own"
title = "Own"
seed = 1
game = "costly"
strategies = ["patience", {name = "sulk"}, "tit-for-tat"]
horizon = {periods = 10}
"""


def test_results_say_what_provided_them(installed: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(EXPERIMENT)
    spec: dict[str, Any] = json.loads(json.dumps(as_spec(load(file))))
    patience = strategy("patience")
    assert spec["strategies"][0] == {
        "name": "patience", "provider": "patience 0.2", "sha256": patience.digest,
    }  # fmt: skip
    again = loads_canonical(spec)
    assert again.entrants[0].strategy == patience
    assert as_spec(again) == spec

    (installed / "patient.py").write_text(PATIENT + "# changed\n")
    assert patience.digest != spec["strategies"][0]["sha256"]
    with pytest.raises(Mistake, match=r"patience has changed: it is now of patience 0.2, its hash"):
        loads_canonical(spec)


def test_the_digest_is_of_the_whole_package(installed: Path) -> None:
    package = installed / "patient"
    package.mkdir()
    (installed / "patient.py").unlink()
    (package / "__init__.py").write_text(PATIENT)
    (package / "helper.py").write_text("x = 1\n")
    before = strategy("patience").digest
    (package / "helper.py").write_text("x = 2\n")
    assert strategy("patience").digest != before


def test_editors_know_their_names(installed: Path) -> None:
    text = schema()["properties"]["strategies"]["items"]["oneOf"][0]["anyOf"]
    assert "patience" in text[-1]["enum"]


def test_a_folder_is_all_its_strategies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    for name in ("b", "a", "test_a", "_c"):
        (tmp_path / "entries" / f"{name}.py").write_text("def strategy():\n    return 0\n")
    text = EXPERIMENT.replace('"patience", {name = "sulk"}', '"entries"')
    (tmp_path / "own.toml").write_text(text.replace("costly", "stag-hunt"))
    found = load("own.toml", adds=["entries"])
    assert [e.name for e in found.entrants] == ["a", "b", "tit-for-tat", "a#2", "b#2"]
    with pytest.raises(Mistake, match="entries is a folder of 2 strategies; name the file of one"):
        strategy_from("entries")
    (tmp_path / "entries" / "a.py").write_text("x = 1\n")
    (tmp_path / "entries" / "b.py").write_text("def (\n")
    with pytest.raises(Mistake) as caught:
        load("own.toml")
    lines = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == ["entries/a.py", "entries/b.py, line 1"]


def run_command(arguments: list[str]) -> tuple[int, str, str]:
    """Run the command line; give its exit code, output and messages."""
    done = CliRunner().invoke(coopgames, arguments)
    return done.exit_code, done.stdout, done.stderr
