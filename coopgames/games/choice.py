"""What actors choose by, where it is not their goals: relative gains, rank, domestic pressure.

Goal payoffs u say how far an actor's own objectives are attained, choice payoffs v what drives its
choice (theory.md 1.0). Each function returns the game with other choice payoffs; its goal payoffs
stay as they are. They build on the choice payoffs that are there, so they can be combined.

    relative gains      v_i = u_i − r · mean_{j≠i} u_j                                   (1.5.9)
    positional          v_i = (1 − p) u_i + p · rank share of i                          (1.5.9)
    domestic pressure   v_i = u_i + (γ_i − 1) · PS_i                                     (1.5.10)

The first is the utility U = V − k(W − V) of J. M. Grieco, "Anarchy and the limits of cooperation",
International Organization 42 (1988), with r = k/(1 + k): it orders outcomes alike. Rank share is
the share of the others that an actor is ahead of, a draw counting half; its sum over actors is
constant, as with the positional goods of F. Hirsch, Social Limits to Growth (1976). PS_i is what a
group at home gets, counted γ_i times by the government.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from coopgames.games.game import Game
from coopgames.games.levels import Floats, levelled
from coopgames.mistakes import Mistake


def with_choice(game: Game, choice: ArrayLike | None) -> Game:
    """Return the game with these choice payoffs; None for its goal payoffs."""
    return Game(
        game.name, game.payoffs, game.actions, game.seats, game.roles, game.story, choice
    )  # fmt: skip


def relative_gains(game: Game, r: float) -> Game:
    """Let actors choose by what they gain beyond the others.

    Parameters
    ----------
    game : Game
        At least two actors, with payoffs in units that can be compared.
    r : float
        Weight of the others' mean payoff, from 0 (absolute gains) to 1 (only the difference
        counts).
    """
    v = _driving(game, "relative gains")
    mean = (v.sum(axis=0) - v) / (game.n - 1)
    return with_choice(game, v - _share("r", r) * mean)


def positional(game: Game, p: float) -> Game:
    """Let actors choose by their rank too.

    Parameters
    ----------
    game : Game
        At least two actors, with payoffs in units that can be compared.
    p : float
        Weight of the rank share, from 0 (payoffs alone) to 1 (rank alone).
    """
    v = _driving(game, "rank")
    u = levelled(game).payoffs
    ahead = (u[:, None] > u[None, :]).sum(axis=1)
    equal = (u[:, None] == u[None, :]).sum(axis=1) - 1
    share = (ahead + equal / 2) / (game.n - 1)
    return with_choice(game, (1 - _share("p", p)) * v + p * share)


def domestic_pressure(game: Game, surplus: ArrayLike, weight: ArrayLike) -> Game:
    """Let governments count a group at home more than once.

    Parameters
    ----------
    game : Game
        The game.
    surplus : array_like, shape (n, k_0, …)
        PS: what the favoured group of each actor gets at each profile, in that actor's payoffs.
    weight : array_like, shape (n,) or a number
        γ: how much a unit that goes to this group counts; 1 is no favour.
    """
    gamma = np.broadcast_to(np.asarray(weight, dtype=np.float64), (game.n,))
    if not (np.isfinite(gamma) & (gamma >= 0)).all():
        raise Mistake(
            f"weight = {gamma.tolist()}: a weight is a number of at least 0; 1 is no favour"
        )
    part = np.asarray(surplus, dtype=np.float64)
    if part.shape != game.payoffs.shape:
        raise Mistake(
            f"surplus has shape {part.shape}; game {game.name!r} needs {game.payoffs.shape}, a "
            "number for each actor at each profile"
        )
    v = game.payoffs if game.choice is None else game.choice
    return with_choice(game, v + (gamma - 1).reshape(-1, *(1,) * game.n) * part)


def _driving(game: Game, what: str) -> Floats:
    if game.n < 2:
        raise Mistake(f"game {game.name!r} has one actor; {what} needs another to compare with")
    return game.payoffs if game.choice is None else game.choice


def _share(name: str, value: float) -> float:
    if not (math.isfinite(value) and 0 <= value <= 1):
        raise Mistake(f"{name} = {value:g} is no weight; it must lie between 0 and 1")
    return value
