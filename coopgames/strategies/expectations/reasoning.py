"""What can be expected before anything has been seen: reasoning from the game alone.

*Ignorance*: with no expectation at all one may look at the worst that can happen (A. Wald, 1950),
at the best, at what one would regret most (L. J. Savage, 1951), or take both actions of the other
for equally likely (Laplace).

*Depth of reasoning*: at level 0 an actor tosses a coin; at level k it replies best to level k − 1
(D. O. Stahl & P. W. Wilson, 1994; R. Nagel, 1995). In a cognitive hierarchy it replies best to all
lower levels, in the proportions of a Poisson distribution with mean τ (C. F. Camerer, T.-H. Ho &
J.-K. Chong, 2004).

*Quantal response*: each actor's probability of accommodating is the logit reply, with the precision
λ, to the other's (R. D. McKelvey & T. R. Palfrey, 1995).

*Superrationality*: whoever reasons alike will do alike, so only R and P are to be compared (D. R.
Hofstadter, 1983).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.learning.checks import precision as precise
from coopgames.strategies.learning.checks import weight
from coopgames.strategies.registry import entry, whole
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]

_DEFECTS = Traits(memory=0, nice=False, retaliating=False, forgiving=False)
"""Withholding dominates in the prisoner's dilemma."""


@entry(
    "pessimist",
    voice="I do what leaves me best off if you do your worst.",
    source="Wald (1950), Statistical Decision Functions; maximin.",
    traits=_DEFECTS,
)
def pessimist() -> Compiled:
    """Take the action whose worst payoff is best; accommodate between equals."""
    return Compiled(_pessimist, responds=False)


def _pessimist(_memory: Memory, _seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    u = payoffs[0]
    return ACCOMMODATE if min(u[0, 0], u[0, 1]) >= min(u[1, 0], u[1, 1]) else WITHHOLD


@entry(
    "optimist",
    voice="I do what may turn out best, since you will surely do your part.",
    source="Hurwicz (1951), Optimality criteria for decision making under ignorance, Cowles "
    "Commission Discussion Paper 370, with an index of 1; maximax.",
    traits=_DEFECTS,
)
def optimist() -> Compiled:
    """Take the action whose best payoff is best; accommodate between equals."""
    return Compiled(_optimist, responds=False)


def _optimist(_memory: Memory, _seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    u = payoffs[0]
    return ACCOMMODATE if max(u[0, 0], u[0, 1]) >= max(u[1, 0], u[1, 1]) else WITHHOLD


@entry(
    "least-regret",
    voice="I do what I should regret least if you did what I had not reckoned with.",
    source="Savage (1951), The theory of statistical decision, J. Amer. Statist. Assoc. 46:55-67; "
    "minimax regret.",
    traits=_DEFECTS,
)
def least_regret() -> Compiled:
    """Take the action that at worst falls least short of the other one; accommodate if equal."""
    return Compiled(_least_regret, responds=False)


def _least_regret(_memory: Memory, _seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    u = payoffs[0]
    more, rest = u[0, 0] - u[1, 0], u[0, 1] - u[1, 1]  # of accommodating, by the other's action
    return ACCOMMODATE if max(more, rest) >= -min(more, rest) else WITHHOLD


@entry(
    "superrational",
    voice="You reason as I do, so you will do as I do.",
    source="Hofstadter (1983), Dilemmas for superrational thinkers, leading up to a luring "
    "lottery, Scientific American 248(6), reprinted in Metamagical Themas.",
    traits=Traits(memory=0, nice=True, retaliating=False, forgiving=True),
)
def superrational() -> Compiled:
    """Accommodate if both accommodating is no worse than both withholding."""
    return Compiled(_superrational, (0.0,), responds=False, belief=0)


def _superrational(memory: Memory, _seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: belief."""
    memory[0] = 1.0 if payoffs[0, 0, 0] >= payoffs[0, 1, 1] else 0.0
    return ACCOMMODATE if memory[0] == 1 else WITHHOLD


@entry(
    "level-k",
    voice="I think one step further than you, whatever you may think of me.",
    source="Stahl & Wilson (1994), Experimental evidence on players' models of other players, J. "
    "Econ. Behav. Organ. 25:309-327; Nagel (1995), Amer. Econ. Rev. 85:1313-1326.",
    traits=_DEFECTS,
)
def level_k(level: int = 1) -> Compiled:
    """Reply best to what the other would do at one level less; level 0 tosses a coin.

    Between equals both accommodate. Level 1 is the principle of insufficient reason: both actions
    of the other are equally likely.
    """
    return Compiled(_level_k, (float(whole("level", level, 1)), 0.0), responds=False, belief=1)


def _level_k(memory: Memory, _seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: level, belief."""
    mine = theirs = 0.5
    for _ in range(int(memory[0])):
        memory[1] = theirs
        mine, theirs = _best(payoffs, 0, theirs), _best(payoffs, 1, mine)
    return ACCOMMODATE if mine == 1 else WITHHOLD


@entry(
    "cognitive-hierarchy",
    voice="Most think less far than I do, few nearly as far; I do what pays against them all.",
    source="Camerer, Ho & Chong (2004), A cognitive hierarchy model of games, Quart. J. Econ. "
    "119:861-898, where a mean of 1.5 fits many games.",
    traits=_DEFECTS,
)
def cognitive_hierarchy(level: int = 2, tau: float = 1.5) -> Compiled:
    """Reply best to all lower levels, which are as frequent as in a Poisson distribution.

    `tau` is its mean. Level 0 tosses a coin; between equals the others accommodate.
    """
    start = (float(whole("level", level, 1)), weight("tau", tau), 0.0)
    return Compiled(_hierarchy, start, responds=False, belief=2)


def _hierarchy(memory: Memory, _seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: level, τ, belief."""
    mine = theirs = all_mine = all_theirs = 0.5  # sums over levels, by frequency
    frequency = total = 1.0
    for k in range(1, int(memory[0]) + 1):
        memory[2] = all_theirs / total
        mine, theirs = _best(payoffs, 0, memory[2]), _best(payoffs, 1, all_mine / total)
        frequency *= memory[1] / k
        total += frequency
        all_mine += frequency * mine
        all_theirs += frequency * theirs
    return ACCOMMODATE if mine == 1 else WITHHOLD


def _gain(payoffs: Payoffs, who: int, belief: float) -> float:
    """Say what accommodating gains one (0) or the other (1), given what is expected of the rest."""
    u = payoffs[who]
    if who == 0:
        return float(belief * (u[0, 0] - u[1, 0]) + (1 - belief) * (u[0, 1] - u[1, 1]))
    return float(belief * (u[0, 0] - u[0, 1]) + (1 - belief) * (u[1, 0] - u[1, 1]))


def _best(payoffs: Payoffs, who: int, belief: float) -> float:
    """Give the probability of accommodating of the best reply."""
    return 1.0 if _gain(payoffs, who, belief) >= 0 else 0.0


@entry(
    "quantal-response",
    voice="I err, the more the less it costs me; so do you, and we both know it.",
    source="McKelvey & Palfrey (1995), Quantal response equilibria for normal form games, Games "
    "Econ. Behav. 10:6-38.",
    aliases=("QRE",),
    traits=_DEFECTS,
)
def quantal_response(precision: float = 1.0) -> Compiled:
    """Accommodate with the probability of the logit equilibrium with this precision.

    Where there are several, it is one on that side of even odds to which the reply to the other's
    reply to even odds points.
    """
    if math.isinf(precise(precision)):
        raise Mistake("precision = inf: a logit equilibrium needs a finite one")
    return Compiled(_quantal, (precision, 0.5, 0.5), stochastic=True, responds=False, belief=2)


def _quantal(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: λ; one's own probability of accommodating, and the other's."""
    if seen.period == 0:
        low, high = 0.0, 1.0
        for _ in range(53):  # at low the reply to the reply is above, at high below
            memory[1] = (low + high) / 2
            memory[2] = _logit(memory[0] * _gain(payoffs, 1, memory[1]))
            if _logit(memory[0] * _gain(payoffs, 0, memory[2])) > memory[1]:
                low = memory[1]
            else:
                high = memory[1]
    return ACCOMMODATE if draw(chance, 0) < memory[1] else WITHHOLD


def _logit(x: float) -> float:
    return 1 / (1 + math.exp(min(-x, 700.0)))
