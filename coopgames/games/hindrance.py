"""How actors' choices help and hinder one another (theory.md 1.1.2).

At a profile a, actor j *hinders* i by (Definition 2)

    H_{j→i}(a) = max_{b_j} u_i(b_j, a_−j) − u_i(a),

and by way of lost opportunity (Definition 3), i adapting, V_i(a_j, ·) = max_{b_i} u_i(b_i, a_j, ·),

    H°_{j→i}(a) = max_{b_j} V_i(b_j, a_−ij) − V_i(a_j, a_−ij).

Facilitation (Definition 4) is the share of what j could do for i that j does:

    φ_{j→i}(a) = 1 − H_{j→i}(a)/D_{j→i}(a)      if D_{j→i}(a) = range_{b_j} u_i(b_j, a_−j) > 0
               = 1 − H°_{j→i}(a)/D°_{j→i}(a)    else if D°_{j→i}(a) = range_{b_j} V_i > 0
               = undefined (NaN)                else: j cannot affect i

and compatibility C(a) its mean over the pairs j ≠ i for which it is defined (Definition 5).

Which actions b_j one is compared with can be narrowed (1.1.5), since where gifts are among the
actions everybody hinders everybody by not giving: the *alternatives* of an actor are then its other
actions, or a single one of reference. Hindrance is never less than 0.

All arrays here are indexed ``[j, i, …]``: from j, to i.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coopgames.games.game import Game
from coopgames.games.levels import Floats, levelled

Alternatives = tuple[tuple[int, ...], ...]
"""For each seat, the actions that what it did is compared with."""


class Pairwise(NamedTuple):
    """How actors affect one another at some profiles; each array has shape (n, n, P)."""

    realised: Floats
    """H: what i would gain if j alone acted otherwise; for j = i, i's own regret."""
    opportunity: Floats
    """H°: what i could attain more if j acted otherwise and i adapted; NaN for j = i."""
    facilitation: Floats
    """φ: which share of what j could do for i it does; NaN where it can do nothing."""


def pairwise(
    game: Game, profiles: NDArray[np.intp], alternatives: Alternatives | None = None
) -> Pairwise:
    """Work out how actors affect one another at some profiles.

    Parameters
    ----------
    game : Game
        A game of any number of actors.
    profiles : ndarray of int, shape (P, n)
        Where to look.
    alternatives : tuple of tuple of int, optional
        For each seat, the actions that what it did is compared with; all by default.
    """
    u = levelled(game).payoffs
    n, P = game.n, len(profiles)
    options = alternatives or tuple(tuple(range(k)) for k in game.shape)
    here = u[(slice(None), *profiles.T)]
    realised = np.empty((n, n, P))
    denied = np.full((n, n, P), np.nan)
    lost = np.full((n, n, P), np.nan)
    for j in range(n):
        top = _at(u.take(options[j], axis=j + 1).max(axis=j + 1, keepdims=True), profiles)
        realised[j] = np.maximum(top - here, 0.0)
        span = _at(np.ptp(u, axis=j + 1, keepdims=True), profiles)
        np.divide(realised[j], span, out=denied[j], where=span > 0)
    for i in range(n):
        V = u[i].max(axis=i, keepdims=True)
        now = _at(V[None], profiles)[0]
        for j in range(n):
            if j != i:
                top = _at(V.take(options[j], axis=j).max(axis=j, keepdims=True)[None], profiles)[0]
                lost[j, i] = np.maximum(top - now, 0.0)
                span = _at(np.ptp(V, axis=j, keepdims=True)[None], profiles)[0]
                fallback = np.isnan(denied[j, i]) & (span > 0)
                np.divide(lost[j, i], span, out=denied[j, i], where=fallback)
    denied[range(n), range(n)] = np.nan
    return Pairwise(realised, lost, 1 - denied)


def mean_facilitation(phi: Floats) -> Floats:
    """Average facilitation over the pairs for which it is defined; NaN where there is none.

    Parameters
    ----------
    phi : ndarray, shape (n, n, …)
        Facilitation.
    """
    defined = ~np.isnan(phi)
    pairs = defined.sum(axis=(0, 1))
    total = np.where(defined, phi, 0.0).sum(axis=(0, 1))
    C = np.full(phi.shape[2:], np.nan)
    np.divide(total, pairs, out=C, where=pairs > 0)
    return C


def facilitation(game: Game) -> Floats:
    """Compute φ at each profile: an array of shape (n, n, k_0, …)."""
    profiles = np.indices(game.shape).reshape(game.n, -1).T
    return pairwise(game, profiles).facilitation.reshape(game.n, game.n, *game.shape)


def compatibility(game: Game) -> Floats:
    """Compute C at each profile: mean facilitation; NaN where nobody can affect anybody."""
    return mean_facilitation(facilitation(game))


def independent(game: Game) -> bool:
    """Say whether every payoff depends on its seat's own action only."""
    u = levelled(game).payoffs
    seats = range(game.n)
    return not any(np.ptp(u[i], axis=j).any() for i in seats for j in seats if j != i)


def _at(table: Floats, profiles: NDArray[np.intp]) -> Floats:
    """Look profiles up, axis 0 apart, in a table whose axes of one entry stand for any action."""
    single = np.array(table.shape[1:]) == 1
    value: Floats = table[(slice(None), *np.where(single, 0, profiles).T)]
    return value
