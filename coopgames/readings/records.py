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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game
from coopgames.mistakes import Mistake, unknown
from coopgames.readings.messages import Message
from coopgames.readings.sheet import Sheet, read_sheet, shown
from coopgames.readings.spoken import action_number, messages_from

LONG = ("match", "period", "actor", "action", "message")
"""What is looked for where rows are of one actor, usually under these names."""

WIDE = ("match", "period", "actions", "messages")
"""What is looked for where rows are of all actors; *actions* must be given."""

NEEDED = ("period", "actor", "action", "actions")
"""What must be there, in either."""

TOLD = 12
"""So many mistakes of one file are told."""

Columns = Mapping[str, Sequence[str]]


@dataclass(frozen=True, eq=False)
class Record:
    """What happened in one match.

    Parameters
    ----------
    match : str
        What the file calls it; empty where it has one match only.
    actors : tuple of str
        Who sat where, seat by seat.
    first : int
        What the file calls its first period.
    course : ndarray of int, shape (T, n)
        What everybody did.
    messages : tuple of Message
        What was said, in periods numbered from 0.
    """

    match: str
    actors: tuple[str, ...]
    first: int
    course: NDArray[np.int64]
    messages: tuple[Message, ...]


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


@dataclass(frozen=True)
class _Cell:
    """What an actor did and said in a period, and in which row that stands."""

    row: int
    action: str
    message: str


_Match = dict[str, dict[int, _Cell]]
"""For each actor its periods."""


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
    found = _places(sheet, columns or {})
    kept = _filtered(sheet, where or {})
    problems: list[str] = []
    matches = _gathered(sheet, kept, found, problems)
    records = [
        _record(key, match, game, dict(actions or {}), tuple(seats), problems)
        for key, match in matches.items()
    ]
    if problems:
        _tell(sheet.name, problems)
    if not records:
        raise Mistake(f"{sheet.name}: has no row below its heading; one for each choice is needed")
    used = {i for places in found.values() for i in places}
    used |= {sheet.head.index(name) for name in where or {}}
    ignored = tuple(name for i, name in enumerate(sheet.head) if i not in used and name)
    return Records(tuple(r for r in records if r is not None), ignored)


def _tell(name: str, problems: list[str]) -> None:
    """Raise what is wrong, in the order of the rows."""

    def row(problem: str) -> int:
        text = problem.partition(":")[0].rpartition(" ")[2]
        return int(text) if text.isdecimal() else 0

    ordered = sorted(problems, key=row)
    more = len(ordered) - TOLD
    rest = [f"{name}: and {more} mistakes more"] if more > 0 else []
    raise Mistake("\n".join([f"{name}, {p}" for p in ordered[:TOLD]] + rest))


def _places(sheet: Sheet, columns: Columns) -> dict[str, list[int]]:
    """Find the columns of what is looked for."""
    wide = "actions" in columns
    roles = WIDE if wide else LONG
    for role in columns:
        if role not in roles:
            raise Mistake(unknown("kind of column", role, roles))
    found: dict[str, list[int]] = {}
    for role in roles:
        names = columns.get(role, [role])
        missing = [name for name in names if name not in sheet.head]
        if not missing:
            found[role] = [sheet.head.index(name) for name in names]
        elif role in columns or role in NEEDED:
            _no_column(sheet, missing[0], role, given=role in columns)
    for role, places in found.items():
        if role in {"period", "actor", "action", "message"} and len(places) != 1:
            raise Mistake(f"columns: {role} is one column, not {len(places)}")
    if wide and "messages" in found and len(found["messages"]) != len(found["actions"]):
        raise Mistake(
            f"columns: {len(found['messages'])} columns of messages do not fit "
            f"{len(found['actions'])} of actions; each actor has one"
        )
    return found


def _no_column(sheet: Sheet, name: str, role: str, *, given: bool) -> None:
    head = [c for c in sheet.head if c]
    there = shown(", ".join(head), 80)
    many = f" {len(head):,} columns:" if len(head) > 8 else ""
    if not given and not set(head) & set(LONG):
        raise Mistake(
            f'{sheet.name}, row 1: "{shown(",".join(sheet.head))}" is no heading that says what is '
            f"where; it is {','.join(LONG[:4])}, or columns {role}=… names yours"
        )
    hint = "" if given else f"; if it has another name, columns {role}=… says so"
    raise Mistake(f'{sheet.name}, row 1: no column "{name}" (there are:{many} {there}){hint}')


def _filtered(sheet: Sheet, where: Mapping[str, str]) -> list[tuple[int, list[str]]]:
    """Keep the rows that are wanted."""
    kept = list(sheet.rows)
    for name, value in where.items():
        if name not in sheet.head:
            raise Mistake(f"where: {unknown('column', shown(name), sheet.head)}")
        at = sheet.head.index(name)
        left = [(row, cells) for row, cells in kept if at < len(cells) and cells[at] == value]
        if kept and not left:
            there = list(dict.fromkeys(cells[at] for _, cells in kept if at < len(cells)))
            raise Mistake(f"where {name}={value}: no row has it ({unknown('value', value, there)})")
        kept = left
    return kept


def _gathered(
    sheet: Sheet,
    rows: Sequence[tuple[int, list[str]]],
    found: dict[str, list[int]],
    problems: list[str],
) -> dict[str, _Match]:
    """Put the rows of each match together."""
    matches: dict[str, _Match] = {}
    wide = "actions" in found
    for row, cells in rows:
        if len(cells) != len(sheet.head):
            problems.append(
                f"row {row}: has {len(cells):,} cells; {len(sheet.head):,} are needed, as in the "
                "heading"
            )
            continue
        written = cells[found["period"][0]]
        period = _whole(written)
        if period is None:
            problems.append(f'row {row}: "{shown(written)}" is no period; a whole number is needed')
            continue
        match = "/".join(cells[i] for i in found.get("match", ()))
        if wide:
            actors = [sheet.head[i] for i in found["actions"]]
            said = (
                [cells[i] for i in found["messages"]] if "messages" in found else [""] * len(actors)
            )
            done = [cells[i] for i in found["actions"]]
        else:
            actors, done = [cells[found["actor"][0]]], [cells[found["action"][0]]]
            said = [cells[found["message"][0]] if "message" in found else ""]
        own = matches.setdefault(match, {})
        for actor, action, message in zip(actors, done, said, strict=True):
            if not actor:
                problems.append(f"row {row}: names no actor")
                continue
            periods = own.setdefault(actor, {})
            if period in periods:
                problems.append(
                    f"row {row}: {_of(match)}period {period} of {actor} is in row "
                    f"{periods[period].row} already"
                )
            periods.setdefault(period, _Cell(row, action, message))
    return matches


def _whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def _of(match: str) -> str:
    return f"match {shown(match)}, " if match else ""


def _record(
    key: str,
    match: _Match,
    game: Game,
    names: dict[str, str],
    seats: tuple[str, ...],
    problems: list[str],
) -> Record | None:
    """Make the record of a match; None if something is wrong with it."""
    before = len(problems)
    actors = _seated(key, match, game, seats, problems)
    if len(problems) > before or not _whole_course(key, match, problems):
        return None
    first = min(match[actors[0]])
    course = np.zeros((len(match[actors[0]]), game.n), dtype=np.int64)
    messages = []
    for seat, actor in enumerate(actors):
        for period, cell in match[actor].items():
            try:
                course[period - first, seat] = action_number(
                    game, seat, names.get(cell.action, cell.action)
                )
                if cell.message:
                    messages += messages_from(
                        cell.message, game=game, actors=actors, period=period - first, sender=seat
                    )
            except Mistake as mistake:
                problems.append(f"row {cell.row}: {_of(key)}{actor}: {mistake}")
    if len(problems) > before:
        return None
    messages.sort(key=lambda x: x.period)
    return Record(key, actors, first, course, tuple(messages))


def _seated(
    key: str, match: _Match, game: Game, seats: tuple[str, ...], problems: list[str]
) -> tuple[str, ...]:
    """Say who sits where."""
    there = tuple(match)
    if len(there) != game.n:
        row = next(iter(match[there[min(game.n, len(there) - 1)]].values())).row
        who = f"one actor only, {there[0]}" if len(there) == 1 else f"{len(there)} actors"
        what = "" if len(there) < 2 else f" ({shown(', '.join(there))})"
        problems.append(f"row {row}: {_of(key)}has {who}{what}; {game.name} is played by {game.n}")
        return there
    wanted = seats or game.seats
    if set(wanted) == set(there):
        return tuple(wanted)
    if seats:
        row = next(iter(match[there[0]].values())).row
        problems.append(
            f"row {row}: {_of(key)}is played by {', '.join(there)}, and not by {', '.join(seats)}"
        )
    return there


def _whole_course(key: str, match: _Match, problems: list[str]) -> bool:
    """Whether everybody has a row for each period; what is missing is a mistake."""
    before = len(problems)
    begin = {actor: min(periods) for actor, periods in match.items()}
    end = {actor: max(periods) for actor, periods in match.items()}
    start, stop = min(begin.values()), max(end.values())
    for actor, periods in match.items():
        ordered = sorted(periods)
        for was, now in pairwise(ordered):
            if now != was + 1:
                lost = str(was + 1) if now == was + 2 else f"{was + 1} to {now - 1}"
                problems.append(
                    f"row {periods[now].row}: {_of(key)}{actor} goes from period {was} to {now}; "
                    f"{lost} is missing"
                )
        for at, edge, word in ((begin, start, "begins"), (end, stop, "ends")):
            if at[actor] != edge:
                other = next(a for a in match if at[a] == edge)
                problems.append(
                    f"row {periods[at[actor]].row}: {_of(key)}{actor} {word} in period "
                    f"{at[actor]}, {other} in {edge} (row {match[other][edge].row})"
                )
    return len(problems) == before
