"""Whether a strategy that everyone has adopted stays: evolutionary stability.

J. Maynard Smith & G. R. Price, "The logic of animal conflict", Nature 246 (1973): 15-18. Let A_ij
be what i gets from j. A mutant j enters a population of i's, and is rare.

- If A_ji > A_ii it does better at once: it *invades*.
- If A_ji < A_ii it does worse, and dies out.
- If A_ji = A_ii what they get from the mutant decides: j invades if A_jj > A_ij, dies out if
  A_jj < A_ij, and *drifts* in if that is the same too.

i is *strict* if all do worse at once; *evolutionarily stable* if all die out; *neutrally stable* if
nobody invades; else *invaded*.

Mutants can come in a mixture z of those that do equally well at first, B. It invades if zᵀMz < 0
with M_jk = A_ik − A_jk over B. So i is evolutionarily stable against mixtures as well if M is
strictly copositive, and neutrally stable if it is copositive, which is decided by the principal
minors (K. P. Hadeler, "On copositive matrices", Linear Algebra and its Applications 49 (1983):
79-89).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal

from numpy.typing import ArrayLike

from coopgames.populations.numbers import Rows, read, slack

Kind = Literal["strict", "evolutionarily stable", "neutrally stable", "invaded"]

MIXED = 8
"""Mixtures of up to so many mutants are gone through."""


@dataclass(frozen=True)
class Stability:
    """Whether a strategy that everyone has adopted stays.

    Parameters
    ----------
    kind : {"strict", "evolutionarily stable", "neutrally stable", "invaded"}
        The verdict, single mutants and, where `mixtures` says so, mixtures considered.
    invaders : tuple of int
        Which mutants invade alone.
    drifters : tuple of int
        Which do exactly as well, and may drift in.
    mixture : tuple of int or None
        Mutants that invade together though none does alone; None if there are no such.
    mixtures : bool
        Whether mixtures were gone through: not where more than `MIXED` do equally well at first, or
        payoffs were sampled.
    """

    kind: Kind
    invaders: tuple[int, ...]
    drifters: tuple[int, ...]
    mixture: tuple[int, ...] | None
    mixtures: bool


def stability(
    matrix: ArrayLike, errors: Sequence[Sequence[float]] | None = None
) -> tuple[Stability, ...]:
    """Judge of each strategy whether it stays where everyone has adopted it.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        The row's payoff against the column. With whole numbers and fractions all is exact.
    errors : array_like, shape (n, n), optional
        Standard errors; differences within four of theirs count as none.

    Examples
    --------
    >>> tit_for_tat_and_defector = [[30, 9], [14, 10]]
    >>> [verdict.kind for verdict in stability(tit_for_tat_and_defector)]
    ['strict', 'strict']
    """
    A = read(matrix)
    sampled = errors is not None and any(x > 0 for row in errors for x in row)
    return tuple(_judge(A, i, errors if sampled else None) for i in range(len(A)))


def _judge(A: Rows, i: int, errors: Sequence[Sequence[float]] | None) -> Stability:
    invaders, drifters, equals = [], [], []
    for j in range(len(A)):
        if j == i:
            continue
        at_first = _sign(A[j][i] - A[i][i], slack(errors, (j, i), (i, i)))
        if at_first == 0:
            equals.append(j)
            then = _sign(A[j][j] - A[i][j], slack(errors, (j, j), (i, j)))
            if then == 0:
                drifters.append(j)
        if at_first > 0 or (at_first == 0 and then > 0):
            invaders.append(j)
    mixture: tuple[int, ...] | None = None
    mixtures = len(equals) <= MIXED and (errors is None or len(equals) < 2)
    strictly = not drifters
    if mixtures and not invaders and len(equals) > 1:
        mixture, strictly = _together(A, i, equals)
    kind: Kind = (
        "invaded" if invaders or mixture
        else "strict" if not equals
        else "evolutionarily stable" if strictly
        else "neutrally stable"
    )  # fmt: skip
    return Stability(kind, tuple(invaders), tuple(drifters), mixture, mixtures)


def _sign(difference: Fraction, least: float) -> int:
    return 0 if abs(difference) <= least else 1 if difference > 0 else -1


def _together(
    A: Rows, i: int, equals: Sequence[int]
) -> tuple[tuple[int, ...] | None, bool]:  # fmt: skip
    """Find mutants that invade together, the fewest first; and whether all mixtures die out.

    If no fewer invade, some do if the determinant of M over them is negative and no minor's is; and
    if all mixtures of fewer die out, one does not if the former is 0 and the latter are positive.
    """
    strictly = True
    for size in range(1, len(equals) + 1):
        for group in combinations(equals, size):
            M = [[A[i][k] - A[j][k] + A[i][j] - A[k][j] for k in group] for j in group]
            value = determinant(M)
            if value > 0:
                continue
            lowest = min(_cofactors(M))
            if value < 0 and lowest >= 0:
                return group, False
            strictly = strictly and not (value == 0 and lowest > 0)
    return None, strictly


def determinant(M: Rows) -> Fraction:
    """Give the determinant of a matrix of fractions, by elimination."""
    rows, value = [list(row) for row in M], Fraction(1)
    for k in range(len(rows)):
        pivot = next((r for r in range(k, len(rows)) if rows[r][k]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != k:
            rows[k], rows[pivot], value = rows[pivot], rows[k], -value
        value *= rows[k][k]
        for r in range(k + 1, len(rows)):
            share = rows[r][k] / rows[k][k]
            rows[r] = [x - share * y for x, y in zip(rows[r], rows[k], strict=True)]
    return value


def _cofactors(M: Rows) -> list[Fraction]:
    """Give all cofactors of a symmetric matrix once."""
    n = range(len(M))
    return [
        (-1) ** (r + c)
        * determinant([[M[x][y] for y in n if y != c] for x in n if x != r])
        for r in n for c in n[r:]
    ]  # fmt: skip
