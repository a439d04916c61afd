"""Levels of what can be varied by degrees: a tariff, a devaluation, a catch.

A game has finitely many actions, so what can be varied by degrees is put on a grid. A grid that
misses a scenario's analytic points can change what the game encodes (theory.md 1.1.4), so they are
always on it.
"""

from __future__ import annotations

import numpy as np

from coopgames.games.levels import Floats

NEAR = 1e-9
"""Levels that are no further apart than this share of the range are one."""


def grid(low: float, high: float, levels: int, *points: float) -> Floats:
    """Make evenly spaced levels from `low` to `high` and put certain points between them.

    Parameters
    ----------
    low, high : float
        The ends.
    levels : int
        How many evenly spaced levels, ends included; at least 2.
    *points : float
        What must be on the grid; a point at or beyond an end is that end.

    Returns
    -------
    ndarray
        Rising, each level once. Where a point all but coincides with a level, the point stands.
    """
    near = NEAR * (high - low)
    inside = [x for x in sorted(points) if low + near < x < high - near]
    spaced = [x for x in np.linspace(low, high, levels) if all(abs(x - y) > near for y in inside)]
    rising = np.sort([*inside, *spaced])
    return np.asarray(rising[np.diff(rising, prepend=-np.inf) > near])


def named(levels: Floats) -> tuple[str, ...]:
    """Write levels with three digits, or with as many as it takes to tell them apart."""
    digits = 3
    while True:
        names = tuple(
            np.format_float_positional(x, precision=digits, fractional=False, trim="-")
            for x in levels
        )
        if len(set(names)) == len(names):
            return names
        digits += 1
