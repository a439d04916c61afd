"""What is counted while a match is played, and with which tables."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgames.play.match import Horizon

Counts = NDArray[np.int64]

BLOCKS = 40
"""Blocks of periods in which the course over time is kept."""


@dataclass(frozen=True, eq=False)
class Counting:
    """Tables over profiles that say what to count; P profiles, numbered in C order.

    Parameters
    ----------
    acts : ndarray of uint8, shape (P + 1, P)
        ``acts[previous, profile]``: bits 1, 2, 4 for a forbearance, concession, aggravation of
        seat 0, bits 8, 16, 32 for those of seat 1; row P for the first period.
    loses : ndarray of uint8, shape (2, P)
        Whether the seat gets less than before.
    holds : ndarray of uint8, shape (P,)
        Whether play is coordinated.
    kinds : ndarray of uint8, shape (2, P)
        Whether the seat's action accommodates.
    L, m : int
        Coordination emerges where it holds and goes on to hold in m of L periods.
    w : int
        Length of the first and last window.
    """

    acts: NDArray[np.uint8]
    loses: NDArray[np.uint8]
    holds: NDArray[np.uint8]
    kinds: NDArray[np.uint8]
    L: int
    m: int
    w: int


@dataclass(frozen=True, eq=False)
class Tally:
    """What was counted, a row for each course.

    Parameters
    ----------
    match : ndarray, shape (R,)
        Which of the matches that were asked for the row belongs to.
    repetition : ndarray, shape (R,)
        Which repetition it is.
    times : ndarray, shape (R,)
        For how many repetitions the row stands, this one and those that follow.
    periods : ndarray, shape (R,)
        Length of the course.
    counts, first, last : ndarray, shape (R, P)
        Number of periods each profile was played: in all, in the first and the last window.
    pace : ndarray, shape (R, 2, B)
        Each seat's accommodating actions in blocks of `block_width` periods, the last open-ended.
    emerged, broke : ndarray, shape (R,)
        Periods before coordination emerged, and before it broke down; −1 if never.
    first_attempt, first_aggravation, first_loss : ndarray, shape (R, 2)
        First period of each seat's attempts at adjustment, aggravations, and payoffs below before;
        −1 if none.
    forbearances, concessions : ndarray, shape (R, 2)
        Number of each seat's acts.
    """

    match: Counts
    repetition: Counts
    times: Counts
    periods: Counts
    counts: Counts
    first: Counts
    last: Counts
    pace: Counts
    emerged: Counts
    broke: Counts
    first_attempt: Counts
    first_aggravation: Counts
    first_loss: Counts
    forbearances: Counts
    concessions: Counts


def block_width(horizon: Horizon) -> int:
    """Length of the blocks in which the course over time is kept, so that `BLOCKS` cover it.

    Where the length is left to chance, they cover four times its mean.
    """
    if horizon.periods is not None:
        return math.ceil(horizon.periods / BLOCKS)
    assert horizon.continuation is not None  # play without end is not sampled
    return math.ceil(4 / (1 - horizon.continuation) / BLOCKS)


@dataclass(frozen=True, eq=False)
class Sheet:
    """What the kernels read and write while counting: tables, and a row for each course."""

    tables: tuple[Any, ...]
    columns: tuple[Counts, Counts, Counts, Counts, Counts]

    @classmethod
    def blank(cls, rows: int, counting: Counting, width: int) -> Sheet:
        """Make a sheet for so many courses, with blocks of so many periods."""
        from coopgames.play.kernels import EVENTS

        c, P = counting, len(counting.holds)
        counts, first, last, events = (
            np.zeros((rows, n), dtype=np.int64) for n in (P, P, P, EVENTS)
        )
        pace = np.zeros((rows, 2, BLOCKS), dtype=np.int64)
        tables = (c.acts, c.loses, c.holds, c.L, c.m, c.w, c.kinds, width)
        return cls(tables, (counts, first, last, events, pace))

    def tally(self, match: Counts, repetition: Counts, times: Counts, periods: Counts) -> Tally:
        """Give the columns their names."""
        from coopgames.play import kernels as k

        counts, first, last, events, pace = self.columns

        def seats(column: int) -> Counts:
            return events[:, column : column + 2]

        return Tally(
            match, repetition, times, periods, counts, first, last, pace,
            emerged=events[:, k.EMERGED], broke=events[:, k.BROKE],
            first_attempt=seats(k.FIRST_ATTEMPT),
            first_aggravation=seats(k.FIRST_AGGRAVATION), first_loss=seats(k.FIRST_LOSS),
            forbearances=seats(k.FORBEARANCES), concessions=seats(k.CONCESSIONS),
        )  # fmt: skip
