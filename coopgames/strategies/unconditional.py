"""Strategies that decide without looking at the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.strategies.automaton import Automaton
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.registry import entry, probability, whole
from coopgames.strategies.sources import PRISON
from coopgames.strategies.traits import Traits


def _constant(p: float) -> Automaton:
    return Automaton([[p, 1 - p]], [[[0, 0], [0, 0]]], states=("always",))


@entry(
    "always-accommodate",
    voice="Whatever you do, I meet you halfway and then some.",
    source="ALL C; Axelrod (1984), The Evolution of Cooperation.",
    aliases=("ALLC", "AC"),
)
def always_accommodate() -> Automaton:
    """Accommodate in every period."""
    return _constant(1.0)


@entry(
    "always-defect",
    voice="I look after myself, always.",
    source="ALL D; Axelrod (1984), The Evolution of Cooperation.",
    aliases=("ALLD", "AD"),
)
def always_defect() -> Automaton:
    """Withhold in every period."""
    return _constant(0.0)


@entry(
    "random",
    voice="I toss a coin.",
    source="RANDOM of Axelrod (1980), J. Conflict Resolution 24:3-25, with p = 1/2.",
    aliases=("RANDOM", "RAND"),
)
def random(p: float = 0.5) -> Automaton:
    """Accommodate with probability `p` in every period, whatever happened."""
    return _constant(probability("p", p))


@entry(
    "alternator",
    voice="I give, I take, I give, I take.",
    source="Folklore; used e.g. by Mittal & Deb (2009), IEEE Trans. Evol. Comput. 13:554-565.",
)
def alternator() -> Automaton:
    """Accommodate in the first period and every second one from there; withhold in the rest."""
    return Automaton([[1, 0], [0, 1]], [[[1, 1]] * 2, [[0, 0]] * 2], states=("give", "take"))


@entry(
    "cycler",
    voice="I have a plan of so many turns, and when it is done I begin again.",
    source="per_ccd and per_ddc in Beaufils, Delahaye & Mathieu (1997), Our meeting with gradual, "
    "Artificial Life V, 202-209. DC and FC: the D-alternator and C-to-ALLD of Fudenberg, Rand & "
    "Dreber (2012), American Econ. Rev. 102:720-749.",
    aliases={
        "per_ccd": {},
        "per_ddc": {"cycle": "DDC"},
        "DC": {"cycle": "DC"},
        "FC": {"cycle": "D", "opening": "C"},
    },
)
def cycler(cycle: str = "CCD", opening: str = "") -> Automaton:
    """Repeat a fixed course for ever, whatever happens.

    `cycle` is written with the letters C and D; `opening`, which may be left out, comes before it,
    once.
    """
    if not cycle or set(cycle + opening) - {"C", "D"}:
        raise Mistake(
            f"cycle = {cycle!r}, opening = {opening!r}: they are written with the letters C and D, "
            "and a cycle has at least one"
        )
    course = opening + cycle
    following = [*range(1, len(course)), len(opening)]
    return Automaton(
        [[1, 0] if action == "C" else [0, 1] for action in course],
        [[[to, to]] * 2 for to in following],
        states=[f"{t + 1}: {action}" for t, action in enumerate(course)],
    )


@entry(
    "worse-and-worse",
    voice="I start out well, and it goes downhill from there.",
    source=f"worse_and_worse in {PRISON}.",
    traits=Traits(memory=None, nice=False, retaliating=False, forgiving=False),
)
def worse_and_worse(periods: int = 1000) -> Compiled:
    """Withhold in period t with probability t / `periods`, and for certain from there on."""
    memory = (float(whole("periods", periods, least=1)), 1.0)
    return Compiled(_drifting, memory, stochastic=True, responds=False)


@entry(
    "better-and-better",
    voice="I start out badly, and mend my ways a little with each turn.",
    source=f"better_and_better in {PRISON}.",
    traits=Traits(memory=None, nice=False, retaliating=False, forgiving=True),
)
def better_and_better(periods: int = 1000) -> Compiled:
    """Accommodate in period t with probability t / `periods`, and for certain from there on."""
    memory = (float(whole("periods", periods, least=1)), 0.0)
    return Compiled(_drifting, memory, stochastic=True, responds=False)


def _drifting(
    memory: NDArray[np.float64], seen: Seen, _payoffs: NDArray[np.float64], chance: np.uint64
) -> int:
    """Keep how long it takes, and whether it is withholding that becomes surer."""
    surer = (seen.period + 1) / memory[0]
    kind = 1 - surer if memory[1] == 1 else surer
    return ACCOMMODATE if draw(chance, 0) < kind else WITHHOLD
