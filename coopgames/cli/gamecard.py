"""What a game encodes, as it is shown: as JSON, as a sentence, and as its table of payoffs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

    from coopgames.games import Structure

MOST = 12
"""So many actions to a side are shown; --json has them all."""


def as_dict(s: Structure) -> dict[str, Any]:
    """Put a structure into what JSON can hold: names for actions, null for what is undefined."""
    from dataclasses import asdict

    def named(profile: tuple[int, ...]) -> list[str]:
        return [s.game.actions[seat][a] for seat, a in enumerate(profile)]

    def bare(x: Any) -> Any:
        if hasattr(x, "tolist"):
            return bare(x.tolist())
        if isinstance(x, list):
            return [bare(y) for y in x]
        return None if isinstance(x, float) and math.isnan(x) else x

    return {
        "game": s.game.name,
        "category": s.category,
        "without_adjustment": s.without_adjustment,
        "with_adjustment": s.with_adjustment,
        "subtype": s.subtype,
        "baseline": s.baseline,
        "feasible": s.feasible,
        "self_regarding": [named(profile) for profile in s.self_regarding],
        "profiles": [
            {
                "actions": named(p.actions),
                "hindrance": bare(p.hindrance),
                "facilitation": bare(p.facilitation),
                "compatibility": bare(p.compatibility),
                "gain": p.gain,
                "gain_weak": p.gain_weak,
            }
            for p in s.profiles
        ],
        "flags": asdict(s.flags),
    }


def said(s: Structure) -> str:
    """Say in a few sentences what a game encodes, with its category in colour."""
    from coopgames.cli.style import GAMES, painted, words
    from coopgames.games import sentence

    label = words(s.category)
    return sentence(s).replace(label, painted(label, GAMES[s.category]), 1)


def payoff_table(s: Structure) -> Table:
    """Draw the payoffs, with the self-regarding profiles marked; `legend` explains the mark."""
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import GAMES, number

    game = s.game
    rows, columns = (min(k, MOST) for k in game.shape)
    table = Table(box=None, header_style="dim", padding=(0, 2))
    table.add_column(f"{game.seats[0]} ↓  {game.seats[1]} →", style="dim", no_wrap=True)
    for action in game.actions[1][:columns]:
        table.add_column(escape(action), justify="right", no_wrap=True)
    for a in range(rows):
        cells = []
        for b in range(columns):
            text = f"{number(float(game.payoffs[0, a, b]))}, {number(float(game.payoffs[1, a, b]))}"
            marked = s.regarding[a, b]
            cells.append(f"[bold {GAMES[s.category]}]{text} •[/]" if marked else f"{text}  ")
        table.add_row(escape(game.actions[0][a]), *cells)
    return table


def legend(s: Structure) -> str:
    """Explain the table of payoffs."""
    cut = "" if max(s.game.shape) <= MOST else f" Only the first {MOST} actions are shown."
    fell_back = (
        " There is no equilibrium in single actions, so whatever is best against something counts."
        if s.flags.baseline_fell_back
        else ""
    )
    return f"• where they may end up if each looks only to its own interest.{fell_back}{cut}"
