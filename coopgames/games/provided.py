"""Games of plugins, by name as those of the catalogue.

What the entry point ``coopgames.games`` names is a `Game` or `CountGame`, or a function that makes
one, all of whose parameters have usual values.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from coopgames.games.counts import CountGame
from coopgames.games.game import Game
from coopgames.mistakes import Mistake
from coopgames.plugins import Plugin, loaded

KINDS = (float, int, str)


def maker(plugin: Plugin) -> Callable[..., Game | CountGame]:
    """Give what makes a plugin's game of its parameters.

    Raises
    ------
    Mistake
        One line, if it cannot be loaded or makes no game.
    """
    thing = loaded(plugin)
    place = f"{plugin.name}, a plugin of {plugin.provider}, cannot be used"
    if isinstance(thing, Game | CountGame):
        return lambda: thing
    if not callable(thing):
        raise Mistake(
            f"{place}: it is a {type(thing).__name__}, neither a game nor a function that makes one"
        )
    for p in inspect.signature(thing).parameters.values():
        if type(p.default) not in KINDS:
            raise Mistake(f"{place}: its parameter {p.name} has no number or text as usual value")

    def make(**parameters: Any) -> Game | CountGame:
        try:
            game = thing(**parameters)
        except Mistake:
            raise
        except Exception as error:
            raise Mistake(f"{place}: {type(error).__name__}: {error}") from None
        if not isinstance(game, Game | CountGame):
            raise Mistake(f"{place}: it made {game!r}, which is no game")
        return game

    make.__doc__ = thing.__doc__
    make.__signature__ = inspect.signature(thing)  # type: ignore[attr-defined]
    return make
