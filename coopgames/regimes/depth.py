"""How deep a change went, and how arbitrary it is to call it deep (theory.md 1.5.4).

    depth = Σ w d / Σ w,    d the distances of what changed, w their weights

is compared with a threshold θ. Two answers to how much hangs on the weights: at which value of one
of them the verdict would turn, and for which share of all weights it is what it is.

*Robustness* is exact. For ω uniform on the simplex (Dirichlet with parameters 1) and k levels,
P(Σ ω_ℓ d_ℓ > θ) is the divided difference of x ↦ (x − θ)₊^{k−1} at d_1, …, d_k (Hermite–Genocchi),
computed in fractions; where some d are equal, derivatives take the place of differences.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from coopgames.regimes.when import Mask

THRESHOLD = 0.5
"""θ, the depth from which on a change is one of the regime; a convention."""


def jaccard(first: Mask, second: Mask) -> float:
    """Compute 1 − |A ∩ B| / |A ∪ B|; 0 for two empty sets."""
    either = int((first | second).sum())
    return 1 - int((first & second).sum()) / either if either else 0.0


def depth(weights: Sequence[float], distances: Sequence[float]) -> float:
    """Compute Σ w d / Σ w; NaN where all weights are 0."""
    total = math.fsum(weights)
    moved = math.fsum(w * d for w, d in zip(weights, distances, strict=True))
    return moved / total if total > 0 else math.nan


def turning_weights(
    weights: Sequence[float], distances: Sequence[float], threshold: float = THRESHOLD
) -> list[float]:
    """Find, for each injunction, the weight at which the verdict would turn.

    Parameters
    ----------
    weights, distances : sequence of float
        As for `depth`; the other weights stay as they are.
    threshold : float
        θ.

    Returns
    -------
    list of float
        NaN where no weight from 0 to 1 would turn it.
    """
    pulls = [w * (d - threshold) for w, d in zip(weights, distances, strict=True)]
    total = math.fsum(pulls)
    found = []
    for pull, d in zip(pulls, distances, strict=True):
        turn = (pull - total) / (d - threshold) if d != threshold else math.nan
        found.append(turn if 0 <= turn <= 1 else math.nan)
    return found


def robustness(distances: Sequence[float], threshold: float = THRESHOLD) -> float:
    """Compute the share of all weights, equally likely, for which the level depth exceeds θ.

    Parameters
    ----------
    distances : sequence of float
        d of each level; at least one.
    threshold : float
        θ.

    Returns
    -------
    float
        Exact, but for the last rounding.
    """
    theta = Fraction(threshold)
    points = sorted(Fraction(d) for d in distances)
    k = len(points)
    if points[0] == points[-1]:
        return float(points[0] > theta)

    def derivative(x: Fraction, order: int) -> Fraction:
        """Give the order-th derivative of (x − θ)₊^{k−1}, over order!."""
        if x <= theta:
            return Fraction(0)
        return math.comb(k - 1, order) * (x - theta) ** (k - 1 - order)

    row = [derivative(x, 0) for x in points]
    for width in range(1, k):
        row = [
            derivative(points[i], width)
            if points[i] == points[i + width]
            else (row[i + 1] - row[i]) / (points[i + width] - points[i])
            for i in range(k - width)
        ]
    return float(row[0])
