"""``coopgames regimes list``."""

from __future__ import annotations

import json

import click


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(as_json: bool) -> None:
    """List the shipped regimes, each with the games that it is about."""
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import console, listed
    from coopgames.regimes import LEVELS
    from coopgames.specs import regime_from, shipped_regimes

    made = [regime_from(name) for name in shipped_regimes()]
    if as_json:
        rows = [
            {
                "name": r.name, "title": r.title, "story": r.story.strip(),
                "games": [i.game.name for i in r.issues if i.game],
                "levels": {x: sum(q.level == x for q in r.injunctions) for x in LEVELS},
            }
            for r in made
        ]  # fmt: skip
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    out = console()
    out.print(
        f"[bold]{len(made)} regimes[/], of the issue-areas of After Hegemony and one to begin "
        "with: what each demands is in its sources, how it is coded is ours."
    )
    out.print()
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("regime", no_wrap=True)
    table.add_column("on the games")
    table.add_column("what it is")
    for r in made:
        games = listed(i.game.name for i in r.issues if i.game)
        table.add_row(r.name, f"[dim]{escape(games)}[/]", escape(" ".join(r.story.split())))
    out.print(table)
    out.print()
    out.print("[bold]Next[/]  coopgames regimes show gatt-1947")
