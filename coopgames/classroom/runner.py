"""What plays a class's strategies: what it is told, what it answers, and what can go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from coopgames.play import Actions, Asked, Words


@dataclass(frozen=True)
class Shown:
    """What every strategy is shown of the game, the same in all matches.

    Parameters
    ----------
    names : tuple of tuple of str
        Seat by seat, the names of its actions in role order.
    payoffs : tuple
        Seat by seat, the payoffs as it sees them.
    horizon : int or None
        The number of periods, where it is known.
    """

    names: tuple[tuple[str, ...], ...]
    payoffs: tuple[Any, ...]
    horizon: int | None


@dataclass(frozen=True)
class Limits:
    """How much a strategy may use.

    Parameters
    ----------
    answer : float
        Seconds of computing for what it is asked at once: the decisions of a period in all its
        matches.
    total : float
        Seconds of computing in all.
    memory : int
        Megabytes beyond what Python itself needs.
    """

    answer: float = 5.0
    total: float = 120.0
    memory: int = 256


@dataclass(frozen=True)
class Trouble:
    """Why a strategy does not play, or plays no longer.

    Parameters
    ----------
    what : str
        In words that follow the strategy's name: ``returned 2, which is no action``.
    kind : str
        ``file``, ``mistake``, ``forbidden``, ``time``, ``memory``, ``crash`` or ``differs``.
    period : int, optional
        When, numbered from 1.
    seat : int, optional
        In which of its seats.
    against : str, optional
        Whom it met there.
    """

    what: str
    kind: str
    period: int | None = None
    seat: int | None = None
    against: str | None = None


@dataclass(frozen=True)
class Card:
    """What a strategy says of itself; nothing of it is trusted, and each is one line."""

    name: str = ""
    author: str = ""
    description: str = ""


@dataclass(frozen=True, eq=False)
class Stream:
    """What a seat was told in a match, and what it did, period by period.

    Parameters
    ----------
    where : int
        The seat of the game, 0 or 1.
    mine, theirs : ndarray of uint8, shape (T,)
        As in `coopgames.play.Asked`, of the period before.
    keys : ndarray of uint64, shape (T,)
        Its luck.
    did : ndarray of uint8, shape (T,)
        Its actions.
    """

    where: int
    mine: Actions
    theirs: Actions
    keys: Words
    did: Actions


class Runner(Protocol):
    """Where a class's strategies are, by the names of those who handed them in."""

    def load(self, files: Mapping[str, Path]) -> Mapping[str, Card | Trouble]:
        """Read the files."""

    def open(self, seats: Mapping[str, Actions]) -> Mapping[str, Trouble]:
        """Take seats of the game, 0 or 1 each; give what went wrong."""

    def act(self, period: int, asked: Mapping[str, Asked]) -> Mapping[str, Actions | Trouble]:
        """Ask for the actions of a period."""

    def again(
        self, streams: Mapping[str, Sequence[Stream]]
    ) -> Mapping[str, list[Actions] | Trouble]:
        """Play matches again, one after the other, by strategies that were read afresh."""

    def close(self) -> None:
        """Let all go."""
