"""``coopgames new``: something of one's own to begin with; one file a command."""

from __future__ import annotations

import click

from coopgames.cli.lazy import Lazy

COMMANDS = {"strategy": "Write the file of a strategy that works, to be changed."}
"""What each command does, known without loading it."""


@click.group(cls=Lazy, package=__name__, sections={"Commands": COMMANDS})
def new() -> None:
    """Begin something of your own: a strategy."""
