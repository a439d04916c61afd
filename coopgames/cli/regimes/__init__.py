"""``coopgames regimes``: principles, norms, rules and procedures. One file a command."""

from __future__ import annotations

import click

from coopgames.cli.lazy import Lazy

COMMANDS = {
    "list": "List the shipped regimes.",
    "show": "Show a regime: what it demands, and which injunctions make it one.",
    "change": "Say whether a regime ended, changed, or changed within.",
}
"""What each command does, known without loading it."""


@click.group(cls=Lazy, package=__name__, sections={"Commands": COMMANDS})
def regimes() -> None:
    """List the regimes, show one, or compare one with what followed it."""
