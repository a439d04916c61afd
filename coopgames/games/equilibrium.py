"""Best replies and equilibria in pure actions, by what drives each actor's choice."""

from __future__ import annotations

import numpy as np

from coopgames.games.game import Game, by_choice
from coopgames.games.levels import Mask, levelled

Profile = tuple[int, ...]


def best_replies(game: Game) -> Mask:
    """Say at each profile whether a seat's own action is a best reply to the others'.

    Returns
    -------
    ndarray of bool, shape (n, k_0, …, k_{n−1})
    """
    v = levelled(by_choice(game)).payoffs
    return np.stack([v[i] == v[i].max(axis=i, keepdims=True) for i in range(game.n)])


def pure_equilibria(game: Game) -> tuple[Profile, ...]:
    """List the Nash equilibria in pure actions, in the order of the game's actions."""
    return profiles_where(np.asarray(best_replies(game).all(axis=0)))


def profiles_where(mask: Mask) -> tuple[Profile, ...]:
    """List the profiles at which `mask` holds."""
    return tuple(tuple(int(a) for a in at) for at in np.argwhere(mask))
