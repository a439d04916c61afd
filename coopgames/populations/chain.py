"""The long run of a population at any rate of mutation, exactly.

A population of N individuals of n types can be put together in C(N + n − 1, n − 1) ways. With
mutations each of these compositions can be reached from each, so that there is one stationary
distribution, which does not depend on the beginning. In lexicographic order a step leads to
compositions near by; so the chain is a band, and the elimination of Grassmann, Taksar & Heyman
(1985), which loses no digits however rare mutations are, never leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import ArrayLike

from coopgames.mistakes import Mistake
from coopgames.populations.groups import GroupGame, Ints, compositions
from coopgames.populations.process import (
    FERMI,
    Floats,
    Process,
    fit_for,
    population_size,
    square,
)

CELLS = 60_000_000
"""So many numbers the band may hold, half a gigabyte."""

WORK = 2e10
"""So many multiplications it may take, some twenty seconds."""


@dataclass(frozen=True, eq=False)
class LongRun:
    """The long run of a population.

    Parameters
    ----------
    N : int
        The size of the population.
    mutation : float
        The chance that a newcomer is of another type.
    process : Process
        How it changes.
    states : ndarray of int, shape (S, n)
        All compositions.
    weights : ndarray, shape (S,)
        The share of time spent in each.
    """

    N: int
    mutation: float
    process: Process
    states: Ints
    weights: Floats

    @property
    def shares(self) -> Floats:
        """The share of individuals of each type, over time."""
        return np.asarray(self.weights @ self.states / self.N)


def long_run(
    payoffs: ArrayLike | GroupGame, N: int, mutation: float, process: Process = FERMI
) -> LongRun:
    """Solve for the long run of a population with mutations.

    Parameters
    ----------
    payoffs : array_like, shape (n, n), or GroupGame
        The row's payoff against the column, or what groups play.
    N : int
        The size of the population.
    mutation : float
        The chance μ in (0, 1] that a newcomer is of another type.
    process : Process
        How it changes.

    Raises
    ------
    Mistake
        If there are too many compositions, or some are never left.

    Examples
    --------
    >>> long_run([[3, 0], [5, 1]], 20, 0.05, fermi(0.1)).shares.round(3)
    array([0.077, 0.923])
    """
    from coopgames.populations.kernels import compositions as kernel

    mutates(mutation)
    game = payoffs if isinstance(payoffs, GroupGame) else square(payoffs)
    n = game.types if isinstance(game, GroupGame) else len(game)
    if too_many := why_not(population_size(N), n):
        raise Mistake(too_many)
    states = compositions(N, n)
    pay = np.nan_to_num(_payoffs(game, states))
    fit_for(process, pay[states > 0])
    first = _first(states)
    W = int((np.arange(len(states)) - first).max())
    band, weights = np.zeros((len(states), 2 * W + 1)), np.empty(len(states))
    stuck = kernel(
        states, np.ascontiguousarray(pay), _before(N, n), first, process.kind == "fermi",
        process.strength, mutation, band, weights,
    )  # fmt: skip
    if stuck >= 0:
        raise Mistake("some compositions are never left or never reached; weaken selection")
    return LongRun(N, mutation, process, states, weights)


def mutates(mutation: float) -> None:
    """See that there is mutation.

    Raises
    ------
    Mistake
        If it is no probability, or none at all.
    """
    if not 0 < mutation <= 1:
        raise Mistake(
            f"a mutation of {mutation:g}: it must be a probability above 0; without mutations a "
            "population ends with one type for good, and which is for the fixation to say"
        )


def why_not(N: int, n: int) -> str | None:
    """Say why the chain of so many individuals and types is too large; None if it is not."""
    S, wide = comb(N + n - 1, n - 1), comb(N + n - 2, n - 2)
    if S * (2 * wide + 1) <= CELLS and S * wide**2 <= WORK:
        return None
    return (
        f"{N} individuals of {n} types can be put together in {S:,} ways, too many for the long "
        "run to be solved; it can be sampled, or solved for rare mutations"
    )


def _payoffs(game: Floats | GroupGame, states: Ints) -> Floats:
    """Give each type's payoff in each composition."""
    if isinstance(game, GroupGame):
        return game.within(states)
    N = states[0].sum()
    return np.asarray((states @ game.T - np.diag(game)) / (N - 1))


def _first(states: Ints) -> Ints:
    """Give, for each composition, the first that it or any later one leads to."""
    N, n = int(states[0].sum()), states.shape[1]
    # The first is where the first type that is there loses one to the last type; if only the last
    # is there, where it loses one to the last but one.
    after = states.copy()
    rows = np.arange(len(states))
    which = np.minimum((states > 0).argmax(axis=1), n - 1)
    only = which == n - 1
    after[rows, which] -= 1
    after[rows, np.where(only, n - 2, n - 1)] += 1
    lowest = np.minimum(_ranks(after, N), rows)
    return np.ascontiguousarray(np.minimum.accumulate(lowest[::-1])[::-1])


def _ranks(states: Ints, N: int) -> Ints:
    """Give the number of compositions in lexicographic order."""
    n = states.shape[1]
    before, left = _before(N, n), np.full(len(states), N)
    rank = np.zeros(len(states), dtype=np.int64)
    for k in range(n - 1):
        rank += before[n - 1 - k, left + 1] - before[n - 1 - k, left + 1 - states[:, k]]
        left = left - states[:, k]
    return rank


def _before(N: int, n: int) -> Ints:
    """Count the compositions of less than m individuals into k types, at [k, m]."""
    rows = [[comb(m + k - 1, k) if m else 0 for m in range(N + 2)] for k in range(n + 1)]
    return np.array(rows, dtype=np.int64)
