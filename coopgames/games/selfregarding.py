"""What actors may do who look only to their own interest: the self-regarding profiles U.

"Without regard for others" is without regard for the effects on others' goals and without trying
to influence them; it does not mean to ignore what others do (theory.md 1.1.1, after C. E. Lindblom,
The Intelligence of Democracy, 1965). Two readings:

``rationalizable`` (Definition 1)
    U = R_0 × … × R_{n−1}: what survives when actions that another action, or a mixture of actions,
    beats *whatever the others do* are struck out, again and again (D. G. Pearce, "Rationalizable
    strategic behavior", Econometrica 52, 1984; beliefs about several others may be correlated).
``nash``
    U = the Nash equilibria in pure actions; without one, as ``rationalizable``.

Actions that are the same for everyone, whatever the others do, are one action written twice. Only
the first of them is kept, so that means over U do not depend on how often it was written.
"""

from __future__ import annotations

from itertools import product
from typing import Literal

import numpy as np

from coopgames.games.equilibrium import Profile, pure_equilibria
from coopgames.games.game import Game
from coopgames.games.levels import TOLERANCE, Floats, Mask, levelled, ranges

Baseline = Literal["rationalizable", "nash"]
Actions = tuple[tuple[int, ...], ...]


def stand_ins(game: Game) -> Actions:
    """For each seat's actions, the first action that is the same for everyone."""
    u = levelled(game).payoffs
    firsts = []
    for seat in range(game.n):
        by_action = np.moveaxis(u, seat + 1, 0).reshape(game.shape[seat], -1)
        _, first, which = np.unique(by_action, axis=0, return_index=True, return_inverse=True)
        firsts.append(tuple(int(first[w]) for w in which.ravel()))
    return tuple(firsts)


def distinct_actions(game: Game) -> Actions:
    """List each seat's actions without those that only repeat an earlier one."""
    return tuple(tuple(sorted(set(first))) for first in stand_ins(game))


def rationalizable(game: Game) -> Actions:
    """List each seat's distinct actions that survive iterated strict dominance."""
    kept = list(distinct_actions(game))
    u = levelled(game).payoffs
    slack = TOLERANCE * ranges(game)
    settled = 0
    while settled < game.n:
        for seat in range(game.n):
            table = np.moveaxis(u[seat][np.ix_(*kept)], seat, 0).reshape(len(kept[seat]), -1)
            stays = undominated(table, float(slack[seat]))
            left = tuple(a for a, k in zip(kept[seat], stays, strict=True) if k)
            settled = settled + 1 if left == kept[seat] else 0
            kept[seat] = left
    return tuple(kept)


def undominated(table: Floats, slack: float) -> Mask:
    """Say which rows no mixture of rows beats in every column.

    Parameters
    ----------
    table : ndarray, shape (k, m)
        One's own payoffs: own actions down, everything the others may do across.
    slack : float
        A mixture must beat by more than this.
    """
    # A best reply to something is never beaten.
    keep: Mask = (table == table.max(axis=0)).any(axis=1)
    for row in np.flatnonzero(~keep):
        beaten = (table > table[row] + slack).all(axis=1).any()
        # With two rows, a mixture of the other with itself is the other.
        keep[row] = not beaten and (len(table) == 2 or not _mixture_beats(table, int(row), slack))
    return keep


def _mixture_beats(table: Floats, row: int, slack: float) -> bool:
    """Find the mixture with the largest smallest advantage over a row, by linear programme."""
    # Importing it takes a third of a second, and most games never need it.
    from scipy.optimize import linprog

    k, m = table.shape
    span = np.ptp(table)
    ahead = (table - table[row]) / span
    best = linprog(
        c=[0.0] * k + [-1.0],
        A_ub=np.column_stack([-ahead.T, np.ones(m)]),
        b_ub=np.zeros(m),
        A_eq=[[1.0] * k + [0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * k + [(None, None)],
    )
    if best.x is None:  # pragma: no cover — it always has the row itself as a solution
        raise RuntimeError(f"no dominating mixture could be looked for: {best.message}")
    mixture = best.x[:k].clip(0)
    # What counts is the advantage this mixture really has, not the solver's word for it.
    return bool((mixture / mixture.sum() @ ahead).min() * span > slack)


def self_regarding(game: Game, baseline: Baseline = "rationalizable") -> tuple[Profile, ...]:
    """List the self-regarding profiles, in the game's own numbering of actions.

    Parameters
    ----------
    game : Game
        The game.
    baseline : {"rationalizable", "nash"}
        The reading of "self-regarding".
    """
    equilibria = distinct_equilibria(game) if baseline == "nash" else ()
    return equilibria or tuple(product(*rationalizable(game)))


def distinct_equilibria(game: Game) -> tuple[Profile, ...]:
    """List the Nash equilibria in pure actions, those of distinct actions only."""
    distinct = distinct_actions(game)
    return tuple(
        profile
        for profile in pure_equilibria(game)
        if all(a in own for a, own in zip(profile, distinct, strict=True))
    )
