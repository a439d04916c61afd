"""Each strategy in a process of its own.

A process answers a question at a time, within its limits: seconds of computing, as the system
counts them where it does, and in any case six times as many by the clock. Only a few answer at the
same time, so that none is late because it had to wait for others.
"""

from __future__ import annotations

import os
import selectors
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from coopgames.classroom import wire
from coopgames.classroom.forked import Nursery, readable
from coopgames.classroom.process import Process, nonsense
from coopgames.classroom.runner import Card, Limits, Shown, Stream, Trouble
from coopgames.play import Actions, Asked


class Processes:
    """Strategies in processes of their own; see `coopgames.classroom.runner.Runner`."""

    def __init__(self, shown: Shown, limits: Limits) -> None:
        self._shown, self._limits = shown, limits
        self._files: dict[str, Path] = {}
        self._alive: dict[str, Process] = {}
        self._nursery: Nursery | None = None
        self._readable = [str(p) for p in readable()]

    def load(self, files: Mapping[str, Path]) -> Mapping[str, Card | Trouble]:
        """Start a process for each file, and read it there."""
        self._files |= files
        if self._nursery is None:
            source = b"\n".join(path.read_bytes() for path in files.values())
            self._nursery = Nursery([name for name in LIBRARIES if name.encode() in source])
        return self._load(list(files), self._alive)

    @property
    def fences(self) -> list[str]:
        """What holds around the processes, once there are some."""
        return [] if self._nursery is None else self._nursery.fences

    def _load(self, names: Sequence[str], into: dict[str, Process]) -> dict[str, Card | Trouble]:
        questions = {}
        for name in names:
            assert self._nursery is not None  # it was begun with the files
            into[name] = Process(self._nursery)
            questions[name] = (wire.LOAD, self._first(self._files[name]), wire.LARGEST_SAID)
        found: dict[str, Card | Trouble] = {}
        for name, answer in self._ask(into, questions).items():
            if isinstance(answer, Trouble):
                found[name] = answer
                continue
            card = wire.heard(answer, ("name", "author", "description"))
            if card is None or not all(isinstance(x, str) for x in card.values()):
                found[name] = nonsense(into.pop(name))
            else:
                found[name] = Card(**card)
        return found

    def _first(self, file: Path) -> bytes:
        file, limits, shown = file.resolve(), self._limits, self._shown
        return wire.said({
            "file": str(file), "readable": [*self._readable, str(file.parent)],
            "fences": self.fences, "memory": limits.memory, "total": limits.total,
            "names": shown.names, "payoffs": shown.payoffs, "horizon": shown.horizon,
        })  # fmt: skip

    def open(self, seats: Mapping[str, Actions]) -> Mapping[str, Trouble]:
        """Take seats; give what went wrong."""
        questions = {name: (wire.OPEN, x.tobytes(), 0) for name, x in seats.items()}
        answers = self._ask(self._alive, questions)
        return {name: x for name, x in answers.items() if isinstance(x, Trouble)}

    def act(self, period: int, asked: Mapping[str, Asked]) -> Mapping[str, Actions | Trouble]:
        """Ask for the actions of a period."""
        questions = {}
        for name, x in asked.items():
            n = len(x.seats)
            sizes = b"".join(i.to_bytes(8, sys.byteorder) for i in (period, n))
            body = sizes + wire.columns(x.seats.astype("=i8"), x.mine, x.theirs, x.keys)
            questions[name] = (wire.ACT, body, n)
        return {
            name: answer
            if isinstance(answer, Trouble)
            else self._actions(self._alive, name, answer)
            for name, answer in self._ask(self._alive, questions).items()
        }

    def _actions(self, alive: dict[str, Process], name: str, answer: bytes) -> Actions | Trouble:
        actions = np.frombuffer(answer, np.uint8)
        if (actions < len(self._shown.names[0])).all():
            return actions
        return nonsense(alive.pop(name))

    def again(
        self, streams: Mapping[str, Sequence[Stream]]
    ) -> Mapping[str, list[Actions] | Trouble]:
        """Play matches again, one after the other, in fresh processes."""
        fresh: dict[str, Process] = {}
        found: dict[str, list[Actions] | Trouble] = {}
        for name, card in self._load(list(streams), fresh).items():
            found[name] = card if isinstance(card, Trouble) else []
        for i in range(max((len(x) for x in streams.values()), default=0)):
            questions = {}
            for name in fresh:
                if i < len(streams[name]):
                    x = streams[name][i]
                    body = bytes([x.where]) + wire.columns(x.mine, x.theirs, x.keys)
                    questions[name] = (wire.REPLAY, body, len(x.did))
            for name, answer in self._ask(fresh, questions).items():
                done = found[name]
                if isinstance(answer, bytes):
                    answer_ = self._actions(fresh, name, answer)
                else:
                    answer_ = answer
                if isinstance(answer_, Trouble):
                    found[name] = answer_
                elif isinstance(done, list):
                    done.append(answer_)
        for process in fresh.values():
            process.end("done")
        return found

    def _ask(
        self, alive: dict[str, Process], questions: Mapping[str, tuple[int, bytes, int]]
    ) -> dict[str, bytes | Trouble]:
        """Put questions, a few at a time; give the answers. Who is in trouble is let go."""
        waiting = list(questions.items())[::-1]
        found: dict[str, bytes | Trouble] = {}
        with selectors.DefaultSelector() as selector:
            at_work: dict[str, int] = {}
            while waiting or at_work:
                while waiting and len(at_work) < AT_ONCE:
                    name, (kind, body, most) = waiting.pop()
                    process = alive[name]
                    process.ask(kind, body)
                    process.send()
                    selector.register(process.channel, process.wanting, name)
                    at_work[name] = max(most, wire.LARGEST_SAID)
                for key, _ in selector.select(0.05):
                    name, process = key.data, alive[key.data]
                    process.send()
                    if key.events != process.wanting:
                        selector.modify(process.channel, process.wanting, name)
                    channel = process.channel
                    answer = process.receive(at_work[name])
                    if answer is not None:
                        selector.unregister(channel)
                        del at_work[name]
                        found[name] = self._heard(alive, name, answer, questions[name][2])
                for name in [n for n in at_work if alive[n].late(self._limits)]:
                    selector.unregister(alive[name].channel)
                    del at_work[name]
                    words = f"took more than {self._limits.answer:g} seconds for an answer"
                    found[name] = alive.pop(name).end(words)
        return {name: found[name] for name in questions}

    def _heard(
        self, alive: dict[str, Process], name: str, answer: tuple[int, bytes] | Trouble, most: int
    ) -> bytes | Trouble:
        if isinstance(answer, Trouble):
            del alive[name]
            return answer
        kind, body = answer
        if kind == wire.DONE:
            exact = most == len(body) or most == wire.LARGEST_SAID
            return body if exact else nonsense(alive.pop(name))
        said = wire.heard(body, ("what", "kind", "period", "seat"))
        process = alive.pop(name)
        if said is None or said["kind"] not in ("file", "mistake", "forbidden"):
            return nonsense(process)
        process.end("done")
        return _trouble(said)

    def close(self) -> None:
        """Let all go."""
        for process in self._alive.values():
            process.channel.close()
        if self._nursery is not None:
            self._nursery.close()


LIBRARIES = ("axelrod",)
"""What strategies may be written with beside Python itself; loaded where a file names it."""

AT_ONCE = 2 * (os.cpu_count() or 1)
"""So many processes answer at the same time."""


def _trouble(said: dict[str, Any]) -> Trouble:
    what, period, seat = str(said["what"]), said["period"], said["seat"]
    kind = "memory" if "MemoryError" in what else said["kind"]
    at = period if isinstance(period, int) and period > 0 else None
    place = seat if isinstance(seat, int) and seat >= 0 else None
    return Trouble(what, kind, at, place)
