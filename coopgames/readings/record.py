"""One match of a file: who sat where, and whether everybody has a choice for each period."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.readings.messages import Message
from coopgames.readings.sheet import shown
from coopgames.readings.spoken import action_number, messages_from

Problems = list[tuple[int, str]]
"""What is wrong, and in which row."""


@dataclass(frozen=True)
class Cell:
    """What an actor did and said in a period, and in which row that stands."""

    row: int
    action: str
    message: str


Cells = dict[str, dict[int, Cell]]
"""For each actor of a match its periods."""


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


def of(match: str, after: str = "") -> str:
    """Begin a sentence about a match, if there is more than one."""
    return f"match {shown(match)}{after} " if match else ""


def record_of(
    match: str,
    cells: Cells,
    game: Game,
    names: dict[str, str],
    seats: tuple[str, ...],
    problems: Problems,
    *,
    complete: bool,
) -> Record | None:
    """Make the record of a match; None if something is wrong with it, which is noted.

    Parameters
    ----------
    match : str
        What the file calls it.
    cells : dict
        What stands in the file.
    game : Game
        What was played.
    names : dict of str to str
        What the file calls actions, and their names in the game.
    seats : tuple of str
        Who sits where; empty if nobody said.
    problems : list
        Where to note what is wrong.
    complete : bool
        Whether all rows of the match are here; if not, it is not noted that some are missing.
    """
    if not complete and len(cells) != game.n:
        return None
    before = len(problems)
    actors = _seated(match, cells, game, seats, problems)
    if complete:
        _check_periods(match, cells, problems)
    if len(actors) != game.n:
        return None
    first = min(min(periods) for periods in cells.values())
    last = max(max(periods) for periods in cells.values())
    course: dict[tuple[int, int], int] = {}
    messages: list[Message] = []
    for seat, actor in enumerate(actors):
        for period, cell in cells[actor].items():
            t, name = period - first, names.get(cell.action, cell.action)
            try:
                course[t, seat] = action_number(game, seat, name)
                messages += messages_from(
                    cell.message, game=game, actors=actors, period=t, sender=seat
                )
            except Mistake as mistake:
                problems.append((cell.row, f"{of(match, ',')}{actor}: {mistake}"))
    if len(problems) > before:
        return None
    played = np.zeros((last - first + 1, game.n), dtype=np.int64)
    for at, action in course.items():
        played[at] = action
    return Record(match, actors, first, played, tuple(sorted(messages, key=lambda x: x.period)))


def _seated(
    match: str, cells: Cells, game: Game, seats: tuple[str, ...], problems: Problems
) -> tuple[str, ...]:
    """Say who sits where: as asked for, or as the game calls its seats, or as they occur."""
    there = tuple(cells)
    if len(there) != game.n:
        who = shown(", ".join(there))
        count = f"one actor only, {who}" if len(there) == 1 else f"{len(there)} actors ({who})"
        last = there[min(game.n, len(there) - 1)]
        row = next(iter(cells[last].values())).row
        problems.append((row, f"{of(match)}has {count}; {game.name} is played by {game.n}"))
        return there
    wanted = seats or game.seats
    if set(wanted) == set(there):
        return tuple(wanted)
    if seats:
        row = next(iter(cells[there[0]].values())).row
        who = f"{', '.join(there)}, and not by {', '.join(seats)}"
        problems.append((row, f"{of(match)}is played by {who}"))
    return there


def _check_periods(match: str, cells: Cells, problems: Problems) -> None:
    """Note where somebody has no row for a period."""
    begin = {actor: min(periods) for actor, periods in cells.items()}
    end = {actor: max(periods) for actor, periods in cells.items()}
    for actor, periods in cells.items():
        for was, now in pairwise(sorted(periods)):
            if now != was + 1:
                lost = str(was + 1) if now == was + 2 else f"{was + 1} to {now - 1}"
                jump = f"goes from period {was} to {now}; {lost} is missing"
                problems.append((periods[now].row, f"{of(match, ',')}{actor} {jump}"))
        for at, edge, word in (
            (begin, min(begin.values()), "begins"),
            (end, max(end.values()), "ends"),
        ):
            if at[actor] != edge:
                other = next(a for a in cells if at[a] == edge)
                beside = f"{other} in {edge} (row {cells[other][edge].row})"
                what = f"{of(match, ',')}{actor} {word} in period {at[actor]}, {beside}"
                problems.append((periods[at[actor]].row, what))
