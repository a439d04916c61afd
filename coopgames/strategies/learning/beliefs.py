"""Beliefs from the other's record, and a reply to them.

Let w(o) be the weight of what speaks for the other's taking o. After each period, in which it took
o',

    w(o) ← γ w(o) + [o = o'],        b = w(C) / (w(C) + w(D)),

so b is the probability with which it is expected to accommodate. γ = 1 counts all periods alike
(fictitious play), γ = 0 only the last one. Accommodating then gains

    g = b [u(C, C) − u(D, C)] + (1 − b) [u(C, D) − u(D, D)]

over withholding. The best reply accommodates if g ≥ 0; the logit reply does so with probability
1 / (1 + e^(−λg)), with the precision λ per unit of payoff (λ = ∞ is the best reply).

G. W. Brown (1951); A. A. Cournot (1838); Y.-W. Cheung & D. Friedman, "Individual learning in normal
form games", Games Econ. Behav. 19 (1997); D. Fudenberg & D. K. Levine, The Theory of Learning in
Games (1998), ch. 2 and 4.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.learning.checks import precision as precise
from coopgames.strategies.learning.checks import weight
from coopgames.strategies.registry import entry, probability, whole
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]

_NEVER = Traits(memory=0, nice=False, retaliating=False, forgiving=False)
"""In a prisoner's dilemma withholding is the best reply to any belief."""
_LOGIT = Traits(memory=None, nice=False, retaliating=False, forgiving=False)


def _believer(precision: float, memory: float, kind: float, unkind: float) -> Compiled:
    start = (
        precise(precision),
        probability("memory", memory),
        weight("kind", kind),
        weight("unkind", unkind),
    )
    if kind + unkind == 0:
        raise Mistake("a belief needs some weight to begin with; give kind or unkind more than 0")
    stochastic = not math.isinf(precision)
    return Compiled(_reply_to_record, (*start, 0.0), stochastic=stochastic, belief=4)


@entry(
    "fictitious-play",
    voice="I count what you have done so far, take it for your habit, and do what pays against it.",
    source="Brown (1951), Iterative solution of games by fictitious play, in Koopmans (ed.), "
    "Activity Analysis of Production and Allocation, 374-376; Fudenberg & Levine (1998), The "
    "Theory of Learning in Games, ch. 2.",
    traits=_NEVER,
)
def fictitious_play(kind: float = 1.0, unkind: float = 1.0) -> Compiled:
    """Reply best to how often the other has accommodated; all periods count alike.

    Before the first period it is as if the other had accommodated `kind` times and withheld
    `unkind` times. Between equals it accommodates.
    """
    return _believer(math.inf, 1.0, kind, unkind)


@entry(
    "best-reply",
    voice="Whatever you just did, I take it that you will do it again.",
    source="Cournot (1838), Recherches sur les principes mathématiques de la théorie des "
    "richesses, ch. 7; Fudenberg & Levine (1998), The Theory of Learning in Games, ch. 1.",
    traits=_NEVER,
)
def best_reply() -> Compiled:
    """Reply best to the other's last action; in the first period to even odds."""
    return _believer(math.inf, 0.0, 1.0, 1.0)


@entry(
    "weighted-fictitious-play",
    voice="I count what you did, and what is long past counts less.",
    source="Cheung & Friedman (1997), Individual learning in normal form games, Games Econ. Behav. "
    "19:46-76. The usual value of memory is ours.",
    traits=_NEVER,
)
def weighted_fictitious_play(
    memory: float = 0.8, kind: float = 1.0, unkind: float = 1.0
) -> Compiled:
    """Reply best to a record in which a period counts `memory` times as much as the one after it.

    With 1 this is fictitious play, with 0 the best reply to the last action.
    """
    return _believer(math.inf, memory, kind, unkind)


@entry(
    "smooth-fictitious-play",
    voice="I count what you did, and mostly do what pays against it.",
    source="Fudenberg & Kreps (1993), Learning mixed equilibria, Games Econ. Behav. 5:320-367; "
    "Fudenberg & Levine (1998), The Theory of Learning in Games, ch. 4.",
    traits=_LOGIT,
)
def smooth_fictitious_play(
    precision: float = 1.0, kind: float = 1.0, unkind: float = 1.0
) -> Compiled:
    """Give the logit reply, with this precision, to how often the other has accommodated."""
    return _believer(precision, 1.0, kind, unkind)


@entry(
    "logit-best-reply",
    voice="I mostly do what would have paid against what you just did.",
    source="Blume (1993), The statistical mechanics of strategic interaction, Games Econ. Behav. "
    "5:387-424; McKelvey & Palfrey (1995), Games Econ. Behav. 10:6-38, for the logit.",
    traits=Traits(memory=1, nice=False, retaliating=False, forgiving=False),
)
def logit_best_reply(precision: float = 1.0) -> Compiled:
    """Give the logit reply, with this precision, to the other's last action."""
    return _believer(precision, 0.0, 1.0, 1.0)


def _reply_to_record(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: λ, γ, w(C), w(D), b."""
    if seen.period > 0:
        memory[2] *= memory[1]
        memory[3] *= memory[1]
        memory[2 + seen.observed] += 1
    memory[4] = memory[2] / (memory[2] + memory[3])
    return _reply(_gain(memory[4], payoffs), memory[0], draw(chance, 0))


def _gain(belief: float, payoffs: Payoffs) -> float:
    """Say what accommodating gains over withholding, in expectation."""
    u = payoffs[0]
    return float(belief * (u[0, 0] - u[1, 0]) + (1 - belief) * (u[0, 1] - u[1, 1]))


def _reply(gain: float, precision: float, lot: float) -> int:
    """Reply best, or by the logit."""
    if math.isinf(precision):
        return ACCOMMODATE if gain >= 0 else WITHHOLD
    p = 1 / (1 + math.exp(min(-precision * gain, 700.0)))
    return ACCOMMODATE if lot < p else WITHHOLD


@entry(
    "adaptive-play",
    voice="I recall a few of our last meetings, a different few each time, and trust in them.",
    source="Young (1993), The evolution of conventions, Econometrica 61:57-84. The usual values "
    "are ours; samples of at most half of what is remembered are what its theorem needs.",
    traits=Traits(memory=0, nice=False, retaliating=False, forgiving=False),
)
def adaptive_play(memory: int = 8, sample: int = 4, error: float = 0.05) -> Compiled:
    """Reply best to a random `sample` of what the other did in the last `memory` periods.

    Each sample is as likely as any other; while less is on record, all of it is the sample, and in
    the first period even odds. With probability `error` it does either with even odds instead.
    """
    whole("memory", memory, 1)
    if not 1 <= sample <= memory:
        raise Mistake(f"sample = {sample} of the last {memory} periods: 1 to {memory} can be drawn")
    start = (float(sample), probability("error", error), 0.0) + (0.0,) * memory
    return Compiled(_reply_to_sample, start, stochastic=True)


def _reply_to_sample(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: size of a sample, error, b; whether each of the last periods withheld, in turn."""
    record = memory[3:]
    if seen.period > 0:
        record[seen.period % len(record)] = seen.observed
    known = min(seen.period, len(record))
    wanted = min(int(memory[0]), known)
    kind, left = 0.0, wanted
    for i in range(known):  # each record is taken with the probability that fills the sample
        if draw(chance, 2 + i) * (known - i) < left:
            # while the ring is not full, its cell 0 is still empty
            kind += 1 - record[i + 1 if known < len(record) else i]
            left -= 1
    memory[2] = kind / wanted if wanted > 0 else 0.5
    if draw(chance, 0) < memory[1]:
        return ACCOMMODATE if draw(chance, 1) < 0.5 else WITHHOLD
    return ACCOMMODATE if _gain(memory[2], payoffs) >= 0 else WITHHOLD


@entry(
    "anticipating",
    voice="You will do what would have paid against my last move; I do what pays against that.",
    source="Milgrom & Roberts (1991), Adaptive and sophisticated learning in normal form games, "
    "Games Econ. Behav. 3:82-100; Selten (1991), Anticipatory learning in two-person games.",
    traits=_NEVER,
)
def anticipating() -> Compiled:
    """Reply best to the other's best reply to one's own last action.

    Between equals the other is expected to accommodate, and so does one oneself; in the first
    period either action of the other is expected with even odds.
    """
    return Compiled(_anticipate, (0.0,), belief=0)


def _anticipate(memory: Memory, seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: b."""
    memory[0] = 0.5
    if seen.period > 0:
        theirs = payoffs[1, seen.own]
        memory[0] = 1.0 if theirs[ACCOMMODATE] >= theirs[WITHHOLD] else 0.0
    return ACCOMMODATE if _gain(memory[0], payoffs) >= 0 else WITHHOLD
