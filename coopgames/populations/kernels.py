"""The compiled loops of populations, and nothing else.

What they compute stands in the modules that call them: `fixation`, `rare`, `chain`, `walk`,
`basins`. A loop is compiled, or loaded from numba's cache, when it is first called; all that a loop
calls stands in this file, because numba's cache does not see an edit in another one. The exception
is `mix`.
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
_NEVER = -math.inf
BIG = 1e200
"""The unit in which sums are kept that are too large."""
STEEP = 50.0
"""A step whose logarithm is larger is steep."""
_LOG_BIG = math.log(BIG)


# Fixation


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


# All compositions of a population
#
# Compositions are in lexicographic order; `before[k][m]` is the number of compositions of less
# than m individuals into k types, so that the rank of a composition is a sum of such numbers.


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


# Steps by chance
#
# A step has two words: who may change and whom it looks at, and whether it does.

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


# Where replicator dynamics lead


@_part
def _growth(A: Any, logs: Any, share: Any, rate: Any) -> None:
    """Give the shares, and how much each type does better than the mean."""
    n = len(logs)
    top = _NEVER
    for k in range(n):
        top = max(top, logs[k])
    total = 0.0
    for k in range(n):
        share[k] = math.exp(logs[k] - top)
        total += share[k]
    mean = 0.0
    for k in range(n):
        share[k] /= total
    for k in range(n):
        rate[k] = 0.0
        for j in range(n):
            rate[k] += A[k, j] * share[j]
        mean += share[k] * rate[k]
    for k in range(n):
        rate[k] -= mean


@_part
def _ahead(logs: Any, rate: Any, time: Any, out: Any) -> None:
    for k in range(len(logs)):
        out[k] = logs[k] + time * rate[k]


@jit_later(types.void(_F2, _F2, types.float64, types.int64, types.boolean[::1]))
def lead(A: Any, x: Any, still: Any, most: Any, settled: Any) -> None:
    """Follow the replicator dynamics from each row of shares until it is at rest.

    Payoffs are scaled to a range of 1. A row is at rest where no type that is there, or could
    spread, does better or worse than the mean by more than `still`.
    """
    n = x.shape[1]
    h = 0.25
    share, k1, k2, k3, k4 = np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    logs, then = np.empty(n), np.empty(n)
    for row in range(len(x)):
        for k in range(n):
            logs[k] = math.log(x[row, k]) if x[row, k] > 0.0 else _NEVER
        for _ in range(most):
            _growth(A, logs, share, k1)
            moving = False
            for k in range(n):
                if share[k] > 0.0 or logs[k] > _NEVER:
                    dying = k1[k] < 0.0 and share[k] < still
                    moving = moving or (abs(k1[k]) > still and not dying)
            if not moving:
                settled[row] = True
                break
            _ahead(logs, k1, 0.5 * h, then)
            _growth(A, then, share, k2)
            _ahead(logs, k2, 0.5 * h, then)
            _growth(A, then, share, k3)
            _ahead(logs, k3, h, then)
            _growth(A, then, share, k4)
            for k in range(n):
                logs[k] += h / 6.0 * (k1[k] + 2.0 * k2[k] + 2.0 * k3[k] + k4[k])
        _growth(A, logs, share, k1)
        for k in range(n):
            x[row, k] = share[k]
