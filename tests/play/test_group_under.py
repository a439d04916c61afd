"""Groups under a regime: against two-actor play, each other way of solving, and brute force."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from public import by_definition
from test_sample import PD
from test_under import matches

from coopgames.games import public_goods, tallies
from coopgames.mistakes import Mistake
from coopgames.play import (
    GroupMatch,
    Horizon,
    Match,
    Perception,
    course,
    expect_group,
    expect_lumped,
    group_best_reply,
    group_course,
    group_critical_continuation,
    group_deviation_gain,
    sample_group,
)
from coopgames.regimes import (
    PublicRegime,
    anyone_of_the_group_breaks,
    reversion,
    standing,
    watched,
)
from coopgames.strategies import Label, group_never, group_tit_for_tat, strategy, trigger

POT = public_goods(4, 2)
COMPLY = strategy("compliance")
BREAKS = anyone_of_the_group_breaks(4)


@settings(max_examples=40, deadline=None)
@given(matches(sight=Perception()), st.integers(0, 2**40))
def test_two_in_a_group_are_a_pair(match: Match, seed: int) -> None:
    noise = match.noise if isinstance(match.noise, tuple) else (match.noise, match.noise)
    group = GroupMatch(PD, match.strategies, match.horizon, noise, match.labels, match.regime)
    exact = expect_group(group).lived
    played = by_definition(match, 12).mean(axis=0).reshape(2, 2)
    assert exact[0] == pytest.approx(played, abs=1e-12)
    assert exact[1] == pytest.approx(played.T, abs=1e-12)
    alike = 2 * group_course(group, seed=seed)[:, 0] + group_course(group, seed=seed)[:, 1]
    assert (alike == course(match, seed=seed)).all()


def test_the_tallies_that_break_an_agreement() -> None:
    assert tallies(5, 2)[~BREAKS].tolist() == [[4, 0]]


@pytest.mark.parametrize("watch", [(1.0, 0.0), (0.8, 0.1)])
@pytest.mark.parametrize("noise", [0.0, 0.03])
def test_lumped_and_joint_agree(watch: tuple[float, float], noise: float) -> None:
    regime = reversion(BREAKS, hit=watch[0], false_alarm=watch[1], periods=2)
    horizon = Horizon(continuation=0.8)
    for one in (COMPLY, group_never(4), group_tit_for_tat(4)):
        match = GroupMatch(POT, (one, COMPLY, COMPLY, COMPLY), horizon, noise, regime=regime)
        joint = expect_group(match)
        lumped = expect_lumped(POT, COMPLY, horizon, noise=noise, deviator=one, regime=regime)
        assert lumped.frequency == pytest.approx(joint.lived[0], abs=1e-12)
        assert lumped.deviator == pytest.approx(joint.means[0], abs=1e-12)
        assert lumped.others == pytest.approx(np.mean(joint.means[1:]), abs=1e-12)


def test_sampled_and_exact_agree() -> None:
    """Each seat's payoffs lie within the range; Hoeffding, false alarm 1e-6 in all."""
    regime = reversion(BREAKS, hit=0.8, false_alarm=0.1, periods=2)
    seats = (COMPLY, strategy("free-riding"), group_tit_for_tat(4), COMPLY)
    match = GroupMatch(POT, seats, Horizon(10), 0.02, regime=regime)
    N = 4000
    drawn = sample_group(match, seed=7, repetitions=range(N))
    exact = expect_group(match)
    span = np.ptp(POT.payoffs)
    bound = span * np.sqrt(np.log(2 * 4 / 1e-6) / (2 * N))
    assert np.abs(drawn.totals.mean(axis=0) / 10 - exact.means).max() < bound


def test_complying_with_a_watched_agreement_is_grim_reaction() -> None:
    """The regime holds the state that else each actor has to keep for itself."""
    grim = trigger(4, own=True)
    for criterion in ("nash", "subgame-perfect"):
        alone = group_critical_continuation(POT, grim, criterion=criterion)
        under = group_critical_continuation(
            POT, COMPLY, criterion=criterion, regime=reversion(BREAKS)
        )
        assert under == pytest.approx(alone)


def test_the_threshold_where_the_alarm_errs() -> None:
    """With d = T − R and g = R − P it is d/((h − f)g + (1 − f)d), whatever the number of actors."""
    R, T, P = POT.payoffs[0, 3], POT.payoffs[1, 3], POT.payoffs[1, 0]
    for h, f in ((0.95, 0.02), (0.7, 0.0)):
        regime = reversion(BREAKS, hit=h, false_alarm=f)
        w = group_critical_continuation(POT, COMPLY, regime=regime)
        assert w == pytest.approx((T - R) / ((h - f) * (R - P) + (1 - f) * (T - R)), abs=1e-9)


def test_the_best_reply_can_be_played_and_gets_what_it_promises() -> None:
    regime = reversion(BREAKS, hit=0.2, false_alarm=0.1, periods=3)
    horizon = Horizon(continuation=0.7)
    best = group_best_reply(POT, COMPLY, horizon, noise=0.02, regime=regime)
    played = expect_lumped(
        POT, COMPLY, horizon, noise=0.02, deviator=best.strategy, regime=regime
    )  # fmt: skip
    assert played.deviator == pytest.approx(best.mean, abs=1e-12)
    own = expect_lumped(POT, COMPLY, horizon, noise=0.02, regime=regime)
    gain = group_deviation_gain(POT, COMPLY, horizon, noise=0.02, regime=regime)
    assert gain == pytest.approx((best.mean - own.deviator) / 0.3, abs=1e-9)
    assert gain > 0.01


def test_a_regime_that_nobody_reads_changes_nothing() -> None:
    regime = reversion(BREAKS, hit=0.5, false_alarm=0.5)
    seats = tuple(replace(trigger(4), name=name) for name in "abcd")
    plain = GroupMatch(POT, seats, Horizon(100), 0.01)
    assert (
        group_course(plain, seed=3) == group_course(replace(plain, regime=regime), seed=3)
    ).all()


def test_refusals() -> None:
    with pytest.raises(Mistake, match="compliance reads what a regime shows"):
        GroupMatch(POT, (COMPLY,) * 4, Horizon(5))
    with pytest.raises(Mistake, match=r"signals are of \(4,\) tallies; .* are \(5,\)"):
        three = reversion(anyone_of_the_group_breaks(3))
        GroupMatch(POT, (COMPLY,) * 4, Horizon(5), regime=three)
    own = PublicRegime([[0, 0]], [[Label(0)] * 4], watched(BREAKS))
    with pytest.raises(Mistake, match="must show all of them the same"):
        expect_lumped(POT, COMPLY, Horizon(5), regime=own)
    with pytest.raises(Mistake, match="signals are of"):
        GroupMatch(POT, (COMPLY,) * 4, Horizon(5), regime=standing())
