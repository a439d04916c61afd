"""``coopgames spread``: which strategies would spread, if those that score more become more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgames.cli.field import Told, certainty, field_options, stays, stays_in_words, told
from coopgames.mistakes import Mistake

if TYPE_CHECKING:
    from coopgames.populations import Trajectory

LEFT = 0.001
"""Who has less has all but died out."""

WIDE = 100
"""From so many columns on there is room for all of the table."""

SHOWN = 20
"""So many lines of the table are shown; --json has them all."""


@click.command()
@field_options
@click.option(
    "--generations", type=click.IntRange(min=1), default=1000, show_default=True,
    help="How many generations.",
)  # fmt: skip
@click.option(
    "--start", "starts", multiple=True, metavar="NAME=SHARE",
    help="The share with which a strategy starts; the rest is shared by the others alike. May be "
    "repeated.  [default: all alike]",
)  # fmt: skip
@click.option(
    "--background", type=float, default=0.0, show_default=True,
    help="Points that everyone has anyway; selection is the weaker, the more they are.",
)  # fmt: skip
@click.option(
    "-o", "--out", "file", type=click.Path(path_type=Path), metavar="FILE",
    help="Draw it into this file, which ends in .svg, .png or .pdf.",
)  # fmt: skip
@click.option(
    "--simplex", is_flag=True, help="Draw all ways at once, of three strategies, as a triangle."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def spread(
    field: tuple[str, ...], sets: tuple[str, ...], game: str | None, periods: int | None,
    continuation: float | None, horizon: str | None, noise: float | None, generations: int,
    starts: tuple[str, ...], background: float, file: Path | None, simplex: bool, as_json: bool,
) -> None:  # fmt: skip
    """Say which strategies of a FIELD would spread.

    FIELD is an experiment, a folder of results, or two strategies and more. In each generation a
    strategy has offspring in proportion to what it scores against all that are there (Axelrod's
    ecological tournament).
    """
    from coopgames.populations import ecology

    of = told(field, sets, game, periods, continuation, horizon, noise)
    if simplex and len(of.payoffs.names) != 3:
        raise Mistake(f"--simplex: draws three strategies, and here are {len(of.payoffs.names)}")
    if simplex and file is None:
        raise Mistake("--simplex: name the file to draw into with -o")
    matrix = of.payoffs.matrix + background
    if matrix.min() < 0:
        raise Mistake(
            f"someone gets {matrix.min():g}, and nobody has fewer than no offspring; give everyone "
            f"as much with --background {max(0.0, -of.payoffs.matrix.min()):g}"
        )
    begin = _start(of.payoffs.names, starts)
    went = ecology(matrix, generations, begin)
    if file is not None:
        from coopgames.reports import draw_simplex, draw_spread

        names = of.payoffs.names
        if simplex:
            draw_simplex(names, matrix, file, course=went if starts else None)
        else:
            draw_spread(names, went, file)
    if as_json:
        click.echo(json.dumps(as_dict(of, went, background), indent=2, allow_nan=False))
    else:
        _show(of, went, file)


def _start(names: tuple[str, ...], starts: tuple[str, ...]) -> list[float] | None:
    """Read the shares to start from."""
    from coopgames.mistakes import unknown

    if not starts:
        return None
    given: dict[str, float] = {}
    problems = []
    for text in starts:
        name, _, share = text.rpartition("=")
        try:
            value = float(share)
        except ValueError:
            value = -1.0
        if not (name and 0 <= value <= 1):
            problems.append(f"--start {text}: write it as NAME=SHARE, with a share from 0 to 1")
        elif name not in names:
            problems.append(f"--start {text}: {unknown('strategy of the field', name, names)}")
        elif name in given:
            problems.append(f"--start {text}: {name} has its share already")
        given[name] = value
    if problems:
        raise Mistake("\n".join(problems))
    rest, others = 1 - sum(given.values()), len(names) - len(given)
    if rest < -1e-9 or (others == 0 and abs(rest) > 1e-9):
        raise Mistake(f"--start: the shares add up to {1 - rest:g}, and not to 1")
    return [given.get(name, max(rest, 0.0) / max(others, 1)) for name in names]


def as_dict(of: Told, went: Trajectory, background: float) -> dict[str, Any]:
    """Give it as the stable JSON of ``spread --json``."""
    found = of.payoffs
    return {
        "field": list(of.words),
        "strategies": list(found.names),
        "payoffs": {
            "unit": of.unit,
            "method": "exact" if found.exact else "sampled",
            "matrix": found.matrix.tolist(),
            "standard_errors": None if found.exact else found.errors.tolist(),
        },
        "background": background,
        "generations": len(went.times) - 1,
        "leaders": [{"from": int(t), "strategy": found.names[k]} for t, k in went.leaders],
        "shares": went.shares.tolist(),
        "stability": [
            {"strategy": name, **verdict}
            for name, verdict in zip(found.names, stays(of), strict=True)
        ],
    }


def _show(of: Told, went: Trajectory, file: Path | None) -> None:
    from rich.markup import escape

    from coopgames.cli.style import console

    out = console()
    out.print()
    out.print(_sentence(of, went))
    out.print()
    out.print(_table(of, went, wide=out.width >= WIDE))
    out.print()
    out.print(f"[dim]{certainty(of)}[/]")
    if file is not None:
        out.print(f"Drawn as {escape(str(file))}.", soft_wrap=True)
    out.print(f"[bold]Next[/]  {escape(_next(of, file))}", soft_wrap=True)


def _sentence(of: Told, went: Trajectory) -> str:
    """Say what was found."""
    from rich.markup import escape

    from coopgames.cli.style import listed

    names, end = of.payoffs.names, went.end
    order = sorted(range(len(names)), key=lambda k: (-end[k], names[k]))
    n, generations = len(names), len(went.times) - 1
    first = order[0]
    field = f"{escape(of.name)}" if of.name else f"these {n} strategies"
    said = f"After {generations:,} generation{'s' * (generations > 1)} of {field} "
    alike = [k for k in order if abs(end[k] - end[first]) < 1e-9]
    if len(alike) > 1:
        who = listed([f"[bold]{escape(names[k])}[/]" for k in alike[:4]])
        more = f" and {len(alike) - 4} more" if len(alike) > 4 else ""
        said += f"{who}{more} are equally common, with [bold]{_percent(end[first])}[/] each"
    else:
        said += f"[bold]{escape(names[first])}[/] is the most common with "
        said += f"[bold]{_percent(end[first])}[/]"
        if end[order[1]] >= LEFT:
            said += f", ahead of {escape(names[order[1]])} with {_percent(end[order[1]])}"
    gone = int((end < LEFT).sum())
    if gone:
        counted = "one has" if gone == 1 else f"{gone} have"
        said += (
            f"; {counted} all but died out"
            if gone < n - 1
            else f"; the other{'s are' * (n > 2) or ' is'} gone"
        )
    turns = [(int(t), names[k]) for t, k in went.leaders]
    if len(turns) > 1 and len(alike) == 1:
        said += f". {escape(turns[-1][1])} leads from generation {turns[-1][0]:,} on"
        if turns[-2][0] < turns[-1][0] - 1:
            said += f", {escape(turns[-2][1])} before"
    return said + "."


def _table(of: Told, went: Trajectory, *, wide: bool) -> Any:
    from rich.markup import escape
    from rich.table import Table

    names, last = of.payoffs.names, len(went.times) - 1
    stops = (0, 1, 10, 100, 1000, 10_000) if wide else (0, 10)
    times = [t for t in stops if t < last] + [last]
    table = Table(box=None, header_style="dim", padding=(0, 1))
    table.add_column("", justify="right")
    table.add_column("strategy", no_wrap=True)
    for t in times:
        heading = f"{'share ' if t == times[0] else ''}at {t:,}"
        table.add_column(heading, justify="right", no_wrap=True)
    if wide:
        table.add_column("most", justify="right", no_wrap=True)
        table.add_column("at", justify="right", no_wrap=True)
    table.add_column("stays if all adopt it")
    order = sorted(range(len(names)), key=lambda k: (-went.end[k], -went.shares[:, k].max()))
    verdicts = stays(of)
    for rank, k in enumerate(order[:SHOWN], 1):
        shares = went.shares[:, k]
        cells = [str(rank), escape(names[k]), *(_percent(shares[t]) for t in times)]
        if wide:
            cells += [_percent(shares.max()), f"{int(shares.argmax()):,}"]
        style = "dim" if shares[-1] < LEFT else ""
        table.add_row(*cells, escape(stays_in_words(verdicts[k])), style=style)
    if len(order) > SHOWN:
        table.add_row("", f"… and {len(order) - SHOWN} more; --json has them all", style="dim")
    return table


def _percent(share: float) -> str:
    """Write a share as one reads it: a decimal place, and none for what is gone."""
    if share <= 0:
        return "0 %"
    return f"{100 * share:.1f} %" if share >= 0.0005 else "< 0.1 %"


def _next(of: Told, file: Path | None) -> str:
    words = of.again
    if file is None:
        return f"coopgames spread {words} -o spread.svg     coopgames invade {words}"
    return f"coopgames invade {words}"
