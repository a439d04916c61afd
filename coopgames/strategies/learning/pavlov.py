"""Win-stay-lose-shift and its relatives: a success is repeated, a failure is not.

A period is a success if the other accommodated in it; `aspirations` goes by the payoffs instead.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.registry import entry, probability, whole
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]


@entry(
    "n-pavlov",
    voice="Every success makes me a little readier to do the same again, every failure less.",
    source="Kraines & Kraines (1989), Pavlov and the prisoner's dilemma, Theory and Decision "
    "26:47-79. The usual n is ours.",
    aliases=("Pavlov-n",),
)
def n_pavlov(n: int = 4) -> Automaton:
    """Accommodate with probability i/n, where i moves by one with each outcome.

    It rises when accommodating succeeded or withholding failed, that is after both did the same,
    and falls otherwise; it begins at n. With n = 1 this is win-stay-lose-shift.
    """
    whole("n", n, 1)
    up, down = [min(i + 1, n) for i in range(n + 1)], [max(i - 1, 0) for i in range(n + 1)]
    return Automaton(
        [[i / n, 1 - i / n] for i in range(n + 1)],
        [[[up[i], down[i]], [down[i], up[i]]] for i in range(n + 1)],
        initial=n,
        states=[f"{i} of {n}" for i in range(n + 1)],
    )


_LI = "Li, Hingston & Kendall (2011), Engineering design of strategies for winning iterated "
_COOPERATIVE, _HARD, _SUSPICIOUS, _PAVLOV, _RANDOM = 1.0, 2.0, 3.0, 4.0, 5.0


@entry(
    "adaptive-pavlov-2006",
    voice="I watch six moves, tell what you are, and treat you accordingly.",
    source="Li (2007), How to design a strategy to win an IPD tournament, in Kendall, Yao & Chong "
    "(eds), The Iterated Prisoners' Dilemma: 20 Years On, 89-104. Read as Axelrod-Python 4.13.1 "
    "reads it: who fits none of the kinds is random if it never fitted one, else what it was.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def adaptive_pavlov_2006() -> Compiled:
    """Play tit for tat for six moves; after every six, say what the other is and treat it so.

    By its last six moves it is cooperative (C C C C C C), hard (D D D D D D), a suspicious tit for
    tat (D C D C D C), a Pavlov that began with D (D D C D D C), or none of them. With the
    cooperative it plays tit for tat; with the suspicious too, after two accommodating moves; with
    the Pavlov it withholds once and accommodates five times; from all others it withholds.
    """
    return Compiled(_adaptive_pavlov_2006, (0.0, 0.0))


def _adaptive_pavlov_2006(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: what the other is, 0 before that is known; its last six moves as a binary number."""
    if seen.period > 0:
        memory[1] = (2 * memory[1] + seen.observed) % 64
    if seen.period < 6:
        return max(seen.observed, ACCOMMODATE)
    turn, moves = seen.period % 6, memory[1]
    if turn == 0:
        if moves == 0b000000:
            memory[0] = _COOPERATIVE
        elif moves == 0b111111:
            memory[0] = _HARD
        elif moves == 0b101010:
            memory[0] = _SUSPICIOUS
        elif moves == 0b110110:
            memory[0] = _PAVLOV
        elif memory[0] == 0:
            memory[0] = _RANDOM
    if memory[0] == _COOPERATIVE or (memory[0] == _SUSPICIOUS and turn > 1):
        return seen.observed
    if memory[0] == _SUSPICIOUS or (memory[0] == _PAVLOV and turn > 0):
        return ACCOMMODATE
    return WITHHOLD


@entry(
    "adaptive-pavlov-2011",
    voice="I watch six moves, count the bad ones, and treat you accordingly.",
    source=f"{_LI}prisoner's dilemma competitions, IEEE Trans. Comput. Intell. AI Games 3:348-360. "
    "Read as Axelrod-Python 4.13.1 reads it: one or two bad moves tell nothing new.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def adaptive_pavlov_2011() -> Compiled:
    """Play tit for tat for six moves; after every six, go by how often the other withheld in them.

    Never: it is cooperative, and tit for tat is played. Three times: it is a suspicious tit for
    tat, and tit for two tats is played. More often: it is hard, and withheld from. Once or twice:
    it is what it was, or random if it was nothing yet, and then withheld from.
    """
    return Compiled(_adaptive_pavlov_2011, (0.0, 0.0, 0.0))


def _adaptive_pavlov_2011(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: what the other is; how often it withheld since; its last move."""
    before, memory[2] = memory[2], max(seen.observed, 0)
    memory[1] += memory[2]
    if seen.period < 6:
        return int(memory[2])
    if seen.period % 6 == 0:
        if memory[1] == 0:
            memory[0] = _COOPERATIVE
        elif memory[1] >= 4:
            memory[0] = _HARD
        elif memory[1] == 3:
            memory[0] = _SUSPICIOUS
        elif memory[0] == 0:
            memory[0] = _RANDOM
        memory[1] = 0
    if memory[0] == _SUSPICIOUS:
        return WITHHOLD if before == WITHHOLD and seen.observed == WITHHOLD else ACCOMMODATE
    return seen.observed if memory[0] == _COOPERATIVE else WITHHOLD


_HAUERT = (
    "Hauert & Stenull (2002), Simple adaptive strategy wins the prisoner's dilemma, J. Theor. "
    "Biol. 218:261-272: the rule that won where encounters are"
)


@entry(
    "adaptor-brief",
    voice="A balance inside me says whether I am kind; every outcome but peace shifts it.",
    source=f"{_HAUERT} short.",
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def adaptor_brief(error: float = 0.01) -> Compiled:
    """Accommodate while a balance is at least −1 and below 1, and do the contrary by error.

    It begins at 0, and mutual accommodation leaves it as it is; being exploited adds −1.001505,
    exploiting 0.992107, and mutual defection −0.638734.
    """
    return _adaptor(error, CD=-1.001505, DC=0.992107, DD=-0.638734)


@entry(
    "adaptor-long",
    voice="A balance inside me says whether I am kind; only spite on both sides brings it down.",
    source=f"{_HAUERT} long.",
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def adaptor_long(error: float = 0.01) -> Compiled:
    """Accommodate while a balance is at least −1 and below 1, and do the contrary by error.

    It begins at 0, and mutual accommodation leaves it as it is; being exploited adds 1.888159,
    exploiting 1.858883, and mutual defection −0.995703.
    """
    return _adaptor(error, CD=1.888159, DC=1.858883, DD=-0.995703)


def _adaptor(error: float, *, CD: float, DC: float, DD: float) -> Compiled:
    memory = (probability("error", error), 0.0, CD, DC, DD, 0.0)
    return Compiled(_balance, memory, stochastic=error not in {0, 1})


def _balance(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: error; what CC, CD, DC, DD add; the balance."""
    if seen.period > 0:
        memory[5] += memory[1 + 2 * seen.own + seen.observed]
    p = 1 - memory[0] if -1 <= memory[5] < 1 else memory[0]
    return ACCOMMODATE if draw(chance, 0) < p else WITHHOLD
