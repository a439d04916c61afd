"""``coopgames compare``: what a regime does, with it and without it, channel by channel."""

from __future__ import annotations

import json
import math
import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopgames.cli.options import experiment_options
from coopgames.cli.running import kept_on_stop
from coopgames.cli.warmup import warm_up
from coopgames.mistakes import Mistake

if TYPE_CHECKING:
    import polars as pl
    from rich.table import Table

    from coopgames.experiments import Joining
    from coopgames.specs import Experiment
    from coopgames.store import Results


@click.command()
@click.argument("experiment")
@experiment_options("results/NAME-channels", "regime=gatt-1947")
@click.option(
    "--cost",
    type=float,
    default=0.0,
    help="What it costs each a period to be a member, to say who would be one.  [default: 0]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the folder and the effects as JSON.")
def compare(
    experiment: str,
    sets: tuple[str, ...],
    adds: tuple[str, ...],
    folder: Path | None,
    cost: float,
    workers: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Say what the regime of EXPERIMENT does: the same play with it and without it.

    Every set of its channels is switched on by itself, with the same luck, and what comes of that
    is divided among them.
    """
    from coopgames.experiments import crossed, joining, run
    from coopgames.specs import load

    if not 0 <= cost < math.inf:
        raise Mistake(f"--cost {cost:g}: what membership costs is a number from 0 on")
    spec = load(experiment, sets=sets, adds=adds)
    with_arms = crossed(spec)
    target = folder or Path("results") / with_arms.name
    warm_up(entrant.strategy for entrant in spec.entrants)
    with kept_on_stop(target, quiet=as_json) as meter:
        results = run(with_arms, folder=target, workers=workers, progress=meter)
    assert results.effects is not None  # the arms are crossed
    members = joining(with_arms, results, cost=cost)
    if as_json:
        content = {
            "folder": str(target),
            "effects": results.effects.to_dicts(),
            "members": [
                {"strategy": name, "gain": gain, "stays": stays}
                for name, gain, stays in zip(
                    members.names, members.gains.tolist(), members.stays.tolist(), strict=True
                )
            ],
        }
        click.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(spec, results, results.effects, members)


def _show(spec: Experiment, results: Results, effects: pl.DataFrame, members: Joining) -> None:
    from coopgames.cli.style import console
    from coopgames.reports import design, effect_words, joining_words

    assert spec.regime is not None  # crossed saw to it
    out = console()
    say = partial(out.print, markup=False)
    out.print()
    say(spec.title, style="bold")
    say(design(spec), style="dim")
    out.print()
    say(effect_words.headline(spec.regime.regime, effects))
    out.print()
    say(effect_words.caption(effects))
    out.print(_table(effects, wide=out.width >= WIDE))
    out.print()
    for sentence in effect_words.sentences(effects):
        say(sentence)
    if ways := effect_words.ways(effects):
        say(ways)
    out.print()
    say(effect_words.legend(effects), style="dim")
    out.print()
    say(joining_words.TITLE, style="bold")
    out.print()
    out.print(_members(members))
    out.print()
    say(joining_words.sentence(members))
    say(joining_words.LEGEND, style="dim")
    folder = results.folder
    out.print()
    out.print("[bold]Results[/]  ", end="")
    say(f"{folder}/   {'  '.join([*results.manifest['tables'], 'manifest.json'])}")
    out.print("[bold]Next[/]     ", end="")
    say(f"coopgames report {shlex.quote(str(folder))}")


WIDE = 100
"""Columns from which other measures have room beside the first."""


def _table(effects: pl.DataFrame, *, wide: bool) -> Table:
    from rich.table import Table
    from rich.text import Text

    from coopgames.reports import effect_words

    table = Table(box=None, header_style="dim", padding=(0, 1))
    head, *rows = effect_words.rows(effects, wide=wide)
    for i, name in enumerate(head):
        table.add_column(name.words, justify="right" if i else "left", no_wrap=not i)
    for row in rows:
        cells = []
        for cell in row:
            text = Text(cell.words, style="bold" if cell.clear else "")
            text.append(f"\n{cell.interval}" if cell.interval else "", style="dim")
            cells.append(text)
        table.add_row(*cells)
    return table


def _members(members: Joining) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.reports import joining_words

    table = Table(box=None, header_style="dim", padding=(0, 1))
    for i, head in enumerate(joining_words.HEAD):
        table.add_column(head, justify="right" if i == 1 else "left", no_wrap=True)
    for row in joining_words.rows(members):
        table.add_row(*map(escape, row))
    return table
