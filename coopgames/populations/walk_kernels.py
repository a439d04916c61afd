"""The compiled loop of `walk`: a population that changes by chance.

A step has two words: who may change and whom it looks at, and whether it does.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit, types

from coopgames.play import GOLDEN, jit_later, jitable
from coopgames.strategies import mix

jitable(mix)

_part = njit(nogil=True)
_F1, _F2 = types.float64[::1], types.float64[:, ::1]
_U = np.uint64
_32, _11, _LOW = _U(32), _U(11), _U(0xFFFFFFFF)


@_part
def _uniform(word: Any) -> Any:
    return np.float64(word >> _11) * 2.0**-53


@_part
def _drawn(half: Any, of: Any) -> Any:
    """Turn 32 random bits into one of so many."""
    return np.int64((half * _U(of)) >> _32)


@_part
def _which(counts: Any, place: Any) -> Any:
    """Give the type of an individual by its place, those of a type standing together."""
    k = 0
    while place >= counts[k]:
        place -= counts[k]
        k += 1
    return k


@_part
def _another(u: Any, k: Any, n: Any) -> Any:
    """Choose one of the types other than k."""
    other = min(np.int64(u * (n - 1)), n - 2)
    return other + 1 if other >= k else other


@jit_later(
    types.void(
        types.uint64, _F2, types.int64[::1], types.boolean, types.float64, types.float64,
        types.int64, types.int64[::1], types.int64[:, ::1], _F1,
    )
)  # fmt: skip
def walk(  # noqa: PLR0915 — one loop, in which nothing is called twice
    key: Any, A: Any, counts: Any, fermi: Any, strength: Any, mu: Any, steps: Any,
    marks: Any, seen: Any, spent: Any,
) -> None:  # fmt: skip
    """Let a population change for so many steps.

    `counts` is overwritten. `seen[m]` becomes the composition after `marks[m]` steps, and `spent`
    the sum over steps of how many there are of each type. Where all are of one type, what happens
    next is a mutation, and the steps until then are drawn at once.
    """
    n, size = len(counts), counts.sum()
    draws, odds = mix(key ^ mix(GOLDEN)), mix(key ^ mix(_U(2) * GOLDEN))
    fit, since = np.zeros(n), np.zeros(n, np.int64)
    mark: Any = 0
    t: Any = 0
    changed, total = True, 0.0
    scale = strength / (size - 1)
    while t < steps:
        word, u = mix(draws + GOLDEN * _U(t + 1)), _uniform(mix(odds + GOLDEN * _U(t + 1)))
        high, low = word >> _32, word & _LOW
        gone = _which(counts, _drawn(high, size))
        come = gone
        if counts[gone] == size:
            if mu == 0.0:
                break
            wait = math.log(1.0 - u) / math.log1p(-mu) if mu < 1.0 else 0.0
            if wait >= steps - t:
                break
            t += np.int64(wait)
            come = _another(_uniform(mix(word)), gone, n)
        elif fermi:
            if u < mu:
                come = _another(u / mu, gone, n)
            else:
                counts[gone] -= 1
                model = _which(counts, _drawn(low, size - 1))
                counts[gone] += 1
                if model != gone:
                    gap = A[model, model] - A[gone, gone]
                    for j in range(n):
                        gap += (A[gone, j] - A[model, j]) * counts[j]
                    if (u - mu) * (1.0 + math.exp(scale * gap)) < 1.0 - mu:
                        come = model
        else:
            if changed:
                total = 0.0
                for k in range(n):
                    pay = -A[k, k]
                    for j in range(n):
                        pay += A[k, j] * counts[j]
                    fit[k] = counts[k] * (1.0 - strength + scale * pay)
                    total += fit[k]
                changed = False
            place = (np.float64(low) + 0.5) * 2.0**-32 * total
            come = 0
            while come < n - 1 and place >= fit[come]:
                place -= fit[come]
                come += 1
            if u < mu:
                come = _another(u / mu, come, n)
        t += 1
        if come != gone:
            for k in (gone, come):
                spent[k] += float(counts[k]) * (t - 1 - since[k])
                since[k] = t - 1
            while mark < len(marks) and marks[mark] < t:
                seen[mark] = counts
                mark += 1
            counts[gone] -= 1
            counts[come] += 1
            changed = True
    for k in range(n):
        spent[k] += float(counts[k]) * (steps - since[k])
    while mark < len(marks):
        seen[mark] = counts
        mark += 1
