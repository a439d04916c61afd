"""Reading courses of two actors as a tournament does: one verdict each, by the loops of `play`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.play import count, count_courses
from coopgames.readings.figure1 import Verdicts, judge
from coopgames.readings.lens import lens
from coopgames.readings.messages import Message
from coopgames.readings.rule import Rule

AT_ONCE = 10**6
"""So many counts are judged at once."""

LARGEST = 10_000
"""So many profiles a game has at most whose courses are read many at a time."""


def read(
    game: Game,
    course: Sequence[Sequence[int]] | NDArray[np.integer],
    *,
    rule: Rule | None = None,
    messages: Sequence[Message] = (),
) -> Verdicts:
    """Read one history.

    Parameters
    ----------
    game : Game
        What was played.
    course : array_like of int, shape (periods, 2)
        The action of each seat in each period, numbered as in the game.
    rule : Rule, optional
        The conventions; the usual ones by default.
    messages : sequence of Message, optional
        What was said.

    Returns
    -------
    Verdicts
        With one row.
    """
    profiles = np.ravel_multi_index(tuple(np.asarray(course).T), game.shape)
    seen = lens(game, rule or Rule())
    return judge(seen, count(profiles, seen.counting), messages=messages)


def read_courses(
    game: Game,
    courses: NDArray[np.integer],
    periods: NDArray[np.integer] | None = None,
    *,
    rule: Rule | None = None,
    adjusting: ArrayLike = True,
) -> Verdicts:
    """Read many histories of two actors at once.

    Parameters
    ----------
    game : Game
        What was played.
    courses : ndarray of int, shape (R, T), or (sum of periods,)
        The number of the profile of each period, in the C order of the game's payoff table: for
        actions a and b in a 2×2 game, 2a + b. Courses of different lengths stand one after the
        other.
    periods : ndarray of int, shape (R,), optional
        The length of each course, where they stand one after the other.
    rule : Rule, optional
        The conventions; the usual ones by default.
    adjusting : array_like of bool, shape (2,) or (R, 2)
        Whether each seat's acts can be attempts at adjustment.

    Returns
    -------
    Verdicts
        With a row for each.

    Raises
    ------
    Mistake
        If the game has not two actors, or the courses don't fit it.
    """
    P = int(np.prod(game.shape))
    if game.n != 2 or P > LARGEST:
        raise Mistake(
            f"game {game.name!r} has {game.n} actors and {P:,} profiles; many courses are read at "
            f"once of two actors with up to {LARGEST:,} profiles: read it one by one"
        )
    played = np.asarray(courses)
    lengths = np.full(len(played), played.shape[-1]) if periods is None else np.asarray(periods)
    fits = played.ndim == (2 if periods is None else 1) and (lengths > 0).all()
    if not fits or lengths.sum() != played.size:
        raise Mistake(
            f"courses of shape {played.shape} do not fit; a row for each, of the same length, or "
            "one after the other with the length of each"
        )
    if played.size and (played.min() < 0 or played.max() >= P):
        raise Mistake(f"a course of {game.name!r} holds the numbers of its profiles, 0 to {P - 1}")
    seen, flat = lens(game, rule or Rule()), played.ravel()
    end = np.concatenate([[0], np.cumsum(lengths)])
    able = np.broadcast_to(adjusting, (len(lengths), 2))
    some = max(1, AT_ONCE // P)
    parts = []
    for r in range(0, max(len(lengths), 1), some):
        own = lengths[r : r + some]
        tally = count_courses(flat[end[r] : end[min(r + some, len(lengths))]], own, seen.counting)
        parts.append(judge(seen, tally, able[r : r + some]))
    return Verdicts(
        *(np.concatenate([getattr(v, f.name) for v in parts]) for f in fields(Verdicts))
    )
