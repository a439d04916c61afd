"""The joint Markov chain of two automata, and exact answers from it.

A joint state is a pair of the automata's states; each period a profile is realised, with
implementation noise already in its probability, and leads to the next joint state. Only states
that can be reached from the start are kept. Nothing here is sampled.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play.markov import settled
from coopgames.play.match import Match, both
from coopgames.strategies import Automaton

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Chain:
    """The reachable joint states of a match of automata, as a list of edges; state 0 is the start.

    Parameters
    ----------
    states : int
        Number of joint states J.
    source, target : ndarray of int, shape (E,)
        The joint state an edge leaves and the one it leads to; sorted by source.
    profile : ndarray of int, shape (E,)
        The profile that is realised on it, numbered in the C order of the game's payoff table.
    probability : ndarray, shape (E,)
        Its probability in its source; those of a source sum to 1.
    """

    states: int
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    profile: NDArray[np.int64]
    probability: Floats


@dataclass(frozen=True, eq=False)
class Expectation:
    """What a match of automata comes to, exactly.

    Parameters
    ----------
    frequency : ndarray, shape (k_0, k_1)
        Expected share of periods in which each profile of the game is played; at a continuation
        probability, expected number of periods over expected length.
    means : tuple of float
        Payoff per period, seat by seat.
    totals : tuple of float, or None
        Expected payoff of a match; None where it never ends.
    """

    frequency: Floats
    means: tuple[float, float]
    totals: tuple[float, float] | None


def solvable(match: Match) -> bool:
    """Whether a match can be solved: both strategies are automata."""
    return all(isinstance(rule, Automaton) for rule in match.rules)


def expect(match: Match) -> Expectation:
    """Solve a match of automata.

    Parameters
    ----------
    match : Match
        Two automata under any horizon and implementation noise.

    Returns
    -------
    Expectation

    Raises
    ------
    Mistake
        If a strategy is no automaton.
    """
    chain = joint_chain(match)
    horizon = match.horizon
    if horizon.periods is not None:
        length, visits = float(horizon.periods), expected_visits(chain, horizon.periods)
    elif horizon.continuation is not None:
        length, visits = (
            1 / (1 - horizon.continuation),
            discounted_visits(chain, horizon.continuation),
        )
    else:
        # In the long run: a mixture over the closed classes that play may settle in.
        length, visits = 1.0, settled(transition_matrix(chain))[1][0]
    flow = visits[chain.source] * chain.probability / length
    played = np.bincount(chain.profile, flow, match.game.payoffs[0].size).astype(np.float64)
    frequency = played.reshape(match.game.shape)
    means = [float((frequency * u).sum()) for u in match.game.payoffs]
    totals = None if horizon.infinite else (means[0] * length, means[1] * length)
    return Expectation(frequency, (means[0], means[1]), totals)


def joint_chain(match: Match) -> Chain:
    """Build the joint chain of two automata, breadth first from the start."""
    return joint_states(match)[0]


def joint_states(match: Match) -> tuple[Chain, list[tuple[int, int]]]:
    """Build the joint chain, and say which pair of the automata's states each joint state is."""
    rules = match.rules
    if not solvable(match):
        names = zip(match.strategies, rules, strict=True)
        other = next(s.name for s, rule in names if not isinstance(rule, Automaton))
        raise Mistake(f"{other} is no automaton, so its matches are sampled, not solved")
    a, b = (rule for rule in rules if isinstance(rule, Automaton))
    p, q = (implemented(x.mix, e) for x, e in zip((a, b), both(match.noise), strict=True))
    profiles = np.arange(match.game.payoffs[0].size).reshape(match.game.shape)
    profiles = profiles[np.ix_(*match.roles)]
    shown_of = [(x, y, int(profiles[x, y]), seen) for (x, y), seen in signals(match).items()]
    much = sum(len(seen) for *_, seen in shown_of) > MUCH
    return (_by_arrays if much else _by_lists)(a, b, p, q, shown_of)


MUCH = 100
"""From so many things that may be seen on, a state's edges are worked out by arrays."""

Shown = list[tuple[int, int, int, list["Signal"]]]
Joint = tuple[Chain, list[tuple[int, int]]]


def _by_lists(a: Automaton, b: Automaton, odds_a: Floats, odds_b: Floats, shown_of: Shown) -> Joint:
    # Python's own lists are read several times as fast, number by number.
    p, q, to_a, to_b = odds_a.tolist(), odds_b.tolist(), a.next.tolist(), b.next.tolist()
    numbers = {(a.initial, b.initial): 0}
    frontier = [(a.initial, b.initial)]
    edges: list[tuple[int, int, int, float]] = []
    for source, (s, t) in enumerate(frontier):  # grows while it is read
        merged: dict[tuple[int, int], float] = {}
        act_a, act_b, after_a, after_b = p[s], q[t], to_a[s], to_b[t]
        for x, y, profile, seen in shown_of:
            realised = act_a[x] * act_b[y]
            if realised == 0:
                continue
            for (own_a, seen_by_a, own_b, seen_by_b), shown in seen:
                state = (after_a[own_a][seen_by_a], after_b[own_b][seen_by_b])
                number = numbers.setdefault(state, len(numbers))
                if number == len(frontier):
                    frontier.append(state)
                edge = (profile, number)
                merged[edge] = merged.get(edge, 0.0) + realised * shown
        edges += [(source, target, profile, odds) for (profile, target), odds in merged.items()]
    columns = (np.array(column) for column in zip(*edges, strict=True))
    return Chain(len(numbers), *columns), frontier


def _taken(rule: Automaton) -> NDArray[np.intp]:
    """Give what it does and observes a number, the same where it leads on alike: (k, O)."""
    states, k, observations = rule.next.shape
    _, taken = np.unique(rule.next.reshape(states, -1), axis=1, return_inverse=True)
    return np.asarray(taken.reshape(k, observations))


def _by_arrays(
    a: Automaton, b: Automaton, odds_a: Floats, odds_b: Floats, shown_of: Shown
) -> Joint:
    """Build the same, edge by edge in the same order."""
    rows = [(x, y, profile, *what, p) for x, y, profile, seen in shown_of for what, p in seen]
    *whole, shown = (np.array(column) for column in zip(*rows, strict=True))
    # What both rules take alike, in every state, is one thing to be seen.
    alike = np.stack([whole[2], _taken(a)[whole[3], whole[4]], _taken(b)[whole[5], whole[6]]])
    _, first, place = np.unique(alike, axis=1, return_index=True, return_inverse=True)
    order = np.argsort(first)
    shown = np.bincount(place.ravel(), shown, len(first))[order]
    x, y, profile, own_a, seen_by_a, own_b, seen_by_b = (column[first[order]] for column in whole)
    T = len(b.mix)
    number = np.full(len(a.mix) * T, -1)
    number[a.initial * T + b.initial] = 0
    frontier = [(a.initial, b.initial)]
    parts = []
    for source, (s, t) in enumerate(frontier):  # grows while it is read
        odds = odds_a[s, x] * odds_b[t, y] * shown
        at = np.flatnonzero(odds)
        then = a.next[s, own_a[at], seen_by_a[at]] * T + b.next[t, own_b[at], seen_by_b[at]]
        new, when = np.unique(then, return_index=True)
        for state in new[np.argsort(when)].tolist():
            if number[state] < 0:
                number[state] = len(frontier)
                frontier.append(divmod(state, T))
        edge, first, place = np.unique(
            profile[at] * len(number) + then, return_index=True, return_inverse=True
        )
        order = np.argsort(first)
        total = np.bincount(place.ravel(), odds[at], len(edge))[order]
        lead = first[order]
        parts.append((np.full(len(edge), source), number[then[lead]], profile[at[lead]], total))
    columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Chain(len(frontier), *columns), frontier


Signal = tuple[tuple[int, int, int, int], float]
"""What seat 0 takes its own action for and what it observes, the same for seat 1, and how likely.

What it observes is what it takes the other's action for, and the public signal of a regime where
that errs; see `under`.
"""


def signals(match: Match) -> dict[tuple[int, int], list[Signal]]:
    """List what may be seen of each profile, in roles."""
    (k0, k1), error = match.game.shape, both(match.perception.error)
    if match.perception.public:
        shown0, shown1 = implemented(np.eye(k0), error[0]), implemented(np.eye(k1), error[1])
    else:
        # Seat 0 sees the other's action through its own error, and the other way round.
        shown0, shown1 = implemented(np.eye(k0), error[1]), implemented(np.eye(k1), error[0])
    possible0, possible1 = ([np.flatnonzero(row).tolist() for row in z] for z in (shown0, shown1))
    table = {}
    for x, y in np.ndindex(k0, k1):
        odds = [
            ((v, w), float(shown0[x, v] * shown1[y, w]))
            for v, w in product(possible0[x], possible1[y])
            if shown0[x, v] * shown1[y, w] > 0
        ]
        if match.perception.public:
            table[x, y] = [((v, w, w, v), p) for (v, w), p in odds]
        else:
            table[x, y] = [((x, w, y, v), p) for (v, w), p in odds]
    return table if match.signals == 1 else _with_public(match, table)


def _with_public(
    match: Match, table: dict[tuple[int, int], list[Signal]]
) -> dict[tuple[int, int], list[Signal]]:
    """Add to what may be seen the public signal, one for both, of the profile as it is."""
    assert match.regime is not None  # or there would be one signal only
    Y = match.signals
    return {
        profile: [
            ((a, b * Y + y, c, d * Y + y), p * float(q))
            for (a, b, c, d), p in seen
            for y, q in enumerate(match.regime.signal[profile])
            if q > 0
        ]
        for profile, seen in table.items()
    }


def implemented(mix: Floats, noise: float) -> Floats:
    """Probability of each realised action, given that of the intended one."""
    k = mix.shape[1]
    if k == 1:
        return mix
    return np.asarray((1 - noise) * mix + noise * (1 - mix) / (k - 1))


def step(chain: Chain, now: Floats) -> Floats:
    """Move a distribution over joint states one period on."""
    flow = now[chain.source] * chain.probability
    return np.bincount(chain.target, flow, chain.states).astype(np.float64)


MANY = 2048
"""Periods from which their number is doubled up to instead of being stepped through."""


def expected_visits(chain: Chain, periods: int) -> Floats:
    """Count the expected visits to each joint state in a number of periods."""
    if len(chain.target) == chain.states:
        return _orbit_visits(chain.target.tolist(), periods)
    if periods > MANY:
        return _doubled_visits(transition_matrix(chain), periods)
    now = np.zeros(chain.states)
    now[0] = 1.0
    visits = np.zeros_like(now)
    for _ in range(periods):
        visits += now
        now = step(chain, now)
    return visits


def _orbit_visits(following: list[int], periods: int) -> Floats:
    """Count visits where each state leads to one other: up to the cycle, then by whole rounds."""
    path: list[int] = []
    seen, state = set[int](), 0
    while state not in seen and len(path) < periods:
        seen.add(state)
        path.append(state)
        state = following[state]
    visits = np.zeros(len(following))
    visits[path] = 1.0
    if len(path) < periods:
        cycle = path[path.index(state) :]
        rounds, rest = divmod(periods - len(path), len(cycle))
        visits[cycle] += rounds
        visits[cycle[:rest]] += 1
    return visits


def _doubled_visits(matrix: Floats, periods: int) -> Floats:
    """Sum the first powers of a transition matrix, from the start, by doubling their number."""
    total, power = np.zeros(len(matrix)), np.eye(len(matrix))[0]
    summed, step = np.eye(len(matrix)), matrix.copy()  # Σ P^t and P^s for the next s = 1, 2, 4, …
    while periods:
        if periods & 1:
            total += power @ summed
            power = power @ step
        periods >>= 1
        if periods:
            summed += summed @ step
            step = step @ step
    return total


def transition_matrix(chain: Chain) -> Floats:
    """Transition matrix between joint states."""
    matrix = np.zeros((chain.states, chain.states))
    np.add.at(matrix, (chain.source, chain.target), chain.probability)
    return matrix


def discounted_visits(chain: Chain, w: float) -> Floats:
    """Count the expected visits when each period is followed by another with probability w."""
    J = chain.states
    start = np.zeros(J)
    start[0] = 1.0
    return np.asarray(np.linalg.solve(np.eye(J) - w * transition_matrix(chain).T, start))
