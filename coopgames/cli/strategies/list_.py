"""``coopgames strategies list``."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

import click

from coopgames.mistakes import Mistake, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from coopgames.strategies import Entry


@click.command("list")
@click.option("--family", metavar="FAMILY", help="Only those of this family, with their voices.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(family: str | None, as_json: bool) -> None:
    """List the library's strategies by family, a line each, with how they behave."""
    from coopgames.cli.strategycard import row
    from coopgames.strategies import families, library

    wanted = family and family.replace("-", "_").replace(" ", "_")
    if wanted and wanted not in families():
        raise Mistake(unknown("family", family, [_written(f) for f in families()]))
    entries = [e for e in library().values() if wanted in {None, e.family}]
    if as_json:
        found = [row(e) for e in entries]
        click.echo(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False))
        return
    entries.sort(key=lambda e: families().index(e.family))
    _show(entries, voices=wanted is not None)


def _written(family: str) -> str:
    return family.replace("_", "-")


def _show(entries: Sequence[Entry], *, voices: bool) -> None:
    from coopgames.cli.style import console

    out = console()
    solved = sum(e().form == "automaton" for e in entries)
    out.print(
        f"[bold]{len(entries)} strategies.[/] {solved} are automata, which are solved exactly; "
        "the rest, marked °, are played."
    )
    for family, members in groupby(entries, key=lambda e: e.family):
        out.print()
        out.print(f"[bold]{_written(family)}[/]")
        _show_family(out, list(members), voices=voices)
    out.print()
    out.print(f"[bold]Next[/]  coopgames strategies show {entries[0].name}")
    if not voices:
        out.print(f"      coopgames strategies list --family {_written(entries[0].family)}")


def _show_family(out: Console, members: Sequence[Entry], *, voices: bool) -> None:
    """Draw a family: names, traits, and parameters with their usual values."""
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.strategycard import short
    from coopgames.cli.traitwords import in_short

    table = Table(box=None, show_header=False, padding=(0, 1), width=min(out.width, 100))
    table.add_column(no_wrap=True, min_width=NAME)
    table.add_column(ratio=1)
    table.add_column(ratio=1, style="dim")
    for e in members:
        name = escape(e.name) + ("" if e().form == "automaton" else "[dim]°[/]")
        given = ", ".join(f"{key}={short(value)}" for key, value in e.defaults.items())
        table.add_row(name, in_short(e.traits), escape(given))
        if voices:
            table.add_row("", f"[italic]“{escape(e.voice)}”[/]", "", end_section=True)
    out.print(table)


NAME = 31
"""Width of the longest name with its mark, so that the columns of all families align."""
