"""A class with ``move()`` and ``record_last_moves(mine, theirs)``.

The format of a course at the Czech Technical University (RPH, "Prisoner's dilemma"): an object is
made of the matrix of payoffs, ``matrix[my_move][opponent_move] = (mine, theirs)``, and of how many
periods there will be, where that is known; ``move()``, or ``select_move()``, says what it does, and
``record_last_moves`` tells it what both did. **False cooperates and True defects** there; where a
file says ``COOPERATE = …`` and ``DEFECT = …``, what it says counts. A method ``reset()`` is called
before a match. The format is told by the names of the methods.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from coopgames.mistakes import Mistake
from coopgames.strategies.adapters.adapted import Adapted, classes

MOVES = ("move", "select_move")


def find(module: ModuleType, path: Path) -> list[Adapted]:
    """Find the classes of a file that have these methods."""
    coding = (getattr(module, "COOPERATE", False), getattr(module, "DEFECT", True))
    found = []
    for kind in classes(module):
        name = next((m for m in MOVES if callable(getattr(kind, m, None))), None)
        if name and callable(getattr(kind, "record_last_moves", None)):
            what = f"a class {kind.__name__} with {name}() and record_last_moves()"
            found.append(Adapted(kind, path, what, partial(_seat, kind, name, coding)))
    return found


def _seat(kind: type, name: str, coding: tuple[Any, Any]) -> Callable[..., int]:
    player: Any = None

    def act(mine: Any, theirs: Any, horizon: Any, payoffs: Any, _chance: Any) -> int:
        nonlocal player
        if player is None:
            player = _made(kind, payoffs, horizon)
        else:
            player.record_last_moves(coding[mine[-1]], coding[theirs[-1]])
        move = getattr(player, name)()
        # 0.0 equals False, but is no answer; numpy's own truth values are.
        if not isinstance(move, float) and move in coding:
            return coding.index(move)
        raise Mistake(
            f"{name}() returned {move!r}; it returns {coding[0]!r} to cooperate or {coding[1]!r} "
            "to defect"
        )

    return act


def _made(kind: type, payoffs: Any, horizon: int | None) -> Any:
    """Make a player, of as much as it takes."""
    own, other = payoffs
    matrix = tuple(tuple((own[a][b], other[a][b]) for b in (0, 1)) for a in (0, 1))
    takes = [
        p
        for p in inspect.signature(kind).parameters.values()
        if p.kind in {p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD}
    ]
    given = [matrix, horizon][: len(takes)]
    if horizon is None and len(takes) > 1 and takes[1].default is not takes[1].empty:
        given = given[:1]  # its own word for a length that is not known
    player = kind(*given)
    if callable(getattr(player, "reset", None)):
        player.reset()
    return player
