"""A strategy under examination in one seat of one match, asked period by period.

It is shown what it is shown in a real match, by the same objects. Its luck is a list of keys that
the examiner chooses, so that two seats can have the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from coopgames.games import named_game
from coopgames.play import Chance
from coopgames.strategies import History, Python, describe

ACTIONS = ("C", "D")
LONGEST = 2_000

Opponent = Callable[[Sequence[int], Sequence[int]], int]
"""What the other does, given what it and the one under examination have done."""


class Fault(Exception):
    """Something that a strategy may not do, in a certain period."""

    def __init__(self, check: str, period: int, what: str, error: BaseException | None = None):
        super().__init__(what)
        self.check, self.period, self.what, self.error = check, period, what, error


@cache
def keys(luck: int) -> list[int]:
    """Give the keys of a luck, one a period."""
    draw = random.Random(luck).getrandbits  # noqa: S311 — no secret
    return [draw(64) for _ in range(LONGEST)]


def shown_payoffs() -> tuple[Any, ...]:
    """Give the prisoner's dilemma as a seat sees it, in values that cannot be changed."""
    table = named_game("prisoners-dilemma").payoffs.tolist()
    return tuple(tuple(tuple(row) for row in actor) for actor in table)


class Seat:
    """A seat of one match.

    Parameters
    ----------
    rule : Python
        Who sits there.
    luck : int
        Which luck it has.
    horizon : int, optional
        How long play lasts, where that is known.
    """

    def __init__(self, rule: Python, luck: int, horizon: int | None = None) -> None:
        self.rule = rule
        self.mine, self.theirs = History(), History()
        self.past: tuple[list[int], list[int]] = ([], [])
        self.chance = Chance(keys(luck))
        self.shown = {
            "mine": self.mine, "theirs": self.theirs, "memory": {}, "chance": self.chance,
            "horizon": horizon, "payoffs": shown_payoffs(),
        }  # fmt: skip
        try:
            self.act = rule.start()
        except (Exception, SystemExit) as error:
            raise Fault("errors", 1, "could not be made: " + describe(error, None), error) from None

    def decide(self) -> int:
        """Ask what it does now.

        Raises
        ------
        Fault
            If it fails, answers with what is no action, or changes what it is shown.
        """
        t = len(self.past[0])
        self.chance._turn(t)
        self.shown["period"] = t
        try:
            action = self.act(*(self.shown[name] for name in self.rule.asks))
        except (Exception, SystemExit) as error:
            refused = isinstance(error, TypeError) and "cannot be changed" in str(error)
            check = "arguments" if refused or self._changed() else "errors"
            raise Fault(check, t + 1, describe(error, None), error) from None
        if self._changed():
            raise Fault("arguments", t + 1, self._change())
        if type(action) is int and action in {0, 1}:
            return action
        if type(action) is str and action in ACTIONS:
            return ACTIONS.index(action)
        raise Fault("actions", t + 1, f"{action!r}")

    def see(self, mine: int, theirs: int) -> None:
        """Show it what was done."""
        for view, past, action in zip(
            (self.mine, self.theirs), self.past, (mine, theirs), strict=True
        ):
            list.append(view, action)
            past.append(action)

    def _changed(self) -> bool:
        return (self.mine, self.theirs) != self.past

    def _change(self) -> str:
        name = "mine" if list(self.mine) != self.past[0] else "theirs"
        return f"it changed {name}"


def always(action: int) -> Opponent:
    """Do the same in every period."""
    return lambda _own, _other: action


def scripted(actions: Sequence[int]) -> Opponent:
    """Do what is written down."""
    return lambda own, _other: actions[len(own)]


def lots(seed: int) -> Opponent:
    """Do what a coin says that was thrown beforehand."""
    bits = random.Random(f"coin {seed}")  # noqa: S311 — no secret
    return scripted([bits.getrandbits(1) for _ in range(LONGEST)])


def echo(_own: Sequence[int], other: Sequence[int]) -> int:
    """Play tit for tat."""
    return other[-1] if other else 0


OPPONENTS: dict[str, Opponent] = {
    "one who always accommodates": always(0),
    "one who always withholds": always(1),
    "tit for tat": echo,
    "one who alternates": scripted([t % 2 for t in range(LONGEST)]),
    **{f"one who throws a coin ({i})": lots(i) for i in (1, 2, 3)},
}
"""Whom it meets."""


def played(
    rule: Python,
    other: Opponent,
    periods: int,
    *,
    luck: int,
    horizon: int | None = None,
    slips: bool = False,
) -> list[int]:
    """Play a match and give what the strategy did.

    Parameters
    ----------
    rule, luck, horizon
        As for `Seat`.
    other : callable
        The other.
    periods : int
        How many.
    slips : bool
        Whether its hand slips in every seventh period.
    """  # fmt: skip
    seat = Seat(rule, luck, horizon)
    own: list[int] = []
    replies: list[int] = []
    for t in range(periods):
        decided = seat.decide()
        action = 1 - decided if slips and t % 7 == 6 else decided
        reply = other(replies, own)
        seat.see(action, reply)
        own.append(action)
        replies.append(reply)
    return own
