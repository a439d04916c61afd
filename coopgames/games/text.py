"""A game of two actors written on one line, such as ``3,3 0,5 / 5,0 1,1``.

Rows are parted by ``/`` and are the first actor's actions; cells are parted by blanks and are the
second actor's; each cell holds two payoffs with a comma between them, the first actor's first.
"""

from __future__ import annotations

import math
import re

from coopgames.games.game import Game
from coopgames.mistakes import Mistake

EXAMPLE = '"3,3 0,5 / 5,0 1,1"'
SHOWN = 3


def game_from_text(text: str, name: str = "from the command line") -> Game:
    """Read a game of two actors from one line of text.

    Parameters
    ----------
    text : str
        Rows parted by ``/``, cells by blanks, the two payoffs of a cell by a comma.
    name : str, optional
        What to call the game.

    Raises
    ------
    Mistake
        If the text is no such table; the message names row, column and what stands there.
    """
    if not text.strip():
        raise Mistake(f"payoffs: the table is empty; write rows like {EXAMPLE}")
    rows = [re.sub(r"\s*,\s*", ",", row).split() for row in text.split("/")]
    defects = []
    table = []
    for r, row in enumerate(rows, 1):
        if not row:
            defects.append(f"row {r} is empty")
        elif len(row) != len(rows[0]) and rows[0]:
            defects.append(
                f'row {r} ("{" ".join(row)}") has {_cells(row)}, row 1 has {len(rows[0])}'
            )
        table.append([_cell(cell, r, c, defects) for c, cell in enumerate(row, 1)])
    if defects:
        more = f"; and {len(defects) - SHOWN} more" if len(defects) > SHOWN else ""
        raise Mistake(f"payoffs: {'; '.join(defects[:SHOWN])}{more} (a right one: {EXAMPLE})")
    return Game(name, [[[cell[seat] for cell in row] for row in table] for seat in range(2)])


def _cells(row: list[str]) -> str:
    return f"{len(row)} cell{'' if len(row) == 1 else 's'}"


def _cell(cell: str, r: int, c: int, defects: list[str]) -> tuple[float, ...]:
    parts = cell.split(",")
    if len(parts) != 2:
        held = "one payoff" if len(parts) == 1 else f"{len(parts)} payoffs"
        defects.append(f'row {r}, column {c}: "{cell}" holds {held}, not two')
        return ()
    return tuple(
        _payoff(part, f'row {r}, column {c}: "{part}" in "{cell}"', defects) for part in parts
    )


def _payoff(part: str, place: str, defects: list[str]) -> float:
    try:
        value = float(part) if "_" not in part else None
    except ValueError:
        value = None
    if value is None:
        defects.append(f"{place} is not a number")
    elif not math.isfinite(value):
        defects.append(f"{place} is not a finite number")
    return value or 0.0
