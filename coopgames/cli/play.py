"""``coopgames play``: one match, period by period."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import click

from coopgames.cli.match import under
from coopgames.cli.options import errors, regime_option
from coopgames.cli.warmup import warm_up

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from coopgames.classroom import Watched

SAME = 3
"""So many periods alike are shown before the rest of them is folded."""


@click.command()
@click.argument("first")
@click.argument("second")
@click.option("--game", default="prisoners-dilemma", show_default=True, help="What they play.")
@click.option(
    "--periods", type=click.IntRange(1, 10_000), default=40, show_default=True,
    help="Number of periods.",
)  # fmt: skip
@click.option("--known", is_flag=True, help="Tell the strategies the number of periods.")
@click.option(
    "--noise", default="0", metavar="E[,E]",
    help="Probability that a realised action differs from the intended one, for both or each.",
)  # fmt: skip
@regime_option
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Where luck starts."
)
@click.option("--all", "every", is_flag=True, help="Show every period; none is folded.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def play(
    first: str, second: str, game: str, periods: int, known: bool, noise: str, regime: str | None,
    seed: int, every: bool, as_json: bool,
) -> None:  # fmt: skip
    """Watch FIRST and SECOND play one match: who did what in each period, and what came of it.

    Names of strategies, or their TOML or Python files. One course is shown, as luck would have it;
    what a match comes to on average, and exactly where it can be solved, says coopgames match.
    """
    from coopgames.classroom import watch
    from coopgames.specs import strategy_from

    players = strategy_from(first), strategy_from(second)
    warm_up(players)
    seen = watch(
        *players, game=game, periods=periods, known=known, noise=errors("--noise", noise),
        regime=regime, seed=seed,
    )  # fmt: skip
    if as_json:
        click.echo(
            json.dumps(
                as_dict(seen) | {"regime": regime}, indent=2, ensure_ascii=False, allow_nan=False
            )
        )
    else:
        _show(seen, (first, second), regime, every=every)


def as_dict(seen: Watched) -> dict[str, object]:
    """Give what was seen as the stable JSON of ``play --json``."""
    game = seen.match.game
    return {
        "strategies": [s.label for s in seen.match.strategies],
        "game": game.name,
        "periods": seen.actions.shape[1],
        "actions": [[game.actions[i][a] for a in seen.actions[i]] for i in range(2)],
        "accommodates": seen.accommodates.tolist(),
        "payoffs": seen.payoffs.tolist(),
        "totals": seen.payoffs.sum(axis=1).tolist(),
        "label": seen.label or None,
        "emerged": seen.emerged,
        "broke": seen.broke,
        "fault": seen.fault or None,
    }


def _show(seen: Watched, named: tuple[str, str], regime: str | None, *, every: bool) -> None:
    from rich.markup import escape

    from coopgames.cli.style import DISCORD, console, painted

    out, labels = console(), [s.label for s in seen.match.strategies]
    played = seen.actions.shape[1]
    out.print()
    out.print(f"[bold]{escape(labels[0])} and {escape(labels[1])}[/] in the game "
              f"{escape(seen.match.game.name)}, period by period.{_verdict(seen)}")  # fmt: skip
    if regime:
        out.print(under(regime, seen.match.game), highlight=False)
    out.print()
    if played:
        out.print(_table(seen, every=every))
        told = [
            "■ accommodates  · withholds",
            *(f"→ {t + 1}: {x}" for t, x in _events(seen).items()),
        ]
        out.print(f"[dim]{'   '.join(told)}[/]")
        out.print()
    if seen.fault:
        out.print(f"{painted('Play broke off.', DISCORD)} {escape(seen.fault)}")
        out.print()
    again = " ".join(shlex.quote(text) for text in named)
    again += f" --regime {shlex.quote(regime)}" if regime else ""
    step = f"check {shlex.quote(named[0])}" if seen.fault else f"match {again}"
    out.print(f"[bold]Next[/]  coopgames {escape(step)}", soft_wrap=True)


def _verdict(seen: Watched) -> str:
    if not seen.label:
        return ""
    if seen.fault:
        return f" So far it was [bold]{seen.label}[/]."
    if seen.emerged is None:
        return f" It ended in [bold]{seen.label}[/]."
    lasted = f", and broke down in period {seen.broke}" if seen.broke else ", and lasted"
    when = f"coordination emerged in period {seen.emerged}{lasted}"
    return f" It ended in [bold]{seen.label}[/]; {when}."


def _table(seen: Watched, *, every: bool) -> Table:
    from rich.table import Table

    table = Table(box=None, header_style="dim", padding=(0, 1), show_edge=False)
    table.add_column("period", justify="right", no_wrap=True)
    for s in seen.match.strategies:
        table.add_column(s.label, max_width=20, overflow="ellipsis", no_wrap=True)
    for head in ("payoffs", "", "so far", ""):
        table.add_column(head, justify="right", no_wrap=True)
    totals = seen.payoffs.cumsum(axis=1)
    for t, alike in _rows(seen, every=every):
        if alike:
            table.add_row("⋮", f"[dim]{alike} periods the same[/]", "", "", "", "", "")
            continue
        numbers = [f"{x:g}" for x in (*seen.payoffs[:, t], *totals[:, t].round(6))]
        mark = "[bold]→[/] " if t in _events(seen) else ""
        table.add_row(f"{mark}{t + 1}", *(_did(seen, i, t) for i in range(2)), *numbers)
    return table


def _rows(seen: Watched, *, every: bool) -> list[tuple[int, int]]:
    """List the periods to show; where a stretch is folded, how many of it are left out."""
    periods, rows, run = seen.actions.shape[1], [], 0
    left = 0
    for t in range(periods):
        same = t > 0 and bool((seen.actions[:, t] == seen.actions[:, t - 1]).all())
        run = run + 1 if same else 0
        if every or run < SAME or t == periods - 1 or t in _events(seen):
            if left:
                rows.append((-1, left))
            rows.append((t, 0))
            left = 0
        else:
            left += 1
    return rows


def _did(seen: Watched, seat: int, t: int) -> Text:
    from rich.text import Text

    from coopgames.cli.style import ACCOMMODATE, WITHHOLD

    kind = seen.accommodates[seat, t]
    name = seen.match.game.actions[seat][seen.actions[seat, t]]
    return Text(f"{'■' if kind else '·'} {name}", style=ACCOMMODATE if kind else WITHHOLD)


def _events(seen: Watched) -> dict[int, str]:
    """Say what happens in which period, counted from 0."""
    found = ((seen.emerged, "coordination emerges"), (seen.broke, "it breaks down"))
    return {period - 1: text for period, text in found if period}
