"""The class as players elsewhere: who is where, who is in trouble, and what is played again.

A few of the seats of each are watched. What they were told is kept, and they are played again,
one match after the other, by strategies read afresh: who then plays otherwise does not depend on
the match alone. Which seats is drawn anew each time, so that nobody can prepare for it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgames.classroom.runner import Runner, Stream, Trouble
from coopgames.play import Actions, Asked, Seats

WATCHED = 8
"""So many of each one's matches are played again, of those that are played in one go."""


class Away:
    """Players elsewhere, by their places in a field of these names.

    Parameters
    ----------
    runner : Runner
        Where they are.
    names : sequence of str
        Of all in the field.
    tick : callable
        Called after each period.
    """

    def __init__(self, runner: Runner, names: Sequence[str], tick: Callable[[], None]) -> None:
        self.trouble: dict[str, Trouble] = {}
        self._runner, self._names, self._tick = runner, names, tick
        self._seats: dict[int, Seats] = {}
        self._watched: dict[int, list[int]] = {}
        self._is_watched: dict[int, NDArray[np.bool_]] = {}
        self._kept: dict[int, list[tuple[NDArray[Any], ...]]] = {}

    def open(self, seats: Mapping[int, Seats]) -> None:
        """Take seats."""
        self._seats = dict(seats)
        draw = random.SystemRandom().sample
        for player, x in seats.items():
            n = len(x.where)
            self._watched[player] = sorted(draw(range(n), min(n, WATCHED)), reverse=True)
            self._is_watched[player] = np.isin(np.arange(n), self._watched[player])
            self._kept[player] = []
        wrong = self._runner.open({self._names[p]: x.where for p, x in seats.items()})
        self._note(wrong)

    def act(self, period: int, asked: Mapping[int, Asked]) -> Mapping[int, Actions]:
        """Ask those who are in no trouble for the actions of a period."""
        by_name = {
            self._names[p]: x for p, x in asked.items() if self._names[p] not in self.trouble
        }
        found = self._runner.act(period, by_name)
        self._note({
            name: replace(x, period=x.period or period + 1)
            for name, x in found.items() if isinstance(x, Trouble)
        })  # fmt: skip
        answers = {}
        for player, x in asked.items():
            answer = found.get(self._names[player])
            if answer is not None and not isinstance(answer, Trouble):
                answers[player] = answer
                self._keep(player, x, answer)
        self._tick()
        return answers

    def _keep(self, player: int, x: Asked, answer: Actions) -> None:
        at = np.flatnonzero(self._is_watched[player][x.seats])
        self._kept[player].append((x.seats[at], x.mine[at], x.theirs[at], x.keys[at], answer[at]))

    def _note(self, wrong: Mapping[str, Trouble]) -> None:
        number = {name: i for i, name in enumerate(self._names)}
        for name, trouble in wrong.items():
            against = None
            if trouble.seat is not None:
                seats = self._seats[number[name]].against
                if trouble.seat < len(seats):
                    against = self._names[seats[trouble.seat]]
            self.trouble[name] = replace(trouble, against=trouble.against or against, seat=None)

    def play_again(self) -> None:
        """Play what was watched once more, and note who plays otherwise."""
        streams: dict[str, list[Stream]] = {}
        against: dict[str, list[str]] = {}
        for player, kept in self._kept.items():
            name = self._names[player]
            if name in self.trouble or not kept:
                continue
            told = [np.concatenate([k[i] for k in kept]) for i in range(5)]
            streams[name], against[name] = [], []
            for seat in self._watched[player]:
                own = told[0] == seat
                where = int(self._seats[player].where[seat])
                streams[name].append(Stream(where, *(x[own] for x in told[1:])))
                against[name].append(self._names[self._seats[player].against[seat]])
        for name, found in self._runner.again(streams).items():
            if isinstance(found, Trouble):
                self.trouble[name] = replace(found, seat=None)
            elif trouble := _difference(streams[name], found, against[name]):
                self.trouble[name] = trouble


def _difference(
    first: Sequence[Stream], then: Sequence[Actions], against: Sequence[str]
) -> Trouble | None:
    for stream, actions, other in zip(first, then, against, strict=True):
        other_actions = np.flatnonzero(stream.did != actions)
        if len(other_actions):
            t = int(other_actions[0])
            what = (
                f"played {_action(stream.did[t])}, and {_action(actions[t])} when the same match "
                "was played again alone"
            )
            return Trouble(what, "differs", period=t + 1, against=other)
    return None


def _action(number: np.uint8) -> str:
    return f"{int(number)} ({'CD'[int(number)]})"
