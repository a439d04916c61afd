"""Say that something compiles, where it takes long enough to wonder."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Timer
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from coopgames.strategies import Strategy

PATIENCE = 2.0


def warm_up(strategies: Iterable[Strategy]) -> None:
    """Load or compile all that these strategies need, and say so if it takes over two seconds."""
    line = "Compiling the engine for this machine; this happens once and takes some seconds."
    timer = Timer(PATIENCE, click.echo, [line], {"err": True})
    timer.daemon = True
    timer.start()
    try:
        from coopgames.play import prepare

        prepare(strategies)
    finally:
        timer.cancel()
