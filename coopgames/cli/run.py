"""``coopgames run``: an experiment from a file to a verdict."""

from __future__ import annotations

import json
import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgames.cli.options import experiment_options
from coopgames.cli.running import kept_on_stop
from coopgames.cli.warmup import warm_up

if TYPE_CHECKING:
    import polars as pl
    from rich.table import Table
    from rich.text import Text

    from coopgames.specs import Experiment
    from coopgames.store import Results


@click.command()
@click.argument("experiment")
@experiment_options("results/NAME", "periods=50")
@click.option("--json", "as_json", is_flag=True, help="Print the folder and the standings as JSON.")
def run(
    experiment: str,
    adds: tuple[str, ...],
    sets: tuple[str, ...],
    folder: Path | None,
    workers: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Run EXPERIMENT: a shipped one by name, a TOML file of your own, or a manifest.json.

    Matches that the folder holds already are not played again, so an interrupted run goes on
    where it stopped.
    """
    from coopgames.specs import load

    spec = load(experiment, sets=sets, adds=adds)
    target = folder or Path("results") / spec.name
    results = _run(spec, target, workers, quiet=as_json)
    if as_json:
        content = {"folder": str(target), "standings": results.standings.to_dicts()}
        if results.arms is not None:
            content["arms"] = results.arms.to_dicts()
        click.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(spec, results)


def _run(spec: Experiment, target: Path, workers: int | None, *, quiet: bool) -> Results:
    from coopgames import experiments

    everyone = [spec, *(arm.experiment for arm in spec.arms)]
    warm_up(entrant.strategy for e in everyone for entrant in e.entrants)
    with kept_on_stop(target, quiet=quiet) as meter:
        return experiments.run(spec, folder=target, workers=workers, progress=meter)


def _show(spec: Experiment, results: Results) -> None:
    from coopgames.cli.style import console
    from coopgames.reports import design, encodes, regime_words, verdict

    out = console()
    say = partial(out.print, markup=False)
    out.print()
    say(spec.title, style="bold")
    say(design(spec), style="dim")
    say(encodes(spec))
    if spec.regime is not None:
        say(regime_words.in_short(spec.regime, spec.game))
    out.print()
    if spec.arms:
        from coopgames.cli.armstable import show_arms

        show_arms(out, spec, results)
    else:
        out.print(_table(spec, results.standings, words=out.width >= WIDE))
        if out.width < WIDE:
            out.print(_legend())
        out.print()
        say(verdict(spec, results.matches))
    if spec.remark:
        say(spec.remark)
    if spec.quoted:
        say(f"* {' '.join(spec.quoted.note.split())}", style="dim")
    if spec.notice:
        out.print()
        out.print("[bold]Notice[/]  ", end="")
        say(" ".join(spec.notice.split()))
    out.print()
    out.print("[bold]Results[/]  ", end="")
    say(f"{results.folder}/   {'  '.join([*results.manifest['tables'], 'manifest.json'])}")
    out.print("[bold]Next[/]     ", end="")
    say(f"coopgames report {shlex.quote(str(results.folder))}")


WIDE = 116
"""Columns from which the outcomes of a strategy's matches are also told in words."""

GLYPHS = {
    "harmony": "█",
    "convention": "▓",
    "cooperation": "█",
    "imposed adjustment": "▒",
    "discord": "░",
}
"""What a bar is drawn with: distinct without colour too."""


def _table(spec: Experiment, frame: pl.DataFrame, *, words: bool) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import percent

    quoted = spec.quoted
    table = Table(box=None, header_style="dim", padding=(0, 1))
    table.add_column("", justify="right")
    table.add_column("strategy", no_wrap=True)
    for head in ("score", "±"):
        table.add_column(head, justify="right")
    if quoted:
        table.add_column(f"{quoted.label}*", justify="right", style="dim")
        table.add_column("", justify="right", style="dim")
    for head in ("accom-\nmodates", "emerges\nafter"):
        table.add_column(head, justify="right")
    table.add_column("its matches", no_wrap=True)
    for row in frame.iter_rows(named=True):
        cells = [str(row["rank"]), row["strategy"], f"{row['score']:.1f}"]
        cells.append("" if row["standard_error"] is None else f"{row['standard_error']:.1f}")
        if quoted:
            score, rank = row["quoted_score"], row["quoted_rank"]
            cells += ["" if score is None else f"{score:.1f}", "" if rank is None else f"{rank}."]
        median = row["emergence"]
        cells += [percent(row["accommodates"]), "—" if median is None else f"{median:g}"]
        table.add_row(*map(escape, cells), _outcomes(row, words=words))
    return table


def _outcomes(row: dict[str, Any], *, words: bool) -> Text:
    """Draw the outcomes of a strategy's matches as a bar, and perhaps tell them."""
    from rich.text import Text

    from coopgames.cli.style import OUTCOMES

    shares = {label: row[label.replace(" ", "_")] for label in GLYPHS}
    bar = Text()
    for label, cells in _cells(shares).items():
        bar.append(GLYPHS[label] * cells, style=OUTCOMES[label])
    if words:
        told = [f"{SHORT.get(x, x)} {100 * s:.0f}" for x, s in shares.items() if s >= 0.005]
        bar.append("  " + " · ".join(told))
    return bar


SHORT = {"imposed adjustment": "imposed"}


def _legend() -> Text:
    from rich.text import Text

    from coopgames.cli.style import OUTCOMES

    legend = Text("  its matches: ", style="dim")
    for label, glyph in GLYPHS.items():
        legend.append(glyph * 2, style=OUTCOMES[label]).append(f" {SHORT.get(label, label)}  ")
    return legend


def _cells(shares: dict[str, float], width: int = 10) -> dict[str, int]:
    """Cut a bar into whole cells by largest remainders."""
    exact = {k: v * width for k, v in shares.items()}
    cells = {k: int(v) for k, v in exact.items()}
    for k in sorted(exact, key=lambda k: cells[k] - exact[k])[: width - sum(cells.values())]:
        cells[k] += 1
    return cells
