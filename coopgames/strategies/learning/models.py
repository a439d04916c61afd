"""Models of the other, and what is best against them.

*Downing's reckoning*: the other's action is supposed to depend on one's own before it, and to be
accommodating with probability g after C and b after D. In the long run, a period of accommodating
for ever, of taking turns and of withholding for ever is then worth

    g R + (1 − g) S,      [g T + (1 − g) P + b R + (1 − b) S]/2,      b T + (1 − b) P,

with R, S, T, P for u(C, C), u(C, D), u(D, C) and u(D, D).

*Bayesian learning over types*: the other is one of six, each as likely before the first period:
always-accommodate, always-defect, tit for tat, grim, win-stay-lose-shift, and a coin. Each but the
coin does the contrary of what it means with probability ε. If type i means to take x_i now, then
after the other took o

    P(i) ← P(i) · P(o | x_i) / Σ_j P(j) · P(o | x_j).

An action a is worth Σ_i P(i) q_i(x_i, a), where q_i is what a is worth against type i if that is
known and the best is done ever after, with δ for what a payoff is worth a period later:

    q_i(x, a) = Σ_o P(o | x) [u(a, o) + δ max_a' q_i(x', a')],

where x' is what it means to do after a and o. δ = 0 is the best reply to what is expected
now. To reckon with a future in which the type will be known is the approximation that M. L.
Littman, A. R. Cassandra & L. P. Kaelbling (1995) call Q-MDP.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen
from coopgames.strategies.learning.checks import discount
from coopgames.strategies.registry import entry, probability
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]


@entry(
    "revised-downing",
    voice="I give you the credit of answering as I do, until I see how you really answer.",
    source="Leslie Downing, K59R, rank 40 of 63 in Axelrod (1980), More effective choice in the "
    "Prisoner's Dilemma, J. Conflict Resolution 24:379-403; Stanley F. Quayle's K56R, rank 38, is "
    "the same rule. Axelrod (1980), J. Conflict Resolution 24:3-25, says that it would have won "
    "the first tournament.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=False),
)
def revised_downing(good: float = 1.0, bad: float = 0.0) -> Compiled:
    """Do what pays in the long run if the other's move depends on one's own before it.

    `good` and `bad` are the probabilities that it answers accommodating and withholding by
    accommodating that are supposed until the first such answer; from there it is the shares so far.
    Between accommodating, taking turns and withholding, in this order, the first of equals is done.
    """
    start = (0.0, 0.0, 0.0, 0.0, 0.0, probability("good", good), probability("bad", bad), 0.0)
    return Compiled(_revised_downing, start, belief=7)


def _revised_downing(memory: Memory, seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: accommodating answers to C and D, answers to both; own move before last; g, b; belief.

    Before the first period one is supposed to have accommodated.
    """
    last = max(seen.own, ACCOMMODATE)
    if seen.period > 1:
        before = int(memory[4])
        memory[before] += 1 - seen.observed
        memory[2 + before] += 1
        memory[5 + before] = memory[before] / memory[2 + before]
    memory[4], memory[7] = last, memory[5 + last]
    u, g, b = payoffs[0], memory[5], memory[6]
    kind, unkind = u[0, 0] - u[0, 1], u[1, 0] - u[1, 1]
    lost = u[1, 1] - u[0, 1]
    # Twice what a period is worth more than of withholding for ever.
    accommodating = 2 * (kind * g - unkind * b - lost)
    turns = unkind * g - (2 * unkind - kind) * b - lost
    if accommodating < 0 and turns < 0:
        return WITHHOLD
    return ACCOMMODATE if accommodating >= turns else 1 - last


_TYPES = 6
_ACCOMMODATES, _WITHHOLDS, _ECHOES, _RESENTS, _STAYS, _TOSSES = range(_TYPES)


@entry(
    "bayesian",
    voice="You are one of six I know; I work out which, and do what pays against what you do next.",
    source="Kalai & Lehrer (1993), Rational learning leads to Nash equilibrium, Econometrica "
    "61:1019-1045. The six types and their equal odds are ours.",
    traits=Traits(memory=0, nice=False, retaliating=False, forgiving=False),
)
def bayesian(error: float = 0.05) -> Compiled:
    """Reply best to what the other is expected to do, by Bayes' rule over six types.

    `error` is the probability with which each type does the contrary of what it means. The future
    does not count; farsighted-bayesian is the same with one.
    """
    return over_types(error, 0.0)


def over_types(error: float, delta: float) -> Compiled:
    """Make the rule of a Bayesian over types to whom a payoff a period later is worth `delta`."""
    weights = (1 / _TYPES,) * _TYPES
    start = (probability("error", error), discount("delta", delta), 0.0, 0.0, *weights)
    return Compiled(_over_types, start + (0.0,) * (_TYPES + 4 * _TYPES), belief=2)


def _over_types(memory: Memory, seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: ε, δ, belief, whether grim has been provoked; P(i); P(C | x_i); q_i(x, a)."""
    P, kind, q = memory[4:10], memory[10:16], memory[16:]
    if seen.period == 0:
        for i in range(_TYPES):
            _look_ahead(q[4 * i : 4 * i + 4], i, memory[0], memory[1], payoffs[0])
    else:
        for i in range(_TYPES):
            P[i] *= kind[i] if seen.observed == ACCOMMODATE else 1 - kind[i]
        P /= P.sum()
        memory[3] = max(memory[3], seen.own)
    memory[2] = gain = 0.0
    for i in range(_TYPES):
        if i == _RESENTS:
            x = int(memory[3])
        else:
            x = ACCOMMODATE if seen.period == 0 else _means(i, 0, seen.own, seen.observed)
        kind[i] = _odds(i, x, memory[0])
        memory[2] += P[i] * kind[i]
        gain += P[i] * (q[4 * i + 2 * x] - q[4 * i + 2 * x + 1])
    return ACCOMMODATE if gain >= 0 else WITHHOLD


def _odds(i: int, x: int, error: float) -> float:
    """Give the probability that type i accommodates if it means x."""
    if i == _TOSSES:
        return 0.5
    meant = i == _ACCOMMODATES or (x == ACCOMMODATE and i != _WITHHOLDS)
    return 1 - error if meant else error


def _means(i: int, x: int, a: int, o: int) -> int:
    """Say what type i means to do after one did a, and it did o where it meant x."""
    if i == _ECHOES:
        return a
    if i == _RESENTS:
        return max(x, a)
    return a ^ o if i == _STAYS else ACCOMMODATE


def _look_ahead(q: Memory, i: int, error: float, delta: float, u: Payoffs) -> None:
    """Work out q(x, a) against type i; of the four ways to play, the best is best from either x."""
    V0 = V1 = -np.inf
    for way in range(4):
        r0, to0 = _step(i, 0, way % 2, error, u)
        r1, to1 = _step(i, 1, way // 2, error, u)
        stay0, go1 = 1 - delta * (1 - to0), 1 - delta * to1
        det = stay0 * go1 - delta * to0 * delta * (1 - to1)
        V0 = max(V0, (r0 * go1 + delta * to0 * r1) / det)
        V1 = max(V1, (r1 * stay0 + delta * (1 - to1) * r0) / det)
    for x in range(2):
        for a in range(2):
            r, to1 = _step(i, x, a, error, u)
            q[2 * x + a] = r + delta * ((1 - to1) * V0 + to1 * V1)


def _step(i: int, x: int, a: int, error: float, u: Payoffs) -> tuple[float, float]:
    """Give the expected payoff of a against what i means, and how likely it means D after it."""
    p = _odds(i, x, error)
    to1 = p * _means(i, x, a, ACCOMMODATE) + (1 - p) * _means(i, x, a, WITHHOLD)
    return p * u[a, 0] + (1 - p) * u[a, 1], to1
