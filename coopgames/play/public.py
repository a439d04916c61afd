"""Which state a regime was in: worked out afterwards, from a course and its luck.

The public signals of a course are drawn at addresses of their own, so that nothing has to be kept
for them to be drawn again.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play.chance import GOLDEN, PUBLIC, stream_keys
from coopgames.play.flatten import cumulative
from coopgames.play.match import Match
from coopgames.strategies import mix


def public_states(
    match: Match, played: NDArray[np.integer[Any]], *, seed: int, repetition: int = 0
) -> NDArray[np.int64]:
    """Give the regime's state in each period of a course.

    Parameters
    ----------
    match : Match
        What was played, under a regime; whether anybody reads it makes no difference.
    played : ndarray of int, shape (T,)
        The profile of each period, as `course` gives it.
    seed, repetition
        Of the course.

    Returns
    -------
    ndarray of int, shape (T,)
        The state that was shown before the period's actions.

    Raises
    ------
    Mistake
        If there is no regime.
    """
    regime = match.regime
    if regime is None:
        raise Mistake("a match without a regime has no public state")
    names = sorted(set(match.seat_labels))
    seats = sorted(names.index(label) for label in match.seat_labels)
    key = stream_keys(seed, names, [seats], [repetition])
    words = mix(mix(key ^ mix(np.array([PUBLIC]) * GOLDEN)) + GOLDEN * _counted(len(played)))
    draws = (words >> np.uint64(32)).tolist()
    # Profiles are numbered in the game's order, signals in the order of roles.
    place = np.empty(match.game.shape, dtype=np.int64)
    place[np.ix_(*match.roles)] = np.arange(place.size).reshape(place.shape)
    roles = place.ravel()[np.asarray(played, dtype=np.int64)].tolist()
    cuts = cumulative(regime.signal).reshape(place.size, -1).tolist()
    following, m = regime.next.tolist(), regime.initial
    states = []
    for profile, half in zip(roles, draws, strict=True):
        states.append(m)
        m = following[m][bisect_right(cuts[profile], half)]
    return np.array(states, dtype=np.int64)


def _counted(periods: int) -> NDArray[np.uint64]:
    return np.arange(1, periods + 1, dtype=np.uint64)
