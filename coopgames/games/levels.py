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

    Each payoff becomes the lowest of those it cannot be told from; so does each choice payoff. A
    game without such near-ties is returned as it is.
    """
    payoffs = _levelled(game.payoffs)
    choice = None if game.choice is None else _levelled(game.choice)
    if payoffs is game.payoffs and choice is game.choice:
        return game
    return Game(
        game.name, payoffs, game.actions, game.seats, game.roles, game.story, choice
    )  # fmt: skip


def _levelled(payoffs: Floats) -> Floats:
    table = np.empty((len(payoffs), payoffs[0].size))
    for seat, own in enumerate(payoffs.reshape(table.shape)):
        values, at = np.unique(own, return_inverse=True)
        slack = TOLERANCE * (values[-1] - values[0])
        if (np.diff(values) <= slack).any():
            floor = values[0]
            for k, value in enumerate(values):
                if value > floor + slack:
                    floor = value
                values[k] = floor
        table[seat] = values[at.ravel()]
    return (
        payoffs if (table == payoffs.reshape(table.shape)).all() else table.reshape(payoffs.shape)
    )
