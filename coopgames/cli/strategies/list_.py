"""``coopgames strategies list``."""

from __future__ import annotations

import json

import click


@click.command("list")
@click.option(
    "--source",
    type=click.Choice(["library", "axelrod"]),
    default="library",
    show_default=True,
    help="The library's, or the players of Axelrod-Python and how each runs.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(source: str, as_json: bool) -> None:
    """List the library's strategies, a line each."""
    if source == "axelrod":
        from coopgames.cli.strategies.axelrodlist import as_rows, show

        if as_json:
            click.echo(json.dumps(as_rows(), indent=2, ensure_ascii=False))
        else:
            show()
        return
    from coopgames.strategies import library

    entries = list(library().values())
    if as_json:
        rows = [
            {
                "name": e.name, "family": e.family, "form": e().form, "stochastic": e().stochastic,
                "parameters": e.defaults, "voice": e.voice, "source": e.source,
            }
            for e in entries
        ]  # fmt: skip
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    from rich.table import Table

    from coopgames.cli.style import console

    table = Table(box=None, header_style="dim", padding=(0, 1))
    for name in ("strategy", "family", "form", "parameters", "in its own voice"):
        table.add_column(name, no_wrap=name != "in its own voice")
    for e in entries:
        given = ", ".join(
            f"{k}={v:.3g}" if isinstance(v, float) else f"{k}={v}" for k, v in e.defaults.items()
        )
        table.add_row(e.name, e.family.replace("_", " "), e().form, given, e.voice)
    out = console()
    out.print(f"{len(entries)} strategies; an automaton is solved exactly, the rest are played.")
    out.print()
    out.print(table)
    out.print()
    out.print("[bold]Next[/]  coopgames strategies show contrite-tit-for-tat")
