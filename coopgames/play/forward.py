"""What very many pairs of automata come to on average, exactly, by going through their periods.

How likely each joint state is in a period follows from the period before; what is played in it is
added up. Without an end that is sure, period t counts w^t, and one stops where what is left is less
than the last digit. A long run is none of this: see `coopgames.play.chain`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake
from coopgames.play.chain import implemented
from coopgames.play.match import Horizon, Noise, both
from coopgames.play.sweep import _pairs, _share, _two_actions
from coopgames.strategies import Automaton

Floats = NDArray[np.float64]

LEFT = 1e-17
"""What may be left out of the expected length, as a share of it."""


def steps(horizon: Horizon) -> int:
    """Say how many periods have to be gone through.

    Raises
    ------
    Mistake
        If play never ends.
    """
    if horizon.periods is not None:
        return horizon.periods
    if horizon.continuation is None:
        raise Mistake("play without end cannot be gone through period by period")
    w = horizon.continuation
    return 1 if w == 0 else math.ceil(math.log(LEFT) / math.log(w))


def expected_counts(
    field: Sequence[Automaton],
    pairs: ArrayLike,
    horizon: Horizon,
    *,
    noise: Noise = 0.0,
    workers: int | None = None,
) -> Floats:
    """Solve how often pairs of automata are expected to play each profile in a game.

    Parameters
    ----------
    field : sequence of Automaton
        Who is there; two actions each.
    pairs : array_like of int, shape (N, 2)
        Who sits in seat 0 and in seat 1: places in the field.
    horizon : Horizon
        A number of periods, or a continuation probability.
    noise : float or tuple of float
        Implementation noise, as of a `Match`.
    workers : int, optional
        Threads; as many as there are processors by default.

    Returns
    -------
    ndarray, shape (N, 4)
        Expected number of CC, CD, DC and DD, in roles, seat 0's action first.

    Raises
    ------
    Mistake
        If play never ends, or an automaton has not two actions.
    """
    from coopgames.play.forward_kernels import expected_counts as kernel

    periods = steps(horizon)
    weight = 1.0 if horizon.continuation is None else float(horizon.continuation)
    _two_actions(field)
    seats = _pairs(pairs, len(field))
    sizes = np.array([len(a.mix) for a in field], dtype=np.int64)
    base = np.cumsum(sizes) - sizes
    initial = np.array([a.initial for a in field], dtype=np.int64)
    kind = [
        np.concatenate([implemented(a.mix, e)[:, 0] for a in field] or [np.empty(0)])
        for e in both(noise)
    ]
    leads = np.concatenate([a.next.reshape(-1, 4) for a in field] or [np.empty((0, 4), np.int64)])
    room = int(sizes[seats].prod(axis=1).max(initial=1))
    out = np.empty((len(seats), 4))

    def work(begin: int, end: int) -> None:
        now, then = np.zeros(room), np.zeros(room)
        given: Any = (seats, base, sizes, initial, *kind, leads, periods, weight)
        kernel(begin, end, *given, now, then, out)

    _share(work, len(seats), workers)
    return out
