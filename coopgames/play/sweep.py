"""Many pairs at once: arrays in, arrays out, for those who sweep through millions.

Where `sample` and `expect` say everything of a match, these functions say one thing of very many.
All are about pairs of automata with two actions, in roles: action 0 accommodates, and a profile is
numbered 2 · action of seat 0 + action of seat 1, so CC, CD, DC, DD. Work is shared by threads; how
many there are changes no result.

The rows of a result are the rows of ``pairs``, places in the field of who sits in seat 0 and in
seat 1; or, where no pairs are given, all with the first place not above the second, in the order
(0, 0), (0, 1), …, (1, 1), ….
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games import Game, accommodation
from coopgames.mistakes import Mistake
from coopgames.play.chain import expect
from coopgames.play.chance import stream_keys
from coopgames.play.flatten import pack, threshold
from coopgames.play.match import EXACT, Horizon, Match, Noise, Perception, _probabilities, both
from coopgames.strategies import Automaton, Strategy, memory_one

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

LONGEST = 2**31
"""Periods of an orbit at most."""

PIECE = 100_000
"""Rows in one piece of work, at most."""


def orbit_counts(
    field: Sequence[Automaton],
    periods: int,
    pairs: ArrayLike | None = None,
    *,
    workers: int | None = None,
) -> Counts:
    """Count the profiles that pairs of deterministic automata play.

    Play of two automata that draw no lots comes back to a joint state and then repeats itself, so
    that its length costs nothing.

    Parameters
    ----------
    field : sequence of Automaton
        Who is there; no state that can be reached may draw lots.
    periods : int
        How long, up to 2³¹.
    pairs : array_like of int, shape (N, 2), optional
        Who meets whom; all pairs by default.
    workers : int, optional
        Threads; as many as there are processors by default.

    Returns
    -------
    ndarray of int64, shape (N, 4)

    Raises
    ------
    Mistake
        If an automaton draws lots or has not two actions, or a pair too many joint states.

    Examples
    --------
    >>> from coopgames.strategies import memory_one
    >>> tit_for_tat, defector = memory_one(1, 1, 0, 1, 0), memory_one(0, 0, 0, 0, 0)
    >>> orbit_counts([tit_for_tat, defector], 1000)
    array([[1000,    0,    0,    0],
           [   0,    1,    0,  999],
           [   0,    0,    0, 1000]])
    """
    from coopgames.play.sweep_kernels import orbit_counts as kernel

    orbits = _Orbits(field, periods, pairs)
    out = np.empty((orbits.rows, 4), dtype=np.int64)

    def work(begin: int, end: int) -> None:
        seen, upto = np.zeros(orbits.cells, np.uint64), np.empty(orbits.cells + 1, np.uint64)
        kernel(begin, end, *orbits.start(begin), *orbits.tables, periods, seen, upto, out)

    _share(work, orbits.rows, workers)
    return out


def orbit_emergence(
    field: Sequence[Automaton],
    periods: int,
    holds: ArrayLike,
    L: int,
    m: int,
    pairs: ArrayLike | None = None,
    *,
    workers: int | None = None,
) -> NDArray[np.int32]:
    """Say when coordination emerges and breaks down between pairs of deterministic automata.

    It emerges in the first period in which it holds and in which it holds in at least m of the L
    periods that begin there; it breaks down in the first later one in which it does not hold, and
    holds in at most L − m of the L periods that begin there. Less than 4L periods are not measured.

    Parameters
    ----------
    field, periods, pairs, workers
        As for `orbit_counts`; fewer than 2³¹ periods.
    holds : array_like of bool, shape (4,)
        At which profiles coordination holds.
    L, m : int
        The window and how much of it.

    Returns
    -------
    ndarray of int32, shape (N, 2)
        Periods before coordination emerged, and before it broke down; −1 if never.

    Raises
    ------
    Mistake
        As for `orbit_counts`, or if m is not between 1 and L.
    """
    from coopgames.play.sweep_kernels import orbit_emergence as kernel

    table = np.asarray(holds, dtype=bool)
    if table.shape != (4,):
        raise Mistake(f"holds has shape {table.shape}; it says of each of 4 profiles whether")
    if not 1 <= m <= L:
        raise Mistake(f"coordination in {m} of {L} periods: m must lie between 1 and L")
    if periods == LONGEST:
        raise Mistake(f"{periods} periods are too many; periods are numbered below 2³¹ − 1")
    orbits = _Orbits(field, periods, pairs)
    if periods < 4 * L:
        return np.full((orbits.rows, 2), -1, dtype=np.int32)
    out = np.empty((orbits.rows, 2), dtype=np.int32)
    bits = np.uint64(table @ (1 << np.arange(4)))
    room = min(periods, 2 * orbits.cells + L) // 64 + 3

    def work(begin: int, end: int) -> None:
        seen, string = np.zeros(orbits.cells, np.uint64), np.empty(room, np.uint64)
        first = orbits.start(begin)
        kernel(begin, end, *first, *orbits.tables, periods, seen, string, bits, L, m, out)

    _share(work, orbits.rows, workers)
    return out


def luck(
    labels: Sequence[str], pairs: ArrayLike, repetition: ArrayLike, *, seed: int
) -> tuple[NDArray[np.uint64], Counts]:
    """Give the luck that `sample` gives to repetitions of matches.

    Parameters
    ----------
    labels : sequence of str
        The names that decide it, one for each of the field.
    pairs : array_like of int, shape (N, 2)
        Who meets whom.
    repetition : array_like of int, shape (N,) or ()
        Which repetition of the match.
    seed : int
        The experiment's seed.

    Returns
    -------
    keys : ndarray of uint64, shape (N,)
        The stream keys.
    lanes : ndarray of int64, shape (N,)
        Which half of each random word is seat 0's: 0, or 1 if its label comes after seat 1's.
    """
    order = {label: i for i, label in enumerate(sorted(set(labels)))}
    rank = np.array([order[label] for label in labels])
    seats = rank[_pairs(pairs, len(rank))]
    number = np.broadcast_to(np.asarray(repetition), len(seats))
    keys = stream_keys(seed, list(order), np.sort(seats, axis=1), number)
    return keys, (seats[:, 0] > seats[:, 1]).astype(np.int64)


def play_counts(
    field: Sequence[Automaton],
    pairs: ArrayLike,
    keys: ArrayLike,
    lanes: ArrayLike,
    periods: ArrayLike,
    *,
    noise: Noise = 0.0,
    perception: Perception = EXACT,
    workers: int | None = None,
) -> Counts:
    """Play courses between automata and count their profiles, and nothing else.

    They are the courses that `sample` plays, profile by profile.

    Parameters
    ----------
    field : sequence of Automaton
        Who is there.
    pairs : array_like of int, shape (N, 2)
        Who meets whom in each course.
    keys, lanes
        The luck of each course; see `luck`.
    periods : int or array_like of int, shape (N,)
        How long each course is.
    noise, perception
        As of a `Match`.
    workers : int, optional
        Threads; as many as there are processors by default.

    Returns
    -------
    ndarray of int64, shape (N, 4)

    Raises
    ------
    Mistake
        If an automaton has not two actions or far too many states, or a course no period.
    """
    from coopgames.play.sweep_kernels import play_counts as kernel

    _two_actions(field)
    for name, error in (("noise", noise), ("perception noise", perception.error)):
        _probabilities(name, error)
    seats = _pairs(pairs, len(field))
    N = len(seats)
    words = np.broadcast_to(np.asarray(keys, dtype=np.uint64), N)
    lane = np.broadcast_to(np.asarray(lanes, dtype=np.int64), N)
    length = np.broadcast_to(np.asarray(periods, dtype=np.int64), N)
    if N and length.min() < 1:
        raise Mistake(f"a course of {length.min()} periods cannot be played; at least 1 is needed")
    if not np.isin(lane, (0, 1)).all():
        raise Mistake("lanes are 0, or 1 where seat 0's label comes after seat 1's")
    starts, cuts, following = pack(field) if field else _nobody()
    given = tuple(
        np.array(x, order="C")  # kernels take arrays they may write to
        for x in (words, length, lane, starts[seats[:, 0]], starts[seats[:, 1]], cuts, following)
    )
    errors = np.append(threshold(np.array(both(perception.error))), np.uint64(perception.public))
    common = (*given, threshold(np.array(both(noise))), errors)
    out = np.zeros((N, 4), dtype=np.int64)
    # Courses of about the same length are played together.
    order = np.argsort(length, kind="stable") if N and np.ptp(length) else np.arange(N)

    def work(begin: int, end: int) -> None:
        if not kernel(order[begin:end], *common, out):
            raise Mistake("an automaton with more than 32,767 states is too large to be swept")

    _share(work, N, workers)
    return out


def memory_one_payoffs(
    p: ArrayLike,
    q: ArrayLike,
    game: Game,
    *,
    noise: Noise = 0.0,
    workers: int | None = None,
) -> Floats:
    """Solve pairs of memory-one strategies for their payoffs per period in the long run.

    Parameters
    ----------
    p, q : array_like, shape (N, 4) or (N, 5)
        Probability of accommodating after CC, CD, DC, DD, own action first, of seat 0's and seat
        1's strategy; with five columns, the first is that of the first period. A single row stands
        for N of them.
    game : Game
        What they play: two actors, two actions each.
    noise : float or tuple of float
        Implementation noise, as of a `Match`.
    workers : int, optional
        Threads; as many as there are processors by default.

    Returns
    -------
    ndarray, shape (N, 2)
        Seat by seat.

    Raises
    ------
    Mistake
        If a value is no probability, or where a pair settles depends on the first period and the
        probabilities of that are not given.

    Examples
    --------
    Win-stay lose-shift against itself, 5% of actions going wrong:

    >>> from coopgames.games import two_by_two
    >>> game = two_by_two("pd", R=3, S=0, T=5, P=1)
    >>> memory_one_payoffs([1, 0, 0, 1], [1, 0, 0, 1], game, noise=0.05).round(4)
    array([[2.7765, 2.7765]])
    """
    from coopgames.play.sweep_kernels import memory_one_payoffs as kernel

    roles = accommodation(game) if game.shape == (2, 2) else None
    if roles is None:
        raise Mistake(f"game {game.name!r} has not two actors with an accommodating action each")
    _probabilities("noise", noise)
    rows = [_reactions(name, table) for name, table in (("p", p), ("q", q))]
    try:
        N = np.broadcast_shapes(*((len(table),) for table in rows))[0]
    except ValueError:
        raise Mistake(f"p has {len(rows[0])} rows and q {len(rows[1])}") from None
    # Kernels take arrays they may write to.
    after = [
        np.require(
            table[:, -4:] if len(table) == N else np.tile(table[:, -4:], (N, 1)), None, ["C", "W"]
        )
        for table in rows
    ]
    payoffs = np.ascontiguousarray(game.payoffs[np.ix_(range(2), *roles)].reshape(2, 4))
    out = np.empty((N, 2))

    def work(begin: int, end: int) -> None:
        kernel(begin, end, *after, np.array(both(noise), dtype=float), payoffs, out)

    _share(work, N, workers)
    for n in np.flatnonzero(np.isnan(out[:, 0])):
        if any(table.shape[1] == 4 for table in rows):
            raise Mistake(
                f"pair {n}: where play settles depends on the first period; give both strategies "
                "five columns, the probability in the first period first"
            )
        one, other = (Strategy("s", memory_one(*table[n % len(table)])) for table in rows)
        out[n] = expect(Match(game, (one, other), Horizon(), noise)).means
    return out


def _reactions(name: str, table: ArrayLike) -> Floats:
    rows = np.atleast_2d(np.asarray(table, dtype=np.float64))
    if rows.ndim != 2 or rows.shape[1] not in (4, 5):
        raise Mistake(f"{name} of shape {rows.shape} has not four or five columns")
    if len(rows) and rows.min() >= 0 and rows.max() <= 1:
        return rows
    for n, column in np.argwhere(~((rows >= 0) & (rows <= 1))):
        raise Mistake(
            f"{name}: row {n}, column {column} is {rows[n, column]:g}, which is not between 0 and 1"
        )
    return rows


class _Orbits:
    """Deterministic automata as the kernels read them, and the rows to work on."""

    def __init__(self, field: Sequence[Automaton], periods: int, pairs: ArrayLike | None) -> None:
        if not 1 <= periods <= LONGEST:
            raise Mistake(f"{periods} periods cannot be closed up; from 1 to 2³¹ can")
        _two_actions(field)
        for n, a in enumerate(field):
            # A look at all states is cheaper than at those that can be reached.
            if not ((a.mix == 0) | (a.mix == 1)).all() and not a.deterministic:
                raise Mistake(
                    f"automaton {n} draws lots, so its play does not close up; `play_counts` "
                    "samples it"
                )
        n = len(field)
        self._firsts = np.arange(n) * n - np.arange(n) * (np.arange(n) - 1) // 2
        self._pairs = np.empty((0, 2), np.int64) if pairs is None else _pairs(pairs, n)
        self._everyone = pairs is None
        states = np.array([len(a.mix) for a in field], dtype=np.int64)
        if pairs is None:
            self.rows = n * (n + 1) // 2
            self.cells = int(states.max(initial=1)) ** 2
        else:
            self.rows = len(self._pairs)
            self.cells = int(states[self._pairs].prod(axis=1).max(initial=1))
        self.tables = _flat(field, states)
        from coopgames.play.sweep_kernels import WIDEST

        if self.cells > WIDEST:
            raise Mistake(
                f"a pair with {self.cells:,} joint states is too large to be closed up; at most "
                f"{WIDEST:,} can be"
            )

    def start(self, row: int) -> tuple[bool, Counts, int, int]:
        """Say how to list the pairs from a row on."""
        if not self._everyone:
            return False, self._pairs, 0, 0
        i = int(np.searchsorted(self._firsts, row, side="right")) - 1
        return True, self._pairs, i, i + row - int(self._firsts[i]) - 1


def _flat(field: Sequence[Automaton], states: Counts) -> tuple[NDArray[np.uint32], ...]:
    base = np.cumsum(2 * states) - 2 * states
    start, leads = [], []
    for a in field:
        action = (a.mix[:, 0] == 0).astype(np.int64)
        to = a.next[np.arange(len(action)), action]  # by the other's action
        leads.append((2 * to + action[to]).ravel())
        start.append(2 * a.initial + action[a.initial])
    joined = np.concatenate(leads) if leads else np.empty(0)
    return tuple(np.array(x, dtype=np.uint32) for x in (base, states, start, joined))


def _nobody() -> tuple[Any, Any, Any]:
    return np.empty(0, np.int64), np.empty((0, 1), np.uint64), np.empty((0, 2, 2), np.int64)


def _two_actions(field: Sequence[Automaton]) -> None:
    for n, a in enumerate(field):
        if a.next.shape[1:] != (2, 2):
            raise Mistake(
                f"automaton {n} has {a.k} actions and observes {a.next.shape[2]}; sweeps are of "
                "automata with two"
            )


def _pairs(pairs: ArrayLike, n: int) -> Counts:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    if len(table) and not (table.min() >= 0 and table.max() < n):
        raise Mistake(f"pairs name places in a field of {n}, from 0 to {n - 1}")
    return table


def _share(work: Callable[[int, int], None], rows: int, workers: int | None) -> None:
    """Let threads work on pieces of the rows."""
    threads = workers or os.cpu_count() or 1
    size = max(1, min(PIECE, -(-rows // threads)))
    pieces = [(at, min(at + size, rows)) for at in range(0, rows, size)]
    if threads == 1 or len(pieces) < 2:
        for begin, end in pieces:
            work(begin, end)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(lambda piece: work(*piece), pieces):
            pass
