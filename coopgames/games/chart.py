"""What games encode as two numbers vary that their payoffs depend on.

A chart asks `structure` at each point of a grid, ends included, so that a border case that stands
there (no protection at all, nothing but relative gains) is seen. `st_plane` does so at once for
the plane that evolutionary game theory draws, with R = 1, P = 0, and S and T as axes (F. C. Santos,
J. M. Pacheco and T. Lenaerts, "Evolutionary dynamics of social dilemmas in structured heterogeneous
populations", PNAS 103, 2006).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopgames.games.cells import Hindrance
from coopgames.games.gains import Feasible
from coopgames.games.game import Game
from coopgames.games.levels import Floats, Mask
from coopgames.games.many import CATEGORIES, SUBTYPES, categories
from coopgames.games.selfregarding import Baseline
from coopgames.games.structure import structure
from coopgames.mistakes import Mistake


@dataclass(frozen=True)
class Range:
    """Values that a number takes in turn.

    Parameters
    ----------
    name : str
        What it is called.
    low, high : float
        The first and the last value.
    steps : int, default 41
        How many values, evenly spaced.

    Raises
    ------
    Mistake
        If the ends are not finite numbers in rising order, or there are fewer than two values.
    """

    name: str
    low: float
    high: float
    steps: int = 41

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise Mistake(
                f"{self.name} from {self.low:g} to {self.high:g}: a range needs two finite ends, "
                "the lower one first"
            )
        if self.steps < 2:
            raise Mistake(f"{self.name}: {self.steps} steps; a range needs at least 2")

    @property
    def values(self) -> Floats:
        """The values, in rising order."""
        return np.linspace(self.low, self.high, self.steps)


@dataclass(frozen=True, eq=False)
class Chart:
    """What the games of a grid encode. Arrays are indexed ``[y, x]``.

    Parameters
    ----------
    x, y : Range
        What varies.
    category, subtype : ndarray of uint8
        Numbers in `CATEGORIES` and `SUBTYPES`.
    near : ndarray of bool, optional
        Where so little is at stake that it is nearly harmony (`Flags.near_harmony`).
    gain : ndarray of float, optional
        What all could gain at once by adjusting, as a share of their ranges: the mean of Δ over the
        self-regarding profiles.
    """

    x: Range
    y: Range
    category: NDArray[np.uint8]
    subtype: NDArray[np.uint8]
    near: Mask | None = None
    gain: Floats | None = None


def chart(
    make: Callable[[float, float], Game],
    x: Range,
    y: Range,
    *,
    baseline: Baseline = "rationalizable",
    feasible: Feasible = "hull",
    hindrance: Hindrance = "realised",
) -> Chart:
    """Find out what a game encodes as two numbers vary.

    Parameters
    ----------
    make : callable
        Makes the game from a value of `x` and a value of `y`.
    x, y : Range
        What varies.
    baseline, feasible, hindrance : str
        The reading, as in `structure`.
    """
    found = [
        structure(make(float(a), float(b)), baseline=baseline, feasible=feasible,
                  hindrance=hindrance)
        for b in y.values
        for a in x.values
    ]  # fmt: skip
    grid = (y.steps, x.steps)
    return Chart(
        x, y,
        np.array([CATEGORIES.index(s.category) for s in found], dtype=np.uint8).reshape(grid),
        np.array([SUBTYPES.index(s.subtype) for s in found], dtype=np.uint8).reshape(grid),
        np.array([s.flags.near_harmony for s in found]).reshape(grid),
        np.array([np.mean([p.gain for p in s.profiles]) for s in found]).reshape(grid),
    )  # fmt: skip


def st_plane(T: Range, S: Range) -> Chart:
    """Find out what the symmetric games with R = 1 and P = 0 encode.

    Parameters
    ----------
    T, S : Range
        What one gets who withholds from one who accommodates, and that one. A border between games
        (T or S at 0 or 1, or T = S) is seen as a line where it meets the grid.

    Returns
    -------
    Chart
        Without `near` and `gain`; T along x.
    """
    t, s = np.meshgrid(T.values, S.values)
    one, none = np.ones_like(t), np.zeros_like(t)
    payoffs = np.stack([one, s, t, none, one, t, s, none], axis=-1).reshape(-1, 2, 2, 2)
    found = categories(payoffs)
    return Chart(T, S, found.category.reshape(t.shape), found.subtype.reshape(t.shape))
