"""``coopgames games``: the games there are, and what each encodes. One file a command."""

from __future__ import annotations

import click

from coopgames.cli.lazy import Lazy

COMMANDS = {
    "list": "List the named games by what they encode.",
    "show": "Show a game: its story, its payoffs, what it encodes, what to notice.",
    "solve": "Solve a game: equilibria, efficient outcomes, the bargain, and more.",
    "convert": "Write a game as TOML, CSV, Gambit's nfg, LaTeX or HTML.",
    "plot": "Draw what two actors can get, as a picture.",
}
"""What each command does, known without loading it."""


@click.group(cls=Lazy, package=__name__, summaries=COMMANDS)
def games() -> None:
    """List the named games, or show one."""
