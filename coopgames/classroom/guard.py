"""What a strategy tries to do beside playing, noticed inside its process and said in words.

Python tells an audit hook (PEP 578) what code is about to do. The hook refuses what a strategy has
no business with and remembers it, so that the culprit can be told which line it was. It is no
fence: code that knows how can go round it. It gives names; `fence` and the limits hold.
"""

from __future__ import annotations

import builtins
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

FORBIDDEN = {
    "socket.": "uses the network",
    "urllib.": "uses the network",
    "ssl.": "uses the network",
    "subprocess.": "starts another program",
    "os.system": "starts another program",
    "os.exec": "starts another program",
    "os.posix_spawn": "starts another program",
    "os.spawn": "starts another program",
    "os.startfile": "starts another program",
    "pty.": "starts another program",
    "os.fork": "starts another process",
    "os.kill": "sends a signal to a process",
    "signal.pthread_kill": "sends a signal to a process",
    "ctypes.": "reaches below Python (ctypes)",
    "gc.get_": "looks through Python's memory (gc)",
    "sys._current_frames": "looks at who called it",
    "sys.settrace": "traces the program",
    "sys.setprofile": "traces the program",
    "sys.addaudithook": "listens to the program",
    "resource.": "changes its limits",
    "mmap.": "maps files into memory",
    "shutil.": "changes files",
    "tempfile.": "changes files",
    "os.remove": "changes files",
    "os.rename": "changes files",
    "os.mkdir": "changes files",
    "os.rmdir": "changes files",
    "os.link": "changes files",
    "os.symlink": "changes files",
    "os.chmod": "changes files",
    "os.chown": "changes files",
    "os.truncate": "changes files",
    "os.utime": "changes files",
    "builtins.input": "asks for input; nobody sits there",
}
"""What is refused, by the beginning of the event's name, and what it is in words."""

FILES = ("open", "os.listdir", "os.scandir", "os.walk", "glob.glob", "os.chdir", "os.chroot")
FRAMES = ("tb_frame", "f_back", "gi_frame", "cr_frame", "ag_frame")
MOST_PRINTED = 100_000
"""So many characters may be printed; they go nowhere."""


class Guard:
    """What was noticed; the hook writes to it, the process reads it after each answer.

    Parameters
    ----------
    file : str
        The strategy's file, so that its lines are known.
    readable : sequence of Path
        Folders that Python itself reads.
    """

    def __init__(self, file: str, readable: Sequence[Path]) -> None:
        self.seen: list[str] = []
        self.printed = 0
        self._file = file
        self._readable = tuple(str(p) for p in readable)
        self._searched = frozenset(sys.path)
        self._now = vars(builtins)
        self._builtins = dict(self._now)
        self._busy = False

    def begin(self) -> None:
        """Start to watch. There is no end to it."""
        refuse = self._thread
        for module in (sys.modules["_thread"], threading):
            for name in ("start_new_thread", "_start_new_thread", "start_joinable_thread",
                         "_start_joinable_thread", "start_new"):  # fmt: skip
                if hasattr(module, name):
                    setattr(module, name, refuse)
        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = _Nowhere(self)  # type: ignore[misc,assignment]
        sys.addaudithook(self._hook)

    def found(self) -> str | None:
        """Say what was noticed first, if anything.

        Python's own functions are put right first, since we need them, too.
        """
        changed: list[str] = []
        if self._now != self._builtins:
            now = {**self._now}
            self._now.update(self._builtins)
            for name in {*now} - {*self._builtins}:
                del self._now[name]
            names = {*now, *self._builtins} - {"_"}
            changed = sorted(
                n for n in names if now.get(n, names) is not self._builtins.get(n, names)
            )
        if changed:
            self.seen.append(f"changed what belongs to Python itself ({', '.join(changed)})")
        if self.printed > MOST_PRINTED:
            self.seen.append(f"printed more than {MOST_PRINTED:,} characters")
        return self.seen[0] if self.seen else None

    def _thread(self, *_: object, **__: object) -> Any:
        self._refuse("starts a thread")

    def _refuse(self, words: str) -> None:
        line = self._line()
        self.seen.append(words if line is None else f"{words} (line {line})")
        raise PermissionError(f"a strategy that {words} does not play")

    def _line(self) -> int | None:
        frame: FrameType | None = sys._getframe(2)
        while frame is not None and frame.f_code.co_filename != self._file:
            frame = frame.f_back
        return None if frame is None else frame.f_lineno

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._busy:  # what this hook does itself
            return
        self._busy = True
        try:
            words = self._judge(event, arguments)
            if words:
                self._refuse(words)
        finally:
            self._busy = False

    def _judge(self, event: str, arguments: tuple[Any, ...]) -> str | None:
        if event in FILES:
            return self._about_file(event, arguments)
        if event == "sys._getframe" or (event == "object.__getattr__" and arguments[1] in FRAMES):
            # Python's own modules do so too: named tuples, warnings.
            caller = sys._getframe(2).f_code.co_filename
            asks = caller == self._file or caller.endswith(f"{os.sep}inspect.py")
            return "looks at who called it (frames)" if asks else None
        for beginning, words in FORBIDDEN.items():
            if event.startswith(beginning):
                return words
        return None

    def _about_file(self, event: str, arguments: tuple[Any, ...]) -> str | None:
        path, *more = arguments
        if event in ("os.chdir", "os.chroot"):
            return "goes to another folder"
        writes = event == "open" and (
            (isinstance(more[0], str) and set(more[0]) & set("wax+"))
            or (isinstance(more[1], int) and more[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        )
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if isinstance(path, int):
            return "opens what is not its own"
        known = isinstance(path, str) and not writes
        if known and (path in self._searched or self._python_reads(path)):
            return None
        name = Path(str(path)).name or str(path)
        return f"{'writes to' if writes else 'reads'} a file ({name})"

    def _python_reads(self, path: str) -> bool:
        whole = os.path.abspath(path)  # noqa: PTH100 — links are not followed
        return any(whole == p or whole.startswith(p + os.sep) for p in self._readable)


class _Nowhere:
    """Where printed text goes: it is counted."""

    encoding, errors, newlines, closed, line_buffering = "utf-8", "strict", None, False, True

    def __init__(self, watch: Guard) -> None:
        self._watch = watch

    def write(self, text: str) -> int:
        self._watch.printed += len(text)
        if self._watch.printed > MOST_PRINTED:
            raise OSError(f"more than {MOST_PRINTED:,} characters were printed")
        return len(text)

    def writelines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing."""

    def isatty(self) -> bool:
        """Say that nobody sits there."""
        return False

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def fileno(self) -> int:
        raise OSError("what is printed goes to no file")
