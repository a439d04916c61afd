"""A course as it is given, and whether it and what is said of it fit the game."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.readings.messages import Message


def profiles_of(game: Game, course: ArrayLike) -> NDArray[np.int64]:
    """Give the numbers of a course's profiles."""
    actions = np.asarray(course)
    if actions.ndim != 2 or actions.shape[1] != game.n or not len(actions):
        raise Mistake(
            f"a course of shape {actions.shape} does not fit the game {game.name!r}: a row for "
            f"each period, and in it the action of each of its {game.n} actors"
        )
    wrong = (actions < 0) | (actions >= np.array(game.shape))
    if wrong.any():
        t, i = (int(x) for x in np.argwhere(wrong)[0])
        raise Mistake(
            f"action {actions[t, i]} of {game.seats[i]} in period {t} is none; the actions of "
            f"{game.name!r} are numbered from 0 to {game.shape[i] - 1}"
        )
    numbers = np.ravel_multi_index(tuple(actions.T.astype(np.int64)), game.shape)
    return np.asarray(numbers, dtype=np.int64)


def check_options(
    game: Game,
    perceived: Game | None,
    periods: int,
    prewindow: int,
    turns: int,
    messages: Sequence[Message],
) -> None:
    """Refuse options that do not fit a course of so many periods."""
    if perceived is not None and perceived.shape != game.shape:
        raise Mistake(
            f"the perceived game {perceived.name!r} has {perceived.shape} actions, and "
            f"{game.name!r} has {game.shape}; actors must have the same actions in both"
        )
    if not 0 <= prewindow < periods:
        raise Mistake(
            f"prewindow = {prewindow}: a pre-window is a part of the record, which has {periods} "
            "periods, and something must come after it"
        )
    if not 1 <= turns <= 5:
        raise Mistake(f"turns = {turns}: taking turns is looked at over 1 to 5 periods")
    for x in messages:
        if not (0 <= x.period < periods and 0 <= x.sender < game.n):
            raise Mistake(f"message {x.kind!r} of seat {x.sender} in period {x.period}: not there")
