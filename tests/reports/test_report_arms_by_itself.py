"""Where coordination may be there without adjustment, arms are told by discord; and regimes."""

import polars as pl
import pytest

from coopgames.reports import arm_words
from coopgames.specs import load


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("assurance", True),  # both hunting the stag is where nobody would move
        ("non-proliferation", True),
        ("cotton-textiles", True),  # a chase passes everywhere
        ("keohane-inducements", False),
        ("gatt-1947", False),
    ],
)
def test_where_it_may_be_there_without_adjustment(name, there):
    assert arm_words.by_itself(load(name)) is there


def test_less_that_emerges_is_then_not_said():
    experiment = load("non-proliferation")
    known = {"emergence": (0.0, 0.5), "discord": (0.0, 0.4), "accommodates": (1.0, 0.6)}
    rows = []
    for number, arm in enumerate(experiment.arms):
        for measure in (*arm_words.SHOWN, *arm_words.OUTCOMES):
            with_, without = known.get(measure, (None, None))
            gap = None if with_ is None or not number else without - with_
            value = without if number else with_
            rows.append((arm.name, measure, value, gap, gap, gap))
    columns = ["arm", "measure", "value", "difference", "low", "high"]
    table = pl.DataFrame(rows, columns, orient="row").unique(["arm", "measure"])
    assert arm_words.headline(experiment, table).startswith("Discord was most frequent in ")
    first, *_ = arm_words.sentences(experiment, table)
    assert "40 points more of the matches were discord" in first
    assert "40 points less of the actions accommodated" in first
    assert "emerged" not in first


def test_what_an_arm_changes_of_one_regime_on_several_issues():
    said = arm_words.changes(load("non-proliferation"))
    assert said["uninspected"] == "the non-proliferation regime without monitoring"
    assert said["self-help"] == "the non-proliferation regime without any channel"
    assert said["prestige-regime"].endswith("a problem of assurance")
    assert said["suppliers-regime"].endswith("the non-proliferation regime on exports")
    assert said["suppliers-self-help"].endswith("the non-proliferation regime without any channel")
    other = arm_words.changes(load("bretton-woods"))
    assert other["floating"] == "under the payments regime after 1973"
    assert other["no-alarms"] == other["floating"] + ", without monitoring"
