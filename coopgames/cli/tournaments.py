"""``coopgames tournaments``: the shipped experiments."""

from __future__ import annotations

import json
from pathlib import Path

import click

from coopgames.mistakes import Mistake, unknown


@click.group()
def tournaments() -> None:
    """List the shipped experiments, or copy one to change it."""


@tournaments.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(as_json: bool) -> None:
    """List the shipped experiments, a line each."""
    from coopgames.specs import load, shipped

    found = {name: load(name) for name in shipped()}
    if as_json:
        rows = [{"name": n, "title": e.title, "story": e.story} for n, e in found.items()]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for name, experiment in found.items():
        click.echo(f"{name}  {experiment.title}")
    click.echo()
    click.echo(f"Next  coopgames run {next(iter(found))}")


@tournaments.command()
@click.argument("name")
@click.argument("target", required=False, type=click.Path(path_type=Path))
def copy(name: str, target: Path | None) -> None:
    """Copy the experiment NAME to TARGET (NAME.toml here by default)."""
    from coopgames.specs import shipped

    if name not in shipped():
        raise Mistake(unknown("shipped experiment", name, shipped()))
    path = target or Path(f"{name}.toml")
    if path.is_dir():
        path /= f"{name}.toml"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(shipped()[name].read_text(encoding="utf-8"))
    except FileExistsError:
        raise Mistake(f"{path}: is there already and is not overwritten") from None
    except OSError as error:
        raise Mistake(f"{path}: cannot be written: {error.strerror}") from None
    click.echo(f"{path}")
    click.echo(f"Next  change it, then: coopgames run {path}")
