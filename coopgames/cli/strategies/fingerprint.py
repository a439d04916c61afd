"""``coopgames strategies fingerprint``: what a strategy gets against noisy forms of another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgames.mistakes import Mistake

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.table import Table

    from coopgames.play import Fingerprint

SHOWN = 5
"""Steps along a side of the table in the terminal; a file and --json have all."""


@click.command()
@click.argument("name")
@click.option(
    "-o",
    "--out",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw it as a heat map into this file; it ends in .svg, .png or .pdf.",
)
@click.option(
    "--probe",
    default="tit-for-tat",
    show_default=True,
    metavar="STRATEGY",
    help="What is made noisy; an automaton.",
)
@click.option("--game", default="prisoners-dilemma", show_default=True, help="What they play.")
@click.option(
    "--steps",
    type=int,
    metavar="N",
    help="Steps along each side of the square.  [default: 100, or 25 with --sample]",
)
@click.option("--sample", is_flag=True, help="Play it instead of solving it.")
@click.option(
    "--periods", type=int, metavar="N", help="With --sample: length of a game.  [default: 200]"
)
@click.option(
    "--repetitions",
    type=int,
    metavar="N",
    help="With --sample: games at each point.  [default: 20]",
)
@click.option(
    "--seed", type=int, metavar="N", help="With --sample: where luck starts.  [default: 1]"
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def fingerprint(
    name: str, file: Path | None, probe: str, game: str, steps: int | None, sample: bool,
    periods: int | None, repetitions: int | None, seed: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Take the fingerprint of the strategy NAME: one of the library, or a TOML or Python file.

    Its mean payoff per period against a probe that accommodates with probability x, withholds with
    probability y, whatever happened, and otherwise plays as it always does.
    """
    from coopgames.games import named_game
    from coopgames.play import fingerprint as solved
    from coopgames.play import sample_fingerprint
    from coopgames.reports import draw_fingerprint
    from coopgames.specs import strategy_from

    how = {"periods": periods, "repetitions": repetitions, "seed": seed}
    for option, value in how.items():
        if value is not None and not sample:
            raise Mistake(f"--{option} is for --sample; what is solved is not played")
    given = {key: value for key, value in {**how, "steps": steps}.items() if value is not None}
    one, other, what = strategy_from(name), strategy_from(probe), named_game(game)
    take: Callable[..., Fingerprint] = sample_fingerprint if sample else solved
    found = take(one, other, what, **given)
    if file is not None:
        draw_fingerprint(found, file)
    if as_json:
        click.echo(json.dumps(as_dict(found), ensure_ascii=False, allow_nan=False))
    else:
        _show(found, name, file)


def as_dict(found: Fingerprint) -> dict[str, Any]:
    """Give a fingerprint as the stable JSON of ``strategies fingerprint --json``."""
    errors = found.standard_errors
    return {
        "strategy": found.strategy.label,
        "probe": found.probe.label,
        "game": found.game.name,
        "method": "exact" if errors is None else "sampled",
        "note": found.note,
        "x": found.grid.tolist(),
        "y": found.grid.tolist(),
        "means": found.means.tolist(),
        "standard_errors": None if errors is None else errors.tolist(),
    }


def _show(found: Fingerprint, name: str, file: Path | None) -> None:
    import shlex

    from rich.markup import escape

    from coopgames.cli.style import console

    out = console()
    label, probe = escape(found.strategy.label), escape(found.probe.label)
    plain, kind, cross = (found.means[at] for at in ((0, 0), (-1, 0), (0, -1)))
    out.print()
    out.print(
        f"Against {probe} itself [bold]{label}[/] gets [bold]{plain:.3g}[/] a period, against one "
        f"that always accommodates {kind:.3g}, against one that always withholds {cross:.3g}; over "
        f"all noisy forms of {probe} {found.means.mean():.3g} on average."
    )
    out.print()
    out.print(_table(found))
    out.print()
    out.print(f"[dim]{escape(_how(found))}[/]")
    if file is not None:
        out.print(f"[bold]Figure[/]  {escape(str(file))}")
        return
    again = f"coopgames strategies fingerprint {shlex.quote(name)}"
    if found.probe.label != "tit-for-tat":
        again += f" --probe {shlex.quote(found.probe.label)}"
    again += " --sample" if found.standard_errors is not None else ""
    out.print(f"[bold]Next[/]  {escape(again)} -o {found.strategy.name}.svg")


def _table(found: Fingerprint) -> Table:
    """Draw some of the square, y upwards, as in the figure."""
    from rich.table import Table

    N = len(found.means) - 1
    at = sorted({round(i * N / SHOWN) for i in range(SHOWN + 1)})
    table = Table(box=None, header_style="dim", padding=(0, 1))
    table.add_column("y withholds", justify="right", style="dim")
    for _ in at:
        table.add_column("", justify="right")
    payoffs = found.game.payoffs[0]
    low, high = float(payoffs.min()), float(payoffs.max())
    for j in reversed(at):
        cells = [_cell(float(found.means[i, j]), low, high) for i in at]
        table.add_row(f"{j / N:.3g}", *cells)
    table.add_row("x accommodates", *(f"[dim]{i / N:.3g}[/]" for i in at))
    return table


def _cell(value: float, low: float, high: float) -> str:
    """Write a payoff on its colour in the figure."""
    from coopgames.reports.palette import INK, PAPER, SCALE

    level = (value - low) / ((high - low) or 1.0)
    ink = INK if level < 0.6 else PAPER
    return f"[{ink} on {SCALE[round(level * (len(SCALE) - 1))]}] {value:5.2f} [/]"


def _how(found: Fingerprint) -> str:
    """Say what was solved or sampled."""
    import numpy as np

    errors = found.standard_errors
    if errors is None:
        return f"Solved exactly, for play without end: {found.note}."
    return (
        f"Sampled: {found.note}. Standard errors are {np.median(errors):.2g} in the middle and "
        f"{errors.max():.2g} at most."
    )
