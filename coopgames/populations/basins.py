"""From where the replicator dynamics lead where: basins of attraction.

Beginnings are drawn evenly from the simplex of shares, and followed until they come to rest. The
share of those that end with the same types is the size of their basin, with the interval of E. B.
Wilson ("Probable inference, the law of succession, and statistical inference", Journal of the
American Statistical Association 22 (1927): 209-212), which holds for small shares too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coopgames.mistakes import Mistake
from coopgames.play import run_keys
from coopgames.populations.process import Floats, square
from coopgames.readings import wilson
from coopgames.strategies import mix

STILL = 1e-9
"""In ranges of payoffs: by so much nobody does better or worse where all is at rest."""

MOST = 200_000
"""So many steps are taken at most; what still moves then circles, or nearly stands."""

LEFT = 1e-6
"""Who is rarer at the end has died out."""


@dataclass(frozen=True)
class Basin:
    """The beginnings from which the replicator dynamics end with the same types.

    Parameters
    ----------
    types : tuple of int
        Who is there at the end.
    rests : bool
        Whether it comes to rest, rather than go on moving.
    count : int
        How many of the beginnings that were drawn.
    share : float
        The same as a share of them.
    low, high : float
        The 95 % interval of the share.
    """

    types: tuple[int, ...]
    rests: bool
    count: int
    share: float
    low: float
    high: float


def basins(matrix: ArrayLike, *, draws: int = 1000, seed: int = 1) -> tuple[Basin, ...]:
    """Find out from where the replicator dynamics lead where, the largest basin first.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        The row's payoff against the column.
    draws : int
        How many beginnings are drawn.
    seed : int
        Where luck starts.

    Examples
    --------
    Tit for tat and always-defect where play goes on with probability 0.9: the former spreads from
    a share of 1/17 on.

    >>> [(basin.types, basin.share) for basin in basins([[30, 9], [14, 10]])]
    [((0,), 0.937), ((1,), 0.063)]
    """
    from coopgames.populations.basin_kernels import lead

    A = square(matrix)
    if draws < 1:
        raise Mistake(f"{draws} draws: there must be one at least")
    x = beginnings(len(A), draws, seed)
    wide = float(np.ptp(A)) or 1.0
    rests = np.zeros(draws, dtype=np.bool_)
    lead(A / wide, x, STILL, MOST, rests)
    ends: dict[tuple[tuple[int, ...], bool], int] = {}
    for row, rest in zip(x, rests.tolist(), strict=True):
        end = (tuple(np.flatnonzero(row > LEFT).tolist()), rest)
        ends[end] = ends.get(end, 0) + 1
    ordered = sorted(ends.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Basin(types, rest, count, count / draws, *wilson(count, draws))
        for (types, rest), count in ordered
    )


def beginnings(n: int, draws: int, seed: int) -> Floats:
    """Draw shares of n types evenly from their simplex; each draw has its own address."""
    keys = run_keys(seed, draws)
    words = mix(keys[:, None] ^ mix(np.arange(1, n + 1, dtype=np.uint64))[None, :])
    u = ((words >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
    waits = -np.log(u)
    return np.ascontiguousarray(waits / waits.sum(axis=1, keepdims=True))
