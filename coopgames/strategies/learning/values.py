"""The values of actions, learnt from what they have paid.

*Q-learning* (C. J. C. H. Watkins, 1989): Q(s, a) is what taking a in the situation s is worth, the
future included; the situation is the outcome of the period before, or that there was none. After
the payoff π of a in s, which led to s',

    Q(s, a) ← Q(s, a) + α [π − worst + γ V(s') − Q(s, a)],

with V(s') = max Q(s', ·), or in *SARSA* V(s') = Q(s', a') with the action a' that is taken there.
All Q begin at 0; between equals it tosses a coin.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw, span
from coopgames.strategies.learning.checks import discount
from coopgames.strategies.learning.checks import precision as precise
from coopgames.strategies.registry import entry, probability
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]

_LEARNS = Traits(memory=None, nice=False, retaliating=False, forgiving=False)


def _learner(
    alpha: float, gamma: float, epsilon: float, precision: float, *, on_policy: bool = False
) -> Compiled:
    start = (
        probability("alpha", alpha),
        discount("gamma", gamma),
        probability("epsilon", epsilon),
        precise(precision),
        float(on_policy),
    )
    return Compiled(_q_learning, (*start, 0.0, *(0.0,) * 10), stochastic=True)


@entry(
    "q-learning",
    voice="I learn what each step is worth where I stand, and now and then I try the other one.",
    source="Watkins & Dayan (1992), Q-learning, Machine Learning 8:279-292; Sandholm & Crites "
    "(1996), Multiagent reinforcement learning in the iterated prisoner's dilemma, Biosystems "
    "37:147-166. The usual values are ours.",
    traits=_LEARNS,
)
def q_learning(alpha: float = 0.2, gamma: float = 0.95, epsilon: float = 0.1) -> Compiled:
    """Do what is worth most after the last outcome, and either with probability `epsilon`.

    `alpha` is the learning rate and `gamma` what a payoff is worth a period later.
    """
    return _learner(alpha, gamma, epsilon, math.inf)


@entry(
    "boltzmann-q-learning",
    voice="I learn what each step is worth where I stand, and mostly take the better one.",
    source="Sandholm & Crites (1996), Multiagent reinforcement learning in the iterated prisoner's "
    "dilemma, Biosystems 37:147-166, without its annealing. The usual values are ours.",
    traits=_LEARNS,
)
def boltzmann_q_learning(
    alpha: float = 0.2, gamma: float = 0.95, precision: float = 1.0
) -> Compiled:
    """Choose by the logit of what each action is worth after the last outcome."""
    return _learner(alpha, gamma, 0.0, precision)


@entry(
    "sarsa",
    voice="I learn what each step is worth, knowing that I shall not always take the best one.",
    source="Rummery & Niranjan (1994), On-line Q-learning using connectionist systems, Cambridge "
    "CUED/F-INFENG/TR 166; Sutton & Barto (2018), Reinforcement Learning, ch. 6. The usual values "
    "are ours.",
    traits=_LEARNS,
)
def sarsa(alpha: float = 0.2, gamma: float = 0.95, epsilon: float = 0.1) -> Compiled:
    """Learn as q-learning does, but from what it goes on to do instead of from the best."""
    return _learner(alpha, gamma, epsilon, math.inf, on_policy=True)


def _q_learning(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: α, γ, ε, λ, whether it is SARSA; s; Q(s, C) and Q(s, D) for start, CC, CD, DC, DD."""
    Q = memory[6:]
    now = 0 if seen.period == 0 else 2 * (1 + 2 * seen.own + seen.observed)
    before = int(memory[5]) + seen.own
    memory[5] = now
    if seen.period > 0 and memory[4] == 0:
        _learn(memory, before, max(Q[now], Q[now + 1]), seen, payoffs)
    action = _chosen(Q[now] - Q[now + 1], memory, chance)
    if seen.period > 0 and memory[4] == 1:
        _learn(memory, before, Q[now + action], seen, payoffs)
    return action


def _learn(memory: Memory, at: int, future: float, seen: Seen, payoffs: Payoffs) -> None:
    """Move the value at a place towards what the last period has shown."""
    paid = payoffs[0, seen.own, seen.observed] - span(payoffs)[0]
    memory[6 + at] += memory[0] * (paid + memory[1] * future - memory[6 + at])


def _chosen(gain: float, memory: Memory, chance: np.uint64) -> int:
    """Choose between C and D, where C is worth so much more."""
    if math.isinf(memory[3]):
        p = 0.5 if gain == 0 or draw(chance, 1) < memory[2] else 1.0 if gain > 0 else 0.0
    else:
        p = 1 / (1 + math.exp(min(-memory[3] * gain, 700.0)))
    return ACCOMMODATE if draw(chance, 0) < p else WITHHOLD


@entry(
    "epsilon-greedy",
    voice="I do what has paid better on average, and toss a coin one time in ten.",
    source="Sutton & Barto (2018), Reinforcement Learning, ch. 2.",
    traits=_LEARNS,
)
def epsilon_greedy(epsilon: float = 0.1) -> Compiled:
    """Take the action with the higher mean payoff so far, and either with probability `epsilon`.

    An action that has not been tried comes first, accommodating before withholding; between equals
    it accommodates.
    """
    start = (probability("epsilon", epsilon), 0.0, 0.0, 0.0, 0.0)
    return Compiled(_epsilon_greedy, start, stochastic=epsilon > 0)


def _epsilon_greedy(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: ε; what C and D have paid in all; how often each was taken."""
    if seen.period > 0:
        memory[1 + seen.own] += payoffs[0, seen.own, seen.observed]
        memory[3 + seen.own] += 1
    for action in range(2):
        if memory[3 + action] == 0:
            return action
    if draw(chance, 0) < memory[0]:
        return ACCOMMODATE if draw(chance, 1) < 0.5 else WITHHOLD
    better = memory[1] * memory[4] >= memory[2] * memory[3]  # the means, without dividing
    return ACCOMMODATE if better else WITHHOLD


@entry(
    "adaptive",
    voice="I try kindness six times and unkindness five, and then whatever has earned me more.",
    source="Li, Hingston & Kendall (2011), Engineering design of strategies for winning iterated "
    "prisoner's dilemma competitions, IEEE Trans. Comput. Intell. AI Games 3:348-360. Read as "
    "Axelrod-Python 4.13.1 reads it: points are compared, not points per move.",
    traits=Traits(memory=11, nice=False, retaliating=False, forgiving=False),
)
def adaptive() -> Compiled:
    """Play C C C C C C D D D D D, then what has earned more points so far; D between equals."""
    return Compiled(_adaptive, (0.0, 0.0))


def _adaptive(memory: Memory, seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: the points of C and D."""
    if seen.period > 0:
        memory[seen.own] += payoffs[0, seen.own, seen.observed]
    if seen.period < 11:
        return ACCOMMODATE if seen.period < 6 else WITHHOLD
    return ACCOMMODATE if memory[0] > memory[1] else WITHHOLD
