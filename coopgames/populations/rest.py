"""Where replicator dynamics can come to rest, and whether they stay there.

At a rest point all types that are there get the same. For each set of types there is at most one
such point with all of them in it, or a continuum. Near it deviations change by the Jacobian of the
replicator equation: along the face of those that are there by its eigenvalues on the simplex, and
towards a type k that is not there by π_k − x·π, which is an eigenvalue too (J. Hofbauer & K.
Sigmund, Evolutionary Games and Population Dynamics, 1998, ch. 7).

A point is *attracting* if the real parts of all eigenvalues are negative; *unstable* if one is
positive; else *not decided* by the linear terms, as where types drift or circle around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake
from coopgames.populations.numbers import Rows, read
from coopgames.populations.process import Floats
from coopgames.populations.stability import determinant

MOST = 12
"""Sets of up to so many types are gone through."""

FLAT = 1e-9
"""An eigenvalue that is smaller, in ranges of payoffs, is 0."""


@dataclass(frozen=True, eq=False)
class RestPoint:
    """Where replicator dynamics can come to rest.

    Parameters
    ----------
    shares : tuple of Fraction
        The share of each type, exact for exact payoffs.
    kind : {"attracting", "unstable", "not decided"}
        Whether the dynamics come back after a small deviation.
    eigenvalues : ndarray, shape (n − 1,)
        How fast deviations change.
    """

    shares: tuple[Fraction, ...]
    kind: Literal["attracting", "unstable", "not decided"]
    eigenvalues: NDArray[np.complex128]

    @property
    def there(self) -> tuple[int, ...]:
        """The types that are there."""
        return tuple(k for k, x in enumerate(self.shares) if x)


def rest_points(matrix: ArrayLike) -> tuple[RestPoint, ...]:
    """Find the rest points of the replicator dynamics, those of fewest types first.

    Sets of types that have a continuum of rest points are left out: their ends are there.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        The row's payoff against the column.

    Raises
    ------
    Mistake
        If there are too many types.

    Examples
    --------
    The stag hunt has three: all do the one, all the other, and where it makes no difference.

    >>> [(point.kind, *map(str, point.shares)) for point in rest_points([[4, 1], [3, 2]])]
    [('attracting', '1', '0'), ('attracting', '0', '1'), ('unstable', '1/2', '1/2')]
    """
    A = read(matrix)
    n = len(A)
    if n > MOST:
        raise Mistake(f"{n} types: rest points are looked for among up to {MOST}")
    found = []
    for size in range(1, n + 1):
        for there in combinations(range(n), size):
            shares = _equal(A, there)
            if shares is not None:
                found.append(_judged(A, shares))
    return tuple(found)


def _equal(A: Rows, there: tuple[int, ...]) -> tuple[Fraction, ...] | None:
    """Solve for the point at which these types, and no others, all get the same.

    By Cramer's rule: shares are proportional to sums of cofactors.
    """
    M = [[A[i][j] for j in there] for i in there]
    m = len(M)
    # What all get cancels: Σ_j (M_ij − M_0j) x_j = 0, and the shares add up to 1.
    system = [[Fraction(1)] * m, *([M[i][j] - M[0][j] for j in range(m)] for i in range(1, m))]
    value = determinant(system)
    if value == 0:
        return None
    weights = [
        (-1) ** j * determinant([[row[k] for k in range(m) if k != j] for row in system[1:]])
        for j in range(m)
    ]
    x = [weight / value for weight in weights]
    if min(x) <= 0:
        return None
    shares = [Fraction(0)] * len(A)
    for place, share in zip(there, x, strict=True):
        shares[place] = share
    return tuple(shares)


def _judged(A: Rows, shares: tuple[Fraction, ...]) -> RestPoint:
    values = _eigenvalues(np.array(A, dtype=np.float64), np.array(shares, dtype=np.float64))
    wide = max((float(max(map(max, A)) - min(map(min, A)))), 1e-300)
    real = values.real / wide
    if (real > FLAT).any():
        return RestPoint(shares, "unstable", values)
    return RestPoint(shares, "attracting" if (real < -FLAT).all() else "not decided", values)


def _eigenvalues(A: Floats, x: Floats) -> NDArray[np.complex128]:
    """Give the eigenvalues of the replicator equation at x along the simplex."""
    n = len(x)
    if n == 1:
        return np.empty(0, dtype=np.complex128)
    pi = A @ x
    mean = x @ pi
    J = np.diag(pi - mean) + x[:, None] * (A - pi[None, :] - (x @ A)[None, :])
    # A basis of the directions in which shares still add up to 1.
    basis = np.linalg.qr(np.vstack([np.ones(n), np.eye(n)[:-1]]).T)[0][:, 1:]
    return np.asarray(np.linalg.eigvals(basis.T @ J @ basis), dtype=np.complex128)
