"""The process from which the others are forked.

Forking a process in which all is loaded already takes milliseconds; starting Python a hundred
times takes a minute. Our own process cannot fork: its libraries have threads. So one clean process
is started, which does nothing but fork, look after its children and bury them.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import struct
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from coopgames.classroom.child import confine, live

BIRTH, END, KILL, PROBE = b"B", b"E", b"K", b"P"
ORDER = struct.Struct("=ci")
CHILD = struct.Struct("=i")
ENDED = struct.Struct("=id")
"""How a child ended, as wait4(2) has it, and the seconds that it computed."""

PATIENCE = 0.5
"""Seconds that a child which is ending is given to end by itself."""


def main(control: int, libraries: Sequence[str] = ()) -> None:
    """Serve until nobody asks any more; `libraries` are loaded first, for the children."""
    for name in libraries:
        with contextlib.suppress(ImportError):
            import_module(name)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    children: set[int] = set()
    with socket.socket(fileno=control) as line:
        while True:
            order, fds, _, _ = socket.recv_fds(line, ORDER.size, 1)
            if len(order) < ORDER.size:
                break
            kind, pid = ORDER.unpack(order)
            if kind == BIRTH:
                pid = os.fork()
                if pid == 0:
                    live(fds[0])
                os.close(fds[0])
                children.add(pid)
                line.sendall(CHILD.pack(pid))
            elif kind in (END, KILL):
                children.discard(pid)
                line.sendall(ENDED.pack(*_buried(pid, PATIENCE if kind == END else 0)))
            else:
                line.sendall(CHILD.pack(_probe(pid)))
    for pid in children:
        _kill(pid)
        os.waitpid(pid, 0)


def _kill(pid: int) -> None:
    for kill in (os.killpg, os.kill):  # also what it may have started
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _buried(pid: int, patience: float) -> tuple[int, float]:
    """End a child if it has not ended, and say how it did."""
    until = time.monotonic() + patience
    while True:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            _kill_group(pid)
            return status, used.ru_utime + used.ru_stime
        if time.monotonic() >= until:
            _kill(pid)
            _, status, used = os.wait4(pid, 0)
            return status, used.ru_utime + used.ru_stime
        time.sleep(0.002)


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _probe(which: int) -> int:
    """Try a fence in a child of its own: 1 if it holds and leaves Python able to work, else 0."""
    pid = os.fork()
    if pid == 0:
        held = 0
        try:
            held = int(_holds(FENCES[which]))
        finally:
            os._exit(held)
    _, status = os.waitpid(pid, 0)
    return int(os.WIFEXITED(status) and os.WEXITSTATUS(status) == 1)


FENCES = ("die", "files", "calls")
"""Die with the parent; read only some files; only harmless system calls."""


def _holds(name: str) -> bool:
    library = str(Path(os.__file__).parent)
    given = {"memory": 256, "total": 10, "fences": [name], "readable": [library]}
    confine(given)
    import colorsys  # noqa: F401 — a module that nothing has loaded yet must still load

    if name == "files":
        return _refused(lambda: next(Path("/").iterdir()))
    if name == "calls":
        return _refused(lambda: os.kill(os.getppid(), 0)) and _refused(socket.socket)
    return True


def _refused(act: object) -> bool:
    try:
        act()  # type: ignore[operator]
    except OSError:
        return True
    return False


if __name__ == "__main__":
    main(int(sys.argv[1]))
