"""Games as tables with a row for each profile, such as spreadsheets and data frames hold.

The columns are the actors, each row saying by name what everyone does, and then what everyone gets:

    country,rival,payoff of country,payoff of rival
    open,open,3,3
    open,close,0,5
    close,open,5,0
    close,close,1,1

Rows may stand in any order; an actor's actions are numbered in the order in which they first occur.
Where actors choose by something else than their goals, a column ``choice of …`` for each follows.
Cells are parted by commas; a cell that holds one, or begins with a blank, stands in double quotes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from itertools import islice, product
from math import prod

import numpy as np

from coopgames.games.game import Game
from coopgames.games.written import MOST_ACTORS, digits, number, shown
from coopgames.mistakes import Mistake

SHOWN = 10
"""So many mistakes of one file are told."""

SHOWN_MISSING = 3
"""So many rows that are missing are named."""

PAYOFF, CHOICE = "payoff of ", "choice of "

Cells = tuple[str, ...]


def to_csv(game: Game) -> str:
    """Write a game as a table with a row for each profile.

    Its name, roles and story have no place there.

    Parameters
    ----------
    game : Game
        Any number of actors.
    """
    tables = [game.payoffs] if game.choice is None else [game.payoffs, game.choice]
    kinds = [PAYOFF, CHOICE][: len(tables)]
    head = [*game.seats, *(kind + seat for kind in kinds for seat in game.seats)]
    lines = [",".join(map(_quoted, head))]
    for profile in np.ndindex(game.shape):
        names = [own[a] for own, a in zip(game.actions, profile, strict=True)]
        values = [digits(float(u[profile])) for table in tables for u in table]
        lines.append(",".join([*map(_quoted, names), *values]))
    return "\n".join(lines) + "\n"


def _quoted(cell: str) -> str:
    plain = cell and cell == cell.strip() and not set(cell) & set('",\r\n')
    return cell if plain else '"' + cell.replace('"', '""') + '"'


def from_csv(text: str, source: str = "csv", name: str = "untitled") -> Game:
    """Read a game from a table with a row for each profile.

    Parameters
    ----------
    text : str
        The table, with its heading.
    source : str
        What to call it in a message, e.g. the file's path.
    name : str
        What to call the game.

    Raises
    ------
    Mistake
        With one line for each mistake: the line, what stands there, what would be right.
    """
    rows = _rows(text, source)
    _, head = next(rows, (1, ()))
    seats, kinds = _heading(head, source)
    n, problems = len(seats), []
    actions: list[dict[str, int]] = [{} for _ in seats]
    found: dict[Cells, tuple[int, list[float]]] = {}
    for line, cells in rows:
        if len(cells) != len(head):
            problems.append(
                f"{source}, line {line}: has {len(cells)} cells; {len(head)} are needed, as in the "
                "first line"
            )
            continue
        profile, values = cells[:n], []
        for column, cell in zip(head[n:], cells[n:], strict=True):
            try:
                values.append(number(cell))
            except ValueError as error:
                problems.append(f"{source}, line {line}: {column}: {error}")
        for own, action in zip(actions, profile, strict=True):
            own.setdefault(action, len(own))
        if profile in found:
            problems.append(
                f"{source}, line {line}: ({_said(profile)}) is in line {found[profile][0]} already"
            )
        found.setdefault(profile, (line, values))
    shape = tuple(len(own) for own in actions)
    if not found and not problems:
        problems.append(f"{source}: has no row of payoffs; one for each profile is needed")
    if not problems:
        problems += _missing(actions, found, source)
    if problems:
        more = len(problems) - SHOWN
        rest = [f"{source}: and {more} mistakes more"] if more > 0 else []
        raise Mistake("\n".join(problems[:SHOWN] + rest))
    table = np.empty((kinds, n, prod(shape)))
    for profile, (_, values) in found.items():
        at = [own[a] for own, a in zip(actions, profile, strict=True)]
        table[:, :, np.ravel_multi_index(at, shape)] = np.reshape(values, (kinds, n))
    table = table.reshape(kinds, n, *shape)
    choice = table[1] if kinds == 2 else None
    return Game(name, table[0], [list(own) for own in actions], seats, choice=choice)


def _rows(text: str, source: str) -> Iterator[tuple[int, Cells]]:
    """Go through the rows that are not empty, each with its line."""
    reader = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True, strict=True)
    try:
        for cells in reader:
            if any(cells):
                yield reader.line_num, tuple(cells)
    except csv.Error as error:
        raise Mistake(f"{source}, line {reader.line_num}: no row of a table: {error}") from None


def _heading(head: Cells, source: str) -> tuple[Cells, int]:
    """Read the first line: the actors, and whether there are choice payoffs too."""
    n = next((i for i, cell in enumerate(head) if cell.startswith(PAYOFF)), 0)
    seats = head[:n]
    goals, choice = (tuple(kind + seat for seat in seats) for kind in (PAYOFF, CHOICE))
    if n > MOST_ACTORS:
        raise Mistake(f"{source}, line 1: has {n} actors; {MOST_ACTORS} are the most")
    if n and head in ((*seats, *goals), (*seats, *goals, *choice)):
        return seats, len(head) // n - 1
    wanted = ",".join((*seats, *goals)) if n else f"A,B,{PAYOFF}A,{PAYOFF}B"
    raise Mistake(
        f'{source}, line 1: "{shown(",".join(head), 80)}" is no heading; it names the actors and '
        f'then what each gets, as in "{shown(wanted, 80)}"'
    )


def _missing(actions: list[dict[str, int]], found: Collection[Cells], source: str) -> list[str]:
    """Say which profiles have no row."""
    total = prod(len(own) for own in actions)
    if total == len(found):
        return []
    absent = (p for p in product(*actions) if p not in found)
    first = "; ".join(f"({_said(p)})" for p in islice(absent, SHOWN_MISSING))
    more = total - len(found) - SHOWN_MISSING
    rest = f"; and {more} more" if more > 0 else ""
    return [f"{source}: a row is missing for {first}{rest}"]


def _said(profile: Cells) -> str:
    return ", ".join(shown(action) for action in profile)
