"""Accounts of what each owes the other, and of how the two get on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton, unroll
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.registry import entry, whole
from coopgames.strategies.sources import AXELROD_PYTHON
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]


@entry(
    "cumulative-reciprocity",
    voice="We need not be even every day, as long as you never owe me too much.",
    source="CURE in Li et al. (2022), Evolution of cooperation through cumulative reciprocity, "
    "Nature Comput. Sci. 2:677-686, which leaves the tolerance open. With none it is getting even, "
    "Myerson (1991), Game Theory: Analysis of Conflict.",
    traits=Traits(memory=None, nice=True, retaliating=False, forgiving=True),
    aliases={"CURE": {}, "getting-even": {"tolerance": 0}},
)
def cumulative_reciprocity(tolerance: int = 1) -> Compiled:
    """Withhold while the other has withheld more than `tolerance` times more often than oneself."""
    return Compiled(_cumulative, memory=(float(whole("tolerance", tolerance)), 0.0))


def _cumulative(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep the tolerance, and by how many withholdings the other is ahead."""
    if seen.period > 0:
        memory[1] += seen.observed - seen.own
    return WITHHOLD if memory[1] > memory[0] else ACCOMMODATE


@entry(
    "omega-tit-for-tat",
    voice="I return what I get, but I break off a pointless feud, and I give up on a madman.",
    source="OmegaTFT in Slany & Kienreich (2007), On some winning strategies for the Iterated "
    "Prisoner's Dilemma, in Kendall, Yao & Chong (eds), The Iterated Prisoners' Dilemma: 20 Years "
    "On, 171-204. Read as Axelrod-Python 4.13.1 reads it.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
    aliases=("OmegaTFT",),
)
def omega_tit_for_tat(deadlock: int = 3, randomness: int = 8) -> Compiled:
    """Play tit for tat, but break out of a feud, and withhold from whoever seems random.

    A change of the other's action from one period to the next counts one towards a deadlock; no
    change sets it back to none. At `deadlock` it accommodates twice and counts anew. That the other
    changed its action counts one towards randomness, and so does that the two acted differently;
    two accommodating actions of the other in a row take one off. From `randomness` on it withholds.
    """
    whole("deadlock", deadlock, least=1)
    whole("randomness", randomness, least=1)
    return Compiled(_omega, memory=(float(deadlock), float(randomness), 0.0, 0.0, 0.0))


def _omega(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep both thresholds, both counts, and the other's action before last."""
    if seen.period == 0:
        return ACCOMMODATE
    before, memory[4] = memory[4], seen.observed
    if seen.period == 1:
        return seen.observed
    if memory[2] >= memory[0]:
        memory[2] = memory[0] + 1 if memory[2] == memory[0] else 0
        return ACCOMMODATE
    changed = before != seen.observed
    if before == ACCOMMODATE and seen.observed == ACCOMMODATE:
        memory[3] -= 1
    if changed:
        memory[3] += 1
    if seen.own != seen.observed:
        memory[3] += 1
    if memory[3] >= memory[1]:
        return WITHHOLD
    memory[2] = memory[2] + 1 if changed else 0
    return seen.observed


@entry(
    "inverse",
    voice="My anger halves, then thirds, then fades, until you hurt me again.",
    source=f"Karol Langner in {AXELROD_PYTHON}.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=False),
)
def inverse() -> Compiled:
    """Withhold with probability 1/n if the other last withheld n periods ago."""
    return Compiled(_inverse, memory=(0.0,), stochastic=True)


def _inverse(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep how many periods ago the other last withheld; 0 for never."""
    if seen.observed == WITHHOLD:
        memory[0] = 1
    elif memory[0] > 0:
        memory[0] += 1
    kind = memory[0] == 0 or draw(chance, 0) < 1 - 1 / memory[0]
    return ACCOMMODATE if kind else WITHHOLD


@entry(
    "grumpy",
    voice="It takes a lot to sour my mood, and twice as much to sweeten it again.",
    source=f"Jason Young in {AXELROD_PYTHON}.",
    traits=Traits(memory=None, nice=True, retaliating=False, forgiving=True),
)
def grumpy(threshold: int = 10) -> Compiled:
    """Accommodate in a good mood, withhold in a bad one.

    The mood turns bad when the other has withheld more than `threshold` times more often than
    accommodated, and good again when it has accommodated more than `threshold` times more often
    than withheld.
    """
    return Compiled(_grumpy, memory=(float(whole("threshold", threshold)), 0.0, 0.0))


def _grumpy(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep the threshold, the balance of the other's actions, and the mood; 1 is bad."""
    if seen.period > 0:
        memory[1] += 2 * seen.observed - 1
    if memory[1] > memory[0]:
        memory[2] = 1
    if memory[1] < -memory[0]:
        memory[2] = 0
    return WITHHOLD if memory[2] == 1 else ACCOMMODATE


@entry(
    "resurrection",
    voice="I return what I get, until I hear myself saying no five times running.",
    source="Eckhart Arnold (2016), CoopSim; as in Axelrod-Python 4.13.1.",
)
def resurrection(n: int = 5) -> Automaton:
    """Play tit for tat, but withhold for ever after withholding `n` times in a row."""
    whole("n", n, least=1)

    def after(state: tuple[int, int], own: int, other: int) -> tuple[int, int]:
        return min(state[0] + 1, n) if own == WITHHOLD else 0, other

    return unroll(
        (0, ACCOMMODATE),
        lambda state: state[0] < n and state[1] == ACCOMMODATE,
        after,
        lambda state: f"{state[0]} own, saw {'CD'[state[1]]}",
    )
