"""How much is at stake: measures that stand beside the label (theory.md 1.1.9).

They are taken over U, the self-regarding profiles, or over the whole game.

    compatibility        mean of C over U
    weighted hindrance   largest h over U
    gain                 mean of Δ over U
    common interest      Var(Σ_i u_i) / (n · Σ_i Var u_i) over all profiles: 1 if all payoffs rise
                         and fall together, 0 in a zero-sum game, 1/n if they are unrelated; the
                         one measure here that depends on the units of payoffs
    control              where the variance of u_i comes from, as in a two-way analysis of
                         variance: i's own action (reflexive), another's action (fate), or how
                         actions fit together (behaviour); the classes are those of J. W. Thibaut
                         and H. H. Kelley, The Social Psychology of Groups (1959)
    K-index              (R − P)/(T − S) of a prisoner's dilemma (A. Rapoport and A. M. Chammah,
                         Prisoner's Dilemma, 1965)

*Regard needed*: the least weight λ on another's payoff at which an actor takes an action by itself,
so that it is a maximum of u_i + λ u_j: one's own sacrifice per unit of benefit to the other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coopgames.games.game import Game
from coopgames.games.levels import Floats, levelled
from coopgames.games.structure import Structure


@dataclass(frozen=True, eq=False)
class Control:
    """Where the variance of each actor's payoff comes from, as shares; NaN if it has none.

    Parameters
    ----------
    reflexive : ndarray, shape (n,)
        Its own action alone.
    fate : ndarray, shape (n, n)
        ``[j, i]``: j's action alone, of i's variance; 0 on the diagonal.
    behaviour : ndarray, shape (n,)
        How actions fit together.
    """

    reflexive: Floats
    fate: Floats
    behaviour: Floats


@dataclass(frozen=True, eq=False)
class Intensity:
    """How much is at stake; see the module for each measure.

    Parameters
    ----------
    compatibility, weighted_hindrance, gain : float
        Over U; compatibility is NaN if nobody can affect anybody.
    common_interest : float
        From 0 to 1; NaN if no payoff ever changes.
    control : Control
        Where payoffs come from.
    k_index : float
        NaN unless the game is a symmetric prisoner's dilemma of two actors.
    """

    compatibility: float
    weighted_hindrance: float
    gain: float
    common_interest: float
    control: Control
    k_index: float


def intensity(found: Structure) -> Intensity:
    """Measure how much is at stake.

    Parameters
    ----------
    found : Structure
        What the game encodes.
    """
    game = found.measured
    return Intensity(
        compatibility=math.fsum(p.compatibility for p in found.profiles) / len(found.profiles),
        weighted_hindrance=max(p.weighted_hindrance for p in found.profiles),
        gain=math.fsum(p.gain for p in found.profiles) / len(found.profiles),
        common_interest=_common_interest(game),
        control=control(game),
        k_index=_k_index(game),
    )


def control(game: Game) -> Control:
    """Decompose the variance of each actor's payoff over all profiles, equally weighted."""
    u = levelled(game).payoffs
    n = game.n
    fate = np.zeros((n, n))
    for j in range(n):
        others = tuple(axis + 1 for axis in range(n) if axis != j)
        fate[j] = u.mean(axis=others).var(axis=1)
    total = u.reshape(n, -1).var(axis=1)
    reflexive = fate.diagonal().copy()
    fate[range(n), range(n)] = 0.0
    behaviour = (total - reflexive - fate.sum(axis=0)).clip(0)
    share = np.where(total > 0, total, np.nan)
    return Control(reflexive / share, fate / share, behaviour / share)


def regard_needed(game: Game, seat: int, other: int, profile: Sequence[int]) -> float:
    """Find the least regard for another at which an actor takes its action at a profile by itself.

    Parameters
    ----------
    game : Game
        The game.
    seat, other : int
        Who regards whom.
    profile : sequence of int
        What all do; the others keep to it.

    Returns
    -------
    float
        λ ≥ 0, in payoffs of `seat` per payoff of `other`: 0 for a best reply, infinite if no
        regard brings the action about.
    """
    u = levelled(game).payoffs
    at = tuple(profile)
    options: Any = (slice(None), *at[:seat], slice(None), *at[seat + 1 :])
    own, theirs = u[options][seat], u[options][other]
    sacrifice, benefit = own - own[at[seat]], theirs[at[seat]] - theirs
    least = np.max(sacrifice[benefit > 0] / benefit[benefit > 0], initial=0.0)
    most = np.min(sacrifice[benefit < 0] / benefit[benefit < 0], initial=math.inf)
    if (sacrifice[benefit == 0] > 0).any() or least > most:
        return math.inf
    return float(least)


def _common_interest(game: Game) -> float:
    u = levelled(game).payoffs.reshape(game.n, -1)
    apart = game.n * math.fsum(u.var(axis=1))
    return float(u.sum(axis=0).var() / apart) if apart > 0 else math.nan


def _k_index(game: Game) -> float:
    if game.shape != (2, 2) or (game.payoffs[0] != game.payoffs[1].T).any():
        return math.nan
    own = game.payoffs[0]
    for c, d in ((0, 1), (1, 0)):
        R, S, T, P = own[c, c], own[c, d], own[d, c], own[d, d]
        if T > R > P > S:
            return float((R - P) / (T - S))
    return math.nan
