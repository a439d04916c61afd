"""``coopgames games plot``: what two actors can get, as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("game", metavar="GAME")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; it ends in .svg, .png or .pdf.",
)
@click.option(
    "--width",
    type=click.FloatRange(2, 40),
    default=7.6,
    show_default=True,
    help="In inches; below 5 it is laid out for a phone or a column.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def plot(game: str, out: Path, width: float, as_json: bool) -> None:
    """Draw what the two actors of GAME can get: every outcome, and what solutions pay.

    GAME is a named game, such as stag-hunt or "liberal-trade(gamma=1.5)", or a path that ends in
    .toml, .csv or .nfg.
    """
    from coopgames.reports import draw_game
    from coopgames.specs import game_from

    made = game_from(game)
    path = draw_game(made, out, width=width)
    click.echo(json.dumps({"file": str(path), "game": made.name}) if as_json else path)
