"""``coopgames run``: an experiment from a file to a verdict."""

from __future__ import annotations

import json
import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import polars as pl
    from rich.table import Table

    from coopgames.experiments import Progress
    from coopgames.specs import Experiment
    from coopgames.store import Results


@click.command()
@click.argument("experiment")
@click.option(
    "--add",
    "adds",
    multiple=True,
    metavar="STRATEGY",
    help="Add an entrant: a strategy's name, or a TOML file. May be repeated.",
)
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a key of the file, e.g. periods=50. May be repeated.",
)
@click.option(
    "-o",
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder for the results.  [default: results/NAME]",
)
@click.option("--workers", type=click.IntRange(min=1), help="Matches played at the same time.")
@click.option("--json", "as_json", is_flag=True, help="Print the folder and the standings as JSON.")
def run(
    experiment: str,
    adds: tuple[str, ...],
    sets: tuple[str, ...],
    folder: Path | None,
    workers: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Run EXPERIMENT: the name of a shipped one, or a TOML file of your own.

    Matches that the folder holds already are not played again, so an interrupted run goes on
    where it stopped.
    """
    from coopgames.specs import load

    spec = load(experiment, sets=sets, adds=adds)
    target = folder or Path("results") / spec.name
    results = _run(spec, target, workers, quiet=as_json)
    if as_json:
        content = {"folder": str(target), "standings": results.standings.to_dicts()}
        click.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(spec, results)


def _run(spec: Experiment, target: Path, workers: int | None, *, quiet: bool) -> Results:
    from coopgames import experiments

    meter = _Meter()
    try:
        results = experiments.run(spec, folder=target, workers=workers, progress=meter)
    except KeyboardInterrupt:
        meter.close()
        again = shlex.join(["coopgames", *sys.argv[1:]])
        click.echo(
            f"\ninterrupted: {meter.done} of {meter.total} matches are kept in {target}; "
            f"to go on: {again}",
            err=True,
        )
        sys.exit(130)
    finally:
        meter.close()
    if meter.reused and not quiet:
        click.echo(f"{meter.reused} of {meter.total} matches were there already.", err=True)
    return results


class _Meter:
    """Progress on the terminal once a run takes over two seconds; plain lines where there is none.

    An object, since it must remember between calls what it has shown.
    """

    PATIENCE = 2.0

    def __init__(self) -> None:
        self.done = self.total = self.reused = 0
        self.started = self.shown = time.monotonic()
        self.bar: Any = None

    def __call__(self, progress: Progress) -> None:
        self.done, self.total, self.reused = progress.done, progress.total, progress.reused
        if self.shown == self.started:
            for path in progress.damaged:
                click.echo(f"{path}: is damaged; its matches are played again", err=True)
            self.shown += 1e-9
        now = time.monotonic()
        if now - self.started < self.PATIENCE or self.done == self.total:
            return
        if sys.stderr.isatty():
            self._draw()
        elif now - self.shown >= self.PATIENCE:
            self.shown = now
            click.echo(f"{self.done} of {self.total} matches", err=True)

    def _draw(self) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        if self.bar is None:
            self.bar = Bar(console=Console(stderr=True), transient=True)
            self.bar.add_task("Playing", total=self.total)
            self.bar.start()
        self.bar.update(self.bar.task_ids[0], completed=self.done)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.stop()
            self.bar = None


def _show(spec: Experiment, results: Results) -> None:
    from coopgames.cli.style import console
    from coopgames.games import sentence

    out = console()
    frame = results.standings
    out.print()
    out.print(f"[bold]{spec.title or spec.name}[/]   [dim]{_facts(spec)}[/]")
    out.print(sentence(spec.game), highlight=False)
    out.print()
    out.print(_table(spec, frame))
    out.print()
    out.print(_verdict(results.matches), highlight=False)
    if spec.remark:
        out.print(spec.remark, highlight=False)
    if spec.quoted:
        out.print(f"[dim]* {spec.quoted.note}[/]", highlight=False)
    out.print()
    files = "standings.csv  matches.parquet  manifest.json"
    out.print(f"[bold]Results[/]  {results.folder}/   {files}", highlight=False)
    out.print(
        f"[bold]Next[/]     coopgames run {spec.name} --add my_strategy.toml --set periods=50",
        highlight=False,
    )


def _facts(spec: Experiment) -> str:
    """The design of an experiment in a line."""
    h = spec.horizon
    if h.periods is not None:
        length = f"{h.periods} periods{' known to all' if h.known else ''}"
    elif h.continuation is not None:
        length = f"continuation {h.continuation:g}"
    else:
        length = "without end"
    games = f"{spec.repetitions} game{'s' if spec.repetitions > 1 else ''} a pair"
    noise = f" · noise {spec.noise:g}" if spec.noise else ""
    own = " · self-play" if spec.self_play else ""
    n = len(spec.entrants)
    return f"{n} strategies · {games}{own} · {length}{noise} · seed {spec.seed}"


def _table(spec: Experiment, frame: pl.DataFrame) -> Table:
    from rich.table import Table
    from rich.text import Text

    from coopgames.cli.style import OUTCOMES
    from coopgames.readings import LABELS

    quoted = spec.quoted
    table = Table(box=None, header_style="dim", padding=(0, 1))
    table.add_column("", justify="right")
    table.add_column("strategy", no_wrap=True)
    table.add_column("score", justify="right")
    table.add_column("±", justify="right")
    if quoted:
        table.add_column(f"{quoted.label}*", justify="right", style="dim")
        table.add_column("", justify="right", style="dim")
    table.add_column("accommodates", justify="right")
    table.add_column("emerges after", justify="right")
    table.add_column("its matches", no_wrap=True)
    for row in frame.iter_rows(named=True):
        shares = {
            label: row[label.replace(" ", "_")] for label in LABELS if label != "independence"
        }
        bar = Text()
        for label, cells in _cells(shares).items():
            bar.append("█" * cells, style=OUTCOMES[label])
        words = " · ".join(f"{x} {share:.0%}" for x, share in shares.items() if share >= 0.005)
        error, median = row["standard_error"], row["emergence"]
        cells = [
            str(row["rank"]), row["strategy"], f"{row['score']:.1f}",
            "" if error is None else f"{error:.1f}",
        ]  # fmt: skip
        if quoted:
            score, rank = row["quoted_score"], row["quoted_rank"]
            cells += ["" if score is None else f"{score:.1f}", "" if rank is None else f"({rank})"]
        cells += [f"{row['accommodates']:.0%}", "—" if median is None else f"{median:g}"]
        table.add_row(*cells, bar + Text("  " + words))
    return table


def _cells(shares: dict[str, float], width: int = 10) -> dict[str, int]:
    """Cut a bar into whole cells by largest remainders."""
    exact = {k: v * width for k, v in shares.items()}
    cells = {k: int(v) for k, v in exact.items()}
    for k in sorted(exact, key=lambda k: cells[k] - exact[k])[: width - sum(cells.values())]:
        cells[k] += 1
    return cells


def _verdict(matches: pl.DataFrame) -> str:
    """Say in a sentence whether coordination emerged, when, and whether it lasted."""
    from coopgames.experiments import emergence

    found = emergence(matches)
    if found is None:
        return (
            "Whether coordination emerged cannot be measured here: matches are too short, or "
            "there is no gain for all."
        )
    share, median, broke = found
    when = "" if median is None else f", in half of all matches within {median:g} periods,"
    lasted = "" if broke is None else f" and broke down again in {broke:.0%} of those"
    return f"Coordination emerged in {share:.0%} of matches{when}{lasted}."
