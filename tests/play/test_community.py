"""Bilateral, multilateral and contagious punishment among strangers (C25, and C24's question)."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games import two_by_two
from coopgames.mistakes import Mistake
from coopgames.play import (
    breach_gain,
    community_thresholds,
    critical_continuation,
    informed_threshold,
    needed_informed,
)
from coopgames.regimes import reversion
from coopgames.strategies import strategy

R, S, T, P = 1.0, -1.0, 2.0, 0.0
PD = two_by_two("pd", R=R, S=S, T=T, P=P)


def best(n: int, informed: int, w: float, hit: float) -> float:
    """Solve the whole problem by value iteration: over the *sets* of others who know.

    Per period. Nobody has heard of counts here, nor that honest play stays honest.
    """
    others = range(n - 1)
    sets = [frozenset(c) for k in range(n) for c in combinations(others, k)]
    V = dict.fromkeys(sets, 0.0)

    def after(knows: frozenset[int], victim: int) -> float:
        rest = [i for i in others if i != victim]
        groups = list(combinations(rest, informed - 1))
        told = np.mean([V[knows | {victim, *g}] for g in groups])
        return hit * told + (1 - hit) * V[knows | {victim}]

    for _ in range(400):
        V = {
            knows: sum(
                (1 - w) * P + w * V[knows] if i in knows
                else max((1 - w) * R + w * V[knows], (1 - w) * T + w * after(knows, i))
                for i in others
            ) / (n - 1)
            for knows in sets
        }  # fmt: skip
    return V[frozenset()]


@pytest.mark.parametrize(
    ("n", "informed", "hit"), [(4, 1, 1.0), (4, 2, 1.0), (4, 3, 1.0), (6, 3, 1.0), (4, 3, 0.5)]
)
def test_against_the_whole_problem(n: int, informed: int, hit: float) -> None:
    found = informed_threshold(PD, n, informed, hit=hit)
    assert found is not None
    assert best(n, informed, found - 0.01, hit) > R + 1e-4
    assert best(n, informed, found + 0.002, hit) == pytest.approx(R, abs=1e-6)


@pytest.mark.parametrize("n", [2, 4, 6, 10, 20, 50])
def test_labels_bring_back_the_threshold_of_two(n: int) -> None:
    """Bilateral: M g/(M g + R − P), M = n − 1; C25 for contagion."""
    contagion = {2: 0.5, 4: 0.6861, 6: 0.7424, 10: 0.7925, 20: 0.8375, 50: 0.8749}[n]
    found = community_thresholds(PD, n)
    assert found.multilateral == pytest.approx((T - R) / (T - P), abs=1e-9)
    assert found.bilateral == pytest.approx((n - 1) / n, abs=1e-9)
    assert found.contagion == pytest.approx(contagion, abs=1e-4)
    assert found.multilateral <= found.contagion + 1e-9 <= found.bilateral + 2e-9


def test_two_strangers_are_two_actors_under_a_public_state() -> None:
    """Whatever the way of punishing: that of the solver of matches, which knows of no strangers."""
    regime = reversion([[False, True], [True, True]])
    member = strategy("compliance")
    alone = critical_continuation(PD, member, member, regime=regime)
    found = community_thresholds(PD, 2)
    assert [found.bilateral, found.contagion, found.multilateral] == pytest.approx([alone] * 3)


@given(
    st.floats(0.05, 4), st.floats(0.05, 4), st.sampled_from([2, 4, 8]), st.integers(1, 7),
    st.floats(0, 1), st.floats(0, 0.999),
)  # fmt: skip
def test_it_is_a_threshold(gain: float, loss: float, n: int, m: int, h: float, w: float) -> None:
    """T = 2 + gain, R = 2, P = 2 − loss: a breach pays below it and not above."""
    game = two_by_two("pd", R=2, S=1 - loss, T=2 + gain, P=2 - loss)
    m = min(m, n - 1)
    found = informed_threshold(game, n, m, hit=h)
    pays = breach_gain(game, n, m, w, h)
    assert found is not None
    if abs(w - found) > 1e-6:
        assert (pays > 0) == (w < found)


def test_the_more_are_told_the_less_the_future_must_weigh() -> None:
    by_number = [informed_threshold(PD, 10, m) for m in range(1, 10)]
    assert by_number == sorted(by_number, reverse=True)
    by_hit = [informed_threshold(PD, 10, 9, hit=h) for h in (0.0, 0.3, 0.6, 1.0)]
    assert by_hit == sorted(by_hit, reverse=True)
    assert by_hit[0] == pytest.approx(0.9)  # the victim knows all the same


def test_how_many_must_know() -> None:
    assert needed_informed(PD, 10, 0.9) == 1
    assert needed_informed(PD, 10, 0.5) == 9
    assert needed_informed(PD, 10, 0.45) is None
    m = needed_informed(PD, 10, 0.7)
    assert breach_gain(PD, 10, m, 0.7) <= 0 < breach_gain(PD, 10, m - 1, 0.7)


def test_nothing_need_be_known_where_a_breach_does_not_pay_anyway() -> None:
    hunt = two_by_two("hunt", R=4, S=1, T=3, P=2)
    assert informed_threshold(hunt, 6, 1) == 0
    assert needed_informed(hunt, 6, 0.5) == 1


def test_who_cannot_know() -> None:
    for informed in (0, 6):
        with pytest.raises(Mistake, match="from 1, the victim, to all 5"):
            breach_gain(PD, 6, informed, 0.5)
    with pytest.raises(Mistake, match="must be even"):
        breach_gain(PD, 5, 1, 0.5)
