"""What joint adjustment could gain, and how actors might divide it.

Feasible payoffs F: ``pure`` = {u(a)}; ``hull`` = conv{u(a)}, what lotteries or taking turns can
reach; ``transferable`` = the hull and any division of its sum by side payments (payoffs in
comparable units). From a profile a (theory.md 1.1.3, Definition 6):

    Δ(a)   = max { t : x_i ≥ u_i(a) + t·rng_i for all i, x ∈ F }
    Δ_w(a) = max { Σ_i (x_i − u_i(a))/rng_i : x ≥ u(a), x ∈ F }

so that Δ > 0 where all can gain, and Δ_w > 0 where some can gain and none need lose. Seats whose
payoff never changes cannot gain and are left out of both. The bargain of J. F. Nash ("The
bargaining problem", Econometrica 18, 1950) from the payoffs d is the x ∈ F, better for all, with
the largest Π_i (x_i − d_i).

For two actors no linear programme is needed: all three maxima lie on the upper right border of the
hull, a chain of edges, either at a vertex or where an edge crosses a known line (for the bargain:
at the top of a parabola along the edge). So they are exact up to rounding. For more, `lotteries`
solves one programme a profile and question.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games.game import Game
from coopgames.games.levels import TOLERANCE, Floats, levelled, ranges
from coopgames.games.lotteries import equal_gain, largest_product, total_gain

Feasible = Literal["hull", "pure", "transferable"]

AT_ONCE = 10**7
"""So many numbers are compared at once."""


def programmes(game: Game, feasible: Feasible, profiles: int) -> int:
    """Count the linear programmes that `adjustment_gain` needs at so many profiles."""
    return 2 * profiles if feasible == "hull" and (ranges(game) > 0).sum() > 2 else 0


def adjustment_gain(
    game: Game, feasible: Feasible = "hull", profiles: NDArray[np.intp] | None = None
) -> tuple[Floats, Floats]:
    """Compute what joint adjustment could gain at each profile: Δ and Δ_w.

    Parameters
    ----------
    game : Game
        The game.
    feasible : {"hull", "pure", "transferable"}
        What can be reached together: also lotteries over profiles (or taking turns), or only
        profiles, or also side payments.
    profiles : ndarray of int, shape (P, n), optional
        Where to ask; everywhere by default.

    Returns
    -------
    gain, gain_weak : ndarray, shape (P,) or (k_0, …, k_{n−1})
        In ranges: Δ as a share of each seat's payoff range, Δ_w summed over seats.
    """
    if profiles is None:
        everywhere = np.indices(game.shape).reshape(game.n, -1).T
        gain, weak = adjustment_gain(game, feasible, everywhere)
        return gain.reshape(game.shape), weak.reshape(game.shape)
    rng = ranges(game)
    moves = rng > 0
    if not moves.any():
        return np.zeros(len(profiles)), np.zeros(len(profiles))
    u = levelled(game).payoffs[moves]
    goals = u.reshape(len(u), -1).T
    here = u[(slice(None), *profiles.T)].T
    rng = rng[moves]
    if feasible == "transferable":
        surplus = goals.sum(axis=1).max() - here.sum(axis=1)
        return (surplus / rng.sum()).clip(0), (surplus / rng.min()).clip(0)
    if feasible == "pure" or len(u) == 1:
        gain, weak = _gain_at_vertices(here, goals, rng)
    elif len(u) == 2:
        gain, weak = _gain_on_border(here, frontier(goals), rng)
    else:
        beside = [(goals - x) / rng for x in here]
        gain, weak = np.array([(equal_gain(y), total_gain(y)) for y in beside]).reshape(-1, 2).T
    return gain.clip(0), weak.clip(0)


def _gain_at_vertices(here: Floats, goals: Floats, rng: Floats) -> tuple[Floats, Floats]:
    """Compute Δ and Δ_w where only the goals themselves can be reached."""
    goals = np.unique(goals, axis=0)
    gain, weak = np.empty(len(here)), np.empty(len(here))
    step = max(1, AT_ONCE // goals.size)
    for start in range(0, len(here), step):
        part = slice(start, start + step)
        y = (goals[None] - here[part, None]) / rng
        gain[part] = y.min(axis=2).max(axis=1)
        weak[part] = np.where((y >= 0).all(axis=2), y.sum(axis=2), 0.0).max(axis=1)
    return gain, weak


def _gain_on_border(here: Floats, border: Floats, rng: Floats) -> tuple[Floats, Floats]:
    """Compute Δ and Δ_w of two seats on the edges of the hull."""
    gain, weak = _gain_at_vertices(here, border, rng)
    if len(border) == 1:
        return gain, weak
    step = max(1, AT_ONCE // border.size)
    for start in range(0, len(here), step):
        part = slice(start, start + step)
        y = (border[None] - here[part, None]) / rng
        left, right = y[:, :-1], y[:, 1:]
        equal = _crossing(left, right, left[..., 0] - left[..., 1], right[..., 0] - right[..., 1])
        # Where one seat gains nothing, what does the other gain?
        still = [_crossing(left, right, left[..., i], right[..., i])[..., 1 - i] for i in range(2)]
        gain[part] = np.maximum(gain[part], equal.min(axis=-1).max(axis=1))
        weak[part] = np.maximum(weak[part], np.maximum(*still).max(axis=1))
    return gain, weak


def _crossing(left: Floats, right: Floats, f: Floats, g: Floats) -> Floats:
    """Find the point on each edge where a linear function, f left and g right, is 0; else −∞."""
    crosses = f * g < 0
    share = np.where(crosses, f / np.where(crosses, f - g, 1.0), 0.0)[..., None]
    return np.where(crosses[..., None], left + share * (right - left), -np.inf)


def frontier(points: Floats) -> Floats:
    """List the corners of the upper right border of the convex hull, from left to right.

    Parameters
    ----------
    points : ndarray, shape (K, 2)
        Payoffs of two actors.

    Returns
    -------
    ndarray, shape (M, 2)
        The first payoff rises and the second falls from each corner to the next.
    """
    chain: list[tuple[float, float]] = []
    for x, y in np.unique(points, axis=0).tolist():
        while len(chain) > 1 and _turn(chain[-2], chain[-1], (x, y)) >= 0:
            chain.pop()
        chain.append((x, y))
    border = np.array(chain)
    top = np.flatnonzero(border[:, 1] == border[:, 1].max())[-1]
    return border[top:]


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    """Positive where the way from a over b to c turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def nash_bargain(game: Game, before: ArrayLike, feasible: Feasible = "hull") -> Floats | None:
    """Find the Nash bargaining payoffs.

    Parameters
    ----------
    game : Game
        The game.
    before : array_like, shape (n,)
        What each gets if they do not agree.
    feasible : {"hull", "pure", "transferable"}
        What they can agree on. On ``"pure"`` several profiles may be equally good; the first in
        the order of the game's actions is taken.

    Returns
    -------
    ndarray, shape (n,), or None
        The payoffs; None if nothing is better for all.
    """
    d = np.asarray(before, dtype=np.float64)
    rng = ranges(game)
    points = levelled(game).payoffs.reshape(game.n, -1).T
    if (rng == 0).any():
        return None
    if feasible == "transferable":
        # What can be divided is divided equally.
        share = (points.sum(axis=1).max() - d.sum()) / game.n
        return d + share if share > (TOLERANCE * rng).max() else None
    if feasible == "hull" and game.n > 2:
        gains = largest_product((points - d) / rng)
        return None if gains is None or min(gains) <= TOLERANCE else d + gains * rng
    candidates = frontier(points) if feasible == "hull" and game.n == 2 else points
    if feasible == "hull" and game.n == 2 and len(candidates) > 1:
        candidates = _tops(candidates, d)
    gains = candidates - d
    better = (gains > TOLERANCE * rng).all(axis=1)
    if not better.any():
        return None
    product = np.where(better, gains.prod(axis=1), -np.inf)
    return np.asarray(candidates[int(np.argmax(product))])


def _tops(border: Floats, d: Floats) -> Floats:
    """Find the point on each edge of a border at which the product of gains is largest."""
    start, step = border[:-1], np.diff(border, axis=0)
    # (A + sB)(C + sD) with B > 0 > D is highest at s = −(AD + BC)/(2BD).
    (A, C), (B, D) = (start - d).T, step.T
    s = np.clip(-(A * D + B * C) / (2 * B * D), 0.0, 1.0)
    return np.asarray(start + s[:, None] * step)
