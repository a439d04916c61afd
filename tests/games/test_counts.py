"""Games by counts: their numbering, their full form, and what they refuse."""

from itertools import product
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import CountGame, Game, accommodation, count_game, public_goods, tallies
from coopgames.mistakes import Mistake


@st.composite
def rising_tables(draw: Any, n: int, k: int) -> list[list[float]]:
    """Payoffs to which every other's accommodation adds."""
    worth = sorted(draw(st.lists(st.integers(0, 9), min_size=k, max_size=k)), reverse=True)
    own = draw(st.lists(st.integers(-9, 9), min_size=k, max_size=k))
    return [[float(own[a] + row @ worth) for row in tallies(n, k)] for a in range(k)]


def test_with_two_actions_the_number_says_how_many_others_accommodate() -> None:
    assert tallies(4).tolist() == [[0, 3], [1, 2], [2, 1], [3, 0]]


@pytest.mark.parametrize(("n", "k"), [(2, 2), (50, 2), (4, 3), (13, 3), (5, 4), (3, 1)])
def test_tallies_are_all_there_in_lexicographic_order(n: int, k: int) -> None:
    rows = [tuple(row) for row in tallies(n, k).tolist()]
    expected = [c for c in product(range(n), repeat=k) if sum(c) == n - 1] if n < 14 else rows
    assert rows == sorted(rows) == expected
    assert len(rows) == comb(n + k - 2, k - 1)


def test_public_goods_by_hand() -> None:
    # Three actors, each unit doubled and shared: alone one gets 2/3 back of the 1 given.
    game = public_goods(3, 2)
    assert game.payoffs == pytest.approx(np.array([[-1 / 3, 1 / 3, 1], [0, 2 / 3, 4 / 3]]))
    assert (game.n, game.k, game.actions) == (3, 2, ("contribute", "keep"))
    assert public_goods(3, 2, cost=4).payoffs == pytest.approx(4 * game.payoffs)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([(2, 2), (3, 2), (5, 2), (3, 3), (4, 3)]), st.data())
def test_the_full_form_pays_the_same(size: tuple[int, int], data: Any) -> None:
    n, k = size
    counts = CountGame("g", data.draw(rising_tables(n, k)), actions=list("abc")[:k])
    game = counts.as_game()
    rows = [tuple(row) for row in tallies(n, k).tolist()]
    assert game.shape == (k,) * n
    for profile in product(range(k), repeat=n):
        for i, own in enumerate(profile):
            others = (*profile[:i], *profile[i + 1 :])
            number = rows.index(tuple(others.count(a) for a in range(k)))
            assert game.payoffs[i][profile] == counts.payoffs[own, number]


def test_the_order_of_its_actions_is_that_of_accommodation() -> None:
    game = public_goods(4, 2).as_game()
    assert accommodation(game) == accommodation(Game("g", game.payoffs)) == ((0, 1),) * 4


def test_games_are_values() -> None:
    game, other = public_goods(5, 2), public_goods(5, 2)
    assert game == other
    assert hash(game) == hash(other)
    assert game != public_goods(5, 3)
    assert CountGame("other name", game.payoffs).digest == game.digest
    assert public_goods(5, 3).digest != game.digest
    with pytest.raises(ValueError, match="read-only"):
        game.payoffs[0, 0] = 1


@pytest.mark.parametrize(
    ("payoffs", "said"),
    [
        ([[1, 2], [3]], "ragged"),
        ([[1, "a"], [3, 2]], "not a number"),
        ([1, 2, 3], r"shape \(3,\)"),
        ([[1, 2, 3]], r"shape \(1, 3\)"),
        ([[1], [2]], r"shape \(2, 1\)"),
        ([[1, 2, 3, 4]] * 3, r"k × C\(n\+k−2, k−1\)"),
        ([[0, 1, 2], [0, np.nan, 2]], "payoff nan of action 1 at the others' tally 1"),
        ([[2, 1, 0], [3, 2, 1]], "'0' is never better for the others than '1'"),
    ],
)
def test_tables_that_are_none_are_refused(payoffs: Any, said: str) -> None:
    with pytest.raises(Mistake, match=said):
        CountGame("g", payoffs)


def test_what_else_is_refused() -> None:
    with pytest.raises(Mistake, match="do not name its 2 actions"):
        CountGame("g", [[0, 1], [0, 1]], actions=("C", "C"))
    with pytest.raises(Mistake, match="1 is no number of actors"):
        public_goods(1, 2)
    with pytest.raises(Mistake, match=r"50 × 2\^50 payoffs"):
        public_goods(50, 2).as_game()
    with pytest.raises(Mistake, match="too many tallies"):
        count_game("g", 101, lambda own, others: 0.0, actions=list("abcde"))
