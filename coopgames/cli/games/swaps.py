"""How swaps of payoffs are shown, and how a game among the 144 is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgames.mistakes import Mistake

if TYPE_CHECKING:
    from coopgames.games import Game, Swap


def ordinal_game(text: str) -> Game:
    """Read a game that lies among the 144: one that `game_from` takes, or a name of the table."""
    from coopgames.games import SYMMETRIC, named_ordinal
    from coopgames.specs import game_from

    parts = text.split("/")
    if len(parts) == 2 and all(part in SYMMETRIC for part in parts):
        return named_ordinal(text).game
    try:
        return game_from(text)
    except Mistake:
        if text in SYMMETRIC:
            return named_ordinal(text).game
        raise


def step(game: Game, swap: Swap) -> str:
    """Say in words which payoffs change places."""
    from coopgames.games import SWAPS

    return f"{game.seats[swap.seat]}'s two {SWAPS[swap.low]} payoffs change places"


def step_as_dict(game: Game, swap: Swap) -> dict[str, Any]:
    """Put a step into what JSON can hold."""
    from coopgames.games import structure

    s = structure(swap.game, feasible="pure")
    return {
        "seat": game.seats[swap.seat],
        "ranks": [swap.low, swap.low + 1],
        "to": swap.game.name,
        "payoffs": swap.game.payoffs.tolist(),
        "category": s.category,
        "subtype": s.subtype,
    }


def encoded(game: Game) -> str:
    """Say what a game encodes, in its colour."""
    from coopgames.cli.style import GAMES, painted, words
    from coopgames.games import structure

    s = structure(game, feasible="pure")
    kind = f", {words(s.subtype)}" if s.subtype else ""
    return f"{painted(words(s.category), GAMES[s.category])}[dim]{kind}[/]"


def cells(game: Game) -> str:
    """Write a 2 × 2 game on one line."""
    from coopgames.cli.style import number

    rows = [
        " ".join(
            f"{number(float(game.payoffs[0, a, b]))},{number(float(game.payoffs[1, a, b]))}"
            for b in range(2)
        )
        for a in range(2)
    ]
    return " / ".join(rows)
