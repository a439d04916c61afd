"""``coopgames games poster``: the 144 ordinal games on one sheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from coopgames.cli.games.reading import reading_options


@click.command()
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; it ends in .svg, .png or .pdf.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@reading_options
def poster(*, out: Path, as_json: bool, baseline: Any, feasible: Any, hindrance: Any) -> None:
    """Draw the 144 ordinal games on one sheet, each in the colour of what it encodes."""
    from coopgames.games import census, the_144
    from coopgames.reports import draw_poster

    found = census(the_144(), baseline=baseline, feasible=feasible, hindrance=hindrance)
    path = draw_poster(found, out)
    click.echo(json.dumps({"file": str(path)}) if as_json else path)
