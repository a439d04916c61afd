"""Punishments that grow with the number of offences."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen
from coopgames.strategies.registry import entry, probability, whole
from coopgames.strategies.sources import AXELROD_PYTHON
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]

_FORGIVING = Traits(memory=None, nice=True, retaliating=True, forgiving=True)


@entry(
    "gradual",
    voice="For your nth offence I am cross n times, and then I hold out my hand twice.",
    source="Beaufils, Delahaye & Mathieu (1997), Our meeting with gradual, Artificial Life V, "
    "202-209. Offences during a punishment or its two peace offers are not counted, which gives "
    "the paper's scores.",
    traits=_FORGIVING,
)
def gradual() -> Compiled:
    """Answer the nth offence by withholding n times, then accommodate twice whatever happens."""
    return Compiled(_gradual, memory=(0.0, 0.0))


def _gradual(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: offences so far, and what is left of the punishment with its two peace offers."""
    if memory[1] == 0 and seen.observed == WITHHOLD:
        memory[0] += 1
        memory[1] = memory[0] + 2
    if memory[1] > 0:
        memory[1] -= 1
    return WITHHOLD if memory[1] >= 2 else ACCOMMODATE


@entry(
    "strict-gradual",
    voice="I count every blow, those that you return as well, and I pay you back for all of them.",
    source="The gradual in ipd, the program of the SMAC team of Mathieu & Delahaye (2018), "
    "Université de Lille; it does not give the scores of 1997.",
    traits=_FORGIVING,
)
def strict_gradual() -> Compiled:
    """Play gradual, but withhold as often as the other has withheld in all, punishments included.

    Two accommodating periods follow each punishment, whatever happens.
    """
    return Compiled(_strict_gradual, memory=(0.0, 0.0))


def _strict_gradual(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: the other's withholdings, and what is left of the punishment with its offers."""
    if seen.observed == WITHHOLD:
        memory[0] += 1
        if memory[1] == 0:
            memory[1] = memory[0] + 2
    if memory[1] > 0:
        memory[1] -= 1
    return WITHHOLD if memory[1] >= 2 else ACCOMMODATE


@entry(
    "punisher",
    voice="The more of a villain you have been, the longer you stay in the corner.",
    source=f"Geraint Palmer in {AXELROD_PYTHON}.",
    traits=_FORGIVING,
)
def punisher(longest: int = 20) -> Compiled:
    """Withhold after a defection, for as long as the other's share of defections is large.

    At the other's defection it withholds, and goes on for so many more periods as that share of
    `longest` is, rounded down; what the other does meanwhile is not looked at, but counts in the
    next share. Before a new punishment the other has to withhold anew.
    """
    return Compiled(_punisher, memory=(float(whole("longest", longest, least=1)), 0.0, 0.0))


def _punisher(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: the longest punishment, the other's withholdings, what is left of the punishment."""
    if seen.observed == WITHHOLD:
        memory[1] += 1
    if memory[2] > 0:
        memory[2] -= 1
        return WITHHOLD
    if seen.observed == WITHHOLD:
        memory[2] = memory[1] * memory[0] // seen.period
        return WITHHOLD
    return ACCOMMODATE


@entry(
    "retaliate",
    voice="Whoever has taken advantage of me more than I of them will not do so again soon.",
    source=f"Owen Campbell in {AXELROD_PYTHON}.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def retaliate(share: float = 0.1) -> Compiled:
    """Withhold while one was exploited more often than `share` of the times one exploited.

    To be exploited is to accommodate while the other withholds.
    """
    return Compiled(_retaliate, memory=(probability("share", share), 0.0, 0.0))


def _retaliate(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: the share, how often one was exploited, and how often one exploited."""
    if seen.own == ACCOMMODATE and seen.observed == WITHHOLD:
        memory[1] += 1
    if seen.own == WITHHOLD and seen.observed == ACCOMMODATE:
        memory[2] += 1
    return WITHHOLD if memory[1] > memory[2] * memory[0] else ACCOMMODATE


@entry(
    "limited-retaliation",
    voice="I take my revenge, but I know when to stop.",
    source=f"Owen Campbell in {AXELROD_PYTHON}.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def limited_retaliation(share: float = 0.1, limit: int = 20) -> Compiled:
    """Retaliate, but offer peace for one period after withholding `limit` times in a row.

    To retaliate is to withhold while one was exploited more often than `share` of the times one
    exploited.
    """
    whole("limit", limit, least=1)
    memory = (probability("share", share), 0.0, 0.0, float(limit), 0.0)
    return Compiled(_limited_retaliation, memory)


def _limited_retaliation(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep what retaliating keeps, the limit, and how often one has withheld in a row."""
    wronged = _retaliate(memory, seen, payoffs, chance) == WITHHOLD
    if wronged and memory[4] < memory[3]:
        memory[4] += 1
        return WITHHOLD
    memory[4] = 0
    return ACCOMMODATE
