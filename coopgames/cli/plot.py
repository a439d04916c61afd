"""``coopgames plot``: a figure as a file of its own."""

from __future__ import annotations

from pathlib import Path

import click

from coopgames.mistakes import Mistake


@click.command()
@click.argument("folder", metavar="DIR", required=False, type=click.Path(path_type=Path))
@click.argument("kind", required=False)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="The file to write; it ends in .svg, .png or .pdf.",
)
@click.option(
    "--width",
    type=click.FloatRange(2, 40),
    default=7.6,
    show_default=True,
    help="In inches; below 5 it is laid out for a phone or a column.",
)
@click.option("--list", "listing", is_flag=True, help="List the kinds of figures.")
def plot(
    folder: Path | None, kind: str | None, out: Path | None, width: float, listing: bool
) -> None:  # fmt: skip
    """Draw a figure of KIND from the results in DIR.

    KIND is one of those that --list names, such as heatmap.
    """
    from coopgames.reports import FIGURES, draw, open_results

    if listing:
        widest = max(map(len, FIGURES))
        for name, (_, shows) in FIGURES.items():
            click.echo(f"{name:<{widest}}  {shows}")
        return
    if folder is None or kind is None:
        raise Mistake("plot: give a folder of results and a kind of figure; --list lists the kinds")
    results = open_results(folder)
    click.echo(draw(results, kind, out or Path(f"{kind}.svg"), width=width))
