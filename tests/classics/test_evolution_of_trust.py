"""The Evolution of Trust (N. Case 2017), its populations: classics-iterated.md, entry 9 c–e.

ncase.me/trust, CC0. Of 25 players each pair meets once; the five worst are replaced by copies of
the five best, ties at random. Rules and the claim in d are V-SRC, results V-CALC: exact integers,
whatever the luck. a and b are in tests/tournaments.
"""

import random
from itertools import pairwise

import numpy as np
import pytest

from coopgames import strategy
from coopgames.games import two_by_two
from coopgames.play import Horizon, Match, expect

KINDS = ("always-accommodate", "always-defect", "tit-for-tat")


def duels(rounds, R=2.0):
    game = two_by_two("the machine", R=R, S=-1, T=3, P=0)
    players = [strategy(name) for name in KINDS]
    return np.array(
        [[expect(Match(game, (a, b), Horizon(rounds))).totals[0] for b in players] for a in players]
    ).round().astype(int)  # fmt: skip


def evolve(start, rounds, *, seed, R=2.0):
    """Give the populations until there is only one kind, or 60 generations."""
    rng, table, counts = random.Random(seed), duels(rounds, R), list(start)
    course = [tuple(counts)]
    while len(course) < 60 and sum(n > 0 for n in counts) > 1:
        scores = table @ counts - np.diag(table)  # not against oneself
        players = [k for k in range(3) for _ in range(counts[k])]
        ranked = sorted(players, key=lambda k: (scores[k], rng.random()))
        players = ranked[5:] + ranked[-5:]
        counts = [players.count(k) for k in range(3)]
        course.append(tuple(counts))
    return course


def winner(course):
    return KINDS[[n > 0 for n in course[-1]].index(True)]


@pytest.mark.parametrize("seed", range(20))
class TestWhateverTheLuck:
    def test_copycats_inherit(self, seed):
        course = evolve((15, 5, 5), 10, seed=seed)
        assert course[:3] == [(15, 5, 5), (10, 10, 5), (5, 15, 5)]
        # Cheats and copycats are level at 165 there, and luck says which are copied: the entry's
        # (0, 18, 7), (0, 13, 12), … is one of the ways it can go on.
        assert course[3][0] == 0
        assert all(after[2] - now[2] == 5 for now, after in pairwise(course[3:-1]))
        assert winner(course) == "tit-for-tat"
        assert len(course) - 1 == 7

    @pytest.mark.parametrize("rounds", [1, 2, 3, 4])
    def test_with_four_rounds_cheats_do(self, seed, rounds):
        course = evolve((15, 5, 5), rounds, seed=seed)
        assert (winner(course), len(course) - 1) == ("always-defect", 4)

    @pytest.mark.parametrize("rounds", range(1, 12))
    def test_five_rounds_or_less(self, seed, rounds):
        expected = "always-defect" if rounds <= 5 else "tit-for-tat"
        assert winner(evolve((23, 1, 1), rounds, seed=seed)) == expected

    def test_less_to_gain(self, seed):
        assert winner(evolve((23, 1, 1), 10, seed=seed, R=1.0)) == "always-defect"
