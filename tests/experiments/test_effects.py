"""What a regime does, taken apart: laws that hold whatever it is, and values solved by hand."""

import itertools
import math
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from coopgames.experiments import crossed, crossed_channels, effects, joining, run, solved_measures
from coopgames.mistakes import Mistake
from coopgames.play import expect
from coopgames.regimes import stable_memberships
from coopgames.specs import as_spec, load, loads_canonical

FILE = """
name = "trust"
title = "Trust"
seed = 3
game = "prisoners-dilemma"
strategies = {strategies}
regime = "pledge"
repetitions = {repetitions}
noise = 0.02
perception = {{error = 0.3}}

[horizon]
periods = 60
"""
READERS = ["regime-shaped-expectations", "compliance", "standing-reciprocity", "always-defect"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Give the crossed experiment of some strategies, and its results."""

    def make(strategies, repetitions=20):
        folder = tmp_path_factory.mktemp("compare")
        (folder / "trust.toml").write_text(
            FILE.format(strategies=str(strategies).replace("'", '"'), repetitions=repetitions)
        )
        experiment = crossed(load(folder / "trust.toml"))
        return experiment, run(experiment, folder=folder / "results")

    return make


@pytest.fixture(scope="module")
def trust(made):
    return made(READERS)


def value(table, measure, effect, channels):
    row = table.filter(
        (pl.col("measure") == measure)
        & (pl.col("effect") == effect)
        & (pl.col("channels") == channels)
    )
    return row["value"][0]


def test_there_is_an_arm_for_each_set_of_channels(trust):
    experiment, _ = trust
    channels = ("expectations", "monitoring", "reputation", "sanctions")
    assert crossed_channels(experiment) == channels
    arms = {arm.name: arm.experiment.regime.on for arm in experiment.arms}
    assert len(arms) == 16
    assert arms["without"] == ()
    assert arms["with"] == channels
    assert arms["monitoring-sanctions"] == ("monitoring", "sanctions")
    assert next(iter(arms)) == "without"


def test_it_is_an_experiment_like_any_other(trust):
    """The manifest of the results reads back as the same arms, and so gives the same effects."""
    experiment, results = trust
    again = loads_canonical(as_spec(experiment))
    assert again == experiment
    assert crossed_channels(again) == crossed_channels(experiment)
    assert effects(again, results.matches).equals(effects(experiment, results.matches))


def test_parts_sum_to_the_total(trust):
    _, results = trust
    table = results.effects
    whole = "+".join(crossed_channels(trust[0]))
    for measure in table["measure"].unique():
        parts = table.filter((pl.col("measure") == measure) & (pl.col("effect") == "shapley"))
        if measure == "coordinated_expecting":
            continue
        total = value(table, measure, "total", whole)
        assert math.fsum(parts["value"]) == pytest.approx(total, abs=1e-9)
        on, off = (value(table, measure, "value", s) for s in (whole, "none"))
        assert on - off == pytest.approx(total, abs=1e-12)


def test_alone_and_last_are_differences_of_arms(trust):
    table = trust[1].effects
    whole = crossed_channels(trust[0])
    for c in whole:
        others = "+".join(x for x in whole if x != c)
        arm = {s: value(table, "payoff", "value", s) for s in (c, others, "none", "+".join(whole))}
        assert value(table, "payoff", "alone", c) == pytest.approx(arm[c] - arm["none"])
        assert value(table, "payoff", "last", c) == pytest.approx(
            arm["+".join(whole)] - arm[others]
        )


def test_what_is_solved_is_what_the_matches_come_to(trust):
    """Payoffs of the arm with all channels: the mean of expectations, match by match."""
    experiment, results = trust
    arm = experiment.arms[-1].experiment
    public = arm.regime.public(arm.game)
    means = []
    for one, other in itertools.combinations_with_replacement(arm.entrants, 2):
        from coopgames.play import Match

        pair = (one.strategy, other.strategy)
        match = Match(
            arm.game, pair, arm.horizon, arm.noise, perception=arm.perception, regime=public
        )
        means.append(sum(expect(match).means) / 2)
    assert value(
        results.effects, "payoff", "value", "+".join(crossed_channels(experiment))
    ) == pytest.approx(np.mean(means))


def test_solved_and_played_agree(trust):
    """Within 7.2 standard errors of 20 games: 8e-7 by Student's t, for each of 32 values."""
    experiment, results = trust
    solved = solved_measures(*(arm.experiment for arm in experiment.arms))
    for measure in ("payoff", "accommodates"):
        table = results.arms.filter(pl.col("measure") == measure)
        for arm, found in zip(experiment.arms, solved, strict=True):
            row = table.filter(pl.col("arm") == arm.name).row(0, named=True)
            error = 1e-12 + 7.2 * row["standard_error"]
            assert row["value"] == pytest.approx(found[measure], abs=error)


def test_to_those_who_read_nothing_no_channel_does_anything(made):
    """Placebo: and all arms are one and the same play."""
    _, results = made(["tit-for-tat", "generous-tit-for-tat", "always-defect"])
    contrasts = results.effects.filter(pl.col("effect") != "value")
    assert (contrasts["value"] == 0).all()
    assert (
        results.matches.filter(pl.col("arm") == "with")
        .drop("arm")
        .equals(results.matches.filter(pl.col("arm") == "without").drop("arm"))
    )


def test_information_works_through_beliefs_alone(trust):
    """And permission to sanction does here as well (see decisions): nothing is left over."""
    table, whole = trust[1].effects, "+".join(crossed_channels(trust[0]))
    ways = {
        way: value(table, "coordinated_expecting", way, whole)
        for way in ("total", "direct", "mediated")
    }
    assert ways["total"] > 0.2
    assert ways["direct"] == 0
    assert ways["mediated"] == ways["total"]


def test_who_loses_by_it_leaves(trust):
    """Defectors lose once others answer; the rest is stable, as by going through memberships."""
    experiment, results = trust
    found = joining(experiment, results)
    staying = {name for name, stays in zip(found.names, found.stays, strict=True) if stays}
    assert "always-defect" not in staying
    inside = tuple(i for i, stays in enumerate(found.stays) if stays)
    assert inside in stable_memberships(found.adoption)
    assert list(found.gains) == sorted(found.gains, reverse=True)


def test_dear_membership_empties_it(trust):
    experiment, results = trust
    found = joining(experiment, results, cost=10.0)
    assert not found.stays.any()
    assert (found.gains < 0).all()


def test_without_a_regime_there_is_nothing_to_compare(trust):
    plain = replace(trust[0].arms[0].experiment, regime=None)
    with pytest.raises(Mistake, match="has no regime"):
        crossed(plain)
    with pytest.raises(Mistake, match="no channel that is on"):
        crossed(trust[0].arms[0].experiment)  # all channels are off


def test_where_play_may_be_coordinated_by_itself_what_emerges_is_not_told(tmp_path):
    """In a game of assurance a regime that is kept from the start leaves nothing to emerge."""
    experiment = load("non-proliferation", sets=["repetitions=2", "periods=40"])
    whole = crossed(experiment)
    results = run(whole, folder=tmp_path / "results")
    measures = set(results.effects["measure"])
    assert not measures & {"emergence", "lasting", "waiting"}
    channels = "+".join(crossed_channels(whole))
    assert value(results.effects, "coordinated", "total", channels) > 0.4
    assert value(results.effects, "discord", "total", channels) < 0


def test_what_members_come_to_want_may_be_coordinated_by_itself(trust, tmp_path):
    """Those who care enough for the other accommodate for their own sake: that is harmony."""
    plain = trust[0].arms[-1].experiment
    caring = replace(plain.regime, values=0.5, channels=("expectations", "values"))
    whole = crossed(replace(plain, regime=caring, repetitions=2))
    assert crossed_channels(whole) == ("expectations", "values")
    assert whole.arms[-1].experiment.wanted.choice[0].tolist() == [[3, 2.5], [2.5, 1]]
    results = run(whole, folder=tmp_path / "results")
    assert "emergence" not in set(results.effects["measure"])
    payoffs = results.effects.filter(pl.col("measure") == "payoff")
    assert value(payoffs, "payoff", "alone", "values") > 0.1


def test_reviews_are_crossed_where_somebody_revises_only_now_and_then():
    """Where nobody does, they can do nothing."""
    experiment = load("bretton-woods")
    assert "costs" in experiment.regime.on
    assert "costs" not in crossed_channels(crossed(experiment))
    slow = load("bretton-woods", adds=["regime-shaped-expectations(review=0.2)"])
    assert "costs" in crossed_channels(crossed(slow))


def test_intervals_of_contrasts_are_those_of_repetitions(made):
    """Shapley values game by game, from the table of matches: a paired t interval (sampled)."""
    from scipy.stats import t

    experiment, first = made(["regime-shaped-expectations", "compliance", "bush-mosteller"], 12)
    two = replace(experiment.arms[-1].experiment.regime, channels=("expectations", "monitoring"))
    whole = crossed(replace(experiment.arms[-1].experiment, regime=two))
    results = run(whole, folder=first.folder.parent / "two")
    rows = results.matches
    assert (rows["times"] == 1).any()
    payoff = {}
    for arm in ("without", "expectations", "monitoring", "with"):
        each = []
        for r in range(12):
            those = rows.filter(
                (pl.col("arm") == arm) & ((pl.col("repetition") == r) | (pl.col("times") > 1))
            )
            each.append(
                (those["score_first"] + those["score_second"]).sum() / (2 * those["periods"]).sum()
            )
        payoff[arm] = np.array(each)
    phi = (payoff["expectations"] - payoff["without"] + payoff["with"] - payoff["monitoring"]) / 2
    row = results.effects.filter(
        (pl.col("measure") == "payoff")
        & (pl.col("effect") == "shapley")
        & (pl.col("channels") == "expectations")
    ).row(0, named=True)
    half = t.ppf(0.975, 11) * phi.std(ddof=1) / np.sqrt(12)
    assert row["method"] == "sampled"
    assert row["value"] == pytest.approx(phi.mean())
    assert (row["low"], row["high"]) == pytest.approx((phi.mean() - half, phi.mean() + half))


def test_who_does_not_meet_itself_may_leave_all_the_same(trust, tmp_path):
    """Without self-play the tables have no diagonal; who loses still leaves."""
    plain = trust[0].arms[-1].experiment
    whole = crossed(replace(plain, self_play=False, repetitions=3))
    found = joining(whole, run(whole, folder=tmp_path / "results"), cost=10.0)
    assert not found.stays.any()


def test_intervals_of_shares_end_where_no_difference_can_be():
    from coopgames.experiments.comparison import possible

    assert possible("emergence", -1.2, 0.3) == (-1.0, 0.3)
    assert possible("payoff", -1.2, 3.0) == (-1.2, 3.0)
    assert possible("lasting", None, None) == (None, None)
