"""Counting one course of any number of actors, by the same tables as the loops of `play`.

The loops of `play` count many courses of two actors, fast; this counts a single one, and knows
what was played before it. For two actors both give the same (a property test).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.play import BLOCKS, Horizon, Tally, block_width
from coopgames.readings.acts import towards_anybody
from coopgames.readings.lens import Lens
from coopgames.readings.passages import passages

Counts = NDArray[np.int64]


def count_course(
    seen: Lens,
    course: Counts,
    before: int | None = None,
    Z: NDArray[np.bool_] | None = None,
) -> Tally:
    """Count one course.

    Parameters
    ----------
    seen : Lens
        How the game's profiles are read.
    course : ndarray of int, shape (T,)
        The number of the profile of each period.
    before : int, optional
        The profile of the period before; None if the course is the beginning.
    Z : ndarray of bool, shape (T,), optional
        Which periods are coordinated; those that the lens says by default.

    Returns
    -------
    Tally
        Of one row. `first_aggravation` says against whom: shape (1, n, n).
    """
    n, P, T = seen.game.n, len(seen.holds), len(course)
    rule, held = seen.rule, seen.holds[course] if Z is None else Z
    done = seen.acts.along(course, before)
    forbears, concedes = towards_anybody(done.forbearance), towards_anybody(done.concession)
    window = min(rule.w, T)
    kinds, width = seen.kinds, block_width(Horizon(T))
    pace = np.zeros((n, BLOCKS), dtype=np.int64)
    block = np.minimum(np.arange(T) // width, BLOCKS - 1)
    for seat in range(n):
        np.add.at(pace[seat], block, kinds[seat, course])
    events = [*passages(held, rule.L, rule.m), -1, -1]
    one = np.array([1])
    return Tally(
        one - 1, one - 1, one, one * T,
        counts=np.bincount(course, minlength=P)[None],
        first=np.bincount(course[:window], minlength=P)[None],
        last=np.bincount(course[T - window :], minlength=P)[None],
        pace=pace[None],
        emerged=one * events[0],
        broke=one * events[1],
        first_attempt=first_of(forbears | concedes)[None],
        first_aggravation=first_of(done.aggravation)[None],
        first_loss=first_of(seen.loses[:, course])[None],
        forbearances=forbears.sum(axis=1)[None],
        concessions=concedes.sum(axis=1)[None],
    )  # fmt: skip


def first_of(happens: NDArray[np.bool_]) -> Counts:
    """Give the first period in which something happens, along the last axis; −1 if never."""
    return np.where(happens.any(axis=-1), happens.argmax(axis=-1), -1)
