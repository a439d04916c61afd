"""Breakdown under trembles: a constant hazard, exact and sampled (theory.md 1.4.3).

With n actors who each err with probability ε, and grim reaction to anyone's defection, one's own
included, a spell of coordination lasts 1/(1 − (1 − ε)ⁿ) periods on average.
"""

import numpy as np
import pytest

from coopgames import strategy
from coopgames.games import named_game, public_goods
from coopgames.play import GroupMatch, Horizon, Match, emergence, group_course
from coopgames.readings import Rule, adjusts, lens, nelson_aalen, restricted_mean
from coopgames.strategies.group import trigger

SLIP = 0.01
EXPECTED = {2: 50.3, 5: 20.4, 10: 10.5, 50: 2.5}


def hazard(n: int) -> float:
    return 1 - (1 - SLIP) ** n


@pytest.mark.parametrize(("n", "spell"), EXPECTED.items())
def test_the_table(n: int, spell: float) -> None:
    assert 1 / hazard(n) == pytest.approx(spell, abs=0.05)


def test_two_actors_exactly() -> None:
    grim = strategy("grim", trigger="either")
    game = named_game("prisoners-dilemma")
    found = emergence(
        Match(game, (grim, grim), Horizon(200), SLIP), lens(game, Rule()).counting, 200,
        (adjusts(grim),) * 2,
    )  # fmt: skip
    assert found is not None
    # At once if nobody errs in eight periods; that both err back into it is one in 10⁴.
    assert found.emerged[0] == pytest.approx((1 - hazard(2)) ** 8, abs=1e-3)
    alive = found.emerged.sum() - np.concatenate([[0], np.cumsum(found.broke)[:-1]])
    rate = found.broke[10:150] / alive[10:150]
    assert rate == pytest.approx(hazard(2), rel=2e-2)


@pytest.mark.parametrize("n", EXPECTED)
def test_the_hazard_that_is_read_off_courses(n: int) -> None:
    rule, runs, length = trigger(n, own=True), 400, 150
    match = GroupMatch(public_goods(n=n), (rule,) * n, Horizon(length), SLIP)
    time, event = np.empty(runs), np.empty(runs, dtype=bool)
    for r in range(runs):
        broken = group_course(match, seed=5, repetition=r).any(axis=1)
        event[r] = broken.any()
        time[r] = broken.argmax() if event[r] else length
    mean = restricted_mean(time, event, until=length)
    # Of a geometric waiting time that is cut off; 5 standard errors: a false alarm in 10⁶.
    exact = sum((1 - hazard(n)) ** t for t in range(1, length + 1))
    assert abs(mean.value - exact) <= 5 * mean.variance**0.5
    found = nelson_aalen(time, event)
    part = np.searchsorted(found.times, min(length - 1, 2 / hazard(n)), side="right") - 1
    expected = hazard(n) * (found.times[part] + 1)  # periods are counted from 0
    assert abs(found.cumulative[part] - expected) <= 5 * found.variance[part] ** 0.5
