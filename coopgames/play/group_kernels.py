"""The compiled loop of group play: n actors, k actions, tables only.

Its draws are those of `kernels` for the first two lanes, and of further keys for further pairs of
lanes (see `group`). As there, all that the loop calls stands in this file, because numba's cache
does not see an edit in another one; `mix` is the exception. Stages and labels are no axes of its
own: what they add is a part of the state.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, types

from coopgames.play.chance import ACTION, GOLDEN, PUBLIC, SLIP
from coopgames.play.jit import jit, jitable
from coopgames.strategies import mix

jitable(mix)

_inline = njit(inline="always", nogil=True)


@_inline
def _pair_key(key: Any, purpose: Any, pair: Any) -> Any:
    """Give the key of a purpose's draws for lanes 2·pair and 2·pair + 1."""
    first = mix(key ^ mix(purpose * GOLDEN))
    return first if pair == 0 else mix(first ^ mix(np.uint64(pair) * GOLDEN))


@_inline
def _draw(keys: Any, period: Any, lane: Any) -> Any:
    """Give a lane's 32 random bits of a period."""
    word = mix(keys[lane // 2] + GOLDEN * np.uint64(period + 1))
    return word >> np.uint64(32) if lane % 2 == 0 else word & np.uint64(0xFFFFFFFF)


@jit(
    types.void(
        types.uint64, types.int64, types.int64[::1],
        types.int64[::1], types.uint64[:, ::1], types.int64[:, ::1],
        types.int64[::1], types.uint64[:, ::1],
        types.int64[:, :, ::1], types.int64[::1], types.int64[::1], types.uint64[:, ::1],
        types.uint8[:, ::1], types.int64[:, ::1],
    )
)  # fmt: skip
def group_course(
    key: Any, periods: Any, lanes: Any,
    starts: Any, thresholds: Any, following: Any,
    k: Any, slips: Any,
    weight: Any, place: Any, number: Any, signal: Any,
    course: Any, lived: Any,
) -> None:  # fmt: skip
    """Play automata in n seats for a number of periods and count what each seat lived through.

    What a seat lives through in a period is a number: its own action and what it observed. It is
    ``number[Σ_j weight[seat, j, action of j]]`` where the profile is seen. Where counts are,
    `weight` holds no more than ``weight[0, 0, own action]``, to which ``place[action]`` of each
    other seat is added.

    ``following[state, lived · Y + signal]``: the next state, numbered over all automata. The public
    signal is one draw for all; ``signal[lived by seat 0]`` has its Y − 1 cumulative thresholds.
    """
    n = len(lanes)
    counted = len(weight) == 1
    pairs = (n + 1) // 2
    act_keys = np.empty(pairs, dtype=np.uint64)
    slip_keys = np.empty(pairs, dtype=np.uint64)
    for pair in range(pairs):
        act_keys[pair] = _pair_key(key, ACTION, pair)
        slip_keys[pair] = _pair_key(key, SLIP, pair)
    public_key = mix(key ^ mix(PUBLIC * GOLDEN))
    Y = signal.shape[1] + 1
    slipping = slips.max() > 0
    state = starts.copy()
    actions = np.empty(n, dtype=np.int64)
    for t in range(periods):
        total = 0
        for i in range(n):
            half = _draw(act_keys, t, lanes[i])
            a = 0
            while a < k[i] - 1 and half >= thresholds[state[i], a]:
                a += 1
            if slipping:
                half = _draw(slip_keys, t, lanes[i])
                slip = slips[i, a]
                if half < slip:
                    a = (a + 1 + np.int64(half * np.uint64(k[i] - 1) // slip)) % k[i]
            actions[i] = a
            course[t, i] = a
            total += place[a]
        y = 0
        for i in range(n):
            if counted:
                at = weight[0, 0, actions[i]] + total - place[actions[i]]
            else:
                at = 0
                for j in range(n):
                    at += weight[i, j, actions[j]]
            x = number[at]
            lived[i, x] += 1
            if i == 0 and Y > 1:
                half = mix(public_key + GOLDEN * np.uint64(t + 1)) >> np.uint64(32)
                while y < Y - 1 and half >= signal[x, y]:
                    y += 1
            state[i] = following[state[i], x * Y + y]
