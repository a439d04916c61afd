"""Best replies to automata, and equilibria between them.

To whoever faces an automaton and knows the state q that it is in, what to do is a Markov decision
problem over q. With r(q, a) the expected payoff of meaning to take action a there and P(q, a, ·)
where that leads, implementation noise of both hands included, a best reply solves

    V(q) = max_a { r(q, a) + w Σ_q' P(q, a, q') V(q') }

at a continuation probability w (R. Bellman, Dynamic Programming, 1957). It is found by policy
iteration (R. A. Howard, Dynamic Programming and Markov Processes, 1960), which ends after finitely
many linear solves. For a fixed number of periods it is found backwards from the last; in the long
run by policy iteration on the average g and the bias h, which may differ between closed classes
(M. L. Puterman, Markov Decision Processes, 1994, sections 9.1–9.2):

    g = max_a P_a g,    g + h = max { r_a + P_a h : a attains the first maximum }

V is written as x/(1−w) + d with d = 0 at the start, so that x is the payoff per period and

    x + d(q) = max_a { r(q, a) + w Σ_q' P(q, a, q') d(q') }

loses no digits as w approaches 1. Payoffs are mapped to [0, 1] before anything is solved; every
tolerance is in that unit.

Is the state known? Every realised action is seen by all, or a public signal of it that also moves
the automaton: then yes. An actor that misperceives in private has a state that the other cannot
know, unless what it sees makes no difference to it; then best replies would depend on beliefs and
are refused.

A pair is a *Nash equilibrium* if neither seat has a better reply than its strategy. It is *subgame
perfect* if that is so after every history. By the one-shot deviation principle (D. Blackwell,
"Discounted dynamic programming", Ann. Math. Statist. 36, 1965; D. Abreu, "On the theory of
infinitely repeated games with discounting", Econometrica 56, 1988; G. J. Mailath and L. Samuelson,
Repeated Games and Reputations, 2006, section 2.2) it is enough that in no joint state that any
sequence of profiles can lead to, slips and deviations included, one other action in that period
alone would pay. Under public signals this is perfect public equilibrium.

How far a pair is from either is its *slack* s(w): the most that an action which the strategy does
not take would add, in any state in question, with the best continuation (Nash, states on the path)
or the strategy's own (subgame perfect, all states). It is continuous in w, negative where every
other action is worse, and the pair is an equilibrium if and only if s(w) ≤ 0; where a strategy
draws lots, s = 0 at best. Critical continuation probabilities are roots of s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games import Game
from coopgames.mistakes import Mistake, unknown
from coopgames.play.chain import _implemented, _signals, expect, stationary
from coopgames.play.match import Horizon, Match, Noise, Perception, both
from coopgames.strategies import Automaton, Strategy

Floats = NDArray[np.float64]
Criterion = Literal["nash", "subgame-perfect"]
Survival = Literal["coordination", "nash", "subgame-perfect"]

TOLERANCE = 1e-9
"""Values this close, in shares of the range of a seat's payoffs, are ties."""

MOST = 4000
"""So many joint states are solved at most; the matrices are dense."""

FAITHFUL = Perception()
"""Every action is seen as it was realised."""

RAREST = 9e-11
"""In the long run anything that may happen in a period must be at least so likely."""

_STRICT = 1e-12
"""What counts as an improvement in policy iteration."""

_WS = np.concatenate([np.arange(199) / 199, 1 - np.logspace(-3, -5, 3)])
"""Where equilibria are looked for; 199 is prime, so that no threshold of fame is on the grid."""


@dataclass(frozen=True)
class BestReply:
    """The best that a seat can do against the automaton in the other.

    Parameters
    ----------
    match : Match
        The match; of its strategies only the other seat's matters.
    seat : int
        Whose reply.
    total : float or None
        Expected payoff of a game; None where play never ends.
    mean : float
        Payoff per period: the total over the expected length, or the long-run average.
    automaton : Automaton
        A best reply. Its states follow those of the other, and for a fixed number of periods the
        period; it draws no lots, and of actions that are equally good it means to take the most
        accommodating.
    optimal : tuple of tuple of int
        For each of its states all optimal actions, in role order. In the long run: those that
        satisfy both optimality equations.
    opponent : tuple of int
        For each of its states the one that the other is in.
    period : tuple of int
        For each of its states the period, from 1; empty where it makes no difference.
    """

    match: Match
    seat: int
    total: float | None
    mean: float
    automaton: Automaton
    optimal: tuple[tuple[int, ...], ...]
    opponent: tuple[int, ...]
    period: tuple[int, ...]

    @property
    def strategy(self) -> Strategy:
        """The reply as a strategy."""
        return Strategy("best-reply", self.automaton)


def best_reply(match: Match, seat: int) -> BestReply:
    """Find the best that a seat can do against the automaton in the other.

    Parameters
    ----------
    match : Match
        The other seat holds an automaton; any horizon, implementation noise and public signals.
    seat : int
        Who replies, 0 or 1.

    Returns
    -------
    BestReply

    Raises
    ------
    Mistake
        If the other strategy is no automaton, or private misperception hides its state.
    """
    other, follow = _automaton(match, 1 - seat), _tracked(match, seat)
    k, observed = match.game.shape[seat], match.game.shape[1 - seat]
    problem = _free(match, seat)
    mean, short = _optimum(problem, match.horizon)
    periods = match.horizon.periods
    number = {theirs: j for j, (_, theirs) in enumerate(problem.states)}
    # Nodes are pairs of a period and a problem's state; without an end all periods are alike.
    numbers, frontier, successors = {(0, 0): 0}, [(0, 0)], []
    for t, j in frontier:  # grows while it is read
        for to in follow[problem.states[j][1]].ravel():
            node = (0 if periods is None else min(t + 1, periods - 1), number[int(to)])
            if node not in numbers:
                numbers[node] = len(numbers)
                frontier.append(node)
            successors.append(numbers[node])
    optimal = [np.flatnonzero(short[t, j] >= -TOLERANCE) for t, j in frontier]
    opponent = tuple(problem.states[j][1] for _, j in frontier)
    period = () if periods is None else tuple(t + 1 for t, _ in frontier)
    names = [other.states[q] for q in opponent]
    if period:
        names = [f"{name}, period {t}" for name, t in zip(names, period, strict=True)]
    automaton = Automaton(
        np.eye(k)[[best[0] for best in optimal]],
        np.reshape(successors, (len(frontier), k, observed)),
        states=names,
    )
    mean = problem.low + problem.scale * mean
    total = None if match.horizon.infinite else mean * _length(match.horizon)
    ties = tuple(tuple(int(a) for a in best) for best in optimal)
    return BestReply(match, seat, total, mean, automaton, ties, opponent, period)


def deviation_gain(match: Match, seat: int) -> float:
    """Say how much more than its strategy's value a seat could get by its best reply.

    Parameters
    ----------
    match : Match
        Two automata.
    seat : int
        Who deviates, 0 or 1.

    Returns
    -------
    float
        At least 0; per game, or per period where play never ends.
    """
    case = _case(match, seat)
    return _gain(case, match.horizon) * case.free.scale * _length(match.horizon)


def is_nash(match: Match, tolerance: float = TOLERANCE) -> bool:
    """Whether neither seat gains by any other way of playing.

    Parameters
    ----------
    match : Match
        Two automata.
    tolerance : float
        A gain per period of up to this share of the range of the seat's payoffs is none.
    """
    return all(_gain(_case(match, seat), match.horizon) <= tolerance for seat in range(2))


def is_subgame_perfect(match: Match, tolerance: float = TOLERANCE) -> bool:
    """Whether neither seat gains by any other way of playing, after whatever history.

    Parameters
    ----------
    match : Match
        Two automata at a continuation probability.
    tolerance : float
        What a single deviation may add, as a share of the range of the seat's payoffs.

    Raises
    ------
    Mistake
        If the horizon is no continuation probability.
    """
    return _match_slack(match, "subgame-perfect") <= tolerance


def equilibrium_intervals(
    game: Game,
    first: Strategy,
    second: Strategy,
    *,
    criterion: Criterion = "nash",
    noise: Noise = 0.0,
    perception: Perception = FAITHFUL,
    seat: int | None = None,
) -> tuple[tuple[float, float], ...]:
    """Find the continuation probabilities at which a pair is an equilibrium.

    The slack is computed at w = 0, 1/199, …, 198/199, .999, .9999 and .99999; between neighbours of
    which one is an equilibrium and the other not, the border is found as a root. An interval that
    lies between two neighbours is missed, so a single point nearly always is.

    Parameters
    ----------
    game : Game
        What they play.
    first, second : Strategy
        Two automata.
    criterion : {"nash", "subgame-perfect"}
        Which equilibrium.
    noise, perception
        The conditions, as in a match.
    seat : int, optional
        Ask of this seat only whether it would deviate; of both by default.

    Returns
    -------
    tuple of (float, float)
        The lower and upper end of each interval, rising; both belong to it, but 1, which stands for
        every w however close to it.
    """
    match = Match(game, (first, second), Horizon(continuation=0.0), noise, perception=perception)
    seats = (0, 1) if seat is None else (seat,)
    cases = _cases(match, criterion, seats)

    def slack(w: float) -> float:
        return max(_slack(case, w, criterion) for case in cases)

    slacks = [slack(w) for w in _WS]
    ends = [0.0] if slacks[0] <= TOLERANCE else []
    for (v, before), (w, after) in pairwise(zip(_WS, slacks, strict=True)):
        if (before <= TOLERANCE) != (after <= TOLERANCE):
            ends.append(_border(slack, (v, before), (w, after)))
    if len(ends) % 2:
        ends.append(1.0)
    return tuple(zip(ends[::2], ends[1::2], strict=True))


def critical_continuation(
    game: Game,
    first: Strategy,
    second: Strategy,
    *,
    criterion: Criterion = "nash",
    noise: Noise = 0.0,
    perception: Perception = FAITHFUL,
    seat: int | None = None,
) -> float | None:
    """Find the smallest continuation probability from which on a pair is an equilibrium.

    From which on: at it and at every larger one. Where a pair is an equilibrium lower as well, with
    a gap, or only lower, `equilibrium_intervals`, which takes the same parameters, tells.

    Returns
    -------
    float or None
        0 if the pair is an equilibrium however short play is; None if there is no such probability
        up to .99999.
    """
    intervals = equilibrium_intervals(
        game, first, second,
        criterion=criterion, noise=noise, perception=perception, seat=seat,
    )  # fmt: skip
    return intervals[-1][0] if intervals and intervals[-1][1] == 1 else None


def noise_survival(
    match: Match,
    *,
    criterion: Survival = "coordination",
    holds: ArrayLike | None = None,
    share: float = 0.8,
) -> float | None:
    """Find how much implementation noise a pair's coordination survives.

    The largest e ≤ 1 − 1/k, k the smaller number of actions, such that at every implementation
    noise up to e, the same for both, the criterion is met:

    - ``coordination``: profiles that hold make up at least `share` of the expected periods, at the
      match's horizon; in the long run if it is infinite;
    - ``nash``, ``subgame-perfect``: the pair is an equilibrium under that noise; the latter needs
      a continuation probability.

    Looked for on a grid from 1e-4, the least noise that counts, to 1 − 1/k, with the border found
    as a root. The match's own implementation noise is replaced; its perception stays.

    Parameters
    ----------
    match : Match
        Two automata.
    criterion : {"coordination", "nash", "subgame-perfect"}
        What has to survive.
    holds : array_like of bool, shape (k_0, k_1), optional
        Which profiles are coordination, in the game's own order of actions; by default the one in
        which both accommodate most.
    share : float
        How much of the time they must be played.

    Returns
    -------
    float or None
        0 if it does not survive the least noise; None if it is not there without noise either.
    """
    if criterion not in get_args(Survival):
        raise Mistake(unknown("criterion", criterion, get_args(Survival)))
    table = _coordinated(match, holds)

    def shortfall(e: float) -> float:
        noisy = replace(match, noise=float(e))
        if criterion == "coordination":
            return share - float((expect(noisy).frequency * table).sum())
        if criterion == "nash" and match.horizon.continuation is None:
            return max(_gain(_case(noisy, seat), noisy.horizon) for seat in range(2))
        return _match_slack(noisy, criterion)

    most = 1 - 1 / min(match.game.shape)
    levels = np.concatenate([[0.0], np.logspace(-4, -2, 9), np.linspace(0.01, most, 100)[1:]])
    last = (0.0, shortfall(0.0))
    if last[1] > TOLERANCE:
        return None
    for e in levels[1:]:
        now = (float(e), shortfall(e))
        if now[1] > TOLERANCE:
            return _border(shortfall, last, now) if last[0] else 0.0
        last = now
    return most


def _coordinated(match: Match, holds: ArrayLike | None) -> NDArray[np.bool_]:
    """Say which profiles are coordination, in the game's own order."""
    if holds is None:
        table = np.zeros(match.game.shape, dtype=bool)
        table[match.roles[0][0], match.roles[1][0]] = True
        return table
    table = np.asarray(holds, dtype=bool)
    if table.shape != match.game.shape:
        raise Mistake(
            f"holds has shape {table.shape}, but the profiles of {match.game.name!r} are "
            f"{match.game.shape[0]} × {match.game.shape[1]}"
        )
    return table


def _border(
    f: Callable[[float], float], one: tuple[float, float], other: tuple[float, float]
) -> float:
    """Find where `f` begins to exceed what counts as zero, between two points (w, f(w)).

    Zero itself where `f` changes its sign; the tolerance where it is zero on one side throughout.
    """
    from scipy.optimize import brentq

    level = 0.0 if min(one[1], other[1]) < 0 else TOLERANCE
    return float(brentq(lambda w: f(w) - level, one[0], other[0], xtol=1e-14, rtol=1e-14))


def _length(horizon: Horizon) -> float:
    """Give the expected number of periods; 1 where play never ends."""
    if horizon.periods is not None:
        return float(horizon.periods)
    return 1.0 if horizon.continuation is None else 1 / (1 - horizon.continuation)


# A decision problem


@dataclass(frozen=True, eq=False)
class _Problem:
    """What one seat faces: joint states of its own and the other's automaton; 0 is the start.

    Parameters
    ----------
    states : tuple of (int, int)
        One's own state and the other's.
    reward : ndarray, shape (J, k)
        Expected payoff of the period, mapped to [0, 1], by one's intended action.
    move : ndarray, shape (J, k, J)
        Probability of the next joint state.
    mix : ndarray, shape (J, k)
        What one's own automaton means to do.
    low, scale : float
        The smallest payoff, and the range.
    """

    states: tuple[tuple[int, int], ...]
    reward: Floats
    move: Floats
    mix: Floats
    low: float
    scale: float


@dataclass(frozen=True)
class _Event:
    """What may happen in a period as one seat lives it, all in roles."""

    own: int
    other: int
    own_shown: int
    other_shown: int
    own_shown_to_other: int
    other_shown_to_other: int
    odds: float


def _automaton(match: Match, seat: int) -> Automaton:
    strategy = match.strategies[seat]
    if not isinstance(strategy.rule, Automaton):
        raise Mistake(
            f"{strategy.name} is no automaton, so best replies to it and its equilibria are not "
            "solved; its matches can be played"
        )
    return strategy.rule


def _events(match: Match, seat: int) -> list[_Event]:
    """List what may be realised and shown, the likelier signals of a profile last."""
    events = []
    for profile, signals in _signals(match).items():
        for shown, odds in signals:
            a, b, c, d = shown if seat == 0 else (*shown[2:], *shown[:2])
            events.append(_Event(profile[seat], profile[1 - seat], a, b, d, c, odds))
    return sorted(events, key=lambda event: event.odds)


def _tracked(match: Match, seat: int, *, slips: bool = False) -> NDArray[np.int64]:
    """Follow the other's state by what a seat sees: ``follow[state, own shown, other shown]``.

    Parameters
    ----------
    match, seat
        Who follows, and under which conditions.
    slips : bool
        Whether the other may take actions that it never means to take.

    Raises
    ------
    Mistake
        If what the seat sees leaves open which state the other is in.
    """
    rule, events = _automaton(match, 1 - seat), _events(match, seat)
    odds = _implemented(rule.mix, both(match.noise)[1 - seat])
    follow = np.zeros((len(rule.mix), *match.game.shape[:: 1 if seat == 0 else -1]), np.int64)
    for e in events:  # what is impossible in a state is taken for what it would most likely mean
        after = rule.next[:, e.other_shown_to_other, e.own_shown_to_other]
        follow[:, e.own_shown, e.other_shown] = after
    frontier, reached = [rule.initial], {rule.initial}
    for state in frontier:  # grows while it is read
        known: dict[tuple[int, int], int] = {}
        for e in events:
            if odds[state, e.other] == 0 and not slips:
                continue
            to = int(rule.next[state, e.other_shown_to_other, e.own_shown_to_other])
            if known.setdefault((e.own_shown, e.other_shown), to) != to:
                _hidden(match, seat)
            if to not in reached:
                reached.add(to)
                frontier.append(to)
        for seen, to in known.items():
            follow[state][seen] = to
    return follow


def _hidden(match: Match, seat: int) -> None:
    """Refuse a problem in which the other's state is not known."""
    name = match.strategies[1 - seat].name
    why = (
        f"{name} misperceives in private"
        if both(match.perception.error)[1 - seat]
        else f"who faces {name} misperceives it in private"
    )
    raise Mistake(
        f"{why}, so which state {name} is in cannot be known and best replies would depend on "
        "beliefs: they are solved without private misperception, or with public signals"
    )


@dataclass(frozen=True, eq=False)
class _Case:
    """A seat's own automaton, and what the seat could do instead.

    Parameters
    ----------
    free : _Problem
        The problem of a seat that may do anything: the other's states alone.
    played : _Problem
        The joint states of both automata.
    at : ndarray of int, shape (J,)
        For each joint state the state of `free`.
    """

    free: _Problem
    played: _Problem
    at: NDArray[np.int64]


def _free(match: Match, seat: int) -> _Problem:
    """Build the problem of a seat that may do anything."""
    k, observed = match.game.shape[seat], match.game.shape[1 - seat]
    idle = Automaton([np.full(k, 1 / k)], np.zeros((1, k, observed)))
    return _problem(match, seat, idle)


def _case(match: Match, seat: int, *, slips: bool = False) -> _Case:
    """Build the case of a seat, where the other's state is known.

    The joint states are those on the path, or with `slips` all that any profiles can lead to.
    """
    own = _automaton(match, seat)
    _tracked(match, seat, slips=slips)
    free, played = _free(match, seat), _problem(match, seat, own, everywhere=slips)
    number = {theirs: j for j, (_, theirs) in enumerate(free.states)}
    return _Case(free, played, np.array([number[theirs] for _, theirs in played.states]))


def _cases(match: Match, criterion: Criterion, seats: tuple[int, ...]) -> list[_Case]:
    """Build the cases of these seats, for a criterion."""
    if criterion not in get_args(Criterion):
        raise Mistake(unknown("criterion", criterion, get_args(Criterion)))
    perfect = criterion == "subgame-perfect"
    if perfect:  # also of one seat: a history that only slips lead to must be known to both
        for seat in range(2):
            _tracked(match, seat, slips=True)
    return [_case(match, seat, slips=perfect) for seat in seats]


def _problem(match: Match, seat: int, own: Automaton, *, everywhere: bool = True) -> _Problem:
    """Build the problem of a seat: over all joint states that any profiles can lead to, or not.

    If not, over those on the path, and then only what `own` means to do has its consequences.
    """
    other, events = _automaton(match, 1 - seat), _events(match, seat)
    noise = both(match.noise)
    mine, theirs = _implemented(own.mix, noise[seat]), _implemented(other.mix, noise[1 - seat])
    start = (own.initial, other.initial)
    numbers, frontier, arcs = {start: 0}, [start], []
    for j, (s, q) in enumerate(frontier):  # grows while it is read
        if j >= MOST:
            names = " and ".join(strategy.name for strategy in match.strategies)
            raise Mistake(f"{names} have more than {MOST:,} joint states, too many to be solved")
        for e in events:
            if not everywhere and mine[s, e.own] * theirs[q, e.other] == 0:
                continue
            to = (
                int(own.next[s, e.own_shown, e.other_shown]),
                int(other.next[q, e.other_shown_to_other, e.own_shown_to_other]),
            )
            if to not in numbers:
                numbers[to] = len(numbers)
                frontier.append(to)
            arcs.append((j, e.own, e.other, numbers[to], e.odds))
    at, x, y, into, odds = (np.array(column) for column in zip(*arcs, strict=True))
    pairs = np.array(frontier)
    reply = theirs[pairs[:, 1]]
    slip = _implemented(np.eye(own.k), noise[seat])
    realised = np.zeros((len(pairs), own.k, len(pairs)))
    np.add.at(realised, (at, x, into), reply[at, y] * odds)
    payoffs = match.game.payoffs[seat][np.ix_(*match.roles)]
    table = payoffs if seat == 0 else payoffs.T
    low, scale = float(table.min()), float(np.ptp(table)) or 1.0
    reward = reply @ ((table - low) / scale).T @ slip.T
    move = np.einsum("ax,jxi->jai", slip, realised)
    return _Problem(tuple(frontier), reward, move, own.mix[pairs[:, 0]], low, scale)


# Its solution


def _optimum(problem: _Problem, horizon: Horizon) -> tuple[float, Floats]:
    """Find the best payoff per period, and by how much each action falls short of it.

    Returns
    -------
    mean : float
        In the problem's unit.
    short : ndarray, shape (1 or number of periods, J, k)
        0 for optimal actions, negative for others.
    """
    if horizon.periods is not None:
        return _backwards(problem, horizon.periods)
    if horizon.continuation is not None:
        x, _, short = _discounted_optimum(problem, horizon.continuation)
        return x, short[None]
    mean, short = _average_optimum(problem)
    return mean, short[None]


def _gain(case: _Case, horizon: Horizon) -> float:
    """Say how much more per period the best reply gets than the seat's own automaton."""
    matrix, reward = _chosen(case.played)
    if horizon.periods is not None:
        value: Floats = np.zeros(len(reward))
        for _ in range(horizon.periods):
            value = reward + matrix @ value
        own = float(value[0]) / horizon.periods
    elif horizon.continuation is not None:
        own, _ = _evaluated(matrix, reward, horizon.continuation)
    else:
        own = float(_averaged(matrix, reward)[0][0])
    return max(_optimum(case.free, horizon)[0] - own, 0.0)


def _match_slack(match: Match, criterion: Criterion) -> float:
    """Give the slack of a match at its continuation probability."""
    w = match.horizon.continuation
    if w is None:
        raise Mistake(
            "whether a pair is subgame perfect is asked at a continuation probability, and this "
            "match has none"
        )
    return max(_slack(case, w, criterion) for case in _cases(match, criterion, (0, 1)))


def _slack(case: _Case, w: float, criterion: Criterion) -> float:
    """Give the most that an action would add which the strategy does not take for certain.

    −1 at least, where there is no other action.
    """
    x, d = _evaluated(*_chosen(case.played), w)
    if criterion == "nash":
        best, at_best, short = _discounted_optimum(case.free, w)
        behind = (best - x) / (1 - w) + at_best[case.at] - d
        more = short[case.at] + behind[:, None]
    else:
        more = _added(case.played, x, d, w)
    return float(more[case.played.mix < 1].max(initial=-1.0))


def _chosen(problem: _Problem) -> tuple[Floats, Floats]:
    """Give the transition matrix and expected payoffs of what one's own automaton does."""
    matrix = np.einsum("ja,jai->ji", problem.mix, problem.move)
    return matrix, np.einsum("ja,ja->j", problem.mix, problem.reward)


def _evaluated(matrix: Floats, reward: Floats, w: float) -> tuple[float, Floats]:
    """Solve for x and d of a way of playing."""
    system = np.eye(len(matrix)) - w * matrix
    system[:, 0] = 1.0
    d = np.asarray(np.linalg.solve(system, reward), dtype=np.float64)
    x = float(d[0])
    d[0] = 0.0
    return x, d


def _added(problem: _Problem, x: float, d: Floats, w: float) -> Floats:
    """Say what each action would add in one period to playing as x and d come from."""
    return np.asarray(problem.reward - x + w * problem.move @ d - d[:, None])


def _discounted_optimum(problem: _Problem, w: float) -> tuple[float, Floats, Floats]:
    """Find the best way of playing at a continuation probability: x, d, and shortfalls."""
    states = np.arange(len(problem.reward))
    choice, tried = np.zeros(len(states), dtype=np.int64), set()
    while True:
        tried.add(choice.tobytes())
        matrix, reward = problem.move[states, choice], problem.reward[states, choice]
        x, d = _evaluated(matrix, reward, w)
        more = _added(problem, x, d, w)
        better = more.max(axis=1) > _STRICT * (1 + np.abs(d).max())
        choice = np.where(better, more.argmax(axis=1), choice)
        if choice.tobytes() in tried:  # nothing better, but for rounding
            return x, d, more


def _backwards(problem: _Problem, periods: int) -> tuple[float, Floats]:
    """Find the best way of playing a number of periods, from the last to the first."""
    value: Floats = np.zeros(len(problem.reward))
    short: Floats = np.empty((periods, *problem.reward.shape))
    for t in reversed(range(periods)):
        worth = problem.reward + problem.move @ value
        value = np.asarray(worth.max(axis=1), dtype=np.float64)
        short[t] = worth - value[:, None]
    return float(value[0]) / periods, short


def _average_optimum(problem: _Problem) -> tuple[float, Floats]:
    """Find the best way of playing in the long run: its average from the start, and shortfalls.

    Actions that give up some of the long-run average are infinitely short.
    """
    rarest = problem.move[problem.move > 0].min()
    if rarest < RAREST:
        raise Mistake(
            f"a chance of {rarest:.1g} a period is too small for the long run to be solved "
            f"exactly; it must be at least {RAREST:g}"
        )
    states = np.arange(len(problem.reward))
    choice, tried = np.zeros(len(states), dtype=np.int64), set()
    best, short = -np.inf, np.empty_like(problem.reward)
    while choice.tobytes() not in tried:
        tried.add(choice.tobytes())
        g, h = _averaged(problem.move[states, choice], problem.reward[states, choice])
        later = problem.move @ g - g[:, None]
        now = problem.reward + problem.move @ h - (g + h)[:, None]
        later[states, choice] = now[states, choice] = 0.0
        more = np.where(later >= -_STRICT, now, -np.inf)
        if g[0] > best + 1e-15:
            best, short = float(g[0]), more
        gains = np.where((later.max(axis=1) > _STRICT)[:, None], later, more)
        better = gains.max(axis=1) > _STRICT
        choice = np.where(better, gains.argmax(axis=1), choice)
    return best, short


def _averaged(matrix: Floats, reward: Floats) -> tuple[Floats, Floats]:
    """Solve for the average g and the bias h of a way of playing, by the state one starts from."""
    classes, limit = _settled(matrix)
    g = limit @ reward
    _, h = _until(matrix, np.array([members[0] for members in classes]), reward - g)
    return g, h


def _settled(matrix: Floats) -> tuple[list[NDArray[np.int64]], Floats]:
    """List the closed classes, and the share of time in each state, by where one starts."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    leads = matrix > 0
    count, part = connected_components(csr_array(leads), connection="strong")
    classes = [
        np.flatnonzero(part == c) for c in range(count)
        if not leads[np.ix_(part == c, part != c)].any()
    ]  # fmt: skip
    ends, _ = _until(matrix, np.concatenate(classes), np.zeros(len(matrix)))
    limit = np.zeros_like(matrix)
    for members in classes:
        within = stationary(matrix[np.ix_(members, members)])
        limit[:, members] = np.outer(ends[:, members].sum(axis=1), within)
    return classes, limit


def _until(matrix: Floats, stop: NDArray[np.int64], reward: Floats) -> tuple[Floats, Floats]:
    """Play until one of some states is reached: where that is, and what is gained till then.

    All other states are cut out one by one, without subtractions, as `stationary` does.
    """
    ends, gained = matrix.copy(), reward.copy()
    ends[stop], gained[stop] = np.eye(len(matrix))[stop], 0.0
    left = np.ones(len(matrix), dtype=bool)
    for k in np.setdiff1d(np.arange(len(matrix)), stop):
        left[k] = False
        out = ends[k, left].sum()
        ends[k], gained[k] = np.where(left, ends[k], 0.0) / out, gained[k] / out
        into = np.where(np.arange(len(matrix)) == k, 0.0, ends[:, k])
        ends += np.outer(into, ends[k])
        gained += into * gained[k]
        ends[:, k] = 0.0
    return ends, gained
