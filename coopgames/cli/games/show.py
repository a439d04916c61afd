"""``coopgames games show``: the card of a game."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from coopgames.games import Structure


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(name: str, as_json: bool) -> None:
    """Show the game NAME: its story, its payoffs, what it encodes and what to notice."""
    from coopgames.cli.gamecard import as_dict
    from coopgames.games import named_game, structure

    s = structure(named_game(name))
    if as_json:
        card = {**as_dict(s), **_card(s)}
        click.echo(json.dumps(card, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(s)


def _card(s: Structure) -> dict[str, Any]:
    """Give what a card has and ``classify --json`` has not."""
    from coopgames.games import accommodation

    game = s.game
    orders = accommodation(game)
    return {
        "story": game.story,
        "seats": game.seats,
        "actions": game.actions,
        "payoffs": game.payoffs.tolist(),
        "accommodation": orders
        and [[game.actions[seat][a] for a in order] for seat, order in enumerate(orders)],
        "equilibria": [[game.actions[seat][a] for seat, a in enumerate(p)] for p in s.equilibria],
        "notice": _notice(s),
    }


def _show(s: Structure) -> None:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.gamecard import legend, payoff_table, said
    from coopgames.cli.style import GAMES, console, painted, words
    from coopgames.games import accommodation

    out = console()
    out.print()
    out.print(said(s))
    out.print(f"[dim]{s.game.story}[/]")
    out.print()
    out.print(payoff_table(s))
    out.print(f"[dim]{legend(s)}[/]")
    out.print()
    facts = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    facts.add_row("encodes", painted(words(s.category), GAMES[s.category]))
    facts.add_row("of the kind", words(s.subtype) if s.subtype else "—")
    facts.add_row("left to itself", s.without_adjustment)
    facts.add_row("if they adjust", s.with_adjustment)
    out.print(facts)
    out.print()
    notice = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    for line in _notice(s):
        notice.add_row("·", escape(line))
    out.print(notice)
    out.print()
    out.print(f"[bold]Next[/]  coopgames classify {s.game.name}   [dim]the numbers behind it[/]")
    if accommodation(s.game):
        meeting = f"coopgames match tit-for-tat win-stay-lose-shift --game {s.game.name}"
        out.print(f"      {meeting}", soft_wrap=True)


def _notice(s: Structure) -> list[str]:
    """Say what to notice: roles, what is best anyway, what is at rest, what would help."""
    from coopgames.games import structure

    lines = [_roles(s), *_dominant(s), _at_rest(s)]
    if s.category == "mixed-interests":
        if structure(s.game, feasible="pure").category != s.category:
            lines.append(
                "No single outcome is better for both; they gain only by lot or by taking turns."
            )
        if structure(s.game, baseline="nash").category == "harmony":
            lines.append(
                "Were each sure what the other will do, it would be harmony: expectations are all "
                "that stands in the way."
            )
    return lines


def _roles(s: Structure) -> str:
    from coopgames.games import accommodation

    game = s.game
    orders = accommodation(game)
    if orders is None:
        return (
            "No action accommodates as such, so strategies that return what they get, like tit for "
            "tat, cannot be played here."
        )
    ends = [
        (game.actions[seat][order[0]], game.actions[seat][order[-1]])
        for seat, order in enumerate(orders)
    ]
    if len(set(ends)) == 1:
        return f"To play {ends[0][0]} is to accommodate, to play {ends[0][1]} is to withhold."
    each = zip(game.seats, ends, strict=True)
    said = [f"{seat} accommodates by {a} and withholds by {b}" for seat, (a, b) in each]
    return f"{'; '.join(said)}."


def _dominant(s: Structure) -> list[str]:
    """Name the actions that are best whatever the other does."""
    best = [
        [a for a in range(k) if s.best_reply[seat].take(a, axis=seat).all()]
        for seat, k in enumerate(s.game.shape)
    ]
    found = [
        (seat, s.game.actions[i][actions[0]])
        for i, (seat, actions) in enumerate(zip(s.game.seats, best, strict=True))
        if len(actions) == 1
    ]
    if len(found) == s.game.n and len({action for _, action in found}) == 1:
        return [f"{found[0][1]} is best for each, whatever the other does."]
    return [f"{action} is best for {seat}, whatever the other does." for seat, action in found]


def _at_rest(s: Structure) -> str:
    """Say where nobody would move alone."""
    names = [
        f"({', '.join(s.game.actions[seat][a] for seat, a in enumerate(p))})" for p in s.equilibria
    ]
    if not names:
        return "No outcome is at rest: at each, somebody would rather have acted otherwise."
    if len(names) == 1:
        gain = any(p.gain > 0 for p in s.profiles if p.actions == s.equilibria[0])
        both = "; moving together, both could gain" if gain else ""
        return f"Only {names[0]} is at rest: from there nobody gains by moving alone{both}."
    payoffs = [[float(of[p]) for of in s.game.payoffs] for p in s.equilibria]
    best = [x == [max(of) for of in zip(*payoffs, strict=True)] for x in payoffs]
    agreed = (
        "they do not care which" if all(best)
        else f"both like {names[best.index(True)]} best" if any(best)
        else "they disagree over which is best"
    )  # fmt: skip
    return f"{' and '.join(names)} are at rest: nobody gains by moving alone; {agreed}."
