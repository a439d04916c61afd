"""Correlated equilibria."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import (
    Game,
    correlated_equilibrium,
    is_correlated_equilibrium,
    named_game,
    nash_equilibria,
    public_goods,
    relative_gains,
    two_by_two,
)
from coopgames.mistakes import Mistake

AUMANN = two_by_two("chicken", R=6, S=2, T=7, P=0)
"""As in M. J. Osborne and A. Rubinstein, A Course in Game Theory (1994), section 3.3."""

tables = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda shape: st.lists(
        st.integers(-4, 4), min_size=2 * shape[0] * shape[1], max_size=2 * shape[0] * shape[1]
    ).map(lambda flat: Game("g", np.reshape(flat, (2, *shape))))
)


def test_chicken_with_a_traffic_light():
    # Maximise 12c + 9(s + t) under 6c + 2s ≥ 7c: c ≤ 2s, and likewise for t: c = 1/2, s = t = 1/4.
    best = correlated_equilibrium(AUMANN)
    assert best.lottery == pytest.approx(np.array([[0.5, 0.25], [0.25, 0]]), abs=1e-9)
    assert best.payoffs == pytest.approx((5.25, 5.25), abs=1e-9)
    thirds = np.array([[1, 1], [1, 0]]) / 3  # pays (5, 5), beyond every Nash equilibrium
    assert is_correlated_equilibrium(AUMANN, thirds)
    assert not is_correlated_equilibrium(AUMANN, [[1, 0], [0, 0]])
    assert not is_correlated_equilibrium(AUMANN, np.full((2, 2), 0.25))
    assert correlated_equilibrium(AUMANN, 0).payoffs == pytest.approx((7, 2), abs=1e-9)
    assert correlated_equilibrium(AUMANN, 1).payoffs == pytest.approx((2, 7), abs=1e-9)


def test_a_dilemma_has_no_other():
    found = correlated_equilibrium(named_game("prisoners-dilemma"))
    assert found.lottery.tolist() == [[0, 0], [0, 1]]


def test_fair_is_best_for_the_worst_off():
    # Each equilibrium of the battle of the sexes leaves one with 2; by lot both get 2.5.
    found = correlated_equilibrium(named_game("battle-of-the-sexes"), "fair")
    assert found.payoffs == pytest.approx((2.5, 2.5), abs=1e-9)
    # Where the sum is largest one gets nothing: fair is another.
    game = Game("g", [[[9, 0], [0, 2]], [[0, 0], [0, 2]]])
    assert correlated_equilibrium(game).payoffs == pytest.approx((9, 0), abs=1e-9)
    assert correlated_equilibrium(game, "fair").payoffs == pytest.approx((2, 2), abs=1e-9)


@settings(deadline=None)
@given(tables)
def test_nash_equilibria_are_correlated_ones_and_no_better(game):
    listed = nash_equilibria(game).listed
    for e in listed:
        x, y = (np.array(own, dtype=float) for own in e.mix)
        assert is_correlated_equilibrium(game, np.outer(x, y))
    best = {purpose: correlated_equilibrium(game, purpose) for purpose in ("sum", "fair", 0, 1)}
    assert all(is_correlated_equilibrium(game, b.lottery) for b in best.values())
    assert best["sum"].payoffs.sum() >= max(sum(e.payoffs) for e in listed) - 1e-7
    assert best["fair"].payoffs.min() >= max(min(e.payoffs) for e in listed) - 1e-7
    for seat in range(2):
        assert best[seat].payoffs[seat] >= max(e.payoffs[seat] for e in listed) - 1e-7


def test_any_number_of_actors():
    # Three volunteers: one pays 0.4, all get 1; whoever is drawn pays, and nobody is tempted.
    table = np.zeros((3, 2, 2, 2))
    for a in np.ndindex(2, 2, 2):
        table[(slice(None), *a)] = [(0 in a) - 0.4 * (own == 0) for own in a]
    game = Game("volunteers", table)
    best = correlated_equilibrium(game, "fair")
    assert best.payoffs == pytest.approx([1 - 0.4 / 3] * 3, abs=1e-9)
    assert correlated_equilibrium(game).payoffs.sum() == pytest.approx(2.6, abs=1e-9)
    keep = correlated_equilibrium(public_goods(4, 2.0).as_game())
    assert keep.lottery[1, 1, 1, 1] == pytest.approx(1)


def test_choice_decides_and_goals_are_reported():
    game = relative_gains(named_game("stag-hunt"), 0.5)  # hares are dominant: theory.md 1.5.9
    found = correlated_equilibrium(game)
    assert found.lottery[1, 1] == pytest.approx(1)
    assert found.payoffs == pytest.approx((2, 2))
    assert not is_correlated_equilibrium(game, [[1, 0], [0, 0]])


def test_units_change_nothing():
    game = named_game("battle-of-the-sexes")
    other = Game("g", [game.payoffs[0] * 1e6 + 7e6, game.payoffs[1]])
    best = correlated_equilibrium(other, 1)
    assert best.payoffs == pytest.approx((9e6, 3), rel=1e-9)


def test_an_actor_with_one_action():
    assert correlated_equilibrium(Game("g", [[[1, 2]], [[0, 3]]])).payoffs.tolist() == [2, 3]
    assert correlated_equilibrium(Game("g", [[[1]], [[0]]])).payoffs.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda g: correlated_equilibrium(g, "best"), "best = 'best' is no purpose"),
        (lambda g: correlated_equilibrium(g, 2), "the number of a seat, 0 to 1"),
        (lambda g: is_correlated_equilibrium(g, [0.5, 0.5]), "are 2 × 2"),
        (lambda g: is_correlated_equilibrium(g, [[0.5, 0.5], [0.5, 0]]), "their sum 1.5"),
        (lambda g: is_correlated_equilibrium(g, [[2, -1], [0, 0]]), "probability is -1"),
        (lambda g: correlated_equilibrium(Game("g", np.zeros((2, 300, 300)))), "90,000 profiles"),
    ],
)
def test_mistakes(act, said):
    with pytest.raises(Mistake, match=said):
        act(AUMANN)
