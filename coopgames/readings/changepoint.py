"""Where the level of a series changes, looked at from its end: an alternative to first passage.

First passage dates coordination as it happens; afterwards one can do better. Of all ways to split a
series in two at t, take the one with the smallest sum of squares about the two means, and keep it
if the Bayesian information criterion, as modified for dates that were searched for (N. R. Zhang &
D. O. Siegmund, Biometrics 63, 2007), says so:

    S log(SS_0 / S) − S log(SS_t / S) > 3 log T

SS_0 about one mean, SS_t about two; S is the length of what is split, T of the whole. (This is a
CUSUM: the best split is where the cumulative sum, weighted, strays farthest from a straight line.)
Each part is split again in the same manner (binary segmentation; A. J. Scott & M. Knott, Biometrics
30, 1974). A noise floor keeps a single exception from being taken for a change of level.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST = 3
"""A stretch has at least so many periods."""

FLOOR = 1e-3
"""Variance below which a series is taken to be constant; its levels lie between 0 and 1."""


def change_points(series: Floats, least: int = LEAST) -> list[int]:
    """Find the periods from which on a series has another level.

    Parameters
    ----------
    series : ndarray, shape (T,)
        What was observed, such as κ of each period.
    least : int
        A stretch has at least so many periods.

    Returns
    -------
    list of int
        In order; empty where the level never changes.
    """
    found: list[int] = []
    parts = [(0, len(series))]
    while parts:
        start, stop = parts.pop()
        at = _split(series[start:stop], least, 3 * np.log(len(series)))
        if at is not None:
            found.append(start + at)
            parts += [(start, start + at), (start + at, stop)]
    return sorted(found)


def _split(x: Floats, least: int, penalty: float) -> int | None:
    """Split a series in two where that pays; None where it does not."""
    T = len(x)
    if 2 * least > T:
        return None
    t = np.arange(least, T - least + 1)
    total, squares = np.cumsum(x), float((x**2).sum())
    left, right = total[t - 1], total[-1] - total[t - 1]
    apart = squares - left**2 / t - right**2 / (T - t)
    best = int(apart.argmin())
    together = squares - float(total[-1]) ** 2 / T
    saved = T * (np.log(together / T + FLOOR) - np.log(max(apart[best], 0.0) / T + FLOOR))
    return int(t[best]) if saved > penalty else None
