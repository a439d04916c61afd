"""The lumped chain: one actor among n−1 who all follow one automaton.

Interchangeable actors need no joint chain. Where n−1 of them follow one automaton, only how many
are in each of its states matters (J. G. Kemeny and J. L. Snell, Finite Markov Chains, 1960,
section 6.3: the chain is lumpable by permutations), and to the remaining one, the *deviator*,
what to do is a decision problem over these occupancies, which `solve` knows how to solve. The
deviator knows the occupancy if what it sees tells; where it does not, best replies are refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import comb, factorial, prod
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from coopgames.games import CountGame, places, tallies
from coopgames.mistakes import Mistake, unknown
from coopgames.play.chain import Chain
from coopgames.play.decision import Case, Criterion, Problem, gain_of, optimum, slack_of
from coopgames.play.group import (
    EDGES,
    MOST,
    Slips,
    fitting,
    implement,
    occupied,
    signal_by_sight,
    signals_of,
    slips_of,
)
from coopgames.play.match import Horizon
from coopgames.play.solve import TOLERANCE, WS, border, expected_length, reply_strategy
from coopgames.regimes import PublicRegime
from coopgames.strategies import Automaton, Strategy

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


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
    regime: PublicRegime | None = None,
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
    regime : PublicRegime, optional
        The public state that they may read; it shows all seats the same.

    Raises
    ------
    Mistake
        If a strategy does not fit the game or the regime, or there are more than `MOST` lumped
        states or `EDGES` transitions.
    """
    one_follows = strategy if deviator is None else deviator
    signals = signals_of(regime, (one_follows, strategy))
    own = fitting(game, 0, one_follows, regime, signals)
    crowd = _crowd(game, strategy, noise, regime, signals)
    mine = own.mix @ crowd.slip
    explored = _explore(crowd, own, mine > 0)
    arcs = explored.arcs
    state = explored.own[arcs.source]
    chain = Chain(
        len(explored.own), arcs.source, arcs.target,
        arcs.action * game.payoffs.shape[1] + arcs.seen, mine[state, arcs.action] * arcs.odds,
    )  # fmt: skip
    share = occupied(chain, horizon)
    flow = share[chain.source] * chain.probability
    lived = np.bincount(chain.profile, flow, game.payoffs.size).astype(np.float64)
    frequency = lived.reshape(game.payoffs.shape)
    one = float((frequency * game.payoffs).sum())
    rest = float(share @ (mine[explored.own] * explored.others).sum(axis=1))
    length = expected_length(horizon)
    totals = None if horizon.infinite else (one * length, rest * length)
    return LumpedExpectation(frequency, one, rest, totals)


@dataclass(frozen=True, eq=False)
class _Crowd:
    """The n−1 equal others: ``realised[s, a]`` is what they do, ``slip`` how intentions end.

    `anything`: whether what they never mean to do, and never slip into, is followed as well.
    ``signal[a, o, y]``: how likely a public signal is by what the one lives through.
    """

    game: CountGame
    name: str
    rule: Automaton
    slip: Floats
    signal: Floats
    anything: bool

    @property
    def realised(self) -> Floats:
        return np.asarray(self.rule.mix @ self.slip)

    @property
    def signals(self) -> int:
        return int(self.signal.shape[2])


Occupancy = tuple[int, ...]
"""How many of the others are in each state of their automaton."""


@dataclass(frozen=True, eq=False)
class _Turn:
    """What the others may do in a period, and what is signalled then, from one occupancy.

    Parameters
    ----------
    odds : ndarray, shape (k, E)
        How likely, by the deviator's realised action.
    seen : ndarray of int, shape (E,)
        The number of their tally.
    signal : ndarray of int, shape (E,)
        The public signal.
    after : list of list of Occupancy, shape (k, E)
        Their next occupancy, by the deviator's realised action.
    pay : ndarray, shape (k,)
        What each of them gets on average, by the deviator's realised action.
    """

    odds: Floats
    seen: Counts
    signal: Counts
    after: list[list[Occupancy]]
    pay: Floats


@dataclass(frozen=True, eq=False)
class _Arcs:
    """Transitions of the lumped chain, the deviator's own chances left out of the odds."""

    source: Counts
    action: Counts
    seen: Counts
    signal: Counts
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


def _crowd(
    game: CountGame,
    strategy: Strategy,
    noise: Slips,
    regime: PublicRegime | None,
    signals: int,
    *,
    anything: bool = False,
) -> _Crowd:
    if regime is not None and len(regime.label[0]) > 1:
        raise Mistake(
            "the regime shows each seat labels of its own; where actors are interchangeable it "
            "must show all of them the same"
        )
    rule = fitting(game, 1, strategy, regime, signals)
    signal = np.ones((*game.payoffs.shape, 1))
    if regime is not None and signals > 1:
        signal = signal_by_sight(game, regime)
    slip = implement(slips_of(noise, game.k))
    return _Crowd(game, strategy.name, rule, slip, signal, anything)


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
    Y = crowd.signals
    if len(doing) * Y > EDGES:
        _too_many(crowd)
    y = np.tile(np.arange(Y), len(doing))
    doing, key, odds = np.repeat(doing, Y, axis=0), np.repeat(key, Y), np.repeat(odds, Y)
    chance = np.array([odds * crowd.signal[mine, number[key], y] for mine in range(k)])
    after, pay = [], np.zeros(k)
    for mine in range(k):
        to = np.zeros((len(doing), S), dtype=np.int64)
        for s, a in np.ndindex(S, k):
            rows = np.flatnonzero(doing[:, s, a])
            observed = number[key[rows] - place[a] + place[mine]]
            leads = crowd.rule.next[s, a, observed * Y + y[rows]]
            np.add.at(to, (rows, leads), doing[rows, s, a])
            pay[mine] += (chance[mine, rows] * doing[rows, s, a]) @ crowd.game.payoffs[a, observed]
        after.append(to)
    rows, which = np.unique(np.column_stack([number[key], y, *after]), axis=0, return_inverse=True)
    merged = np.array([np.bincount(which.ravel(), p, len(rows)) for p in chance])
    states = np.split(rows[:, 2:], k, axis=1)
    return _Turn(
        merged, rows[:, 0], rows[:, 1],
        [[tuple(int(m) for m in row) for row in to] for to in states], pay / (crowd.game.n - 1),
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
            may_be = np.flatnonzero(crowd.signal[a, turn.seen, turn.signal] > 0)
            seen, signal = turn.seen[may_be], turn.signal[may_be]
            mine = own.next[q, a, seen * crowd.signals + signal].tolist()
            for state in zip(mine, [turn.after[a][e] for e in may_be], strict=True):
                if state not in numbers:
                    numbers[state] = len(numbers)
                    frontier.append(state)
                to.append(numbers[state])
            same = np.full(len(to), j), np.full(len(to), a)
            columns.append((*same, seen, signal, np.array(to)))
            odds.append(turn.odds[a][may_be])
            edges += len(to)
        if edges > EDGES or len(frontier) > MOST:
            _too_many(crowd)
    joined = (np.concatenate(c) for c in zip(*columns, strict=True))
    source, action, seen, signal, target = joined
    return _Explored(
        np.array([q for q, _ in frontier]),
        [occupancy for _, occupancy in frontier],
        np.array([turns[occupancy].pay for _, occupancy in frontier]),
        _Arcs(source, action, seen, signal, target, np.concatenate(odds)),
    )


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
    signals : int
        How many public signals it observes beside each tally; 1 if none.
    """

    total: float | None
    mean: float
    automaton: Automaton
    occupancies: tuple[Occupancy, ...]
    period: tuple[int, ...]
    signals: int = 1

    @property
    def strategy(self) -> Strategy:
        """The reply as a strategy; it reads the public signal where that is to be observed."""
        return reply_strategy(self.automaton, self.signals)


def group_best_reply(
    game: CountGame,
    strategy: Strategy,
    horizon: Horizon,
    *,
    noise: Slips = 0.0,
    regime: PublicRegime | None = None,
) -> GroupReply:
    """Find the best that one actor can do among n−1 others who follow one automaton.

    Parameters
    ----------
    game, strategy, horizon, noise, regime
        As for `expect_lumped`.

    Raises
    ------
    Mistake
        If what an actor sees leaves open how many of the others are in which state.
    """
    crowd = _crowd(game, strategy, noise, regime, signals_of(regime, (strategy,)))
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
    to = np.reshape(successors, (len(frontier), game.k, -1))
    mean = problem.low + problem.scale * mean
    return GroupReply(
        None if horizon.infinite else mean * expected_length(horizon),
        mean,
        Automaton(np.eye(game.k)[best], to),
        tuple(free.occupancies[j] for _, j in frontier),
        () if periods is None else tuple(t + 1 for t, _ in frontier),
        crowd.signals,
    )


def group_deviation_gain(
    game: CountGame,
    strategy: Strategy,
    horizon: Horizon,
    *,
    noise: Slips = 0.0,
    regime: PublicRegime | None = None,
) -> float:
    """Say how much more one of n actors who follow an automaton could get by its best reply.

    Parameters
    ----------
    game, strategy, horizon, noise, regime
        As for `expect_lumped`.

    Returns
    -------
    float
        At least 0; per match, or per period where play never ends.
    """
    case = _group_case(game, strategy, noise, "nash", regime)
    return gain_of(case, horizon) * case.free.scale * expected_length(horizon)


def group_critical_continuation(
    game: CountGame,
    strategy: Strategy,
    *,
    noise: Slips = 0.0,
    criterion: Criterion = "nash",
    regime: PublicRegime | None = None,
) -> float | None:
    """Find the smallest continuation probability from which on nobody of the group would deviate.

    From which on: at it and at every larger one. It is looked for from .99999 downwards at the
    same probabilities as `solve.equilibrium_intervals` looks at, and the border is a root.

    Parameters
    ----------
    game, strategy, noise, regime
        As for `expect_lumped`.
    criterion : {"nash", "subgame-perfect"}
        Whether deviating must not pay on the path, or after any history.

    Returns
    -------
    float or None
        0 if nobody would however short play is; None if there is no such probability up to .99999.
    """
    case = _group_case(game, strategy, noise, criterion, regime)

    def slack(w: float) -> float:
        return slack_of(case, w, criterion)

    above: tuple[float, float] | None = None
    for w in WS[::-1]:
        here = (float(w), slack(float(w)))
        if here[1] > TOLERANCE:
            return None if above is None else border(slack, here, above)
        above = here
    return 0.0


def _group_case(
    game: CountGame,
    strategy: Strategy,
    noise: Slips,
    criterion: Criterion,
    regime: PublicRegime | None,
) -> Case:
    """Build what `solve` asks of: what one of the group may do, and what it does."""
    if criterion not in get_args(Criterion):
        raise Mistake(unknown("criterion", criterion, get_args(Criterion)))
    signals, anything_goes = signals_of(regime, (strategy,)), criterion == "subgame-perfect"
    crowd = _crowd(game, strategy, noise, regime, signals, anything=anything_goes)
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
    idle = Automaton([np.full(k, 1 / k)], np.zeros((1, k, observations * crowd.signals)))
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
    k, observations = crowd.game.k, crowd.game.payoffs.shape[1] * crowd.signals
    arcs, J = free.arcs, len(free.own)
    follow = np.broadcast_to(np.arange(J)[:, None, None], (J, k, observations)).copy()
    possible = np.flatnonzero((arcs.odds > 0) | crowd.anything)
    observed = arcs.seen * crowd.signals + arcs.signal
    at = tuple(x[possible] for x in (arcs.source, arcs.action, observed))
    follow[at] = arcs.target[possible]
    if (follow[at] != arcs.target[possible]).any():
        raise Mistake(
            f"how many of the {crowd.game.n - 1} others who follow {crowd.name} are in which "
            "state cannot be known from their tallies, so best replies would depend on beliefs; "
            "its matches can still be solved and sampled"
        )
    return follow
