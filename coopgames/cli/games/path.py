"""``coopgames games path``: how far it is to harmony."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from coopgames.mistakes import Mistake, unknown

if TYPE_CHECKING:
    from coopgames.games import Ordinal

TARGETS = ("harmony", "mixed-interests", "opposed-interests")


@click.command()
@click.argument("game", metavar="GAME")
@click.option(
    "--to",
    default="harmony",
    show_default=True,
    help="Where to get: what a game encodes (harmony, mixed-interests, opposed-interests), or the "
    "name of a game.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def path(game: str, to: str, as_json: bool) -> None:
    """Find the nearest harmony to GAME, and a shortest way of payoff swaps that leads there.

    GAME has two actors with two actions each and no ties: a named game, a file, or a name of the
    table such as chicken/hero. Payoffs are read as mere ranks.
    """
    from coopgames.cli.games.swaps import cells, encoded, ordinal_game, step, step_as_dict
    from coopgames.games import shortest_path, spoken

    start = ordinal_game(game)
    steps = shortest_path(start, _targets(to))
    if as_json:
        way = [step_as_dict(start, swap) for swap in steps]
        click.echo(json.dumps({"game": start.name, "to": to, "steps": way}, indent=2))
        return
    from rich.table import Table

    from coopgames.cli.style import console

    out = console()
    goal = spoken(to)
    if not steps:
        out.print(f"The game {spoken(start.name)} is there already: {encoded(start)}.")
        return
    many = "One swap leads" if len(steps) == 1 else f"{len(steps)} swaps lead"
    out.print(
        f"{many} from {spoken(start.name)} to {goal}, and no fewer do: the nearest is "
        f"{spoken(steps[-1].game.name)}."
    )
    out.print()
    table = Table(box=None, header_style="dim", padding=(0, 3, 0, 0))
    for head in ("", "swap", "it is now", "which is", "payoffs"):
        table.add_column(head)
    table.add_row("", "", spoken(start.name), encoded(start), cells(start))
    for i, swap in enumerate(steps, 1):
        table.add_row(
            str(i), step(start, swap), spoken(swap.game.name), encoded(swap.game), cells(swap.game)
        )
    out.print(table)
    out.print()
    out.print(f"[bold]Next[/]  coopgames games neighbours {game}", soft_wrap=True)


def _targets(to: str) -> set[Ordinal]:
    """Say which of the 144 are where one wants to get; harmony is a category first, then a game."""
    from coopgames.cli.games.swaps import ordinal_game
    from coopgames.games import census, ordinal, the_144

    if to in TARGETS:
        return {g for g, category in census(the_144()).category.items() if category == to}
    try:
        return {ordinal(ordinal_game(to))}
    except Mistake as mistake:
        if str(mistake).startswith("no "):
            raise Mistake(f"--to: {unknown('target', to, TARGETS)}; or name a game") from None
        raise
