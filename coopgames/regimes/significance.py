"""How much an injunction matters (theory.md 1.5.2): by what is at stake, or by what it changes.

*Stake*: the most that one actor's violation, instead of compliance, can change anybody's payoff,
as a share of that one's range of payoffs,

    g_q = max |u_m(b, a_−i) − u_m(b′, a_−i)| / rng_m,   b ∉ B_q, b′ ∈ B_q, i addressed, any m, a_−i.

It can be read off the game. *Change*: the total variation distance between how play is distributed
with q and without it; that takes play.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.regimes.compliance import compliant
from coopgames.regimes.regime import Injunction, Regime
from coopgames.regimes.when import Mask


def total_variation(first: ArrayLike, second: ArrayLike) -> float:
    """Compute the total variation distance of two distributions, ½ Σ |p − q|.

    Parameters
    ----------
    first, second : array_like
        Probabilities of the same outcomes, in the same order and of any shape.
    """
    p, q = np.asarray(first, float), np.asarray(second, float)
    if p.shape != q.shape or not all(math.isclose(x.sum(), 1, abs_tol=1e-9) for x in (p, q)):
        raise Mistake(
            f"two distributions over the same outcomes are needed; these have shapes {p.shape} and "
            f"{q.shape} and sum to {p.sum():g} and {q.sum():g}"
        )
    return float(np.abs(p - q).sum() / 2)


def stake(game: Game, seat: int, complies: Mask) -> float:
    """Compute what is at stake if one seat violates instead of complying.

    Parameters
    ----------
    game : Game
        The game.
    seat : int
        Whose actions.
    complies : ndarray of bool, shape (k,)
        Which of them comply.

    Returns
    -------
    float
        From 0 to 1; 0 if nothing violates.
    """
    if complies.all() or not complies.any():
        return 0.0
    most = 0.0
    for u in game.payoffs:
        rng = float(np.ptp(u))
        if rng == 0:
            continue
        by_action = np.moveaxis(u, seat, 0)
        good, bad = by_action[complies], by_action[~complies]
        apart = np.maximum(bad.max(0) - good.min(0), good.max(0) - bad.min(0))
        most = max(most, float(apart.max()) / rng)
    return most


def significance_of(regime: Regime, q: Injunction) -> float:
    """Compute g of an injunction: what its file says is at stake, or else what the game does.

    Parameters
    ----------
    regime : Regime
        The regime.
    q : Injunction
        One of its injunctions.

    Returns
    -------
    float
        NaN for a procedure that says nothing, since moves have no payoffs.
    """
    if q.stake is not None:
        return q.stake
    game = regime.issue(q.issue).game
    if game is None:
        return math.nan
    stakes = [0.0]
    for seat in regime.addressed(q):
        table = compliant(regime, q, seat)
        stakes += [
            stake(game, seat, c) for c in np.unique(table.reshape(-1, table.shape[-1]), axis=0)
        ]
    return max(stakes)
