"""The compiled loop of `chain`: the long run over all compositions of a population.

Compositions are in lexicographic order; `before[k][m]` is the number of compositions of less than m
individuals into k types, so that the number of a composition is a sum of such numbers.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit, types

from coopgames.play import jit_later

_part = njit(nogil=True)
_F1, _F2 = types.float64[::1], types.float64[:, ::1]


@_part
def _rank(counts: Any, size: Any, before: Any) -> Any:
    """Give the number of a composition."""
    left, rank = size, 0
    n = len(counts)
    for k in range(n - 1):
        # Compositions whose count of type k is smaller leave more for the rest.
        rank += before[n - 1 - k, left + 1] - before[n - 1 - k, left + 1 - counts[k]]
        left -= counts[k]
    return rank


@_part
def _rates(counts: Any, pay: Any, size: Any, fermi: Any, strength: Any, mu: Any, out: Any) -> None:
    """Give the chance of a step in which one of type a becomes one of type b."""
    n = len(counts)
    if fermi:
        for a in range(n):
            for b in range(n):
                imitates = counts[b] / (size - 1) / (1.0 + math.exp(-strength * (pay[b] - pay[a])))
                out[a, b] = counts[a] / size * ((1.0 - mu) * imitates + mu / (n - 1))
        return
    total = 0.0
    for b in range(n):
        total += counts[b] * (1.0 - strength + strength * pay[b])
    for b in range(n):
        share = counts[b] * (1.0 - strength + strength * pay[b]) / total
        born = (1.0 - mu) * share + mu * (1.0 - share) / (n - 1)
        for a in range(n):
            out[a, b] = counts[a] / size * born


@jit_later(
    types.int64(
        types.int64[:, ::1], _F2, types.int64[:, ::1], types.int64[::1], types.boolean,
        types.float64, types.float64, _F2, _F1,
    )
)  # fmt: skip
def compositions(
    states: Any, pay: Any, before: Any, first: Any, fermi: Any, strength: Any, mu: Any,
    band: Any, out: Any,
) -> int:  # fmt: skip
    """Fill the chain of all compositions into a band and solve it; −1, or a state with no way out.

    `first[k]` is the lowest state that state k, or any after it, leads to; between it and k all is
    kept. `band[k, j − k + W]` leads from k to j. States are cut out from the last to the first by
    elimination without subtractions.
    """
    S, n = states.shape
    size = states[0].sum()
    W = band.shape[1] // 2
    rates, after = np.empty((n, n)), np.empty(n, np.int64)
    for s in range(S):
        _rates(states[s], pay[s], size, fermi, strength, mu, rates)
        after[:] = states[s]
        for a in range(n):
            if states[s, a] == 0:
                continue
            for b in range(n):
                if a != b:
                    after[a] -= 1
                    after[b] += 1
                    band[s, _rank(after, size, before) - s + W] = rates[a, b]
                    after[a] += 1
                    after[b] -= 1
    for k in range(S - 1, 0, -1):
        lo = first[k]
        leads = band[k, lo - k + W : W]
        leaves = leads.sum()
        if leaves <= 0.0:
            return k
        for i in range(lo, k):
            share = band[i, k - i + W] / leaves
            if share == 0.0:
                continue
            band[i, k - i + W] = share
            into = band[i, lo - i + W : k - i + W]
            for x in range(len(leads)):
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
