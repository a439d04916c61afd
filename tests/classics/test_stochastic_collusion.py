"""Learning to cooperate: stochastic collusion; classics-iterated.md, entry 43.

M. W. Macy & A. Flache, Learning dynamics in social dilemmas, PNAS 99 (2002): 7229-7236. Two who
learn by Bush-Mosteller in the prisoner's dilemma T, R, P, S = 4, 3, 1, 0 with p = 1/2 at first
and, where they aspire to 2, the learning rate 1/2. They walk at random until chance lets them both
accommodate often enough in a row; then they are content and stay there: they are *locked in*.
"""

import math
from functools import cache

import numpy as np
import pytest

from coopgames.games import two_by_two
from coopgames.play import Horizon, Match, course
from coopgames.strategies import strategy

PD = two_by_two("macy-flache", R=3, S=0, T=4, P=1)
RUNS, WALKS = 1000, 40_000
ALARM = 1e-7


def pair(rate: float, aspiration: float, periods: int) -> Match:
    """Match two learners; the aspiration is a payoff, which is a share of the way from 0 to 4."""
    s = strategy("bush-mosteller", rate=rate, aspiration=aspiration / 4)
    return Match(PD, (s, s), Horizon(periods))


@cache
def locked_in(rate: float, aspiration: float, periods: int) -> float:
    """Give the share of runs whose last 50 periods all saw both accommodate."""
    match = pair(rate, aspiration, periods)
    return np.mean([(course(match, seed=43, repetition=i)[-50:] == 0).all() for i in range(RUNS)])


def walked(rate: float, aspiration: float, periods: int) -> float:
    """Give the same share by the paper's equations, in numpy, with luck of its own."""
    rng = np.random.default_rng(2002)
    p, row = np.full((WALKS, 2), 0.5), np.zeros(WALKS, dtype=int)
    payoffs = np.array([[3.0, 0.0], [4.0, 1.0]])
    sup = max(4 - aspiration, aspiration)
    for _ in range(periods):
        kind = rng.random((WALKS, 2)) < p
        stimulus = (payoffs[1 - kind, 1 - kind[:, ::-1]] - aspiration) / sup
        taken = np.where(kind, p, 1 - p)
        taken += rate * stimulus * np.where(stimulus >= 0, 1 - taken, taken)
        p = np.where(kind, taken, 1 - taken)
        row = np.where(kind.all(axis=1), row + 1, 0)
    return np.mean(row >= 50)


@pytest.mark.parametrize(
    ("rate", "aspiration", "periods", "share"),
    [(0.5, 2, 100, 0.28), (0.5, 2, 500, 0.935), (0.5, 0.5, 500, 0.10)],
)
def test_chance_locks_them_in(rate, aspiration, periods, share):
    # Hoeffding: two means of RUNS and WALKS trials are `room` apart with a probability of ALARM at
    # most; the room comes to 0.09. The shares are those of a walk of 20,000 made beforehand.
    room = math.sqrt(math.log(2 / ALARM) / 2 * (1 / RUNS + 1 / WALKS))
    ours, theirs = locked_in(rate, aspiration, periods), walked(rate, aspiration, periods)
    assert abs(ours - theirs) <= room
    assert theirs == pytest.approx(share, abs=0.025)


def test_most_collude_by_period_500_and_none_that_learn_slowly_or_ask_for_too_much():
    # Of 0.935 a share of 0.88 is 0.055 too little: 1.7e-9 by Chernoff's bound,
    # exp(−RUNS · D(0.88 ‖ 0.935)), with D = 0.0202.
    divergence = 0.88 * math.log(0.88 / 0.935) + 0.12 * math.log(0.12 / 0.065)
    assert math.exp(-RUNS * divergence) < 1e-8
    assert locked_in(0.5, 2, 500) >= 0.88
    assert locked_in(0.05, 2, 500) <= 0.02
    assert locked_in(0.5, 3.5, 500) <= 0.02


def test_those_who_never_falter():
    # While both accommodate s = 1/2, so that 1 − p shrinks by 1/4 each time: the probability that
    # they always have is the product of (1 − (3/4)^t/2)², exactly.
    always = math.prod((1 - 0.75**t / 2) ** 2 for t in range(200))
    match, runs = pair(0.5, 2, 200), 4 * RUNS
    count = sum((course(match, seed=7, repetition=i) == 0).all() for i in range(runs))
    assert 0.002 < always < 0.02
    # Bernstein's bound at ALARM.
    log, variance = math.log(2 / ALARM), runs * always * (1 - always)
    assert abs(count - runs * always) <= math.sqrt(2 * variance * log + (log / 3) ** 2) + log / 3
