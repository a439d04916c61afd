"""``coopgames report``: a page to read, to project and to print."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="The file to write.  [default: DIR/report.html]",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the file, its size and the verdict as JSON."
)
def report(folder: Path, out: Path | None, as_json: bool) -> None:  # fmt: skip
    """Write a report of the results in DIR: one HTML file that needs no network."""
    from coopgames.reports import (
        arm_words,
        experiment_of,
        findings,
        open_results,
        verdict,
        write_report,
    )

    results = open_results(folder)
    path = write_report(results, out)
    if not as_json:
        click.echo(path)
        return
    experiment = experiment_of(results)
    if results.arms is None:
        found = verdict(experiment, results.matches), findings(experiment, results)
    else:
        found = (
            arm_words.headline(experiment, results.arms),
            arm_words.sentences(experiment, results.arms),
        )
    content = {
        "report": str(path),
        "bytes": path.stat().st_size,
        "verdict": found[0],
        "findings": found[1],
    }
    click.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
