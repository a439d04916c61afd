"""Games of more than two, played by groups that are drawn from a population.

A group of m is drawn without replacement from a population of N in which n_k are of type k. Who is
in it with an individual of type k is then hypergeometric: the other m − 1 are g with probability

    Π_j C(n_j − [j = k], g_j) / C(N − 1, m − 1);

in a population without end in which the shares are x, it is multinomial. A type's payoff is the
mean over the groups that it can find itself in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake
from coopgames.populations.process import Floats

Ints = NDArray[np.int64]

MOST = 5_000_000
"""So many compositions are listed at most."""


def compositions(size: int, types: int) -> Ints:
    """List all ways in which so many individuals can be of these types, in lexicographic order.

    Examples
    --------
    >>> compositions(2, 2)
    array([[0, 2],
           [1, 1],
           [2, 0]])
    """
    from math import comb

    if comb(size + types - 1, types - 1) > MOST:
        raise Mistake(f"{size} individuals of {types} types can be put together in too many ways")
    rows = np.zeros((1, 0), dtype=np.int64)
    for _ in range(types - 1):
        left = size - rows.sum(axis=1)
        which = np.repeat(np.arange(len(rows)), left + 1)
        start = np.cumsum(left + 1) - (left + 1)
        count = np.arange(len(which)) - np.repeat(start, left + 1)
        rows = np.column_stack([rows[which], count])
    return np.column_stack([rows, size - rows.sum(axis=1)]).astype(np.int64)


@dataclass(frozen=True, eq=False)
class GroupGame:
    """A game that groups play.

    Parameters
    ----------
    size : int
        How many play it, m.
    table : ndarray, shape (n, G)
        What each type gets, by who the other m − 1 are, in the order of `compositions`.
    """

    size: int
    table: Floats

    @property
    def types(self) -> int:
        """How many types there are."""
        return len(self.table)

    @property
    def others(self) -> Ints:
        """Who the others can be, a row for each column of the table."""
        return compositions(self.size - 1, self.types)

    def within(self, counts: ArrayLike) -> Floats:
        """Give the mean payoff of each type in finite populations.

        Parameters
        ----------
        counts : array_like of int, shape (..., n)
            How many are of each type.

        Returns
        -------
        ndarray, shape (..., n)
            NaN for a type of which there is none.
        """
        counts = np.asarray(counts, dtype=np.int64)
        N = int(counts.reshape(-1, self.types)[0].sum())
        choose = _choose(N, self.size - 1)
        others, out = self.others, np.full(counts.shape, np.nan)
        for k in range(self.types):
            left = counts - (np.arange(self.types) == k)
            ways = np.ones((*counts.shape[:-1], len(others)))
            for j in range(self.types):
                ways = ways * choose[np.maximum(left[..., j, None], 0), others[:, j]]
            mean = ways @ self.table[k] / choose[N - 1, self.size - 1]
            out[..., k] = np.where(counts[..., k] > 0, mean, np.nan)
        return out

    def among(self, shares: ArrayLike) -> Floats:
        """Give the mean payoff of each type in a population without end.

        Parameters
        ----------
        shares : array_like, shape (n,)
            The share of each type.
        """
        from math import factorial, prod

        x, others = np.asarray(shares, dtype=np.float64), self.others
        ways = [factorial(self.size - 1) / prod(map(factorial, g)) for g in others.tolist()]
        chance = np.array(ways) * np.prod(x[None, :] ** others, axis=1)
        return np.asarray(self.table @ chance)

    def pair(self, mutant: int, resident: int, N: int) -> tuple[Floats, Floats]:
        """Give the payoffs of two types, where there are 1, …, N − 1 of the first and no others."""
        counts = np.zeros((N - 1, self.types), dtype=np.int64)
        counts[:, mutant] = np.arange(1, N)
        counts[:, resident] = N - np.arange(1, N)
        payoffs = self.within(counts)
        return payoffs[:, mutant], payoffs[:, resident]


def group_game(
    payoff: Callable[[int, Sequence[int]], float], *, types: int, size: int
) -> GroupGame:
    """Write down a game that groups play.

    Parameters
    ----------
    payoff : callable
        ``payoff(own, others)`` is what a type gets if ``others[k]`` of the other members of its
        group are of type k.
    types : int
        How many types there are.
    size : int
        How many a group has.

    Examples
    --------
    A public good of three, in which contributions are doubled and shared by all:

    >>> def contribute(own, others):
    ...     return 2 * (others[0] + (own == 0)) / 3 - (own == 0)
    >>> group_game(contribute, types=2, size=3).among([0.5, 0.5]).round(4)
    array([0.3333, 0.6667])
    """
    if size < 2 or types < 2:
        raise Mistake(f"a group of {size} and {types} types: it takes two at least of either")
    rows = compositions(size - 1, types).tolist()
    table = [[payoff(own, others) for others in rows] for own in range(types)]
    return GroupGame(size, np.array(table, dtype=np.float64))


def _choose(most: int, few: int) -> Floats:
    """Give the binomial coefficients C(a, b) for a ≤ most and b ≤ few."""
    table = np.zeros((most + 1, few + 1))
    table[:, 0] = 1
    for b in range(1, few + 1):
        table[1:, b] = np.cumsum(table[:-1, b - 1])
    return table
