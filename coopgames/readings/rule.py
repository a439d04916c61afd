"""The conventions of a reading: windows and thresholds.

All of them are conventions, calibrated to nothing (theory.md 1.4.3); a result names those it used.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from coopgames.mistakes import Mistake


@dataclass(frozen=True)
class Rule:
    """How much, for how long, counts as coordination.

    Parameters
    ----------
    L : int, default 10
        Window of emergence and breakdown, in periods.
    q : float, default 0.8
        Share of a window in which coordination must hold.
    w : int, default 6
        First and last window of an episode, in periods; even, so that taking turns is not cut in
        half. The whole record where it is shorter.
    c : float, default 0.9
        Rescaled compatibility κ from which a period is coordinated.
    g : float, default 0.5
        Share of the bargaining gain from which a period is coordinated, or taking turns succeeds.
    rise : float, default 0.25
        Rise (fall) of κ over an episode from which adjustment succeeded (discord intensified).
    """

    L: int = 10
    q: float = 0.8
    w: int = 6
    c: float = 0.9
    g: float = 0.5
    rise: float = 0.25

    def __post_init__(self) -> None:
        for name in ("L", "w"):
            if getattr(self, name) < 1:
                raise Mistake(f"{name} = {getattr(self, name)} periods; a window has at least 1")
        for name in ("q", "c", "g", "rise"):
            if not 0 < getattr(self, name) <= 1:
                raise Mistake(f"{name} = {getattr(self, name):g} is not in (0, 1]")

    @property
    def m(self) -> int:
        """Periods of a window of L in which coordination must hold: ⌈qL⌉."""
        return math.ceil(self.q * self.L - ROUNDING)


ROUNDING = 1e-9
"""Keeps ⌈0.8 · 10⌉ at 8, however the product is rounded."""
