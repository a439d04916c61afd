"""Whether what a game encodes hangs on how finely its actions are graded.

What can be varied by degrees is put on a grid, and a coarse grid can miss what matters. A label
should survive halving the step (theory.md 1.1.4).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coopgames.games.counts import CountGame
from coopgames.games.game import Game
from coopgames.games.structure import structure


def grid_sensitive(make: Callable[[int], Game | CountGame], levels: int, **reading: Any) -> bool:
    """Say whether the label changes when the step of a grid is halved.

    Parameters
    ----------
    make : callable
        Makes the game with so many evenly spaced levels.
    levels : int
        How many there are now; halving the step makes ``2 · levels − 1`` of them.
    **reading
        As for `structure`.
    """
    labels = {structure(make(n), **reading).category for n in (levels, 2 * levels - 1)}
    return len(labels) > 1
