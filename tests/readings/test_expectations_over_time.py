"""Beliefs over time: their law, their mean, and how they converge."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from coopgames import Mistake, named_game, strategy
from coopgames.play import (
    Field,
    Horizon,
    Match,
    Perception,
    believed_along,
    course,
    public_states,
)
from coopgames.readings import convergence_over_time, expectations_over_time
from coopgames.regimes import PublicRegime, agreement, standing

PD = named_game("prisoners-dilemma")
EXPECTING, WARY, TFT = (
    strategy(name) for name in ("regime-shaped-expectations", "wary-expectations", "tit-for-tat")
)


def pulling(pull: float, hit: float = 0.9) -> PublicRegime:
    return replace(standing(hit=hit, false_alarm=0.02), pull=pull)


MATCH = Match(
    PD, (EXPECTING, WARY), Horizon(12), 0.02, perception=Perception((0.3, 0.1)),
    regime=pulling(0.5),
)  # fmt: skip


def test_the_law_is_one() -> None:
    found = expectations_over_time(MATCH, 20)
    assert found.mean.shape == (20, 2) and found.gap.shape == (20,)
    for seat in range(2):
        assert found.law[seat].sum(axis=1) == pytest.approx(np.ones(20), abs=1e-12)
        assert found.law[seat] @ found.values[seat] == pytest.approx(found.mean[:, seat])
    assert found.mean[0] == pytest.approx([2.5 / 3, (0.3 + 2) / (3 + 2)])
    assert found.convergence == pytest.approx(found.mean.mean(axis=1))
    assert found.gap[0] == pytest.approx(found.mean[0, 0] - found.mean[0, 1])
    # |E x| ≤ E |x|
    assert (found.gap >= np.abs(found.mean[:, 0] - found.mean[:, 1]) - 1e-12).all()


def test_two_periods_by_hand() -> None:
    # The other is tit for tat and accommodates first; error e of what is seen: after a period
    # p is (w p0 + 1)/(w + 1) with probability 1 − e, and w p0/(w + 1) else.
    e = 0.3
    found = expectations_over_time(
        Match(PD, (EXPECTING, TFT), Horizon(5), perception=Perception((e, 0))), 2
    )
    assert found.mean[1, 0] == pytest.approx(0.75 * (1 - e) + 0.25 * e)
    assert found.values[0][:3] == pytest.approx([0.125, 0.5 / 3, 0.25])
    assert np.isnan(found.mean[:, 1]).all() and np.isnan(found.gap).all()
    assert found.convergence == pytest.approx(found.mean[:, 0])


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("regime", [None, pulling(0.5), standing()])
def test_along_courses_as_solved(regime: PublicRegime | None, public: bool) -> None:
    match = Match(PD, (EXPECTING, WARY), Horizon(8), 0.02,
                  perception=Perception((0.3, 0.1), public), regime=regime)  # fmt: skip
    exact, R = expectations_over_time(match, 8).mean, 1500
    total = np.zeros((8, 2))
    for r in range(R):
        played = course(match, seed=3, repetition=r)
        total += believed_along(match, played, seed=3, repetition=r)
    # W. Hoeffding (1963) for 16 means of values in [0, 1]: 1e-6 in all.
    assert np.abs(total / R - exact).max() < math.sqrt(math.log(32 / 1e-6) / (2 * R))


def test_along_a_course_it_is_what_was_seen() -> None:
    match = Match(PD, (EXPECTING, TFT), Horizon(40), 0.2, regime=pulling(0.5, hit=0))
    played = course(match, seed=5)
    held = believed_along(match, played, seed=5)
    shown = public_states(match, played, seed=5)
    evidence: list[int] = []
    for t, profile in enumerate(played):
        assert held[t, 0] == pytest.approx((2.5 + sum(evidence[-3:])) / (3 + len(evidence[-3:])))
        # Seat 1 is free where seat 0 is in bad standing and it is not: no evidence.
        if match.regime is not None and match.regime.label[shown[t]][1].asked == 0:
            evidence.append(int(profile % 2 == 0))
    assert np.isnan(held[:, 1]).all()
    assert len(evidence) < 40


def test_more_pull_converges_more() -> None:
    found = [
        expectations_over_time(
            Match(PD, (EXPECTING, EXPECTING), Horizon(12), perception=Perception(0.4),
                  regime=pulling(pull)), 12
        ).convergence
        for pull in (0.0, 0.3, 0.6, 1.0)
    ]  # fmt: skip
    assert (np.diff(found, axis=0) > 0).all()


def test_a_field_of_observers() -> None:
    field = Field(PD, (EXPECTING, WARY, TFT), ("a", "b", "c"), Horizon(12), regime=pulling(0.5))
    found = convergence_over_time(field, 4)
    assert found.targets == ("a", "b", "c")
    # The first two have one observer each; tit for tat has both, of 5/6 and .46 at first.
    assert (found.agreement[:, :2] == 1).all()
    p, q = 2.5 / 3, 2.3 / 5
    both = agreement([[p, 1 - p], [q, 1 - q]])
    assert found.agreement[0, 2] == pytest.approx(both)
    assert found.focus[0] == pytest.approx([q, p, (p + q) / 2])
    assert found.convergence[0] == pytest.approx((q + p + both * (p + q) / 2) / 3)


def test_where_nobody_expects() -> None:
    match = Match(PD, (TFT, TFT), Horizon(5))
    with pytest.raises(Mistake, match="tit-for-tat: nobody forms expectations"):
        expectations_over_time(match, 5)
    field = Field(PD, (TFT, EXPECTING), ("c", "a"), Horizon(5))
    assert convergence_over_time(field, 2).targets == ("c",)
    with pytest.raises(Mistake, match="nobody in the field forms expectations of another"):
        convergence_over_time(Field(PD, (TFT,), ("c",), Horizon(5)), 2)


@pytest.mark.parametrize("public", [False, True])
def test_what_is_believed_along_a_course_is_what_is_acted_on(public: bool) -> None:
    # Without temperature one accommodates if −1 − p + 9 J p (3 p − 1) > 0, J = 1 − 2 · .2 = .6.
    sure, other = strategy("regime-shaped-expectations", temperature=0.0), strategy("random", p=0.7)
    done = set()
    for seat, pair in enumerate(((sure, other), (other, sure))):
        match = Match(PD, pair, Horizon(300), perception=Perception(0.2, public))
        played = course(match, seed=2)
        p = believed_along(match, played, seed=2)[:, seat]
        does = np.array(np.unravel_index(played, (2, 2)))[seat]
        assert (does == (-1 - p + 5.4 * p * (3 * p - 1) <= 0)).all()
        done |= set(does.tolist())
    assert done == {0, 1}
