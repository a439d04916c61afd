"""``coopgames games show``: the card of a game."""

from __future__ import annotations

import json
import math
import shlex
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from coopgames.games import Coalition, CountGame, Entry, Parameter, Structure
    from coopgames.names import Value

COALITIONS = 2
"""So many coalitions are shown; --json has them all."""

OWN = "own"
"""The family of games from files; their source is the path."""

MANY = 6
"""Of more actors coalitions are not looked for: there are 2ⁿ of them."""


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(name: str, as_json: bool) -> None:
    """Show the game NAME: its story, its payoffs, what it encodes and what to notice.

    Parameters may be given, as in "liberal-trade(theta=0.2)". NAME may also be a path that ends in
    .toml, .csv or .nfg.
    """
    from coopgames.games import CountGame, structure

    entry, given = _entry(name)
    made = entry(**given)
    counts = made if isinstance(made, CountGame) else None
    s = structure(made.as_game() if isinstance(made, CountGame) else made)
    values = {**entry.defaults, **given}
    if as_json:
        card = _card(s, entry, values, counts)
        click.echo(json.dumps(card, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(s, entry, values, counts)


def _entry(name: str) -> tuple[Entry, dict[str, Value]]:
    """Find the entry of a game and its parameters; a game from a file has one of its own."""
    from coopgames.games import Entry, catalog_entry, structure, title
    from coopgames.specs import READ, game_from

    if not name.lower().endswith(READ):
        return catalog_entry(name)
    game = game_from(name)
    s = structure(game)
    encodes = (s.category, s.subtype)
    return Entry(game.name, lambda: game, OWN, title(game), game.story, name, encodes), {}


def _card(
    s: Structure, entry: Entry, values: dict[str, Value], counts: CountGame | None
) -> dict[str, Any]:
    """Give what classify gives, and what a card has besides."""
    from coopgames.cli.gamecard import as_dict
    from coopgames.cli.games.notice import notice
    from coopgames.games import accommodation

    game = s.game
    orders = accommodation(game)
    return {
        **as_dict(s),
        "title": entry.title,
        "family": entry.family,
        "story": game.story,
        "source": entry.source,
        "parameters": {
            key: {
                "value": values[key], "usual": usual, "meaning": entry.parameters[key].meaning,
                "unit": entry.parameters[key].unit, **_bounds(entry.parameters[key]),
            }
            for key, usual in entry.defaults.items()
        },
        "seats": game.seats,
        "actions": game.actions,
        "payoffs": game.payoffs.tolist(),
        "choice": None if game.choice is None else game.choice.tolist(),
        "counts": None if counts is None else counts.payoffs.tolist(),
        "accommodation": orders
        and [[game.actions[seat][a] for a in order] for seat, order in enumerate(orders)],
        "equilibria": [[game.actions[seat][a] for seat, a in enumerate(p)] for p in s.equilibria],
        "by_choice": _by_choice(s),
        "coalitions": [_coalition(s, c) for c in _coalitions(s)],
        "notice": [*notice(s), *entry.notice],
        "vary": entry.vary,
    }  # fmt: skip


def _bounds(p: Parameter) -> dict[str, float | None]:
    low, high = (None if math.isinf(x) else x for x in (p.low, p.high))
    return {"low": low, "high": high}


def _by_choice(s: Structure) -> dict[str, str | None] | None:
    """Say what the game encodes by what drives choice, where that is not the goals."""
    from coopgames.games import by_choice, structure

    if s.game.choice is None:
        return None
    found = structure(by_choice(s.game))
    return {"category": found.category, "subtype": found.subtype}


def _coalitions(s: Structure) -> tuple[Coalition, ...]:
    """Find who of more than two could agree on something; none where that is too many to ask."""
    from coopgames.games import coalitions
    from coopgames.mistakes import Mistake

    try:
        return coalitions(s) if 2 < s.game.n <= MANY else ()
    except Mistake:
        return ()


def _coalition(s: Structure, c: Coalition) -> dict[str, Any]:
    names = s.game.actions
    return {
        "parties": [s.game.seats[i] for i in c.parties],
        "category": c.structure.category,
        "subtype": c.structure.subtype,
        "deal": [names[i][a] for i, a in enumerate(c.deal.profile)],
        "effects": list(c.deal.effects),
        "injurious": c.deal.injurious,
    }


def _show(
    s: Structure, entry: Entry, values: dict[str, Value], counts: CountGame | None
) -> None:  # fmt: skip
    from rich.markup import escape

    from coopgames.cli.gamecard import legend, said
    from coopgames.cli.games.notice import notice
    from coopgames.cli.payoffs import payoff_tables
    from coopgames.cli.style import console
    from coopgames.games import accommodation

    out = console()
    out.print()
    out.print(said(s))
    out.print(f"[dim]{escape(s.game.story)}[/]")
    out.print()
    if values:
        out.print(_parameters(entry, values))
        out.print()
    tables, abridged = payoff_tables(s, out.width, counts)
    for table in tables:
        out.print(table)
    out.print(f"[dim]{legend(s, abridged=abridged)}[/]")
    out.print()
    out.print(_facts(s, entry, alike=counts is not None))
    out.print()
    _listed(out, "Notice", [*notice(s), *entry.notice])
    _listed(out, "Vary", entry.vary)
    name = shlex.quote(entry.source if entry.family == OWN else s.game.name)
    out.print(
        f"[bold]Next[/]  {escape(f'coopgames classify {name}')}   [dim]the numbers behind it[/]",
        soft_wrap=True,
    )
    if s.game.shape == (2, 2) and accommodation(s.game) and entry.family != OWN:
        meeting = f"coopgames match tit-for-tat win-stay-lose-shift --game {name}"
        out.print(f"      {escape(meeting)}", soft_wrap=True)


def _parameters(entry: Entry, values: dict[str, Value]) -> Table:
    """Draw the parameters: their values, what they may be, and what they mean."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("parameter", no_wrap=True)
    for head in ("here", "usual"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("may be", style="dim", no_wrap=True)
    table.add_column("meaning")
    for key, usual in entry.defaults.items():
        p = entry.parameters[key]
        here = f"{values[key]:g}" if not isinstance(values[key], str) else str(values[key])
        unit = f" [dim]({escape(p.unit)})[/]" if p.unit else ""
        shown = here if values[key] == usual else f"[bold]{here}[/]"
        table.add_row(key, shown, f"{usual:g}", p.range, f"{escape(p.meaning)}{unit}")
    return table


def _facts(s: Structure, entry: Entry, *, alike: bool) -> Table:
    """Draw what is to be said of a game, a line each."""
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import GAMES, painted, words

    facts = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    facts.add_row("encodes", painted(words(s.category), GAMES[s.category]))
    facts.add_row("of the kind", words(s.subtype) if s.subtype else "—")
    facts.add_row("left to itself", s.without_adjustment)
    facts.add_row("if they adjust", s.with_adjustment)
    if driven := _by_choice(s):
        kind = f", {words(driven['subtype'])}" if driven["subtype"] else ""
        label = painted(words(str(driven["category"])), GAMES[str(driven["category"])])
        facts.add_row("by what drives choice", f"{label}{kind}")
    for i, what in enumerate(_some(s, alike=alike)):
        facts.add_row("" if i else "for some of them", what)
    facts.add_row("source", escape(entry.source))
    return facts


def _some(s: Structure, *, alike: bool) -> list[str]:
    """Say what the game is for some of its actors, those first who injure others."""
    from rich.markup import escape

    from coopgames.cli.style import GAMES, listed, painted, words

    able = sorted(_coalitions(s), key=lambda c: (not c.deal.injurious, -len(c.parties)))
    said = {}
    for c in able:
        inner, seats = c.structure, s.game.seats
        kind = f", {words(inner.subtype)}" if inner.subtype else ""
        hurt = [seats[i] for i in c.deal.outsiders if c.deal.effects[i] < 0]
        outside = f"injurious to {listed(hurt)}" if hurt else "benign to the rest"
        label = painted(words(inner.category), GAMES[inner.category])
        who = f"any {len(c.parties)}" if alike else listed(seats[i] for i in c.parties)
        said[who] = f"{escape(who)}: {label}{kind}; {escape(outside)}"
    lines = list(said.values())
    more = len(lines) - COALITIONS
    rest = [f"{more} more coalition{'s' if more > 1 else ''} could make a deal"] if more > 0 else []
    return [*lines[:COALITIONS], *rest]


def _listed(out: Console, heading: str, lines: tuple[str, ...] | list[str]) -> None:
    from rich.markup import escape
    from rich.table import Table

    if not lines:
        return
    out.print(f"[bold]{heading}[/]")
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    for line in lines:
        table.add_row("·", escape(line))
    out.print(table)
    out.print()
