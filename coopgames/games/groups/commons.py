"""The commons: what one takes lowers what everybody's effort yields.

Of an effort x_i the part spent on the common resource yields its share of F(X) = aX − bX², X being
the effort of all, and effort spent elsewhere yields w (H. S. Gordon, J. Political Economy 62, 1954;
E. Ostrom, R. Gardner and J. Walker, Rules, Games, and Common-Pool Resources, 1994). Up to a
constant

    u_i = x_i (a − w − bX),

    x_O = (a − w)/(2bn)       each takes when all together earn most
    x_N = (a − w)/(b(n+1))    in equilibrium
    x_A = (a − w)/(bn)        where nothing is left to earn.

With the experiments' a = 23, w = 5, b = .25 and n = 8 that is 4.5, 8 and 9 tokens; at
8 each, 39.5 % of the largest rent is left.
"""

from __future__ import annotations

import numpy as np

from coopgames.games.counts import CountGame, count_game
from coopgames.games.grids import grid, named
from coopgames.games.registry import Parameter, entry
from coopgames.mistakes import Mistake


def efforts(n: int, a: float, b: float, w: float) -> tuple[float, float, float]:
    """Compute x_O, x_N and x_A: the best for all together, in equilibrium, and where rent is 0."""
    surplus = (a - w) / b
    return surplus / (2 * n), surplus / (n + 1), surplus / n


@entry(
    "common-pool",
    title="The common-pool resource",
    encodes=("mixed-interests", "dilemma"),
    story="Everybody fishes in the same waters, and each boat more leaves less for all the others.",
    source="E. Ostrom, R. Gardner and J. Walker, Rules, Games, and Common-Pool Resources (1994); "
    "a, b and w as in their experiments.",
    parameters={
        "n": Parameter("how many take from it", 2),
        "a": Parameter("yield of the first unit of effort, more than w", unit="payoff"),
        "b": Parameter("by how much a unit of effort lowers what units yield", 0, above=True,
                       unit="payoff"),
        "w": Parameter("what a unit of effort earns elsewhere", unit="payoff"),
        "levels": Parameter("levels of effort, besides those of the formulas", 2),
    },
    notice=(
        "Each takes (a − w)/(b(n + 1)); all would earn most if each took (a − w)/(2bn).",
        "The more take from it, the closer they come to using up all that it yields.",
    ),
    vary=("n: with more actors a smaller share of the rent is left, 4n/(n + 1)².",),
)  # fmt: skip
def common_pool(
    n: int = 3, a: float = 23.0, b: float = 0.25, w: float = 5.0, levels: int = 3
) -> CountGame:
    """Make the game of x (a − w − bX): efforts from none to a third more than in equilibrium."""
    if a <= w:
        raise Mistake(f"a = {a:g} is not more than w = {w:g}, so nobody would use the resource")
    best, nash, _ = efforts(n, a, b, w)
    x = grid(0.0, 4 * nash / 3, levels, best, nash)

    def payoff(own: int, others: tuple[int, ...]) -> float:
        return float(x[own] * (a - w - b * (x[own] + np.dot(others, x))))

    return count_game("common-pool", n, payoff, actions=named(x))
