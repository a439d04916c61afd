"""What one seat of a match of automata faces: a decision problem, and its solution.

The mathematics stands in `coopgames.play.solve`, which asks the questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake, unknown
from coopgames.play.chain import implemented, signals
from coopgames.play.markov import settled, until
from coopgames.play.match import Horizon, Match, both
from coopgames.strategies import Automaton

Floats = NDArray[np.float64]
Criterion = Literal["nash", "subgame-perfect"]

MOST = 4000
"""So many joint states are solved at most; the matrices are dense."""

RAREST = 9e-11
"""In the long run anything that may happen in a period must be at least so likely."""

_STRICT = 1e-12
"""What counts as an improvement in policy iteration."""


@dataclass(frozen=True, eq=False)
class Problem:
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
class Event:
    """What may happen in a period as one seat lives it, all in roles."""

    own: int
    other: int
    own_shown: int
    other_shown: int
    own_shown_to_other: int
    other_shown_to_other: int
    odds: float


def automaton_in(match: Match, seat: int) -> Automaton:
    """Give the automaton in a seat, or refuse."""
    rule = match.rules[seat]
    if not isinstance(rule, Automaton):
        raise Mistake(
            f"{match.strategies[seat].name} is no automaton, so best replies to it and its "
            "equilibria are not solved; its matches can be played"
        )
    return rule


def _events(match: Match, seat: int) -> list[Event]:
    """List what may be realised and shown, the likelier signals of a profile last."""
    events = []
    for profile, shown_of in signals(match).items():
        for shown, odds in shown_of:
            a, b, c, d = shown if seat == 0 else (*shown[2:], *shown[:2])
            events.append(Event(profile[seat], profile[1 - seat], a, b, d, c, odds))
    return sorted(events, key=lambda event: event.odds)


def tracked(match: Match, seat: int, *, slips: bool = False) -> NDArray[np.int64]:
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
    rule, events = automaton_in(match, 1 - seat), _events(match, seat)
    odds = implemented(rule.mix, both(match.noise)[1 - seat])
    seen = (match.game.shape[seat], match.observations[seat])
    follow = np.zeros((len(rule.mix), *seen), np.int64)
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
class Case:
    """A seat's own automaton, and what the seat could do instead.

    Parameters
    ----------
    free : Problem
        The problem of a seat that may do anything: the other's states alone.
    played : Problem
        The joint states of both automata.
    at : ndarray of int, shape (J,)
        For each joint state the state of `free`.
    """

    free: Problem
    played: Problem
    at: NDArray[np.int64]


def free_problem(match: Match, seat: int) -> Problem:
    """Build the problem of a seat that may do anything."""
    k, observed = match.game.shape[seat], match.observations[seat]
    idle = Automaton([np.full(k, 1 / k)], np.zeros((1, k, observed)))
    return _problem(match, seat, idle)


def case_of(match: Match, seat: int, *, slips: bool = False) -> Case:
    """Build the case of a seat, where the other's state is known.

    The joint states are those on the path, or with `slips` all that any profiles can lead to.
    """
    own = automaton_in(match, seat)
    tracked(match, seat, slips=slips)
    free, played = free_problem(match, seat), _problem(match, seat, own, everywhere=slips)
    number = {theirs: j for j, (_, theirs) in enumerate(free.states)}
    return Case(free, played, np.array([number[theirs] for _, theirs in played.states]))


def cases_of(match: Match, criterion: Criterion, seats: tuple[int, ...]) -> list[Case]:
    """Build the cases of these seats, for a criterion."""
    if criterion not in get_args(Criterion):
        raise Mistake(unknown("criterion", criterion, get_args(Criterion)))
    perfect = criterion == "subgame-perfect"
    if perfect:  # also of one seat: a history that only slips lead to must be known to both
        for seat in range(2):
            tracked(match, seat, slips=True)
    return [case_of(match, seat, slips=perfect) for seat in seats]


def _problem(match: Match, seat: int, own: Automaton, *, everywhere: bool = True) -> Problem:
    """Build the problem of a seat: over all joint states that any profiles can lead to, or not.

    If not, over those on the path, and then only what `own` means to do has its consequences.
    """
    other, events = automaton_in(match, 1 - seat), _events(match, seat)
    noise = both(match.noise)
    mine, theirs = implemented(own.mix, noise[seat]), implemented(other.mix, noise[1 - seat])
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
    slip = implemented(np.eye(own.k), noise[seat])
    realised = np.zeros((len(pairs), own.k, len(pairs)))
    np.add.at(realised, (at, x, into), reply[at, y] * odds)
    payoffs = match.game.payoffs[seat][np.ix_(*match.roles)]
    table = payoffs if seat == 0 else payoffs.T
    low, scale = float(table.min()), float(np.ptp(table)) or 1.0
    reward = reply @ ((table - low) / scale).T @ slip.T
    move = np.einsum("ax,jxi->jai", slip, realised)
    return Problem(tuple(frontier), reward, move, own.mix[pairs[:, 0]], low, scale)


def optimum(problem: Problem, horizon: Horizon) -> tuple[float, Floats]:
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


def gain_of(case: Case, horizon: Horizon) -> float:
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
    return max(optimum(case.free, horizon)[0] - own, 0.0)


def match_slack(match: Match, criterion: Criterion) -> float:
    """Give the slack of a match at its continuation probability."""
    w = match.horizon.continuation
    if w is None:
        raise Mistake(
            "whether a pair is subgame perfect is asked at a continuation probability, and this "
            "match has none"
        )
    return max(slack_of(case, w, criterion) for case in cases_of(match, criterion, (0, 1)))


def slack_of(case: Case, w: float, criterion: Criterion) -> float:
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


def _chosen(problem: Problem) -> tuple[Floats, Floats]:
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


def _added(problem: Problem, x: float, d: Floats, w: float) -> Floats:
    """Say what each action would add in one period to playing as x and d come from."""
    return np.asarray(problem.reward - x + w * problem.move @ d - d[:, None])


def _discounted_optimum(problem: Problem, w: float) -> tuple[float, Floats, Floats]:
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


def _backwards(problem: Problem, periods: int) -> tuple[float, Floats]:
    """Find the best way of playing a number of periods, from the last to the first."""
    value: Floats = np.zeros(len(problem.reward))
    short: Floats = np.empty((periods, *problem.reward.shape))
    for t in reversed(range(periods)):
        worth = problem.reward + problem.move @ value
        value = np.asarray(worth.max(axis=1), dtype=np.float64)
        short[t] = worth - value[:, None]
    return float(value[0]) / periods, short


def _average_optimum(problem: Problem) -> tuple[float, Floats]:
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
    classes, limit = settled(matrix)
    g = limit @ reward
    _, h = until(matrix, np.array([members[0] for members in classes]), reward - g)
    return g, h
