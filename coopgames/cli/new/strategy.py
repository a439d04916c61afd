"""``coopgames new strategy``."""

from __future__ import annotations

import shlex
from pathlib import Path

import click


@click.command()
@click.argument("name")
@click.option(
    "--package",
    "as_package",
    is_flag=True,
    help="Write a package that others can install, with its test, instead of one file.",
)
@click.option(
    "-o",
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder to write into.  [default: this one]",
)
def strategy(name: str, as_package: bool, folder: Path) -> None:
    """Write a strategy NAME that works, to be changed; NAME is such as my-strategy.

    Nothing is overwritten.
    """
    from coopgames.classroom import new_package, new_strategy

    path = new_package(name, folder) if as_package else new_strategy(name, folder)
    where = shlex.quote(str(path))
    if as_package:
        click.echo(f"Written: {path}, a package with the strategy {name} and its test.\n")
        steps = [
            # Without a stroke in it pip would take it for the name of something to fetch.
            f"python -m pip install {where if path.is_absolute() else f'./{where}'}",
            f"coopgames match {name} tit-for-tat",
            f"python -m pytest {where}",
        ]
    else:
        click.echo(f"Written: {path}. Open it in an editor and change what it does.\n")
        steps = [f"coopgames play {where} tit-for-tat", f"coopgames check {where}"]
    for i, step in enumerate(steps):
        click.echo(f"{'      ' if i else 'Next  '}{step}")
