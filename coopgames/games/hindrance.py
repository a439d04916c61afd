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

All arrays here are indexed ``[j, i, a_0, a_1, …]``: from j, to i, at the profile.
"""

from __future__ import annotations

import numpy as np

from coopgames.games.game import Game
from coopgames.games.levels import Floats, levelled


def realised_hindrance(game: Game) -> Floats:
    """Compute H: what i would gain if j alone acted otherwise; for j = i, i's own regret."""
    u = levelled(game).payoffs
    return np.stack([u.max(axis=j + 1, keepdims=True) - u for j in range(game.n)])


def opportunity_hindrance(game: Game) -> Floats:
    """Compute H°: what i could attain more if j acted otherwise and i adapted; NaN for j = i."""
    lost, _ = _opportunities(game)
    return lost


def facilitation(game: Game) -> Floats:
    """Compute φ: which share of what j could do for i it does; NaN where it can do nothing."""
    u = levelled(game).payoffs
    seats = range(game.n)
    H = realised_hindrance(game)
    D = np.stack([np.broadcast_to(np.ptp(u, axis=j + 1, keepdims=True), u.shape) for j in seats])
    lost, span = _opportunities(game)
    denied = np.full(H.shape, np.nan)
    np.divide(lost, span, out=denied, where=span > 0)
    np.divide(H, D, out=denied, where=D > 0)
    denied[seats, seats] = np.nan
    return 1 - denied


def compatibility(game: Game) -> Floats:
    """Compute C at each profile: mean facilitation; NaN where nobody can affect anybody."""
    phi = facilitation(game)
    defined = ~np.isnan(phi)
    pairs = defined.sum(axis=(0, 1))
    total = np.where(defined, phi, 0.0).sum(axis=(0, 1))
    C = np.full(game.shape, np.nan)
    np.divide(total, pairs, out=C, where=pairs > 0)
    return C


def independent(game: Game) -> bool:
    """Say whether every payoff depends on its seat's own action only."""
    u = levelled(game).payoffs
    seats = range(game.n)
    return not any(np.ptp(u[i], axis=j).any() for i in seats for j in seats if j != i)


def _opportunities(game: Game) -> tuple[Floats, Floats]:
    """Compute H° and D°, both NaN on the diagonal."""
    u = levelled(game).payoffs
    lost = np.full((game.n, *u.shape), np.nan)
    span = lost.copy()
    for i in range(game.n):
        V = u[i].max(axis=i, keepdims=True)
        for j in range(game.n):
            if j != i:
                lost[j, i] = V.max(axis=j, keepdims=True) - V
                span[j, i] = np.ptp(V, axis=j, keepdims=True)
    return lost, span
