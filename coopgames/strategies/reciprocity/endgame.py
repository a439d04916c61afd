"""Reciprocity with an eye on the end: where it is known, the last periods are another game."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen
from coopgames.strategies.registry import entry, whole
from coopgames.strategies.sources import AXELROD_PYTHON
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]


@entry(
    "end-game-tit-for-tat",
    voice="I return what I get as long as there is a tomorrow.",
    source="The T_k of Nachbar (1992), Evolution in the finitely repeated prisoner's dilemma, "
    "J. Econ. Behavior & Organization 19:307-326; with k = 1 it is Alexei's in LessWrong (2011), "
    "Prisoner's dilemma tournament.",
    traits=Traits(memory=1, nice=True, retaliating=True, forgiving=True, uses_horizon=True),
)
def end_game_tit_for_tat(k: int = 1) -> Compiled:
    """Play tit for tat, but withhold in the last `k` periods where their number is known."""
    return Compiled(_end_game, memory=(float(whole("k", k)),))


def _end_game(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    if 0 <= seen.horizon <= seen.period + memory[0]:
        return WITHHOLD
    return WITHHOLD if seen.observed == WITHHOLD else ACCOMMODATE


@entry(
    "eugine-nier",
    voice="I return what I get; at the fifth blow I stop talking, and I take the last turn.",
    source="Eugine Nier in LessWrong (2011), Prisoner's dilemma tournament; as in "
    f"{AXELROD_PYTHON}.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True, uses_horizon=True),
)
def eugine_nier(patience: int = 4) -> Compiled:
    """Play tit for tat, but withhold for ever after more than `patience` defections.

    Where the number of periods is known, it withholds in the last.
    """
    return Compiled(_eugine_nier, memory=(float(whole("patience", patience)), 0.0))


def _eugine_nier(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep the patience, and the other's withholdings."""
    if seen.observed == WITHHOLD:
        memory[1] += 1
    if memory[1] > memory[0] or seen.horizon == seen.period + 1:
        return WITHHOLD
    return WITHHOLD if seen.observed == WITHHOLD else ACCOMMODATE


@entry(
    "backstabber",
    voice="I bear three blows with a smile, and I leave without saying good-bye.",
    source=f"Thomas Campbell in {AXELROD_PYTHON}.",
    traits=Traits(memory=None, nice=True, retaliating=False, forgiving=True, uses_horizon=True),
)
def backstabber(patience: int = 3, last: int = 2) -> Compiled:
    """Accommodate, but withhold for ever after more than `patience` defections.

    Where the number of periods is known, it withholds in the `last` periods.
    """
    memory = (float(whole("patience", patience)), float(whole("last", last)), 0.0)
    return Compiled(_backstabber, memory)


def _backstabber(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep the patience, the periods at the end, and the other's withholdings."""
    if seen.observed == WITHHOLD:
        memory[2] += 1
    if memory[2] > memory[0] or 0 <= seen.horizon <= seen.period + memory[1]:
        return WITHHOLD
    return ACCOMMODATE
