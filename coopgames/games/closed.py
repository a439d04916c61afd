"""Sets of actions that are closed under best replies.

A product set X is closed if it holds every best reply of every actor to every belief about what the
others do in it; it is minimal if no smaller closed set lies in it (K. Basu and J. W. Weibull,
"Strategy subsets closed under rational behavior", Economics Letters 36, 1991, "curb"). The actions
that are a best reply to some belief on X_−i are those that no mixture beats on X_−i (`dominance`),
so beliefs about several others may be correlated.

The smallest closed set that holds a profile is found by adding best replies until there are no
more, and a minimal closed set is the smallest around each of its profiles (M. Benisch, G. B. Davis
and T. Sandholm, "Algorithms for closed under rational behavior (CURB) sets", JAIR 38, 2010).
"""

from __future__ import annotations

from itertools import product
from math import prod

import numpy as np

from coopgames.games.dominance import undominated
from coopgames.games.game import Game, by_choice
from coopgames.games.levels import TOLERANCE, levelled, ranges
from coopgames.mistakes import Mistake

Actions = tuple[tuple[int, ...], ...]

MOST = 5000
"""From so many profiles of all actors but one a search starts at most."""


def minimal_closed_sets(game: Game, rationalizable: Actions, distinct: Actions) -> list[Actions]:
    """List the minimal sets closed under best replies.

    Parameters
    ----------
    game : Game
        The game.
    rationalizable : tuple of tuple of int
        For each seat, the actions that survive iterated strict dominance; minimal sets lie in them.
    distinct : tuple of tuple of int
        For each seat, its actions without repetitions.

    Raises
    ------
    Mistake
        If there are too many profiles to start from.
    """
    starts = prod(len(own) for own in rationalizable[:-1])
    if starts > MOST:
        raise Mistake(
            f"game {game.name!r}: minimal sets closed under best replies would have to be looked "
            f"for from {starts:,} profiles, and {MOST:,} is the most; the baselines rationalizable "
            "and nash need no such search"
        )
    found: list[Actions] = []
    for start in product(*rationalizable[:-1]):
        grown = _closure(game, [{a} for a in start], distinct)
        if not any(_inside(known, grown) for known in found):
            found = [known for known in found if not _inside(grown, known)]
            found.append(grown)
    return found


def _closure(game: Game, start: list[set[int]], distinct: Actions) -> Actions:
    """Add best replies until there are no more; the last seat starts with its replies."""
    v = levelled(by_choice(game)).payoffs
    slack = TOLERANCE * ranges(by_choice(game))
    held = [tuple(sorted(own)) for own in start]
    held.append(())
    settled, seat = 0, game.n - 1
    while settled < game.n:
        columns = [distinct[i] if i == seat else held[i] for i in range(game.n)]
        table = np.moveaxis(v[seat][np.ix_(*columns)], seat, 0).reshape(len(distinct[seat]), -1)
        best = undominated(table, float(slack[seat]))
        grown = tuple(sorted({*held[seat], *np.array(distinct[seat])[best].tolist()}))
        settled = settled + 1 if grown == held[seat] else 0
        held[seat] = grown
        seat = (seat + 1) % game.n
    return tuple(held)


def _inside(inner: Actions, outer: Actions) -> bool:
    return all(set(a) <= set(b) for a, b in zip(inner, outer, strict=True))
