"""The life of a process that plays one strategy: it gives up what it can, reads, and answers.

It runs what somebody handed in, so nothing that leaves it is trusted by anyone.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sys
from pathlib import Path
from typing import Any, NoReturn

from coopgames.classroom import fence, wire
from coopgames.classroom.guard import Guard
from coopgames.mistakes import Mistake
from coopgames.play import UNSHOWN, Fault, Seat
from coopgames.strategies import Strategy, describe, python_file

HIGHEST = 1000
"""The channel's number is somewhere below, each time elsewhere."""

PARTS = ("=i8", "=u1", "=u1", "=u8")
"""What a question to act holds for each seat: its number, own and other's action, luck."""


def live(channel: int) -> NoReturn:
    """Live: never comes back."""
    code = 1
    try:
        _alone(channel := _hidden(channel))
        _serve(channel)
        code = 0
    finally:
        os._exit(code)


def _hidden(channel: int) -> int:
    """Move the channel to a number that is not to be guessed at once."""
    import fcntl

    least = random.SystemRandom().randrange(100, HIGHEST)
    return fcntl.fcntl(channel, fcntl.F_DUPFD_CLOEXEC, least)


def _alone(channel: int) -> None:
    """Keep nothing of what was inherited but the channel."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in range(3):
        os.dup2(nothing, fd)
    os.closerange(3, channel)
    os.closerange(channel + 1, max(4096, channel + 2))


def confine(given: dict[str, Any]) -> None:
    """Give up what the system lets one give up; what it does not, is known from the probe."""
    _limit(given["memory"], given["total"])
    if "die" in given["fences"]:
        fence.die_with_parent()
    if "files" in given["fences"]:
        fence.read_only([Path(p) for p in given["readable"]])
    if "calls" in given["fences"]:
        fence.refuse_others()


def _limit(memory: int, total: float) -> None:
    import resource

    seconds = max(1, round(total))
    wanted = {
        "RLIMIT_CPU": (seconds, seconds + 1), "RLIMIT_CORE": (0, 0), "RLIMIT_FSIZE": (0, 0),
        "RLIMIT_NOFILE": (64, 64), "RLIMIT_NPROC": (0, 0), "RLIMIT_STACK": (8 << 20, 8 << 20),
    }  # fmt: skip
    with contextlib.suppress(OSError):  # Linux says how large we are; elsewhere nobody does
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        size = pages * resource.getpagesize() + (memory << 20)
        wanted["RLIMIT_AS"] = (size, size)
    for name, limits in wanted.items():
        # Where a limit is unknown, or lower already, it is left as it is.
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), limits)


def _serve(channel: int) -> None:
    kind, ticket, body = _hear(channel)
    given = json.loads(body)
    os.chdir(Path(given["file"]).parent)
    sys.path.append(str(Path(given["file"]).parent))  # modules handed in beside it
    confine(given)
    random.seed(0)  # what draws from it is not the same in another order, but in this one it is
    watch = Guard(given["file"], [Path(p) for p in given["readable"]])
    watch.begin()
    desk = _Desk(given, watch)
    while True:
        wrong: BaseException | None = None
        answer = b""
        try:
            answer = desk.answer(kind, body)
        except BaseException as error:  # whatever a strategy raises, it is its own
            wrong = error
        said = {"what": watch.found(), "kind": "forbidden", "period": desk.period}
        if wrong and not said["what"]:
            said |= {"kind": "mistake", **desk.trouble(wrong)}
        if said["what"]:
            kind, answer = wire.FAULT, wire.said({**said, "seat": desk.seat})
        else:
            kind = wire.DONE
        _say(channel, wire.frame(kind, ticket, answer))
        kind, ticket, body = _hear(channel)


class _Desk:
    """Answers questions with the strategy that it reads first."""

    def __init__(self, given: dict[str, Any], watch: Guard) -> None:
        self.given, self.watch, self.file = given, watch, Path(given["file"])
        self.seats: list[Seat] = []
        self.seat, self.period = -1, 0
        self.payoffs = [_tuples(x) for x in given["payoffs"]]

    def answer(self, kind: int, body: bytes) -> bytes:
        self.seat, self.period = -1, 0
        return (self.load, self.open, self.act, self.again)[kind](body)

    def load(self, _: bytes) -> bytes:
        rule, card = python_file(self.file)
        self.strategy = Strategy("it", rule)
        if self.strategy.reads_regime:
            raise Mistake(UNSHOWN)
        texts = {key: wire.clean(card.get(key, "")) for key in ("name", "author", "description")}
        return wire.said(texts)

    def open(self, body: bytes) -> bytes:
        self.seats = []
        for self.seat, where in enumerate(body):
            self.seats.append(self._sit(where))
        return b""

    def act(self, body: bytes) -> bytes:
        t, n = (int.from_bytes(body[i : i + 8], sys.byteorder) for i in (0, 8))
        self.period = t + 1
        out = bytearray(n)
        told = (x.tolist() for x in wire.apart(body[16:], n, *PARTS))
        for i, (self.seat, mine, theirs, key) in enumerate(zip(*told, strict=True)):
            out[i] = _one(self.seats[self.seat], t, mine, theirs, key)
        return bytes(out)

    def again(self, body: bytes) -> bytes:
        n = (len(body) - 1) // 10
        seat = self._sit(body[0])
        out = bytearray(n)
        told = (x.tolist() for x in wire.apart(body[1:], n, *PARTS[1:]))
        for t, (mine, theirs, key) in enumerate(zip(*told, strict=True)):
            self.period = t + 1
            out[t] = _one(seat, t, mine, theirs, key)
        return bytes(out)

    def _sit(self, where: int) -> Seat:
        g = self.given
        return Seat(self.strategy, g["names"][where], self.payoffs[where], g["horizon"], "them")

    def trouble(self, error: BaseException) -> dict[str, Any]:
        if isinstance(error, Fault):
            return {"what": wire.clean(error.what), "period": error.period}
        if isinstance(error, Mistake):
            what = wire.clean(str(error).replace(f"{self.file}: ", "").replace(str(self.file), ""))
            return {"what": what.removeprefix(", "), "kind": "file"}
        ends = {SystemExit: "called sys.exit()", KeyboardInterrupt: "raised KeyboardInterrupt"}
        what = ends.get(type(error)) or f"failed: {wire.clean(describe(error, self.file))}"
        return {"what": what, "period": self.period}


def _one(seat: Seat, t: int, mine: int, theirs: int, key: int) -> int:
    action = seat.act(t, mine, theirs, key)
    if len(seat.mine) != t or len(seat.theirs) != t:
        raise Fault("", t + 1, "", "changed the histories that it was shown")
    return action


def _tuples(x: Any) -> Any:
    return tuple(_tuples(y) for y in x) if isinstance(x, list) else x


def _hear(channel: int) -> tuple[int, bytes, bytes]:
    length, ticket, kind = wire.HEADER.unpack(_exactly(channel, wire.HEADER.size))
    return kind, ticket, _exactly(channel, length)


def _exactly(channel: int, n: int) -> bytes:
    parts = []
    while n:
        part = os.read(channel, min(n, 1 << 20))
        if not part:
            os._exit(0)  # nobody asks any more
        parts.append(part)
        n -= len(part)
    return b"".join(parts)


def _say(channel: int, frame: bytes) -> None:
    view = memoryview(frame)
    while view:
        view = view[os.write(channel, view) :]
