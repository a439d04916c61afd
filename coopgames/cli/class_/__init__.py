"""``coopgames class``: what a class handed in; one file a command."""

from __future__ import annotations

import click

from coopgames.cli.lazy import Lazy

COMMANDS = {"run": "Play what a class handed in, and write leaderboard, grades and feedback."}
"""What each command does, known without loading it."""


@click.group(cls=Lazy, package=__name__, sections={"Commands": COMMANDS})
def class_() -> None:
    """Play what a class handed in: a folder or a zip of strategies."""
