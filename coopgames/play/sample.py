"""Play matches and count what happened.

Many matches under the same conditions are played in one go: automata by a single loop over packed
tables, compiled strategies pair by pair, Python strategies course by course. `sample` is the case
of one match.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, by_choice, two_by_two
from coopgames.mistakes import Mistake
from coopgames.play.chance import lengths, stream_keys
from coopgames.play.flatten import as_memory, pack, threshold
from coopgames.play.match import (
    EXACT,
    Horizon,
    Match,
    Noise,
    Perception,
    both,
    conditions,
    noiseless,
    played,
    wide,
)
from coopgames.play.public import play_public, play_shown
from coopgames.play.tally import Counting, Counts, Sheet, Tally, block_width
from coopgames.regimes import PublicRegime
from coopgames.strategies import (
    Automaton,
    Compiled,
    Expecting,
    Guided,
    Python,
    Rule,
    Strategy,
)


@dataclass(frozen=True)
class Field:
    """Strategies that meet each other under common conditions.

    Parameters
    ----------
    game : Game
        What they play.
    strategies : tuple of Strategy
        Who is there.
    labels : tuple of str
        The names that decide each one's luck.
    horizon : Horizon
        How long.
    noise : float or tuple of float
        Implementation noise, by seat.
    perception : Perception
        How actions are seen.
    regime : PublicRegime, optional
        The public state that strategies may read.
    """

    game: Game
    strategies: tuple[Strategy, ...]
    labels: tuple[str, ...]
    horizon: Horizon
    noise: Noise = 0.0
    perception: Perception = EXACT
    regime: PublicRegime | None = None

    def match(self, first: int, second: int) -> Match:
        """Put two of them into the seats of the game."""
        pair = (self.strategies[first], self.strategies[second])
        labels = (self.labels[first], self.labels[second])
        return Match(
            self.game, pair, self.horizon, self.noise, labels, self.perception, self.regime
        )


LONGEST = 10**8
"""So many periods of a match are played at most: a course is kept in memory while it is counted."""

_TRIVIAL = two_by_two("one period", R=1, S=0, T=1, P=0)


def prepare(strategies: Iterable[Strategy]) -> None:
    """Load or compile all that playing these strategies needs, once and in one thread."""
    from coopgames.play import kernels

    small: dict[type[Rule], Strategy] = {}
    for s in strategies:
        if isinstance(s.rule, Compiled):
            kernels.compiled_strategy(s.rule.function)
        if s.reads_regime:  # there is no one period of play without a regime
            continue
        if not isinstance(s.rule, Automaton) or s.rule.next.shape[1:] == (2, 2):
            small.setdefault(type(s.rule), s)
    # A loop is compiled when it is first called: for each kind of strategy, one period of play.
    for s in small.values():
        if not isinstance(s.rule, Python):
            course(Match(_TRIVIAL, (s, s), Horizon(1)), seed=0)


def deterministic(match: Match) -> bool:
    """Whether every repetition of a match is the same course."""
    return (
        match.certain
        and match.horizon.periods is not None
        and not any(s.stochastic for s in match.strategies)
    )


def sample(match: Match, counting: Counting, *, seed: int, repetitions: range) -> Tally:
    """Play repetitions of a match and count what happened in each.

    A match in which nothing is left to chance is played once and stands for all repetitions.

    Parameters
    ----------
    match : Match
        What is played; the horizon may not be infinite.
    counting : Counting
        What is counted.
    seed : int
        The experiment's seed.
    repetitions : range
        Which repetitions.

    Raises
    ------
    Mistake
        If the horizon is infinite, or a strategy returns something that is no action.
    """
    return sample_field(_alone(match), [(0, 1)], counting, seed=seed, repetitions=repetitions)


def _alone(match: Match) -> Field:
    return Field(
        match.game, match.strategies, match.seat_labels, match.horizon, match.noise,
        match.perception, match.regime,
    )  # fmt: skip


def sample_field(
    field: Field,
    pairs: Sequence[tuple[int, int]],
    counting: Counting,
    *,
    seed: int,
    repetitions: range,
    width: int | None = None,
) -> Tally:
    """Play repetitions of many matches and count what happened in each.

    Parameters
    ----------
    field : Field
        Who is there, and the conditions.
    pairs : sequence of (int, int)
        The matches: who of the field sits in seat 0 and in seat 1.
    counting, seed, repetitions
        As for `sample`.
    width : int, optional
        Length of the blocks in which the course over time is kept; as `block_width` has it by
        default.
    """
    courses = draw(field, np.array(pairs, dtype=np.int64).reshape(-1, 2), seed, repetitions)
    sheet = Sheet.blank(len(courses.keys), counting, width or block_width(field.horizon))
    _play(field, courses, sheet)
    return sheet.tally(courses.match, courses.repetition, courses.times, courses.periods)


def course(match: Match, *, seed: int, repetition: int = 0) -> NDArray[np.uint16]:
    """Play one repetition of a match and return its course.

    Returns
    -------
    ndarray of uint16, shape (periods,)
        The profile of each period, numbered in the C order of the game's payoff table.
    """
    P = int(np.prod(match.game.shape))
    none = np.zeros((2, P), np.uint8)
    nothing = Counting(np.zeros((P + 1, P), np.uint8), none, none[0], none, L=1, m=1, w=1)
    courses = draw(_alone(match), np.array([[0, 1]]), seed, range(repetition, repetition + 1))
    return _play(_alone(match), courses, Sheet.blank(1, nothing, 1), whole=True)


def count(played: NDArray[np.integer[Any]], counting: Counting) -> Tally:
    """Count one course.

    Parameters
    ----------
    played : ndarray of int, shape (periods,)
        The profile of each period, numbered in the C order of the game's payoff table.
    counting : Counting
        What to count.
    """
    from coopgames.play.kernels import tally

    sheet = Sheet.blank(1, counting, block_width(Horizon(len(played))))
    tally(
        np.ascontiguousarray(played, dtype=np.uint16), len(played), *sheet.tables,
        *(column[0] for column in sheet.columns),
    )  # fmt: skip
    one = np.array([1])
    return sheet.tally(one - 1, one - 1, one, np.array([len(played)]))


def count_courses(played: NDArray[np.integer[Any]], periods: Counts, counting: Counting) -> Tally:
    """Count courses that stand one after the other.

    Parameters
    ----------
    played : ndarray of int, shape (sum of periods,)
        The profile of each period, numbered in the C order of the game's payoff table.
    periods : ndarray of int, shape (R,)
        The length of each course.
    counting : Counting
        What to count.
    """
    from coopgames.play.kernels import tally_courses

    R, longest = len(periods), int(periods.max(initial=1))
    sheet = Sheet.blank(R, counting, block_width(Horizon(longest)))
    begin = np.cumsum(periods) - periods
    tally_courses(
        np.ascontiguousarray(played, dtype=np.uint16), begin, periods.astype(np.int64),
        *sheet.tables, *sheet.columns,
    )  # fmt: skip
    zeros = np.zeros(R, dtype=np.int64)
    return sheet.tally(np.arange(R), zeros, zeros + 1, periods)


@dataclass(frozen=True, eq=False)
class Courses:
    """The courses to play, a row each."""

    match: Counts
    repetition: Counts
    times: Counts
    first: Counts
    second: Counts
    keys: NDArray[np.uint64]
    lane: Counts
    periods: Counts


def draw(field: Field, pairs: Counts, seed: int, repetitions: range) -> Courses:
    """List the courses, with the luck and the length of each."""
    horizon = field.horizon
    if horizon.infinite:
        raise Mistake("play without end cannot be sampled, only solved; give a number of periods")
    certain = np.array([not s.stochastic for s in field.strategies])
    same = certain[pairs].all(axis=1) & _certain(field, pairs) & (horizon.periods is not None)
    rows = np.where(same, 1, len(repetitions))
    match = np.repeat(np.arange(len(pairs)), rows)
    begin = np.cumsum(rows) - rows
    repetition = repetitions.start + np.arange(len(match)) - begin[match]
    order = {label: i for i, label in enumerate(sorted(set(field.labels)))}
    rank = np.array([order[label] for label in field.labels])
    seats = pairs[match]
    lane = (rank[seats[:, 0]] > rank[seats[:, 1]]).astype(np.int64)
    keys = stream_keys(seed, list(order), np.sort(rank[seats], axis=1), repetition)
    if horizon.continuation is not None:
        periods = lengths(keys, horizon.continuation)
    else:
        periods = np.full(len(keys), horizon.periods, dtype=np.int64)
    times = np.where(same, len(repetitions), 1)[match]
    longest = int(periods.max(initial=0))
    if longest > LONGEST:
        raise Mistake(
            f"a match of {longest:,} periods is too long to be played; up to {LONGEST:,} are "
            "(payoffs of automata can be solved at any length)"
        )
    return Courses(match, repetition, times, seats[:, 0], seats[:, 1], keys, lane, periods)


def _certain(field: Field, pairs: Counts) -> NDArray[np.bool_]:
    """Say of each pair whether nothing is left to chance but what its strategies leave to it."""
    reading = np.array([s.reads_regime for s in field.strategies])[pairs].any(axis=1)
    erring = reading & (field.regime is not None and field.regime.errs)
    return np.asarray(~erring & noiseless(field.noise, field.perception))


def _guided(field: Field) -> NDArray[np.bool_]:
    """Say who is an automaton that reads what the regime shows."""
    return np.array([isinstance(s.rule, Guided | Expecting) for s in field.strategies])


def _play(
    field: Field, courses: Courses, sheet: Sheet, *, whole: bool = False
) -> NDArray[np.uint16]:
    """Play and count the courses; return the last one, which is complete if `whole`."""
    rules = [s.rule for s in field.strategies]
    if not len(courses.keys):
        return np.empty(0, dtype=np.uint16)
    one = field.match(int(courses.first[0]), int(courses.second[0]))
    course = np.empty(int(courses.periods.max(initial=0)), dtype=np.uint16)
    profile = profiles(one)
    error = both(field.perception.error)
    errors = threshold(np.array(error)), np.array([field.perception.public], dtype=np.uint64)
    noise = threshold(np.array(both(field.noise))), np.concatenate(errors)
    table = np.array([isinstance(rule, Automaton | Guided | Expecting) for rule in rules])
    pairs = np.stack([courses.first, courses.second], axis=1)
    # Who reads a public signal that errs shares a draw with the other and is played by itself.
    guided = _guided(field)[pairs].any(axis=1)
    for i, j in np.unique(pairs[guided], axis=0):
        field.match(int(i), int(j))  # refuses whom the regime shows what it does not read
    apart = guided & wide(field.regime, field.perception)
    tables = table[pairs].all(axis=1) & ~apart
    # Between two of these, without noise, nothing is left to chance.
    certain = np.array([not s.stochastic for s in field.strategies])
    sure = certain[pairs].all(axis=1) & _certain(field, pairs) & (not whole)
    for closing, chosen in ((True, tables & sure), (False, tables & ~sure)):
        if chosen.any():
            common = (*noise, profile, course)
            _play_automata(field, courses, np.flatnonzero(chosen), closing, common, sheet)
    # The rest pair by pair; rows of a pair stand together.
    rest = np.flatnonzero(~tables)
    for rows in np.split(rest, np.flatnonzero(np.diff(courses.match[rest])) + 1):
        if not len(rows):
            continue
        match = field.match(int(courses.first[rows[0]]), int(courses.second[rows[0]]))
        if any(isinstance(rule, Python) for rule in match.rules):
            _play_python(match, courses, rows, profile, course, sheet)
        elif match.signals == 1:
            _play_compiled(match, courses, rows, (*noise, profile, course), sheet)
        elif all(isinstance(rule, Automaton) for rule in match.rules):
            play_public(match, courses, rows, (*noise, profile, course), sheet)
        else:  # an automaton that has to observe the signal, and code that cannot
            _play_python(match, courses, rows, profile, course, sheet)
    return course[: int(courses.periods[-1])]


def _play_automata(
    field: Field,
    courses: Courses,
    rows: Counts,
    certain: bool,
    common: tuple[Any, ...],
    sheet: Sheet,
) -> None:
    from coopgames.play.sweep_kernels import sample_automata

    seats, shape = [], field.game.shape
    for seat, who in enumerate((courses.first, courses.second)):
        sizes = shape if seat == 0 else shape[::-1]
        at = conditions(field.game, field.horizon, field.perception, field.regime, seat)
        here = set(who[rows].tolist())
        fitting = []
        for i, s in enumerate(field.strategies):
            # Who reads a regime may be unable to play in a seat that it is never put into.
            rule = s.rule if not isinstance(s.rule, Guided) or i in here else None
            rule = rule and played(rule, at, 1)
            fits = isinstance(rule, Automaton) and rule.next.shape[1:] == sizes
            fitting.append(rule if fits else None)
        starts, thresholds, following = _packed(tuple(fitting))
        seats += [starts[who], thresholds, following]
    sample_automata(
        rows, certain, courses.keys, courses.periods, courses.lane, *seats, *common,
        *sheet.tables, *sheet.columns,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _packed(automata: tuple[Automaton | None, ...]) -> tuple[Any, Any, Any]:
    return pack(automata)


def _play_compiled(
    match: Match, courses: Courses, rows: Counts, common: tuple[Any, ...], sheet: Sheet
) -> None:
    from coopgames.play.kernels import sample_compiled

    # As each seat's strategy sees them: own payoffs first, actions in role order.
    payoffs = by_choice(match.game).payoffs[np.ix_(range(2), *match.roles)]
    mirrored = np.ascontiguousarray(payoffs[::-1].transpose(0, 2, 1))
    horizon = match.horizon.periods if match.horizon.known else None
    a, b = match.rules
    lane, length = int(courses.lane[rows[0]]), -1 if horizon is None else horizon
    seats = (*_function(a), *_function(b), np.ascontiguousarray(payoffs), mirrored)
    if match.regime is not None and match.reads_regime:
        played = play_shown(match, courses, rows, (lane, length), seats, common, sheet)
    else:
        played = sample_compiled(
            rows, courses.keys, courses.periods, lane, length, *seats, *common,
            *sheet.tables, *sheet.columns,
        )  # fmt: skip
    if not played:
        names = " or ".join(s.name for s in match.strategies)
        raise Mistake(f"{names} returned something that is no action of {match.game.name}")


def _play_python(
    match: Match,
    courses: Courses,
    rows: Counts,
    profile: NDArray[np.uint16],
    course: NDArray[np.uint16],
    sheet: Sheet,
) -> None:
    from coopgames.play.kernels import tally
    from coopgames.play.python import python_course

    for r in rows:
        periods = int(courses.periods[r])
        course[:periods] = python_course(match, courses.keys[r], periods, profile)
        tally(course, periods, *sheet.tables, *(column[r] for column in sheet.columns))


def profiles(match: Match) -> NDArray[np.uint16]:
    """Give the number of the game's profile for each pair of actions in role order."""
    numbers = np.arange(np.prod(match.game.shape), dtype=np.uint16).reshape(match.game.shape)
    return np.ascontiguousarray(numbers[np.ix_(*match.roles)])


def _function(rule: Rule) -> tuple[Any, NDArray[np.float64]]:
    """Give a rule's compiled function and its first memory."""
    from coopgames.play import kernels

    if isinstance(rule, Automaton):
        return kernels.follow, as_memory(rule)
    assert isinstance(rule, Compiled)  # Python strategies are played by `python_course`
    # An empty array has no address to pass on, hence at least one cell.
    return kernels.compiled_strategy(rule.function), np.array(rule.memory or (0.0,), dtype=float)
