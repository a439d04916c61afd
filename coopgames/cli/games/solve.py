"""``coopgames games solve``: equilibria, efficient outcomes, the bargain, and more."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from coopgames.cli.games.solved import Solved
    from coopgames.games.levels import Floats

MOST = 12
"""So many equilibria or outcomes are shown; --json has them all."""


DEGENERATE = "The game is degenerate: some mixture has more best replies than actions it uses."
SETS = (
    " Within a set, any mixture of what one actor plays goes with any mixture of what the other "
    "plays; there are no other equilibria."
)


@click.command()
@click.argument("game", metavar="GAME")
@click.option(
    "--repeated",
    type=float,
    metavar="DELTA",
    help="Also the payoffs of subgame-perfect equilibria of the game played again and again, with "
    "this discount factor or probability that a further period follows.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def solve(game: str, repeated: float | None, as_json: bool) -> None:
    """Solve GAME: its equilibria, efficient outcomes, bargain, minmax payoffs, and more.

    GAME is a named game, such as stag-hunt or "liberal-trade(gamma=1.5)", or a path that ends in
    .toml, .csv or .nfg.
    """
    from coopgames.cli.games.solved import as_dict, solved
    from coopgames.specs import game_from

    found = solved(game_from(game), repeated)
    if as_json:
        click.echo(json.dumps(as_dict(found), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(found, game)


def _show(found: Solved, asked: str) -> None:
    from rich.markup import escape

    from coopgames.cli.gamecard import legend
    from coopgames.cli.games.verdict import verdict
    from coopgames.cli.payoffs import payoff_tables
    from coopgames.cli.style import console

    out = console()
    out.print()
    out.print(escape(verdict(found)))
    out.print()
    if found.structure is not None:
        tables, abridged = payoff_tables(found.structure, out.width)
        for table in tables:
            out.print(table)
        out.print(f"[dim]{legend(found.structure, abridged=abridged)}[/]")
        out.print()
    if found.pure or found.equilibria:
        out.print(_equilibria(found))
        if found.equilibria is not None and found.equilibria.degenerate:
            out.print(f"[dim]{DEGENERATE}{SETS if found.equilibria.infinite else ''}[/]")
        out.print()
    out.print(_facts(found))
    out.print()
    for remark in found.remark.splitlines():
        out.print(f"[dim]{escape(remark)}.[/]")
    if found.game.choice is not None:
        out.print(
            "[dim]Actors choose by something else than their goals: equilibria follow from that, "
            "payoffs are those of the goals.[/]"
        )
    if found.remark or found.game.choice is not None:
        out.print()
    name = shlex.quote(asked)
    steps = []
    if found.delta is None and found.game.n == 2:
        steps.append((f"games solve {name} --repeated 0.9", "if it is played again and again"))
    if found.game.n == 2:
        steps.append((f"games plot {name} -o game.png", "what can be had, as a picture"))
    steps.append((f"games solve {name} --json", "every number"))
    for i, (command, why) in enumerate(steps):
        out.print(
            f"[bold]{'    ' if i else 'Next'}[/]  coopgames {escape(command)}   [dim]{why}[/]",
            soft_wrap=True,
        )


def _equilibria(found: Solved) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.games.verdict import mixture
    from coopgames.cli.style import number

    game, e = found.game, found.equilibria
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("", justify="right")
    for seat in game.seats:
        table.add_column(f"{escape(seat)}\nplays")
    for seat in game.seats:
        table.add_column(f"{escape(seat)}\ngets", justify="right")
    if e is not None and e.infinite:
        table.add_column("in\nsets")
    rows = (
        [([mixture(game, i, own) for i, own in enumerate(x.mix)], x.payoffs) for x in e.listed]
        if e is not None
        else [([names[a] for names, a in zip(game.actions, p, strict=True)],
               tuple(float(u[p]) for u in game.payoffs)) for p in found.pure]
    )  # fmt: skip
    for i, (plays, gets) in enumerate(rows[:MOST]):
        letters = [_letter(k) for k, members in enumerate(e.sets if e else ()) if i in members]
        table.add_row(
            str(i + 1), *map(escape, plays), *map(number, gets),
            *([" ".join(letters)] if e is not None and e.infinite else []),
        )  # fmt: skip
    if len(rows) > MOST:
        table.add_row("…", f"and {len(rows) - MOST} more")
    return table


def _letter(k: int) -> str:
    return chr(ord("A") + k) if k < 26 else f"#{k + 1}"


def _facts(found: Solved) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.games.verdict import everyone, outcome

    game, s = found.game, found.structure
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    outcomes = [
        f"{outcome(game, p)} {_pair([u[p] for u in game.payoffs])}" for p in found.efficient
    ]
    more = f"; and {len(outcomes) - MOST} more" if len(outcomes) > MOST else ""
    table.add_row("efficient outcomes", escape("; ".join(outcomes[:MOST]) + more))
    mixed, pure = found.held_to
    alone = "" if (abs(mixed - pure) < 1e-9).all() else f"; in pure actions {_pair(pure)}"
    others = "the other" if game.n == 2 else "the others together"
    table.add_row("held to by " + others, f"{_pair(mixed)}{alone}")
    if s is not None:
        bargain = f"from {_pair(s.before)} to {_pair(s.bargain)}" if s.bargain is not None else (
            f"from {_pair(s.before)}: nothing is better for {everyone(game)}"
        )  # fmt: skip
        table.add_row("Nash's bargain", bargain)
    if found.correlated:
        best, fair = (_pair(found.correlated[p].payoffs) for p in ("sum", "fair"))
        whole = f"{best} on average" if best == fair else f"{best} in sum; {fair} for the worst-off"
        table.add_row("best correlated equilibrium", whole)
    if found.repeated is not None:
        table.add_row(f"repeated, δ = {found.delta:g}", escape(_repeated(found)))
    return table


def _repeated(found: Solved) -> str:
    """Say what the repeated game's equilibria pay, and from when on returning in kind is one."""
    from coopgames.cli.games.solved import thresholds

    vertices = found.repeated.vertices if found.repeated else ()
    corners = "; ".join(f"({_pair(v)})" for v in vertices)
    what = (
        "no equilibrium in pure actions" if not vertices
        else f"only {corners}" if len(vertices) == 1
        else f"all between {corners}"
    )  # fmt: skip
    told = [
        f"{name} is {'never ' if w is None else ''}an equilibrium"
        + ("" if w is None else f" from {w:.4g} on" if w else " however short play is")
        for name, w in (thresholds(found.game) or {}).items()
    ]
    return ". ".join([what, *told])


def _pair(payoffs: Sequence[float] | Floats) -> str:
    from coopgames.cli.style import number

    return ", ".join(number(float(x)) for x in payoffs)
