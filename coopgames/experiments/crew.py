"""Who plays: threads for what is compiled, processes for Python strategies.

Compiled loops let go of Python's lock, so threads play at the same time and start at once. Python
strategies need processes; these are spawned, never forked, since the table library's threads do
not survive a fork. Which of them plays what changes no result.
"""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import ExitStack, contextmanager
from itertools import islice

import polars as pl

from coopgames.experiments.pairs import Pair, Plan, play
from coopgames.play import prepare
from coopgames.strategies import Python

COURSES, PYTHON = 10_000, 20
"""Courses in one piece of work, about: compiled ones, and those with a Python strategy."""

Play = Callable[[], Iterator[pl.DataFrame]]


@contextmanager
def crew(
    given: Plan, todo: Sequence[Pair], workers: int, executor: Executor | None = None
) -> Iterator[Play]:
    """Hire who plays, and let them go at the end.

    Parameters
    ----------
    given : Plan
        What the matches have in common.
    todo : sequence of Pair
        What is to be played.
    workers : int
        How many threads, and how many processes where a strategy is Python.
    executor : Executor, optional
        What plays everything instead.

    Yields
    ------
    callable
        That gives the rows as pieces of work are done.
    """
    python = {i for i, s in enumerate(given.field.strategies) if isinstance(s.rule, Python)}
    slow = [pair for pair in todo if {pair.first, pair.second} & python]
    fast = [pair for pair in todo if not {pair.first, pair.second} & python]
    with ExitStack() as stack:
        if fast and executor is None:
            prepare(given.field.strategies)
        threads = executor or stack.enter_context(ThreadPoolExecutor(workers))
        processes = threads
        if executor is None and workers > 1 and slow and _travels(given):
            spawn = multiprocessing.get_context("spawn")
            processes = stack.enter_context(ProcessPoolExecutor(workers, mp_context=spawn))

        def play_all() -> Iterator[pl.DataFrame]:
            for who, matches, courses in ((threads, fast, COURSES), (processes, slow, PYTHON)):
                piece = max(1, courses // given.repetitions)
                yield from _played(who, workers, given, matches, piece)

        yield play_all


def _travels(given: Plan) -> bool:
    """Whether this can be sent to another process; what a notebook cell defines cannot."""
    try:
        pickle.dumps(given)
    except Exception:  # pickle raises whatever it likes
        return False
    return True


def _played(
    who: Executor, workers: int, given: Plan, matches: Sequence[Pair], size: int
) -> Iterator[pl.DataFrame]:
    """Play matches in pieces, as many at a time as there are workers, and some in waiting."""
    pieces = iter([matches[i : i + size] for i in range(0, len(matches), size)])
    pending: set[Future[pl.DataFrame]] = set()
    try:
        while True:
            pending |= {
                who.submit(play, given, piece)
                for piece in islice(pieces, 4 * workers - len(pending))
            }
            if not pending:
                return
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        for future in pending:
            future.cancel()
