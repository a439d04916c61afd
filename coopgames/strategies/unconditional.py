"""Strategies that decide without looking at the other."""

from __future__ import annotations

from coopgames.strategies.automaton import Automaton
from coopgames.strategies.registry import entry, probability


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
