"""The chance that a single mutant takes over a population.

Let T± be the chances that the number i of mutants rises or falls by one, and γ_i = T⁻/T⁺. Then
(S. Karlin & H. M. Taylor, A First Course in Stochastic Processes, 1975)

    ρ = 1 / (1 + Σ_{k=1}^{N−1} Π_{i=1}^k γ_i),

with γ = exp(−β (π_A − π_B)) in the Fermi and γ = f_B / f_A in the Moran process. The products may
be larger or smaller than any number that a computer has; so what is worked with is log ρ, of
which nothing is lost. A type that is no better and no worse has ρ = 1/N.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from coopgames.mistakes import Mistake
from coopgames.populations.process import (
    FERMI,
    Floats,
    Process,
    fit_for,
    population_size,
    square,
)


def fixation(payoffs: ArrayLike, N: int, process: Process = FERMI, *, log: bool = False) -> Floats:
    """Solve for the chance that one mutant takes over N − 1 residents, exactly.

    Parameters
    ----------
    payoffs : array_like, shape (..., 2, 2)
        What the mutant gets from a mutant and a resident, and the resident from the same. Many
        pairs may be solved at once.
    N : int
        The size of the population.
    process : Process
        How it changes.
    log : bool
        Whether the natural logarithm is wanted, for chances that are no numbers of a computer.

    Returns
    -------
    ndarray, shape (...)

    Raises
    ------
    Mistake
        If the payoffs are not of two types, or the process cannot have them.

    Examples
    --------
    >>> float(fixation([[3, 0], [5, 1]], 20, fermi(0.1)).round(8))
    0.00738363
    """
    from coopgames.populations.kernels import fixation as kernel

    table = np.asarray(payoffs, dtype=np.float64)
    if table.shape[-2:] != (2, 2):
        raise Mistake(f"payoffs of shape {table.shape}: a mutant and a resident are two types")
    fit_for(process, table)
    corners = np.ascontiguousarray(table.reshape(-1, 4).T)
    out = np.empty(corners.shape[1])
    kernel(*corners, population_size(N), process.kind == "fermi", process.strength, out)
    return np.asarray((out if log else np.exp(out)).reshape(table.shape[:-2]))


def fixations(matrix: ArrayLike, N: int, process: Process = FERMI, *, log: bool = False) -> Floats:
    """Solve for the chances that any one type takes over any other.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        The row's payoff against the column.
    N, process, log
        As for `fixation`.

    Returns
    -------
    ndarray, shape (n, n)
        Of one mutant of the row's type in a population of the column's; 1/N on the diagonal.
    """
    from coopgames.populations.kernels import fixations as kernel

    A = square(matrix)
    fit_for(process, A)
    out = np.empty_like(A)
    kernel(A, population_size(N), process.kind == "fermi", process.strength, out)
    return out if log else np.exp(out)


def fixation_along(
    mutant: ArrayLike, resident: ArrayLike, process: Process = FERMI, *, log: bool = False
) -> float:
    """Solve for the chance of a mutant whose payoffs are given for each number of mutants.

    So that more than two may play at a time.

    Parameters
    ----------
    mutant, resident : array_like, shape (N − 1,)
        Payoffs where there are 1, …, N − 1 mutants.
    process, log
        As for `fixation`.
    """
    f, g = np.asarray(mutant, dtype=np.float64), np.asarray(resident, dtype=np.float64)
    fit_for(process, (f, g))
    s = process.strength
    if process.kind == "fermi":
        steps = -s * (f - g)
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            steps = np.log(1 - s + s * g) - np.log(1 - s + s * f)
    if np.isnan(steps).any():
        raise Mistake("all have a fitness of 0 somewhere, so that nobody is copied")
    exponents = np.concatenate([[0.0], np.cumsum(steps)])
    top = exponents.max()
    value = -np.inf if top == np.inf else -(top + np.log(np.exp(exponents - top).sum()))
    return float(value if log else np.exp(value))


def constant_fixation(fitness: float, N: int) -> float:
    """Give the chance of a mutant whose fitness is so many times the residents', whatever happens.

    It is (1 − 1/r) / (1 − r⁻ᴺ), in the Moran process.

    Examples
    --------
    >>> round(constant_fixation(1.1, 50), 7)
    0.0916902
    """
    if not fitness > 0:
        raise Mistake(f"a relative fitness of {fitness:g}: it must be positive")
    if fitness == 1:
        return 1 / N
    rate = -np.log(fitness)
    return float(np.expm1(rate) / np.expm1(N * rate))
