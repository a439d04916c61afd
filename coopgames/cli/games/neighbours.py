"""``coopgames games neighbours``: the games that are one swap of payoffs away."""

from __future__ import annotations

import json

import click


@click.command()
@click.argument("game", metavar="GAME")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def neighbours(game: str, as_json: bool) -> None:
    """List the six games that differ from GAME by one swap of payoffs.

    GAME has two actors with two actions each and no ties: a named game, a file, or a name of the
    table such as chicken/hero. A swap lets two payoffs of one actor that are next to each other in
    rank change places. Payoffs are read as mere ranks.
    """
    from coopgames.cli.games.swaps import cells, encoded, ordinal_game, step, step_as_dict
    from coopgames.games import neighbours as around
    from coopgames.games import ordinal, spoken

    start = ordinal_game(game)
    place, found = ordinal(start), around(start)
    if as_json:
        steps = [step_as_dict(start, swap) for swap in found]
        card = {"game": start.name, "ordinal": place.name, "layer": place.layer}
        click.echo(json.dumps({**card, "neighbours": steps}, indent=2, ensure_ascii=False))
        return
    from rich.table import Table

    from coopgames.cli.style import console

    out = console()
    known = "" if place.name == start.name else f", there {spoken(place.name)},"
    out.print(
        f"Among the 144 {spoken(start.name)}{known} lies on layer {place.layer}: "
        f"{encoded(start)}. One swap leads to:"
    )
    out.print()
    table = Table(box=None, header_style="dim", padding=(0, 3, 0, 0))
    for head in ("if …", "it becomes", "which is", "payoffs"):
        table.add_column(head)
    for swap in found:
        table.add_row(
            step(start, swap), spoken(swap.game.name), encoded(swap.game), cells(swap.game)
        )
    out.print(table)
    out.print()
    out.print(f"[bold]Next[/]  coopgames games path {game}", soft_wrap=True)
