"""``coopgames strategies list``."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from coopgames.mistakes import Mistake, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coopgames.plugins import Plugin
    from coopgames.strategies import Entry, Strategy

WIDTH, NAME, TRAITS = 100, 30, 26
"""Widths of a line, of a name with its mark, and of the usual traits."""


SOLVED = {"automaton", "guided", "expecting"}
"""Forms whose matches with one another are solved."""


@click.command("list")
@click.option("--family", metavar="FAMILY", help="Only those of this family, with their voices.")
@click.option(
    "--source",
    type=click.Choice(["library", "axelrod"]),
    default="library",
    show_default=True,
    help="The library's, or the players of Axelrod-Python and how each runs.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(family: str | None, source: str, as_json: bool) -> None:
    """List the library's strategies by family, each with how it behaves and its parameters."""
    if source == "axelrod":
        _list_players(family, as_json)
        return
    from coopgames.cli.strategycard import in_brief
    from coopgames.strategies import (
        FAMILIES,
        PLUGIN,
        UNDER_REGIMES,
        library,
        regime_library,
        strategy_plugins,
    )

    wanted = family and family.replace("-", "_").replace(" ", "_")
    families = (*FAMILIES, UNDER_REGIMES)
    if wanted and wanted not in (*families, PLUGIN):
        raise Mistake(unknown("family", family, map(_written, (*families, PLUGIN))))
    everybody = (*library().values(), *regime_library().values())
    entries = [e for e in everybody if wanted in {None, e.family}]
    others = list(strategy_plugins().values()) if wanted in {None, PLUGIN} else []
    if as_json:
        found = [{**in_brief(e()), "problem": None} for e in entries]
        found += [_plugin_row(p) for p in others]
        click.echo(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False))
        return
    entries.sort(key=lambda e: families.index(e.family))
    _show(entries, others, voices=wanted is not None)


def _plugin_row(p: Plugin) -> dict[str, Any]:
    """Give what is known of a plugin's strategy before it is loaded, under the same keys."""
    from coopgames.cli.strategycard import in_brief
    from coopgames.strategies import PLUGIN, strategy

    usual = in_brief(strategy("tit-for-tat"))
    return {
        **dict.fromkeys(usual), "name": p.name, "family": PLUGIN, "provider": p.provider,
        "traits": dict.fromkeys(usual["traits"]), "aliases": {}, "parameters": {},
        "problem": p.problem or None,
    }  # fmt: skip


def _list_players(family: str | None, as_json: bool) -> None:
    """List the players of Axelrod-Python."""
    from coopgames.cli.strategies.axelrodlist import as_rows, show

    if family is not None:
        raise Mistake(
            "strategies list: --family is for the library; Axelrod-Python has no families"
        )
    if as_json:
        click.echo(json.dumps(as_rows(), indent=2, ensure_ascii=False))
    else:
        show()


def _written(family: str) -> str:
    return family.replace("_", "-")


def _show(entries: Sequence[Entry], others: Sequence[Plugin], *, voices: bool) -> None:
    from coopgames.cli.pluginrows import plugin_lines
    from coopgames.cli.style import console

    out = console()
    made = [(e, e()) for e in entries]
    solved = sum(s.form in SOLVED for _, s in made)
    if made:
        out.print(
            f"[bold]{len(made)} strategies.[/] {solved} are automata, which are solved exactly; "
            "the rest, marked °, are played."
        )
    elif not others:
        out.print("No plugin that is installed adds strategies: docs/how-to/plugins.md says how.")
        return
    for family, members in groupby(made, key=lambda each: each[0].family):
        out.print(f"\n[bold]{_written(family)}[/]")
        lines = [line for e, s in members for line in _lines(e, s, voices=voices)]
        out.print("\n".join(lines), markup=False, soft_wrap=True)
    if others:
        out.print("\n[bold]of plugins[/]")
        out.print("\n".join(plugin_lines(others, NAME)), markup=False, soft_wrap=True)
    sound = [*(e.name for e in entries), *(p.name for p in others if not p.problem)]
    if sound:
        out.print(f"\n[bold]Next[/]  coopgames strategies show {sound[0]}")
    if not voices:
        out.print(f"      coopgames strategies list --family {_written(entries[0].family)}")


def _lines(e: Entry, s: Strategy, *, voices: bool) -> Iterator[str]:
    """Write its name, its traits, and its parameters with their usual values."""
    from coopgames.cli.strategycard import short, traits
    from coopgames.cli.traitwords import in_short

    name = e.name + ("" if s.form in SOLVED else "°")
    start = f"  {name:<{NAME}} {in_short(traits(s)):<{TRAITS}} "
    given = ", ".join(f"{key} = {short(value)}" for key, value in e.defaults.items() if value != "")
    if len(start) + len(given) <= WIDTH:
        yield (start + given).rstrip()
    else:
        yield start.rstrip()
        yield from _wrapped(given)
    if voices:
        yield from _wrapped(f"“{e.voice}”")


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    indent = " " * (NAME + 3)
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)
