"""What follows discord: attempts at adjustment, or resignation.

*Discord stimulates demands for adjustment* (Keohane 1984, ch. 4; theory.md 1.5.12).
The rate of attempts after periods that fell short of coordination is compared with that after
others,

    P(attempt in t + 1 | κ_t < 1) − P(attempt in t + 1 | κ_t ≥ 1).

And the record is cut into windows of w periods, each read as an episode; how often one kind of
window is followed by another shows what discord turns into.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coopgames.readings.lens import TOLERANCE


@dataclass(frozen=True)
class Aftermath:
    """What follows discord in a record.

    Parameters
    ----------
    after_discord, after_others : float
        Share of the periods after one that fell short of coordination, and after the others, in
        which somebody attempted to adjust; NaN where there is none.
    labels : tuple of str
        What the windows of the record were, without repetition.
    transitions : tuple of tuple of int
        ``[k][l]``: how often a window of kind k was followed by one of kind l.
    """

    after_discord: float
    after_others: float
    labels: tuple[str, ...]
    transitions: tuple[tuple[int, ...], ...]

    @property
    def stimulus(self) -> float:
        """By how much discord raises the rate of attempts; NaN where it cannot be compared."""
        return self.after_discord - self.after_others


def attempt_rates(kappa: NDArray[np.float64], attempts: NDArray[np.bool_]) -> tuple[float, float]:
    """Give the rate of attempts after discord, and after other periods.

    Parameters
    ----------
    kappa : ndarray, shape (T,)
        κ of each period.
    attempts : ndarray of bool, shape (T,)
        Whether somebody attempted to adjust in it.
    """
    short, follows = kappa[:-1] < 1 - TOLERANCE, attempts[1:]

    def rate(which: NDArray[np.bool_]) -> float:
        return float(follows[which].mean()) if which.any() else np.nan

    return rate(short), rate(~short)


def transitions(labels: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    """Count which label follows which."""
    kinds = tuple(dict.fromkeys(labels))
    table = np.zeros((len(kinds), len(kinds)), dtype=int)
    for now, after in pairwise(labels):
        table[kinds.index(now), kinds.index(after)] += 1
    return kinds, tuple(tuple(int(x) for x in row) for row in table)
