"""Play in which at least one seat is a Python strategy: an ordinary loop.

It draws the same random words as the compiled loops and so plays the same course: an automaton,
a compiled function and a Python function that decide alike cannot be told apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol, SupportsIndex, TypeVar

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, accommodation, by_choice
from coopgames.mistakes import Mistake
from coopgames.play.chance import ACTION, GOLDEN, PUBLIC, SIGHT, SLIP, lanes
from coopgames.play.flatten import cumulative, flatten, threshold
from coopgames.play.match import Match, both, noiseless
from coopgames.strategies import (
    Automaton,
    Compiled,
    Expecting,
    Guided,
    History,
    Python,
    Seen,
    Strategy,
    describe,
    mix,
)

View = tuple[History, History]
"""What a seat has seen: its own actions and the other's."""

Mover = Callable[[int], int]
"""What a seat does in a period, given the number of periods already played."""

T_co = TypeVar("T_co", covariant=True)


class Drawn(Protocol[T_co]):
    """What was drawn for each period."""

    def __getitem__(self, period: SupportsIndex, /) -> T_co:
        """Give what belongs to a period."""


_GOLDEN, _WORD = int(GOLDEN), (1 << 64) - 1

UNSHOWN = "asks for label, which only a regime shows, and there is none here"
"""What is said to a strategy of a class, or in a process of its own, that reads a regime."""


class Fault(Mistake):
    """What a Python strategy did wrong in a period of a match.

    Parameters
    ----------
    place : str
        Its file, or its name.
    period : int
        Numbered from 1.
    other : str
        Against whom.
    what : str
        A verb and more: ``returned 2, which is no action``.

    Its `course` is what was played before, as profile numbers.
    """

    course: NDArray[np.uint16] = np.empty(0, dtype=np.uint16)

    def __init__(self, place: str, period: int, other: str, what: str) -> None:
        super().__init__(f"{place}: in period {period} against {other} {what}")
        self.place, self.period, self.other, self.what = place, period, other, what

    def __reduce__(self) -> tuple[Any, ...]:
        # Else it is made anew in another process from its message alone.
        return Fault, (self.place, self.period, self.other, self.what), {"course": self.course}


def mixed(z: int) -> int:
    """Do what `mix` does with Python's own integers, which are faster one by one."""
    z &= _WORD
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _WORD
    return z ^ (z >> 31)


class Chance:
    """A Python strategy's luck: numbers addressed by match, seat and period."""

    __slots__ = ("_drawn", "_key", "_keys", "_period")

    def __init__(self, keys: Drawn[int]) -> None:
        self._keys, self._period, self._drawn, self._key = keys, -1, 0, 0

    def _turn(self, period: int) -> None:
        self._period, self._drawn = period, 0

    def random(self) -> float:
        """Draw a number uniform in [0, 1)."""
        i = self._drawn
        self._drawn = i + 1
        key = self._keys[self._period]
        if i == 0:
            return (key >> 32) * 2.0**-32
        return (mixed(key + i * _GOLDEN) >> 11) * 2.0**-53

    def integer(self, low: int, high: int) -> int:
        """Draw an integer from `low` to `high`, both included, each equally likely."""
        return low + int(self.random() * (high - low + 1))

    def choice(self, items: Any) -> Any:
        """Draw one of the items, each equally likely."""
        return items[self.integer(0, len(items) - 1)]


def python_course(
    match: Match, key: np.uint64, periods: int, profile: NDArray[np.uint16]
) -> NDArray[np.uint16]:
    """Play one course.

    Parameters
    ----------
    match : Match
        What is played.
    key : uint64
        The repetition's stream key.
    periods : int
        How long.
    profile : ndarray of uint16, shape (k_0, k_1)
        Number of the game's profile for each pair of actions in role order.

    Returns
    -------
    ndarray of uint16, shape (periods,)

    Raises
    ------
    Fault
        If a strategy raises something or returns what is no action; with what was played before.
    """
    first, second = History(), History()
    try:
        _play(match, key, periods, first, second)
    except Fault as fault:
        n = len(second)  # a period counts once both have decided
        fault.course = np.ascontiguousarray(profile[first[:n], second])
        raise
    return np.ascontiguousarray(profile[first, second])


def _play(match: Match, key: np.uint64, periods: int, first: History, second: History) -> None:
    """Play one course and add to what both have done."""
    add = list.append  # what strategies may not
    order, Y = lanes(match.seat_labels), match.signals
    exact = noiseless(match.noise, match.perception) and not match.reads_regime
    # Where nothing errs, what one has seen of the other is what the other did.
    views: tuple[View, View] = ((first, second), (second, first))
    if not exact:
        views = (History(), History()), (History(), History())
    words = words_of(key, ACTION, periods)
    # An automaton observes the public signal too, where there is one to observe.
    sights = tuple(view[1] if Y == 1 else list[int]() for view in views)
    # The public states so far; the last is what the seats are shown.
    states = [0 if match.regime is None else match.regime.initial]
    movers = [
        mover_of(match, seat, half_of(words, lane), words, lane, views[seat], sights[seat], states)
        for seat, lane in enumerate(order)
    ]
    move0, move1 = movers
    if exact:
        for t in range(periods):
            a, b = move0(t), move1(t)
            add(first, a)
            add(second, b)
        return
    realise = erring(key, SLIP, periods, order, both(match.noise), match.game.shape)
    errors = both(match.perception.error)
    public = match.perception.public
    # In private an error is the observer's, in public that of the actor who is reported.
    report = erring(key, SIGHT, periods, order if public else order[::-1],
                     errors if public else errors[::-1], match.game.shape)  # fmt: skip
    told = told_by(match, key, periods)
    (own0, other0), (own1, other1) = views
    for t in range(periods):
        a, b = realise(t, move0(t), move1(t))
        add(first, a)
        add(second, b)
        v, w = report(t, a, b)
        add(own0, v if public else a)
        add(other0, w)
        add(own1, w if public else b)
        add(other1, v)
        if match.reads_regime:
            y, after = told(t, states[-1], a, b)
            states.append(after)
            if Y > 1:
                add(sights[0], w * Y + y)
                add(sights[1], v * Y + y)


def told_by(
    match: Match, key: np.uint64, periods: int
) -> Callable[[int, int, int, int], tuple[int, int]]:
    """Make what draws a period's public signal and gives the next state, as the kernels do."""
    if match.regime is None or not match.reads_regime:
        return lambda *_: (0, 0)
    draws = half_of(words_of(key, PUBLIC, periods), 0).tolist()
    cuts, following = cumulative(match.regime.signal).tolist(), match.regime.next.tolist()

    def told(t: int, m: int, a: int, b: int) -> tuple[int, int]:
        y = bisect_right(cuts[a][b], draws[t])
        return y, following[m][y]

    return told


def words_of(key: np.uint64, purpose: np.uint64, periods: int) -> NDArray[np.uint64]:
    """All words of a purpose, as `kernels._word` makes them one by one."""
    base = mix(np.array([key]) ^ mix(np.array([purpose]) * GOLDEN))
    return np.asarray(mix(base + GOLDEN * np.arange(1, periods + 1, dtype=np.uint64)))


def half_of(words: NDArray[np.uint64], lane: int) -> NDArray[np.uint64]:
    """Give a seat's half of each word."""
    return words >> np.uint64(32) if lane == 0 else words & np.uint64(0xFFFFFFFF)


def erring(
    key: np.uint64,
    purpose: np.uint64,
    periods: int,
    order: tuple[int, ...],
    errors: tuple[float, ...],
    shape: tuple[int, ...],
) -> Callable[[int, int, int], tuple[int, int]]:
    """Make what turns a pair of actions into one that may differ, as `kernels._realised` does."""
    cuts = [int(threshold(error)) for error in errors]
    if not any(cuts):
        return lambda _, a, b: (a, b)
    words = words_of(key, purpose, periods)
    bits = [half_of(words, lane).tolist() for lane in order]

    def turned(t: int, seat: int, action: int) -> int:
        half, cut, k = bits[seat][t], cuts[seat], shape[seat]
        return action if half >= cut else (action + 1 + half * (k - 1) // cut) % k

    return lambda t, a, b: (turned(t, 0, a), turned(t, 1, b))


def mover_of(
    match: Match,
    seat: int,
    halves: NDArray[np.uint64],
    words: NDArray[np.uint64],
    lane: int,
    view: View,
    sight: list[int],
    states: list[int],
) -> Mover:
    """Make what moves a seat, with state of its own for this match."""
    strategy, rule = match.strategies[seat], match.rules[seat]
    mine, theirs = view
    assert not isinstance(rule, Guided | Expecting)  # in a match it is an automaton
    if isinstance(rule, Automaton):
        return automaton_mover(rule, halves.tolist(), mine, sight)
    horizon = match.horizon.periods if match.horizon.known else None
    labels = () if match.regime is None else match.regime.shown(seat)
    if isinstance(rule, Python):
        keys = chance_keys(halves, words, lane).tolist() if rule.stochastic else []
        shown = {
            "mine": mine, "theirs": theirs, "memory": {}, "chance": Chance(keys),
            "horizon": horizon, "payoffs": _shown(match.game, seat)[1],
            "label": lambda: labels[states[-1]],
        }  # fmt: skip
        names = action_names(match, seat)
        return python_mover(strategy, rule, shown, names, match.seat_labels[1 - seat])
    payoffs = _shown(match.game, seat)[0].copy()  # compiled code could write to it
    codes = [label.code for label in labels] if rule.reads_labels else None
    shown_label = None if codes is None else lambda: codes[states[-1]]
    keys_ = chance_keys(halves, words, lane)
    return compiled_mover(rule, keys_, payoffs, horizon, mine, theirs, shown_label)


def chance_keys(
    halves: NDArray[np.uint64], words: NDArray[np.uint64], lane: int | NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Make a seat's chance keys of all periods."""
    shifted = halves << np.uint64(32)
    return np.asarray(shifted | (mix(words + np.asarray(lane, dtype=np.uint64)) >> np.uint64(32)))


@lru_cache(maxsize=256)
def _shown(game: Game, seat: int) -> tuple[NDArray[np.float64], tuple[Any, ...]]:
    """Give the payoffs as a seat sees them, own first, in roles: as an array and as tuples."""
    roles = accommodation(game)
    assert roles is not None  # the match saw to it
    payoffs = by_choice(game).payoffs[np.ix_(range(2), *roles)]
    if seat == 1:
        payoffs = payoffs[::-1].transpose(0, 2, 1)
    return np.ascontiguousarray(payoffs), frozen(payoffs)


def shown_payoffs(match: Match, seat: int) -> tuple[Any, ...]:
    """Give the payoffs as a seat sees them, own first, in roles, as tuples."""
    return _shown(match.game, seat)[1]


def action_names(match: Match, seat: int) -> list[str]:
    """Give the names of a seat's actions in role order."""
    return [match.game.actions[seat][a] for a in match.roles[seat]]


def frozen(payoffs: NDArray[np.float64]) -> tuple[Any, ...]:
    """Put payoffs into tuples, which a strategy cannot write to."""
    return tuple(tuple(tuple(row) for row in table) for table in payoffs.tolist())


class Seat:
    """A Python strategy in a seat of a match, told period by period what happened.

    Parameters
    ----------
    strategy : Strategy
        Who sits there; its rule is `Python`.
    names : list of str
        What its actions are called, in role order.
    payoffs : tuple
        As `shown_payoffs` gives them.
    horizon : int or None
        The number of periods, where it is known.
    other : str
        Against whom, for messages.

    Raises
    ------
    Fault
        If it cannot be made.
    Mistake
        If it reads what a regime shows; seats that are told period by period know none.
    """

    __slots__ = ("_move", "_now", "mine", "theirs")

    def __init__(
        self,
        strategy: Strategy,
        names: list[str],
        payoffs: tuple[Any, ...],
        horizon: int | None,
        other: str,
    ) -> None:
        assert isinstance(strategy.rule, Python)
        if strategy.reads_regime:
            raise Mistake(f"{strategy.rule.path or strategy.name}: {UNSHOWN}")
        self.mine, self.theirs, self._now = History(), History(), _Now()
        shown = {
            "mine": self.mine, "theirs": self.theirs, "memory": {}, "chance": Chance(self._now),
            "horizon": horizon, "payoffs": payoffs,
        }  # fmt: skip
        self._move = python_mover(strategy, strategy.rule, shown, names, other)

    def act(self, period: int, mine: int, theirs: int, key: int) -> int:
        """Act, after hearing what was done in the period before (nothing before the first).

        Raises
        ------
        Fault
            If it raises something or returns what is no action.
        """
        if period:
            list.append(self.mine, mine)
            list.append(self.theirs, theirs)
        self._now.key = key
        return self._move(period)


class _Now:
    """The chance key of the period that is being played, whichever that is."""

    __slots__ = ("key",)

    def __init__(self) -> None:
        self.key = 0

    def __getitem__(self, period: SupportsIndex, /) -> int:
        return self.key


def automaton_mover(rule: Automaton, bits: Drawn[int], mine: list[int], theirs: list[int]) -> Mover:
    """Make what moves an automaton; `bits` has 32 random bits for each period."""
    flat = flatten(rule)
    thresholds, following = flat.threshold.tolist(), flat.next.tolist()
    state, last = flat.start, rule.k - 1

    def move(t: int) -> int:
        nonlocal state
        if t:
            state = following[state][mine[-1]][theirs[-1]]
        half = bits[t]
        for a, cut in enumerate(thresholds[state]):
            if half < cut:
                return a
        return last

    return move


def compiled_mover(
    rule: Compiled,
    chances: Drawn[np.uint64],
    payoffs: NDArray[np.float64],
    horizon: int | None,
    mine: list[int],
    theirs: list[int],
    label: Callable[[], int] | None = None,
) -> Mover:
    """Make what moves a compiled strategy; `chances` has a key for each period."""
    from coopgames.play.kernels import compiled_strategy

    function = compiled_strategy(rule.function)
    memory = np.array(rule.memory or (0.0,), dtype=np.float64)
    length = -1 if horizon is None else horizon

    def move(t: int) -> int:
        before = (mine[-1], theirs[-1]) if t else (-1, -1)
        seen = Seen(*before, t, length, -1 if label is None else label())
        return int(function(memory, seen, payoffs, chances[t]))

    return move


def python_mover(
    strategy: Strategy, rule: Python, shown: dict[str, Any], names: list[str], other: str
) -> Mover:
    """Make what moves a Python strategy.

    Parameters
    ----------
    strategy, rule
        Who moves.
    shown : dict
        What it may ask to see, by name; the histories grow as it is played, and the label is what
        it asks anew in each period.
    names : list of str
        What its actions are called, in role order.
    other : str
        Against whom, for messages.
    """
    wanted = rule.asks
    place = f"{rule.path or strategy.name}"

    def fault(t: int, what: str) -> Fault:
        return Fault(place, t + 1, other, what)

    try:
        act = rule.start()
    except Exception as error:
        raise fault(0, f"could not be made: {describe(error, rule.path)}") from None
    chance, k = shown["chance"], len(names)
    fixed = [shown.get(name) for name in wanted]
    clock = wanted.index("period") if "period" in wanted else None
    sign = wanted.index("label") if "label" in wanted else None
    gambles = "chance" in wanted

    def move(t: int) -> int:
        if gambles:
            chance._turn(t)
        if clock is not None:
            fixed[clock] = t
        if sign is not None:
            fixed[sign] = shown["label"]()
        try:
            action = act(*fixed)
        except Mistake as mistake:  # said by what seats a strategy of another format
            raise fault(t, str(mistake)) from None
        except (Exception, SystemExit) as error:
            raise fault(t, f"failed: {describe(error, rule.path)}") from None
        # Nothing is coerced: True is no number and 1.0 no action.
        if type(action) is int and 0 <= action < k:
            return action
        if type(action) is str and action in names:
            return names.index(action)
        raise fault(
            t,
            f"returned {action!r}, which is no action; one of "
            f"{', '.join(f'{i} ({n})' for i, n in enumerate(names))} would be",
        )

    return move
