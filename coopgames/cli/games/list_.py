"""``coopgames games list``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from coopgames.games import Structure


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(as_json: bool) -> None:
    """List the named games by what they encode."""
    from coopgames.games import catalog, structure

    found = [structure(game) for game in catalog().values()]
    if as_json:
        rows = [
            {
                "name": s.game.name, "category": s.category, "subtype": s.subtype,
                "without_adjustment": s.without_adjustment, "with_adjustment": s.with_adjustment,
                "story": s.game.story,
            }
            for s in found
        ]  # fmt: skip
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import GAMES, console, painted, words

    out = console()
    name = max(len(s.game.name) for s in found)
    for category in dict.fromkeys(s.category for s in found):
        alike = [s for s in found if s.category == category]
        out.print(f"{painted(words(category), GAMES[category])}   [dim]{_verdicts(alike[0])}[/]")
        table = Table(box=None, show_header=False, padding=(0, 1))
        table.add_column(no_wrap=True, min_width=name)
        table.add_column(style="dim", width=12)
        table.add_column()
        for s in alike:
            table.add_row(s.game.name, words(s.subtype or ""), escape(s.game.story))
        out.print(table)
        out.print()
    out.print("[bold]Next[/]  coopgames games show stag-hunt")


def _verdicts(s: Structure) -> str:
    """Say what results without and with adjustment."""
    if s.without_adjustment == "none":
        return "nothing that one does matters to the other"
    if s.without_adjustment == s.with_adjustment:
        return f"{s.with_adjustment}, whether or not they adjust"
    return f"{s.without_adjustment} if left to itself; {s.with_adjustment} if they adjust"
