"""The compiled loops of `markov`: one step of the elimination each.

They add and multiply in the order in which numpy would, number by number and without fused
operations, so that the answer does not depend on which of the two did it, to the last bit.
"""

from __future__ import annotations

from typing import Any

from numba import types

from coopgames.play.jit import jit

_Matrix = types.float64[:, ::1]


@jit(types.void(_Matrix, types.int64, types.float64))
def cut(a: Any, k: Any, leaving: Any) -> None:
    """Cut out state k, the last that is left, which is left with probability `leaving`."""
    for i in range(k):
        if a[i, k] != 0.0:
            a[i, k] /= leaving
            through = a[i, k]
            for j in range(k):
                a[i, j] += through * a[k, j]


@jit(types.void(_Matrix, types.float64[::1], types.int64))
def around(ends: Any, into: Any, k: Any) -> None:
    """Add to every state's row what leads there through state k."""
    for i in range(len(into)):
        if into[i] != 0.0:
            for j in range(ends.shape[1]):
                ends[i, j] += into[i] * ends[k, j]
