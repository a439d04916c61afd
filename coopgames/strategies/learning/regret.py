"""No regret: to do, in the long run, no worse than the best single action would have done.

Payoffs are used as r = (π − worst)/(best − worst). r(j) is what j would have paid against the
other's action and a the action that was taken.

*Hedge*, or multiplicative weights (N. Littlestone & M. K. Warmuth, 1994; Y. Freund & R. E.
Schapire, J. Comput. Syst. Sci. 55, 1997): each action's weight is multiplied by e^(η r(j)), so that
with G = Σ [r(C) − r(D)] it accommodates with probability 1/(1 + e^(−ηG)). *Exp3* (P. Auer et al.,
SIAM J. Comput. 32, 2002) sees only r(a), takes r(a)/p(a) for it, and explores with probability γ.

*Regret matching* (S. Hart & A. Mas-Colell, "A simple adaptive procedure leading to correlated
equilibrium", Econometrica 68, 2000: 1127-1150): with R(j) = Σ [r(j) − r(a)], accommodate with
probability R(C)⁺/(R(C)⁺ + R(D)⁺). Their own procedure is conditional: let D be the mean over all
periods, with 0 for those in which something else than a was taken, of what the other action would
have paid more than a; switch from a with probability D⁺/μ.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw, rated
from coopgames.strategies.learning.checks import weight
from coopgames.strategies.registry import entry
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]

_LEARNS = Traits(memory=None, nice=False, retaliating=False, forgiving=False)


@entry(
    "hedge",
    voice="I bet on both, and move my stake to what would have paid more.",
    source="Freund & Schapire (1997), A decision-theoretic generalization of on-line learning, "
    "J. Comput. Syst. Sci. 55:119-139; Littlestone & Warmuth (1994), Inf. Comput. 108:212-261. The "
    "rate is ours.",
    aliases=("multiplicative-weights",),
    traits=_LEARNS,
)
def hedge(rate: float = 0.3) -> Compiled:
    """Choose by weights that grow exponentially with what each action would have paid."""
    return Compiled(_hedge, (weight("rate", rate), 0.0), stochastic=True)


def _hedge(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: η, G."""
    if seen.period > 0:
        memory[1] += rated(payoffs, 0, seen.observed) - rated(payoffs, 1, seen.observed)
    p = 1 / (1 + math.exp(min(-memory[0] * memory[1], 700.0)))
    return ACCOMMODATE if draw(chance, 0) < p else WITHHOLD


@entry(
    "exp3",
    voice="I bet on both, learn only from what I did, and never quite stop trying the other.",
    source="Auer, Cesa-Bianchi, Freund & Schapire (2002), The nonstochastic multiarmed bandit "
    "problem, SIAM J. Comput. 32:48-77. The usual value is ours.",
    traits=Traits(memory=None, nice=False, retaliating=False, forgiving=False),
)
def exp3(gamma: float = 0.1) -> Compiled:
    """Choose by exponential weights of what each action paid when it was taken.

    Either action is taken with even odds with probability `gamma`, at least; its payoffs are
    divided by the probability with which it was taken.
    """
    if not 0 < gamma <= 1:
        raise Mistake(f"gamma = {gamma:g} must be above 0 and at most 1")
    return Compiled(_exp3, (gamma, 0.0, 0.5), stochastic=True)


def _exp3(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: γ, the log of how much C outweighs D, P(C)."""
    if seen.period > 0:
        r = rated(payoffs, seen.own, seen.observed)
        step = memory[0] * r / 2
        if seen.own == ACCOMMODATE:
            memory[1] += step / memory[2]
        else:
            memory[1] -= step / (1 - memory[2])
    share = 1 / (1 + math.exp(min(max(-memory[1], -700.0), 700.0)))
    memory[2] = (1 - memory[0]) * share + memory[0] / 2
    return ACCOMMODATE if draw(chance, 0) < memory[2] else WITHHOLD


@entry(
    "regret-matching",
    voice="I do what I regret not having done, in proportion to my regret.",
    source="Hart & Mas-Colell (2000), A simple adaptive procedure leading to correlated "
    "equilibrium, Econometrica 68:1127-1150, section 4 (unconditional regrets).",
    traits=_LEARNS,
)
def regret_matching() -> Compiled:
    """Choose in proportion to how much more each action would have paid in all periods so far.

    Where nothing is regretted, as in the first period, the odds are even.
    """
    return Compiled(_regret_matching, (0.0, 0.0), stochastic=True)


def _regret_matching(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: R(C), R(D)."""
    if seen.period > 0:
        for j in range(2):
            memory[j] += rated(payoffs, j, seen.observed) - rated(payoffs, seen.own, seen.observed)
    kind, unkind = max(memory[0], 0.0), max(memory[1], 0.0)
    p = kind / (kind + unkind) if kind + unkind > 0 else 0.5
    return ACCOMMODATE if draw(chance, 0) < p else WITHHOLD


@entry(
    "conditional-regret-matching",
    voice="I stay with what I do, unless I regret it: then I may change, the more I regret it.",
    source="Hart & Mas-Colell (2000), A simple adaptive procedure leading to correlated "
    "equilibrium, Econometrica 68:1127-1150, section 2.",
    traits=_LEARNS,
)
def conditional_regret_matching(inertia: float = 2.0) -> Compiled:
    """Leave one's action with the probability of its mean regret, by `inertia`.

    The first action is tossed. An inertia of more than 1 leaves some probability of staying.
    """
    if not inertia >= 1:
        raise Mistake(f"inertia = {inertia:g} is too small; it must be at least 1")
    return Compiled(_conditional_regret, (inertia, 0.0, 0.0), stochastic=True)


def _conditional_regret(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: μ; the sums of what D would have paid more than C, and C more than D."""
    if seen.period == 0:
        return ACCOMMODATE if draw(chance, 0) < 0.5 else WITHHOLD
    own = seen.own
    memory[1 + own] += rated(payoffs, 1 - own, seen.observed) - rated(payoffs, own, seen.observed)
    leave = max(memory[1 + own], 0.0) / seen.period / memory[0]
    kind = 1 - leave if own == ACCOMMODATE else leave
    return ACCOMMODATE if draw(chance, 0) < kind else WITHHOLD
