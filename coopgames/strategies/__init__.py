"""How one actor decides."""

from coopgames.strategies.automaton import Automaton, memory_one
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw, mix
from coopgames.strategies.registry import Entry, library, strategy
from coopgames.strategies.strategy import Parameter, Rule, Strategy

__all__ = [
    "ACCOMMODATE",
    "WITHHOLD",
    "Automaton",
    "Compiled",
    "Entry",
    "Parameter",
    "Rule",
    "Seen",
    "Strategy",
    "draw",
    "library",
    "memory_one",
    "mix",
    "strategy",
]
