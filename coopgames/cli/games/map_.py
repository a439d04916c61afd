"""``coopgames games map``: what a game encodes as two numbers vary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgames.mistakes import Mistake

if TYPE_CHECKING:
    from coopgames.games import Chart, Game, Range

PLANE_STEPS = 241


@click.command("map")
@click.argument("game", metavar="[GAME]", required=False)
@click.option("--x", "across", metavar="NAME=LOW:HIGH", help="The parameter from left to right.")
@click.option("--y", "up", metavar="NAME=LOW:HIGH", help="The parameter from bottom to top.")
@click.option(
    "--steps", type=click.IntRange(2, 401), help="How many values of each.  [default: 41]"
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; it ends in .svg, .png or .pdf.",
)
@click.option("--json", "as_json", is_flag=True, help="Print shares of the map as JSON.")
def map_(
    *,
    game: str | None,
    across: str | None,
    up: str | None,
    steps: int | None,
    out: Path,
    as_json: bool,
) -> None:
    """Draw what GAME encodes as two of its parameters vary.

    Without GAME it draws the plane of the symmetric games of two actors with two actions: R = 1 for
    both if both accommodate, P = 0 if neither does, and S and T as axes.
    """
    from coopgames.reports import draw_map

    if game is None:
        if across or up:
            raise Mistake("games map: --x and --y are for the parameters of a GAME; name one")
        found, title = _plane(steps or PLANE_STEPS), ""
    else:
        if not (across and up):
            raise Mistake(
                f"games map: say which two parameters of {game} vary, e.g. --x theta=0:1 "
                "--y gamma=1:2.5"
            )
        found, title = _chart(game, _range("--x", across, steps), _range("--y", up, steps))
    path = draw_map(found, out, title=title)
    click.echo(json.dumps(_as_dict(found, path), indent=2) if as_json else path)


def _plane(steps: int) -> Chart:
    from coopgames.games import Range, st_plane

    return st_plane(Range("T", -1.0, 3.0, steps), Range("S", -2.0, 2.0, steps))


def _chart(name: str, x: Range, y: Range) -> tuple[Chart, str]:
    from coopgames.games import CountGame, catalog_entry, chart

    entry, given = catalog_entry(name)
    if x.name == y.name:
        raise Mistake(f"games map: --x and --y are both {x.name}; they must be two parameters")

    def make(a: float, b: float) -> Game:
        made = entry(**{**given, x.name: a, y.name: b})
        return made.as_game() if isinstance(made, CountGame) else made

    return chart(make, x, y), f"What {entry.title[:1].lower()}{entry.title[1:]} encodes"


def _range(option: str, text: str, steps: int | None) -> Range:
    from coopgames.games import Range

    name, equals, ends = text.partition("=")
    low, colon, high = ends.partition(":")
    try:
        bounds = float(low), float(high)
    except ValueError:
        bounds = None
    if not (name and equals and colon and bounds):
        raise Mistake(f'{option}: "{text}" is no range; write one like theta=0:1')
    return Range(name.strip(), *bounds, steps or 41)


def _as_dict(found: Chart, path: Path) -> dict[str, Any]:
    from coopgames.games import CATEGORIES

    shares = {c: float((found.category == i).mean()) for i, c in enumerate(CATEGORIES)}
    ends = {r.name: [r.low, r.high, r.steps] for r in (found.x, found.y)}
    return {"file": str(path), "axes": ends, "shares": shares}
