"""Breed memory-one rules with any probabilities.

By differential evolution (R. Storn and K. Price, J. Global Optimization 11, 1997), as
`scipy.optimize.differential_evolution` has it. A rule is a point in five dimensions, the opening
and the reply to each outcome; what lies beyond 0 or 1 is taken for it, so that rules which are sure
of something can be bred too. The 32 that draw no lots are among the first generation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies import Automaton, memory_one

Floats = NDArray[np.float64]

CROWD, GENERATIONS = 64, 60
"""How many rules live at a time, and for how many generations."""

BEYOND = 0.2
"""How far points may lie beyond 0 and 1."""

ALIKE = 1e-4
"""When the merits of a generation differ by less than this share, breeding ends."""

PLACES = 4
"""Decimal places of a probability: more would say nothing."""


def bred(merit: Callable[[Sequence[Automaton]], Floats], *, seed: int) -> tuple[Automaton, int]:
    """Breed a memory-one rule.

    Parameters
    ----------
    merit : callable
        Says how good rules are.
    seed : int
        Where the luck of breeding starts.

    Returns
    -------
    rule : Automaton
        The best that was found.
    tried : int
        How many rules were tried.
    """
    from scipy.optimize import differential_evolution

    def rule(point: Floats) -> Automaton:
        return memory_one(*np.clip(point, 0, 1).round(PLACES))

    tried = 0

    def worse(points: Floats) -> Floats:
        nonlocal tried
        tried += points.shape[1]
        return -merit([rule(point) for point in points.T])

    sure = np.array(list(product((-BEYOND / 2, 1 + BEYOND / 2), repeat=5)))
    rng = np.random.default_rng(seed)
    drawn = rng.uniform(-BEYOND, 1 + BEYOND, (CROWD - len(sure), 5))
    found = differential_evolution(
        worse, [(-BEYOND, 1 + BEYOND)] * 5, init=np.concatenate([sure, drawn]), seed=rng,
        maxiter=GENERATIONS, polish=False, vectorized=True, updating="deferred", tol=ALIKE,
    )  # fmt: skip
    return rule(found.x), tried
