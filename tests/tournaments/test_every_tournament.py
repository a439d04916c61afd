"""Every shipped experiment says what it is about, runs, and can be reported."""

import polars as pl
import pytest

from coopgames.reports import design, experiment_of, report
from coopgames.specs import load, shipped

NAMES = list(shipped())


def test_there_are_at_least_fifteen():
    assert len(NAMES) >= 15


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_is_about(name):
    experiment = load(name)
    for text in (experiment.story, experiment.predict, experiment.notice):
        assert len(text.split()) >= 12
    assert "?" in experiment.predict
    assert experiment.sources
    assert max(len(line) for line in shipped()[name].read_text().splitlines()) < 240


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_and_is_reported(name, results):
    found = results(name)
    experiment = experiment_of(found)
    assert experiment == load(name)
    assert found.standings["score"].is_not_null().all()
    if experiment.arms:
        first = experiment.arms[0].name
        others = found.arms.filter(pl.col("arm") != first)
        assert others["arm"].n_unique() == len(experiment.arms) - 1
        seen = others.filter(pl.col("measure") == "payoff")
        assert seen.select(pl.col("low", "high").is_not_null().all()).row(0) == (True, True)
    page = report(found)
    for word in (design(experiment).split(" · ")[0], "What to notice", experiment.sources[0][:20]):
        assert word in page
    assert len(page) < 900_000
