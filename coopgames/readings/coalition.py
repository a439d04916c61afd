"""The play of some of many, read by itself.

Cooperation of some can be discord for all: a guild, an alliance. A coalition S is read in the game
that its members play among themselves while the others keep to what they do at a profile a
(theory.md 1.1.4); everything is then defined over pairs in S. By default a is the self-regarding
profile at which the members' best deal is largest. What the others really did, and what that and
the coalition's play came to for them, is told beside it, in the payoffs of the whole game.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from coopgames.games import Game, among, deals, structure
from coopgames.mistakes import Mistake
from coopgames.readings.account import Account, account
from coopgames.readings.messages import Message


@dataclass(frozen=True, eq=False)
class CoalitionAccount:
    """An account of what some of many did among themselves.

    Parameters
    ----------
    parties : tuple of int
        Their seats.
    start : tuple of int
        The profile that the others are taken to keep to.
    kept : float
        Share of the periods in which the others did keep to it.
    account : Account
        The account, in the game among the parties.
    outsiders : tuple of int
        The other seats.
    before, after : tuple of float
        What the outsiders got at `start`, and per period over the last window.
    """

    parties: tuple[int, ...]
    start: tuple[int, ...]
    kept: float
    account: Account
    outsiders: tuple[int, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]


def coalition_account(
    game: Game,
    course: ArrayLike,
    parties: Sequence[int],
    *,
    start: Sequence[int] | None = None,
    **reading: Any,
) -> CoalitionAccount:
    """Read what some of many did among themselves.

    Parameters
    ----------
    game : Game
        What all played.
    course : array_like of int, shape (T, n)
        What everybody did.
    parties : sequence of int
        The seats of the coalition: at least two, and not all.
    start : sequence of int, optional
        The profile that the others are taken to keep to.
    **reading
        What `account` takes besides; seats in messages are those of the whole game and are left
        out unless sender and addressees belong to the coalition.

    Raises
    ------
    Mistake
        If the parties are none of that kind, or anything of what `account` says.
    """
    seats = tuple(sorted(set(parties)))
    if not 1 < len(seats) < game.n or not set(seats) <= set(range(game.n)):
        raise Mistake(
            f"a coalition of seats {list(parties)}: at least two of the {game.n} actors of "
            f"{game.name!r}, and not all of them"
        )
    at = _start(game, seats) if start is None else tuple(start)
    inner, played = among(game, seats, at), np.asarray(course)
    messages = [_within(x, seats) for x in reading.pop("messages", ())]
    found = account(
        inner, played[:, seats], messages=[x for x in messages if x is not None], **reading
    )
    outsiders = tuple(i for i in range(game.n) if i not in seats)
    window = played[-found.seen.rule.w :]
    after = [game.payoffs[k][tuple(window.T)].mean() for k in outsiders]
    kept = (played[:, outsiders] == np.array(at)[list(outsiders)]).all(axis=1).mean()
    return CoalitionAccount(
        seats,
        at,
        float(kept),
        found,
        outsiders,
        tuple(float(game.payoffs[k][at]) for k in outsiders),
        tuple(float(x) for x in after),
    )


def _start(game: Game, seats: tuple[int, ...]) -> tuple[int, ...]:
    """Find the self-regarding profile at which the parties' best deal is largest."""
    U = structure(game).self_regarding

    def best(at: tuple[int, ...]) -> float:
        return max((prod(d.effects[i] for i in seats) for d in deals(game, at, seats)), default=0.0)

    return max(U, key=best)


def _within(message: Message, seats: tuple[int, ...]) -> Message | None:
    """Give a message as one of the coalition's; None if it is none."""
    to = tuple(seats.index(i) for i in message.to if i in seats)
    if message.sender not in seats or (message.to and not to):
        return None
    return replace(message, sender=seats.index(message.sender), to=to)
