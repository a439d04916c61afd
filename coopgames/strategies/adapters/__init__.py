"""Strategies written for other programs and courses, played unchanged; one format a file.

A format is told by what it is called and takes, never by trying it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from coopgames.strategies.adapters import axelrod_player, history_memory, moves
from coopgames.strategies.adapters.adapted import Adapted
from coopgames.strategies.adapters.luck import lend

__all__ = ["Adapted", "adapted"]


def adapted(module: ModuleType, path: Path) -> list[Adapted]:
    """Find the strategies of other formats that a file defines.

    Parameters
    ----------
    module : module
        What the file is, read.
    path : Path
        The file.

    Returns
    -------
    list of Adapted
        What the file itself defines, not what it imports. Where there is any, Python's own
        ``random`` in the file draws from then on from the luck of the seat that is playing.
    """
    found = list(_found(module, path))
    if not found:
        return []
    luck = lend(module)
    return [replace(one, luck=luck) for one in found]


def _found(module: ModuleType, path: Path) -> Iterator[Adapted]:
    for format_ in (history_memory, moves, axelrod_player):
        yield from format_.find(module, path)
