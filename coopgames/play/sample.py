"""Play a match and count what happened."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play.chance import lanes, lengths, stream_keys
from coopgames.play.flatten import as_memory, flatten, threshold
from coopgames.play.match import Horizon, Match
from coopgames.strategies import Automaton, Compiled, Python

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
    periods : ndarray, shape (R,)
        Length of each course.
    times : ndarray, shape (R,)
        For how many repetitions the row stands.
    pace : ndarray, shape (R, 2, B)
        Each seat's accommodating actions in blocks of `block_width` periods, the last open-ended.
    counts, first, last : ndarray, shape (R, P)
        Number of periods each profile was played: in all, in the first and the last window.
    emerged, broke : ndarray, shape (R,)
        Periods before coordination emerged, and before it broke down; −1 if never.
    first_attempt, first_aggravation, first_loss : ndarray, shape (R, 2)
        First period of each seat's attempts at adjustment, aggravations, and payoffs below before;
        −1 if none.
    forbearances, concessions : ndarray, shape (R, 2)
        Number of each seat's acts.
    """

    periods: Counts
    times: Counts
    pace: Counts
    counts: Counts
    first: Counts
    last: Counts
    emerged: Counts
    broke: Counts
    first_attempt: Counts
    first_aggravation: Counts
    first_loss: Counts
    forbearances: Counts
    concessions: Counts


def deterministic(match: Match) -> bool:
    """Whether every repetition of a match is the same course."""
    return (
        match.noise == 0
        and match.horizon.periods is not None
        and not any(s.stochastic for s in match.strategies)
    )


def sample(match: Match, counting: Counting, *, seed: int, repetitions: range) -> Tally:
    """Play repetitions of a match and count what happened in each.

    A match in which nothing is left to chance is played once and stands for all repetitions.

    Parameters
    ----------
    match : Match
        What is played; the horizon may not be infinite.
    counting : Counting
        What is counted.
    seed : int
        The experiment's seed.
    repetitions : range
        Which repetitions.

    Raises
    ------
    Mistake
        If the horizon is infinite, or a strategy returns something that is no action.
    """
    played = repetitions[:1] if deterministic(match) else repetitions
    tally, _ = _play(match, counting, seed, played)
    if len(played) < len(repetitions):
        tally.times[:] = len(repetitions)
    return tally


def course(match: Match, *, seed: int, repetition: int = 0) -> NDArray[np.uint16]:
    """Play one repetition of a match and return its course.

    Returns
    -------
    ndarray of uint16, shape (periods,)
        The profile of each period, numbered in the C order of the game's payoff table.
    """
    P = int(np.prod(match.game.shape))
    none = np.zeros((2, P), np.uint8)
    nothing = Counting(np.zeros((P + 1, P), np.uint8), none, none[0], none, L=1, m=1, w=1)
    return _play(match, nothing, seed, range(repetition, repetition + 1))[1]


def block_width(horizon: Horizon) -> int:
    """Length of the blocks in which the course over time is kept, so that `BLOCKS` cover it.

    Where the length is left to chance, they cover four times its mean.
    """
    if horizon.periods is not None:
        return math.ceil(horizon.periods / BLOCKS)
    assert horizon.continuation is not None  # play without end is not sampled
    return math.ceil(4 / (1 - horizon.continuation) / BLOCKS)


def count(played: NDArray[np.integer[Any]], counting: Counting) -> Tally:
    """Count one course.

    Parameters
    ----------
    played : ndarray of int, shape (periods,)
        The profile of each period, numbered in the C order of the game's payoff table.
    counting : Counting
        What to count.
    """
    from coopgames.play import kernels

    sheet = _Sheet.blank(1, counting, block_width(Horizon(len(played))))
    kernels.tally(
        np.ascontiguousarray(played, dtype=np.uint16), len(played), *sheet.tables,
        *(a[0] for a in sheet.columns),
    )  # fmt: skip
    return sheet.tally(np.array([len(played)]))


def _play(
    match: Match, counting: Counting, seed: int, repetitions: range
) -> tuple[Tally, NDArray[np.uint16]]:
    """Play and count repetitions; also return the last one's course."""
    keys = stream_keys(seed, match.seat_labels, repetitions)
    horizon = match.horizon
    if horizon.infinite:
        raise Mistake("play without end cannot be sampled, only solved; give a number of periods")
    if horizon.continuation is not None:
        periods = lengths(keys, horizon.continuation)
    else:
        periods = np.full(len(keys), horizon.periods, dtype=np.int64)
    sheet = _Sheet.blank(len(keys), counting, block_width(horizon))
    if any(isinstance(s.rule, Python) for s in match.strategies):
        return _play_python(match, keys, periods, sheet)
    course = np.empty(int(periods.max(initial=0)), dtype=np.uint16)
    kernel, arguments = _bind(match)
    if not kernel(keys, periods, *arguments, course, *sheet.tables, *sheet.columns):
        names = " or ".join(s.name for s in match.strategies)
        raise Mistake(f"{names} returned something that is no action of {match.game.name}")
    return sheet.tally(periods), course[: int(periods[-1])]


def _play_python(
    match: Match, keys: NDArray[np.uint64], periods: Counts, sheet: _Sheet
) -> tuple[Tally, NDArray[np.uint16]]:
    """Play in an ordinary loop, and count as always."""
    from coopgames.play.kernels import tally
    from coopgames.play.python import python_course

    course, profile = np.empty(0, dtype=np.uint16), _profiles(match)
    for r, key in enumerate(keys):
        course = python_course(match, key, int(periods[r]), profile)
        tally(course, len(course), *sheet.tables, *(column[r] for column in sheet.columns))
    return sheet.tally(periods), course


def _profiles(match: Match) -> NDArray[np.uint16]:
    """Number of the game's profile for each pair of actions in role order."""
    numbers = np.arange(np.prod(match.game.shape), dtype=np.uint16).reshape(match.game.shape)
    return np.ascontiguousarray(numbers[np.ix_(*match.roles)])


def _bind(match: Match) -> tuple[Any, tuple[Any, ...]]:
    """Choose the kernel that plays a match, and what it needs besides keys and lengths."""
    from coopgames.play import kernels

    order = np.array(lanes(match.seat_labels), dtype=np.int64)
    slip = threshold(match.noise)[()]
    profile = _profiles(match)
    a, b = (s.rule for s in match.strategies)
    if isinstance(a, Automaton) and isinstance(b, Automaton):
        x, y = flatten(a), flatten(b)
        tables = (x.start, x.threshold, x.next, y.start, y.threshold, y.next)
        return kernels.sample_automata, (order, *tables, slip, profile)
    # As each seat's strategy sees them: own payoffs first, actions in role order.
    payoffs = match.game.payoffs[np.ix_(range(2), *match.roles)]
    mirrored = np.ascontiguousarray(payoffs[::-1].transpose(0, 2, 1))
    horizon = match.horizon.periods if match.horizon.known else None
    return kernels.sample_compiled, (
        -1 if horizon is None else horizon, order, *_function(a), *_function(b),
        np.ascontiguousarray(payoffs), mirrored, slip, profile,
    )  # fmt: skip


def _function(rule: Automaton | Compiled) -> tuple[Any, NDArray[np.float64]]:
    """Give a rule's compiled function and its first memory."""
    from coopgames.play import kernels

    if isinstance(rule, Automaton):
        return kernels.follow, as_memory(rule)
    # An empty array has no address to pass on, hence at least one cell.
    return kernels.compiled_strategy(rule.function), np.array(
        rule.memory or (0.0,), dtype=np.float64
    )


@dataclass(frozen=True, eq=False)
class _Sheet:
    """What the kernels read and write while counting."""

    tables: tuple[Any, ...]
    columns: tuple[Counts, Counts, Counts, Counts, Counts]

    @classmethod
    def blank(cls, rows: int, counting: Counting, width: int) -> _Sheet:
        from coopgames.play import kernels

        c, P = counting, len(counting.holds)
        widths = (P, P, P, kernels.EVENTS)
        counts, first, last, events = (np.zeros((rows, n), dtype=np.int64) for n in widths)
        pace = np.zeros((rows, 2, BLOCKS), dtype=np.int64)
        tables = (c.acts, c.loses, c.holds, c.L, c.m, c.w, c.kinds, width)
        return cls(tables, (counts, first, last, events, pace))

    def tally(self, periods: Counts) -> Tally:
        from coopgames.play import kernels

        counts, first, last, events, pace = self.columns

        def seats(column: int) -> Counts:
            return events[:, column : column + 2]

        return Tally(
            periods=periods, times=np.ones(len(periods), dtype=np.int64), pace=pace,
            counts=counts, first=first, last=last,
            emerged=events[:, kernels.EMERGED], broke=events[:, kernels.BROKE],
            first_attempt=seats(kernels.FIRST_ATTEMPT),
            first_aggravation=seats(kernels.FIRST_AGGRAVATION),
            first_loss=seats(kernels.FIRST_LOSS),
            forbearances=seats(kernels.FORBEARANCES), concessions=seats(kernels.CONCESSIONS),
        )  # fmt: skip
