"""The compiled loop of `forward`; compiled, or loaded from numba's cache, when first called."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from coopgames.play.jit import jit_later

_I, _F = types.int64, types.float64


@jit_later(
    types.void(
        _I, _I, _I[:, ::1], _I[::1], _I[::1], _I[::1], _F[::1], _F[::1], _I[:, ::1], _I, _F,
        _F[::1], _F[::1], _F[:, ::1],
    )
)  # fmt: skip
def expected_counts(
    begin: Any, end: Any, seats: Any, base: Any, sizes: Any, initial: Any,
    kind_first: Any, kind_second: Any, leads: Any, periods: Any, weight: Any,
    now: Any, then: Any, out: Any,
) -> None:  # fmt: skip
    """Go through the periods of some pairs.

    `now` and `then` say how likely each joint state is, times the weight of the period; a joint
    state is numbered seat 0's state times the number of seat 1's, plus seat 1's.
    """
    for n in range(begin, end):
        i, j = seats[n, 0], seats[n, 1]
        a, b, S, T = base[i], base[j], sizes[i], sizes[j]
        now[: S * T] = 0.0
        now[initial[i] * T + initial[j]] = 1.0
        counts = np.zeros(4)
        for _ in range(periods):
            then[: S * T] = 0.0
            for s in range(S):
                for t in range(T):
                    mass = now[s * T + t]
                    if mass == 0.0:
                        continue
                    for x in range(2):
                        p = kind_first[a + s] if x == 0 else 1.0 - kind_first[a + s]
                        if p == 0.0:
                            continue
                        for y in range(2):
                            q = kind_second[b + t] if y == 0 else 1.0 - kind_second[b + t]
                            if q == 0.0:
                                continue
                            flow = mass * p * q
                            counts[2 * x + y] += flow
                            to = leads[a + s, 2 * x + y] * T + leads[b + t, 2 * y + x]
                            then[to] += flow * weight
            now, then = then, now
        for profile in range(4):
            out[n, profile] = counts[profile]
