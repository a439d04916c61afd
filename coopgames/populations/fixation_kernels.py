"""The compiled loops of `fixation`, and of chains whose rates are given by their logarithms.

A loop of this room is compiled, or loaded from numba's cache, when it is first called; all that a
loop calls stands in its own file, because numba's cache does not see an edit in another one.
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit, types

from coopgames.play import jit_later

_part = njit(nogil=True)
_F1, _F2 = types.float64[::1], types.float64[:, ::1]
_NEVER = -math.inf

BIG = 1e200
"""The unit in which sums are kept that are too large."""
_LOG_BIG = math.log(BIG)

STEEP = 50.0
"""A step whose logarithm is larger is steep."""


@_part
def _fermi_pair(a: Any, b: Any, c: Any, d: Any, n: Any, strength: Any) -> Any:
    """Give log ρ, whose terms are exp(bend k² + slope k).

    By Horner's rule from the end where no step is steep. The steps then are a geometric series,
    taken up anew every so often lest rounding should add up. Where a step is steep, the terms are
    summed in units of the largest, which is known since the exponents are a quadratic.
    """
    m = n - 1
    bend = -0.5 * strength * (a - b - c + d) / m
    slope = bend - strength * (b * n - a - d * n + d) / m
    if abs(bend + slope) < STEEP and abs(2.0 * bend * m - bend + slope) < STEEP:
        total, units = 1.0, 0
        ratio, step = math.exp(-2.0 * bend), 1.0
        for k in range(m, 0, -1):
            if (m - k) & 7 == 0:
                step = math.exp(bend * (2 * k - 1) + slope)
            else:
                step *= ratio
            total *= step
            if units == 0:
                total += 1.0
            elif total < 1e-100:
                total *= BIG
                units -= 1
            if total > BIG:
                total /= BIG
                units += 1
        return -(math.log(total) + units * _LOG_BIG)
    top = max(0.0, m * (bend * m + slope))
    if bend < 0.0:
        # The top of the parabola lies between two whole numbers, of which one has the largest term.
        at = math.floor(min(max(-slope / (2.0 * bend), 0.0), m - 1.0))
        top = max(top, at * (bend * at + slope), (at + 1) * (bend * (at + 1) + slope))
    total = 0.0
    for k in range(n):
        total += math.exp(k * (bend * k + slope) - top)
    return -(top + math.log(total))


@_part
def _moran_pair(a: Any, b: Any, c: Any, d: Any, n: Any, weight: Any) -> Any:
    """Give log ρ by Horner's rule from the end, in which nothing falls below 1.

    What grows beyond all bounds is kept in units of `BIG`.
    """
    total, units = 1.0, 0
    base, scale = 1.0 - weight, weight / (n - 1)
    for i in range(n - 1, 0, -1):
        f = base + scale * (a * (i - 1) + b * (n - i))
        g = base + scale * (c * i + d * (n - i - 1))
        if f == 0.0:
            return _NEVER
        total *= g / f
        if units == 0:
            total += 1.0
        elif total < 1e-100:
            total *= BIG
            units -= 1
        if total > BIG:
            total /= BIG
            units += 1
    return -(math.log(total) + units * _LOG_BIG)


@jit_later(types.void(_F1, _F1, _F1, _F1, types.int64, types.boolean, types.float64, _F1))
def fixation(a: Any, b: Any, c: Any, d: Any, n: Any, fermi: Any, strength: Any, out: Any) -> None:
    """Give log ρ for many pairs [[a, b], [c, d]]."""
    for x in range(len(a)):
        if fermi:
            out[x] = _fermi_pair(a[x], b[x], c[x], d[x], n, strength)
        else:
            out[x] = _moran_pair(a[x], b[x], c[x], d[x], n, strength)


@jit_later(types.void(_F2, types.int64, types.boolean, types.float64, _F2))
def fixations(A: Any, n: Any, fermi: Any, strength: Any, out: Any) -> None:
    """Give log ρ of a mutant of the row's type in a population of the column's."""
    for i in range(len(A)):
        for j in range(len(A)):
            a, b, c, d = A[i, i], A[i, j], A[j, i], A[j, j]
            if i == j:
                out[i, j] = -math.log(n)
            elif fermi:
                out[i, j] = _fermi_pair(a, b, c, d, n, strength)
            else:
                out[i, j] = _moran_pair(a, b, c, d, n, strength)


@_part
def _log_add(x: Any, y: Any) -> Any:
    if x < y:
        x, y = y, x
    if y == _NEVER:
        return x
    return x + math.log1p(math.exp(y - x))


@jit_later(types.boolean(_F2, _F1))
def settle(a: Any, out: Any) -> bool:
    """Find the stationary distribution of a chain whose rates are given by their logarithms.

    By elimination without subtractions (Grassmann, Taksar & Heyman 1985), which needs only sums,
    products and quotients, so that it can be done with logarithms. `a[i, j]` leads from i to j, and
    is overwritten. False if it is not the case that all can be reached from all.
    """
    n = len(a)
    for k in range(n - 1, 0, -1):
        leaves = _NEVER
        for j in range(k):
            leaves = _log_add(leaves, a[k, j])
        if leaves == _NEVER:
            return False
        for i in range(k):
            a[i, k] -= leaves
            for j in range(k):
                a[i, j] = _log_add(a[i, j], a[i, k] + a[k, j])
    out[0] = 0.0
    top = 0.0
    for k in range(1, n):
        weight = _NEVER
        for i in range(k):
            weight = _log_add(weight, out[i] + a[i, k])
        if weight == _NEVER:
            return False
        out[k] = weight
        top = max(top, weight)
    total = 0.0
    for k in range(n):
        out[k] = math.exp(out[k] - top)
        total += out[k]
    for k in range(n):
        out[k] /= total
    return True
