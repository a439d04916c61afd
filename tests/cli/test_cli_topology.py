"""``coopgames games census``, ``neighbours``, ``path``, ``poster`` and ``map``."""

import json
import re

import pytest
from click.testing import CliRunner

from coopgames.cli.games import games
from coopgames.mistakes import Mistake


def run(*arguments):
    return CliRunner(env={"COLUMNS": "160"}).invoke(games, arguments)


def printed(*arguments):
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def as_json(*arguments):
    return json.loads(printed(*arguments, "--json"))


def test_the_census():  # theory.md 1.1.8
    text = printed("census")
    assert text.startswith("Harmony is the rule in 27 % of the 144 games")
    assert "in 21 of the 78" in text
    found = as_json("census")
    assert found["144"]["categories"]["harmony"] == 39
    assert found["78"]["subtypes"]["dilemma"] == 4
    assert as_json("census", "--baseline", "nash")["144"]["categories"]["harmony"] == 43
    assert as_json("census", "--hindrance", "either")["78"]["categories"]["harmony"] == 15


def test_neighbours_of_the_dilemma():
    found = as_json("neighbours", "prisoners-dilemma")
    assert found["layer"] == 1
    assert len(found["neighbours"]) == 6
    text = printed("neighbours", "prisoners-dilemma")
    # A swap of 1 and 3, the middle two of 0, 1, 3, 5.
    assert "1,3 0,5 / 5,0 3,1" in text
    assert "actor 1's two middle payoffs change places" in text


def test_the_way_to_harmony():
    steps = as_json("path", "prisoners-dilemma")["steps"]
    assert [step["category"] for step in steps][-1] == "harmony"
    assert len(steps) == 2
    assert "2 swaps lead from prisoner's dilemma to harmony" in printed("path", "prisoners-dilemma")
    assert "is there already" in printed("path", "harmony")
    assert "One swap leads" in printed("path", "stag-hunt", "--to", "prisoners-dilemma/stag-hunt")
    assert as_json("path", "chicken/hero")["game"] == "chicken/hero"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("neighbours", "matching-pennies"), "indifferent between outcomes"),
        (("path", "stag-hunt", "--to", "harmoni"), "--to: no target .*did you mean harmony"),
        (("path", "stagg-hunt"), "did you mean stag-hunt"),
        (("map", "liberal-trade", "-o", "m.svg"), "say which two parameters"),
        (("map", "--x", "a=0:1", "-o", "m.svg"), "name one"),
        (("map", "liberal-trade", "--x", "theta=0", "--y", "gamma=1:2", "-o", "m.svg"), "no range"),
        (
            ("map", "liberal-trade", "--x", "theta=0:1", "--y", "theta=0:1", "-o", "m.svg"),
            "must be two parameters",
        ),
        (
            ("map", "liberal-trade", "--x", "a=0:1", "--y", "gamma=1:2", "-o", "m.svg"),
            "no parameter",
        ),
        (("map", "-o", "m.gif"), "kind of picture"),
        (("poster", "-o", "p.gif"), "kind of picture"),
    ],
)
def test_mistakes_are_one_clear_line(arguments, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert isinstance(result.exception, Mistake)
    assert re.search(message, str(result.exception)), result.exception
    assert "\n" not in str(result.exception)


def test_the_poster(tmp_path):
    file = tmp_path / "poster.svg"
    assert as_json("poster", "-o", str(file))["file"] == str(file)
    text = file.read_text(encoding="utf-8")
    assert "39 of the 144 games are harmony" in text
    for name in ("Suasion", "Deadlock", "layer 4"):
        assert name in text


def test_the_plane_and_a_chart(tmp_path):
    shares = as_json("map", "-o", str(tmp_path / "plane.svg"), "--steps", "42")["shares"]
    # Of the square from (−1, −2) to (3, 2), harmony has 0 < S < 1, T < 1: a 2 × 1 of 16.
    assert shares["harmony"] == pytest.approx(2 / 16, abs=0.02)
    file = tmp_path / "trade.svg"
    arguments = ("map", "liberal-trade(levels=7)", "--x", "theta=0:1", "--y", "gamma=1:2")
    found = as_json(*arguments, "--steps", "3", "-o", str(file))
    assert found["axes"] == {"theta": [0, 1, 3], "gamma": [1, 2, 3]}
    assert found["shares"]["harmony"] == pytest.approx(1 / 9)  # at θ = 0, γ = 1 alone
    assert "What liberal trade encodes" in file.read_text(encoding="utf-8")
