"""Group play: n actors, k actions, automata in every seat.

What a seat observes is decided by the game. In a `CountGame` it is the number of the others'
tally: how many of them did what. In a `Game` it is the others' profile in order of distance from
one's own seat i, that is of the seats i+1, i+2, …, i−1 modulo n, read as one number of mixed
radix with the nearest first; with two actors it is the other's action, as in a `Match`. Actions
are in role order throughout. What a seat *lives through* in a period is its own realised action
and what it observed; outcomes are counted so, seat by seat. Signals do not err; stages and labels
are not read.

Interchangeable actors need no joint chain. Where n−1 of them follow one automaton, only how many
are in each of its states matters (J. G. Kemeny and J. L. Snell, Finite Markov Chains, 1960,
section 6.3: the chain is lumpable by permutations), and to the remaining one, the *deviator*,
what to do is a decision problem over these occupancies, which `solve` knows how to solve. The
deviator knows the occupancy if what it sees tells; where it does not, best replies are refused.

Luck is addressed as in `chance`: the stream key folds in all labels in sorted order, seats have
lanes in that order, and lanes 2g and 2g+1 share the words of one key, which for g = 0 is that of
two actors. Hence two automata play the same course here and there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from math import comb, factorial, prod
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, accommodation
from coopgames.games.counts import CountGame, places, tallies
from coopgames.mistakes import Mistake, unknown
from coopgames.play.chain import Chain, _discounted, _matrix, _visits
from coopgames.play.chance import GOLDEN, Words, hashed, lengths
from coopgames.play.decision import Case, Criterion, Problem, gain_of, optimum, slack_of
from coopgames.play.flatten import pack, threshold
from coopgames.play.markov import settled
from coopgames.play.match import Horizon
from coopgames.play.solve import _WS, TOLERANCE, _border, _length
from coopgames.strategies import Automaton, Strategy, mix

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MOST = 2000
"""So many joint or lumped states are solved at most; the matrices are dense."""

EDGES = 10**6
"""So many transitions between them are listed at most."""

RAREST = 1e-300
"""In the long run anything that may happen in a period must be at least so likely."""

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

    Raises
    ------
    Mistake
        If the game is not one these strategies can play, or the noise is no probability.
    """

    game: CountGame | Game
    strategies: tuple[Strategy, ...]
    horizon: Horizon
    noise: float | tuple[Slips, ...] = 0.0
    labels: tuple[str, ...] | None = None

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
        for seat, strategy in enumerate(self.strategies):
            _fitting(game, seat, strategy)
        _ = self.slips

    @cached_property
    def slips(self) -> tuple[tuple[float, ...], ...]:
        """For each seat, the probability that each intended action slips."""
        each = self.noise if isinstance(self.noise, tuple) else (self.noise,) * self.game.n
        return tuple(_slips(e, len(u)) for e, u in zip(each, self.payoffs, strict=True))

    @property
    def rules(self) -> tuple[Automaton, ...]:
        """The automata, seat by seat."""
        return tuple(s.rule for s in self.strategies if isinstance(s.rule, Automaton))

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


def _slips(noise: Slips, k: int) -> tuple[float, ...]:
    """Give the probability that each intended action slips."""
    table = noise if isinstance(noise, tuple) else (noise,) * k
    if len(table) != k:
        raise Mistake(f"noise {table} must be one probability, or one for each of {k} actions")
    for p in table:
        if not 0 <= p <= 1:
            raise Mistake(f"noise = {p:g} is no probability; it must lie in [0, 1]")
    return table


def _implement(slips: tuple[float, ...]) -> Floats:
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


def _fitting(game: CountGame | Game, seat: int, strategy: Strategy) -> Automaton:
    """Give a strategy's automaton, if it can play in a seat of a game."""
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
    return strategy.rule


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
    )
    times = len(repetitions) if certain else 1
    numbers = repetitions[:1] if certain else repetitions
    keys, lanes = group_keys(seed, match.seat_labels, numbers)
    periods = _lengths(match.horizon, keys)
    tables = _tables(match)
    n, width = match.game.n, tables[1].shape[1]
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
        sight.weight, sight.place, sight.number,
    )  # fmt: skip


def _play(
    key: np.uint64, periods: int, lanes: Counts, tables: tuple[Any, ...], course: NDArray[np.uint8]
) -> Counts:
    """Write a course, and count what each seat lived through: (n, width)."""
    from coopgames.play import group_kernels

    thresholds, following, starts, *rest = tables
    lived = np.zeros((len(lanes), following.shape[1]), dtype=np.int64)
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
    flow = _occupied(chain, match.horizon)[chain.source] * chain.probability
    payoffs = _by_number(match)
    width = payoffs.shape[1]
    shares = np.array([np.bincount(row, flow, width) for row in lived])
    means = tuple(float(x) for x in (shares * payoffs).sum(axis=1))
    length = _length(match.horizon)
    totals = None if match.horizon.infinite else tuple(x * length for x in means)
    shapes = [u.shape for u in match.payoffs]
    shared = tuple(row.reshape(shape) for row, shape in zip(shares, shapes, strict=True))
    return GroupExpectation(shared, means, totals)


def _occupied(chain: Chain, horizon: Horizon) -> Floats:
    """Share of periods in each joint state."""
    if horizon.periods is not None:
        return _visits(chain, horizon.periods) / horizon.periods
    if horizon.continuation is not None:
        return _discounted(chain, horizon.continuation) * (1 - horizon.continuation)
    rarest = chain.probability.min()
    if rarest < RAREST:
        raise Mistake(
            f"a chance of {rarest:.1g} a period is so rare that where play settles in the long run "
            f"cannot be told; it must be at least {RAREST:g}"
        )
    return np.asarray(settled(_matrix(chain))[1][0])


def _joint(match: GroupMatch) -> tuple[Chain, Counts]:
    """Build the joint chain, and number what each seat lives through on each edge: (n, E)."""
    rules, sight, n = match.rules, _sight(match.game), match.game.n
    realised = [rule.mix @ _implement(e) for rule, e in zip(rules, match.slips, strict=True)]
    following = [rule.next.reshape(len(rule.next), -1) for rule in rules]
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
        to = np.array([f[q][x] for f, q, x in zip(following, state, seen, strict=True)])
        different, which = np.unique(to, axis=1, return_inverse=True)
        names = [tuple(int(q) for q in column) for column in different.T]
        for name in names:
            if name not in numbers:
                numbers[name] = len(numbers)
                frontier.append(name)
        source.append(np.full(actions.shape[1], j))
        target.append(np.array([numbers[name] for name in names])[which.ravel()])
        lived.append(seen)
        odds.append(chance.prod(axis=0))
    columns = [np.concatenate(column) for column in (source, target, odds)]
    chain = Chain(len(numbers), columns[0], columns[1], np.arange(edges), columns[2])
    return chain, np.concatenate(lived, axis=1)


# Solved on the lumped chain


@dataclass(frozen=True, eq=False)
class LumpedExpectation:
    """What one actor and n−1 equal others come to, exactly.

    Parameters
    ----------
    frequency : ndarray, shape (k, O)
        Expected share of periods in which the one takes each action and observes each tally.
    deviator : float
        Its payoff per period.
    others : float
        That of each of the others.
    totals : tuple of float, or None
        Expected payoff of a match to the one and to each other; None where it never ends.
    """

    frequency: Floats
    deviator: float
    others: float
    totals: tuple[float, float] | None


def expect_lumped(
    game: CountGame,
    strategy: Strategy,
    horizon: Horizon,
    *,
    noise: Slips = 0.0,
    deviator: Strategy | None = None,
) -> LumpedExpectation:
    """Solve a match of one actor and n−1 equal others.

    Parameters
    ----------
    game : CountGame
        What they play; it says how many they are.
    strategy : Strategy
        What the others follow.
    horizon : Horizon
        How long.
    noise : float or tuple of float
        Each actor's implementation noise.
    deviator : Strategy, optional
        What the one follows; by default the same as the others.

    Raises
    ------
    Mistake
        If a strategy does not fit the game, or there are more than `MOST` lumped states or `EDGES`
        transitions.
    """
    own = _fitting(game, 0, strategy if deviator is None else deviator)
    crowd = _crowd(game, strategy, noise)
    mine = own.mix @ crowd.slip
    explored = _explore(crowd, own, mine > 0)
    arcs = explored.arcs
    state = explored.own[arcs.source]
    chain = Chain(
        len(explored.own), arcs.source, arcs.target,
        arcs.action * game.payoffs.shape[1] + arcs.seen, mine[state, arcs.action] * arcs.odds,
    )  # fmt: skip
    share = _occupied(chain, horizon)
    flow = share[chain.source] * chain.probability
    lived = np.bincount(chain.profile, flow, game.payoffs.size).astype(np.float64)
    frequency = lived.reshape(game.payoffs.shape)
    one = float((frequency * game.payoffs).sum())
    rest = float(share @ (mine[explored.own] * explored.others).sum(axis=1))
    length = _length(horizon)
    totals = None if horizon.infinite else (one * length, rest * length)
    return LumpedExpectation(frequency, one, rest, totals)


@dataclass(frozen=True, eq=False)
class _Crowd:
    """The n−1 equal others: ``realised[s, a]`` is what they do, ``slip`` how intentions end.

    `anything`: whether what they never mean to do, and never slip into, is followed as well.
    """

    game: CountGame
    name: str
    rule: Automaton
    slip: Floats
    anything: bool

    @property
    def realised(self) -> Floats:
        return np.asarray(self.rule.mix @ self.slip)


Occupancy = tuple[int, ...]
"""How many of the others are in each state of their automaton."""


@dataclass(frozen=True, eq=False)
class _Turn:
    """What the others may do in a period, from one occupancy.

    Parameters
    ----------
    odds : ndarray, shape (E,)
        How likely.
    seen : ndarray of int, shape (E,)
        The number of their tally.
    after : list of list of Occupancy, shape (k, E)
        Their next occupancy, by the deviator's realised action.
    pay : ndarray, shape (k,)
        What each of them gets on average, by the deviator's realised action.
    """

    odds: Floats
    seen: Counts
    after: list[list[Occupancy]]
    pay: Floats


@dataclass(frozen=True, eq=False)
class _Arcs:
    """Transitions of the lumped chain, the deviator's own chances left out of the odds."""

    source: Counts
    action: Counts
    seen: Counts
    target: Counts
    odds: Floats


@dataclass(frozen=True, eq=False)
class _Explored:
    """Lumped states: the deviator's (`own`, shape (J,)) and the others' occupancy."""

    own: Counts
    occupancies: list[Occupancy]
    others: Floats
    """What each of the others gets, by the deviator's realised action: (J, k)."""
    arcs: _Arcs


def _crowd(game: CountGame, strategy: Strategy, noise: Slips, *, anything: bool = False) -> _Crowd:
    rule = _fitting(game, 1, strategy)
    return _Crowd(game, strategy.name, rule, _implement(_slips(noise, game.k)), anything)


def _turn(crowd: _Crowd, occupancy: Occupancy) -> _Turn:
    """List what the others may do from an occupancy, with outcomes that look alike merged."""
    k, S = crowd.game.k, len(occupancy)
    place, number = places(crowd.game.n, k)
    able = [np.flatnonzero((p > 0) | crowd.anything) for p in crowd.realised]
    ways = [comb(m + len(a) - 1, len(a) - 1) for m, a in zip(occupancy, able, strict=True)]
    if prod(ways) > EDGES:
        _too_many(crowd)
    parts = [_splits(m, p, a) for m, p, a in zip(occupancy, crowd.realised, able, strict=True)]
    odds = np.ones(1)
    for _, chances in parts:
        odds = np.outer(odds, chances).ravel()
    doing = np.array(list(product(*(split for split, _ in parts))))  # (E, S, k)
    key = doing.sum(axis=1) @ place
    after, pay = [], np.zeros(k)
    for mine in range(k):
        to = np.zeros((len(doing), S), dtype=np.int64)
        for s, a in np.ndindex(S, k):
            rows = np.flatnonzero(doing[:, s, a])
            observed = number[key[rows] - place[a] + place[mine]]
            np.add.at(to, (rows, crowd.rule.next[s, a, observed]), doing[rows, s, a])
            pay[mine] += (odds[rows] * doing[rows, s, a]) @ crowd.game.payoffs[a, observed]
        after.append(to)
    rows, which = np.unique(np.column_stack([number[key], *after]), axis=0, return_inverse=True)
    merged = np.bincount(which.ravel(), odds, len(rows)).astype(np.float64)
    states = np.split(rows[:, 1:], k, axis=1)
    return _Turn(
        merged, rows[:, 0], [[tuple(int(m) for m in row) for row in to] for to in states],
        pay / (crowd.game.n - 1),
    )  # fmt: skip


def _splits(m: int, p: Floats, able: Counts) -> tuple[Counts, Floats]:
    """List the ways in which m actors may share actions, and their multinomial odds."""
    some = tallies(m + 1, len(able))
    split = np.zeros((len(some), len(p)), dtype=np.int64)
    split[:, able] = some
    ways = [factorial(m) // prod(factorial(int(x)) for x in row) for row in some]
    return split, np.array(ways, dtype=np.float64) * np.prod(p**split, axis=1)


def _too_many(crowd: _Crowd) -> None:
    raise Mistake(
        f"{crowd.name} among {crowd.game.n} actors has more than {MOST:,} lumped states or "
        f"{EDGES:,} transitions, too many to be solved; sample it"
    )


def _explore(crowd: _Crowd, own: Automaton, may: NDArray[np.bool_]) -> _Explored:
    """Follow one actor and the others from the start, breadth first; state 0 is the start.

    Parameters
    ----------
    crowd : _Crowd
        The others.
    own : Automaton
        What keeps the one's state.
    may : ndarray of bool, shape (S, k)
        Which actions of the one are followed in each of its states.
    """
    begin = tuple(
        crowd.game.n - 1 if s == crowd.rule.initial else 0 for s in range(len(crowd.rule.mix))
    )
    numbers, frontier = {(own.initial, begin): 0}, [(own.initial, begin)]
    turns: dict[Occupancy, _Turn] = {}
    columns: list[tuple[Counts, ...]] = []
    odds, edges = [], 0
    for j, (q, occupancy) in enumerate(frontier):  # grows while it is read
        if occupancy not in turns:
            turns[occupancy] = _turn(crowd, occupancy)
        turn = turns[occupancy]
        for a in np.flatnonzero(may[q]):
            to = []
            for state in zip(own.next[q, a, turn.seen].tolist(), turn.after[a], strict=True):
                if state not in numbers:
                    numbers[state] = len(numbers)
                    frontier.append(state)
                to.append(numbers[state])
            same = np.full(len(to), j), np.full(len(to), a)
            columns.append((*same, turn.seen, np.array(to)))
            odds.append(turn.odds)
            edges += len(to)
        if edges > EDGES or len(frontier) > MOST:
            _too_many(crowd)
    source, action, seen, target = (np.concatenate(c) for c in zip(*columns, strict=True))
    return _Explored(
        np.array([q for q, _ in frontier]),
        [occupancy for _, occupancy in frontier],
        np.array([turns[occupancy].pay for _, occupancy in frontier]),
        _Arcs(source, action, seen, target, np.concatenate(odds)),
    )


# The deviator's best


@dataclass(frozen=True, eq=False)
class GroupReply:
    """The best that one actor can do among n−1 equal others.

    Parameters
    ----------
    total : float or None
        Expected payoff of a match; None where play never ends.
    mean : float
        Payoff per period.
    automaton : Automaton
        A best reply; of actions that are equally good it means to take the most accommodating.
        Whatever cannot be observed of the others leaves it in its state.
    occupancies : tuple of tuple of int
        For each of its states, how many of the others are in each of theirs.
    period : tuple of int
        For each of its states the period, from 1; empty where it makes no difference.
    """

    total: float | None
    mean: float
    automaton: Automaton
    occupancies: tuple[Occupancy, ...]
    period: tuple[int, ...]

    @property
    def strategy(self) -> Strategy:
        """The reply as a strategy."""
        return Strategy("best-reply", self.automaton)


def group_best_reply(
    game: CountGame, strategy: Strategy, horizon: Horizon, *, noise: Slips = 0.0
) -> GroupReply:
    """Find the best that one actor can do among n−1 others who follow one automaton.

    Parameters
    ----------
    game, strategy, horizon, noise
        As for `expect_lumped`.

    Raises
    ------
    Mistake
        If what an actor sees leaves open how many of the others are in which state.
    """
    crowd = _crowd(game, strategy, noise)
    free, problem = _free(crowd)
    follow = _follow(crowd, free)
    mean, short = optimum(problem, horizon)
    periods = horizon.periods
    # Nodes are pairs of a period and a problem's state; without an end all periods are alike.
    numbers, frontier, successors = {(0, 0): 0}, [(0, 0)], []
    for t, j in frontier:  # grows while it is read
        for to in follow[j].ravel().tolist():
            node = (0 if periods is None else min(t + 1, periods - 1), to)
            if node not in numbers:
                numbers[node] = len(numbers)
                frontier.append(node)
            successors.append(numbers[node])
    best = [int(np.flatnonzero(short[t, j] >= -TOLERANCE)[0]) for t, j in frontier]
    to = np.reshape(successors, (len(frontier), *game.payoffs.shape))
    mean = problem.low + problem.scale * mean
    return GroupReply(
        None if horizon.infinite else mean * _length(horizon),
        mean,
        Automaton(np.eye(game.k)[best], to),
        tuple(free.occupancies[j] for _, j in frontier),
        () if periods is None else tuple(t + 1 for t, _ in frontier),
    )


def group_deviation_gain(
    game: CountGame, strategy: Strategy, horizon: Horizon, *, noise: Slips = 0.0
) -> float:
    """Say how much more one of n actors who follow an automaton could get by its best reply.

    Parameters
    ----------
    game, strategy, horizon, noise
        As for `expect_lumped`.

    Returns
    -------
    float
        At least 0; per match, or per period where play never ends.
    """
    case = _group_case(game, strategy, noise, "nash")
    return gain_of(case, horizon) * case.free.scale * _length(horizon)


def group_critical_continuation(
    game: CountGame,
    strategy: Strategy,
    *,
    noise: Slips = 0.0,
    criterion: Criterion = "nash",
) -> float | None:
    """Find the smallest continuation probability from which on nobody of the group would deviate.

    From which on: at it and at every larger one. It is looked for from .99999 downwards at the
    same probabilities as `solve.equilibrium_intervals` looks at, and the border is a root.

    Parameters
    ----------
    game, strategy, noise
        As for `expect_lumped`.
    criterion : {"nash", "subgame-perfect"}
        Whether deviating must not pay on the path, or after any history.

    Returns
    -------
    float or None
        0 if nobody would however short play is; None if there is no such probability up to .99999.
    """
    case = _group_case(game, strategy, noise, criterion)

    def slack(w: float) -> float:
        return slack_of(case, w, criterion)

    above: tuple[float, float] | None = None
    for w in _WS[::-1]:
        here = (float(w), slack(float(w)))
        if here[1] > TOLERANCE:
            return None if above is None else _border(slack, here, above)
        above = here
    return 0.0


def _group_case(game: CountGame, strategy: Strategy, noise: Slips, criterion: Criterion) -> Case:
    """Build what `solve` asks of: what one of the group may do, and what it does."""
    if criterion not in get_args(Criterion):
        raise Mistake(unknown("criterion", criterion, get_args(Criterion)))
    crowd = _crowd(game, strategy, noise, anything=criterion == "subgame-perfect")
    free, anything = _free(crowd)
    _follow(crowd, free)
    own = crowd.rule
    explored = _explore(crowd, own, (own.mix @ crowd.slip > 0) | crowd.anything)
    number = {occupancy: j for j, occupancy in enumerate(free.occupancies)}
    at = np.array([number[occupancy] for occupancy in explored.occupancies])
    return Case(anything, _problem(crowd, own, explored), at)


def _free(crowd: _Crowd) -> tuple[_Explored, Problem]:
    """Build the problem of a deviator that may do anything: its states are occupancies."""
    k, observations = crowd.game.payoffs.shape
    idle = Automaton([np.full(k, 1 / k)], np.zeros((1, k, observations)))
    explored = _explore(crowd, idle, np.ones((1, k), dtype=np.bool_))
    return explored, _problem(crowd, idle, explored)


def _problem(crowd: _Crowd, own: Automaton, explored: _Explored) -> Problem:
    """Write an exploration as the decision problem that `solve` reads."""
    arcs, table = explored.arcs, crowd.game.payoffs
    J, k = explored.others.shape
    low, scale = float(table.min()), float(np.ptp(table)) or 1.0
    realised, reward = np.zeros((J, k, J)), np.zeros((J, k))
    np.add.at(realised, (arcs.source, arcs.action, arcs.target), arcs.odds)
    worth = (table[arcs.action, arcs.seen] - low) / scale
    np.add.at(reward, (arcs.source, arcs.action), arcs.odds * worth)
    numbers: dict[Occupancy, int] = {}
    others = [numbers.setdefault(m, len(numbers)) for m in explored.occupancies]
    return Problem(
        tuple(zip(explored.own.tolist(), others, strict=True)),
        reward @ crowd.slip.T,
        np.einsum("ax,jxi->jai", crowd.slip, realised),
        own.mix[explored.own],
        low,
        scale,
    )


def _follow(crowd: _Crowd, free: _Explored) -> Counts:
    """Follow the others' occupancy by what the deviator sees: ``follow[j, own action, seen]``."""
    k, observations = crowd.game.payoffs.shape
    arcs, J = free.arcs, len(free.own)
    follow = np.broadcast_to(np.arange(J)[:, None, None], (J, k, observations)).copy()
    possible = np.flatnonzero((arcs.odds > 0) | crowd.anything)
    at = tuple(x[possible] for x in (arcs.source, arcs.action, arcs.seen))
    follow[at] = arcs.target[possible]
    if (follow[at] != arcs.target[possible]).any():
        raise Mistake(
            f"how many of the {crowd.game.n - 1} others who follow {crowd.name} are in which "
            "state cannot be known from their tallies, so best replies would depend on beliefs; "
            "its matches can still be solved and sampled"
        )
    return follow
