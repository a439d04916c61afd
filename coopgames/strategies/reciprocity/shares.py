"""Answers to the share of periods in which the other accommodated: diffuse reciprocity.

Where a window of at most `TABLED` periods is looked at, that is a table over what the other did in
it; else it is a function that keeps the window, or counts.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton, unroll
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.registry import entry, probability, whole
from coopgames.strategies.sources import AXELROD_PYTHON, PRISON, STEWART
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]

TABLED = 8


def _windowed(window: int, kindness: Callable[[float, int], float]) -> Automaton:
    """Accommodate by how often the other withheld in the last periods, and how many these are."""

    def after(past: str, _own: int, other: int) -> str:
        return (past + "CD"[other])[-window:]

    return unroll(
        "", lambda past: kindness(past.count("D"), len(past)), after, lambda past: past or "start"
    )


def _count(memory: Memory, seen: Seen) -> None:
    """Count, in cell 1, the other's withholdings in the last ``memory[0]`` periods; 0 is all.

    The window stands from cell 2 on, each period in the place of the one that leaves it.
    """
    if seen.period == 0:
        return
    window = int(memory[0])
    memory[1] += seen.observed
    if window > 0:
        place = 2 + (seen.period - 1) % window
        memory[1] -= memory[place]
        memory[place] = seen.observed


def _considered(memory: Memory, seen: Seen) -> float:
    """Give the number of periods that are counted."""
    return min(seen.period, memory[0]) if memory[0] > 0 else seen.period


@entry(
    "soft-majority",
    voice="I am as good as most of what you did, and in doubt I am good.",
    source="Gail Grisell in Axelrod (1980), More effective choice in the Prisoner's Dilemma, "
    "J. Conflict Resolution 24:379-403; soft_majo in Beaufils, Delahaye & Mathieu (1997).",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
    aliases=("soft_majo",),
)
def soft_majority(window: int = 0) -> Automaton | Compiled:
    """Withhold if the other has withheld more often than accommodated; on a tie, accommodate.

    `window` is how many of the last periods are counted; 0 stands for all.
    """
    if 0 < whole("window", window) <= TABLED:
        return _windowed(window, lambda withheld, periods: 2 * withheld <= periods)
    return Compiled(_soft_majority, memory=(float(window), 0.0, *[0.0] * window))


def _soft_majority(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    _count(memory, seen)
    return ACCOMMODATE if 2 * memory[1] <= _considered(memory, seen) else WITHHOLD


@entry(
    "hard-majority",
    voice="I am as bad as most of what you did, and in doubt I am bad.",
    source="Mittal & Deb (2009), Optimal strategies of the iterated prisoner's dilemma problem for "
    "multiple conflicting objectives, IEEE Trans. Evol. Comput. 13:554-565; HARD_MAJO in "
    f"{STEWART}.",
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=True),
    aliases=("HARD_MAJO", "hard_majo"),
)
def hard_majority(window: int = 0) -> Automaton | Compiled:
    """Accommodate if the other has accommodated more often than withheld; on a tie, withhold.

    So it withholds in the first period. `window` is how many of the last periods are counted; 0
    stands for all.
    """
    if 0 < whole("window", window) <= TABLED:
        return _windowed(window, lambda withheld, periods: 2 * withheld < periods)
    return Compiled(_hard_majority, memory=(float(window), 0.0, *[0.0] * window))


def _hard_majority(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    _count(memory, seen)
    return ACCOMMODATE if 2 * memory[1] < _considered(memory, seen) else WITHHOLD


@entry(
    "diffuse-reciprocity",
    voice="I keep no bill; I am to you, all in all, what you have been to me.",
    source="Keohane (1986), Reciprocity in international relations, International Organization "
    "40:1-27, for the idea; as a rule, Owen Campbell's Nice Average Copier in "
    f"{AXELROD_PYTHON}, which has no window.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=False),
)
def diffuse_reciprocity(window: int = 0) -> Automaton | Compiled:
    """Accommodate with a probability that is the other's share of accommodating periods.

    In the first period it accommodates. `window` is how many of the last periods are counted; 0
    stands for all.
    """
    if 0 < whole("window", window) <= TABLED:
        return _windowed(window, lambda withheld, periods: 1 - withheld / max(periods, 1))
    return Compiled(_diffuse, memory=(float(window), 0.0, *[0.0] * window), stochastic=True)


def _diffuse(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    _count(memory, seen)
    periods = max(_considered(memory, seen), 1)
    return ACCOMMODATE if periods * draw(chance, 0) < periods - memory[1] else WITHHOLD


@entry(
    "forgiver",
    voice="One bad turn in ten is only human; more than that is a habit.",
    source=f"Thomas Campbell in {AXELROD_PYTHON}.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def forgiver(share: float = 0.1) -> Compiled:
    """Withhold while the other has withheld in more than `share` of all periods."""
    return Compiled(_tolerant, memory=(0.0, 0.0, probability("share", share), 0.0))


@entry(
    "level-punisher",
    voice="I look on for ten turns before I judge how bad you are.",
    source="Eckhart Arnold (2016), CoopSim; as in Axelrod-Python 4.13.1.",
    traits=Traits(memory=None, nice=True, retaliating=False, forgiving=True),
)
def level_punisher(share: float = 0.2, patience: int = 10) -> Compiled:
    """Accommodate for `patience` periods, then withhold while the other's share is too large.

    It is too large if the other has withheld in more than `share` of all periods.
    """
    whole("patience", patience)
    return Compiled(_tolerant, memory=(0.0, 0.0, probability("share", share), float(patience)))


def _tolerant(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep a count (see `_count`), the share that is tolerated, and how long all is."""
    _count(memory, seen)
    if seen.period < memory[3]:
        return ACCOMMODATE
    return WITHHOLD if memory[1] > seen.period * memory[2] else ACCOMMODATE


@entry(
    "forgiving-tit-for-tat",
    voice="I return a blow only if blows are your habit.",
    source=f"Thomas Campbell in {AXELROD_PYTHON}.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def forgiving_tit_for_tat(share: float = 0.1) -> Compiled:
    """Play tit for tat while the other has withheld in more than `share` of all periods."""
    return Compiled(_forgiving, memory=(0.0, 0.0, probability("share", share)))


def _forgiving(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep a count (see `_count`), and the share that is tolerated."""
    _count(memory, seen)
    return seen.observed if memory[1] > seen.period * memory[2] else ACCOMMODATE


@entry(
    "doubler",
    voice="You may hit me, if you have been kind more than twice as often.",
    source=f"doubler in {PRISON}.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def doubler() -> Compiled:
    """Withhold after a defection, unless the other has accommodated more than twice as often."""
    return Compiled(_doubler, memory=(0.0, 0.0))


def _doubler(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    _count(memory, seen)
    bad = seen.observed == WITHHOLD and seen.period - memory[1] <= 2 * memory[1]
    return WITHHOLD if bad else ACCOMMODATE


@entry(
    "dynamic-two-tits-for-tat",
    voice="I hit back twice, but I pull my punches for old friends.",
    source=f"Grant Garrett-Grossman in {AXELROD_PYTHON}.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def dynamic_two_tits_for_tat() -> Compiled:
    """Play two tits for tat, but forgive with the other's share of accommodating periods."""
    return Compiled(_dynamic, memory=(0.0, 0.0, 0.0), stochastic=True)


def _dynamic(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep a count (see `_count`), and for how many periods a defection is remembered."""
    _count(memory, seen)
    memory[2] = 2 if seen.observed == WITHHOLD else max(memory[2] - 1, 0)
    if memory[2] == 0 or seen.period * draw(chance, 0) < seen.period - memory[1]:
        return ACCOMMODATE
    return WITHHOLD
