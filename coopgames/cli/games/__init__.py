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
    "census": "Count what the 144 ordinal games of two actors encode.",
    "neighbours": "List the games that differ by one swap of payoffs.",
    "path": "Find the nearest harmony, and the swaps of payoffs that lead there.",
    "poster": "Draw the 144 ordinal games on one sheet.",
    "map": "Draw what a game encodes as two numbers vary.",
}
"""What each command does, known without loading it."""


@click.group(cls=Lazy, package=__name__, sections={"Commands": COMMANDS})
def games() -> None:
    """List the named games, or show one."""
