"""Reinforcement: what has paid is done more often, whatever the other may be up to.

A payoff π is used as r = (π − worst)/(best − worst), between 0 and 1 in every game, but where said
otherwise. a is the action that was taken and p the probability of taking it again.

*Bush–Mosteller*, in the form of M. W. Macy & A. Flache, "Learning dynamics in social dilemmas",
PNAS 99 (2002): 7229-7236. With the aspiration A the stimulus is s = (r − A)/max(A, 1 − A), and

    p ← p + (1 − p) l s  if s ≥ 0,      p ← p + p l s  if s < 0,      A ← (1 − h) A + h r,

with the learning rate l and the habituation h. *Cross* learning is its case A = h = 0.

*Roth–Erev*, with the three parameters of I. Erev & A. E. Roth, "Predicting how people play games",
Amer. Econ. Rev. 88 (1998): 848-881. Propensities q(C), q(D) begin at half of the strength times the
mean of π − worst over the four cells; with the forgetting φ and the experimentation ε

    q(j) ← (1 − φ) q(j) + (π − worst) · (1 − ε if j = a, else ε),      P(C) = q(C)/(q(C) + q(D)).

*Experience-weighted attraction*, of C. Camerer & T.-H. Ho, Econometrica 67 (1999): 827-874. With
the number of observations N, the attractions X(j), and what j would have paid, π(j) − worst,

    N' = ρ N + 1,      X(j) ← [φ N X(j) + (δ + (1 − δ) [j = a]) (π(j) − worst)]/N',      N ← N',

and C is taken with probability 1/(1 + e^(−λ (X(C) − X(D)))). δ = 0 is reinforcement by what was
earned; δ = 1, φ = ρ is the logit reply to a weighted record (see `beliefs`).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw, rated, span
from coopgames.strategies.learning.checks import precision as precise
from coopgames.strategies.learning.checks import weight
from coopgames.strategies.registry import entry, probability
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]


@entry(
    "bush-mosteller",
    voice="What pleased me I do more readily, what disappointed me less; I ask no further.",
    source="Macy & Flache (2002), Learning dynamics in social dilemmas, PNAS 99:7229-7236; Bush & "
    "Mosteller (1955), Stochastic Models for Learning.",
    traits=Traits(memory=None, nice=False, retaliating=False, forgiving=False),
)
def bush_mosteller(
    rate: float = 0.5, aspiration: float = 0.5, habituation: float = 0.0, start: float = 0.5
) -> Compiled:
    """Become likelier to do again what paid more than one aspires to, and unlikelier otherwise.

    The aspiration is a share of the way from the worst to the best payoff, and with `habituation`
    it follows what is earned; `rate` says how fast it learns, and `start` is the probability of
    accommodating in the first period.
    """
    memory = (
        probability("rate", rate),
        probability("habituation", habituation),
        probability("aspiration", aspiration),
        probability("start", start),
    )
    return Compiled(_bush_mosteller, memory, stochastic=True)


@entry(
    "cross",
    voice="Whatever I get makes me do it again; the more I get, the more so.",
    source="Cross (1973), A stochastic learning model of economic behavior, Quart. J. Econ. "
    "87:239-266; Börgers & Sarin (1997), J. Econ. Theory 77:1-14. The rate is ours; at 1 the best "
    "payoff would settle everything at once.",
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def cross(rate: float = 0.5, start: float = 0.5) -> Compiled:
    """Become likelier to do again whatever one did, in proportion to what it paid."""
    memory = (probability("rate", rate), 0.0, 0.0, probability("start", start))
    return Compiled(_bush_mosteller, memory, stochastic=True)


def _bush_mosteller(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: l, h, A, P(C)."""
    if seen.period > 0:
        r, A = rated(payoffs, seen.own, seen.observed), memory[2]
        s = (r - A) / max(A, 1 - A)
        p = memory[3] if seen.own == ACCOMMODATE else 1 - memory[3]
        p += memory[0] * s * (1 - p if s >= 0 else p)
        memory[3] = p if seen.own == ACCOMMODATE else 1 - p
        memory[2] += memory[1] * (r - A)
    return ACCOMMODATE if draw(chance, 0) < memory[3] else WITHHOLD


@entry(
    "roth-erev",
    voice="I do what has earned me more, and try the other thing as long as I remember little.",
    source="Roth & Erev (1995), Learning in extensive-form games, Games Econ. Behav. 8:164-212; "
    "Erev & Roth (1998), Amer. Econ. Rev. 88:848-881, for the parameters and their usual values.",
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def roth_erev(
    strength: float = 9.0, forgetting: float = 0.1, experimentation: float = 0.2
) -> Compiled:
    """Accommodate in proportion to what accommodating has earned so far.

    `strength` says how much the even odds of the beginning weigh, in mean payoffs; `forgetting`
    is what is lost of all propensities in each period, and `experimentation` the share of a payoff
    that counts for the action that was not taken.
    """
    memory = (
        weight("strength", strength),
        probability("forgetting", forgetting),
        probability("experimentation", experimentation),
        0.0,
        0.0,
    )
    return Compiled(_roth_erev, memory, stochastic=True)


def _roth_erev(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: strength, φ, ε, q(C), q(D)."""
    u = payoffs[0]
    worst, _ = span(payoffs)
    if seen.period == 0:
        mean = (u[0, 0] + u[0, 1] + u[1, 0] + u[1, 1]) / 4
        memory[3] = memory[4] = memory[0] * (mean - worst) / 2
    else:
        earned = u[seen.own, seen.observed] - worst
        for j in range(2):
            counts = 1 - memory[2] if j == seen.own else memory[2]
            memory[3 + j] = (1 - memory[1]) * memory[3 + j] + counts * earned
    total = memory[3] + memory[4]
    p = memory[3] / total if total > 0 else 0.5
    return ACCOMMODATE if draw(chance, 0) < p else WITHHOLD


@entry(
    "experience-weighted-attraction",
    voice="I weigh what I earned, and half as much what I might have earned.",
    source="Camerer & Ho (1999), Experience-weighted attraction learning in normal form games, "
    "Econometrica 67:827-874. The usual values are ours, of the size of those it estimates; "
    "payoffs are counted from the worst.",
    aliases=("EWA",),
    traits=Traits(memory=None, nice=False, retaliating=False, forgiving=False),
)
def experience_weighted_attraction(
    retention: float = 0.9,
    imagination: float = 0.5,
    experience: float = 0.9,
    precision: float = 1.0,
) -> Compiled:
    """Be drawn to what has paid and, less so, to what would have paid.

    The parameters are φ, δ, ρ and λ: how much is retained of attractions, how much counts what the
    action that was not taken would have paid, how past observations count, and how sharply it
    chooses.
    """
    memory = (
        probability("retention", retention),
        probability("imagination", imagination),
        probability("experience", experience),
        precise(precision),
        1.0,
        0.0,
        0.0,
    )
    return Compiled(_attraction, memory, stochastic=not math.isinf(precision))


def _attraction(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: φ, δ, ρ, λ, N, X(C), X(D)."""
    if seen.period > 0:
        N, (worst, _) = memory[4], span(payoffs)
        memory[4] = memory[2] * N + 1
        for j in range(2):
            counts = 1.0 if j == seen.own else memory[1]
            paid = counts * (payoffs[0, j, seen.observed] - worst)
            memory[5 + j] = (memory[0] * N * memory[5 + j] + paid) / memory[4]
    gain = memory[5] - memory[6]
    if math.isinf(memory[3]):
        return ACCOMMODATE if gain >= 0 else WITHHOLD
    p = 1 / (1 + math.exp(min(-memory[3] * gain, 700.0)))
    return ACCOMMODATE if draw(chance, 0) < p else WITHHOLD
