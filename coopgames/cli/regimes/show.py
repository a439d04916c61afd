"""``coopgames regimes show``: the card of a regime."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table

    from coopgames.regimes import Regime


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(name: str, as_json: bool) -> None:
    """Show the regime NAME: a shipped one, or the path of a TOML file."""
    from coopgames.cli.regimes.card import as_dict
    from coopgames.specs import regime_from

    regime = regime_from(name)
    if as_json:
        click.echo(json.dumps(as_dict(regime), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(regime, name)


def _show(regime: Regime, asked: str) -> None:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.regimes.card import LEGEND, sentence, sides
    from coopgames.cli.style import console
    from coopgames.regimes import warnings

    out = console()
    out.print()
    out.print(sentence(regime))
    if regime.story:
        out.print(f"[dim]{escape(' '.join(regime.story.split()))}[/]")
    out.print()
    out.print(_injunctions(regime))
    out.print(f"[dim]{LEGEND}[/]")
    out.print()
    facts = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    for what, said in sides(regime):
        facts.add_row(what, escape(said))
    for i, line in enumerate(warnings(regime)):
        facts.add_row("" if i else "strange", escape(line))
    for heading, lines in (("coding", regime.coding), ("sources", regime.sources)):
        for i, line in enumerate(lines):
            facts.add_row("" if i else heading, escape(line))
    out.print(facts)
    out.print()
    for i, (command, why) in enumerate(_next(regime, asked)):
        head = "Next" if i == 0 else "    "
        out.print(f"[bold]{head}[/]  {escape(command)}   [dim]{why}[/]", soft_wrap=True)


def _injunctions(regime: Regime) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.regimes.card import demanded, exactly
    from coopgames.cli.style import COOPERATION, number, painted
    from coopgames.regimes import LEVELS, measure

    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("level", no_wrap=True)
    table.add_column("injunction")
    table.add_column("what it demands")
    for head in ("s", "J", "g"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("inter-\nmediate?")
    for level in LEVELS:
        for q in (q for q in regime.injunctions if q.level == level):
            m = measure(regime, q)
            values = (m.specificity, m.identifiability, m.significance)
            table.add_row(
                level,
                escape(q.name),
                f"{escape(demanded(q))}\n[dim]{escape(exactly(regime, q))}[/]",
                *(number(x, 2) for x in values),
                painted("yes", COOPERATION) if m.intermediate else "no",
            )
    return table


def _next(regime: Regime, asked: str) -> list[tuple[str, str]]:
    from coopgames.cli.regimes.card import followed_by

    steps = []
    if later := followed_by(asked):
        steps.append((f"coopgames regimes change {asked} {later}", "what became of it"))
    game = next((i.game for i in regime.issues if i.game), None)
    if game is not None:
        steps.append(
            (f"coopgames games show {shlex.quote(game.name)}", "what its members face without it")
        )
    steps.append((f"coopgames regimes show {shlex.quote(asked)} --json", "every number"))
    return steps
