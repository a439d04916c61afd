"""Group play: n actors, k actions, automata in every seat.

What a seat observes is decided by the game. In a `CountGame` it is the number of the others'
tally: how many of them did what. In a `Game` it is the others' profile in order of distance from
one's own seat i, that is of the seats i+1, i+2, …, i−1 modulo n, read as one number of mixed
radix with the nearest first; with two actors it is the other's action, as in a `Match`. Actions
are in role order throughout. What a seat *lives through* in a period is its own realised action
and what it observed; outcomes are counted so, seat by seat. Nobody misperceives.

Under a regime guided automata read its labels, and its public signal where that errs; how is said
in `under`. Whatever a seat lived through decides the profile, so a signal that is a function of the
profile can be worked out by each.

Luck is addressed as in `chance`: the stream key folds in all labels in sorted order, seats have
lanes in that order, and lanes 2g and 2g+1 share the words of one key, which for g = 0 is that of
two actors. Hence two automata play the same course here and there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgames.games import CountGame, Game, accommodation, places, tallies
from coopgames.mistakes import Mistake
from coopgames.play.chain import Chain, discounted_visits, expected_visits, transition_matrix
from coopgames.play.chance import GOLDEN, Words, hashed, lengths
from coopgames.play.flatten import cumulative, pack, threshold
from coopgames.play.markov import refuse_rare, settled
from coopgames.play.match import Horizon
from coopgames.play.solve import expected_length
from coopgames.play.under import carried, check_guided, widened
from coopgames.regimes import PublicRegime
from coopgames.strategies import Automaton, Guided, Strategy, mix

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MOST = 2000
"""So many joint or lumped states are solved at most; the matrices are dense."""

EDGES = 10**6
"""So many transitions between them are listed at most."""

Slips = float | tuple[float, ...]
"""One actor's implementation noise: for whatever it intends, or for each intended action its own.

Where an attempt to accommodate may fail but withholding cannot, that is ``(e, 0.0)``.
"""


# A match


@dataclass(frozen=True)
class GroupMatch:
    """Strategies in the n seats of a game, and the conditions they play under.

    Parameters
    ----------
    game : CountGame or Game
        What they play each period.
    strategies : tuple of Strategy
        Seat by seat; automata that observe as the module says.
    horizon : Horizon
        How long.
    noise : float or tuple, default 0
        Implementation noise: the probability, independent for each actor and period, that the
        realised action differs from the intended one, uniformly over the other actions. For all
        actors, or for each its own `Slips`.
    labels : tuple of str, optional
        The names that decide the match's luck; the strategies' own labels by default.
    regime : PublicRegime, optional
        The public state that the strategies may read.

    Raises
    ------
    Mistake
        If the game is not one these strategies can play, the noise is no probability, the regime
        is written for another game, or a strategy reads what no regime here shows.
    """

    game: CountGame | Game
    strategies: tuple[Strategy, ...]
    horizon: Horizon
    noise: float | tuple[Slips, ...] = 0.0
    labels: tuple[str, ...] | None = None
    regime: PublicRegime | None = None

    def __post_init__(self) -> None:
        game, n = self.game, self.game.n
        for what, given in (
            ("strategies", self.strategies), ("labels", self.labels),
            ("noise probabilities", self.noise if isinstance(self.noise, tuple) else None),
        ):  # fmt: skip
            if given is not None and len(given) != n:
                raise Mistake(f"game {game.name!r} has {n} actors, not {len(given)} {what}")
        if isinstance(game, Game) and accommodation(game) is None:
            raise Mistake(
                f"game {game.name!r} does not say which action of each seat accommodates; give "
                "the game its roles"
            )
        _ = self.rules, self.slips

    @cached_property
    def slips(self) -> tuple[tuple[float, ...], ...]:
        """For each seat, the probability that each intended action slips."""
        each = self.noise if isinstance(self.noise, tuple) else (self.noise,) * self.game.n
        return tuple(slips_of(e, len(u)) for e, u in zip(each, self.payoffs, strict=True))

    @cached_property
    def signals(self) -> int:
        """How many public signals are observed: 1 where none is read, or all can work it out."""
        return signals_of(self.regime, self.strategies)

    @cached_property
    def rules(self) -> tuple[Automaton, ...]:
        """The automata, seat by seat, as the regime makes them."""
        return tuple(
            fitting(self.game, seat, s, self.regime, self.signals)
            for seat, s in enumerate(self.strategies)
        )

    @property
    def seat_labels(self) -> tuple[str, ...]:
        """The labels that decide the match's luck, seat by seat."""
        return self.labels or tuple(s.label for s in self.strategies)

    @property
    def payoffs(self) -> tuple[Floats, ...]:
        """For each seat a table ``[own action, observation]`` of what it gets."""
        if isinstance(self.game, CountGame):
            return (self.game.payoffs,) * self.game.n
        return _seen_payoffs(self.game)


def slips_of(noise: Slips, k: int) -> tuple[float, ...]:
    """Give the probability that each intended action slips."""
    table = noise if isinstance(noise, tuple) else (noise,) * k
    if len(table) != k:
        raise Mistake(f"noise {table} must be one probability, or one for each of {k} actions")
    for p in table:
        if not 0 <= p <= 1:
            raise Mistake(f"noise = {p:g} is no probability; it must lie in [0, 1]")
    return table


def implement(slips: tuple[float, ...]) -> Floats:
    """Give the probability of each realised action (columns) for each intended one (rows)."""
    k, e = len(slips), np.array(slips)[:, None]
    if k == 1:
        return np.ones((1, 1))
    return np.where(np.eye(k) > 0, 1 - e, e / (k - 1))


def _observations(game: CountGame | Game, seat: int) -> tuple[int, int]:
    """Give the numbers of a seat's actions and observations."""
    if isinstance(game, CountGame):
        return game.k, game.payoffs.shape[1]
    k = game.shape[seat]
    return k, prod(game.shape) // k


def signals_of(regime: PublicRegime | None, strategies: Sequence[Strategy]) -> int:
    """Say how many public signals have to be observed."""
    read = any(isinstance(s.rule, Guided) for s in strategies)
    return regime.next.shape[1] if regime is not None and regime.errs and read else 1


def fitting(
    game: CountGame | Game,
    seat: int,
    strategy: Strategy,
    regime: PublicRegime | None = None,
    signals: int = 1,
) -> Automaton:
    """Give the automaton that a strategy is in a seat of a game, if it can play there.

    Parameters
    ----------
    game, seat, strategy, regime
        Who plays what where.
    signals : int
        How many public signals are observed; 1 if they are worked out or not read.
    """
    if isinstance(strategy.rule, Guided):
        k, observed = _observations(game, seat)
        check_guided(strategy.name, strategy.rule, regime, seat, k, observed)
        assert regime is not None  # it was checked
        table = signal_by_sight(game, regime, seat).argmax(axis=-1)
        return carried(
            strategy.rule, regime, seat, observed,
            None if signals > 1 else lambda a, o: int(table[a, o]),
        )  # fmt: skip
    if not isinstance(strategy.rule, Automaton):
        raise Mistake(f"{strategy.name} is no automaton, and group play is of automata so far")
    k, observed = _observations(game, seat)
    have = strategy.rule.next.shape[1:]
    if have != (k, observed):
        what = "tallies" if isinstance(game, CountGame) else "profiles"
        raise Mistake(
            f"{strategy.name} is written for {have[0]} own actions and {have[1]} observations; "
            f"a seat of game {game.name!r} has {k} actions and observes {observed} {what} of the "
            f"{game.n - 1} others"
        )
    return strategy.rule if signals == 1 else widened(strategy.rule, signals)


def signal_by_sight(game: CountGame | Game, regime: PublicRegime, seat: int = 0) -> Floats:
    """Give how likely each public signal is by what a seat lives through: (k, O, Y)."""
    Y = regime.next.shape[1]
    if isinstance(game, Game):
        profiles, given = game.shape, regime.signal.shape[:-1]
    else:
        others = tallies(game.n, game.k)
        place, number = places(game.n + 1, game.k)
        profiles, given = (len(tallies(game.n + 1, game.k)),), regime.signal.shape[:-1]
    if given != profiles:
        what = "profiles" if isinstance(game, Game) else "tallies"
        raise Mistake(
            f"the regime's signals are of {given} {what}; those of game {game.name!r} are "
            f"{profiles}"
        )
    if isinstance(game, Game):
        seats = [(seat + d) % game.n for d in range(game.n)]
        return regime.signal.transpose([*seats, game.n]).reshape(game.shape[seat], -1, Y)
    return np.asarray(regime.signal[number[place[:, None] + others @ place]])


@cache
def _seen_payoffs(game: Game) -> tuple[Floats, ...]:
    roles = accommodation(game)
    assert roles is not None  # GroupMatch saw to it
    tables = []
    for i, u in enumerate(game.payoffs):
        seats = [(i + d) % game.n for d in range(game.n)]
        table = u[np.ix_(*roles)].transpose(seats).reshape(game.shape[i], -1)
        table.flags.writeable = False  # it is shared by all callers
        tables.append(table)
    return tuple(tables)


@dataclass(frozen=True, eq=False)
class _Sight:
    """Tables that turn the actions of all into the number of what each seat lives through.

    That number is own action · observations + observation; the tables are those that
    `group_kernels.group_course` describes.
    """

    width: int
    weight: Counts
    place: Counts
    number: Counts

    def lived(self, actions: Counts) -> Counts:
        """Give the numbers of what each seat lives through, for actions of shape (n, E)."""
        if len(self.weight) == 1:
            others = self.place[actions].sum(axis=0) - self.place[actions]
            return np.asarray(self.number[self.weight[0, 0][actions] + others])
        n = len(actions)
        each = [sum(self.weight[i, j][actions[j]] for j in range(n)) for i in range(n)]
        return np.asarray(self.number[np.array(each)])


def _sight(game: CountGame | Game) -> _Sight:
    if isinstance(game, CountGame):
        place, number = places(game.n, game.k)
        observations = game.payoffs.shape[1]
        own = np.arange(game.k)
        whole = np.where(number < 0, -1, own[:, None] * observations + number)
        weight = (own * len(number)).reshape(1, 1, -1)
        return _Sight(game.k * observations, weight, place.copy(), whole.ravel())
    n, width = game.n, prod(game.shape)
    weight = np.zeros((n, n, max(game.shape)), dtype=np.int64)
    for i in range(n):
        radix = width
        for j in [(i + d) % n for d in range(n)]:
            radix //= game.shape[j]
            weight[i, j] = radix * np.arange(max(game.shape))
    return _Sight(width, weight, np.zeros(max(game.shape), dtype=np.int64), np.arange(width))


# Sampled


@dataclass(frozen=True, eq=False)
class GroupSample:
    """What was counted, over R repetitions.

    Parameters
    ----------
    lived : tuple of ndarray of int, shape (k_i, O_i)
        For each seat, in how many periods of all repetitions it took each action (in role order)
        and observed each observation.
    totals : ndarray, shape (R, n)
        Each seat's payoff of each repetition.
    periods : ndarray of int, shape (R,)
        Length of each.
    """

    lived: tuple[Counts, ...]
    totals: Floats
    periods: Counts


def sample_group(match: GroupMatch, *, seed: int, repetitions: range) -> GroupSample:
    """Play repetitions of a group match and count what happened.

    A match in which nothing is left to chance is played once and stands for all repetitions.

    Parameters
    ----------
    match : GroupMatch
        What is played; the horizon may not be infinite.
    seed : int
        The experiment's seed.
    repetitions : range
        Which repetitions.

    Raises
    ------
    Mistake
        If the horizon is infinite.
    """
    certain = (
        match.horizon.periods is not None
        and all(rule.deterministic for rule in match.rules)
        and not np.concatenate(match.slips).any()
        and match.signals == 1
    )
    times = len(repetitions) if certain else 1
    numbers = repetitions[:1] if certain else repetitions
    keys, lanes = group_keys(seed, match.seat_labels, numbers)
    periods = _lengths(match.horizon, keys)
    tables = _tables(match)
    n, width = match.game.n, len(tables[-1])
    course = np.empty((int(periods.max(initial=0)), n), dtype=np.uint8)
    total, payoffs = np.zeros((n, width), dtype=np.int64), _by_number(match)
    totals = np.empty((len(keys), n))
    for r, (key, length) in enumerate(zip(keys, periods, strict=True)):
        lived = _play(key, int(length), lanes, tables, course)
        totals[r] = (lived * payoffs).sum(axis=1)
        total += times * lived
    shapes = [u.shape for u in match.payoffs]
    return GroupSample(
        tuple(row.reshape(shape) for row, shape in zip(total, shapes, strict=True)),
        np.repeat(totals, times, axis=0),
        np.repeat(periods, times),
    )


def group_course(match: GroupMatch, *, seed: int, repetition: int = 0) -> NDArray[np.uint8]:
    """Play one repetition of a group match and return its course.

    Returns
    -------
    ndarray of uint8, shape (periods, n)
        Each seat's realised action of each period, in role order.
    """
    keys, lanes = group_keys(seed, match.seat_labels, range(repetition, repetition + 1))
    periods = int(_lengths(match.horizon, keys)[0])
    course = np.empty((periods, match.game.n), dtype=np.uint8)
    _play(keys[0], periods, lanes, _tables(match), course)
    return course


def group_keys(seed: int, labels: Sequence[str], repetitions: range) -> tuple[Words, Counts]:
    """Give the stream key of each repetition of a group match, and each seat's lane.

    With two labels these are the keys and lanes of two-actor play. Seats with one label keep their
    order.
    """
    order = sorted(range(len(labels)), key=lambda seat: labels[seat])
    key = np.array([hashed(f"seed {seed}")])
    for seat in order:
        key = np.asarray(mix((key ^ hashed(labels[seat])) + GOLDEN))
    number = np.array(repetitions, dtype=np.uint64) + np.uint64(1)
    lanes = np.empty(len(labels), dtype=np.int64)
    lanes[order] = np.arange(len(labels))
    return np.asarray(mix(key + GOLDEN * number), dtype=np.uint64), lanes


def _lengths(horizon: Horizon, keys: Words) -> Counts:
    if horizon.infinite:
        raise Mistake("play without end cannot be sampled, only solved; give a number of periods")
    if horizon.continuation is not None:
        return lengths(keys, horizon.continuation)
    return np.full(len(keys), horizon.periods, dtype=np.int64)


def _tables(match: GroupMatch) -> tuple[Any, ...]:
    """Give all that the kernel reads of a match; the first table is of states, n of them start."""
    k = np.array([len(u) for u in match.payoffs])
    sight, most = _sight(match.game), int(k.max())
    rules = list(dict.fromkeys(match.rules))
    thresholds, following, first, base = [], [], {}, 0
    for rule in rules:
        _, above, to = pack([rule])
        never = np.full((len(above), most - rule.k), 2**32, dtype=np.uint64)
        thresholds.append(np.hstack([above, never]))
        following.append(to.reshape(len(above), -1) + base)
        first[rule] = base + rule.initial
        base += len(above)
    slips = np.zeros((len(k), most), dtype=np.uint64)
    for seat, row in enumerate(match.slips):
        slips[seat, : len(row)] = threshold(np.array(row))
    starts = np.array([first[rule] for rule in match.rules])
    return (
        np.ascontiguousarray(np.vstack(thresholds)), np.vstack(following), starts, k, slips,
        sight.weight, sight.place, sight.number, _signal(match, sight.width),
    )  # fmt: skip


def _signal(match: GroupMatch, width: int) -> NDArray[np.uint64]:
    """Give the thresholds of the public signal by what seat 0 lives through."""
    if match.regime is None or match.signals == 1:
        return np.empty((width, 0), dtype=np.uint64)
    return cumulative(signal_by_sight(match.game, match.regime).reshape(width, -1))


def _play(
    key: np.uint64, periods: int, lanes: Counts, tables: tuple[Any, ...], course: NDArray[np.uint8]
) -> Counts:
    """Write a course, and count what each seat lived through: (n, width)."""
    from coopgames.play import group_kernels

    thresholds, following, starts, *rest = tables
    Y = rest[-1].shape[1] + 1
    lived = np.zeros((len(lanes), following.shape[1] // Y), dtype=np.int64)
    group_kernels.group_course(
        key, periods, lanes, starts, thresholds, following, *rest, course, lived
    )
    return lived


def _by_number(match: GroupMatch) -> Floats:
    """Give each seat's payoff by the number of what it lives through: (n, width)."""
    return np.array([u.ravel() for u in match.payoffs])


# Solved on the joint chain


@dataclass(frozen=True, eq=False)
class GroupExpectation:
    """What a group match comes to, exactly.

    Parameters
    ----------
    lived : tuple of ndarray, shape (k_i, O_i)
        For each seat, the expected share of periods in which it takes each action (in role order)
        and observes each observation; at a continuation probability, expected number of periods
        over expected length.
    means : tuple of float
        Payoff per period, seat by seat.
    totals : tuple of float, or None
        Expected payoff of a match; None where it never ends.
    """

    lived: tuple[Floats, ...]
    means: tuple[float, ...]
    totals: tuple[float, ...] | None


def expect_group(match: GroupMatch) -> GroupExpectation:
    """Solve a group match on the chain of all its actors' states.

    Raises
    ------
    Mistake
        If there are more than `MOST` joint states or `EDGES` transitions; nine noisy automata of
        two states and two actions are fewer. Equal automata are solved by `expect_lumped`.
    """
    chain, lived = _joint(match)
    flow = occupied(chain, match.horizon)[chain.source] * chain.probability
    payoffs = _by_number(match)
    width = payoffs.shape[1]
    shares = np.array([np.bincount(row, flow, width) for row in lived])
    means = tuple(float(x) for x in (shares * payoffs).sum(axis=1))
    length = expected_length(match.horizon)
    totals = None if match.horizon.infinite else tuple(x * length for x in means)
    shapes = [u.shape for u in match.payoffs]
    shared = tuple(row.reshape(shape) for row, shape in zip(shares, shapes, strict=True))
    return GroupExpectation(shared, means, totals)


def occupied(chain: Chain, horizon: Horizon) -> Floats:
    """Share of periods in each joint state."""
    if horizon.periods is not None:
        return expected_visits(chain, horizon.periods) / horizon.periods
    if horizon.continuation is not None:
        return discounted_visits(chain, horizon.continuation) * (1 - horizon.continuation)
    refuse_rare(chain.probability)  # before what leads to one state is added up
    return np.asarray(settled(transition_matrix(chain))[1][0])


def _joint(match: GroupMatch) -> tuple[Chain, Counts]:
    """Build the joint chain, and number what each seat lives through on each edge: (n, E)."""
    rules, sight, n = match.rules, _sight(match.game), match.game.n
    realised = [rule.mix @ implement(e) for rule, e in zip(rules, match.slips, strict=True)]
    following = [rule.next.reshape(len(rule.next), -1) for rule in rules]
    Y, odds_of = match.signals, np.ones((sight.width, 1))
    if match.regime is not None and Y > 1:
        odds_of = signal_by_sight(match.game, match.regime).reshape(sight.width, Y)
    start = tuple(rule.initial for rule in rules)
    numbers, frontier = {start: 0}, [start]
    source, target, lived, odds, edges = [], [], [], [], 0
    for j, state in enumerate(frontier):  # grows while it is read
        able = [np.flatnonzero(p[q]) for p, q in zip(realised, state, strict=True)]
        edges += prod(len(a) for a in able)
        if edges > EDGES or j >= MOST:
            raise Mistake(
                f"the {n} actors of {match.game.name!r} have more than {MOST:,} joint states or "
                f"{EDGES:,} transitions, too many to be solved; sample them, or solve equal "
                "strategies as interchangeable"
            )
        grid = np.indices([len(a) for a in able]).reshape(n, -1)
        actions = np.array([a[at] for a, at in zip(able, grid, strict=True)])
        chance = np.array([p[q][a] for p, q, a in zip(realised, state, actions, strict=True)])
        seen = sight.lived(actions)
        # Each profile with each signal that may follow it; an edge for each.
        at, y = np.nonzero(odds_of[seen[0]])
        chance, seen = chance[:, at], seen[:, at]
        edges += len(at) - actions.shape[1]
        to = np.array([f[q][x * Y + y] for f, q, x in zip(following, state, seen, strict=True)])
        different, which = np.unique(to, axis=1, return_inverse=True)
        names = [tuple(int(q) for q in column) for column in different.T]
        for name in names:
            if name not in numbers:
                numbers[name] = len(numbers)
                frontier.append(name)
        source.append(np.full(len(at), j))
        target.append(np.array([numbers[name] for name in names])[which.ravel()])
        lived.append(seen)
        odds.append(chance.prod(axis=0) * odds_of[seen[0], y])
    columns = [np.concatenate(column) for column in (source, target, odds)]
    chain = Chain(len(numbers), columns[0], columns[1], np.arange(edges), columns[2])
    return chain, np.concatenate(lived, axis=1)
