"""``coopgames classify``: what a game encodes."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import click

from coopgames.mistakes import Mistake

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.table import Table

    from coopgames.games import Game, ProfileReport, Structure

MOST = 12
"""So many self-regarding profiles are shown; --json has them all."""


@click.command()
@click.argument("name", required=False)
@click.option(
    "--payoffs",
    metavar="TEXT",
    help='A table of payoffs instead of a name, e.g. "3,3 0,5 / 5,0 1,1": rows by /, cells by '
    "blanks, the two actors' payoffs by commas.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON, for programs.")
@click.option("--explain", is_flag=True, help="Give the reasoning, in a few sentences.")
@click.option(
    "--baseline",
    default="rationalizable",
    show_default=True,
    metavar="NAME|OUTCOMES",
    help="What actors may do who look only to their own interest. rationalizable: whatever is best "
    "against something the others may reasonably do. nash: only what is an equilibrium. curb: what "
    "is closed under best replies. dominant: only what is best whatever the others do. "
    "status-quo=C,D: the best replies to a known past. C,C;D,D: these outcomes.",
)
@click.option(
    "--feasible",
    type=click.Choice(["hull", "pure", "transferable"]),
    default="hull",
    show_default=True,
    help="What they can reach together: also by lot or by taking turns, or only single outcomes "
    "(right where payoffs are mere ranks), or also by side payments (where payoffs are in "
    "comparable units).",
)
@click.option(
    "--hindrance",
    type=click.Choice(["realised", "opportunity", "either"]),
    default="realised",
    show_default=True,
    help="Who counts as hindered: who would gain if another alone acted otherwise, who could "
    "attain more by adapting to that, or either.",
)
@click.option(
    "--by",
    type=click.Choice(["goal", "choice"]),
    default="goal",
    show_default=True,
    help="Whether hindrance and gains are measured in goals or in what drives choice, where these "
    "differ.",
)
@click.option("--strict", is_flag=True, help="A gain counts only if it is everybody's.")
@click.option(
    "--gift",
    "gifts",
    multiple=True,
    metavar="ACTION",
    help="An action that is a gift: not to take it hinders nobody. Can be given several times.",
)
def classify(
    name: str | None,
    payoffs: str | None,
    *,
    as_json: bool,
    explain: bool,
    baseline: str,
    gifts: tuple[str, ...],
    **reading: Any,
) -> None:
    """Say whether a game is harmony, mixed interests or opposed interests.

    NAME is a named game, such as stag-hunt or "liberal-trade(gamma=1.5)", or a path that ends in
    .toml, .csv or .nfg. A game of two actors can also be given by --payoffs.
    """
    from coopgames.cli.baseline import baseline_from, without
    from coopgames.cli.gamecard import as_dict
    from coopgames.games import structure

    game = _asked_for(name, payoffs)
    asked: Any = baseline_from(baseline, game)
    found = structure(game, baseline=asked, alternatives=without(game, gifts), **reading)
    sensitive = _grid_sensitive(name, baseline, gifts, reading)
    if as_json:
        said = {**as_dict(found), "grid_sensitive": sensitive}
        if explain:
            said["explanation"] = list(_explained(found))
        click.echo(json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(found, _repeat(name, payoffs), explain=explain, sensitive=sensitive)


def _grid_sensitive(
    name: str | None, baseline: str, gifts: tuple[str, ...], reading: dict[str, Any]
) -> bool | None:
    """Say whether the label hangs on the grid; None if the game has none, or too large a one."""
    from coopgames.cli.baseline import NAMES
    from coopgames.games import catalog_entry, grid_sensitive
    from coopgames.specs import READ

    if name is None or name.lower().endswith(READ) or baseline not in NAMES or gifts:
        return None
    entry, given = catalog_entry(name)
    levels = given.get("levels", entry.defaults.get("levels"))
    if not isinstance(levels, int):
        return None
    try:
        return grid_sensitive(
            lambda n: entry(**{**given, "levels": n}), levels, baseline=baseline, **reading
        )
    except Mistake:  # the finer grid is too large
        return None


def _explained(s: Structure) -> tuple[str, ...]:
    from coopgames.games import explain

    return explain(s)


def _asked_for(name: str | None, payoffs: str | None) -> Game:
    from coopgames.games import game_from_text
    from coopgames.specs import game_from

    if name is not None and payoffs is not None:
        raise Mistake(f"classify: give either a game's name or --payoffs, not both (got {name!r})")
    if payoffs is not None:
        return game_from_text(payoffs)
    if name is None:
        raise Mistake(
            "classify: which game? Give a name (coopgames games list has them) "
            'or a table, e.g. --payoffs "3,3 0,5 / 5,0 1,1"'
        )
    return game_from(name)


def _repeat(name: str | None, payoffs: str | None) -> str:
    return (
        f"coopgames classify {shlex.quote(name)}"
        if name
        else f'coopgames classify --payoffs "{payoffs}"'
    )


def _show(s: Structure, as_asked: str, *, explain: bool, sensitive: bool | None) -> None:
    from rich.markup import escape

    from coopgames.cli.gamecard import legend, said
    from coopgames.cli.payoffs import payoff_tables
    from coopgames.cli.style import console

    out = console()
    out.print()
    out.print(said(s))
    if s.game.story:
        out.print(f"[dim]{s.game.story}[/]")
    if explain:
        out.print()
        for sentence in _explained(s):
            out.print(f"· {escape(sentence)}")
    if sensitive:
        out.print()
        out.print("On a grid with half the step the label is another: make the grid finer.")
    out.print()
    tables, abridged = payoff_tables(s, out.width)
    for table in tables:
        out.print(table)
    out.print(f"[dim]{legend(s, abridged=abridged)}[/]")
    out.print()
    out.print(_profile_table(s))
    if len(s.profiles) > MOST:
        out.print(f"[dim]… and {len(s.profiles) - MOST} more; --json has them all.[/]")
    out.print()
    out.print(f"[dim]{_shares(s)}[/]")
    out.print()
    for i, (command, why) in enumerate(_next(s, as_asked, explained=explain)):
        out.print(
            f"[bold]{'Next' if i == 0 else '    '}[/]  {command}   [dim]{why}[/]", soft_wrap=True
        )


def _profile_table(s: Structure) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import number, percent

    game = s.game
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("at", no_wrap=True)
    for seat in game.seats:
        table.add_column(f"{seat}\nis denied", justify="right")
    for head in ("compat-\nibility", "all can\ngain", "gain if\nnone loses"):
        table.add_column(head, justify="right")
    table.add_column("interests")
    for p in s.profiles[:MOST]:
        at = ", ".join(game.actions[seat][a] for seat, a in enumerate(p.actions))
        denied = [f"{number(x)} ({percent(share)})" for x, share in map(_denied(p), range(game.n))]
        table.add_row(
            escape(at), *denied, percent(p.compatibility), percent(p.gain), percent(p.gain_weak),
            _cell(s, p.cell),
        )  # fmt: skip
    return table


def _cell(s: Structure, cell: str) -> str:
    """Say how interests stand at a profile."""
    if s.category == "independence":
        return "—"
    return {"harmony": "harmony", "latent": "a trap", "mixed": "mixed", "opposed": "opposed"}[cell]


def _denied(p: ProfileReport) -> Callable[[int], tuple[float, float]]:
    """Say how much a seat is denied by whoever denies it most, and as a share of what it could."""

    def most(seat: int) -> tuple[float, float]:
        others = [j for j in range(len(p.actions)) if j != seat]
        by = max(others, key=lambda j: p.hindrance[j, seat])
        return float(p.hindrance[by, seat]), 1 - float(p.facilitation[by, seat])

    return most


def _shares(s: Structure) -> str:
    """Say which share of the self-regarding profiles lies in each cell, and explain the columns."""
    from coopgames.cli.style import listed, percent

    n = len(s.profiles)
    parts = [f"{percent(x)} {_cell(s, cell)}" for cell, x in s.shares.items() if x]
    counted = f"Of these {n} outcomes, {listed(parts)}. " if n > 1 else ""
    trap = "A trap: none can help alone, but all can move together. " if s.shares["latent"] else ""
    two = s.game.n == 2
    by, all_ = ("the other", "both") if two else ("whoever denies most", "all")
    turns = ", by lot or taking turns too" if s.feasible == "hull" else ""
    return (
        f"{counted}{trap}Denied: by {by}, in own payoffs and as a share of what that one could do. "
        f"Gains: in percent of one's range of payoffs, the last summed over {all_}{turns}."
    )


def _next(s: Structure, as_asked: str, *, explained: bool) -> list[tuple[str, str]]:
    """Suggest what to look at now."""
    from coopgames.games import accommodation, catalog

    steps = []
    if not explained:
        steps.append((f"{as_asked} --explain", "why it is that"))
    if s.baseline != "nash" and len(s.self_regarding) > 1:
        steps.append((f"{as_asked} --baseline nash", "if each already knew what the other will do"))
    if s.feasible == "hull" and s.category == "mixed-interests":
        steps.append((f"{as_asked} --feasible pure", "without lots and taking turns"))
    known = s.game.name.partition("(")[0] in catalog()
    if known and s.game.shape == (2, 2) and accommodation(s.game):
        named = shlex.quote(s.game.name)
        meeting = f"coopgames match tit-for-tat win-stay-lose-shift --game {named}"
        steps.append((meeting, "what two strategies make of it"))
    steps.append((f"{as_asked} --json", "every number"))
    return steps
