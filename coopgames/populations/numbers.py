"""Payoffs as numbers that can be compared: exactly where they are whole numbers or fractions.

Floating point numbers carry the rounding of the engine that solved them. They are put on a grid, a
power of two some 1e-9 of the range of payoffs wide, on which whole numbers, halves and quarters
stay what they are, and then compared exactly. What was sampled has standard errors, and two payoffs
whose difference is within four of its own cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor, log2
from numbers import Rational
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from coopgames.populations.process import square

ROUNDING, ALIKE = 1e-9, 1e-3
"""How wide the grid is, in ranges of payoffs; and the least range, in shares of the largest."""

ERRORS = 4
"""So many standard errors away something is another."""

Rows = list[list[Fraction]]


def read(matrix: ArrayLike) -> Rows:
    """Give a matrix as rows of fractions, floating point numbers without their rounding."""
    A = square(matrix, least=1)
    given: list[list[Any]] = [list(row) for row in matrix]  # type: ignore[union-attr, arg-type]
    if all(isinstance(x, Rational) for row in given for x in row):
        return [[Fraction(x) for x in row] for row in given]
    width = max(float(np.ptp(A)), ALIKE * float(np.abs(A).max())) or 1.0
    grid = Fraction(2) ** floor(log2(ROUNDING * width))
    return [[round(Fraction(float(x)) / grid) * grid for x in row] for row in given]


def slack(errors: Sequence[Sequence[float]] | None, *cells: tuple[int, int]) -> float:
    """Say by how much payoffs in some cells must differ to be told apart."""
    if errors is None:
        return 0.0
    return ERRORS * float(np.hypot.reduce([errors[i][j] for i, j in cells]))
