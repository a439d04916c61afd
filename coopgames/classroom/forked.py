"""Our line to the process that forks, and what its children may read."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import coopgames
from coopgames.classroom import nursery
from coopgames.mistakes import Mistake


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
