"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from coopgames.mistakes import Mistake

Command = Callable[..., Any]


regime_option = click.option(
    "--regime",
    metavar="NAME|PATH",
    help="Play under a regime: a shipped one, or the path of a TOML file.",
)
"""What says under which regime a match is played."""


def horizon_options(usual: str) -> Callable[[Command], Command]:
    """Add the three ways to say how long play lasts; `usual` is said of the default."""

    def add(command: Command) -> Command:
        for option in (
            click.option("--horizon", type=click.Choice(["infinite"]), help="Play without end."),
            click.option(
                "--continuation",
                type=float,
                metavar="W",
                help="Probability that a further period follows, instead of a number of periods.",
            ),
            click.option("--periods", type=int, help=f"Number of periods.  [default: {usual}]"),
        ):
            command = option(command)
        return command

    return add


def experiment_options(folder: str, changing: str) -> Callable[[Command], Command]:
    """Add what is said of an experiment to be played.

    Parameters
    ----------
    folder : str
        Where the results go by default.
    changing : str
        An example of a setting.
    """

    def add(command: Command) -> Command:
        for option in (
            click.option(
                "--workers", type=click.IntRange(min=1), help="Matches played at the same time."
            ),
            click.option(
                "-o",
                "--out",
                "folder",
                type=click.Path(path_type=Path),
                help=f"Folder for the results.  [default: {folder}]",
            ),
            click.option(
                "--set",
                "sets",
                multiple=True,
                metavar="KEY=VALUE",
                help=f"Change a key of the file, e.g. {changing}. May be repeated.",
            ),
            click.option(
                "--add",
                "adds",
                multiple=True,
                metavar="STRATEGY",
                help="Add an entrant: a strategy's name, its TOML or Python file, or a folder of "
                "such files. May be repeated.",
            ),
        ):
            command = option(command)
        return command

    return add


def one_horizon(periods: int | None, continuation: float | None, horizon: str | None) -> bool:
    """Whether a horizon was given; it may be given in one way only."""
    given = sum(x is not None for x in (periods, continuation, horizon))
    if given > 1:
        raise Mistake("--periods, --continuation and --horizon exclude one another; give one")
    return bool(given)


def errors(option: str, text: str) -> float | tuple[float, float]:
    """Read an error probability: one for both actors, or each one's own, as in ``0.1,0``."""
    try:
        values = tuple(float(part) for part in text.split(","))
    except ValueError:
        values = ()
    if len(values) == 1:
        return values[0]
    if len(values) == 2:
        return values
    raise Mistake(
        f'{option}: "{text}" is no probability; write one for both actors, such as 0.05, or each '
        "one's own, such as 0.1,0"
    )
