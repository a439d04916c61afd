"""What a strategy would do after a course that is given, its own part included."""

from __future__ import annotations

import numpy as np
from reference_player import PRISONERS, key

from coopgames.strategies import Seen, Strategy


def memory_after(
    s: Strategy, own: str, observed: str, payoffs: np.ndarray = PRISONERS
) -> tuple[np.ndarray, Seen]:
    """Live through a course up to the period after it, which it has not yet decided in."""
    memory, before = np.array(s.rule.memory or (0.0,)), (-1, -1)
    for t, (a, o) in enumerate(zip(own, observed, strict=True)):
        with np.errstate(over="ignore"):
            s.rule.function(memory, Seen(*before, t, -1), payoffs, key(0.5))
        before = "CD".index(a), "CD".index(o)
    return memory, Seen(*before, len(own), -1)


def odds(s: Strategy, own: str, observed: str, payoffs: np.ndarray = PRISONERS) -> float:
    """Find the probability of accommodating after a course, to 32 bits, by halving.

    For those whose action depends on draw number 0 alone.
    """
    memory, seen = memory_after(s, own, observed, payoffs)

    def accommodates(lot: int) -> bool:
        with np.errstate(over="ignore"):
            return s.rule.function(memory.copy(), seen, payoffs, np.uint64(lot << 32)) == 0

    low, high = 0, 2**32  # it accommodates at all lots below low, and at none from high on
    while low < high:
        middle = (low + high) // 2
        if accommodates(middle):
            low = middle + 1
        else:
            high = middle
    return low / 2**32


def share(
    s: Strategy, own: str, observed: str, runs: int = 4000, payoffs: np.ndarray = PRISONERS
) -> float:
    """Estimate that probability, for those who draw more than once."""
    memory, seen = memory_after(s, own, observed, payoffs)
    keys = np.random.default_rng(1).integers(2**64, size=runs, dtype=np.uint64)
    with np.errstate(over="ignore"):
        return float(np.mean([s.rule.function(memory.copy(), seen, payoffs, k) == 0 for k in keys]))


def symmetric(R: float, S: float, T: float, P: float) -> np.ndarray:
    """Make the payoffs of a symmetric game, as a strategy sees them."""
    own = np.array([[R, S], [T, P]], dtype=float)
    return np.stack([own, own.T])


STAG_HUNT = symmetric(R=4, S=1, T=3, P=2)
CHICKEN = symmetric(R=3, S=2, T=4, P=1)
