"""How a finite population changes: who is copied, and how strongly payoffs count.

A population has N individuals. In a step one of them changes its type, or stays what it is.

*Pairwise comparison* (the Fermi process; A. Traulsen, M. A. Nowak & J. M. Pacheco, "Stochastic
dynamics of invasion and fixation", Physical Review E 74 (2006): 011909). One individual, drawn at
random, looks at another, and becomes what that one is with probability

    1 / (1 + exp(−β (π_other − π_own))).

*Moran* (P. A. P. Moran 1958; with payoffs, M. A. Nowak et al. 2004, Nature 428:646). One individual
is copied, with a probability proportional to its fitness 1 − w + w π, and the copy takes the place
of one drawn at random, which may be its parent.

With probability μ the newcomer is, instead, of one of the other types, each equally likely.

An individual meets all others and not itself. Where i are of type A and N − i of type B, and pairs
play [[a, b], [c, d]],

    π_A = (a (i − 1) + b (N − i)) / (N − 1),    π_B = (c i + d (N − i − 1)) / (N − 1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Process:
    """How a finite population changes.

    Parameters
    ----------
    kind : {"fermi", "moran"}
        Who is copied.
    strength : float
        How much payoffs count: β ≥ 0 of the Fermi process, or w in [0, 1] of the Moran process.
        With 0 they do not count at all.
    """

    kind: Literal["fermi", "moran"]
    strength: float

    def __post_init__(self) -> None:
        if self.kind not in ("fermi", "moran"):
            raise Mistake(f'no process "{self.kind}" (there are: fermi, moran)')
        if not (math.isfinite(self.strength) and self.strength >= 0):
            raise Mistake(f"a strength of selection of {self.strength:g}: it must not be negative")
        if self.kind == "moran" and self.strength > 1:
            raise Mistake(
                f"a strength of selection of {self.strength:g}: in the Moran process it lies "
                "between 0, where payoffs do not count, and 1, where nothing else does"
            )


FERMI = Process("fermi", 1.0)
"""The process that is meant where none is named."""


def fermi(strength: float = 1.0) -> Process:
    """Give the pairwise comparison of a strength β."""
    return Process("fermi", strength)


def moran(strength: float = 1.0) -> Process:
    """Give the Moran process of a strength w, by default that in which fitness is payoff."""
    return Process("moran", strength)


def fit_for(process: Process, payoffs: ArrayLike) -> None:
    """See that payoffs can be fitness.

    Raises
    ------
    Mistake
        If a fitness of the Moran process would be negative.
    """
    if process.kind == "moran":
        w, lowest = process.strength, float(np.min(payoffs))
        if 1 - w + w * lowest < 0:
            most = 1 / (1 - lowest)
            raise Mistake(
                f"a payoff of {lowest:g} would be a fitness of {1 - w + w * lowest:g}, which "
                f"cannot be negative; take a strength of at most {most:.3g}, or the Fermi process"
            )


def population_size(N: int) -> int:
    """See that a population can change.

    Raises
    ------
    Mistake
        If it has less than two individuals.
    """
    if N < 2:
        raise Mistake(f"a population of {N}: it takes two at least")
    return N


def square(matrix: ArrayLike, least: int = 2) -> Floats:
    """Read a matrix of payoffs, the row's against the column.

    Raises
    ------
    Mistake
        If it is not square, of too few types, or holds what is no number.
    """
    try:
        A = np.array(matrix, dtype=np.float64, order="C")
    except (TypeError, ValueError):
        raise Mistake("a matrix of payoffs has rows of equally many numbers") from None
    if A.ndim != 2 or A.shape[0] != A.shape[1] or len(A) < least:
        raise Mistake(
            f"payoffs of shape {A.shape}: a row and a column are needed for each of at least "
            f"{least} types"
        )
    if not np.isfinite(A).all():
        raise Mistake("a matrix of payoffs has an entry that is no finite number")
    return A
