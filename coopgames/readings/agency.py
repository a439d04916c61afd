"""Whether it is the actor or the structure that decides (theory.md 1.5.12).

Where an actor's strategies (rows) are crossed with structures (columns: games, others, regimes),
the variance of the outcome y has three parts (R. A. Fisher, Statistical Methods for Research
Workers, 1925):

    y_sc = ȳ + agency_s + structure_c + (what an actor's strategy does in this structure only)

and within a single structure all the variance there is comes from the actor. How much that is
differs: far from a threshold nothing that it does makes a difference, near it everything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake


@dataclass(frozen=True, eq=False)
class Agency:
    """What an outcome depends on.

    Parameters
    ----------
    agency, structure, both : float
        Shares of its variance: due to the actor's strategy whatever the structure, to the structure
        whatever the strategy, and to their coming together. NaN where it does not vary.
    within : ndarray, shape (C,)
        Standard deviation over the actor's strategies in each structure.
    """

    agency: float
    structure: float
    both: float
    within: NDArray[np.float64]


def agency(outcomes: ArrayLike) -> Agency:
    """Part the variance of an outcome between an actor's strategy and what it faces.

    Parameters
    ----------
    outcomes : array_like, shape (S, C)
        ``[s, c]``: the outcome, where it plays s in structure c; each as often as the others.
    """
    y = np.asarray(outcomes, dtype=float)
    if y.ndim != 2 or 0 in y.shape:
        raise Mistake(f"outcomes of shape {y.shape} are no table of strategies × structures")
    total = y.var()
    parts = np.array([y.mean(axis=1).var(), y.mean(axis=0).var()])
    own, faced = parts / total if total > 0 else (np.nan, np.nan)
    return Agency(float(own), float(faced), float(1 - own - faced), y.std(axis=0))
