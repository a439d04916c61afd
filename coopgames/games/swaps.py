"""Steps from one ordinal game of two actors and two actions to the next, and ways to others.

A swap lets two payoffs of one actor that are next to each other in rank change places; `topology`
has the table in which games that differ by a swap lie side by side.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import product

from coopgames.games.game import Game
from coopgames.games.topology import Ordinal, exchanged, ordinal, placed, ranked
from coopgames.mistakes import Mistake

SWAPS = {1: "lowest", 2: "middle", 3: "highest"}
"""The swaps by the lower of the two ranks, and what the two payoffs are called."""


@dataclass(frozen=True)
class Swap:
    """A step to a neighbour.

    Parameters
    ----------
    seat : int
        Whose payoffs change places.
    low : {1, 2, 3}
        The rank of the lower one; the other's is one more.
    game : Game
        The game after it.
    """

    seat: int
    low: int
    game: Game


def swapped(game: Game, seat: int, low: int) -> Game:
    """Let two payoffs of one actor that are next to each other in rank change places.

    Parameters
    ----------
    game : Game
        As for `ordinal`. Its payoffs need not be ranks; they change places as they are.
    seat : int
        Whose.
    low : {1, 2, 3}
        The rank of the lower one.

    Returns
    -------
    Game
        With the actions and seats of `game`, and the name of the ordinal game that it has become.
    """
    ranks = ranked(game)[seat]
    at, to = ranks.index(low), ranks.index(low + 1)
    payoffs = game.payoffs.copy()
    mine = payoffs[seat].reshape(-1)
    mine[[at, to]] = mine[[to, at]]
    changed = Game(game.name, payoffs, game.actions, game.seats)
    return Game(ordinal(changed).name, payoffs, game.actions, game.seats)


def neighbours(game: Game) -> tuple[Swap, ...]:
    """List the six games that are one swap away: the first actor's three swaps, then the second's.

    Parameters
    ----------
    game : Game
        As for `ordinal`.
    """
    return tuple(
        Swap(seat, low, swapped(game, seat, low)) for seat, low in product(range(2), SWAPS)
    )


def distances(start: Ordinal) -> dict[Ordinal, int]:
    """Count the swaps it takes at least from one ordinal game to each, the nearest first."""
    return {place: len(steps) for place, steps in _ways(start).items()}


def shortest_path(game: Game, targets: Collection[Ordinal]) -> tuple[Swap, ...]:
    """Find a shortest way, swap by swap, to the nearest of some ordinal games.

    Parameters
    ----------
    game : Game
        Where to start, as for `ordinal`.
    targets : collection of Ordinal
        Where to get.

    Returns
    -------
    tuple of Swap
        Its steps, none if the game is one of the targets. Where several ways are equally short,
        the first actor's swaps go before the second's, and low ones before high ones.

    Raises
    ------
    Mistake
        If there is no target.
    """
    for place, steps in _ways(ordinal(game)).items():
        if place in targets:
            way = []
            for seat, low in steps:
                game = swapped(game, seat, low)
                way.append(Swap(seat, low, game))
            return tuple(way)
    raise Mistake("a path needs a target, at least one of the ordinal games")


@cache
def _ways(start: Ordinal) -> dict[Ordinal, tuple[tuple[int, int], ...]]:
    """Find a shortest sequence of swaps to each ordinal game, breadth first."""
    ways: dict[Ordinal, tuple[tuple[int, int], ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for seat, low in product(range(2), SWAPS):
            ranks = [*here.ranks]
            ranks[seat] = exchanged(ranks[seat], low)
            there = placed(*ranks)
            if there not in ways:
                ways[there] = (*ways[here], (seat, low))
                waiting.append(there)
    return ways
