"""Hegemonic trade: S10 of scenarios.md, theory.md 1.5.8, and C14 and C15 for the economy."""

import numpy as np
import pytest
from scipy.optimize import brentq

from coopgames.games import catalog, named_game, power, structure
from coopgames.games.scenarios.hegemony import (
    bargains,
    critical_size,
    hegemonic_bargain,
    war_gain,
    war_tariffs,
    welfare,
)


def solved(t, s, size, e=9.0):
    """Clear the market for good 1 by root finding, and let both consume half their income on each.

    Income is at home prices and holds the tariff's revenue, found by iteration.
    """
    (a1, a2), (b1, b2) = (size * e, size), (1.0, e)

    def consumption(p):
        ia = a1 + p * (1 + t) * a2
        ib = b2 + b1 * (1 + s) / p
        for _ in range(500):
            a = (ia / 2, ia / 2 / (p * (1 + t)))
            b = (ib / 2 * p / (1 + s), ib / 2)  # B counts in good 2; good 1 costs it (1 + s)/p
            ia = a1 + p * (1 + t) * a2 + t * p * (a[1] - a2)
            ib = b2 + b1 * (1 + s) / p + s / p * (b[0] - b1)
        return a, b

    p = brentq(lambda p: sum(c[0] for c in consumption(p)) - a1 - b1, 1e-3, 1e3, xtol=1e-13)
    a, b = consumption(p)
    return np.sqrt(a[0] * a[1]), np.sqrt(b[0] * b[1])


@pytest.mark.parametrize(("t", "s", "size"), [(0, 0, 1), (0.5, 0.2, 1), (3.58, 0.964, 3),
                                              (0.998, 0, 3), (0, 1.5, 5)])  # fmt: skip
def test_welfare_is_that_of_the_market(t, s, size):
    found = welfare(np.array(t), np.array(s), size)
    assert (float(found[0]), float(found[1])) == pytest.approx(solved(t, s, size), rel=1e-9)


def test_beyond_prohibition_each_lives_by_itself():
    a, b = welfare(np.array([8.0, 8.1]), np.array(8.0), 1)
    assert a[1] == b[1] == 3.0
    assert a[0] == pytest.approx(3.0)  # nine times nine is where trade ends


@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_the_tariffs_of_war_are_best_replies(size):
    t, s = war_tariffs(size)
    grid = np.linspace(0, 12, 240_001)
    best_a = grid[welfare(grid, np.array(s), size)[0].argmax()]
    best_b = grid[welfare(np.array(t), grid, size)[1].argmax()]
    assert (best_a, best_b) == pytest.approx((t, s), abs=1e-3)


def test_three_times_as_large():  # 1.5.8
    t, s = war_tariffs(3.0)
    assert (t, s) == pytest.approx((3.58, 0.964), abs=5e-3)
    war_a, war_b = war_gain(3.0)  # against free trade
    assert (war_a, war_b) == pytest.approx((0.034, -0.343), abs=5e-4)
    free_a, free_b = 1 / (1 + war_a) - 1, 1 / (1 + war_b) - 1
    assert (free_a, free_b) == pytest.approx((-0.033, 0.52), abs=5e-3)
    assert bargains(3.0) == pytest.approx((0.2205, 2.9284), abs=5e-5)
    agreed = hegemonic_bargain(3.0)
    assert agreed == pytest.approx(0.998, abs=5e-4)
    before = welfare(np.array(t), np.array(s), 3.0)
    after = welfare(np.array(agreed), np.array(0.0), 3.0)
    gains = [float(x / y) - 1 for x, y in zip(after, before, strict=True)]
    assert gains == pytest.approx([0.064, 0.239], abs=1e-3)
    # A removes 72 % of its tariff and B all of it: B's share of the adjustment is .58.
    removed = 1 - agreed / t
    assert removed == pytest.approx(0.72, abs=5e-3)
    assert 1 / (1 + removed) == pytest.approx(0.58, abs=5e-3)


def test_it_is_the_best_bargain_that_both_can_strike_without_subsidies():
    t, s = (np.array(x) for x in war_tariffs(3.0))
    before = welfare(t, s, 3.0)
    a, b = np.meshgrid(np.linspace(0, 3.5, 351), np.linspace(0, 1, 101), indexing="ij")
    after = welfare(a, b, 3.0)
    product = np.prod([np.clip(x - y, 0, None) for x, y in zip(after, before, strict=True)], axis=0)
    at = np.unravel_index(product.argmax(), product.shape)
    assert (a[at], b[at]) == (pytest.approx(1.0, abs=0.011), 0)


@pytest.mark.parametrize(("e", "size"), [(9, 2.241), (2, 1.555), (4, 1.742), (19, 3.227)])
def test_where_war_begins_to_pay(e, size):  # C14
    assert critical_size(e) == pytest.approx(size, abs=1e-3)
    assert war_gain(critical_size(e) - 0.01, e)[0] < 0 < war_gain(critical_size(e) + 0.01, e)[0]


def test_below_it_free_trade_is_a_bargain():
    assert bargains(2.0)[0] == 0
    assert bargains(2.3)[0] > 0
    for size, free in ((2.0, True), (2.5, False)):
        u = catalog()["hegemonic-trade"](size=size)
        found = structure(u)
        assert bool((u.payoffs[:, 0, 0] > found.before).all()) == free


@pytest.mark.parametrize("size", [1.0, 1.5, 2.241, 3.0, 6.0, 20.0])
def test_a_dilemma_at_every_size(size):  # Proposition 1
    found = structure(catalog()["hegemonic-trade"](size=size))
    assert (found.category, found.subtype) == ("mixed-interests", "dilemma")
    t, s = war_tariffs(size)
    a, b = found.equilibria[0]
    u = found.game.payoffs
    assert u[:, a, b] == pytest.approx([float(x) for x in welfare(np.array(t), np.array(s), size)])


def test_its_points_are_on_the_grid():
    game = named_game("hegemonic-trade")
    names = game.actions[0]
    assert {"0", "0.221", "0.998", "2.93", "3.58"} <= set(names)
    assert {"0", "0.964"} <= set(game.actions[1])


def test_the_large_country_has_more_power():
    shares = power(named_game("hegemonic-trade"), comparable=True).shares
    assert shares[0] > shares[1]
