"""Power as asymmetric interdependence (theory.md 1.5.8).

Who controls what others can attain has power over them (R. O. Keohane and J. S. Nye, Power and
Interdependence, 1977). *Fate control* of j over i is what j can do to i at best and at worst, i
adapting: F_{j→i} = mean over the rest of range_{a_j} V_i(a_j, ·), with V_i the best i can attain.
The power share of j is its part of all control, each counted as a share of the controlled actor's
own range of payoffs:

    π_j = Σ_i F_{j→i}/rng_i / Σ_k Σ_i F_{k→i}/rng_i,

or in payoffs as they are, where these are in comparable units. Power is concentrated to the degree
HHI* = (Σ_j π_j² − 1/n)/(1 − 1/n): 0 if all have the same, 1 if one has all. Cooperation under a
concentration of at least `HEGEMONY` can be called hegemonic.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coopgames.games.game import Game
from coopgames.games.levels import Floats, levelled, ranges

HEGEMONY = 0.25
"""From this concentration on power is hegemonic; a convention, calibrated to nothing."""


@dataclass(frozen=True, eq=False)
class Power:
    """Who depends on whom.

    Parameters
    ----------
    control : ndarray, shape (n, n)
        ``[j, i]``: fate control of j over i, in i's payoffs; 0 for j = i.
    shares : ndarray, shape (n,)
        π; NaN if nobody controls anything.
    concentration : float
        HHI*, from 0 to 1; NaN if nobody controls anything or there is one actor.
    """

    control: Floats
    shares: Floats
    concentration: float

    @property
    def hegemonic(self) -> bool:
        """Whether power is concentrated enough to speak of hegemony."""
        return bool(self.concentration >= HEGEMONY)


def fate_control(game: Game) -> Floats:
    """Compute F: an array of shape (n, n), from j to i, in i's payoffs; 0 on the diagonal."""
    u = levelled(game).payoffs
    F = np.zeros((game.n, game.n))
    for i in range(game.n):
        V = u[i].max(axis=i, keepdims=True)
        for j in range(game.n):
            if j != i:
                F[j, i] = np.ptp(V, axis=j).mean()
    return F


def power(game: Game, *, comparable: bool = False) -> Power:
    """Work out who has power over whom.

    Parameters
    ----------
    game : Game
        The game; its goal payoffs count.
    comparable : bool
        Whether all payoffs are in the same units, so that control is added up as it is instead of
        as a share of the controlled actor's range.
    """
    F = fate_control(game)
    rng = ranges(game)
    scaled = F if comparable else F / np.where(rng > 0, rng, 1.0)
    total = scaled.sum()
    shares = scaled.sum(axis=1) / total if total > 0 else np.full(game.n, np.nan)
    return Power(F, shares, concentration(shares))


def concentration(shares: ArrayLike) -> float:
    """Compute HHI*, from 0 if all have the same share to 1 if one has all; NaN for one actor.

    Parameters
    ----------
    shares : array_like, shape (n,)
        They sum to 1.
    """
    pi = np.asarray(shares, dtype=float)
    n = len(pi)
    return float(((pi**2).sum() - 1 / n) / (1 - 1 / n)) if n > 1 else float("nan")
