"""How one actor decides."""

from coopgames.strategies.automaton import Automaton, memory_one
from coopgames.strategies.belief import beliefs
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
    span,
)
from coopgames.strategies.group import (
    group_always,
    group_automaton,
    group_never,
    group_reactive,
    group_tit_for_tat,
    trigger,
)
from coopgames.strategies.group_reciprocity import (
    group_all_or_none,
    group_generous_tit_for_tat,
    group_limited_punishment,
    group_proportional,
    group_tits_for_tats,
    group_win_stay_lose_shift,
)
from coopgames.strategies.guided import FREE, Guided, Label, all_labels
from coopgames.strategies.python import SEES, History, Python, asked, describe, python_file
from coopgames.strategies.registry import (
    FAMILIES,
    Entry,
    find,
    library,
    strategy,
    traits_of,
    under_regimes,
)
from coopgames.strategies.small import memory_one_rules, small_automata
from coopgames.strategies.stance import Stance
from coopgames.strategies.strategy import Parameter, Rule, Strategy
from coopgames.strategies.traits import Traits, memory_of

__all__ = [
    "ACCOMMODATE",
    "AXELROD",
    "FAMILIES",
    "FREE",
    "SEES",
    "VERSION",
    "WITHHOLD",
    "Automaton",
    "AxelrodPlayer",
    "Compiled",
    "Entry",
    "Guided",
    "History",
    "Known",
    "Label",
    "Parameter",
    "Python",
    "Rule",
    "Runs",
    "Seen",
    "Stance",
    "Strategy",
    "Traits",
    "all_labels",
    "asked",
    "axelrod",
    "axelrod_players",
    "axelrod_strategy",
    "beliefs",
    "describe",
    "draw",
    "find",
    "group_all_or_none",
    "group_always",
    "group_automaton",
    "group_generous_tit_for_tat",
    "group_limited_punishment",
    "group_never",
    "group_proportional",
    "group_reactive",
    "group_tit_for_tat",
    "group_tits_for_tats",
    "group_win_stay_lose_shift",
    "helpers",
    "library",
    "memory_of",
    "memory_one",
    "memory_one_rules",
    "missing",
    "mix",
    "python_file",
    "rated",
    "small_automata",
    "span",
    "strategy",
    "traits_of",
    "trigger",
    "under_regimes",
]
