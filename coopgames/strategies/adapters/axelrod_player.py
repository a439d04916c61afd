"""A subclass of Axelrod-Python's ``Player``: seated as the bridge seats that library's own.

The format is told by the class that it is built on. A file that imports ``axelrod`` needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from coopgames.strategies.adapters.adapted import Adapted, classes


def find(module: ModuleType, path: Path) -> list[Adapted]:
    """Find the players that a file defines."""
    if "axelrod" not in sys.modules:  # then nothing can be built on it
        return []
    from coopgames.strategies.bridge import axelrod

    player = axelrod().Player
    return [
        Adapted(kind, path, f"a player {kind.__name__} of Axelrod-Python", partial(_seat, kind))
        for kind in classes(module)
        if issubclass(kind, player)
    ]


def _seat(kind: Any) -> Callable[..., int]:
    from coopgames.strategies.bridge.seat import Seat, anew

    return Seat(kind.__name__, partial(anew, kind)).act
