"""``coopgames class run``: from what students handed in to a leaderboard."""

from __future__ import annotations

import json
import shlex
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgames.cli.meter import Meter
from coopgames.cli.warmup import warm_up

if TYPE_CHECKING:
    from rich.table import Table

    from coopgames.classroom import Standing, Tournament
    from coopgames.specs import Experiment


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option(
    "--house",
    multiple=True,
    metavar="STRATEGY",
    help="Whom the class meets beside itself, instead of the usual ten. May be repeated.",
)
@click.option(
    "--experiment",
    metavar="EXPERIMENT",
    help="Take the conditions, and the house, from an experiment.",
)
@click.option("--game", metavar="GAME", help="What they play.  [default: prisoners-dilemma]")
@click.option("--periods", type=int, help="Periods a game.  [default: 200]")
@click.option("--repetitions", type=int, help="Games a pair.  [default: 5]")
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change any other key, e.g. noise=0.02. May be repeated.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="The class's folder.  [default: results/NAME of the submissions]",
)
@click.option(
    "--runner",
    type=click.Choice(["process", "hardened"]),
    default="process",
    show_default=True,
    help="Where strategies run.",
)
@click.option(
    "--deadline",
    type=click.FloatRange(min=0, min_open=True),
    default=5.0,
    show_default=True,
    metavar="SECONDS",
    help="Computing for all decisions of a period.",
)
@click.option(
    "--time",
    "total",
    type=click.FloatRange(min=1),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="Computing in all, for each strategy.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=16),
    default=256,
    show_default=True,
    metavar="MB",
    help="Memory for each strategy.",
)
@click.option("--names", is_flag=True, help="Show names on the leaderboard, not pseudonyms.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def run(
    submissions: Path,
    house: tuple[str, ...],
    experiment: str | None,
    game: str | None,
    periods: int | None,
    repetitions: int | None,
    sets: tuple[str, ...],
    out: Path | None,
    runner: str,
    deadline: float,
    total: float,
    memory: int,
    names: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Play SUBMISSIONS, a folder or a zip: everybody against everybody and a house field.

    One file a student, a folder or zip a student, or what Moodle or Canvas packs. What cannot be
    used is set aside with a reason. Matches that the folder holds already are not played again.
    """
    from coopgames.classroom import (  # fmt: skip
        Limits,
        conditions,
        standing,
        write_feedback,
        write_grades,
        write_leaderboard,
    )

    given = {"game": game and json.dumps(game), "periods": periods, "repetitions": repetitions}
    settings = [f"{key}={value}" for key, value in given.items() if value is not None]
    base = conditions(experiment, (*settings, *sets), house)
    target = out or Path("results") / submissions.resolve().stem
    limits = Limits(deadline, total, memory)
    played = _play(submissions, base, target, runner, limits, quiet=as_json)
    where = standing(played)
    write_leaderboard(where, names=names)
    write_grades(where)
    write_feedback(where)
    if as_json:
        click.echo(json.dumps(_content(where), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(where)


def _play(
    submissions: Path, base: Experiment, target: Path, runner: str, limits: Any, *, quiet: bool
) -> Tournament:
    from coopgames.classroom import play_class

    warm_up(entrant.strategy for entrant in base.entrants)
    meter = Meter()
    try:
        played = play_class(
            submissions, base, out=target, runner=runner, limits=limits, progress=meter
        )
    except KeyboardInterrupt:
        meter.close()
        click.echo("interrupted", err=True)
        if meter.done:
            again = shlex.join(["coopgames", *sys.argv[1:]])
            kept = f"{meter.done} of {meter.total} matches are kept in {target}"
            click.echo(f"{kept}; to go on: {again}", err=True)
        sys.exit(130)
    finally:
        meter.close()
    if played.reused and not quiet:
        whole = played.played + played.reused
        click.echo(f"{played.reused} of {whole} matches were there already.", err=True)
    return played


def _content(s: Standing) -> dict[str, Any]:
    from coopgames.classroom import grades, holds

    t = s.tournament
    return {
        "folder": str(t.folder.path),
        "played": t.played,
        "reused": t.reused,
        "runner": t.runner,
        "holds": None if t.fences is None else holds(t.runner, t.fences),
        "grades": [{k: None if v == "" else v for k, v in row.items()} for row in grades(s)],
    }


def _show(s: Standing) -> None:
    from coopgames.classroom import holds, told
    from coopgames.cli.style import console
    from coopgames.reports import counted, design, encodes

    out, t = console(), s.tournament
    say = partial(out.print, markup=False)
    out.print()
    say(t.experiment.title, style="bold")
    say(f"{counted(len(t.entries), 'strategy')} of the class play, and {len(s.house)} of the "
        f"house. {design(t.experiment)}", style="dim")  # fmt: skip
    say(encodes(t.experiment))
    out.print()
    out.print(_table(s))
    if t.out:
        say(f"\nPut out of the tournament, with all their matches: {len(t.out)}", style="bold")
        for x in t.out:
            say(f"  {x.entry.who} ({x.entry.file}): {told(x.trouble, {})}")
    if t.aside:
        say(f"\nSet aside: {len(t.aside)}", style="bold")
        for a in t.aside:
            say(f"  {a.who}: {a.file} {a.reason}")
    out.print()
    if t.fences is not None:
        say(" ".join(holds(t.runner, t.fences)), style="dim")
        out.print()
    out.print("[bold]Results[/]  ", end="")
    say(f"{t.folder.path}/   leaderboard.html  grades.csv  feedback/  key.csv  results/")
    out.print("[bold]Next[/]     ", end="")
    say("show leaderboard.html (it names nobody; key.csv does), hand back feedback/")
    say("         when somebody hands in again: the same command; only those matches are played")
    closer = shlex.quote(str(t.folder.path / "results"))
    say(f"         to look closer: coopgames report {closer}")


def _table(s: Standing) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import percent

    p, rows = s.places, {i: s.row(i) for i in range(len(s.names))}
    table = Table(box=None, header_style="dim", padding=(0, 1))
    for head in ("", "strategy", "pseudonym"):
        table.add_column(head, justify="right" if not head else "left", no_wrap=True)
    for head in ("place in\n95 of 100", "if one\nleft", "score", "±", "beats", "accom-\nmodates"):
        table.add_column(head, justify="right")
    for i in sorted(rows, key=lambda i: (int(p.rank[i]), s.names[i])):
        of_house = i in s.house
        low, high = s.moved(i)
        cells = [
            str(p.rank[i]), s.names[i], "house" if of_house else s.shown(s.names[i]),
            _range(int(p.best[i]), int(p.worst[i])), _range(low, high), f"{p.score[i]:.1f}",
            f"{(p.high[i] - p.low[i]) / 2:.1f}", f"{s.beaten(i)}/{len(s.house) - of_house}",
            percent(rows[i]["accommodates"]),
        ]  # fmt: skip
        table.add_row(*map(escape, cells), style="dim" if of_house else "")
    return table


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
