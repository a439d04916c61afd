"""How one actor decides."""

from coopgames.strategies.adapters import Adapted
from coopgames.strategies.apart import Apart, apart
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
    asked_of,
    draw,
    helpers,
    mix,
    other_standing,
    own_standing,
    rated,
    span,
)
from coopgames.strategies.expecting import Expecting
from coopgames.strategies.files import python_file
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
from coopgames.strategies.provided import PLUGIN
from coopgames.strategies.python import SEES, History, Python, asked, describe, module_of
from coopgames.strategies.registry import (
    FAMILIES,
    UNDER_REGIMES,
    Entry,
    find,
    library,
    regime_library,
    strategy,
    strategy_plugins,
    traits_of,
)
from coopgames.strategies.small import memory_one_rules, small_automata
from coopgames.strategies.stance import Stance, unfold
from coopgames.strategies.strategy import Parameter, Rule, Strategy
from coopgames.strategies.traits import Traits, memory_of

__all__ = [
    "ACCOMMODATE",
    "AXELROD",
    "FAMILIES",
    "FREE",
    "PLUGIN",
    "SEES",
    "UNDER_REGIMES",
    "VERSION",
    "WITHHOLD",
    "Adapted",
    "Apart",
    "Automaton",
    "AxelrodPlayer",
    "Compiled",
    "Entry",
    "Expecting",
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
    "apart",
    "asked",
    "asked_of",
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
    "module_of",
    "other_standing",
    "own_standing",
    "python_file",
    "rated",
    "regime_library",
    "small_automata",
    "span",
    "strategy",
    "strategy_plugins",
    "traits_of",
    "trigger",
    "unfold",
]
