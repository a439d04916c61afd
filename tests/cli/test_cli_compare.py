"""``coopgames compare``, as typed."""

import json

import pytest

from coopgames.cli import coopgames
from coopgames.mistakes import Mistake
from coopgames.reports import FIGURES, draw, experiment_of, open_results, write_report
from coopgames.reports.converging import converging

FILE = """
name = "small"
title = "A small field"
seed = 5
game = "prisoners-dilemma"
strategies = ["wary-expectations", "compliance", "always-defect"]
regime = { name = "pledge", channels = ["expectations", "monitoring"] }
repetitions = 5
noise = 0.02

[horizon]
periods = 50
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    (tmp_path / "small.toml").write_text(FILE)
    return tmp_path


def ask(*words):
    coopgames.main(["compare", *words], standalone_mode=False)


def test_what_is_said(small, capsys):
    ask("small.toml")
    said = " ".join(capsys.readouterr().out.split())
    assert "With the pledge coordination emerges in" in said
    assert "by itself" in said
    assert "all together" in said
    assert "Who would be in it of its own accord?" in said
    assert "coopgames report results/small-channels" in said


def test_json_has_every_contrast(small, capsys):
    ask("small.toml", "--json", "-o", "here", "--cost", "9")
    found = json.loads(capsys.readouterr().out)
    assert found["folder"] == "here"
    payoff = [row for row in found["effects"] if row["measure"] == "payoff"]
    kinds = [(row["effect"], row["channels"]) for row in payoff]
    both, whole = ("expectations", "monitoring"), "expectations+monitoring"
    assert kinds == [
        *(("value", x) for x in ("none", *both, whole)),
        ("total", whole),
        *((kind, c) for kind in ("alone", "last", "shapley") for c in both),
        *(("factorial", x) for x in (*both, whole)),
    ]
    assert not any(member["stays"] for member in found["members"])


def test_report_and_figure(small, capsys):
    ask("small.toml")
    results = open_results(small / "results" / "small-channels")
    assert set(converging(experiment_of(results))) == {"without", "with"}
    page = write_report(results).read_text()
    assert "What does the regime do?" in page
    assert "Who would be in it of its own accord?" in page
    assert draw(results, "channels", small / "c.svg").read_text().count("monitoring")
    assert "channels" in FIGURES


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["axelrod-1980"], "has no regime to compare"),
        (["small.toml", "--set", "regime.channels=[]"], "no channel that is on"),
        (["small.toml", "--set", "regime=pledg"], "did you mean pledge"),
        (["small.toml", "--cost", "nan"], "--cost nan"),
        (["small.toml", "--cost", "-1"], "--cost -1"),
    ],
)
def test_mistakes(small, words, said):
    with pytest.raises(Mistake, match=said):
        ask(*words)


def test_a_figure_of_other_results_says_why_there_is_none(small, capsys):
    coopgames.main(["run", "small.toml", "--json"], standalone_mode=False)
    drawn = draw(open_results(small / "results" / "small"), "channels", small / "c.svg")
    assert "coopgames compare" in drawn.read_text()
