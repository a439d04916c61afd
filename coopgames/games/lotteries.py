"""What lotteries over many outcomes can reach, for any number of actors.

Each question is a linear or a concave programme whose variables are the probabilities of outcomes.
Of a million outcomes only a handful matter, so outcomes are brought in one by one: the programme is
solved over those at hand, its shadow prices w say how much a unit for each actor is worth, and the
outcome with the largest w·y is brought in, until none improves (column generation; G. B. Dantzig
and P. Wolfe, "Decomposition principle for linear programs", Operations Research 8, 1960). Weak
duality makes the end a proof: the answer is exact up to rounding.

Arrays of outcomes have shape (K, m): what each of m actors gains at each, beside where they start.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from coopgames.games.levels import Floats

PRECISION = 1e-10
"""To which programmes are solved, in the units of gains."""


def equal_gain(gains: Floats) -> float:
    """Find the largest t such that some lottery gives everyone t.

    It is the value of the zero-sum game between a lottery and whoever picks the worst-off actor.
    """
    return float(min(_equaliser(gains)[2]))


def total_gain(gains: Floats) -> float:
    """Find the largest sum of gains of a lottery in which nobody loses."""
    m = gains.shape[1]
    gains = np.vstack([np.zeros(m), gains])  # to stay where one is is always possible
    total = gains.sum(axis=1)
    unharmed = np.where((gains >= 0).all(axis=1), total, -np.inf)
    chosen = sorted({0, int(unharmed.argmax())})
    while True:
        some = gains[chosen]
        solved = _linear(-total[chosen], -some.T, np.ones(len(some)))
        price = -np.asarray(solved.ineqlin.marginals)
        worth = total + gains @ price
        best = int(worth.argmax())
        if worth[best] <= -solved.fun + PRECISION * (1 + price.sum()) or best in chosen:
            return max(0.0, -float(solved.fun))
        chosen.append(best)


def largest_product(gains: Floats) -> Floats | None:
    """Find the gains of the lottery with the largest product, all being positive.

    Returns
    -------
    ndarray, shape (m,), or None
        None if no lottery is better for everyone.
    """
    chosen, lottery, reached = _equaliser(gains)
    if min(reached) <= PRECISION:
        return None
    m = gains.shape[1]
    while True:
        some = gains[chosen]
        lottery = _climb(some, lottery)
        reached = lottery @ some
        # At the top no outcome is worth more than what is reached, at the prices 1/gain.
        worth = gains @ (1 / reached)
        best = int(worth.argmax())
        if worth[best] <= m * (1 + PRECISION) or best in chosen:
            return reached
        chosen, lottery = [*chosen, best], np.append(lottery, 0.0)


def _equaliser(gains: Floats) -> tuple[list[int], Floats, Floats]:
    """Find the lottery that is best for the worst-off: outcomes, probabilities, gains reached."""
    m = gains.shape[1]
    chosen = [int(gains.min(axis=1).argmax())]
    while True:
        some = gains[chosen]
        solved = _linear(
            np.append(np.zeros(len(some)), -1.0),
            np.column_stack([-some.T, np.ones(m)]),
            np.append(np.ones(len(some)), 0.0),
            free=1,
        )
        lottery = solved.x[: len(some)].clip(0)
        lottery /= lottery.sum()
        price = -np.asarray(solved.ineqlin.marginals)
        worth = gains @ price
        best = int(worth.argmax())
        if worth[best] <= -solved.fun + PRECISION or best in chosen:
            return chosen, lottery, lottery @ some
        chosen.append(best)


def _climb(gains: Floats, lottery: Floats) -> Floats:
    """Maximise the product of gains over lotteries, from one whose gains are all positive."""
    from scipy.optimize import minimize

    found = minimize(
        lambda p: -np.log(np.maximum(p @ gains, 1e-300)).sum(),
        lottery,
        jac=lambda p: -(gains / np.maximum(p @ gains, 1e-300)).sum(axis=1),
        bounds=[(0, 1)] * len(lottery),
        constraints={"type": "eq", "fun": lambda p: p.sum() - 1, "jac": np.ones_like},
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 1000},
    ).x.clip(0)
    lottery = found / found.sum()
    # That is good to about eight digits; Newton's method on what has weight gives the rest.
    used = lottery > 1e-6
    y, p = gains[used], lottery[used] / lottery[used].sum()
    for _ in range(20):
        x = p @ y
        hessian = np.pad(-(y / x) @ (y / x).T, (0, 1), constant_values=1.0)
        hessian[-1, -1] = 0.0
        step = np.linalg.lstsq(hessian, np.append(-(y / x).sum(axis=1), 0.0), rcond=None)[0][:-1]
        p = p + step
        if not (p > 0).all():
            return lottery
        if np.abs(step).max() < 1e-15:
            break
    polished = np.zeros(len(lottery))
    polished[used] = p / p.sum()
    return polished


def _linear(c: Floats, A_ub: Floats, A_eq: Floats, free: int = 0) -> Any:
    """Minimise c·x, A_ub x ≤ 0, A_eq x = 1, x ≥ 0 but for the last `free` variables."""
    # Importing it takes a third of a second, and most games never need it.
    from scipy.optimize import linprog

    solved = linprog(
        c, A_ub, np.zeros(len(A_ub)), A_eq[None], [1.0],
        bounds=[(0, None)] * (len(c) - free) + [(None, None)] * free,
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )  # fmt: skip
    if solved.x is None:  # pragma: no cover — staying where one is is always a solution
        raise RuntimeError(f"a linear programme was not solved: {solved.message}")
    return solved
