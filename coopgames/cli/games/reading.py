"""Options that say how a game is read, shared by commands that read many games."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a reading in which payoffs are mere ranks."""
    for option in (
        click.option(
            "--hindrance",
            type=click.Choice(["realised", "opportunity", "either"]),
            default="realised",
            show_default=True,
            help="Who counts as hindered.",
        ),
        click.option(
            "--feasible",
            type=click.Choice(["pure", "hull"]),
            default="pure",
            show_default=True,
            help="What actors can reach together: single outcomes, or lots and turns too.",
        ),
        click.option(
            "--baseline",
            type=click.Choice(["rationalizable", "nash"]),
            default="rationalizable",
            show_default=True,
            help="What actors may do who look only to their own interest.",
        ),
    ):
        command = option(command)
    return command
