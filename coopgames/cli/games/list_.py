"""``coopgames games list``."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from coopgames.games import Entry
    from coopgames.plugins import Plugin

HEADINGS = {
    "classic": "Two actors: the games everyone knows",
    "group": "Any number of actors",
    "scenario": "Issue-areas of After Hegemony",
}


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(as_json: bool) -> None:
    """List the named games by what they encode, with their usual parameters."""
    from coopgames.games import catalog, game_plugins

    entries = list(catalog().values())
    if as_json:
        rows = [_row(e) for e in entries]
        others = [_plugin_row(p, dict.fromkeys(rows[0])) for p in game_plugins().values()]
        click.echo(json.dumps([*rows, *others], indent=2, ensure_ascii=False))
    else:
        _show(entries)


def _row(e: Entry) -> dict[str, object]:
    from coopgames.games import VERDICTS

    category, subtype = e.encodes
    without, with_adjustment = VERDICTS[category]
    return {
        "name": e.name, "family": e.family, "category": category, "subtype": subtype,
        "without_adjustment": without, "with_adjustment": with_adjustment,
        "parameters": e.defaults, "story": e.story, "provider": None, "problem": None,
    }  # fmt: skip


def _plugin_row(p: Plugin, nothing: dict[str, object]) -> dict[str, object]:
    """Give what is known of a plugin's game before it is loaded."""
    found = {"name": p.name, "family": p.kind, "provider": p.provider, "problem": p.problem or None}
    return {**nothing, **found, "family": "plugin"}


def _show(entries: list[Entry]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.pluginrows import plugin_lines
    from coopgames.cli.style import GAMES, console, painted, words
    from coopgames.games import game_plugins

    out = console()
    width, explained = max(len(e.name) for e in entries), set()
    for family, members in groupby(entries, key=lambda e: e.family):
        out.print(f"[bold]{HEADINGS[family]}[/]")
        out.print()
        # The order of Keohane's question, kept from the first family on.
        order = {category: i for i, category in enumerate(GAMES)}
        by_category = sorted(members, key=lambda e: order[e.encodes[0]])
        for category, alike in groupby(by_category, key=lambda e: e.encodes[0]):
            meaning = "" if category in explained else f"   [dim]{_verdicts(category)}[/]"
            explained.add(category)
            out.print(f" {painted(words(category), GAMES[category])}{meaning}")
            table = Table(box=None, show_header=False, padding=(0, 1), expand=False)
            table.add_column(no_wrap=True, min_width=width)
            table.add_column(style="dim", width=12)
            table.add_column()
            for e in alike:
                table.add_row(e.name, words(e.encodes[1] or ""), escape(e.story))
            out.print(table)
            out.print()
    if others := game_plugins():
        out.print("[bold]Of plugins[/]\n")
        out.print("\n".join(plugin_lines(others.values(), width)), markup=False, soft_wrap=True)
        out.print()
    out.print("[bold]Next[/]  coopgames games show liberal-trade")


def _verdicts(category: str) -> str:
    """Say what results without and with adjustment."""
    from coopgames.games import VERDICTS

    without, with_adjustment = VERDICTS[category]
    if without == "none":
        return "nothing that one does matters to the other"
    if without == with_adjustment:
        return f"{with_adjustment}, whether or not they adjust"
    return f"{without} if left to itself; {with_adjustment} if they adjust"
