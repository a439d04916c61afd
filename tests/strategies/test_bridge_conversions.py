"""What is said to play like a player of Axelrod-Python does so, turn by turn, slips included.

The installed player is asked what it does; chance decides what comes of it, one's own slips and
what the other does; and the player is told, as Axelrod-Python's own match tells it. Ours is shown
the same and has to do the same; where it draws lots, with probabilities that what was done goes
with. A false alarm has a probability below 1e-9 in each test of the binomial kind (`consistent`),
of which there are at most 10 a player, and below 1e-10 in each of Fisher's: below 1e-6 in all.
"""

from __future__ import annotations

import math
import zlib

import numpy as np
import pytest
from real_players import real_player, tell
from reference_player import Player
from scipy.stats import fisher_exact
from test_like_axelrod import consistent, followed

from coopgames.play.learn import random_replies
from coopgames.strategies import (
    Automaton,
    Strategy,
    axelrod_players,
    axelrod_strategy,
    strategy,
)

PERIODS, COURSES = 120, 10
PLAYERS = {
    name: pair for name, pair in axelrod_players().items() if pair[1].form not in {"python", ""}
}
CERTAIN = [name for name, (player, _) in PLAYERS.items() if not player.stochastic]
TEAMS = [name for name, (player, _) in PLAYERS.items() if player.team]
HIDDEN = (
    "FirstByGraaskamp", "SecondByChampion", "SecondByHarrington", "SecondByKluepfel",
    "SecondByTranquilizer",
)  # fmt: skip
"""Those that draw ahead, or more than one number: what was done does not say how lots fall next."""
RANDOM = [
    name
    for name, (player, _) in PLAYERS.items()
    if player.stochastic and name not in (*TEAMS, *HIDDEN)
]


def lengths(number: int) -> tuple[int, float]:
    """Say how long play is to last, as we and as they put it; every other time it is not known."""
    return (PERIODS, PERIODS) if number % 2 else (-1, math.inf)


def luck(name: str, number: int) -> np.random.Generator:
    return np.random.default_rng([zlib.crc32(name.encode()), number])


@pytest.mark.parametrize("name", CERTAIN)
def test_does_the_same_turn_by_turn(name):
    ours = axelrod_strategy(name)
    assert not ours.stochastic
    for number in range(COURSES):
        horizon, length = lengths(number)
        player, other = real_player(name, length)
        copy, reply = Player(ours, horizon), random_replies(luck(name, number), PERIODS)
        for t in range(PERIODS):
            action = "CD".index(str(player.strategy(other)))
            assert copy.act() == action, f"course {number}, period {t + 1}"
            own, observed = divmod(reply(t, action), 2)
            tell(player, other, own, observed)
            copy.see(own, observed)


def probabilities(name: str, ours: Strategy) -> list[tuple[float, bool]]:
    """Give the probability with which ours accommodates in each period, and whether theirs did."""
    pairs = []
    for number in range(100 if isinstance(ours.rule, Automaton) else COURSES):
        horizon, length = lengths(number)
        player, other = real_player(name, length, seed=number)
        copy, reply = Player(ours, horizon), random_replies(luck(name, number), PERIODS)
        for t in range(PERIODS):
            action = "CD".index(str(player.strategy(other)))
            pairs.append((followed(copy, action == 0), action == 0))
            own, observed = divmod(reply(t, action), 2)
            tell(player, other, own, observed)
            copy.see(own, observed)
    return pairs


@pytest.mark.parametrize("name", RANDOM)
def test_does_the_same_with_the_same_probability(name):
    assert consistent(probabilities(name, axelrod_strategy(name)))


def test_another_probability_is_found_out():
    assert not consistent(probabilities("GTFT", strategy("generous-tit-for-tat", q=0.25)))


@pytest.mark.parametrize("name", [*HIDDEN, *TEAMS])
def test_does_the_same_as_often(name):
    """Both play the same courses many times; in each period both withhold as often (Fisher)."""
    ours, rng = axelrod_strategy(name), luck(name, 0)
    runs, periods = (60, 20) if name in TEAMS else (200, 60)
    others = (rng.random(periods) < 0.3).astype(int).tolist()
    slips = (rng.random(periods) < 0.05).astype(int).tolist()
    theirs, mine = np.zeros(periods, dtype=int), np.zeros(periods, dtype=int)
    for run in range(runs):
        player, other = real_player(name, periods, seed=run)
        copy, keys = Player(ours, periods), rng.integers(2**64, size=periods, dtype=np.uint64)
        for t, (observed, slip) in enumerate(zip(others, slips, strict=True)):
            action = "CD".index(str(player.strategy(other)))
            theirs[t] += action
            tell(player, other, action ^ slip, observed)
            copy.chance = keys[t]
            action = copy.act()
            mine[t] += action
            copy.see(action ^ slip, observed)
    for a, b in zip(theirs, mine, strict=True):
        assert fisher_exact([[a, runs - a], [b, runs - b]]).pvalue > 1e-10
