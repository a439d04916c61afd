"""Keohane's conjecture: threats and promises together do better than example alone.

theory.md 1.3: same population, four sets of inducements; outcome = emergence and restricted mean
time; accepted if both beat example alone with a 95 % interval, and the order is reported.
"""

import numpy as np
import polars as pl
import pytest

from coopgames import library
from coopgames.experiments import compare
from coopgames.readings import restricted_mean
from coopgames.reports import arm_words, experiment_of
from coopgames.specs import load
from coopgames.strategies.stance import unfold

NAME = "keohane-inducements"
ARMS = ("example-only", "promises-only", "threats-only", "both")


def row(table, arm, measure):
    return table.filter((pl.col("arm") == arm) & (pl.col("measure") == measure)).to_dicts()[0]


@pytest.fixture(scope="module")
def experiment():
    return load(NAME)


def inducers(experiment):
    """The three of each arm that are in no other; the twelve others are the same in all."""
    fields = {a.name: [e.strategy.name for e in a.experiment.entrants] for a in experiment.arms}
    others = fields[ARMS[0]][3:]
    assert all(field[3:] == others for field in fields.values())
    assert len(others) == 12
    return {arm: set(field[:3]) for arm, field in fields.items()}


def test_each_arm_holds_what_its_name_says(experiment):
    """A threat: refusal is answered by withholding. A promise: what was withheld is granted."""
    found = inducers(experiment)
    assert found.pop("example-only") == {"always-accommodate"}
    for arm, names in found.items():
        for name in names:
            stance = library()[name].stance
            complied, refused, atoned = (
                unfold(course, 60) for course in (stance.complied, stance.refused, stance.atoned)
            )
            threatens = complied[-1] == "C" and refused[:2] != "CC"
            # Rewards: it withheld, and accommodates for good once the other does.
            rewards = {complied[0] + complied[-1], atoned[0] + atoned[-1]} & {"DC"}
            assert threatens == (arm in ("threats-only", "both")), name
            assert bool(rewards) == (arm in ("promises-only", "both")), name


def test_the_conjecture(results):
    table = results(NAME).arms
    both, other = row(table, "both", "emergence"), row(table, "example-only", "emergence")
    assert both["low"] > 0
    assert both["difference"] == pytest.approx(both["value"] - other["value"])
    assert both["log_rank"] is None  # told where time is measured
    assert row(table, "both", "lasting")["low"] > 0
    for arm in ("promises-only", "threats-only"):
        assert row(table, arm, "emergence")["high"] < 0
        assert row(table, arm, "waiting")["low"] > 0


def test_the_interval_is_that_of_the_plain_computation(results):
    """By hand: the share of each repetition, arm less arm."""
    found = results(NAME)
    shares = []
    for arm in ("example-only", "both"):
        m = found.of(arm).matches
        # A pair in which nothing is left to chance would stand for all; with noise there is none.
        assert (m["times"] == 1).all()
        each = m.group_by("repetition").agg(pl.col("emerged").is_not_null().mean())
        shares.append(each.sort("repetition")["emerged"].to_numpy())
    gap = shares[1] - shares[0]
    half = 2.0010 * gap.std(ddof=1) / np.sqrt(60)  # Student's t, 59 degrees of freedom
    wanted = row(found.arms, "both", "emergence")
    assert (wanted["low"], wanted["high"]) == pytest.approx(
        (gap.mean() - half, gap.mean() + half), abs=1e-5
    )


def test_restricted_means(results):
    found = results(NAME)
    for arm in ARMS:
        m = found.of(arm).matches
        time = m.select(pl.coalesce("emerged", "watched")).to_series()
        mean = restricted_mean(time, m["emerged"].is_not_null(), until=191)
        assert row(found.arms, arm, "waiting")["value"] == pytest.approx(mean.value)


def without(found, experiment, name):
    """Compare again, without the matches of one of the twelve."""
    m = found.matches.filter((pl.col("first") != name) & (pl.col("second") != name))
    return compare(experiment, m)


def test_the_lead_in_emergence_hangs_on_one_kind_of_actor(results, experiment):
    found = results(NAME)
    less = without(found, experiment, "bush-mosteller")
    assert not row(less, "both", "emergence")["low"] > 0
    assert row(less, "both", "lasting")["low"] > 0


def test_who_can_be_won_over_by_what(results, experiment):
    found = results(NAME)
    shares = {}
    for arm, names in inducers(experiment).items():
        m = found.of(arm).matches.with_columns(pl.col("first", "second").str.replace(r"#\d$", ""))
        for other in ("bush-mosteller", "reciprocal-expectations", "trusting", "always-defect"):
            rows = m.filter(
                (pl.col("first").is_in(list(names)) & (pl.col("second") == other))
                | (pl.col("second").is_in(list(names)) & (pl.col("first") == other))
            )
            assert len(rows) == 180
            shares[arm, other] = rows["emerged"].is_not_null().mean()
    assert shares["both", "bush-mosteller"] > 0.4
    assert max(shares[arm, "bush-mosteller"] for arm in ARMS[:3]) < 0.2
    for other in ("reciprocal-expectations", "trusting"):
        assert shares["example-only", other] > 0.85
    assert max(shares[arm, "always-defect"] for arm in ARMS) == 0


def test_the_sentence_says_what_came_out(results):
    found = results(NAME)
    said = arm_words.sentences(experiment_of(found), found.arms)
    assert said[0].startswith("promises-only, compared with example-only: coordination emerged in ")
    assert "less of the matches" in said[0]
    assert said[2].startswith("both, compared with example-only: coordination emerged in ")
    assert "more of the matches (95\u00a0% interval: +" in said[2]
