"""Random matching without reputations: a breach is answered by whoever was its victim, and spreads.

n actors meet in pairs, drawn anew each period, and know nothing of each other but what was done to
themselves. All accommodate until somebody has withheld from them; then they withhold for ever. One
who breaches *infects* its partners, they theirs, until nobody accommodates (M. Kandori, "Social
norms and community enforcement", Rev. Econ. Studies 59, 1992; G. Ellison, "Cooperation in the
prisoner's dilemma with anonymous random matching", Rev. Econ. Studies 61, 1994).

If k are infected, the number m of pairs of which one is infected has the distribution

    C(k, m) C(n − k, m) m! (k − m − 1)!! (n − k − m − 1)!! / (n − 1)!!,     k − m even

and k + m are infected in the next period. Who is one of them meets one who is not with probability
(n − k)/(n − 1). A breach and all that follows from it is worth

    V(k) = T − (T − P)(k − 1)/(n − 1) + w Σ_m P(m | k) V(k + m)

from k = 1 on, and does not pay where V(1) ≤ R/(1 − w). This is the condition on the path; whether
an infected actor would rather withhold is another one, which depends on what accommodating costs.

Where a regime makes it known who broke the rule, the first period's victim is the last: the
threshold is that of two actors, (T − R)/(T − P), however many there are.
"""

from __future__ import annotations

from math import comb, factorial, prod

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, accommodation
from coopgames.mistakes import Mistake

Floats = NDArray[np.float64]


def spread(n: int) -> Floats:
    """Give the chain of how many are infected.

    Parameters
    ----------
    n : int
        Number of actors, even.

    Returns
    -------
    ndarray, shape (n, n)
        ``[k − 1, l − 1]``: probability that *l* are infected in the period after *k* were.

    Raises
    ------
    Mistake
        If not all can be paired.
    """
    paired(n)
    moves = np.zeros((n, n))
    for k in range(1, n + 1):
        for m in range(k % 2, min(k, n - k) + 1, 2):
            mixed = comb(k, m) * comb(n - k, m) * factorial(m)
            rest = _pairings(k - m) * _pairings(n - k - m)
            moves[k - 1, k + m - 1] = mixed * rest / _pairings(n)
    return moves


def paired(n: int) -> None:
    """Refuse a number of actors that cannot all meet in pairs."""
    if n < 2 or n % 2:
        raise Mistake(f"{n} actors cannot all meet in pairs; their number must be even")


def _pairings(n: int) -> int:
    """Count the ways to put n actors into pairs: (n − 1)!!."""
    return prod(range(n - 1, 0, -2))


def breach_value(game: Game, n: int, continuation: float) -> float:
    """Say what a breach is worth among n actors who meet at random.

    Parameters
    ----------
    game : Game
        A symmetric game for two with two actions, which each pair plays.
    n : int
        Number of actors, even.
    continuation : float
        Probability w in [0, 1) that a further period follows.

    Returns
    -------
    float
        Expected payoff of a match to who withholds from the first period on.
    """
    if not 0 <= continuation < 1:
        raise Mistake(f"a continuation probability of {continuation:g} is not in [0, 1)")
    T, P = pair_payoffs(game)[1]
    moves, k = spread(n), np.arange(1, n + 1)
    now = T - (T - P) * (k - 1) / (n - 1)
    return float(np.linalg.solve(np.eye(n) - continuation * moves, now)[0])


def contagion_threshold(game: Game, n: int) -> float | None:
    """Find the smallest continuation probability at which a breach does not pay.

    Parameters
    ----------
    game, n
        As for `breach_value`.

    Returns
    -------
    float or None
        0 if it does not pay however short play is; None if it pays up to .99999.
    """
    from scipy.optimize import brentq

    R = float(pair_payoffs(game)[0, 0])

    def gain(w: float) -> float:
        return (1 - w) * breach_value(game, n, w) - R

    if gain(0.0) <= 0:
        return 0.0
    most = 1 - 1e-5
    return None if gain(most) > 0 else float(brentq(gain, 0.0, most, xtol=1e-13))


def pair_payoffs(game: Game) -> Floats:
    """Give the payoffs of either seat, own action first, in roles; refuse other games."""
    roles = accommodation(game)
    if game.shape != (2, 2) or roles is None:
        raise Mistake(f"game {game.name!r} is not for two actors with two actions in known roles")
    u = game.payoffs[np.ix_(range(2), *roles)]
    if not np.allclose(u[0], u[1].T):
        raise Mistake(f"game {game.name!r} is not symmetric, so it matters who meets whom where")
    return np.asarray(u[0])
