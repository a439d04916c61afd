"""Contests in which the worst give up and the best are imitated.

As in N. Case's "The Evolution of Trust" (2017): every individual plays every other once; those who
have the fewest points leave, and as many copies are made of those who have the most. Of those who
have equally many, chance decides who leaves and who is copied.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from coopgames.mistakes import Mistake
from coopgames.play import run_keys
from coopgames.populations.groups import Ints
from coopgames.populations.process import Floats, square
from coopgames.strategies import mix


def contests(
    matrix: ArrayLike, start: ArrayLike, *, replaced: int, generations: int, seed: int = 1
) -> Ints:
    """Let the worst of a population be replaced by the best, again and again.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        The row's payoff against the column.
    start : array_like of int, shape (n,)
        How many are of each type.
    replaced : int
        How many leave, and are copied, in a generation.
    generations : int
        How many generations at most; it ends where all are of one type.
    seed : int
        Where luck starts.

    Returns
    -------
    ndarray of int, shape (G, n)
        How many there are of each type, generation by generation.

    Raises
    ------
    Mistake
        If more are to be replaced than there are.

    Examples
    --------
    >>> contests([[3, 0], [5, 1]], [4, 2], replaced=2, generations=10)
    array([[4, 2],
           [2, 4],
           [0, 6]])
    """
    A, counts = square(matrix), np.array(start, dtype=np.int64)
    if counts.shape != (len(A),) or counts.min() < 0 or counts.sum() < 2:
        raise Mistake(f"a start of {counts.tolist()}: of each of {len(A)} types none or more")
    if not 1 <= replaced <= counts.sum():
        raise Mistake(f"{replaced} are replaced: at least one, and no more than there are")
    seen = [counts]
    for key in run_keys(seed, generations):
        if (counts == counts.sum()).any():
            break
        counts = _next(A, counts, replaced, int(key))
        seen.append(counts)
    return np.array(seen)


def _next(A: Floats, counts: Ints, replaced: int, key: int) -> Ints:
    types = np.repeat(np.arange(len(counts)), counts)
    points = (A @ counts - np.diag(A))[types]
    luck = mix(np.uint64(key) ^ mix(np.arange(1, len(types) + 1, dtype=np.uint64)))
    order = np.lexsort((luck, points))  # the worst first
    after = counts.copy()
    np.subtract.at(after, types[order[:replaced]], 1)
    np.add.at(after, types[order[len(order) - replaced :]], 1)
    return after
