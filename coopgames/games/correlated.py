"""Correlated equilibria: what actors can agree on if somebody trusted draws the lots.

A lottery p over profiles is drawn, and each actor is told only its own action. The lottery is a
*correlated equilibrium* if nobody gains by doing something else than it is told (R. J. Aumann,
"Subjectivity and correlation in randomized strategies", Journal of Mathematical Economics 1, 1974):

    Σ_{a_−i} p(a) (v_i(b_i, a_−i) − v_i(a)) ≤ 0    for every i, a_i and b_i

with v the payoffs that drive choice. Nash equilibria are those in which the actions are
independent. As these are linear inequalities, the best for a purpose is a linear programme, for any
number of actors. What is best is measured in goal payoffs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from coopgames.games.game import Game, by_choice
from coopgames.games.levels import TOLERANCE, Floats, ranges
from coopgames.mistakes import Mistake

Purpose = Literal["sum", "fair"] | int

MOST = 50_000
"""So many profiles are solved in a few seconds."""
PRECISE = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
TRACE = 1e-9
"""A smaller probability is rounding."""


@dataclass(frozen=True, eq=False)
class Correlated:
    """A correlated equilibrium.

    Parameters
    ----------
    game : Game
        The game.
    lottery : ndarray, shape (k_0, …, k_{n−1})
        The probability of each profile.
    payoffs : ndarray, shape (n,)
        What each seat expects, in goal payoffs.
    """

    game: Game
    lottery: Floats
    payoffs: Floats


def correlated_equilibrium(game: Game, best: Purpose = "sum") -> Correlated:
    """Find the correlated equilibrium that is best for a purpose.

    Parameters
    ----------
    game : Game
        Any number of actors.
    best : {"sum", "fair"} or int
        The largest sum of payoffs, the largest smallest payoff (both mean something where payoffs
        are in comparable units), or the largest payoff of this seat. Of several that are equally
        good one is given.

    Raises
    ------
    Mistake
        If there is no such purpose or seat, or the game is too large.
    """
    if best not in ("sum", "fair") and best not in range(game.n):
        raise Mistake(
            f'best = {best!r} is no purpose; it is "sum", "fair" or the number of a seat, '
            f"0 to {game.n - 1}"
        )
    profiles = game.payoffs[0].size
    if profiles > MOST:
        raise Mistake(
            f"game {game.name!r} has {profiles:,} profiles; correlated equilibria are computed for "
            f"{MOST:,} at most"
        )
    from scipy.optimize import linprog

    width = np.where(ranges(game) > 0, ranges(game), 1.0)
    u = game.payoffs.reshape(game.n, -1)
    tempted = _temptations(game)
    objective = np.zeros(profiles)
    if best == "fair":
        # The last variable is the smallest payoff, t: maximise it under t ≤ Σ p u_i.
        tempted = _sparse().block_array(
            [[tempted, None], [-_sparse().csr_array(u), np.ones((game.n, 1))]]
        )
        objective = np.append(objective, -1.0)
    else:
        objective = -u.sum(axis=0) / width.sum() if best == "sum" else -u[best] / width[best]
    free = len(objective) - profiles
    solved = linprog(
        objective,
        A_ub=tempted,
        b_ub=np.zeros(tempted.shape[0]),
        A_eq=np.append(np.ones(profiles), np.zeros(free))[None],
        b_eq=[1.0],
        bounds=[(0, None)] * profiles + [(None, None)] * free,
        options=PRECISE,
    )
    if solved.x is None:  # pragma: no cover — every game has a Nash equilibrium
        raise RuntimeError(f"no correlated equilibrium was found: {solved.message}")
    p = np.where(solved.x[:profiles] > TRACE, solved.x[:profiles], 0.0)
    p /= p.sum()
    return Correlated(game, p.reshape(game.shape), u @ p)


def is_correlated_equilibrium(game: Game, lottery: ArrayLike, tolerance: float = TOLERANCE) -> bool:
    """Say whether a lottery over profiles is a correlated equilibrium.

    Parameters
    ----------
    game : Game
        Any number of actors.
    lottery : array_like, shape (k_0, …, k_{n−1})
        The probability of each profile.
    tolerance : float
        A gain of up to this share of the range of a seat's payoffs is none.

    Raises
    ------
    Mistake
        If it is no lottery over the game's profiles.
    """
    p = np.asarray(lottery, dtype=np.float64)
    if p.shape != game.shape:
        raise Mistake(
            f"the lottery has shape {p.shape}; the profiles of game {game.name!r} are "
            f"{' × '.join(map(str, game.shape))}"
        )
    if not (np.isfinite(p).all() and (p >= 0).all() and abs(p.sum() - 1) <= 1e-9):
        raise Mistake(
            f"the lottery's smallest probability is {p.min():g} and their sum {p.sum():g}; "
            "probabilities are at least 0 and add up to 1"
        )
    return bool((_temptations(game) @ p.ravel() <= tolerance).all())


def _temptations(game: Game) -> Any:
    """Write the inequalities as rows over profiles, in shares of each seat's range."""
    v = by_choice(game).payoffs
    index = np.arange(v[0].size).reshape(game.shape)
    rows, columns, values, count = [], [], [], 0
    for seat, (own, width) in enumerate(zip(v, ranges(by_choice(game)), strict=True)):
        u, at = np.moveaxis(own, seat, 0), np.moveaxis(index, seat, 0)
        for a in range(game.shape[seat]):
            for b in range(game.shape[seat]):
                if a != b:
                    columns.append(at[a].ravel())
                    values.append((u[b] - u[a]).ravel() / (width or 1.0))
                    rows.append(np.full(at[a].size, count))
                    count += 1
    shape = (count, v[0].size)
    if not count:
        return _sparse().csr_array((0, v[0].size))
    return _sparse().csr_array(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=shape
    )


def _sparse() -> Any:
    import scipy.sparse

    return scipy.sparse
