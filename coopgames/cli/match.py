"""``coopgames match``: two strategies against each other."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from coopgames.cli.options import errors, horizon_options, one_horizon, regime_option
from coopgames.cli.warmup import warm_up

if TYPE_CHECKING:
    from rich.text import Text

    from coopgames.experiments import MatchResult, Measured
    from coopgames.games import Game


@click.command()
@click.argument("first")
@click.argument("second")
@click.option("--game", default="prisoners-dilemma", show_default=True, help="What they play.")
@horizon_options("200")
@click.option("--known", is_flag=True, help="Tell the strategies the number of periods.")
@click.option(
    "--noise",
    default="0",
    metavar="E[,E]",
    help="Probability that a realised action differs from the intended one, for both or each.",
)
@click.option(
    "--misperception",
    default="0",
    metavar="E[,E]",
    help="Probability that an action is seen as another one, for both actors or each.",
)
@click.option("--public", is_flag=True, help="Both see the same, perhaps wrong, signal.")
@regime_option
@click.option(
    "--repetitions", type=click.IntRange(min=1), help="Sample so many courses instead of solving."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Where luck starts."
)
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="MEASURE",
    help="Also this measure: a plugin's name, or a file ending in .py. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def match(
    first: str, second: str, game: str, periods: int | None, continuation: float | None,
    horizon: str | None, known: bool, noise: str, misperception: str, public: bool,
    regime: str | None, repetitions: int | None, seed: int, measures: tuple[str, ...],
    as_json: bool,
) -> None:  # fmt: skip
    """Work out what a match of FIRST and SECOND comes to: payoffs, outcome, emergence.

    Names of strategies, or their TOML or Python files. Solved exactly where it can be, sampled
    otherwise. To watch one match period by period there is coopgames play.
    """
    from coopgames.experiments import measured, play_match
    from coopgames.play import Perception
    from coopgames.specs import strategy_from

    if not one_horizon(periods, continuation, horizon):
        periods = 200
    players = strategy_from(first), strategy_from(second)
    warm_up(players)
    result = play_match(
        *players,
        game=game,
        periods=periods,
        continuation=continuation,
        known=known,
        noise=errors("--noise", noise),
        perception=Perception(errors("--misperception", misperception), public),
        regime=regime,
        repetitions=repetitions,
        seed=seed,
    )
    found = measured(result.match, measures, seed=seed, courses=repetitions) if measures else {}
    if as_json:
        said = as_dict(result) | {"regime": regime}
        if measures:
            said["measures"] = {name: asdict(m) for name, m in found.items()}
        click.echo(json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(result, regime)
        if measures:
            _show_measures(found)


def as_dict(result: MatchResult) -> dict[str, object]:
    """Give a result as the stable JSON of ``match --json``."""
    m = result.match
    return {
        "strategies": [s.label for s in m.strategies],
        "game": m.game.name,
        "periods": m.horizon.periods,
        "totals": result.totals,
        "means": result.means,
        "standard_errors": result.standard_errors,
        "variances": result.variances,
        "method": result.method,
        "reading": None if result.reading is None else asdict(result.reading),
    }


def _show(result: MatchResult, regime: str | None = None) -> None:
    from rich.table import Table

    from coopgames.cli.style import console

    out, m = console(), result.match
    out.print()
    out.print(_sentence(result), highlight=False)
    if regime:
        out.print(under(regime, result.match.game), highlight=False)
    out.print()
    if result.course is not None:
        out.print(_strip(result))
        out.print()
    table = Table(box=None, header_style="dim", padding=(0, 1))
    table.add_column("strategy")
    table.add_column("per game", justify="right")
    table.add_column("per period", justify="right")
    if result.standard_errors:
        table.add_column("±", justify="right")
    for i, s in enumerate(m.strategies):
        total = "—" if result.totals is None else f"{result.totals[i]:.6g}"
        cells = [s.label, total, f"{result.means[i]:.6g}"]
        if result.standard_errors:
            cells.append(f"{result.standard_errors[i]:.2g}")
        table.add_row(*cells)
    out.print(table)
    how = "solved exactly" if result.method == "exact" else "sampled"
    out.print(f"[dim]Payoffs are {how}.[/]", highlight=False)


def under(name: str, game: Game) -> str:
    """Say under which regime they play, and what it comes to."""
    from rich.markup import escape

    from coopgames.reports import regime_words
    from coopgames.specs import in_force

    made = in_force(name, game).arrangement
    assert made is not None
    return f"[dim]{escape(regime_words.in_short(made, game))}[/]"


def _show_measures(found: dict[str, Measured]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import console

    table = Table(box=None, header_style="dim", padding=(0, 1))
    table.add_column("measure")
    for head in ("mean", "±"):
        table.add_column(head, justify="right")
    for name, m in found.items():
        error = "" if m.standard_error is None else f"{m.standard_error:.2g}"
        table.add_row(escape(name), f"{m.mean:.6g}", error)
    out, courses = console(), next(iter(found.values())).courses
    out.print()
    out.print(table)
    out.print(f"[dim]Of {courses} courses.[/]" if courses > 1 else "[dim]Of the one course.[/]")


def _sentence(result: MatchResult) -> str:
    from coopgames.reports import percent

    m, reading = result.match, result.reading
    names = " and ".join(s.label for s in m.strategies)
    h = m.horizon
    length = (
        f"{h.periods} periods" if h.periods
        else "play without end" if h.infinite
        else f"periods that go on with probability {h.continuation:g}"
    )  # fmt: skip
    start = f"[bold]{names}[/] in the game {m.game.name}, {length}"
    if reading is None:
        return f"{start}."
    if reading.courses == 1:
        label = next(x for x, share in reading.shares.items() if share)
        how = next(iter(reading.qualifiers), "")
        what = f"[bold]{label}[/]{f' ({how})' if how else ''}"
    else:
        shares = sorted(reading.shares.items(), key=lambda x: -x[1])
        what = ", ".join(f"[bold]{x}[/] {percent(share)}" for x, share in shares if share)
        what += f" of {reading.courses} courses"
    return f"{start}: {what}.{_emergence(result)}"


def _emergence(result: MatchResult) -> str:
    from coopgames.reports import percent

    found = result.reading.emergence if result.reading else None
    if found is None:
        return ""
    share, median, broke = found.share, found.median, found.broke
    if not share:
        return _never(result)
    when = "" if median is None else f" after {median:g} periods" if median else " at once"
    where = "" if result.reading and result.reading.courses == 1 else f" in {percent(share)}"
    lasted = " and lasted" if not broke else f" and broke down again in {percent(broke)} of those"
    if result.reading and result.reading.courses == 1 and broke:
        lasted = " and broke down again"
    return f" Coordination emerged{where}{when}{lasted}."


def _never(result: MatchResult) -> str:
    """Say that coordination did not emerge, and if it can be proved that it never will."""
    from coopgames.play import deterministic, never_emerges
    from coopgames.readings import Rule, adjusts, lens
    from coopgames.strategies import Automaton

    m = result.match
    first, second = m.strategies
    automata = isinstance(first.rule, Automaton) and isinstance(second.rule, Automaton)
    if not (automata and deterministic(m)):
        return " Coordination never emerged."
    counting = lens(m.game, Rule()).counting
    orbit = never_emerges(m, counting, (adjusts(first), adjusts(second)))
    if not orbit.never:
        return " Coordination did not emerge in time."
    then = f"play repeats every {orbit.length} periods" if orbit.length > 1 else "nothing changes"
    return (
        f" Coordination never emerges, however long they play: from period {orbit.start} on {then}."
    )


def _strip(result: MatchResult, width: int = 60) -> Text:
    """Draw the first periods of a course: a block where an actor accommodates, a dot where not."""
    import numpy as np
    from rich.text import Text

    from coopgames.cli.style import ACCOMMODATE, WITHHOLD

    assert result.course is not None
    m = result.match
    shown = result.course[:width]
    actions = np.unravel_index(shown, m.game.shape)
    name = max(len(s.label) for s in m.strategies)
    strip = Text()
    for seat, s in enumerate(m.strategies):
        strip.append(f"{s.label:>{name}}  ")
        for action in actions[seat]:
            kind = action == m.roles[seat][0]
            strip.append("■" if kind else "·", style=ACCOMMODATE if kind else WITHHOLD)
        strip.append("…\n" if len(result.course) > width else "\n")
    strip.append(f"{'':>{name}}  ■ accommodates  · withholds", style="dim")
    return strip
