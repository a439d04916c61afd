"""How one actor decides."""

from coopgames.strategies.automaton import Automaton, memory_one
from coopgames.strategies.bridge import (
    AXELROD,
    VERSION,
    AxelrodPlayer,
    Known,
    Runs,
    axelrod,
    axelrod_players,
    axelrod_strategy,
    missing,
)
from coopgames.strategies.compiled import (
    ACCOMMODATE,
    WITHHOLD,
    Compiled,
    Seen,
    draw,
    helpers,
    mix,
    rated,
)
from coopgames.strategies.group import (
    group_always,
    group_automaton,
    group_never,
    group_reactive,
    group_tit_for_tat,
    trigger,
)
from coopgames.strategies.python import SEES, History, Python, asked, describe, python_file
from coopgames.strategies.registry import Entry, find, library, strategy, traits_of
from coopgames.strategies.small import memory_one_rules, small_automata
from coopgames.strategies.stance import Stance
from coopgames.strategies.strategy import Parameter, Rule, Strategy
from coopgames.strategies.traits import Traits, memory

__all__ = [
    "ACCOMMODATE",
    "AXELROD",
    "SEES",
    "VERSION",
    "WITHHOLD",
    "Automaton",
    "AxelrodPlayer",
    "Compiled",
    "Entry",
    "History",
    "Known",
    "Parameter",
    "Python",
    "Rule",
    "Runs",
    "Seen",
    "Stance",
    "Strategy",
    "Traits",
    "asked",
    "axelrod",
    "axelrod_players",
    "axelrod_strategy",
    "describe",
    "draw",
    "find",
    "group_always",
    "group_automaton",
    "group_never",
    "group_reactive",
    "group_tit_for_tat",
    "helpers",
    "library",
    "memory",
    "memory_one",
    "memory_one_rules",
    "missing",
    "mix",
    "python_file",
    "rated",
    "small_automata",
    "strategy",
    "traits_of",
    "trigger",
]
