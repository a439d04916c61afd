"""Linear algebra of Markov chains without subtractions, so that no digits cancel.

All of it is the elimination of W. K. Grassmann, M. I. Taksar and D. P. Heyman, "Regenerative
analysis and steady state distributions for Markov chains", Operations Research 33 (1985): states
are cut out one by one, what led through them is led around them, and the probability of leaving a
state is summed from where it leads instead of being taken from 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake

Floats = NDArray[np.float64]

RAREST = 1e-300
"""In the long run anything that may happen in a period must be at least so likely."""


def refuse_rare(chances: Floats) -> None:
    """Refuse chances so small that arithmetic loses them."""
    rarest = chances.min()
    if rarest < RAREST:
        raise Mistake(
            f"a chance of {rarest:.1g} a period is too small for the long run to be solved; it "
            f"must be at least {RAREST:g}"
        )


LARGE = 64
"""From so many states on, what leads through a state is led around it by compiled code."""


def _cut(states: int) -> Callable[..., Any]:
    """Give what cuts the last state k out of a chain that it leaves with a certain probability."""
    if states >= LARGE:
        from coopgames.play.markov_kernels import cut

        return cast(Callable[..., Any], cut)

    def plain(a: Floats, k: int, leaving: float) -> None:
        a[:k, k] /= leaving
        a[:k, :k] += np.outer(a[:k, k], a[k, :k])

    return plain


def _around(states: int) -> Callable[..., Any]:
    """Give what leads around state k all that leads into it."""
    if states >= LARGE:
        from coopgames.play.markov_kernels import around

        return cast(Callable[..., Any], around)

    def plain(ends: Floats, into: Floats, k: int) -> None:
        ends += np.outer(into, ends[k])

    return plain


def stationary(matrix: Floats) -> Floats:
    """Stationary distribution of an irreducible chain.

    By the elimination of Grassmann, Taksar & Heyman (1985), which has no subtractions and so loses
    no digits to cancellation.
    """
    a = matrix.copy()
    n = len(a)
    cut = _cut(n)
    for k in range(n - 1, 0, -1):
        cut(a, k, a[k, :k].sum())
    weight = np.ones(n)
    for k in range(1, n):
        weight[k] = weight[:k] @ a[:k, k]
    return np.asarray(weight / weight.sum())


def settled(matrix: Floats) -> tuple[list[NDArray[np.int64]], Floats]:
    """List the closed classes, and the share of time in each state, by where one starts."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    leads = matrix > 0
    refuse_rare(matrix[matrix > 0])
    count, part = connected_components(csr_array(leads), connection="strong")
    if count == 1:  # wherever one starts
        return [np.arange(len(matrix))], np.tile(stationary(matrix), (len(matrix), 1))
    classes = [
        np.flatnonzero(part == c) for c in range(count)
        if not leads[np.ix_(part == c, part != c)].any()
    ]  # fmt: skip
    ends, _ = until(matrix, np.concatenate(classes), np.zeros(len(matrix)))
    limit = np.zeros_like(matrix)
    for members in classes:
        within = stationary(matrix[np.ix_(members, members)])
        limit[:, members] = np.outer(ends[:, members].sum(axis=1), within)
    return classes, limit


def until(matrix: Floats, stop: NDArray[np.int64], reward: Floats) -> tuple[Floats, Floats]:
    """Play until one of some states is reached: where that is, and what is gained till then.

    All other states are cut out one by one, without subtractions, as `stationary` does.
    """
    ends, gained = matrix.copy(), reward.copy()
    ends[stop], gained[stop] = np.eye(len(matrix))[stop], 0.0
    left = np.ones(len(matrix), dtype=bool)
    around = _around(len(matrix))
    for k in np.setdiff1d(np.arange(len(matrix)), stop):
        left[k] = False
        out = ends[k, left].sum()
        ends[k], gained[k] = np.where(left, ends[k], 0.0) / out, gained[k] / out
        into = np.where(np.arange(len(matrix)) == k, 0.0, ends[:, k])
        around(ends, into, k)
        gained += into * gained[k]
        ends[:, k] = 0.0
    return ends, gained
