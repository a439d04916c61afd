"""The compiled loop of `basins`: where the replicator dynamics lead."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit, types

from coopgames.play import jit_later

_part = njit(nogil=True)
_F1, _F2 = types.float64[::1], types.float64[:, ::1]
_NEVER = -math.inf


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
