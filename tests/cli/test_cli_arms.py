"""``coopgames run`` and ``report`` of an experiment with arms."""

import json

import polars as pl
import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.reports import arm_words
from coopgames.specs import load
from coopgames.store import Results

TEXT = """
name = "arms"
title = "Two arms"
seed = 7
game = "prisoners-dilemma"
strategies = ["tit-for-tat", "grim", "always-defect"]
repetitions = 6
noise = 0.02
notice = "Noise undoes it."
[horizon]
periods = 50
[arms.noisy]
[arms.calm]
noise = 0
"""


@pytest.fixture
def ran(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    (tmp_path / "arms.toml").write_text(TEXT)

    def run(*arguments):
        done = CliRunner().invoke(coopgames, arguments, catch_exceptions=False)
        assert done.exit_code == 0
        return done.stdout

    return run


def test_it_says_what_was_found_then_the_table_then_what_to_do_next(ran, tmp_path):
    out = ran("run", "arms.toml")
    results, experiment = Results(tmp_path / "results/arms"), load(tmp_path / "arms.toml")
    plain = " ".join(out.split())
    found = arm_words.headline(experiment, results.arms)
    places = [
        plain.index(" ".join(text.split()))
        for text in (
            "2 arms · 3 strategies", found, "came first", "calm: noise 0",
            arm_words.sentences(experiment, results.arms)[0], "Noise undoes it.", "arms.csv",
            "coopgames report",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_json_has_the_rows_of_both_tables(ran, tmp_path):
    found = json.loads(ran("run", "arms.toml", "--json"))
    results = Results(tmp_path / "results/arms")
    assert found["arms"] == results.arms.to_dicts()
    assert found["standings"] == results.standings.to_dicts()
    assert found["standings"][0]["arm"] == "noisy"


def test_without_its_arms(ran):
    found = json.loads(ran("run", "arms.toml", "--set", "arms={}", "-o", "alone", "--json"))
    assert "arms" not in found
    assert "arm" not in found["standings"][0]


def test_the_report_in_json(ran, tmp_path):
    ran("run", "arms.toml")
    found = json.loads(ran("report", "results/arms", "--json"))
    results, experiment = Results(tmp_path / "results/arms"), load(tmp_path / "arms.toml")
    assert found["verdict"] == arm_words.headline(experiment, results.arms)
    assert found["findings"] == arm_words.sentences(experiment, results.arms)


def test_the_curves_of_the_arms_can_be_drawn(ran, tmp_path):
    ran("run", "arms.toml")
    ran("plot", "results/arms", "arms", "-o", "arms.svg")
    drawn = (tmp_path / "arms.svg").read_text()
    assert drawn.startswith("<?xml")
    assert pl.read_csv(tmp_path / "results/arms/arms.csv")["arm"].n_unique() == 2
