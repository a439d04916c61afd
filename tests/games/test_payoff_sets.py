"""Efficient outcomes, minmax payoffs, polygons of payoffs."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.spatial import ConvexHull, QhullError

from coopgames.games import (
    Game,
    Polygon,
    feasible_set,
    minmax,
    named_game,
    pareto_profiles,
    public_goods,
    rational_set,
)
from coopgames.games.polygon import hull
from coopgames.mistakes import Mistake

whole = st.integers(-4, 4)
pairs = st.lists(st.tuples(whole, whole), min_size=1, max_size=8)
tables = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda shape: st.lists(
        whole, min_size=2 * shape[0] * shape[1], max_size=2 * shape[0] * shape[1]
    ).map(lambda flat: Game("g", np.reshape(flat, (2, *shape))))
)


# --- the prisoner's dilemma, classics-iterated.md entry 3 -----------------------------------------


def test_areas_of_the_prisoners_dilemma():
    game = named_game("prisoners-dilemma")  # 5, 3, 1, 0
    assert feasible_set(game).area == pytest.approx(10)
    assert rational_set(game).area == pytest.approx(20 / 3)
    assert feasible_set(game).vertices == ((0, 5), (1, 1), (5, 0), (3, 3))
    assert np.allclose(rational_set(game).vertices, [(1, 1), (13 / 3, 1), (3, 3), (1, 13 / 3)])


# --- polygons -------------------------------------------------------------------------------------


@settings(deadline=None)
@given(pairs)
def test_hulls_are_those_of_qhull(points):
    found = hull(points)
    try:
        theirs = ConvexHull(np.array(points, dtype=float))
    except (QhullError, ValueError):  # a segment or a point
        assert found.area == 0
        assert len(found.vertices) == min(2, len(set(points)))
        assert all(found.distance(p) < 1e-12 for p in points)
    else:
        assert {*found.vertices} == {tuple(v) for v in theirs.points[theirs.vertices]}
        assert found.area == pytest.approx(theirs.volume)


@settings(deadline=None)
@given(pairs, st.sampled_from([0, 1]), st.floats(-5, 5))
def test_what_is_cut_off_lies_below(points, seat, floor):
    before = hull(points)
    after = before.above(seat, floor)
    assert all(v[seat] >= floor for v in after.vertices)
    assert all(before.distance(v) < 1e-9 for v in after.vertices)
    assert all(after.distance(v) < 1e-9 for v in before.vertices if v[seat] >= floor)
    # What is on the other side makes up the rest.
    mirrored = hull([(-x, -y) for x, y in before.vertices]).above(seat, -floor)
    assert after.area + mirrored.area == pytest.approx(before.area, abs=1e-9)


def test_a_floor_that_is_missed_by_a_hair_leaves_the_best():
    square = hull([(0, 0), (1, 0), (1, 1), (0, 1)])
    assert square.above(0, 1 + 1e-12).vertices == ()
    assert square.above(0, 1 + 1e-12, slack=1e-9).vertices == ((1, 0), (1, 1))
    assert square.above(0, 1.1, slack=1e-9).vertices == ()


def test_distances():
    triangle = hull([(0, 0), (4, 0), (0, 3)])
    assert triangle.distance((1, 1)) == 0
    assert triangle.distance((-1, 1)) == 1
    assert triangle.distance((7, 4)) == 5  # from the corner (4, 0)
    assert triangle.distance((3.2, 2.1)) == pytest.approx(1.2)  # from x/4 + y/3 = 1
    assert hull([(0, 0), (2, 0)]).distance((1, 1)) == 1
    assert hull([(1, 1)]).distance((4, 5)) == 5
    assert Polygon(()).distance((0, 0)) == float("inf")


def test_corners_that_hardly_stand_out_can_be_left_out():
    rough = Polygon(((0, 0), (1, -1e-12), (2, 0), (2, 2)))
    assert rough.simplified(1e-9).vertices == ((0, 0), (2, 0), (2, 2))
    assert rough.simplified(1e-15) == rough
    assert hull([(3, 3)]).simplified(1e-9).vertices == ((3, 3),)
    assert hull([(0, 0), (1, 0)]).simplified(1e-9).vertices == ((0, 0), (1, 0))


# --- minmax ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "mixed", "pure"),
    [
        ("prisoners-dilemma", (1, 1), (1, 1)),
        ("chicken", (2, 2), (2, 2)),
        ("matching-pennies", (0, 0), (1, 1)),
        ("battle-of-the-sexes", (6 / 5, 6 / 5), (2, 2)),  # 3q = 2(1−q)
        ("suasion", (3, 2), (3, 2)),
    ],
)
def test_minmax_of_textbook_games(name, mixed, pure):
    assert minmax(named_game(name)) == pytest.approx(mixed, abs=1e-12)
    assert minmax(named_game(name), mixed=False).tolist() == list(pure)


@settings(deadline=None)
@given(tables)
def test_what_one_is_held_to_is_what_one_can_secure(game):
    # von Neumann's theorem: the other side of the linear programme.
    for seat, value in enumerate(minmax(game)):
        own = np.moveaxis(game.payoffs[seat], seat, 0)
        k, m = own.shape
        secured = linprog(
            [0.0] * k + [-1.0],
            A_ub=np.column_stack([-own.T, np.ones(m)]),
            b_ub=[0.0] * m,
            A_eq=[[1.0] * k + [0.0]],
            b_eq=[1.0],
            bounds=[(0, None)] * k + [(None, None)],
        )
        assert value == pytest.approx(-secured.fun, abs=1e-8)
    assert (minmax(game, mixed=False) >= minmax(game) - 1e-9).all()


def test_several_others_draw_lots_together():
    # Actor 0 wins 1 by matching, with action 0 or 1, two others who both take that action.
    table = np.zeros((3, 2, 2, 2))
    table[0, 0, 0, 0] = table[0, 1, 1, 1] = 1
    game = Game("coordinated", table)
    assert minmax(game).tolist() == [0, 0, 0]  # they take different actions
    # Now it wins unless they differ: on (0,1) and (1,0) too, by its first and second action.
    table[0, 0, 0, 1] = table[0, 1, 1, 0] = 1
    # Together: half (0,·), half (1,·): it wins half the time. Pure: it always wins.
    assert minmax(Game("g", table))[0] == pytest.approx(0.5)
    assert minmax(Game("g", table), mixed=False)[0] == 1


def test_minmax_of_a_public_good():
    # Nobody gives: one keeps what one has.
    assert minmax(public_goods(4, 2.0).as_game()).tolist() == [0, 0, 0, 0]


# --- efficient outcomes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "efficient"),
    [
        ("prisoners-dilemma", ((0, 0), (0, 1), (1, 0))),
        ("deadlock", ((0, 1), (1, 0), (1, 1))),
        ("hi-lo", ((0, 0),)),
        ("pure-coordination", ((0, 0), (1, 1))),
        ("matching-pennies", ((0, 0), (0, 1), (1, 0), (1, 1))),
    ],
)
def test_efficient_outcomes_of_textbook_games(name, efficient):
    assert pareto_profiles(named_game(name)) == efficient


@settings(deadline=None)
@given(st.lists(st.integers(-2, 2), min_size=24, max_size=24))
def test_an_outcome_is_efficient_if_no_other_is_better_for_one_and_worse_for_none(flat):
    game = Game("three", np.reshape(flat, (3, 2, 2, 2)))
    points = {a: game.payoffs[(slice(None), *a)] for a in product(range(2), repeat=3)}
    assert pareto_profiles(game) == tuple(
        a for a, x in points.items()
        if not any((y >= x).all() and (y > x).any() for y in points.values())
    )  # fmt: skip


def test_what_rounding_parts_is_equally_efficient():
    game = Game("g", [[[0.3, 0.1 + 0.2, 0]], [[1, 1, 0]]])
    assert pareto_profiles(game) == ((0, 0), (0, 1))


# --- sets -----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(tables)
def test_rational_payoffs_are_feasible_and_leave_nobody_below_its_minmax(game):
    feasible, rational = feasible_set(game), rational_set(game)
    floor = minmax(game)
    assert rational.vertices  # the minmax payoffs, or more, can be had: equilibria give them
    for v in rational.vertices:
        assert feasible.distance(v) < 1e-9
        assert (np.array(v) >= floor - 1e-6).all()
    for v in feasible.vertices:
        assert rational.distance(v) < 1e-6 or (np.array(v) < floor + 1e-9).any()


def test_payoff_sets_are_for_two():
    with pytest.raises(Mistake, match="'g' has 3 actors"):
        feasible_set(Game("g", np.zeros((3, 2, 2, 2))))
