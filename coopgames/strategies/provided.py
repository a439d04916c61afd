"""Strategies of plugins, by name as those of the library.

What the entry point ``coopgames.strategies`` names is a module that is written like a strategy's
file, a function or class such as stands in one, or a ready `Strategy`, automaton or compiled
function.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from coopgames.mistakes import Mistake
from coopgames.plugins import Plugin, loaded, plugins
from coopgames.strategies.automaton import Automaton
from coopgames.strategies.compiled import Compiled
from coopgames.strategies.files import defined
from coopgames.strategies.python import Python
from coopgames.strategies.strategy import Strategy

PLUGIN = "plugin"
"""The family of what plugins add."""


@cache
def provided(native: frozenset[str]) -> Mapping[str, Plugin]:
    """List the strategies of plugins by name, nothing imported.

    Parameters
    ----------
    native : frozenset of str
        The library's own names, which mean the library's own strategies.
    """
    taken = "the library has a strategy of this name, which is the one that is meant by it"
    return MappingProxyType(
        {
            name: replace(p, problem=p.problem or taken) if name in native else p
            for name, p in plugins("strategies").items()
        }
    )


def made(plugin: Plugin) -> Strategy:
    """Make the strategy of a plugin.

    Raises
    ------
    Mistake
        One line, if it cannot be loaded or is no strategy.
    """
    thing = loaded(plugin)
    try:
        found = _strategy(thing)
    except Mistake as mistake:
        place = f"{plugin.name}, a plugin of {plugin.provider}"
        raise Mistake(f"{place}, cannot be used: {mistake}") from None
    return replace(found, name=plugin.name, family=PLUGIN, provider=plugin.provider)


def _strategy(thing: Any) -> Strategy:
    if isinstance(thing, Strategy):
        return thing
    if isinstance(thing, Automaton | Compiled | Python):
        return Strategy("plugin", thing)
    if isinstance(thing, ModuleType):
        rule, card = defined(thing, Path(thing.__file__ or thing.__name__))
        voice, author = card.get("description", ""), card.get("author", "")
        return Strategy("plugin", rule, voice=voice, source=author)
    if callable(thing):
        home = getattr(sys.modules.get(thing.__module__), "__file__", None)
        return Strategy("plugin", Python(thing, Path(home) if home else None))
    raise Mistake(
        f"it is a {type(thing).__name__}, neither a strategy nor a function or class that could "
        "be one"
    )
