"""Words for parts of a game."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coopgames.games.equilibrium import Profile
from coopgames.games.game import Game


def listed(items: Iterable[str], last: str = "and") -> str:
    """Join items as in a sentence: ``a, b and c``."""
    *head, tail = items
    return f"{', '.join(head)} {last} {tail}" if head else tail


def amount(x: float) -> str:
    """Write a payoff as people do: at most four digits, no trailing zeros."""
    return f"{x + 0.0:.4g}".replace("-", "−")


def percent(share: float) -> str:
    """Write a share as a percentage."""
    return f"{100 * share:.0f} %"


def others_do(game: Game) -> str:
    """Say ``the other does`` or ``the others do``."""
    return "the other does" if game.n == 2 else "the others do"


def profile_name(game: Game, profile: Profile) -> str:
    """Write a profile: ``(stag, hare)``."""
    return f"({', '.join(game.actions[i][a] for i, a in enumerate(profile))})"


def each_seat(game: Game, said: Sequence[str]) -> str:
    """Join what is said of each seat, once if it is the same of all.

    Parameters
    ----------
    game : Game
        The game.
    said : sequence of str
        One phrase a seat, each fitting after the seat's name and after ``each``.
    """
    if len(set(said)) == 1:
        return f"each {said[0]}"
    return listed(f"{seat} {what}" for seat, what in zip(game.seats, said, strict=True))


def capital(sentence: str) -> str:
    """Begin with a capital letter, and leave the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
