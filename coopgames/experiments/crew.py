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

from coopgames.experiments.pairs import Conditions, Pair, play
from coopgames.strategies import Python

PIECE = 16
"""Compiled matches in one piece of work; Python matches come one by one."""

Play = Callable[[Conditions, Sequence[Pair]], Iterator[pl.DataFrame]]


@contextmanager
def crew(todo: Sequence[Pair], workers: int, executor: Executor | None = None) -> Iterator[Play]:
    """Hire who plays, and let them go at the end.

    Parameters
    ----------
    todo : sequence of Pair
        What is to be played; decides whether processes are needed.
    workers : int
        How many threads, and how many processes.
    executor : Executor, optional
        What plays everything instead.

    Yields
    ------
    callable
        ``(conditions, matches) -> iterator of frames``, as pieces of work are done.
    """
    slow = [pair for pair in todo if _python(pair)]
    with ExitStack() as stack:
        threads = executor or stack.enter_context(ThreadPoolExecutor(workers))
        processes = threads
        if executor is None and workers > 1 and _travels(slow):
            spawn = multiprocessing.get_context("spawn")
            processes = stack.enter_context(ProcessPoolExecutor(workers, mp_context=spawn))

        def play_all(given: Conditions, matches: Sequence[Pair]) -> Iterator[pl.DataFrame]:
            fast = [pair for pair in matches if not _python(pair)]
            yield from _played(threads, workers, given, fast, PIECE)
            yield from _played(processes, workers, given, slow, 1)

        yield play_all


def _python(pair: Pair) -> bool:
    return any(isinstance(e.strategy.rule, Python) for e in (pair.first, pair.second))


def _travels(pairs: Sequence[Pair]) -> bool:
    """Whether these can be sent to another process; what a notebook cell defines cannot."""
    try:
        pickle.dumps(pairs)
    except Exception:  # pickle raises whatever it likes
        return False
    return bool(pairs)


def _played(
    who: Executor, workers: int, given: Conditions, matches: Sequence[Pair], size: int
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
