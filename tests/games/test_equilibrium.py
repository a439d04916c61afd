"""Best replies, equilibria, and gains from adjustment, against independent computations."""

import numpy as np
import pytest
from scipy.optimize import linprog

from coopgames.games import (
    Game,
    adjustment_gain,
    best_replies,
    named_game,
    nash_bargain,
    pure_equilibria,
    two_by_two,
)
from coopgames.games.gains import frontier


def random_games(number, seed=1, sizes=(1, 5), integer=True):
    rng = np.random.default_rng(seed)
    for k in range(number):
        shape = (2, *rng.integers(*sizes, size=2))
        payoffs = rng.integers(-4, 5, size=shape) if integer else rng.normal(size=shape)
        yield Game(f"random {k}", payoffs)


@pytest.mark.parametrize(
    ("name", "equilibria"),
    [
        ("prisoners-dilemma", ((1, 1),)),
        ("stag-hunt", ((0, 0), (1, 1))),
        ("chicken", ((0, 1), (1, 0))),
        ("battle-of-the-sexes", ((0, 0), (1, 1))),
        ("matching-pennies", ()),
        ("suasion", ((0, 1),)),
    ],
)
def test_textbook_equilibria(name, equilibria):
    assert pure_equilibria(named_game(name)) == equilibria


def test_best_replies_of_chicken():
    row, column = best_replies(named_game("chicken"))
    assert row.tolist() == [[False, True], [True, False]]
    assert column.tolist() == [[False, True], [True, False]]


def test_equilibria_of_three_actors():
    # A volunteer's dilemma of three: 1 for all if anybody pays 0.4; C = 0 volunteers.
    def pay(own, *others):
        return (1.0 if 0 in (own, *others) else 0.0) - (0.4 if own == 0 else 0.0)

    table = np.zeros((3, 2, 2, 2))
    for a in np.ndindex(2, 2, 2):
        for i in range(3):
            table[(i, *a)] = pay(a[i], *(x for j, x in enumerate(a) if j != i))
    game = Game("volunteers", table)
    assert pure_equilibria(game) == ((0, 1, 1), (1, 0, 1), (1, 1, 0))


def test_ties_are_best_replies_even_if_rounding_parts_them():
    game = Game("tie", [[[0.1 + 0.2], [0.3], [0.0]], [[0.0], [0.0], [1.0]]])
    assert pure_equilibria(game) == ((0, 0), (1, 0))


def by_linear_programme(game, profile):
    """Δ and Δ_w as Definition 6 states them."""
    points = game.payoffs.reshape(2, -1)
    K, now = points.shape[1], game.payoffs[(slice(None), *profile)]
    rng = np.ptp(points, axis=1)
    moves = rng > 0
    if not moves.any():
        return 0.0, 0.0
    simplex = {"A_eq": [[1.0] * K + [0.0]], "b_eq": [1.0]}
    strict = linprog(
        [0.0] * K + [-1.0],
        A_ub=np.column_stack([-points, rng])[moves],
        b_ub=-now[moves],
        bounds=[(0, None)] * K + [(None, None)],
        **simplex,
    )
    value = (points / np.where(moves, rng, 1)[:, None])[moves].sum(axis=0)
    weak = linprog(
        [*(-value), 0.0],
        A_ub=np.column_stack([-points, [0.0, 0.0]]),
        b_ub=-now,
        bounds=[(0, None)] * (K + 1),
        **simplex,
    )
    base = (now / np.where(moves, rng, 1))[moves].sum()
    return -strict.fun, -weak.fun - base


@pytest.mark.parametrize("integer", [True, False])
def test_gains_on_the_hull_agree_with_linear_programmes(integer):
    for game in random_games(40, integer=integer):
        gain, gain_weak = adjustment_gain(game)
        for profile in np.ndindex(game.shape):
            strict, weak = by_linear_programme(game, profile)
            assert gain[profile] == pytest.approx(strict, abs=1e-7)
            assert gain_weak[profile] == pytest.approx(weak, abs=1e-6)


def test_gains_on_pure_profiles_agree_with_enumeration():
    for game in random_games(40, seed=2):
        gain, gain_weak = adjustment_gain(game, "pure")
        rng = np.ptp(game.payoffs.reshape(2, -1), axis=1)
        if not rng.all():
            continue
        for a in np.ndindex(game.shape):
            steps = [
                (game.payoffs[(slice(None), *b)] - game.payoffs[(slice(None), *a)]) / rng
                for b in np.ndindex(game.shape)
            ]
            assert gain[a] == pytest.approx(max(min(s) for s in steps))
            assert gain_weak[a] == pytest.approx(max(sum(s) for s in steps if min(s) >= 0))


@pytest.mark.parametrize(
    ("payoffs", "hull", "pure"),
    [
        ((3, 0, 5, 1), 0.4, 0.4),  # theory.md 1.1.6: PD
        ((2, 1, 7, 3), 1 / 6, 0.0),  # Deadlock T7 P3 R2 S1: taking turns gives (7+1)/2 = 4 > 3
        ((2, 1, 4, 3), 0.0, 0.0),  # Deadlock T4 P3 R2 S1
        ((4, 1, 3, 2), 2 / 3, 2 / 3),  # Stag Hunt
    ],
)
def test_the_gain_at_mutual_withholding(payoffs, hull, pure):
    game = two_by_two("g", *payoffs)
    assert adjustment_gain(game)[0][1, 1] == pytest.approx(hull)
    assert adjustment_gain(game, "pure")[0][1, 1] == pytest.approx(pure)


def test_a_constant_payoff_neither_gains_nor_blocks():
    # theory.md 1.1.6: "a player with a constant payoff (never hindered, never gains; exclude from
    # strict Δ)".
    game = Game("bystander", [[[0, 1], [3, 4]], [[7, 7], [7, 7]]])
    for feasible in ("hull", "pure"):
        gain, gain_weak = adjustment_gain(game, feasible)
        assert gain.tolist() == [[1, 0.75], [0.25, 0]]
        assert gain_weak.tolist() == [[1, 0.75], [0.25, 0]]


def test_the_frontier_goes_from_the_first_actors_worst_corner_to_its_best():
    points = np.array([[0, 0], [0, 5], [3, 3], [5, 0], [1, 1], [2, 5], [4, 1.5]])
    assert frontier(points).tolist() == [[2, 5], [5, 0]]  # (3, 3) lies below that edge
    assert frontier(np.array([[1.0, 2.0]])).tolist() == [[1, 2]]
    assert frontier(np.array([[1.0, 2.0], [1.0, 5.0]])).tolist() == [[1, 5]]


@pytest.mark.parametrize(
    ("name", "before", "bargain"),
    [
        ("prisoners-dilemma", (1, 1), (3, 3)),
        ("turn-taking-deadlock", (3, 3), (4, 4)),  # theory.md 1.2.4
        ("chicken", (2.5, 2.5), (3, 3)),  # theory.md 1.2.4: mean 3 against 2.5
        ("battle-of-the-sexes", (1.25, 1.25), (2.5, 2.5)),
        ("deadlock", (3, 3), None),
        ("suasion", (3, 4), None),
    ],
)
def test_bargains_of_textbook_games(name, before, bargain):
    found = nash_bargain(named_game(name), before)
    if bargain is None:
        assert found is None
    else:
        assert found == pytest.approx(bargain)


def test_a_bargain_inside_an_edge():
    # On x + y = 6 from (1, 2) the product (x−1)(4−x) is largest at x = 2.5.
    game = Game("split", [[[6, 0]], [[0, 6]]])
    assert nash_bargain(game, (1, 2)) == pytest.approx((2.5, 3.5))
    assert nash_bargain(game, (1, 2), "pure") is None
    assert nash_bargain(game, (-1, -1), "pure") == pytest.approx((6, 0))


def test_bargains_are_the_best_of_a_fine_grid_on_the_hull():
    share = np.linspace(0, 1, 2001)[:, None]
    for game in random_games(40, seed=3, integer=False):
        points = game.payoffs.reshape(2, -1).T
        d = points.mean(axis=0)
        lines = [p + share * (q - p) for p in points for q in points]
        gains = np.concatenate(lines) - d
        best = np.where((gains > 0).all(axis=1), gains.prod(axis=1), 0).max()
        found = nash_bargain(game, d)
        if found is None:
            assert best < 1e-6
        else:
            assert (found > d).all()
            product = (found - d).prod()
            assert product >= best - 1e-12
            assert product == pytest.approx(best, abs=1e-4)
