"""``coopgames invade``: who takes over whom in a finite population, and who is there how long."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgames.cli.field import Told, certainty, field_options, stays, stays_in_words, told
from coopgames.mistakes import Mistake

if TYPE_CHECKING:
    from coopgames.populations import Process, RareMutations

SHOWN = 20
"""So many lines of the table are shown; --json has them all."""

GENERATIONS, RUNS = 20_000, 20
"""How long, and how often, a population is followed that is too large to be solved."""


@click.command()
@field_options
@click.option(
    "--population", "size", type=click.IntRange(min=2), default=100, show_default=True,
    metavar="N", help="How many individuals there are.",
)  # fmt: skip
@click.option(
    "--process",
    "kind",
    type=click.Choice(["moran", "fermi"]),
    default="moran",
    show_default=True,
    help="Whether offspring are in proportion to payoffs, or individuals compare theirs in pairs.",
)
@click.option(
    "--strength", type=float,
    help="How much payoffs count: from 0 to 1 with moran; with fermi from 0 on.  [default: 1]",
)  # fmt: skip
@click.option(
    "--mutation", type=float, metavar="MU",
    help="Probability that a newcomer is of another type.  [default: so rare that one mutant has "
    "died out or taken over before the next]",
)  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Where luck starts.")
@click.option(
    "-o", "--out", "file", type=click.Path(path_type=Path), metavar="FILE",
    help="Draw who takes over whom into this file, which ends in .svg, .png or .pdf.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def invade(
    field: tuple[str, ...], sets: tuple[str, ...], game: str | None, periods: int | None,
    continuation: float | None, horizon: str | None, noise: float | None, size: int, kind: str,
    strength: float | None, mutation: float | None, seed: int, file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Say who of a FIELD takes over whom in a finite population.

    FIELD is an experiment, a folder of results, or two strategies and more. Chances of taking over
    are exact, and so is how long a population is of each type; only one with frequent mutations
    that can be put together in too many ways is sampled.
    """
    from coopgames.populations import Process, rare_mutations

    process = Process(kind, 1.0 if strength is None else strength)  # type: ignore[arg-type]
    of = told(field, sets, game, periods, continuation, horizon, noise)
    rare = rare_mutations(of.payoffs.matrix, size, process)
    shares, errors = list(map(float, rare.shares)), None
    if mutation is not None:
        shares, errors = _often(of, size, mutation, process, seed)
    if file is not None:
        from coopgames.reports import draw_invasions

        draw_invasions(of.payoffs.names, rare, file, shares=shares, mutation=mutation)
    if as_json:
        found = as_dict(of, rare, shares, errors, mutation)
        click.echo(json.dumps(found, indent=2, allow_nan=False))
    else:
        _show(of, rare, shares, errors, mutation, file)


def _often(
    of: Told, size: int, mutation: float, process: Process, seed: int
) -> tuple[list[float], list[float] | None]:
    """Give the share of each type where mutations are not rare, and its standard error."""
    from coopgames.populations import long_run, sample_population, why_not

    matrix = of.payoffs.matrix
    n = len(matrix)
    if why_not(size, n) is None:
        return list(map(float, long_run(matrix, size, mutation, process).shares)), None
    if not 0 < mutation <= 1:
        raise Mistake(f"--mutation: {mutation:g} is no probability above 0")
    start = [size // n + (k < size % n) for k in range(n)]
    click.echo(f"Following {RUNS} populations for {GENERATIONS:,} generations.", err=True)
    walk = sample_population(
        matrix, start, steps=GENERATIONS * size, mutation=mutation, process=process, runs=RUNS,
        seed=seed,
    )  # fmt: skip
    errors = walk.standard_errors
    return list(map(float, walk.shares)), None if errors is None else list(map(float, errors))


def as_dict(
    of: Told, rare: RareMutations, shares: list[float], errors: list[float] | None,
    mutation: float | None,
) -> dict[str, Any]:  # fmt: skip
    """Give it as the stable JSON of ``invade --json``."""
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
        "population": rare.N,
        "process": rare.process.kind,
        "strength": rare.process.strength,
        "mutation": mutation,
        "fixation": rare.fixation.tolist(),
        "shares": shares,
        "standard_errors": errors,
        "method": "exact" if errors is None else "sampled",
        "stability": [
            {"strategy": name, **verdict}
            for name, verdict in zip(found.names, stays(of), strict=True)
        ],
    }


def _show(
    of: Told, rare: RareMutations, shares: list[float], errors: list[float] | None,
    mutation: float | None, file: Path | None,
) -> None:  # fmt: skip
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import console, percent

    out, names = console(), of.payoffs.names
    order = sorted(range(len(names)), key=lambda k: (-shares[k], names[k]))
    verdicts, advantage = stays(of), rare.advantage
    out.print()
    out.print(_sentence(of, rare, shares, order, mutation))
    out.print()
    table = Table(box=None, header_style="dim", padding=(0, 1))
    table.add_column("", justify="right")
    table.add_column("strategy", no_wrap=True)
    table.add_column("of the time" if mutation is None else "of all", justify="right")
    if errors is not None:
        table.add_column("±", justify="right")
    table.add_column("taken over most easily by")
    table.add_column("stays if all adopt it")
    for rank, k in enumerate(order[:SHOWN], 1):
        rival = max((j for j in range(len(names)) if j != k), key=lambda j: advantage[j, k])
        cells = [str(rank), escape(names[k]), percent(shares[k])]
        if errors is not None:
            cells.append(f"{100 * errors[k]:.1f}")
        easily = f"{escape(names[rival])}, {_times(advantage[rival, k])}"
        table.add_row(*cells, easily, escape(stays_in_words(verdicts[k])))
    if len(order) > SHOWN:
        table.add_row("", f"… and {len(order) - SHOWN} more; --json has them all", style="dim")
    out.print(table)
    out.print()
    out.print(
        f"[dim]× 1 is the chance 1/{rare.N} of a mutant that is neither better nor worse. "
        f"{certainty(of)}[/]"
    )
    if file is not None:
        out.print(f"Drawn as {escape(str(file))}.", soft_wrap=True)
    out.print(f"[bold]Next[/]  {escape(_next(of, rare, mutation, file))}", soft_wrap=True)


def _times(advantage: float) -> str:
    """Write a chance as a multiple of 1/N."""
    if advantage < 0.0005:
        return "hardly ever"
    return f"× {advantage:.3g}"


def _sentence(
    of: Told, rare: RareMutations, shares: list[float], order: list[int], mutation: float | None
) -> str:
    from rich.markup import escape

    from coopgames.cli.style import percent

    names, first = of.payoffs.names, order[0]
    who, often = f"[bold]{escape(names[first])}[/]", f"[bold]{percent(shares[first])}[/]"
    if mutation is None:
        said = f"Where mutations are rare, a population of {rare.N} is {who} {often} of the time"
    else:
        said = f"With mutations of {mutation:g}, {often} of a population of {rare.N} are {who}"
    if len(order) > 1 and shares[order[1]] >= 0.005:
        said += f", and {escape(names[order[1]])} {percent(shares[order[1]])}"
    ease = {names[j]: rare.advantage[j, first] for j in range(len(names)) if j != first}
    takers = sorted((name for name in ease if ease[name] > 1 + 1e-9), key=lambda name: -ease[name])
    if not takers:
        return f"{said}. Selection favours none of the others where {escape(names[first])} is."
    listed = escape(", ".join(takers[:3])) + (f" and {len(takers) - 3} more" if takers[3:] else "")
    return f"{said}. Where {escape(names[first])} is, selection favours {listed}."


def _next(of: Told, rare: RareMutations, mutation: float | None, file: Path | None) -> str:
    """Say what to do next, under the same conditions."""
    usual = (100, "moran", 1.0, None)
    given = (rare.N, rare.process.kind, rare.process.strength, mutation)
    options = ("population", "process", "strength", "mutation")
    same = "".join(
        f" --{option} {value}"
        for option, value, default in zip(options, given, usual, strict=True) if value != default
    )  # fmt: skip
    if file is None:
        return f"coopgames invade {of.again}{same} -o invasions.svg"
    if mutation is None:
        return f"coopgames invade {of.again}{same} --mutation 0.01"
    return f"coopgames spread {of.again}"
