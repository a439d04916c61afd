"""Messages as one writes them in a cell.

    threat                                       a kind, nothing more
    promise: demand=C, then=C                    if you do C, I do C
    threat to B: demand=C, then=C, else=D        if B does C, I do C, and else D
    inform; request to B                         two messages

A message is sent before the choices of its row's period, by its row's actor. Without *to* it goes
to everybody; several addressees are joined by ``+``. Kinds are those of `KINDS`; a blank may stand
for the underscore. Actions are named or numbered as in the game.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coopgames.games import Game
from coopgames.mistakes import Mistake, unknown
from coopgames.readings.messages import KINDS, Message

PARTS = {"demand": "demand", "then": "then", "else": "otherwise"}
"""How the parts of a conditional message are written, and what they are."""

_SHAPE = re.compile(
    r"(?P<kind>[\w ]+?)(?:\s+to\s+(?P<to>[^:]+?))?\s*(?::(?P<parts>.*))?", re.DOTALL
)


def action_number(game: Game, seat: int, text: str) -> int:
    """Turn the name of an action, or its number where nothing has that name, into its number.

    Raises
    ------
    Mistake
        If it is none, with the nearest names.
    """
    names = game.actions[seat]
    if text in names:
        return names.index(text)
    if text.isdecimal() and text.isascii() and int(text) < len(names):
        return int(text)
    raise Mistake(unknown("action", text, names))


def messages_from(
    text: str, *, game: Game, actors: Sequence[str], period: int, sender: int
) -> list[Message]:
    """Read the messages in a cell.

    Parameters
    ----------
    text : str
        What stands there.
    game : Game
        The game, whose actions are named.
    actors : sequence of str
        What the actors are called, seat by seat.
    period, sender : int
        When, numbered from 0, and by which seat.

    Raises
    ------
    Mistake
        If something is no message.
    """
    return [
        _one(part.strip(), game, actors, period, sender) for part in text.split(";") if part.strip()
    ]


def _one(text: str, game: Game, actors: Sequence[str], period: int, sender: int) -> Message:
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise Mistake(f'"{text}" is no message; one is "threat: demand=C, then=C, else=D"')
    kind = found["kind"].strip().replace(" ", "_")
    if kind not in KINDS:
        raise Mistake(unknown("kind of message", kind, KINDS))
    to = []
    for name in (found["to"] or "").split("+"):
        if name.strip():
            if name.strip() not in actors:
                raise Mistake(unknown("actor", name.strip(), actors))
            to.append(actors.index(name.strip()))
    if sender in to:
        raise Mistake(f'"{text}": {actors[sender]} sends it to itself')
    other = to[0] if to else (sender + 1) % game.n
    said: dict[str, int] = {}
    for part in (found["parts"] or "").split(","):
        if not part.strip():
            continue
        key, equals, value = (x.strip() for x in part.partition("="))
        if not equals or key not in PARTS:
            raise Mistake(f'"{part.strip()}" is no part of a message; {", ".join(PARTS)} are')
        seat = other if key == "demand" else sender
        said[PARTS[key]] = action_number(game, seat, value)
    return Message(period, sender, kind, tuple(to), **said)
