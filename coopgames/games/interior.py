"""Why purely opposed interests are rare where policies can be varied by degrees.

Let a* be an equilibrium inside the range of continuous policies, and J_ik = ∂u_i/∂a_k for i ≠ k,
the diagonal being 0: one's own small departure costs nothing to first order. All can gain by a
small joint adjustment d exactly if J d ≫ 0 for some d; by P. Gordan's theorem (1873) exactly if no
λ ≥ 0, λ ≠ 0, has λᵀJ = 0. For two actors who both matter to one another such a d always exists,
whatever the signs; for more whenever J is nonsingular (theory.md 1.1.5, Proposition 1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from coopgames.games.levels import Floats
from coopgames.mistakes import Mistake


def local_adjustment(effects: ArrayLike) -> tuple[float, Floats]:
    """Find the joint adjustment that is best for whoever gains least by it.

    Parameters
    ----------
    effects : array_like, shape (n, n)
        J: ``[i, k]``, by how much i gains per unit of k's policy; the diagonal is 0.

    Returns
    -------
    t : float
        max { t : J d ≥ t, |d_k| ≤ 1 }: what everyone gains at least, to first order; 0 if not all
        can gain.
    d : ndarray, shape (n,)
        The adjustment.

    Raises
    ------
    Mistake
        If the array is not square, holds no finite numbers, or has a diagonal that is not 0.
    """
    from scipy.optimize import linprog

    J = np.asarray(effects, dtype=np.float64)
    if J.ndim != 2 or J.shape[0] != J.shape[1] or not np.isfinite(J).all() or J.diagonal().any():
        raise Mistake(
            f"cross effects of shape {J.shape}: they are a square table of finite numbers with "
            "zeros on the diagonal, who gains how much by whose policy"
        )
    n = len(J)
    found = linprog(
        np.append(np.zeros(n), -1.0), np.column_stack([-J, np.ones(n)]), np.zeros(n),
        bounds=[(-1, 1)] * n + [(None, None)],
    )  # fmt: skip
    return float(max(0.0, found.x[-1])), np.asarray(found.x[:-1])
