"""A long or noisy record, cut into spells; and how certain the rise of κ in one is.

A record is cut where coordination emerges and where it breaks down (`passages`), so that a rise and
a fall do not net out. Each spell is an episode of its own: what it is measured from stays the same,
its first period is predicted by the last one before it, and a rise of κ is a success only if the
lower end of its 90 % interval is at least half of what a rise must be (theory.md 1.2.4).

The interval is a block bootstrap (Künsch, Annals of Statistics 17, 1989; circular, after Politis &
Romano 1992): the last window, of w periods, is laid out anew from ⌈w/2⌉ stretches of two periods
(so that taking turns is not torn apart) that begin anywhere in it, the end being followed by the
beginning. For the usual window all of these are gone through; the interval is exact.
"""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from coopgames.readings.passages import passages

BLOCK = 2
"""Length of the stretches, in periods."""

TAIL = 0.05
"""What lies below the lower end of a 90 % interval."""

EXACT = 10_000
"""Up to so many layouts are all gone through; beyond, so many are drawn."""


def cut(Z: NDArray[np.bool_], L: int, m: int) -> list[tuple[int, int]]:
    """Cut a record into spells.

    Parameters
    ----------
    Z : ndarray of bool, shape (T,)
        Whether each period is coordinated.
    L, m : int
        The window, and how many of it must be coordinated.

    Returns
    -------
    list of (int, int)
        Where each begins, and where it has ended; a single one where nothing emerges.
    """
    inner = [t for t in passages(Z, L, m) if t > 0]
    edges = [0, *inner, len(Z)]
    return list(pairwise(edges))


def lower_end(values: NDArray[np.float64], seed: int = 1) -> float:
    """Give the lower end of the 90 % block-bootstrap interval for a mean.

    Parameters
    ----------
    values : ndarray, shape (w,)
        What was observed, in order.
    seed : int
        Where luck starts, for windows too long to go through all layouts.
    """
    n = len(values)
    if np.ptp(values) == 0:
        return float(values[0])
    size = min(BLOCK, n)
    pairs = values[(np.arange(n)[:, None] + np.arange(size)) % n]
    whole, rest = divmod(n, size)
    sums = [pairs.sum(axis=1)] * whole + [pairs[:, :rest].sum(axis=1)] * (rest > 0)
    if n ** len(sums) <= EXACT:
        means = np.array([sum(layout) for layout in product(*sums)]) / n
    else:
        rng = np.random.default_rng(seed)
        means = np.sum([rng.choice(s, EXACT) for s in sums], axis=0) / n
    return float(np.quantile(means, TAIL, method="inverted_cdf"))
