"""The long run where mutations are rare.

Then a mutant has died out or taken over before the next one comes, so that the population is
nearly always of one type, and moves from one to another: from j to i with a chance proportional to
ρ_ij, the fixation of one i among the j. The share of time that it spends with each type is the
stationary distribution of that chain (D. Fudenberg & L. A. Imhof, "Imitation processes with small
mutations", Journal of Economic Theory 131 (2006): 251-262). It is found by elimination without
subtractions, in logarithms: the stronger selection, the more of the ρ are smaller than any number
that a computer has, and yet their ratios decide.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coopgames.mistakes import Mistake
from coopgames.populations.fixation import fixation_along, fixations
from coopgames.populations.groups import GroupGame
from coopgames.populations.process import FERMI, Floats, Process, population_size


@dataclass(frozen=True, eq=False)
class RareMutations:
    """The long run of a population in which mutations are rare.

    Parameters
    ----------
    N : int
        The size of the population.
    process : Process
        How it changes.
    log_fixation : ndarray, shape (n, n)
        Logarithm of the chance that one mutant of the row's type takes over the column's.
    shares : ndarray, shape (n,)
        The share of time that the population is of each type.
    """

    N: int
    process: Process
    log_fixation: Floats
    shares: Floats

    @property
    def fixation(self) -> Floats:
        """The chance that one mutant of the row's type takes over the column's."""
        return np.asarray(np.exp(self.log_fixation))

    @property
    def advantage(self) -> Floats:
        """The same over 1/N, the chance of a mutant that is neither better nor worse."""
        return np.asarray(np.exp(self.log_fixation + np.log(self.N)))


def rare_mutations(
    payoffs: ArrayLike | GroupGame, N: int, process: Process = FERMI
) -> RareMutations:
    """Solve for the long run of a population in which mutations are rare.

    Parameters
    ----------
    payoffs : array_like, shape (n, n), or GroupGame
        The row's payoff against the column, or what groups play.
    N : int
        The size of the population.
    process : Process
        How it changes.

    Raises
    ------
    Mistake
        If there are types that can never take over any other, so that the long run depends on the
        beginning.

    Examples
    --------
    >>> rare_mutations([[3, 0], [5, 1]], 20, fermi(0.1)).shares.round(3)
    array([0.003, 0.997])
    """
    from coopgames.populations.kernels import settle

    if isinstance(payoffs, GroupGame):
        fixed = _by_groups(payoffs, population_size(N), process)
    else:
        fixed = fixations(payoffs, N, process, log=True)
    shares = np.empty(len(fixed))
    if not settle(fixed.T.copy(), shares):
        raise Mistake(
            "some types can never take over any other, so that the long run depends on the "
            "beginning; weaken selection"
        )
    return RareMutations(N, process, fixed, shares)


def _by_groups(game: GroupGame, N: int, process: Process) -> Floats:
    n = game.types
    fixed = np.full((n, n), -np.log(N))
    for i in range(n):
        for j in range(n):
            if i != j:
                mutant, resident = game.pair(i, j, N)
                fixed[i, j] = fixation_along(mutant, resident, process, log=True)
    return fixed
