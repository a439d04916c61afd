"""``coopgames reply`` to several strategies, and to an experiment."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.mistakes import Mistake
from coopgames.specs import strategy_from
from coopgames.strategies import strategy

SMALL = """
name = "small"
title = "Small"
seed = 2
game = "prisoners-dilemma"
strategies = ["tit-for-tat", "grim", "always-defect"]
horizon = {periods = 20}
"""


def run(*arguments):
    return CliRunner().invoke(coopgames, [*arguments], standalone_mode=False)


def said(*arguments):
    result = run("reply", *arguments)
    assert result.exit_code == 0, result.exception
    return " ".join(result.stdout.split())


def as_json(*arguments):
    return json.loads(run("reply", *arguments, "--json").stdout)


def test_to_several_strategies():
    text = said("tit-for-tat", "grim", "always-defect")
    # At w = .9: 30 from the first two; 0 and then 9 · 1 from the third, who is known by then.
    assert text.startswith(
        "No rule whatever gets more than 23 a game from these 3 strategies. The best reply, a rule "
        "of three states, would have shared the first place among these 3 strategies with grim "
        "with 23 a game."
    )
    assert text.index("1 best-reply 23") < text.index("tit-for-tat or grim 100 %")
    assert "with -o best.toml the rule is written into a file" in text


def test_what_is_found_can_be_saved_shown_and_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text(SMALL)
    for options in ([], ["--among", "automata", "--states", "2"], ["--among", "bred"]):
        text = said("small.toml", *options, "-o", "best.toml")
        assert "in small.toml" in text
        assert text.endswith("Next coopgames run small.toml --add best.toml")
        promised = as_json("small.toml", *options)
        assert run("strategies", "show", "best.toml").exit_code == 0
        folder = f"results{len(options)}"
        ran = run("run", "small.toml", "--add", "best.toml", "-o", folder, "--json")
        scores = {row["strategy"]: row["score"] for row in json.loads(ran.stdout)["standings"]}
        assert promised["exact"] or options == ["--among", "bred"]
        if strategy_from("best.toml").rule.deterministic:  # else only on average
            assert scores == pytest.approx({p["name"]: p["score"] for p in promised["standings"]})


def test_the_rule_is_named_if_it_has_a_name():
    found = as_json("always-defect", "alternator", "--among", "memory-one")
    assert found["known_as"] == "always-defect"
    assert "It plays as always-defect does." in said(
        "always-defect", "alternator", "--among", "memory-one"
    )


def test_to_what_is_no_automaton():
    text = said("stein-rapoport", "--periods", "20")
    assert "a game from stein-rapoport. All 1,054 rules of up to three states" in text
    assert as_json("stein-rapoport", "--periods", "20")["exact"]


def test_what_is_sampled_says_how_sure_it_is():
    text = said("feld", "shubik", "--periods", "10", "--among", "memory-one")
    assert " ± 0.0" in text.split("All 32 memory-one rules")[0]
    assert "scores are sampled, so that another may be as good" in text


def test_to_win_rather_than_to_score(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    field = '"win-stay-lose-shift", "nydegger", "always-defect"'
    Path("f.toml").write_text(
        SMALL.replace('"tit-for-tat", "grim", "always-defect"', field).replace("20", "11")
    )
    text = said("f.toml", "--among", "automata", "--states", "2")
    assert "would have come 2nd in f.toml with 27.5 a game, behind always-defect with 32" in text
    winning = as_json("f.toml", "--among", "automata", "--states", "2")["winning"]
    assert winning == 3
    assert "Three of them would have come first, though with a lower score: --aim" in text
    text = said("f.toml", "--states", "2", "--aim", "win")
    assert (
        "would have come first in f.toml with 27.25 a game, ahead of always-defect with 27." in text
    )


def test_an_experiment_is_changed_with_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text(SMALL)
    found = as_json("small.toml", "--set", "periods=5", "--set", "self_play=false")
    assert (found["periods"], found["self_play"]) == (5, False)
    # 3 · 4 + 5 from the first two; 0 and 4 · 1 from the third.
    assert found["ceiling"] == found["score"] == pytest.approx((17 + 17 + 4) / 3)
    text = said("small.toml", "--set", "periods=5", "-o", "b.toml")
    assert text.endswith("Next coopgames run small.toml --set periods=5 --add b.toml")


def test_to_one_automaton_it_is_what_it_was(tmp_path):
    file = tmp_path / "best.toml"
    text = said("tit-for-tat", "--continuation", "0.9", "-o", str(file))
    assert text.startswith("Against tit-for-tat in the game prisoners-dilemma")
    assert f"Saved as {file}." in " ".join(text.split()).replace("\n", "")
    always = strategy("always-accommodate").rule.minimal()
    assert strategy_from(str(file)).rule.minimal() == always


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["axelrod-1980", "--periods", "5"], "says itself what is played"),
        (["grim", "joss", "--set", "noise=0"], "none is named"),
        (["grim", "joss", "--noise", "0.1,0"], "all have the same noise"),
        (["grim", "joss", "-o", "best.txt"], "must end in .toml"),
        (["grim", "-o", "best.txt"], "must end in .toml"),
        (["grim", "feld", "--among", "all"], "feld is no automaton"),
        (["grim", "joss", "--states", "9", "--among", "automata"], "from 1 to 4"),
        (["axelrod-1981"], "axelrod-1980"),
    ],
)
def test_mistakes_are_one_line(arguments, expected):
    mistake = run("reply", *arguments).exception
    assert isinstance(mistake, Mistake)
    assert expected in str(mistake)
    assert "\n" not in str(mistake)
