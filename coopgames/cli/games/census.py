"""``coopgames games census``: how rare harmony is."""

from __future__ import annotations

import json
from typing import Any

import click

from coopgames.cli.games.reading import reading_options


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@reading_options
def census(*, as_json: bool, baseline: Any, feasible: Any, hindrance: Any) -> None:
    """Count what the ordinal games of two actors with two actions encode.

    They are 144 up to the order in which actions are written, 78 if actors may change seats too
    (D. Robinson and D. Goforth, The Topology of the 2×2 Games, 2005). Payoffs are mere ranks, so
    only single outcomes count as feasible unless told otherwise.
    """
    from coopgames.games import census as count
    from coopgames.games import the_78, the_144

    counted = [
        count(games, baseline=baseline, feasible=feasible, hindrance=hindrance)
        for games in (the_144(), the_78())
    ]
    if as_json:
        rows = {
            str(len(found.games)): {
                "categories": dict(found.categories),
                "subtypes": dict(found.subtypes),
                "equilibria": dict(found.equilibria),
                "win_win": found.win_win,
            }
            for found in counted
        }
        reading = {"baseline": baseline, "feasible": feasible, "hindrance": hindrance}
        click.echo(json.dumps({**reading, **rows}, indent=2))
        return
    from rich.table import Table

    from coopgames.cli.style import GAMES, console, painted, percent, words

    all_144, all_78 = counted
    out = console()
    share = percent(all_144.categories["harmony"] / 144)
    out.print(
        f"Harmony is the rule in {share} of the 144 games that two actors with two actions can "
        f"face, in {all_78.categories['harmony']} of the 78 that remain if they may change seats."
    )
    out.print()
    table = Table(box=None, header_style="dim", padding=(0, 3, 0, 0))
    table.add_column("what they encode")
    table.add_column("of 144", justify="right")
    table.add_column("of 78", justify="right")
    kinds = {
        "mixed-interests": ("dilemma", "assurance", "coordination-distributive", "cyclic"),
        "opposed-interests": ("one-sided", "two-sided", "multiple"),
    }
    for category in ("harmony", "mixed-interests", "opposed-interests"):
        numbers = [str(found.categories[category]) for found in counted]
        table.add_row(painted(words(category), GAMES[category]), *numbers)
        for kind in kinds.get(category, ()):
            numbers = [str(found.subtypes[kind]) for found in counted]  # type: ignore[index]
            table.add_row(f"   [dim]{words(kind)}[/]", *(f"[dim]{n}[/]" for n in numbers))
    table.add_row()
    for rests in (1, 2, 0):
        said = {0: "no equilibrium", 1: "one equilibrium", 2: "two equilibria"}[rests]
        numbers = [str(found.equilibria[rests]) for found in counted]
        table.add_row(f"{said} in pure actions", *numbers)
    table.add_row("an outcome that is best for both", *(str(found.win_win) for found in counted))
    out.print(table)
    out.print()
    out.print("[bold]Next[/]  coopgames games poster -o games.pdf   [dim]all 144 on one sheet[/]")
    out.print("      coopgames games path prisoners-dilemma   [dim]how far is it to harmony?[/]")
