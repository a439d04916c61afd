"""What plays a player of Axelrod-Python in one seat of one match; imported only where one plays.

The player is made anew, told the game and, where it is known, the length, and then asked once a
period, as Axelrod-Python's own match would ask it. It never meets its opponent: beside it sits a
stand-in that has nothing but a history. Nothing is kept from one match to the next, and no cache of
matches is asked. Not Axelrod-Python's own are

- *histories*: lists that keep count, which saves a third of the time. They hold what was realised
  and observed, slips included;
- *luck*: it comes from where all of ours comes from, numbers that belong to the match, the seat and
  the period, whatever was drawn before. The first number of a period is the one that an automaton's
  lottery would be decided by;
- *teams*: those of a player's team that are known as automata play as such
  (`coopgames.strategies.bridge.members`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import axelrod
import numpy as np
from axelrod.random_ import RandomGenerator
from axelrod.strategies.hmm import SimpleHMM
from axelrod.strategies.meta import MetaPlayer

from coopgames.mistakes import Mistake
from coopgames.strategies.bridge.members import FASTER, known_member

C, D = axelrod.Action.C, axelrod.Action.D
ACTIONS = (C, D)


_append = list.append


class Past(list[Any]):
    """One player's past actions, with what Axelrod-Python's ``History`` can be asked for."""

    __slots__ = ("cooperations", "coplays", "defections")

    def __init__(self) -> None:
        super().__init__()
        self.cooperations = self.defections = 0
        self.coplays: list[Any] = []

    def append(self, play: Any, coplay: Any) -> None:  # type: ignore[override]
        """Add a period."""
        _append(self, play)
        self.coplays.append(coplay)
        if play is C:
            self.cooperations += 1
        else:
            self.defections += 1

    @property
    def state_distribution(self) -> Counter[Any]:
        """How often each outcome came up."""
        return Counter(zip(self, self.coplays, strict=True))


class Luck(RandomGenerator):  # type: ignore[misc]
    """A player's random numbers, drawn from a seat's luck.

    Parameters
    ----------
    chance : object or None
        What has a method ``random``; None for a player that is said to draw no lots.
    name : str
        Whose luck it is.
    """

    def __init__(self, chance: Any, name: str) -> None:
        # The parent makes a generator of its own, which is slow and not needed.
        self.name = name
        if chance is not None:
            self.random = chance.random  # type: ignore[method-assign]

    def random(self) -> float:
        """Draw a number uniform in [0, 1)."""
        raise RuntimeError(f"{self.name} draws lots although it is said to draw none")

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Draw a number uniform in [low, high)."""
        return low + (high - low) * float(self.random())

    def randint(self, low: int, high: int | None = None) -> int:
        """Draw a whole number from `low` up to, but not, `high`; below `low` if that is all."""
        first, last = (0, low) if high is None else (low, high)
        return first + int((last - first) * self.random())

    def choice(self, items: Any, size: int | None = None, p: Any = None) -> Any:
        """Draw one of the items, or of the first so many numbers; `p` are their probabilities."""
        if size is not None:
            return [self.choice(items, p=p) for _ in range(size)]
        population = range(items) if isinstance(items, int) else items
        u = self.random()
        if p is None:
            return population[int(u * len(population))]
        place = int(np.searchsorted(np.cumsum(p), u, side="right"))
        return population[min(place, len(population) - 1)]


class StandIn(axelrod.Player):  # type: ignore[misc]
    """The opponent as a player may see it: a history and nothing else."""

    name = "Stand-in"


@cache
def game_of(payoffs: tuple[Any, ...]) -> Any:
    """Put payoffs as one seat sees them into a game of Axelrod-Python.

    Parameters
    ----------
    payoffs : tuple, shape (2, 2, 2)
        ``payoffs[0][own][other]`` is one's own payoff, ``payoffs[1][own][other]`` the other's.
    """
    own, other = payoffs
    (r, s), (t, p) = own
    game = axelrod.Game(r=r, s=s, t=t, p=p)
    game.scores = {
        (ACTIONS[a], ACTIONS[b]): (own[a][b], other[a][b]) for a in (0, 1) for b in (0, 1)
    }
    return game


def made(name: str, parameters: tuple[tuple[str, Any], ...]) -> Any:
    """Make a player.

    Parameters
    ----------
    name : str
        Its class, e.g. ``"TitForTat"``.
    parameters : tuple of (str, number or str)
        What it is made with; actions are written C and D.
    """
    kind = getattr(axelrod, name)
    if issubclass(kind, MetaPlayer) and not parameters:
        return with_team(_usual(kind))
    return anew(kind, **{key: _given(kind, key, value) for key, value in parameters})


def taken(name: str) -> list[str]:
    """Name the parameters that a player takes, but for other players."""
    return list(getattr(axelrod, name).init_params())


def anew(kind: Any, **parameters: Any) -> Any:
    """Make a player of a class as calling the class does, but for one thing.

    What is left out is classifying anew what decorators change, for which the source code is read
    each time; that takes a hundred times as long as all the rest, and has no part in play.
    """
    player = type.__call__(FASTER.get(kind, kind), **parameters)
    player._post_init()
    return player


def _given(kind: Any, key: str, value: Any) -> Any:
    """Turn a text of Cs and Ds into actions, where the class wants actions."""
    wants = str(kind.__init__.__annotations__.get(key, ""))
    if not isinstance(value, str) or "Action" not in wants:
        return value
    actions = list(axelrod.action.str_to_actions(value))
    return actions if "[" in wants else actions[0]


@cache
def _usual(kind: Any) -> Any:
    """Make a player with a team once; finding the team takes a tenth of a second."""
    return kind()


def with_team(usual: Any) -> Any:
    """Make a player like this one, with a team of its own."""
    player = object.__new__(type(usual))
    for key, value in vars(usual).items():
        setattr(player, key, value.copy() if isinstance(value, list | np.ndarray) else value)
    player.team = [known_member(type(t).__name__) or anew(type(t)) for t in usual.team]
    return player


def settle(player: Any, luck: Luck) -> None:
    """Give a player, and those that it consists of, their luck and an empty history."""
    player._random, player._history = luck, Past()
    for part in vars(player).values():
        for one in part if isinstance(part, list | tuple) else (part,):
            if isinstance(one, axelrod.Player):
                settle(one, luck)
            elif isinstance(one, SimpleHMM):
                one._random = luck


class Seat:
    """A player in one seat of one match.

    Parameters
    ----------
    name : str
        Its class, for messages.
    make : callable
        Makes it anew.
    """

    __slots__ = ("make", "name", "note_own", "note_theirs", "other", "player")

    def __init__(self, name: str, make: Callable[[], Any]) -> None:
        self.name, self.make = name, make
        self.player: Any = None

    def act(self, mine: Any, theirs: Any, horizon: Any, payoffs: Any, chance: Any = None) -> int:
        """Say what the player does next; as the Python form of a strategy asks."""
        player = self.player
        if player is None:
            player = self._begin(horizon, payoffs, chance)
        else:
            own, other = ACTIONS[mine[-1]], ACTIONS[theirs[-1]]
            self.note_theirs(other, own)
            self.note_own(own, other)
        action = player.strategy(self.other)
        if action is C:
            return 0
        if action is D:
            return 1
        raise Mistake(f"returned {action!r}, which is neither C nor D")

    def _begin(self, horizon: int | None, payoffs: Any, chance: Any) -> Any:
        self.player = player = self.make()
        length = math.inf if horizon is None else horizon
        player.set_match_attributes(length=length, game=game_of(payoffs), noise=0)
        settle(player, Luck(chance, self.name))
        self.other = StandIn()
        self.other._history = Past()
        self.note_theirs = self.other._history.append
        # What overrides this keeps books of its own; for the rest, straight to the list.
        plain = type(player).update_history is axelrod.Player.update_history
        self.note_own = player._history.append if plain else player.update_history
        return player
