"""Strategies that spread in a population without end.

With shares x and payoffs π_i(x) = Σ_j A_ij x_j, x·π being their mean:

- *Ecology*, in discrete time: x_i' = x_i π_i / (x·π). What scores twice the mean doubles its share.
  This is R. Axelrod's ecological tournament ("More effective choice in the prisoner's dilemma",
  Journal of Conflict Resolution 24 (1980): 379-403), in which nothing new comes and nobody
  changes: the offspring of each are as many as it has scored.
- *Replicator dynamics*, in continuous time: ẋ_i = x_i (π_i − x·π) (P. D. Taylor & L. B. Jonker,
  "Evolutionary stable strategies and game dynamics", Mathematical Biosciences 40 (1978): 145-156).
  They are solved for log x_i, whose derivative is π_i − x·π up to what is the same for all: so
  that shares stay positive however small they become.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coopgames.mistakes import Mistake
from coopgames.populations.groups import GroupGame
from coopgames.populations.process import Floats, square

LOSS = 1e-12
"""Shares may fail to add up to 1 by so much."""


@dataclass(frozen=True, eq=False)
class Trajectory:
    """How shares change.

    Parameters
    ----------
    times : ndarray, shape (T,)
        Generations, or times.
    shares : ndarray, shape (T, n)
        The share of each type then.
    """

    times: Floats
    shares: Floats

    @property
    def end(self) -> Floats:
        """The shares at the end."""
        return np.asarray(self.shares[-1])

    @property
    def leaders(self) -> list[tuple[float, int]]:
        """Who is the most common from when on: pairs of a time and a type."""
        first = self.shares.argmax(axis=1)
        turns = np.flatnonzero(np.diff(first, prepend=-1))
        return [(float(self.times[t]), int(first[t])) for t in turns]


def shares_of(start: ArrayLike | None, n: int) -> Floats:
    """Read the shares to start from; all alike without any.

    Raises
    ------
    Mistake
        If they are no shares of n types.
    """
    if start is None:
        return np.full(n, 1 / n)
    x = np.asarray(start, dtype=np.float64)
    if x.shape != (n,):
        raise Mistake(f"{x.size} shares to start from; there are {n} types")
    if not (x >= 0).all() or not np.isfinite(x).all() or abs(x.sum() - 1) > 1e-9:
        raise Mistake(f"the shares to start from add up to {x.sum():g}, or are negative; not to 1")
    return np.asarray(x / x.sum())


def ecology(matrix: ArrayLike, generations: int, start: ArrayLike | None = None) -> Trajectory:
    """Follow Axelrod's ecological tournament.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        The row's payoff against the column; none negative.
    generations : int
        How many.
    start : array_like, shape (n,), optional
        Shares to start from; all alike by default.

    Returns
    -------
    Trajectory
        With the beginning as generation 0.

    Raises
    ------
    Mistake
        If a payoff is negative, since nobody has fewer than no offspring.

    Examples
    --------
    >>> ecology([[3, 0], [5, 1]], 2).shares.round(3)
    array([[0.5  , 0.5  ],
           [0.333, 0.667],
           [0.188, 0.812]])
    """
    A = square(matrix, least=1)
    if A.min() < 0:
        raise Mistake(
            f"a payoff of {A.min():g}: what is a number of offspring cannot be negative; the "
            "replicator dynamics in continuous time take any payoffs"
        )
    if generations < 0:
        raise Mistake(f"{generations} generations: there cannot be less than none")
    shares = np.empty((generations + 1, len(A)))
    x = shares[0] = shares_of(start, len(A))
    for g in range(generations):
        grown = x * (A @ x)
        total = grown.sum()
        if total == 0:
            raise Mistake(f"nobody scores anything in generation {g}, so that nobody has offspring")
        x = shares[g + 1] = grown / total
    return Trajectory(np.arange(generations + 1.0), shares)


def replicator(
    payoffs: ArrayLike | GroupGame | Callable[[Floats], Floats],
    until: float,
    start: ArrayLike,
    *,
    points: int = 201,
    accuracy: float = 1e-10,
) -> Trajectory:
    """Solve the replicator dynamics in continuous time.

    Parameters
    ----------
    payoffs : array_like, shape (n, n), or GroupGame, or callable
        The row's payoff against the column, or what groups play, or a function that gives each
        type's payoff from the shares.
    until : float
        How long; in a unit of time a type that gets one more than another grows e-fold relative
        to it.
    start : array_like, shape (n,)
        Shares to start from.
    points : int
        At how many times, evenly spread, the shares are given.
    accuracy : float
        Relative and absolute error that each step may have.
    """
    from scipy.integrate import solve_ivp

    x0 = shares_of(start, np.size(start))
    pay = _payoffs(payoffs, len(x0))
    if not until > 0:
        raise Mistake(f"until {until:g}: time must pass")
    there = np.flatnonzero(x0)

    def shares(logs: Floats) -> Floats:
        x = np.zeros(len(x0))
        x[there] = np.exp(logs - logs.max())
        return np.asarray(x / x.sum())

    def change(_: float, logs: Floats) -> Floats:
        x = shares(logs)
        pi = pay(x)
        return np.asarray((pi - x @ pi)[there])

    times = np.linspace(0, until, points)
    solved = solve_ivp(
        change, (0, until), np.log(x0[there]), "DOP853", times, rtol=accuracy, atol=accuracy
    )
    if not solved.success:
        raise Mistake(f"the replicator dynamics could not be solved: {solved.message}")
    return Trajectory(times, np.array([shares(logs) for logs in solved.y.T]))


def _payoffs(
    payoffs: ArrayLike | GroupGame | Callable[[Floats], Floats], n: int
) -> Callable[[Floats], Floats]:
    """Give the function from shares to payoffs."""
    if isinstance(payoffs, GroupGame):
        return payoffs.among
    if callable(payoffs):
        return payoffs
    A = square(payoffs, least=1)
    if len(A) != n:
        raise Mistake(f"{n} shares to start from; there are {len(A)} types")
    return lambda x: np.asarray(A @ x)
