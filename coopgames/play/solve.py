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
from coopgames.play.chain import expect
from coopgames.play.decision import (
    Criterion,
    automaton_in,
    case_of,
    cases_of,
    free_problem,
    gain_of,
    match_slack,
    optimum,
    slack_of,
    tracked,
)
from coopgames.play.match import Horizon, Match, Noise, Perception
from coopgames.regimes import PublicRegime
from coopgames.strategies import Automaton, Guided, Strategy

Floats = NDArray[np.float64]
Survival = Literal["coordination", "nash", "subgame-perfect"]

TOLERANCE = 1e-9
"""Values this close, in shares of the range of a seat's payoffs, are ties."""

FAITHFUL = Perception()
"""Every action is seen as it was realised."""

WS = np.concatenate([np.arange(199) / 199, 1 - np.logspace(-3, -5, 3)])
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
        """The reply as a strategy; it reads the public signal where that is to be observed."""
        return reply_strategy(self.automaton, self.match.signals)


def reply_strategy(rule: Automaton, signals: int) -> Strategy:
    """Make a strategy of a reply that observes so many public signals beside all else."""
    if signals == 1:
        return Strategy("best-reply", rule)
    table = rule.next.reshape(len(rule.mix), 1, rule.k, -1, signals)
    return Strategy("best-reply", Guided(rule.mix[:, None], table, (), rule.initial))


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
    other, follow = automaton_in(match, 1 - seat), tracked(match, seat)
    k, observed = match.game.shape[seat], match.observations[seat]
    problem = free_problem(match, seat)
    mean, short = optimum(problem, match.horizon)
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
    total = None if match.horizon.infinite else mean * expected_length(match.horizon)
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
    case = case_of(match, seat)
    return gain_of(case, match.horizon) * case.free.scale * expected_length(match.horizon)


def is_nash(match: Match, tolerance: float = TOLERANCE) -> bool:
    """Whether neither seat gains by any other way of playing.

    Parameters
    ----------
    match : Match
        Two automata.
    tolerance : float
        A gain per period of up to this share of the range of the seat's payoffs is none.
    """
    return all(gain_of(case_of(match, seat), match.horizon) <= tolerance for seat in range(2))


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
    return match_slack(match, "subgame-perfect") <= tolerance


def equilibrium_intervals(
    game: Game,
    first: Strategy,
    second: Strategy,
    *,
    criterion: Criterion = "nash",
    noise: Noise = 0.0,
    perception: Perception = FAITHFUL,
    regime: PublicRegime | None = None,
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
    noise, perception, regime
        The conditions, as in a match.
    seat : int, optional
        Ask of this seat only whether it would deviate; of both by default.

    Returns
    -------
    tuple of (float, float)
        The lower and upper end of each interval, rising; both belong to it, but 1, which stands for
        every w however close to it.
    """
    match = Match(
        game, (first, second), Horizon(continuation=0.0), noise,
        perception=perception, regime=regime,
    )  # fmt: skip
    seats = (0, 1) if seat is None else (seat,)
    cases = cases_of(match, criterion, seats)

    def slack(w: float) -> float:
        return max(slack_of(case, w, criterion) for case in cases)

    slacks = [slack(w) for w in WS]
    ends = [0.0] if slacks[0] <= TOLERANCE else []
    for (v, before), (w, after) in pairwise(zip(WS, slacks, strict=True)):
        if (before <= TOLERANCE) != (after <= TOLERANCE):
            ends.append(border(slack, (v, before), (w, after)))
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
    regime: PublicRegime | None = None,
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
        criterion=criterion, noise=noise, perception=perception, regime=regime, seat=seat,
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
            return max(gain_of(case_of(noisy, seat), noisy.horizon) for seat in range(2))
        return match_slack(noisy, criterion)

    most = 1 - 1 / min(match.game.shape)
    levels = np.concatenate([[0.0], np.logspace(-4, -2, 9), np.linspace(0.01, most, 100)[1:]])
    last = (0.0, shortfall(0.0))
    if last[1] > TOLERANCE:
        return None
    for e in levels[1:]:
        now = (float(e), shortfall(e))
        if now[1] > TOLERANCE:
            return border(shortfall, last, now) if last[0] else 0.0
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


def border(
    f: Callable[[float], float], one: tuple[float, float], other: tuple[float, float]
) -> float:
    """Find where `f` begins to exceed what counts as zero, between two points (w, f(w)).

    Zero itself where `f` changes its sign; the tolerance where it is zero on one side throughout.
    """
    from scipy.optimize import brentq

    level = 0.0 if min(one[1], other[1]) < 0 else TOLERANCE
    return float(brentq(lambda w: f(w) - level, one[0], other[0], xtol=1e-14, rtol=1e-14))


def expected_length(horizon: Horizon) -> float:
    """Give the expected number of periods; 1 where play never ends."""
    if horizon.periods is not None:
        return float(horizon.periods)
    return 1.0 if horizon.continuation is None else 1 / (1 - horizon.continuation)
