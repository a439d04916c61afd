"""Which columns of a table hold what a history needs, and which of its rows are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coopgames.mistakes import Mistake, unknown
from coopgames.readings.sheet import Sheet, shown

LONG = ("match", "period", "actor", "action", "message")
"""What is looked for where rows are of one actor, usually under these names."""

WIDE = ("match", "period", "actions", "messages")
"""What is looked for where rows are of all actors; *actions* must be given."""

NEEDED = ("period", "actor", "action", "actions")
"""What must be there, in either."""

Columns = Mapping[str, Sequence[str]]


def places(sheet: Sheet, columns: Columns) -> dict[str, list[int]]:
    """Find the columns of what is looked for.

    Parameters
    ----------
    sheet : Sheet
        The table.
    columns : mapping of str to sequence of str
        Under which names it has what is looked for, where not under the usual ones.

    Raises
    ------
    Mistake
        If something needed is not there, or cannot be told.
    """
    wide = "actions" in columns
    roles = WIDE if wide else LONG
    for role in columns:
        if role not in roles:
            raise Mistake(unknown("kind of column", role, roles))
    found: dict[str, list[int]] = {}
    for role in roles:
        names = columns.get(role, [role])
        missing = [name for name in names if name not in sheet.head]
        twice = next((name for name in names if sheet.head.count(name) > 1), None)
        if twice is not None:
            raise Mistake(f'{sheet.name}, row 1: two columns are called "{shown(twice)}"')
        if not missing:
            found[role] = [sheet.head.index(name) for name in names]
        elif role in columns or role in NEEDED:
            _no_column(sheet, missing[0], role, given=role in columns)
    for role, at in found.items():
        if role in {"period", "actor", "action", "message"} and len(at) != 1:
            raise Mistake(f"columns: {role} is one column, not {len(at)}")
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
            f'{sheet.name}, row 1: "{shown(",".join(sheet.head))}" ({len(sheet.head):,} cells) is '
            f"no heading that says what is where; one is {','.join(LONG[:4])}, and columns "
            f"{role}=… says what yours is called"
        )
    hint = "" if given else f"; if it has another name, columns {role}=… says so"
    raise Mistake(f'{sheet.name}, row 1: no column "{name}" (there are:{many} {there}){hint}')


def filtered(sheet: Sheet, where: Mapping[str, str]) -> list[tuple[int, list[str]]]:
    """Keep the rows with these values in these columns.

    Raises
    ------
    Mistake
        If there is no such column, or no such row.
    """
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
