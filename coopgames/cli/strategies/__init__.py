"""``coopgames strategies``: what the library holds; one file a command."""

from __future__ import annotations

import click

from coopgames.cli.lazy import Lazy

COMMANDS = {
    "list": "List the library's strategies by family.",
    "show": "Show a strategy: how it decides, its states, where it comes from.",
    "fingerprint": "Show what a strategy gets against all noisy forms of another.",
}
"""What each command does, known without loading it."""


@click.group(cls=Lazy, package=__name__, sections={"Commands": COMMANDS})
def strategies() -> None:
    """List the strategies, show one, or take its fingerprint."""
