"""Populations that change by chance, step by step.

For populations that are too large to be solved, or to see a single course. What is drawn in a step
depends on the seed, the run and the step alone. Where all are of one type the next mutation is
drawn at once: rare mutations cost no time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake
from coopgames.play import run_keys
from coopgames.populations.process import FERMI, Floats, Process, fit_for, square


@dataclass(frozen=True, eq=False)
class Walk:
    """Courses of a population.

    Parameters
    ----------
    steps : ndarray of int, shape (M,)
        After how many steps the compositions were noted.
    counts : ndarray of int, shape (R, M, n)
        How many were of each type then, in each run.
    spent : ndarray, shape (R, n)
        The mean share of each type over all steps, in each run.
    """

    steps: NDArray[np.int64]
    counts: NDArray[np.int64]
    spent: Floats

    @property
    def shares(self) -> Floats:
        """The mean share of each type over all steps and runs."""
        return np.asarray(self.spent.mean(axis=0))

    @property
    def standard_errors(self) -> Floats | None:
        """Of the shares, from the differences between runs; None with one run."""
        runs = len(self.spent)
        return np.asarray(self.spent.std(axis=0, ddof=1) / np.sqrt(runs)) if runs > 1 else None


def sample_population(
    matrix: ArrayLike,
    start: ArrayLike,
    *,
    steps: int,
    mutation: float = 0.0,
    process: Process = FERMI,
    runs: int = 1,
    marks: int = 200,
    seed: int = 1,
) -> Walk:
    """Let populations change by chance.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        The row's payoff against the column.
    start : array_like of int, shape (n,)
        How many are of each type at the beginning.
    steps : int
        How many steps each run takes; N of them are a generation.
    mutation : float
        The chance μ that a newcomer is of another type.
    process : Process
        How it changes.
    runs : int
        How many runs.
    marks : int
        How many times, evenly spread and the beginning included, the composition is noted.
    seed : int
        Where luck starts.

    Raises
    ------
    Mistake
        If the start is no population of these types, or something else makes no sense.
    """
    from coopgames.populations.kernels import walk

    A, counts = square(matrix), np.asarray(start, dtype=np.int64)
    if counts.shape != (len(A),) or counts.min() < 0 or counts.sum() < 2:
        raise Mistake(
            f"a start of {counts.tolist()}: of each of {len(A)} types none or more, and two in all"
        )
    if not 0 <= mutation <= 1:
        raise Mistake(f"a mutation of {mutation:g}: it must be a probability")
    for what, number in (("steps", steps), ("runs", runs), ("marks", marks)):
        if number < 1:
            raise Mistake(f"{number} {what}: there must be one at least")
    fit_for(process, A)
    noted = np.unique(np.linspace(0, steps, marks).astype(np.int64))
    seen = np.empty((runs, len(noted), len(A)), dtype=np.int64)
    spent = np.zeros((runs, len(A)))
    for run, key in enumerate(run_keys(seed, runs)):
        walk(
            key, A, counts.copy(), process.kind == "fermi", process.strength, mutation, steps,
            noted, seen[run], spent[run],
        )  # fmt: skip
    return Walk(noted, seen, spent / (steps * counts.sum()))
