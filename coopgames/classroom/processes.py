"""Each strategy in a process of its own.

A process answers a question at a time, within its limits: seconds of computing, as the system
counts them where it does, and in any case six times as many by the clock. Only a few answer at the
same time, so that none is late because it had to wait for others.
"""

from __future__ import annotations

import os
import secrets
import selectors
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import coopgames
from coopgames.classroom import nursery, wire
from coopgames.classroom.runner import Card, Limits, Shown, Stream, Trouble
from coopgames.mistakes import Mistake
from coopgames.play import Actions, Asked

BY_THE_CLOCK = 6
"""An answer may take so many times its seconds of computing by the clock."""


class Nursery:
    """Our line to the process that forks.

    Parameters
    ----------
    libraries : sequence of str
        What it loads for its children; these could not, since it writes files or takes long.
    """

    def __init__(self, libraries: Sequence[str] = ()) -> None:
        if os.name != "posix":
            raise Mistake(
                "strategies are played in processes of their own on Linux and macOS only; on "
                "Windows use the Subsystem for Linux, or --runner hardened"
            )
        ours, theirs = socket.socketpair()
        package = str(Path(coopgames.__file__).parents[1])
        # Nothing of the folder that we happen to be in.
        own = readable()
        path = [*(p for p in sys.path if p and Path(p) in own), package]
        code = f"import sys; sys.path[:] = {path!r}; from coopgames.classroom.nursery import main"
        quiet = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        env = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "HOME", "TMPDIR",
               "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "NUMBA_CACHE_DIR")}  # fmt: skip
        self._process = subprocess.Popen(  # noqa: S603 — our own interpreter and our own code
            [
                sys.executable,
                "-P",
                "-B",
                "-c",
                f"{code}; main({theirs.fileno()}, {list(libraries)!r})",
            ],
            pass_fds=[theirs.fileno()],
            env={**env, **quiet, "PYTHONHASHSEED": "0"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is ours to hear
        )
        theirs.close()
        self._line = ours
        self.fences = [
            name for i, name in enumerate(nursery.FENCES) if self._order(nursery.PROBE, i) == 1
        ]

    def born(self) -> tuple[int, socket.socket]:
        """Fork a process; give its number and our end of its channel."""
        ours, theirs = socket.socketpair()
        with theirs:
            order = nursery.ORDER.pack(nursery.BIRTH, 0)
            socket.send_fds(self._line, [order], [theirs.fileno()])
            pid = nursery.CHILD.unpack(self._reply(nursery.CHILD.size))[0]
        ours.setblocking(False)
        return pid, ours

    def ended(self, pid: int, *, now: bool) -> tuple[int, float]:
        """End a process; give how it ended, and the seconds it computed.

        `now`: it is killed; else it is ending, and may do so by itself.
        """
        self._line.sendall(nursery.ORDER.pack(nursery.KILL if now else nursery.END, pid))
        status, seconds = nursery.ENDED.unpack(self._reply(nursery.ENDED.size))
        return status, seconds

    def _order(self, kind: bytes, number: int) -> int:
        self._line.sendall(nursery.ORDER.pack(kind, number))
        return int(nursery.CHILD.unpack(self._reply(nursery.CHILD.size))[0])

    def _reply(self, n: int) -> bytes:
        reply = self._line.recv(n, socket.MSG_WAITALL)
        if len(reply) < n:
            raise Mistake("the process that starts the others has ended; run the same again")
        return reply

    def close(self) -> None:
        """End it, and with it all its children."""
        self._line.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Process:
    """A process that plays a strategy."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self.pid, self.channel = nursery.born()
        self.ticket = b""
        self._out = memoryview(b"")
        self._in = bytearray()
        self._since = self._used = 0.0

    def ask(self, kind: int, body: bytes) -> None:
        """Put a question; `send` and `receive` do the rest."""
        self.ticket = secrets.token_bytes(8)
        self._out, self._in = memoryview(wire.frame(kind, self.ticket, body)), bytearray()
        self._since, self._used = time.monotonic(), self.computed()

    @property
    def wanting(self) -> int:
        """What to wait for: that it listens, too, or only that it answers."""
        return selectors.EVENT_READ | (selectors.EVENT_WRITE if self._out else 0)

    def send(self) -> None:
        """Send as much of the question as it takes now."""
        while self._out:
            try:
                self._out = self._out[self.channel.send(self._out) :]
            except BlockingIOError:
                return
            except OSError:  # it has ended; that is seen when its answer is read
                self._out = memoryview(b"")

    def receive(self, most: int) -> tuple[int, bytes] | Trouble | None:
        """Give the answer, if it is there; `most` is how many bytes it may have."""
        while True:
            try:
                part = self.channel.recv(1 << 16)
            except BlockingIOError:
                return None
            except OSError:
                part = b""
            if not part:
                return self.end()
            self._in += part
            if len(self._in) < wire.HEADER.size:
                continue
            length, ticket, kind = wire.HEADER.unpack_from(self._in)
            more = len(self._in) - wire.HEADER.size - length
            known = kind in (wire.DONE, wire.FAULT) and ticket == self.ticket
            if not known or length > most or more > 0:
                return _nonsense(self)
            if more == 0:
                # An answer to half a question is none.
                return _nonsense(self) if self._out else (kind, bytes(self._in[wire.HEADER.size :]))

    def late(self, limits: Limits) -> bool:
        """Whether the answer takes too long."""
        clock = time.monotonic() - self._since
        if clock < limits.answer:
            return False
        used = self.computed()
        counted = used - self._used if used else clock / BY_THE_CLOCK
        return counted > limits.answer or clock > BY_THE_CLOCK * limits.answer

    def computed(self) -> float:
        """Seconds it has computed; 0 where the system does not say."""
        try:
            # The clock of another process, as clock_getcpuclockid(3) on Linux names it.
            return time.clock_gettime((~self.pid << 3) | 2) if sys.platform == "linux" else 0.0
        except OSError:
            return 0.0

    def end(self, words: str | None = None, kind: str = "time") -> Trouble:
        """End it, and say why it ended."""
        self.channel.close()
        status, seconds = self._nursery.ended(self.pid, now=words is not None)
        if words:
            return Trouble(words, kind)
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            if number in (signal.SIGXCPU, signal.SIGKILL):
                return Trouble(f"used up its time: {seconds:.1f} seconds of computing", "time")
            names = {signal.SIGSEGV: "segmentation fault", signal.SIGABRT: "abort"}
            told = names.get(signal.Signals(number), signal.Signals(number).name)
            return Trouble(f"crashed its process ({told})", "crash")
        return Trouble(f"ended its process (exit code {os.WEXITSTATUS(status)})", "crash")


def _nonsense(process: Process) -> Trouble:
    return process.end("sent something that was no answer to what it was asked", "forbidden")


def readable() -> list[Path]:
    """List the folders that Python reads modules from, and what those need."""
    paths = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}
    paths |= {
        Path(p) for p in sys.path
        if Path(p).name in ("site-packages", "dist-packages", "lib-dynload") or p.endswith(".zip")
    }  # fmt: skip
    system = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/etc/localtime")
    paths |= {Path(coopgames.__file__).parent, *map(Path, system)}
    return sorted({x for p in paths for x in (p, p.resolve())})


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
                found[name] = _nonsense(into.pop(name))
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
        return _nonsense(alive.pop(name))

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
            return body if exact else _nonsense(alive.pop(name))
        said = wire.heard(body, ("what", "kind", "period", "seat"))
        process = alive.pop(name)
        if said is None or said["kind"] not in ("file", "mistake", "forbidden"):
            return _nonsense(process)
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
