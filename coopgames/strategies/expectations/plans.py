"""Plans: beliefs about how the other answers, and the best that can be done about it for ever.

The other is expected to accommodate with probability p(s) after s, where s is what one did oneself
in the period before, or the outcome of that period. With a belief of weight m at the beginning, and
k of n cases of s since in which it accommodated,

    p(s) = (m p₀(s) + k)/(m + n),

the mean of a beta distribution. As if these probabilities were known and would not change, taking a
after s is worth

    q(s, a) = p(s) [u(a, C) + δ V(a, C)] + (1 − p(s)) [u(a, D) + δ V(a, D)],

where V(a, o) is the greater of q(s', C) and q(s', D) in the s' to which a and o have led. The reply
is best, or a logit with precision λ per unit of payoff and period, that is of (1 − δ) q.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw, span
from coopgames.strategies.learning.checks import discount, weight
from coopgames.strategies.learning.checks import precision as precise
from coopgames.strategies.learning.models import over_types
from coopgames.strategies.registry import entry, probability
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]

_CLOSE = 1e-12
"""By so much, of the range of payoffs, a plan must be better to be preferred."""
_PLANS = 16
"""So many there are; each improvement is another one."""


def _planner(
    delta: float, trust: float, mercy: float, strength: float, precision: float, *, pooled: bool
) -> Compiled:
    if not weight("strength", strength) > 0:
        raise Mistake("strength = 0: a belief needs some weight to begin with")
    kind = [strength * p for p in (probability("trust", trust), probability("mercy", mercy))]
    start = (discount("delta", delta), precise(precision), 0.0, float(pooled), 0.0)
    counts = (kind[0], kind[0], kind[1], kind[1], *(strength,) * 4)
    stochastic = not math.isinf(precision)
    return Compiled(_plan, (*start, *counts, *(0.0,) * 4), stochastic=stochastic, belief=2)


@entry(
    "reciprocal-expectations",
    voice="I expect you to answer what I do, learn how surely, and plan for the two of us.",
    source="Ours, after Downing (1975), The prisoner's dilemma game as a problem-solving "
    "phenomenon, Simulation & Games 6:366-391: the other's act depends on one's own before it.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=False),
)
def reciprocal_expectations(
    delta: float = 0.9,
    trust: float = 0.9,
    mercy: float = 0.1,
    strength: float = 2.0,
    precision: float = math.inf,
) -> Compiled:
    """Follow the best plan if the other's action depends on one's own in the period before.

    `trust` and `mercy` are the probabilities with which it is expected, before anything is known,
    to accommodate after one has accommodated and after one has withheld; they weigh as much as
    `strength` cases. Before the first period one is supposed to have accommodated.
    """
    return _planner(delta, trust, mercy, strength, precision, pooled=True)


@entry(
    "outcome-expectations",
    voice="I expect you to answer what we both did, learn how surely, and plan for the two of us.",
    source="Ours: the best plan against a memory-one strategy with unknown probabilities; beta "
    "priors as in Fudenberg & Levine (1998), The Theory of Learning in Games, ch. 2 and 8.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=False),
)
def outcome_expectations(
    delta: float = 0.9,
    trust: float = 0.9,
    mercy: float = 0.1,
    strength: float = 2.0,
    precision: float = math.inf,
) -> Compiled:
    """Follow the best plan if the other's action depends on what both did in the period before.

    As reciprocal-expectations, but with four probabilities, one after each outcome, to learn.
    Before the first period both are supposed to have accommodated.
    """
    return _planner(delta, trust, mercy, strength, precision, pooled=False)


def _plan(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: δ, λ, belief, pooled, s; accommodating answers and all, by s; the plan, by s.

    s is 2 · own action + observed one; if cases are pooled only the own action counts.
    """
    if seen.period > 0:
        before = _case(memory, int(memory[4]))
        memory[5 + before] += 1 - seen.observed
        memory[9 + before] += 1
        memory[4] = 2 * seen.own + seen.observed
    s = int(memory[4])
    memory[2] = _expected(memory, s)
    worst, best = span(payoffs)
    u = payoffs[0] - worst
    V = _best_plan(memory, u, _CLOSE * (best - worst))
    gain = _worth(memory, u, V, s, 0) - _worth(memory, u, V, s, 1)
    if math.isinf(memory[1]):
        return ACCOMMODATE if gain >= 0 else WITHHOLD
    p = 1 / (1 + math.exp(min(-memory[1] * gain, 700.0)))
    return ACCOMMODATE if draw(chance, 0) < p else WITHHOLD


def _case(memory: Memory, s: int) -> int:
    """Give the place where the case s is counted."""
    return s & 2 if memory[3] == 1 else s


def _expected(memory: Memory, s: int) -> float:
    """Give p(s)."""
    return float(memory[5 + _case(memory, s)] / memory[9 + _case(memory, s)])


def _worth(memory: Memory, u: Payoffs, V: Memory, s: int, a: int) -> float:
    """Give (1 − δ) q(s, a), where V is (1 − δ) times what the plan is worth."""
    p, delta = _expected(memory, s), memory[0]
    kind = (1 - delta) * u[a, 0] + delta * V[2 * a]
    unkind = (1 - delta) * u[a, 1] + delta * V[2 * a + 1]
    return float(p * kind + (1 - p) * unkind)


def _best_plan(memory: Memory, u: Payoffs, close: float) -> Memory:
    """Improve the plan until nothing is better, and give its worth (Howard 1960)."""
    plan = memory[13:]
    V = _value(memory, u, plan)
    for _ in range(_PLANS):
        better = False
        for s in range(4):
            now = int(plan[s])
            if _worth(memory, u, V, s, 1 - now) > V[s] + close:
                plan[s] = 1 - now
                better = True
        if not better:
            break
        V = _value(memory, u, plan)
    return V


def _value(memory: Memory, u: Payoffs, plan: Memory) -> Memory:
    """Solve V(s) = (1 − δ) r + δ [p V(s, C) + (1 − p) V(s, D)], by elimination."""
    A, V, delta = np.zeros((4, 5)), np.zeros(4), memory[0]
    for s in range(4):
        a, p = int(plan[s]), _expected(memory, s)
        A[s, s] = 1.0
        A[s, 2 * a] -= delta * p
        A[s, 2 * a + 1] -= delta * (1 - p)
        A[s, 4] = (1 - delta) * (p * u[a, 0] + (1 - p) * u[a, 1])
    for i in range(4):  # the diagonal dominates, so no row need be exchanged
        for j in range(4):
            if j != i:
                f = A[j, i] / A[i, i]
                for k in range(5):
                    A[j, k] -= f * A[i, k]
    for i in range(4):
        V[i] = A[i, 4] / A[i, i]
    return V


@entry(
    "farsighted-bayesian",
    voice="You are one of six I know; I work out which, and think of what will come of it.",
    source="Kalai & Lehrer (1993), Rational learning leads to Nash equilibrium, Econometrica "
    "61:1019-1045. The six types, their equal odds and the way to look ahead are ours.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=False),
)
def farsighted_bayesian(delta: float = 0.9, error: float = 0.05) -> Compiled:
    """Do what is worth most against six types, by Bayes' rule over which of them the other is.

    They are always-accommodate, always-defect, tit for tat, grim, win-stay-lose-shift and a coin;
    each but the coin does the contrary of what it means with probability `error`. It reckons as if
    the type were known from the next period on.
    """
    return over_types(error, delta)
