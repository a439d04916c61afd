"""Acts leave residues (theory.md 1.5.11): what one act, or an order of acts, changes later.

With C_t how compatible play is in period t, the *residue* of an act in period t is

    R(k) = E[C_{t+k} | do(accommodate in t)] − E[C_{t+k} | do(withhold in t)],

its *half-life* the first k ≥ 1 from which on |R| stays at most half of |R(0)|, and the *order
effect* of a sequence of acts against a permutation of it the difference of the means of C. It is
not 0 only if history matters beyond how often what was done (path dependence beyond counts, in the
sense of S. E. Page, Quarterly J. Political Science 1, 2006). Whoever looks at acts one by one
assumes R(k) = 0 for k ≥ 1; that can be tested.

Here courses of C are given; `coopgames.readings` computes them for automata.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake

Floats = NDArray[np.float64]


def residue(accommodating: ArrayLike, withholding: ArrayLike, period: int) -> Floats:
    """Compute R.

    Parameters
    ----------
    accommodating, withholding : array_like, shape (T,) or (runs, T)
        C in each period, where the act was the one and the other; the mean over runs is taken,
        which should share their luck.
    period : int
        The period of the act, from 0.

    Returns
    -------
    ndarray, shape (T − period,)
        R(0), R(1), ….
    """
    first, second = (np.atleast_2d(np.asarray(c, float)) for c in (accommodating, withholding))
    if first.shape[1] != second.shape[1] or not 0 <= period < first.shape[1]:
        raise Mistake(
            f"courses of {first.shape[1]} and {second.shape[1]} periods, an act in period "
            f"{period}: courses are of one length, and the act lies within it"
        )
    return np.asarray(first.mean(axis=0) - second.mean(axis=0))[period:]


def half_life(R: ArrayLike) -> float:
    """Find the first k from which on a residue is at most half of what it is at once.

    Parameters
    ----------
    R : array_like
        What `residue` computes.

    Returns
    -------
    float
        At least 1; infinite if it is still larger at the end; NaN if there is no residue at once.
    """
    size = np.abs(np.asarray(R, float))
    if size[0] == 0:
        return math.nan
    large = np.flatnonzero(size > size[0] / 2)
    last = int(large[-1])
    return math.inf if last == len(size) - 1 else float(last + 1)


def order_effect(sequence: ArrayLike, permuted: ArrayLike) -> float:
    """Compute the difference of mean C under a sequence of acts and under a permutation of it.

    Parameters
    ----------
    sequence, permuted : array_like, shape (T,) or (runs, T)
        C in each period.
    """
    return float(np.asarray(sequence, float).mean() - np.asarray(permuted, float).mean())
