"""Strict dominance by mixtures of actions.

An action is a best reply to some belief about the others exactly if no mixture of one's actions
beats it whatever they do (D. G. Pearce, "Rationalizable strategic behavior", Econometrica 52, 1984,
Lemma 3; for several others beliefs may be correlated). One linear programme an action; if the
others can do very many things, these are brought in as they are needed.
"""

from __future__ import annotations

import numpy as np

from coopgames.games.levels import Floats, Mask

AT_ONCE = 500
"""So many columns are looked at before the others are brought in."""


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
    """Find the mixture with the largest smallest advantage over a row."""
    # Importing it takes a third of a second, and most games never need it.
    from scipy.optimize import linprog

    k = len(table)
    span = np.ptp(table)
    ahead = (table - table[row]) / span
    some = np.argsort(ahead.max(axis=0), kind="stable")[:AT_ONCE]
    while True:
        best = linprog(
            c=[0.0] * k + [-1.0],
            A_ub=np.column_stack([-ahead[:, some].T, np.ones(len(some))]),
            b_ub=np.zeros(len(some)),
            A_eq=[[1.0] * k + [0.0]],
            b_eq=[1.0],
            bounds=[(0, None)] * k + [(None, None)],
        )
        if best.x is None:  # pragma: no cover — it always has the row itself as a solution
            raise RuntimeError(f"no dominating mixture could be looked for: {best.message}")
        mixture = best.x[:k].clip(0)
        # What counts is the advantage this mixture really has, not the solver's word for it.
        advantage = mixture / mixture.sum() @ ahead
        if advantage.min() * span > slack:
            return True
        worst = np.setdiff1d(np.argsort(advantage, kind="stable")[:AT_ONCE], some)
        if advantage[some].min() * span <= slack or len(worst) == 0:
            return False
        some = np.append(some, worst)
