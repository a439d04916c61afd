"""What can be had: efficient outcomes, what each can be held to, what is feasible and rational.

All in the goal payoffs; for those that drive choice, ask of `by_choice` of the game.

- An outcome is *Pareto efficient* if no other is better for one actor and worse for none.
- The *minmax payoff* of an actor is what it gets by its best reply to whatever the others do worst
  to it. In mixed actions that is a linear programme (J. von Neumann, "Zur Theorie der
  Gesellschaftsspiele", Mathematische Annalen 100, 1928): the value of the game that the others play
  against it. Where there are several others, they are let draw lots together, which can hold the
  actor lower than lots of each one's own.
- *Feasible* is what lotteries over outcomes, or taking turns, can reach; *individually rational*
  what gives everyone at least its minmax payoff (J. W. Friedman, "A non-cooperative equilibrium for
  supergames", Review of Economic Studies 38, 1971; D. Fudenberg and E. Maskin, "The folk theorem in
  repeated games", Econometrica 54, 1986).
"""

from __future__ import annotations

import numpy as np

from coopgames.games.equilibrium import Profile, profiles_where
from coopgames.games.gains import frontier
from coopgames.games.game import Game
from coopgames.games.levels import Floats, levelled
from coopgames.games.polygon import Point, Polygon, hull
from coopgames.mistakes import Mistake


def pareto_profiles(game: Game) -> tuple[Profile, ...]:
    """List the Pareto efficient outcomes, in the order of the game's actions.

    Parameters
    ----------
    game : Game
        Any number of actors.
    """
    u = levelled(game).payoffs.reshape(game.n, -1).T
    points, at = np.unique(u, axis=0, return_inverse=True)
    # What dominates has a larger sum, so each is compared with the efficient ones before it.
    best = np.zeros(len(points), dtype=bool)
    found = points[:0]
    for i in np.argsort(-points.sum(axis=1), kind="stable"):
        if not (found >= points[i]).all(axis=1).any():
            best[i] = True
            found = np.vstack([found, points[i]])
    return profiles_where(best[at.ravel()].reshape(game.shape))


def minmax(game: Game, *, mixed: bool = True) -> Floats:
    """Compute what the others can hold each actor to.

    Parameters
    ----------
    game : Game
        Any number of actors.
    mixed : bool, default True
        Whether the others may draw lots; several of them draw together.

    Returns
    -------
    ndarray, shape (n,)
        The minmax payoffs.
    """
    found = []
    for seat, own in enumerate(game.payoffs):
        table = np.moveaxis(own, seat, 0).reshape(game.shape[seat], -1)
        found.append(_value(table) if mixed else table.max(axis=0).min())
    return np.array(found, dtype=np.float64)


def _value(table: Floats) -> float:
    """Find min over mixtures of columns of the largest row."""
    held = float(table.max(axis=0).min())
    if held == table.min(axis=1).max():
        return held  # a saddle point; lots are of no use
    from scipy.optimize import linprog

    k, m = table.shape
    low, span = float(table.min()), float(np.ptp(table))
    solved = linprog(
        np.append(np.zeros(m), 1.0),
        A_ub=np.column_stack([(table - low) / span, -np.ones(k)]),
        b_ub=np.zeros(k),
        A_eq=np.append(np.ones(m), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, None)] * (m + 1),
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    return low + span * float(solved.fun)


def feasible_set(game: Game) -> Polygon:
    """Find what lotteries over outcomes can give two actors.

    Parameters
    ----------
    game : Game
        Two actors.
    """
    _only_two(game)
    return hull(zip(*levelled(game).payoffs.reshape(2, -1).tolist(), strict=True))


def pareto_frontier(game: Game) -> tuple[Point, ...]:
    """List the corners of the border on which neither of two actors gains unless the other loses.

    Parameters
    ----------
    game : Game
        Two actors.

    Returns
    -------
    tuple of (float, float)
        Of what lotteries can give, from what is best for the second actor to what is best for the
        first; a single point if both agree.
    """
    _only_two(game)
    border = frontier(levelled(game).payoffs.reshape(2, -1).T)
    return tuple((x, y) for x, y in border.tolist())


def rational_set(game: Game, *, mixed: bool = True) -> Polygon:
    """Find what is feasible and individually rational for two actors.

    Parameters
    ----------
    game : Game
        Two actors.
    mixed : bool, default True
        Whether minmax payoffs are those in mixed actions.
    """
    found = feasible_set(game)
    for seat, floor in enumerate(minmax(game, mixed=mixed).tolist()):
        found = found.above(seat, floor, 1e-9 * float(np.ptp(game.payoffs[seat])))
    return found


def _only_two(game: Game) -> None:
    if game.n != 2:
        raise Mistake(
            f"game {game.name!r} has {game.n} actors; payoff sets are drawn in a plane, for two"
        )
