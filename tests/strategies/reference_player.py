"""A strategy played in plain Python, as its form is defined: slow, and independent of `play`."""

from __future__ import annotations

from collections.abc import Container

import numpy as np

from coopgames.specs import strategy_from
from coopgames.strategies import Automaton, Seen, Strategy, draw

PRISONERS = np.array([[[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]]])


def key(lot: float) -> np.uint64:
    """Make a chance key whose draw number 0 is `lot`, to 32 bits."""
    return np.uint64(int(lot * 2**32) << 32)


class Player:
    """One seat; `lot` is what it draws in every period."""

    def __init__(self, who: Strategy, horizon: int = -1, lot: float = 0.0, payoffs=PRISONERS):
        self.rule, self.horizon, self.chance, self.payoffs = who.rule, horizon, key(lot), payoffs
        self.own = self.observed = -1
        self.period = 0
        if isinstance(self.rule, Automaton):
            self.state = self.rule.initial
        else:
            self.memory = np.array(self.rule.memory)

    def act(self) -> int:
        if isinstance(self.rule, Automaton):
            return int(draw(self.chance, 0) >= self.rule.mix[self.state, 0])
        seen = Seen(self.own, self.observed, self.period, self.horizon)
        with np.errstate(over="ignore"):  # draws wrap round
            return int(self.rule.function(self.memory, seen, self.payoffs, self.chance))

    def see(self, own: int, observed: int) -> None:
        if isinstance(self.rule, Automaton):
            self.state = int(self.rule.next[self.state, own, observed])
        self.own, self.observed, self.period = own, observed, self.period + 1


def answers(name: str, other: str, slips: Container[int] = (), **conditions) -> str:
    """Play against a fixed course of the other; own actions as realised, slips included."""
    player, course = Player(strategy_from(name), **conditions), ""
    for t, move in enumerate(other):
        own = player.act() ^ (t in slips)
        player.see(own, "CD".index(move))
        course += "CD"[own]
    return course


def meet(
    one: str, two: str, periods: int, slips: tuple[Container[int], Container[int]] = ((), ())
) -> tuple[str, str]:
    """Play two strategies of the library, horizon known, and return both courses."""
    players = [Player(strategy_from(name), horizon=periods) for name in (one, two)]
    courses = ["", ""]
    for t in range(periods):
        a, b = (p.act() ^ (t in slip) for p, slip in zip(players, slips, strict=True))
        players[0].see(a, b)
        players[1].see(b, a)
        courses = [courses[0] + "CD"[a], courses[1] + "CD"[b]]
    return courses[0], courses[1]


def score(own: str, other: str) -> float:
    """Add up what a course is worth in the standard prisoner's dilemma."""
    return sum(PRISONERS[0, "CD".index(a), "CD".index(b)] for a, b in zip(own, other, strict=True))


def withholdings(course: str) -> list[int]:
    """List the periods, from 0, in which a course withholds."""
    return [t for t, action in enumerate(course) if action == "D"]
