"""Games of two actors and two actions, counted, and played by a population.

theory.md 1.1.8 (the census); classics-iterated.md, entry 1 (Rapoport & Guyer 1966, General Systems
11:203; Robinson & Goforth 2005), entry 2 (the twelve symmetric games) and entry 36 (Santos, Pacheco
& Lenaerts 2006, PNAS 103:3490; Roca, Cuesta & Sánchez 2009, Phys. Life Rev. 6:208).
"""

from collections import Counter
from itertools import permutations, product

import numpy as np
import pytest

from coopgames.games import (
    Game,
    best_replies,
    census,
    ordinal,
    pure_equilibria,
    structure,
    the_78,
    the_144,
    two_by_two,
)

HARMONY, MIXED, OPPOSED = "harmony", "mixed-interests", "opposed-interests"
GAMES = {144: the_144(), 78: the_78()}
both = pytest.mark.parametrize("n", [144, 78])


# theory.md 1.1.8


@both
def test_how_rare_harmony_is(n):
    found = census(GAMES[n])
    assert (
        found.categories
        == {
            144: {HARMONY: 39, MIXED: 41, OPPOSED: 64, "independence": 0},
            78: {HARMONY: 21, MIXED: 24, OPPOSED: 33, "independence": 0},
        }[n]
    )
    names = ("dilemma", "assurance", "coordination-distributive", "cyclic")
    assert tuple(found.subtypes[k] for k in names) == {144: (7, 9, 9, 16), 78: (4, 6, 6, 8)}[n]
    names = ("one-sided", "two-sided", "multiple")
    assert tuple(found.subtypes[k] for k in names) == {144: (50, 12, 2), 78: (25, 7, 1)}[n]
    assert found.equilibria == {144: {1: 108, 2: 18, 0: 18}, 78: {1: 57, 2: 12, 0: 9}}[n]
    assert found.win_win == {144: 36, 78: 21}[n]


@both
def test_it_is_rarer_where_lost_opportunities_count(n):
    found = census(GAMES[n], hindrance="either")
    assert found.categories[HARMONY] == {144: 27, 78: 15}[n]


@both
def test_it_is_less_rare_where_coordination_is_taken_for_granted(n):
    found = census(GAMES[n], baseline="nash")
    labels = tuple(found.categories[k] for k in (HARMONY, MIXED, OPPOSED))
    assert labels == {144: (43, 32, 69), 78: (24, 18, 36)}[n]


@both
def test_each_game_is_what_it_is_alone(n):
    found = census(GAMES[n])
    for place in found.games:
        alone = structure(place.game, feasible="pure")
        assert found.category[place] == alone.category
        assert found.subtype[place] == alone.subtype


def test_win_win_games_are_not_the_harmonies():
    # 1.1.8: of the 21 win-win games of the 78 only 15 are automatic; 6 are assurance problems. Of
    # the 57 others 6 are harmony, all with the outcome (4, 3), 18 mixed and 33 opposed.
    found = census(the_78())
    assert Counter((g.layer == 3, found.category[g]) for g in found.games) == {
        (True, HARMONY): 15, (True, MIXED): 6,
        (False, HARMONY): 6, (False, MIXED): 18, (False, OPPOSED): 33,
    }  # fmt: skip
    for g in found.games:
        if g.layer != 3 and found.category[g] == HARMONY:
            (profile,) = structure(g.game, feasible="pure").self_regarding
            assert sorted(g.game.payoffs[(slice(None), *profile)]) == [3, 4]


# classics-iterated.md, entry 1


def dominant(game):
    """Count the actors with an action that is best whatever the other does."""
    best = best_replies(game)
    return sum(bool(best[i].all(axis=1 - i).any()) for i in range(2))


def dominated(game, profile):
    """Whether another outcome is better for both."""
    u = game.payoffs
    return bool((u > u[(slice(None), *profile)][:, None, None]).all(axis=0).any())


@both
def test_entry_1(n):
    games = [g.game for g in GAMES[n]]
    rests = [pure_equilibria(g) for g in games]
    assert len(games) == n
    assert Counter(map(len, rests)) == {144: {0: 18, 1: 108, 2: 18}, 78: {0: 9, 1: 57, 2: 12}}[n]
    expected = {144: {0: 36, 1: 72, 2: 36}, 78: {0: 21, 1: 36, 2: 21}}[n]
    assert Counter(map(dominant, games)) == expected
    win_win = [bool((g.payoffs == 4).all(axis=0).any()) for g in games]
    assert sum(win_win) == {144: 36, 78: 21}[n]
    regretted = [g for g, r in zip(games, rests, strict=True) if len(r) == 1 and dominated(g, r[0])]
    assert len(regretted) == {144: 7, 78: 4}[n]
    assert [g.name for g in regretted if dominant(g) == 2] == ["prisoners-dilemma"]
    assurance = [len(r) == 2 and any(dominated(g, e) for e in r)
                 for g, r in zip(games, rests, strict=True)]  # fmt: skip
    assert sum(assurance) == {144: 9, 78: 6}[n]
    strictly_opposed = [(g.payoffs.sum(axis=0) == 5).all() for g in games]
    assert sum(strictly_opposed) == {144: 6, 78: 3}[n]
    assert sum(g.row == g.column for g in GAMES[n]) == 12


def test_entry_1_before_anything_is_renamed():
    ranks = list(permutations(range(1, 5)))
    games = [Game("raw", np.reshape(a + b, (2, 2, 2))) for a, b in product(ranks, repeat=2)]
    assert Counter(len(pure_equilibria(g)) for g in games) == {0: 72, 1: 432, 2: 72}
    assert set(Counter(map(ordinal, games)).values()) == {4}


# classics-iterated.md, entry 2

C, D = 0, 1
SYMMETRIC = {
    # T, R, P and S from the best: equilibria, which action is dominant, and what it encodes
    "TRPS": ({(D, D)}, D, (MIXED, "dilemma")),
    "TRSP": ({(C, D), (D, C)}, None, (MIXED, "coordination-distributive")),
    "TSRP": ({(C, D), (D, C)}, None, (MIXED, "coordination-distributive")),
    "STRP": ({(C, D), (D, C)}, None, (MIXED, "coordination-distributive")),
    "RTPS": ({(C, C), (D, D)}, None, (MIXED, "assurance")),
    "RPTS": ({(C, C), (D, D)}, None, (MIXED, "assurance")),
    "RPST": ({(C, C), (D, D)}, None, (MIXED, "assurance")),
    "RTSP": ({(C, C)}, C, (HARMONY, None)),
    "RSTP": ({(C, C)}, C, (HARMONY, None)),
    "RSPT": ({(C, C)}, C, (HARMONY, None)),
    "SRTP": ({(C, C)}, C, (OPPOSED, "two-sided")),
    "SRPT": ({(C, C)}, C, (OPPOSED, "two-sided")),
}


def with_order(order, **values):
    return two_by_two(order, **{**{x: 4 - k for k, x in enumerate(order)}, **values})


def test_there_are_twelve():
    orders = ["".join(o) for o in permutations("TRPS") if o.index("R") < o.index("P")]
    assert sorted(SYMMETRIC) == sorted(orders)
    assert len({ordinal(with_order(order)) for order in orders}) == 12


@pytest.mark.parametrize("order", SYMMETRIC)
def test_entry_2(order):
    equilibria, best, (category, subtype) = SYMMETRIC[order]
    game = with_order(order)
    assert set(pure_equilibria(game)) == equilibria
    always = best_replies(game)[0].all(axis=1)
    assert np.flatnonzero(always).tolist() == ([] if best is None else [best])
    found = structure(game)
    assert (found.category, found.subtype) == (category, subtype)
    is_dominated = {e: dominated(game, e) for e in equilibria}
    if subtype == "assurance":
        assert is_dominated == {(C, C): False, (D, D): True}
        assert (game.payoffs[:, C, C] == 4).all()
    else:
        assert set(is_dominated.values()) == {subtype == "dilemma"}


@pytest.mark.parametrize("order", ["SRTP", "SRPT"])
def test_entry_2_where_taking_turns_pays(order):
    rich = with_order(order, S=7)  # S + T > 2R
    assert structure(rich).category == MIXED
    assert structure(rich, feasible="pure").category == OPPOSED


# classics-iterated.md, entry 36


def settles(T, S, unit):
    """Where the replicator ends that begins with as many C as D, for R = 1 and P = 0.

    The share x of those who play C grows as x(1 − x)((1 − S − T)x + S), from x = 1/2 upwards if
    1 + S − T > 0, until everybody plays C or x reaches S/(S + T − 1). T and S are integers in
    parts of a `unit`, so that x stands still exactly where it should.
    """
    drive = np.sign(unit + S - T)
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = S / (S + T - unit)
    inside = (rest > 0) & (rest < 1)
    goal = np.where(drive > 0, 1.0, 0.0)
    ahead = inside & (np.sign(rest - 0.5) == drive)
    return np.where(drive == 0, 0.5, np.where(ahead, rest, goal))


def test_entry_36():
    # Cells of 1/200, with their midpoints in units of 1/400.
    middle = 2 * np.arange(400) + 1
    T, S = middle[None, :], middle[:, None] - 400
    x = settles(T, S, 400)
    quadrants = {
        "harmony": (S > 0) & (T < 400), "snowdrift": (S > 0) & (T > 400),
        "stag hunt": (S < 0) & (T < 400), "prisoner's dilemma": (S < 0) & (T > 400),
    }  # fmt: skip
    found = {name: float(x[where].mean()) for name, where in quadrants.items()}
    expected = {"harmony": 1, "snowdrift": 0.5, "stag hunt": 0.5, "prisoner's dilemma": 0}
    assert found == pytest.approx(expected, abs=1e-3)


def test_entry_36_where_it_settles_is_where_it_runs_to():
    # The equation, stepped through, away from the borders near which it creeps.
    middle = 2 * np.arange(20) + 1
    T, S = np.meshgrid(middle, middle - 20)
    growing = 1.0
    x = np.full(T.shape, 0.5)
    for _ in range(4000):
        change = x * (1 - x) * ((20 - S - T) / 20 * x + S / 20)
        x = np.clip(x + growing * change, 0, 1)
    assert x == pytest.approx(settles(T, S, 20), abs=1e-3)
