"""How one actor decides."""

from coopgames.strategies.automaton import Automaton, memory_one
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw, mix
from coopgames.strategies.group import (
    group_always,
    group_automaton,
    group_never,
    group_reactive,
    group_tit_for_tat,
    trigger,
)
from coopgames.strategies.python import SEES, History, Python, asked, describe, python_file
from coopgames.strategies.registry import Entry, library, strategy
from coopgames.strategies.small import memory_one_rules, small_automata
from coopgames.strategies.strategy import Parameter, Rule, Strategy
from coopgames.strategies.traits import Traits, is_memory_one, is_nice

__all__ = [
    "ACCOMMODATE",
    "SEES",
    "WITHHOLD",
    "Automaton",
    "Compiled",
    "Entry",
    "History",
    "Parameter",
    "Python",
    "Rule",
    "Seen",
    "Strategy",
    "Traits",
    "asked",
    "describe",
    "draw",
    "group_always",
    "group_automaton",
    "group_never",
    "group_reactive",
    "group_tit_for_tat",
    "is_memory_one",
    "is_nice",
    "library",
    "memory_one",
    "memory_one_rules",
    "mix",
    "python_file",
    "small_automata",
    "strategy",
    "trigger",
]
