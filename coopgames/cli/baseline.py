"""How a baseline is asked for: by name, by a known past, or as a list of outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgames.mistakes import Mistake, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgames.games import Game

NAMES = ("rationalizable", "nash", "curb", "dominant")
PAST = "status-quo="


def baseline_from(text: str, game: Game) -> str | tuple[tuple[int, ...], ...]:
    """Read a baseline.

    Parameters
    ----------
    text : str
        One of `NAMES`; ``status-quo=C,D``, for the best replies to a known past; or outcomes with
        semicolons between them, such as ``C,C;D,D``.
    game : Game
        The game, whose actions are named.

    Raises
    ------
    Mistake
        If it is none of these, or names an action that is none.
    """
    from coopgames.games import status_quo

    if text in NAMES:
        return text
    if text.startswith(PAST):
        return status_quo(game, _profile(text.removeprefix(PAST), game))
    if "," not in text:
        raise Mistake(f"--baseline: {unknown('baseline', text, [*NAMES, PAST + '…'])}")
    return tuple(tuple(_profile(part, game)) for part in text.split(";"))


def without(game: Game, gifts: Sequence[str]) -> list[list[int]] | None:
    """List the numbers of each seat's actions that are no gifts; None if there are no gifts."""
    if not gifts:
        return None
    for gift in gifts:
        if not any(gift in names for names in game.actions):
            known = sorted({name for names in game.actions for name in names})
            raise Mistake(f"--gift: {unknown('action', gift, known)}")
    return [[a for a, name in enumerate(names) if name not in gifts] for names in game.actions]


def _profile(text: str, game: Game) -> list[int]:
    names = [part.strip() for part in text.split(",")]
    if len(names) != game.n:
        raise Mistake(
            f'--baseline: "{text}" names {len(names)} actions; an outcome of {game.name!r} has one '
            f"for each of {game.n} actors"
        )
    for name, seat, actions in zip(names, game.seats, game.actions, strict=True):
        if name not in actions:
            raise Mistake(f"--baseline: {seat}: {unknown('action', name, actions)}")
    return [actions.index(name) for name, actions in zip(names, game.actions, strict=True)]
