"""Gains and bargains of more than two actors, against programmes over all outcomes at once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from coopgames.games import Game, adjustment_gain, nash_bargain
from coopgames.games.lotteries import equal_gain, largest_product, total_gain

few = settings(max_examples=40, deadline=None)
games = st.builds(
    lambda seed, n, k, whole: Game("random", _table(seed, n, k, whole)),
    seed=st.integers(0, 10**6),
    n=st.integers(3, 4),
    k=st.integers(2, 3),
    whole=st.booleans(),
)


def _table(seed, n, k, whole):
    rng = np.random.default_rng(seed)
    shape = (n, *(k,) * n)
    return rng.integers(0, 6, shape) if whole else rng.normal(size=shape)


def all_at_once(gains, weak):
    """Solve the definition with a variable for every outcome."""
    K, m = gains.shape
    if weak:
        found = linprog(-gains.sum(axis=1), -gains.T, np.zeros(m), np.ones((1, K)), [1])
    else:
        found = linprog(
            [0.0] * K + [-1.0], np.column_stack([-gains.T, np.ones(m)]), np.zeros(m),
            [[1.0] * K + [0.0]], [1], bounds=[(0, None)] * K + [(None, None)],
        )  # fmt: skip
    return -found.fun


@few
@given(games, st.integers(0, 10**6))
def test_gains_are_those_of_the_whole_programme(game, at):
    u = game.payoffs.reshape(game.n, -1).T
    gains = (u - u[at % len(u)]) / np.ptp(u, axis=0)
    assert equal_gain(gains) == pytest.approx(all_at_once(gains, weak=False), abs=1e-8)
    assert total_gain(gains) == pytest.approx(all_at_once(gains, weak=True), abs=1e-8)


@few
@given(games, st.integers(0, 10**6))
def test_more_can_be_reached_by_lot_than_without_and_by_payments_than_by_lot(game, at):
    there = np.array(np.unravel_index([at % game.payoffs[0].size], game.shape)).T
    pure, hull, paid = (
        adjustment_gain(game, feasible, there) for feasible in ("pure", "hull", "transferable")
    )
    for less, more in zip((*pure, *hull), (*hull, *paid), strict=True):
        assert (less <= more + 1e-9).all()


def test_a_lottery_over_three_outcomes():
    # Each of three actors likes another outcome: a fair lottery gives each 3/3 = 1 from 0.
    gains = np.array([[3.0, 0, 0], [0, 3, 0], [0, 0, 3]])
    assert equal_gain(gains) == pytest.approx(1)
    assert total_gain(gains) == pytest.approx(3)
    assert largest_product(gains) == pytest.approx([1, 1, 1], abs=1e-12)


def test_the_product_on_a_face_with_unequal_ends():
    # x + y + z = 1 cut at x ≤ 1/4: the product is largest at (1/4, 3/8, 3/8).
    gains = np.array([[0.25, 0.75, 0], [0.25, 0, 0.75], [0, 1, 0], [0, 0, 1]])
    assert largest_product(gains) == pytest.approx([1 / 4, 3 / 8, 3 / 8], abs=1e-12)


def test_no_product_where_somebody_must_lose():
    assert largest_product(np.array([[1.0, -1, 0], [-1, 1, 0], [0, 0, 0]])) is None


@few
@given(games)
def test_the_bargain_cannot_be_improved(game):
    """At the maximum of Σ log(x − d), no outcome is worth more at the prices 1/(x − d)."""
    u = game.payoffs.reshape(game.n, -1).T
    d = u.mean(axis=0)
    found = nash_bargain(game, d)
    scaled = (u - d) / np.ptp(u, axis=0)
    if found is None:
        assert all_at_once(scaled, weak=False) <= 1e-6
        return
    gains = (found - d) / np.ptp(u, axis=0)
    assert (gains > 0).all()
    assert (scaled @ (1 / gains)).max() <= game.n * (1 + 1e-7)


def test_equal_shares_where_payments_are_possible():
    table = np.zeros((3, 2, 2, 2))
    table[:, 1, 1, 1] = (9.0, 0.0, 0.0)
    table[:, 0, 0, 1] = (-1.0, -1.0, -1.0)
    assert nash_bargain(Game("windfall", table), np.zeros(3), "transferable") == pytest.approx(3)
