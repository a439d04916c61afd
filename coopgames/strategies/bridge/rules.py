"""What plays a player of Axelrod-Python that need not be run by its own code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from coopgames.strategies.automaton import Automaton
from coopgames.strategies.bridge import compiled
from coopgames.strategies.bridge.known import known
from coopgames.strategies.bridge.names import NATIVE
from coopgames.strategies.bridge.package import axelrod
from coopgames.strategies.compiled import Compiled
from coopgames.strategies.registry import strategy
from coopgames.strategies.strategy import Rule


def _network(name: str) -> Compiled:
    """Make a network with the weights that come with Axelrod-Python."""
    player = getattr(axelrod(), name)()
    return compiled.network(
        player.input_to_hidden_layer_weights,
        player.hidden_to_output_layer_weights,
        player.bias_weights,
    )


def _team(name: str, rule: str) -> Compiled:
    members = [rule_of(member) for member in known()[name].team]
    return compiled.team([m for m in members if isinstance(m, Automaton)], rule)


WRITTEN: Mapping[str, Callable[[], Compiled]] = {
    "CycleHunter": compiled.cycle_hunter,
    "EventualCycleHunter": compiled.eventual_cycle_hunter,
    "RandomHunter": compiled.random_hunter,
    **{
        name: partial(_network, name) for name in ("EvolvedANN", "EvolvedANN5", "EvolvedANNNoise05")
    },
    "MetaMajorityMemoryOne": partial(_team, "MetaMajorityMemoryOne", "majority"),
    "MetaWinnerMemoryOne": partial(_team, "MetaWinnerMemoryOne", "winner"),
    "NMWEMemoryOne": partial(_team, "NMWEMemoryOne", "ensemble"),
}
"""Those that are written anew here."""

IMPORTS = frozenset({"EvolvedANN", "EvolvedANN5", "EvolvedANNNoise05"})
"""Of these, those that need Axelrod-Python all the same, for their weights."""


def rule_of(name: str) -> Rule | None:
    """Give what plays a player with its defaults, if it is not its own code.

    Parameters
    ----------
    name : str
        Its class, e.g. ``"TitForTat"``.

    Returns
    -------
    Automaton, Compiled or None
        Our own strategy, a compiled function, or the automaton that it was found to be; None if it
        must be run.
    """
    if name in NATIVE:
        ours, parameters = NATIVE[name]
        return strategy(ours, **parameters).rule
    if name in WRITTEN:
        return WRITTEN[name]()
    return known()[name].automaton
