"""Histories from outside: who did what when, from a table in a file.

A row for each actor in each period, in any order:

    match,period,actor,action,message
    1,1,A,C,
    1,1,B,D,

*match* may be left out if there is one, *message* if nothing was said. Or a row for each period
with a column for each actor: then *actions* names these columns, and *messages* those of what they
said. Columns may have other names, and be put together, as the `columns` say; what else the file
has is not read, and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.readings.columns import Columns, filtered, places
from coopgames.readings.record import Cell, Cells, Problems, Record, of, record_of
from coopgames.readings.sheet import Sheet, read_sheet, shown

TOLD = 12
"""So many mistakes of one file are told."""

WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
"""How a period is written."""


@dataclass(frozen=True)
class Records:
    """The matches of a file.

    Parameters
    ----------
    records : tuple of Record
        In the order in which they begin in the file.
    ignored : tuple of str
        The columns that were not read.
    """

    records: tuple[Record, ...]
    ignored: tuple[str, ...]


def records_from_csv(
    path: str | Path,
    game: Game,
    *,
    columns: Columns | None = None,
    where: Mapping[str, str] | None = None,
    actions: Mapping[str, str] | None = None,
    seats: Sequence[str] = (),
) -> Records:
    """Read histories from a table in a file.

    Parameters
    ----------
    path : str or Path
        The file: UTF-8; commas, semicolons or tabs; the first row names the columns.
    game : Game
        What was played.
    columns : mapping of str to sequence of str, optional
        Under which names the file has what is looked for: ``{"actions": ["mine", "theirs"]}``.
        Several columns for the match are put together.
    where : mapping of str to str, optional
        Only rows with these values in these columns.
    actions : mapping of str to str, optional
        What the file calls actions, and their names in the game: ``{"c": "C"}``.
    seats : sequence of str, optional
        Who sits where; by default whoever is called like a seat of the game sits there, or else
        they sit in the order in which they occur in a match.

    Raises
    ------
    Mistake
        With a line for each of the first dozen mistakes: the row, what stands there, what would be
        right.
    """
    sheet = read_sheet(path)
    found = places(sheet, columns or {})
    kept = filtered(sheet, where or {})
    problems: Problems = []
    matches, unread = _gathered(sheet, kept, found, problems)
    given = dict(actions or {}), tuple(seats)
    # A row that could not be read is not to be missed a second time.
    records = [
        record_of(key, cells, game, *given, problems, complete=not unread)
        for key, cells in matches.items()
    ]
    if problems:
        _tell(sheet.name, problems)
    if not matches:
        raise Mistake(f"{sheet.name}: has no row below its heading; one for each choice is needed")
    used = {i for at in found.values() for i in at}
    used |= {sheet.head.index(name) for name in where or {}}
    ignored = tuple(name for i, name in enumerate(sheet.head) if i not in used and name)
    return Records(tuple(r for r in records if r is not None), ignored)


def _tell(name: str, problems: Problems) -> None:
    """Raise what is wrong, in the order of the rows."""
    more = len(problems) - TOLD
    rest = [f"{name}: and {more} mistakes more"] if more > 0 else []
    told = [f"{name}, row {row}: {what}" for row, what in sorted(problems)[:TOLD]]
    raise Mistake("\n".join(told + rest))


def _gathered(
    sheet: Sheet,
    rows: Sequence[tuple[int, list[str]]],
    found: dict[str, list[int]],
    problems: Problems,
) -> tuple[dict[str, Cells], int]:
    """Put the rows of each match together, and count those that cannot be read."""
    matches: dict[str, Cells] = {}
    unread = 0
    for row, cells in rows:
        if len(cells) != len(sheet.head):
            wanted = f"{len(sheet.head):,} are needed, as in the heading"
            problems.append((row, f"has {len(cells):,} cells; {wanted}"))
            unread += 1
            continue
        written = cells[found["period"][0]]
        if not WHOLE.fullmatch(written):
            what = f'"{shown(written)}" is no period; a whole number is needed'
            problems.append((row, what))
            unread += 1
            continue
        period = int(written)
        match = "/".join(cells[i] for i in found.get("match", ()))
        own = matches.setdefault(match, {})
        for actor, action, message in _choices(sheet, cells, found):
            if not actor:
                problems.append((row, "names no actor"))
                unread += 1
                continue
            periods = own.setdefault(actor, {})
            if period in periods:
                there = f"is in row {periods[period].row} already"
                problems.append((row, f"{of(match, ',')}period {period} of {actor} {there}"))
            periods.setdefault(period, Cell(row, action, message))
    return matches, unread


def _choices(
    sheet: Sheet, cells: Sequence[str], found: Mapping[str, Sequence[int]]
) -> Iterator[tuple[str, str, str]]:
    """Give who did and said what in a row."""
    if "actions" not in found:
        said = cells[found["message"][0]] if "message" in found else ""
        yield cells[found["actor"][0]], cells[found["action"][0]], said
        return
    for k, at in enumerate(found["actions"]):
        said = cells[found["messages"][k]] if "messages" in found else ""
        yield sheet.head[at], cells[at], said
