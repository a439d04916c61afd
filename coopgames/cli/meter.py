"""How far long work is, on the terminal."""

from __future__ import annotations

import sys
import time
from typing import Any, Protocol

import click


class Counted(Protocol):
    """How far work is; it may also say what it is ``doing``, and what was ``damaged``."""

    @property
    def done(self) -> int:
        """Matches that are there."""

    @property
    def total(self) -> int:
        """Matches wanted."""

    @property
    def reused(self) -> int:
        """Of those done, how many were there from before."""


class Meter:
    """Progress on the terminal once a run takes over two seconds; plain lines where there is none.

    An object, since it must remember between calls what it has shown.
    """

    PATIENCE = 2.0

    def __init__(self) -> None:
        self.done = self.total = self.reused = 0
        self.started = self.shown = time.monotonic()
        self.bar: Any = None

    def __call__(self, progress: Counted) -> None:
        """Show how far the run is."""
        self.done, self.total, self.reused = progress.done, progress.total, progress.reused
        if self.shown == self.started:
            for path in getattr(progress, "damaged", ()):
                click.echo(f"{path}: is damaged; its matches are played again", err=True)
            self.shown += 1e-9
        now = time.monotonic()
        if now - self.started < self.PATIENCE or self.done == self.total:
            return
        if sys.stderr.isatty():
            self._draw()
        elif now - self.shown >= self.PATIENCE:
            self.shown = now
            doing = getattr(progress, "doing", "")
            click.echo(f"{self.done} of {self.total} matches{doing and f': {doing}'}", err=True)

    def _draw(self) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        if self.bar is None:
            self.bar = Bar(console=Console(stderr=True), transient=True)
            self.bar.add_task("Playing", total=self.total)
            self.bar.start()
        self.bar.update(self.bar.task_ids[0], completed=self.done)

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self.bar is not None:
            self.bar.stop()
            self.bar = None
