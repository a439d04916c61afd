"""Which convention lasts, if people reply to what the others do, and make mistakes.

M. Kandori, G. J. Mailath & R. Rob, "Learning, mutation, and long run equilibria in games",
Econometrica 61 (1993): 29-56; H. P. Young, "The evolution of conventions", ibid.: 57-84. Each of N
individuals has one of two actions of a game with payoffs [[a, b], [c, d]]. In every period all at
once choose the best reply to the mix of the others, either with probability 1/2 where both are
best, and then take the other action by mistake with probability ε. The number who take the first
action is a chain over 0, …, N. As ε → 0 the risk-dominant convention is the one that lasts: the
first if a + b > c + d.
"""

from __future__ import annotations

from math import comb

import numpy as np
from numpy.typing import ArrayLike

from coopgames.mistakes import Mistake
from coopgames.populations.numbers import Rows, read
from coopgames.populations.process import Floats, population_size


def best_reply_chain(
    payoffs: ArrayLike, N: int, mistakes: float, *, including_oneself: bool = False
) -> Floats:
    """Solve for the long run of N individuals who reply to one another and make mistakes.

    Parameters
    ----------
    payoffs : array_like, shape (2, 2)
        The row's payoff against the column.
    N : int
        How many individuals.
    mistakes : float
        The chance ε, above 0 and at most 1/2, that the other action is taken.
    including_oneself : bool
        Whether everyone replies to the mix of all, oneself among them, rather than of the others.

    Returns
    -------
    ndarray, shape (N + 1,)
        The share of time in which 0, …, N of them take the first action.

    Raises
    ------
    Mistake
        If the game has not two actions, or the chance is none of a mistake.

    Examples
    --------
    >>> best_reply_chain([[5, 0], [3, 1]], 10, 0.05)[6:].sum().round(4)
    np.float64(0.9999)
    """
    from coopgames.populations.kernels import settle

    A = read(payoffs)
    if len(A) != 2:
        raise Mistake(f"a game of {len(A)} actions: conventions are followed between two")
    if not 0 < mistakes <= 0.5:
        raise Mistake(f"mistakes with probability {mistakes:g}: above 0 and at most 1/2")
    chain = np.full((population_size(N) + 1,) * 2, -np.inf)
    for i in range(N + 1):
        # By what each takes now: of the others, i − 1 or i take the first action.
        seen = ((i, N - i),) * 2 if including_oneself else ((i - 1, N - i), (i, N - i - 1))
        first, second = (_takes(A, *mix, mistakes) for mix in seen)
        with np.errstate(divide="ignore"):
            chain[i] = np.log(np.convolve(_binomial(i, first), _binomial(N - i, second)))
    weights = np.empty(N + 1)
    settle(chain, weights)
    return weights


def _takes(A: Rows, first: int, second: int, mistakes: float) -> float:
    """Give the chance of taking the first action, where so many are seen to take either."""
    (a, b), (c, d) = A
    better = (a - c) * first + (b - d) * second
    best = 0.5 if better == 0 else float(better > 0)
    return best * (1 - mistakes) + (1 - best) * mistakes


def _binomial(n: int, p: float) -> Floats:
    """Give the chances that 0, …, n out of n do something."""
    return np.array([comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)])
