"""Players of Axelrod-Python as they are, told what happened as its own match tells them."""

from __future__ import annotations

import warnings
from copy import deepcopy
from functools import cache
from types import ModuleType
from typing import Any


@cache
def package() -> ModuleType:
    """Import it where it is needed: that takes half a minute, and it warns of its own code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import axelrod
    return axelrod


@cache
def _made(name: str) -> Any:
    """Make a player that never plays; making a team takes a fifth of a second."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return getattr(package(), name)()


def real_player(name: str, length: float, seed: int = 0) -> tuple[Any, Any]:
    """Make a player, and an opponent that has nothing but a history."""
    axl = package()
    player, other = deepcopy(_made(name)), axl.MockPlayer([axl.Action.C])
    player.set_match_attributes(length=length, game=axl.Game(), noise=0)
    player.set_seed(seed)
    return player, other


def tell(player: Any, other: Any, own: int, observed: int) -> None:
    """Tell both what was done, as `axelrod.Match` does after a period."""
    axl = package()
    mine, theirs = ((axl.Action.C, axl.Action.D)[a] for a in (own, observed))
    player.update_history(mine, theirs)
    other.update_history(theirs, mine)
