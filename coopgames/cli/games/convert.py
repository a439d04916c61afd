"""``coopgames games convert``: a game into a file of another kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from coopgames.games import Game


@click.command()
@click.argument("game", metavar="GAME")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; it ends in .toml, .csv, .nfg, .tex or .html.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def convert(game: str, out: Path, as_json: bool) -> None:
    """Write GAME into a file: as TOML, CSV, Gambit's nfg, or a table in LaTeX or HTML.

    GAME is a named game, such as stag-hunt or "liberal-trade(gamma=1.5)", or a path that ends in
    .toml, .csv or .nfg.
    """
    from coopgames.specs import game_from, write_game

    made = game_from(game)
    path = write_game(made, out)
    lost = _left_out(made, path.suffix.lower())
    if as_json:
        content = {"file": str(path), "game": made.name, "left_out": lost}
        click.echo(json.dumps(content, indent=2, ensure_ascii=False))
        return
    click.echo(path)
    if lost:
        from coopgames.cli.style import listed

        click.echo(f"Left out, since such a file has no place for it: {listed(lost)}.")


def _left_out(game: Game, suffix: str) -> list[str]:
    """List what a game has and a file that ends so has no place for."""
    has = {
        "its name": suffix == ".csv",
        "its story": bool(game.story) and suffix not in (".toml", ".nfg"),
        "its roles": game.roles is not None and suffix != ".toml",
        "what drives choice": game.choice is not None and suffix not in (".toml", ".csv"),
    }
    return [what for what, lost in has.items() if lost]
