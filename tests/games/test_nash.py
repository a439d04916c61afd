"""Nash equilibria against Gambit, nashpy, textbook tables and the definition."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from coopgames.games import (
    Game,
    by_choice,
    named_game,
    nash_equilibria,
    pure_equilibria,
    regret,
    relative_gains,
    two_by_two,
    with_choice,
)
from coopgames.games.corners import corners
from coopgames.games.exact import exact_payoffs, simplest
from coopgames.mistakes import Mistake

F = Fraction


def mixtures(game):
    return {e.mix for e in nash_equilibria(game).listed}


# --- the table of classics-iterated.md, entry 2 -------------------------------------------------

HALF = (F(1, 2), F(1, 2))
C, D = (F(1), F(0)), (F(0), F(1))
THIRDS = (F(1, 3), F(1, 3), F(1, 3))
SCISSORS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]


@pytest.mark.parametrize(
    ("game", "equilibria"),
    [
        (two_by_two("stag hunt", R=4, S=1, T=3, P=2), {(C, C), (D, D), (HALF, HALF)}),
        (two_by_two("chicken", R=3, S=2, T=4, P=1), {(C, D), (D, C), (HALF, HALF)}),
        (
            Game("battle of the sexes", [[[2, 0], [0, 1]], [[1, 0], [0, 2]]]),
            {(C, C), (D, D), ((F(2, 3), F(1, 3)), (F(1, 3), F(2, 3)))},
        ),
        (named_game("matching-pennies"), {(HALF, HALF)}),
        (Game("rock paper scissors", [SCISSORS, np.transpose(SCISSORS)]), {(THIRDS, THIRDS)}),
        (
            # Hawk is D: V = 2, C = 3, so hawk is played with probability V/C = 2/3.
            two_by_two("hawk and dove", R=1, S=0, T=2, P=-0.5),
            {(C, D), (D, C), ((F(1, 3), F(2, 3)), (F(1, 3), F(2, 3)))},
        ),
        (two_by_two("prisoner's dilemma", R=3, S=0, T=5, P=1), {(D, D)}),
    ],
    ids=lambda x: x.name if isinstance(x, Game) else "",
)
def test_textbook_tables(game, equilibria):
    found = nash_equilibria(game)
    assert {e.mix for e in found.listed} == equilibria
    assert not found.degenerate
    assert not found.infinite
    assert [e.profile for e in found.listed if e.profile] == list(pure_equilibria(game))


# --- against Gambit -------------------------------------------------------------------------------


def small_games(number, seed):
    """Games with small integer payoffs, duplicate actions, zero sums, weak dominance, 5 × 5."""
    rng = np.random.default_rng(seed)
    for i in range(number):
        k, m = rng.integers(2, 5, size=2) if i % 24 else (5, 5)
        A, B = rng.integers(-3, 4, size=(2, k, m))
        kind = i % 5
        if kind == 1:
            a, b = rng.integers(k, size=2)
            A[a], B[a] = A[b], B[b]
            a, b = rng.integers(m, size=2)
            A[:, a], B[:, a] = A[:, b], B[:, b]
        elif kind == 2:
            B = -A
        elif kind == 3:
            A, B = rng.integers(0, 2, size=(2, k, m))
        elif kind == 4:
            A, B = rng.integers(-50, 50, size=(2, k, m))
        yield Game(f"{i}", [A, B])


def in_gambit(game):
    """All extreme equilibria as Gambit finds them, and its cliques."""
    gambit = pytest.importorskip("pygambit")
    table = gambit.StrategicGame.from_arrays(*game.payoffs.astype(int))
    found = gambit.nash.enummixed_solve(table, rational=True, cliques=True)

    def mix(profile):
        return tuple(
            tuple(F(int(p.numerator), int(p.denominator)) for p in dict(profile[player]).values())
            for player in table.players
        )

    return (
        {mix(e) for e in found.equilibria},
        {frozenset(mix(e) for e in clique) for clique in found.cliques},
    )


def test_500_games_have_the_equilibria_that_gambit_finds():
    degenerate = infinite = 0
    for game in small_games(500, seed=2026):
        ours, (theirs, cliques) = nash_equilibria(game), in_gambit(game)
        assert {e.mix for e in ours.listed} == theirs, game.payoffs
        assert len(ours.listed) == len(theirs)
        assert {frozenset(ours.listed[i].mix for i in s) for s in ours.sets} == cliques
        degenerate += ours.degenerate
        infinite += ours.infinite
    assert degenerate > 200  # the games are hard enough
    assert infinite > 150


def test_nashpy_finds_the_same_once_payoffs_are_positive():
    nashpy = pytest.importorskip("nashpy")
    for game in small_games(60, seed=5):
        A, B = game.payoffs - game.payoffs.min() + 1
        theirs = {
            tuple(tuple(F(float(p)).limit_denominator(10**5) for p in own) for own in pair)
            for pair in nashpy.Game(A, B).vertex_enumeration()
        }
        assert mixtures(game) == theirs


# --- laws -----------------------------------------------------------------------------------------

tables = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(
        st.integers(-3, 3), min_size=2 * shape[0] * shape[1], max_size=2 * shape[0] * shape[1]
    ).map(lambda flat: np.reshape(flat, (2, *shape)))
)


@settings(deadline=None)
@given(tables)
def test_nobody_gains_by_another_action_and_mixtures_of_a_set_are_equilibria(payoffs):
    game = Game("g", payoffs)
    found = nash_equilibria(game)
    assert found.listed  # J. F. Nash (1950): there is one
    for e in found.listed:
        assert [sum(own) for own in e.mix] == [1, 1]
        assert regret(game, e.mix).max() < 1e-12
    for members in found.sets:
        middle = [
            np.mean([np.array(found.listed[i].mix[seat], dtype=float) for i in members], axis=0)
            for seat in range(2)
        ]
        assert regret(game, middle).max() < 1e-12
    pure = tuple(e.profile for e in found.listed if e.profile is not None)
    assert pure == pure_equilibria(game)


@settings(max_examples=40, deadline=None)
@given(tables)
def test_a_game_is_degenerate_if_a_mixture_has_more_best_replies_than_actions(payoffs):
    # By the definition: for every support and every set of one reply more, a linear programme.
    A, B = undominated(*payoffs)
    expected = too_many_replies(A) or too_many_replies(B.T)
    assert nash_equilibria(Game("g", payoffs)).degenerate == expected


def undominated(A, B):
    """Strike out actions that another one strictly dominates."""
    while True:
        rows = [a for a in range(len(A)) if not any((A[c] > A[a]).all() for c in range(len(A)))]
        if len(rows) < len(A):
            A, B = A[rows], B[rows]
            continue
        m = A.shape[1]
        columns = [b for b in range(m) if not any((B[:, c] > B[:, b]).all() for c in range(m))]
        if len(columns) == m:
            return A, B
        A, B = A[:, columns], B[:, columns]


def too_many_replies(table):
    """Whether some mixture of columns has more best rows than it uses columns."""
    k, m = table.shape
    return any(
        mixture_exists(table[:, used], best)
        for s in range(1, m + 1)
        for used in combinations(range(m), s)
        for best in combinations(range(k), s + 1)
    )


def mixture_exists(table, best):
    """Whether some mixture of all columns makes these rows best."""
    k, s = table.shape
    top = table[best[0]]
    found = linprog(
        [0.0] * s + [-1.0],  # maximise the smallest probability
        A_ub=np.vstack(
            [
                np.column_stack([table - top, np.zeros(k)]),
                np.column_stack([-np.eye(s), np.ones(s)]),
            ]
        ),
        b_ub=np.zeros(k + s),
        A_eq=np.vstack([*(np.append(table[i] - top, 0.0) for i in best[1:]), [1.0] * s + [0.0]]),
        b_eq=[0.0] * (len(best) - 1) + [1.0],
        bounds=[(0, None)] * (s + 1),
    )
    return found.status == 0 and -found.fun > 1e-9


@settings(deadline=None)
@given(tables, st.permutations(range(4)), st.integers(-3, 3), st.sampled_from([0.1, 3.0, 1e6]))
def test_names_and_units_change_nothing(payoffs, order, shift, scale):
    # Seats swapped, the first actor's actions renamed, its payoffs in another unit.
    A, B = payoffs
    rows = [a for a in order if a < len(A)]
    other = Game("other", [B[rows].T, scale * A[rows].T + shift])
    renamed = {(tuple(x[a] for a in rows), y) for x, y in mixtures(Game("g", payoffs))}
    assert mixtures(other) == {(x, y) for y, x in renamed}


# --- floats -----------------------------------------------------------------------------------


def test_payoffs_that_a_computer_cannot_hold_are_meant_as_they_are_written():
    # Against the mixture (1/2, 1/2) the three rows are equally good: 0.1 + 0.3 = 2 × 0.2.
    A = [[0.1, 0.3], [0.2, 0.2], [0.3, 0.1]]
    assert F(0.1) + F(0.3) != 2 * F(0.2)
    game = Game("tenths", [A, [[1, 0], [0, 0], [0, 1]]])
    tens = Game("ones", [np.rint(10 * np.array(A)), game.payoffs[1]])
    assert mixtures(game) == mixtures(tens)
    assert nash_equilibria(game).degenerate


@pytest.mark.parametrize(
    ("low", "high", "fraction"),
    [
        (F(3, 10), F(4, 10), F(1, 3)),
        (F(1, 3), F(1, 3), F(1, 3)),
        (F(-4, 10), F(-3, 10), F(-1, 3)),
        (F(-1, 9), F(1, 7), F(0)),
        (F(27, 10), F(32, 10), F(3)),
        (F(314, 100), F(315, 100), F(22, 7)),
    ],
)
def test_simplest_fractions(low, high, fraction):
    assert simplest(low, high) == fraction


@settings(deadline=None)
@given(st.fractions(max_denominator=60), st.fractions(F(1, 10**6), F(1, 2), max_denominator=10**6))
def test_no_fraction_nearby_is_simpler(middle, width):
    found = simplest(middle - width, middle + width)
    assert abs(found - middle) <= width
    for q in range(1, found.denominator):
        p = round(middle * q)
        assert abs(F(p, q) - middle) > width


def test_payoffs_are_taken_for_the_fractions_that_they_stand_for():
    game = Game("g", [[[1 / 3, 0.1], [0.1 + 0.2, -1]], [[0, 0], [0, 0]]])
    assert exact_payoffs(game, ([0, 1], [0, 1]))[0] == [[F(1, 3), F(1, 10)], [F(3, 10), F(-1)]]
    assert exact_payoffs(game, ([1], [0, 1]))[0] == [[F(3, 10), F(-1)]]


# --- what actors choose by ------------------------------------------------------------------------


def test_equilibria_follow_from_choice_and_pay_in_goals():
    # theory.md 1.5.9: in the stag hunt, hares become dominant at r > 1/3.
    game = relative_gains(named_game("stag-hunt"), 0.5)
    (only,) = nash_equilibria(game).listed
    assert only.profile == (1, 1)
    assert only.payoffs == (2.0, 2.0)
    assert mixtures(game) == mixtures(by_choice(game))
    assert regret(game, ((0, 1), (0, 1))).tolist() == [0, 0]
    assert regret(with_choice(game, None), ((0, 1), (1, 0))).tolist() == [1, 1]


def test_regret_of_three_actors():
    # u_0 = a_0 a_1 a_2, the others indifferent; against halves action 1 is worth 1/4.
    table = np.zeros((3, 2, 2, 2))
    table[0, 1, 1, 1] = 1
    half = (0.5, 0.5)
    assert regret(Game("g", table), [(1, 0), half, half]).tolist() == [0.25, 0, 0]
    assert regret(Game("g", table), [half, half, (1, 0)]).tolist() == [0, 0, 0]


# --- size -----------------------------------------------------------------------------------------


def test_three_actors_are_refused_by_name():
    with pytest.raises(Mistake, match="'g' has 3 actors"):
        nash_equilibria(Game("g", np.zeros((3, 2, 2, 2))))


def test_too_many_mixtures_are_refused_in_one_line():
    payoffs = np.random.default_rng(0).normal(size=(2, 16, 16))
    with pytest.raises(Mistake, match="'large': 16 × 16 actions leave more than 8,000 mixtures"):
        nash_equilibria(Game("large", payoffs))


def test_dominated_actions_make_no_work():
    # 16 × 16, but the last action of each beats all others, whatever the other does.
    payoffs = np.random.default_rng(0).normal(size=(2, 16, 16))
    payoffs[0, -1] += 10
    payoffs[1, :, -1] += 10
    (only,) = nash_equilibria(Game("large", payoffs)).listed
    assert only.profile == (15, 15)


def test_corners_of_two_replies():
    # Against the mixture x the replies pay x_0 and x_1: they are equal at (1/2, 1/2).
    found = {(c.mix, c.unplayed, c.best) for c in corners([[F(1), F(0)], [F(0), F(1)]])}
    assert found == {(HALF, 0b00, 0b11), (C, 0b10, 0b01), (D, 0b01, 0b10)}
