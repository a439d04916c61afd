"""Best replies, equilibria in pure actions, and what joint adjustment could gain.

Feasible payoffs F: ``pure`` = {u(a)}; ``hull`` = conv{u(a)}, what lotteries or taking turns can
reach. From a profile a (theory.md 1.1.3, Definition 6):

    Δ(a)   = max { t : x_i ≥ u_i(a) + t·rng_i for all i, x ∈ F }
    Δ_w(a) = max { Σ_i (x_i − u_i(a))/rng_i : x ≥ u(a), x ∈ F }

so that Δ > 0 where all can gain, and Δ_w > 0 where some can gain and none need lose. Seats whose
payoff never changes cannot gain and are left out of both. The bargain of J. F. Nash ("The
bargaining problem", Econometrica 18, 1950) from the payoffs d is the x ∈ F, better for all, with
the largest Π_i (x_i − d_i).

For two actors no linear programme is needed: all three maxima lie on the upper right border of the
hull, a chain of edges, either at a vertex or where an edge crosses a known line (for the bargain:
at the top of a parabola along the edge). So they are exact up to rounding.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from coopgames.games.game import Game
from coopgames.games.levels import TOLERANCE, Floats, Mask, levelled, ranges
from coopgames.mistakes import Mistake

Profile = tuple[int, ...]
Feasible = Literal["hull", "pure"]


def best_replies(game: Game) -> Mask:
    """Say at each profile whether a seat's own action is a best reply to the others'.

    Returns
    -------
    ndarray of bool, shape (n, k_0, …, k_{n−1})
    """
    u = levelled(game).payoffs
    return np.stack([u[i] == u[i].max(axis=i, keepdims=True) for i in range(game.n)])


def pure_equilibria(game: Game) -> tuple[Profile, ...]:
    """List the Nash equilibria in pure actions, in the order of the game's actions."""
    return profiles_where(np.asarray(best_replies(game).all(axis=0)))


def profiles_where(mask: Mask) -> tuple[Profile, ...]:
    """List the profiles at which `mask` holds."""
    return tuple(tuple(int(a) for a in at) for at in np.argwhere(mask))


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


def adjustment_gain(game: Game, feasible: Feasible = "hull") -> tuple[Floats, Floats]:
    """Compute what joint adjustment could gain at each profile: Δ and Δ_w.

    Parameters
    ----------
    game : Game
        A game of two actors; of any number if `feasible` is ``"pure"``.
    feasible : {"hull", "pure"}
        What can be reached together: also lotteries over profiles (or taking turns), or only
        profiles.

    Returns
    -------
    gain, gain_weak : ndarray, shape (k_0, …, k_{n−1})
        In ranges: Δ as a share of each seat's payoff range, Δ_w summed over seats.
    """
    u = levelled(game).payoffs.reshape(game.n, -1).T
    rng = ranges(game)
    moves = rng > 0
    if not moves.any():
        return np.zeros(game.shape), np.zeros(game.shape)
    if feasible == "hull":
        _only_two(game, "the gain from lotteries or taking turns")
    goals = u if feasible == "pure" else frontier(u)
    # What each seat would gain, in ranges, from each profile to each goal.
    y = (goals[None, :, :] - u[:, None, :]) / np.where(moves, rng, 1.0)
    gain = y[..., moves].min(axis=-1).max(axis=1)
    gain_weak = np.where((y >= 0).all(axis=-1), y.sum(axis=-1), 0.0).max(axis=1)
    if feasible == "hull" and len(goals) > 1:
        on_edges, on_edges_weak = _gain_on_edges(y[:, :-1], y[:, 1:])
        gain, gain_weak = np.maximum(gain, on_edges), np.maximum(gain_weak, on_edges_weak)
    return gain.clip(0).reshape(game.shape), gain_weak.clip(0).reshape(game.shape)


def _gain_on_edges(left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Compute Δ and Δ_w inside the edges, whose ends pay each seat so much more."""
    equal = _crossing(left, right, left[..., 0] - left[..., 1], right[..., 0] - right[..., 1])
    # Where one seat gains nothing, what does the other gain?
    still = [_crossing(left, right, left[..., i], right[..., i])[..., 1 - i] for i in range(2)]
    return equal.min(axis=-1).max(axis=1), np.maximum(*still).max(axis=1)


def _crossing(left: Floats, right: Floats, f: Floats, g: Floats) -> Floats:
    """Find the point on each edge where a linear function, f left and g right, is 0; else −∞."""
    crosses = f * g < 0
    share = np.where(crosses, f / np.where(crosses, f - g, 1.0), 0.0)[..., None]
    return np.where(crosses[..., None], left + share * (right - left), -np.inf)


def nash_bargain(game: Game, before: ArrayLike, feasible: Feasible = "hull") -> Floats | None:
    """Find the Nash bargaining payoffs of two actors.

    Parameters
    ----------
    game : Game
        A game of two actors.
    before : array_like, shape (2,)
        What each gets if they do not agree.
    feasible : {"hull", "pure"}
        What they can agree on. On ``"pure"`` several profiles may be equally good; the first in
        the order of the game's actions is taken.

    Returns
    -------
    ndarray, shape (2,), or None
        The payoffs; None if nothing is better for both.
    """
    _only_two(game, "the Nash bargain")
    d = np.asarray(before, dtype=np.float64)
    slack = TOLERANCE * ranges(game)
    points = levelled(game).payoffs.reshape(2, -1).T
    candidates = points if feasible == "pure" else frontier(points)
    if feasible == "hull" and len(candidates) > 1:
        start, step = candidates[:-1], np.diff(candidates, axis=0)
        # (A + sB)(C + sD) with B > 0 > D is highest at s = −(AD + BC)/(2BD).
        (A, C), (B, D) = (start - d).T, step.T
        s = np.clip(-(A * D + B * C) / (2 * B * D), 0.0, 1.0)
        candidates = start + s[:, None] * step
    gains = candidates - d
    better = (gains > slack).all(axis=1)
    if not better.any():
        return None
    product = np.where(better, gains.prod(axis=1), -np.inf)
    return np.asarray(candidates[int(np.argmax(product))])


def _only_two(game: Game, what: str) -> None:
    if game.n != 2:
        raise Mistake(
            f"game {game.name!r} has {game.n} actors, and {what} is computed for two only"
        )
