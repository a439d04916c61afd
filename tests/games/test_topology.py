"""The 144 ordinal games: found again by brute force, and by what is published of their table."""

from collections import Counter
from functools import cache
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse.csgraph import shortest_path as graph_distances

from coopgames.games import (
    SYMMETRIC,
    Game,
    Ordinal,
    catalog,
    census,
    distances,
    named_game,
    named_ordinal,
    neighbours,
    ordinal,
    shortest_path,
    swapped,
    the_78,
    the_144,
    two_by_two,
)
from coopgames.mistakes import Mistake

# The first actor's payoffs, row by row, as in the table of the LaTeX package twoxtwogame (L.
# Marris, 2024), which is that of Robinson & Goforth (2005) with the names of Bruns (2015).
PUBLISHED = {
    "chicken": (2, 3, 1, 4), "leader": (3, 2, 1, 4), "hero": (3, 1, 2, 4),
    "compromise": (2, 1, 3, 4), "deadlock": (1, 2, 3, 4), "prisoners-dilemma": (1, 3, 2, 4),
    "stag-hunt": (1, 4, 2, 3), "assurance": (1, 4, 3, 2), "coordination": (2, 4, 3, 1),
    "peace": (3, 4, 2, 1), "harmony": (3, 4, 1, 2), "concord": (2, 4, 1, 3),
}  # fmt: skip
PUBLISHED_COLUMNS = {  # the same of the second actor; hero's is misprinted there
    "chicken": (4, 3, 1, 2), "leader": (4, 2, 1, 3), "compromise": (4, 1, 3, 2),
    "deadlock": (4, 2, 3, 1), "prisoners-dilemma": (4, 3, 2, 1), "stag-hunt": (3, 4, 2, 1),
    "assurance": (2, 4, 3, 1), "coordination": (1, 4, 3, 2), "peace": (1, 4, 2, 3),
    "harmony": (2, 4, 1, 3), "concord": (3, 4, 1, 2),
}  # fmt: skip
# T, R, P and S from the best: classics-iterated.md, entry 2; the last names are Bruns's (2015).
ORDERS = {
    "chicken": "TRSP", "leader": "TSRP", "hero": "STRP", "compromise": "SRTP", "deadlock": "TPRS",
    "prisoners-dilemma": "TRPS", "stag-hunt": "RTPS", "assurance": "RPTS", "coordination": "RPST",
    "peace": "RSPT", "harmony": "RSTP", "concord": "RTSP",
}  # fmt: skip
RANKS = list(permutations(range(1, 5)))


def canonical(u):
    """The least of the four ways to write a game, by renaming actions."""
    return min(tuple(u[:, ::r, ::c].ravel().tolist()) for r, c in product((1, -1), repeat=2))


def turned(u):
    """The game with its seats exchanged."""
    return u[::-1].transpose(0, 2, 1)


def brute(low, seat, key):
    """The canonical form after a swap, worked out on the table of payoffs."""
    u = np.reshape(key, (2, 2, 2)).copy()
    mine = u[seat]
    is_low, is_high = mine == low, mine == low + 1
    mine[is_low], mine[is_high] = low + 1, low
    return canonical(u)


EVERY = sorted({canonical(np.reshape(a + b, (2, 2, 2))) for a, b in product(RANKS, repeat=2)})
KEY = {place: canonical(place.game.payoffs.astype(int)) for place in the_144()}


class TestTheTable:
    def test_it_holds_every_ordinal_game_once(self):
        assert len(EVERY) == 144
        assert sorted(KEY.values()) == EVERY

    def test_78_remain_if_seats_may_be_exchanged(self):
        pairs = {min(key, canonical(turned(np.reshape(key, (2, 2, 2))))) for key in EVERY}
        assert len(pairs) == 78
        listed = [KEY[place] for place in the_78()]
        assert len(listed) == 78
        assert {min(k, canonical(turned(np.reshape(k, (2, 2, 2))))) for k in listed} == pairs

    def test_rows_and_columns_are_those_published(self):
        for name, ranks in PUBLISHED.items():
            assert Ordinal(name, "chicken").ranks[0] == ranks
        for name, ranks in PUBLISHED_COLUMNS.items():
            assert Ordinal("chicken", name).ranks[1] == ranks

    @pytest.mark.parametrize("name", SYMMETRIC)
    def test_symmetric_games_have_the_orders_of_payoffs_that_bear_their_names(self, name):
        values = {letter: 4 - k for k, letter in enumerate(ORDERS[name])}
        assert ordinal(two_by_two("one", **values)) == Ordinal(name, name)
        swapped_names = {"R": values["P"], "P": values["R"], "S": values["T"], "T": values["S"]}
        assert ordinal(two_by_two("other", **swapped_names)) == Ordinal(name, name)

    def test_twelve_games_are_symmetric(self):
        own = [key for key in EVERY if canonical(turned(np.reshape(key, (2, 2, 2)))) == key]
        assert len(own) == 12
        assert {KEY[Ordinal(name, name)] for name in SYMMETRIC} == set(own)

    @pytest.mark.parametrize("name", sorted(set(SYMMETRIC) & set(catalog())))
    def test_the_named_games_lie_where_they_should(self, name):
        assert ordinal(named_game(name)).name == name

    def test_exchanging_seats_exchanges_row_and_column(self):
        for place in the_144():
            u = place.game.payoffs
            assert ordinal(Game("turned", turned(u))) == place.mirrored
            assert (place.mirrored.game.payoffs == turned(u)[:, ::-1, ::-1]).all()

    def test_the_layer_says_how_the_two_best_lie(self):
        for place in the_144():
            (a, b), (c, d) = (np.argwhere(of == 4)[0] for of in place.game.payoffs)
            expected = {(False, False): 1, (False, True): 2, (True, True): 3, (True, False): 4}
            assert place.layer == expected[bool(a == c), bool(b == d)]
            assert (b, c) == (1, 0)  # the first actor's 4 on the right, the second's above
        assert Counter(place.layer for place in the_144()) == dict.fromkeys(range(1, 5), 36)


class TestSwaps:
    def test_neighbours_are_those_of_the_table_of_payoffs(self):
        for place in the_144():
            for swap in neighbours(place.game):
                assert KEY[ordinal(swap.game)] == brute(swap.low, swap.seat, KEY[place])

    def test_each_game_has_six_different_neighbours_and_is_theirs(self):
        beside = {p: {ordinal(s.game) for s in neighbours(p.game)} for p in the_144()}
        for place, others in beside.items():
            assert len(others) == 6
            assert place not in others
            assert all(place in beside[other] for other in others)

    def test_a_swap_undoes_itself(self):
        for place in the_144():
            for swap in neighbours(place.game):
                back = swapped(swap.game, swap.seat, swap.low)
                assert (back.payoffs == place.game.payoffs).all()

    def test_each_layer_is_a_torus(self):
        # Low and middle swaps are the steps of a 6 × 6 grid that closes in both directions.
        for place in the_144():
            r, c = SYMMETRIC.index(place.row), SYMMETRIC.index(place.column)
            around = {
                (r // 6 * 6 + (r + i) % 6, c // 6 * 6 + (c + j) % 6)
                for i, j in ((1, 0), (-1, 0), (0, 1), (0, -1))
            }
            found = [ordinal(s.game) for s in neighbours(place.game) if s.low < 3]
            assert {(SYMMETRIC.index(f.row), SYMMETRIC.index(f.column)) for f in found} == around
            assert all(f.layer == place.layer for f in found)

    def test_high_swaps_always_lead_to_another_layer(self):
        for place in the_144():
            for swap in neighbours(place.game):
                if swap.low == 3:
                    assert ordinal(swap.game).layer != place.layer

    def test_the_dilemma_is_one_high_swap_of_each_from_the_stag_hunt(self):
        dilemma = named_game("prisoners-dilemma")
        changed = swapped(swapped(dilemma, 0, 3), 1, 3)
        assert changed.payoffs.tolist() == [[[5, 0], [3, 1]], [[5, 3], [0, 1]]]
        assert changed.actions == dilemma.actions
        assert changed.name == "stag-hunt"


@cache
def steps():
    """Distances between all games, from the tables of payoffs alone."""
    at = {key: n for n, key in enumerate(EVERY)}
    edges = np.zeros((144, 144))
    for key in EVERY:
        for seat, low in product(range(2), range(1, 4)):
            edges[at[key], at[brute(low, seat, key)]] = 1
    found = graph_distances(edges, unweighted=True)
    return {(p, q): found[at[KEY[p]], at[KEY[q]]] for p in the_144() for q in the_144()}


class TestWays:
    def test_distances(self):
        for place in the_144():
            counted = distances(place)
            assert all(counted[other] == steps()[place, other] for other in the_144())
            assert list(counted.values()) == sorted(counted.values())

    @pytest.mark.parametrize("label", ["harmony", "mixed-interests", "opposed-interests"])
    def test_a_path_is_a_shortest_one(self, label):
        found = census(the_144())
        targets = [p for p in the_144() if found.category[p] == label]
        for place in the_144():
            way = shortest_path(place.game, targets)
            assert len(way) == min(steps()[place, target] for target in targets)
            game = place.game
            for step in way:
                game = swapped(game, step.seat, step.low)
                assert game == step.game
            assert ordinal(game) in targets

    def test_no_game_is_further_than_two_swaps_from_harmony(self):
        found = census(the_144())
        harmonies = [p for p in the_144() if found.category[p] == "harmony"]
        assert Counter(len(shortest_path(p.game, harmonies)) for p in the_144()) == {
            0: 39, 1: 72, 2: 33,
        }  # fmt: skip

    def test_a_path_needs_a_target(self):
        with pytest.raises(Mistake, match="needs a target"):
            shortest_path(named_game("chicken"), [])


class TestWhereAGameLies:
    @given(
        st.sampled_from(the_144()),
        st.tuples(*[st.sampled_from((1, -1))] * 2),
        st.tuples(*[st.floats(0.01, 100)] * 2),
        st.tuples(*[st.floats(-100, 100)] * 2),
    )
    def test_neither_names_of_actions_nor_units_matter(self, place, order, scale, shift):
        u = place.game.payoffs[:, :: order[0], :: order[1]]
        u = u * np.array(scale)[:, None, None] + np.array(shift)[:, None, None]
        assert ordinal(Game("drawn", u)) == place

    def test_a_game_with_ties_is_told_what_it_borders_on(self):
        with pytest.raises(Mistake, match="hero, hero/leader, leader or leader/hero"):
            ordinal(named_game("battle-of-the-sexes"))
        with pytest.raises(Mistake, match="any of 144"):
            ordinal(Game("flat", np.zeros((2, 2, 2))))

    def test_so_is_one_whose_payoffs_cannot_be_told_apart(self):
        u = named_game("chicken").payoffs.copy()
        u[0, 0, 0] = u[0, 1, 0] + 1e-9
        with pytest.raises(Mistake, match="is none of the 144"):
            ordinal(Game("near", u))

    @pytest.mark.parametrize("shape", [(2, 2, 3), (3, 2, 2, 2), (1, 4)])
    def test_other_games_are_refused(self, shape):
        with pytest.raises(Mistake, match="two actors with two actions each"):
            ordinal(Game("other", np.arange(np.prod(shape)).reshape(shape)))


class TestNames:
    def test_a_name_finds_its_game(self):
        for place in the_144():
            assert named_ordinal(place.name) == place
        assert named_ordinal("chicken/chicken") == named_ordinal("chicken")

    @pytest.mark.parametrize("name", ["chickn", "chicken/her", "", "chicken/hero/hero"])
    def test_another_name_gets_the_nearest(self, name):
        with pytest.raises(Mistake, match="no ordinal game"):
            named_ordinal(name)
