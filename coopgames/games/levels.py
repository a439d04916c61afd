"""When two payoffs count as the same.

Every strict comparison of payoffs is up to the tolerance τ·rng_i, where rng_i is the range of seat
i's payoffs (theory.md 1.1.5). Rather than test each comparison, payoffs that close are first made
equal by `levelled`; afterwards plain ``==`` and ``>`` say what is meant, and agree with each other.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coopgames.games.game import Game

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

TOLERANCE = 1e-7
"""τ: differences up to this share of a seat's payoff range are none."""


def ranges(game: Game) -> Floats:
    """Return rng_i, the largest minus the smallest payoff of each seat."""
    return np.asarray(np.ptp(game.payoffs.reshape(game.n, -1), axis=1))


@lru_cache(maxsize=256)
def levelled(game: Game) -> Game:
    """Make payoffs of one seat equal that differ by no more than τ of its range.

    Each payoff becomes the lowest of those it cannot be told from. A game without such near-ties
    is returned as it is.
    """
    slack = TOLERANCE * ranges(game)
    table = np.empty((game.n, game.payoffs[0].size))
    for seat, payoffs in enumerate(game.payoffs.reshape(game.n, -1)):
        values, at = np.unique(payoffs, return_inverse=True)
        if (np.diff(values) <= slack[seat]).any():
            floor = values[0]
            for k, value in enumerate(values):
                if value > floor + slack[seat]:
                    floor = value
                values[k] = floor
        table[seat] = values[at.ravel()]
    if (table == game.payoffs.reshape(game.n, -1)).all():
        return game
    return Game(
        game.name, table.reshape(game.payoffs.shape), game.actions, game.seats, game.roles,
        game.story,
    )  # fmt: skip
