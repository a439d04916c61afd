"""A process that plays a strategy, as we see it: it is asked, and it answers or is in trouble."""

from __future__ import annotations

import os
import secrets
import selectors
import signal
import sys
import time

from coopgames.classroom import wire
from coopgames.classroom.forked import Nursery
from coopgames.classroom.runner import Limits, Trouble

BY_THE_CLOCK = 6
"""An answer may take so many times its seconds of computing by the clock."""


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
                return nonsense(self)
            if more == 0:
                # An answer to half a question is none.
                return nonsense(self) if self._out else (kind, bytes(self._in[wire.HEADER.size :]))

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


def nonsense(process: Process) -> Trouble:
    """End a process that answered what nobody asked."""
    return process.end("sent something that was no answer to what it was asked", "forbidden")
