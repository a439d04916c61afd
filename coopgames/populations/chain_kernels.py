"""The compiled loop of `chain`: elimination in a band."""

from __future__ import annotations

from typing import Any

from numba import types

from coopgames.play import jit_later

_F1, _F2 = types.float64[::1], types.float64[:, ::1]


@jit_later(types.int64(types.int64[::1], _F2, _F1))
def stationary(first: Any, band: Any, out: Any) -> int:
    """Find the stationary distribution of a chain in a band; −1, or a state with no way out.

    `first[k]` is the lowest state that state k, or any after it, leads to, and where it is led to
    from; between it and k all is kept. `band[k, j − k + W]` leads from k to j, and is overwritten.
    States are cut out from the last to the first by elimination without subtractions.
    """
    S, W = len(first), band.shape[1] // 2
    for k in range(S - 1, 0, -1):
        lo = first[k]
        leads = band[k, lo - k + W : W]
        leaves = 0.0
        for x in range(k - lo):
            leaves += leads[x]
        if leaves <= 0.0:
            return k
        for i in range(lo, k):
            share = band[i, k - i + W] / leaves
            if share == 0.0:
                continue
            band[i, k - i + W] = share
            into = band[i, lo - i + W : k - i + W]
            for x in range(k - lo):
                into[x] += share * leads[x]
    out[0] = 1.0
    total = 1.0
    for k in range(1, S):
        weight = 0.0
        for i in range(first[k], k):
            weight += out[i] * band[i, k - i + W]
        out[k] = weight
        total += weight
    for k in range(S):
        out[k] /= total
    return -1
