"""A belief about the other, weighed with what its goodwill is worth in the future.

Let e be the probability that the other is one with whom accommodating can go on: then both
accommodate for ever after one has, and both withhold for ever after one has not. With whom it
cannot both withhold from the next period on in any case. If the former is about to do x now, and
the latter withholds, accommodating gains

    g = e [u(C, x) − u(D, x) + δ/(1 − δ) (R − P)] − (1 − e) (P − S)

over withholding. With x = C it pays in the prisoner's dilemma if e is at least

    e* = (P − S) / [P − S − (T − R) + δ/(1 − δ) (R − P)],

which is 1/2 where the choice between grim and always-defect is risk-dominated by neither: M.
Blonski, P. Ockenfels & G. Spagnolo, "Equilibrium selection in the repeated prisoner's dilemma",
Amer. Econ. J.: Microeconomics 3 (2011). The reply is best, or a logit with precision λ per unit of
what is gained.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.learning.checks import discount
from coopgames.strategies.learning.checks import precision as precise
from coopgames.strategies.registry import entry, probability
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]


@entry(
    "shadow-of-the-future",
    voice="I accommodate as long as I believe enough in you that our future outweighs the risk.",
    source="Axelrod (1984), The Evolution of Cooperation, for the name; Dal Bó & Fréchette (2011), "
    "Amer. Econ. Rev. 101:411-429, for the choice between grim and always-defect by beliefs. The "
    "updating and the usual values are ours.",
    traits=Traits(memory=None, nice=True, retaliating=False, forgiving=True),
)
def shadow_of_the_future(
    delta: float = 0.8, start: float = 0.5, rate: float = 0.3, precision: float = math.inf
) -> Compiled:
    """Accommodate if the belief that the other does makes it worth the future that it may open.

    The belief begins at `start` and moves towards what the other does: by `rate` of what is missing
    to 1 when it accommodates, and by `rate` of itself to 0 when it withholds. `delta` is what a
    payoff is worth a period later; below a finite `precision` the choice is a logit.
    """
    memory = (
        discount("delta", delta),
        precise(precision),
        probability("rate", rate),
        probability("start", start),
    )
    return Compiled(_shadow, memory, stochastic=not math.isinf(precision), belief=3)


def _shadow(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: δ, λ, rate, e."""
    if seen.period > 0:
        memory[3] += memory[2] * (1 - seen.observed - memory[3])
    gain = _gain(memory[3], ACCOMMODATE, memory[0], payoffs[0])
    return _reply(gain, memory[1], draw(chance, 0))


@entry(
    "trusting",
    voice="You may be one who returns trust, or one who never will; I find out, and act on it.",
    source="Kydd (2005), Trust and Mistrust in International Relations, for trust as the belief "
    "that the other prefers to reciprocate. The types' play, the updating and the usual values are "
    "ours.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def trusting(
    trust: float = 0.5, delta: float = 0.8, error: float = 0.05, precision: float = math.inf
) -> Compiled:
    """Accommodate if trust is worth it: trust that the other is a reciprocator.

    A reciprocator plays tit for tat, an exploiter always withholds, and either does the contrary
    with probability `error`. `trust` is the probability of a reciprocator before the first period;
    after each it follows by Bayes' rule from what both would have done. As a reciprocator is about
    to do what one did oneself in the period before, nothing is learnt while one withholds. `delta`
    and `precision` are as in shadow-of-the-future.
    """
    memory = (
        discount("delta", delta),
        precise(precision),
        probability("error", error),
        probability("trust", trust),
        0.0,
    )
    return Compiled(_trusting, memory, stochastic=not math.isinf(precision), belief=4)


def _trusting(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: δ, λ, error, trust, belief."""
    error, trust = memory[2], memory[3]
    if seen.period > 0:
        exploiter = error if seen.observed == ACCOMMODATE else 1 - error
        expected = memory[4] if seen.observed == ACCOMMODATE else 1 - memory[4]
        if expected > 0:  # else it is what neither would have done, and tells nothing
            memory[3] = trust = min(max(1 - (1 - trust) * exploiter / expected, 0.0), 1.0)
    x = max(seen.own, ACCOMMODATE)
    reciprocator = 1 - error if x == ACCOMMODATE else error
    memory[4] = trust * reciprocator + (1 - trust) * error
    return _reply(_gain(trust, x, memory[0], payoffs[0]), memory[1], draw(chance, 0))


def _gain(e: float, x: int, delta: float, u: Payoffs) -> float:
    """Say what accommodating gains over withholding, with the future that it opens."""
    future = delta / (1 - delta) * (u[0, 0] - u[1, 1])
    return float(e * (u[0, x] - u[1, x] + future) - (1 - e) * (u[1, 1] - u[0, 1]))


def _reply(gain: float, precision: float, lot: float) -> int:
    """Reply best, or by the logit."""
    if math.isinf(precision):
        return ACCOMMODATE if gain >= 0 else WITHHOLD
    p = 1 / (1 + math.exp(min(-precision * gain, 700.0)))
    return ACCOMMODATE if lot < p else WITHHOLD


@entry(
    "belief-threshold",
    voice="If I expect it of you I do it too.",
    source="Granovetter (1978), Threshold models of collective behavior, Amer. J. Sociology "
    "83:1420-1443, for thresholds; the updating and the usual values are ours.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def belief_threshold(threshold: float = 0.5, start: float = 0.5, rate: float = 0.3) -> Compiled:
    """Accommodate if the other is expected to, with at least the probability `threshold`.

    The expectation begins at `start` and moves towards what the other does, by `rate` of what is
    missing. Payoffs do not count.
    """
    memory = (
        probability("threshold", threshold),
        probability("rate", rate),
        probability("start", start),
    )
    return Compiled(_threshold, memory, belief=2)


def _threshold(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: threshold, rate, belief."""
    if seen.period > 0:
        memory[2] += memory[1] * (1 - seen.observed - memory[2])
    return ACCOMMODATE if memory[2] >= memory[0] else WITHHOLD
