"""Many matches at once, a period at a time, where some of the players are elsewhere.

A player elsewhere (`coopgames.strategies.Apart`) is asked once a period for the actions of all its
seats, so that a hundred processes that play thousands of matches with one another exchange a
message a period each. Everybody plays what the other loops would have played, from the same
addresses of chance: the intended action comes from the seat's half of the period's word, slips and
signals from theirs. A player that falls out takes its matches along, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play.chance import ACTION, GOLDEN, SIGHT, SLIP, Words
from coopgames.play.flatten import pack, threshold
from coopgames.play.match import both
from coopgames.play.python import Mover, View, chance_keys, half_of, mover_of, words_of
from coopgames.play.sample import Courses, Field, draw, profiles
from coopgames.play.tally import Counting, Sheet, Tally, block_width
from coopgames.strategies import Apart, Automaton, History, mix

Actions = NDArray[np.uint8]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Asked:
    """What a player elsewhere is told in a period, a place for each of its seats that still play.

    Parameters
    ----------
    seats : ndarray of int64, shape (n,)
        Which of its seats, as numbered when they were opened.
    mine, theirs : ndarray of uint8, shape (n,)
        The action each took in the period before, and what it saw of the other's; nothing before
        the first.
    keys : ndarray of uint64, shape (n,)
        Each one's luck in this period.
    """

    seats: Ints
    mine: Actions
    theirs: Actions
    keys: Words


@dataclass(frozen=True, eq=False)
class Seats:
    """The seats of a player elsewhere, numbered from 0.

    Parameters
    ----------
    where : ndarray of uint8, shape (n,)
        In which seat of the game each is, 0 or 1.
    against : ndarray of int64, shape (n,)
        Whom it meets there: a place in the field. No business of the player's.
    repetition : ndarray of int64, shape (n,)
        Which repetition of the match it is.
    """

    where: Actions
    against: Ints
    repetition: Ints


class Elsewhere(Protocol):
    """Where players are that are not here; they go by their places in the field."""

    def open(self, seats: Mapping[int, Seats]) -> None:
        """Take seats."""

    def act(self, period: int, asked: Mapping[int, Asked]) -> Mapping[int, Actions]:
        """Ask for actions, in role order; a player that is not among the answers is out."""


@dataclass(frozen=True, eq=False)
class Played:
    """What was played to its end.

    Parameters
    ----------
    tally : Tally
        What was counted, rows only of matches that nobody fell out of.
    courses : ndarray of uint16, shape (R, T)
        The course of each row: profiles, numbered in the C order of the game's payoff table.
    out : frozenset of int
        Who fell out.
    """

    tally: Tally
    courses: NDArray[np.uint16]
    out: frozenset[int]


def lockstep(
    field: Field,
    pairs: Sequence[tuple[int, int]],
    counting: Counting,
    *,
    seed: int,
    repetitions: range,
    elsewhere: Elsewhere,
) -> Played:
    """Play matches period by period.

    Parameters
    ----------
    field : Field
        Who is there; a player whose rule is `Apart` is elsewhere.
    pairs : sequence of (int, int)
        Who sits in seat 0 and in seat 1 of each match.
    counting : Counting
        What is counted.
    seed : int
        The experiment's seed.
    repetitions : range
        Which repetitions.
    elsewhere : Elsewhere
        Whom to ask.

    Raises
    ------
    Mistake
        If a player that is here makes one, or reads a regime: matches in lockstep have none.
    """
    shown = field.regime is not None
    reading = [s.name for s in field.strategies if s.needs_regime or (shown and s.reads_regime)]
    if reading:
        raise Mistake(
            f"{', '.join(reading)}: matches in lockstep have no regime that could be read"
        )
    courses = draw(field, np.array(pairs, dtype=np.int64).reshape(-1, 2), seed, repetitions)
    table = _Table(field, courses)
    table.play(elsewhere)
    return table.counted(counting)


class _Table:
    """The matches as they are played; arrays with a row for each seat and a column a course."""

    def __init__(self, field: Field, courses: Courses) -> None:
        self.field, self.courses = field, courses
        self.who = np.stack([courses.first, courses.second])
        self.lane = np.stack([courses.lane, 1 - courses.lane])
        n, longest = len(courses.keys), int(courses.periods.max(initial=0))
        self.played = np.zeros((2, n, longest), np.uint8)
        self.done, self.seen = np.zeros((2, n), np.uint8), np.zeros((2, n), np.uint8)
        self.fell = np.zeros(n, bool)
        self.out: set[int] = set()
        self.away = _seats(field, self.who, courses.keys)
        self.rows = tuple(
            np.concatenate(x)
            for x in zip(
                *((np.full(len(s), p), np.arange(len(s)), s, c) for p, (s, c) in self.away.items()),
                strict=True,
            )
        )
        self.tables = _Tables(field, self.who)
        self.others = self._movers()

    def play(self, elsewhere: Elsewhere) -> None:
        repetition = self.courses.repetition
        elsewhere.open({
            player: Seats(s.astype(np.uint8), self.who[1 - s, c], repetition[c])
            for player, (s, c) in self.away.items()
        })  # fmt: skip
        keys, shape = self.courses.keys, self.field.game.shape
        acting, slips, sights = (_base(keys, purpose) for purpose in (ACTION, SLIP, SIGHT))
        noise, error = both(self.field.noise), both(self.field.perception.error)
        public = self.field.perception.public
        intended = np.zeros_like(self.done)
        for t in range(self.played.shape[2]):
            on = ~self.fell & (self.courses.periods > t)
            if not on.any():
                break
            words = _word(acting, t)
            halves = _halves(words, self.lane)
            if t:
                self.tables.step(self.done, self.seen)
            self.tables.act(halves, intended)
            for (s, c), (mover, (mine, theirs)) in self.others.items():
                if on[c]:
                    if t:
                        list.append(mine, int(self.done[s, c]))
                        list.append(theirs, int(self.seen[s, c]))
                    intended[s, c] = mover(t)
            self._ask(elsewhere, t, on, words, halves, intended)
            self.done = _erring(intended, noise, slips, t, self.lane, shape)
            self.played[:, :, t] = self.done
            # In private an error is the observer's, in public that of the actor who is reported.
            other = self.done[::-1]
            if not any(error):
                self.seen = other
            elif public:
                told = _erring(self.done, error, sights, t, self.lane, shape)
                self.done, self.seen = told, told[::-1]
            else:
                self.seen = _erring(other, error, sights, t, self.lane, shape[::-1])

    def _ask(
        self,
        elsewhere: Elsewhere,
        t: int,
        on: NDArray[np.bool_],
        words: Words,
        halves: Words,
        intended: Actions,
    ) -> None:
        """Ask all who are elsewhere, and let those go who do not answer."""
        # All their seats at once, one player's after the other's, then a slice for each.
        player, number, s, c = self.rows
        still = on[c]
        if not still.all():
            player, number, s, c = player[still], number[still], s[still], c[still]
        keys = chance_keys(halves[s, c], words[c], self.lane[s, c].astype(np.uint64))
        done, seen = self.done[s, c], self.seen[s, c]
        first = np.flatnonzero(np.diff(player, prepend=-1))
        slices = {
            int(player[a]): slice(a, b)
            for a, b in zip(first, [*first[1:], len(player)], strict=True)
        }
        asked = {p: Asked(number[x], done[x], seen[x], keys[x]) for p, x in slices.items()}
        answers = elsewhere.act(t, asked)
        for p, x in slices.items():
            if p in answers:
                intended[s[x], c[x]] = answers[p]
            else:
                self.out.add(p)
                self.fell[self.away[p][1]] = True

    def _movers(self) -> dict[tuple[int, int], tuple[Mover, View]]:
        """Make the movers of seats whose strategies are here and no tables, one by one."""
        found: dict[tuple[int, int], tuple[Mover, View]] = {}
        rules = [s.rule for s in self.field.strategies]
        here = np.array([not isinstance(r, Apart | Automaton) for r in rules])
        for s, c in zip(*np.nonzero(here[self.who]), strict=True):
            match = self.field.match(int(self.who[0, c]), int(self.who[1, c]))
            words = words_of(self.courses.keys[c], ACTION, int(self.courses.periods[c]))
            lane, view = int(self.lane[s, c]), (History(), History())
            mover = mover_of(match, int(s), half_of(words, lane), words, lane, view, view[1], [0])
            found[int(s), int(c)] = mover, view
        return found

    def counted(self, counting: Counting) -> Played:
        from coopgames.play.kernels import tally

        rows = np.flatnonzero(~self.fell)
        x = self.courses
        sheet = Sheet.blank(len(rows), counting, block_width(self.field.horizon))
        first = self.field.match(int(self.who[0, 0]), int(self.who[1, 0]))
        profile = profiles(first)
        courses = np.ascontiguousarray(profile[self.played[0][rows], self.played[1][rows]])
        for i, r in enumerate(rows):
            columns = (column[i] for column in sheet.columns)
            tally(courses[i], int(x.periods[r]), *sheet.tables, *columns)
        kept = sheet.tally(x.match[rows], x.repetition[rows], x.times[rows], x.periods[rows])
        return Played(kept, courses, frozenset(self.out))


class _Tables:
    """The seats that automata sit in, moved all together."""

    def __init__(self, field: Field, who: Ints) -> None:
        rules = [s.rule if isinstance(s.rule, Automaton) else None for s in field.strategies]
        self.seats: tuple[Any, ...] = np.nonzero(np.array([r is not None for r in rules])[who])
        if len(self.seats[0]):
            starts, self.cuts, self.next = pack(rules)
            self.state = starts[who[self.seats]]

    def act(self, halves: Words, intended: Actions) -> None:
        if len(self.seats[0]):
            # Cuts are cumulative: the action's number is how many of them the bits have passed.
            intended[self.seats] = (halves[self.seats][:, None] >= self.cuts[self.state]).sum(
                axis=1
            )

    def step(self, mine: Actions, theirs: Actions) -> None:
        if len(self.seats[0]):
            self.state = self.next[self.state, mine[self.seats], theirs[self.seats]]


def _seats(field: Field, who: Ints, keys: Words) -> dict[int, tuple[Ints, Ints]]:
    """List the seats of each player elsewhere, in an order that says nothing of the others."""
    mixed = mix(keys)
    found = {}
    for player, strategy in enumerate(field.strategies):
        s, c = np.nonzero(who == player)
        if isinstance(strategy.rule, Apart) and len(s):
            order = np.lexsort((s, mixed[c]))
            found[player] = s[order], c[order]
    return found


def _base(keys: Words, purpose: np.uint64) -> Words:
    return np.asarray(mix(keys ^ mix(np.array([purpose]) * GOLDEN)))


def _word(base: Words, t: int) -> Words:
    """Give the word of a period of each course, as `kernels._word` does."""
    return np.asarray(mix(base + GOLDEN * np.array([t + 1], dtype=np.uint64)))


def _halves(words: Words, lane: Ints) -> Words:
    """Give each seat's half of the words."""
    return np.where(lane == 0, words >> np.uint64(32), words & np.uint64(0xFFFFFFFF))


def _erring(
    actions: Actions,
    errors: tuple[float, ...],
    base: Words,
    t: int,
    lane: Ints,
    shape: tuple[int, ...],
) -> Actions:
    """Turn actions into ones that may differ, a row a seat, as `kernels._realised` does."""
    if not any(errors):
        return actions.copy()
    halves = _halves(_word(base, t), lane)
    turned = actions.copy()
    for s, error in enumerate(errors):
        cut, k = threshold(error), np.uint64(shape[s])
        err = halves[s] < cut
        step = np.uint64(1) + halves[s][err] * (k - np.uint64(1)) // max(cut, np.uint64(1))
        turned[s][err] = (actions[s][err].astype(np.uint64) + step) % k
    return turned
