"""Matches whose public signal has to be drawn, and what state a regime was in.

A public signal that errs is one draw for both seats, at an address of its own. Hence nothing has to
be kept for the public states of a course to be known: they are worked out again, from the course
and its luck.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play.chance import GOLDEN, PUBLIC, stream_keys
from coopgames.play.flatten import cumulative, flatten
from coopgames.play.match import Match
from coopgames.play.tally import Counts, Sheet
from coopgames.strategies import Automaton, mix

if TYPE_CHECKING:
    from coopgames.play.sample import Courses


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


def play_public(
    match: Match, courses: Courses, rows: Counts, common: tuple[Any, ...], sheet: Sheet
) -> None:
    """Play and count automata of one pair that observe an erring public signal."""
    from coopgames.play.kernels import public_course, tally

    assert match.regime is not None  # nobody else has several signals
    flat = [flatten(rule) for rule in match.rules if isinstance(rule, Automaton)]
    seats = [x for f in flat for x in (f.start, f.threshold, f.next)]
    slips, errors, profile, course = common
    signal, lane = cumulative(match.regime.signal), int(courses.lane[rows[0]])
    for r in rows:
        n = int(courses.periods[r])
        public_course(courses.keys[r], n, lane, *seats, slips, errors, signal, profile, course)
        tally(course, n, *sheet.tables, *(column[r] for column in sheet.columns))


def play_shown(
    match: Match,
    courses: Courses,
    rows: Counts,
    told: tuple[int, int],
    seats: tuple[Any, ...],
    common: tuple[Any, ...],
    sheet: Sheet,
) -> bool:
    """Play and count the courses of one pair in code that is shown a regime's labels.

    Parameters
    ----------
    match, courses, rows, common, sheet
        What is played, with what luck, and where it is counted.
    told : tuple of int
        The lane of seat 0, and the horizon as strategies see it.
    seats : tuple
        Each seat's function and first memory, then the payoffs as each seat sees them.

    Returns
    -------
    bool
        False if one returned something that is no action.
    """
    from coopgames.play.kernels import compiled_public_course, tally

    assert match.regime is not None  # nobody else reads labels
    f0, first0, f1, first1, payoffs, mirrored = seats
    slips, errors, profile, course = common
    regime = match.regime
    label = np.array([[shown.code for shown in regime.shown(seat)] for seat in range(2)])
    public = (regime.initial, regime.next.copy(), label, cumulative(regime.signal))
    for r in rows:
        n = int(courses.periods[r])
        if not compiled_public_course(
            courses.keys[r], n, *told, f0, first0.copy(), f1, first1.copy(), payoffs, mirrored,
            slips, errors, *public, profile, course,
        ):  # fmt: skip
            return False
        tally(course, n, *sheet.tables, *(column[r] for column in sheet.columns))
    return True
