"""The joint Markov chain of two automata, and exact answers from it.

A joint state is a pair of the automata's states; each period a profile is realised, with
implementation noise already in its probability, and leads to the next joint state. Only states
that can be reached from the start are kept. Nothing here is sampled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play.match import Match
from coopgames.strategies import Automaton

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Chain:
    """The reachable joint states of a match of automata; state 0 is the start.

    Parameters
    ----------
    probability : ndarray, shape (J, P)
        Probability of each profile in each joint state, profiles in role order.
    next : ndarray of int, shape (J, P)
        The joint state that follows.
    """

    probability: Floats
    next: NDArray[np.int64]


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
    return all(isinstance(s.rule, Automaton) for s in match.strategies)


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
        length, visits = float(horizon.periods), _visits(chain, horizon.periods)
    elif horizon.continuation is not None:
        length, visits = 1 / (1 - horizon.continuation), _discounted(chain, horizon.continuation)
    else:
        length, visits = 1.0, _settled(chain)
    by_role = (visits @ chain.probability / length).reshape(match.game.shape)
    frequency = np.empty_like(by_role)
    frequency[np.ix_(*match.roles)] = by_role
    means = [float((frequency * u).sum()) for u in match.game.payoffs]
    totals = None if horizon.infinite else (means[0] * length, means[1] * length)
    return Expectation(frequency, (means[0], means[1]), totals)


def joint_chain(match: Match) -> Chain:
    """Build the joint chain of two automata, breadth first from the start."""
    rules = [s.rule for s in match.strategies]
    if not solvable(match):
        other = next(s.name for s in match.strategies if not isinstance(s.rule, Automaton))
        raise Mistake(f"{other} is no automaton, so its matches are sampled, not solved")
    a, b = (rule for rule in rules if isinstance(rule, Automaton))
    p, q = (_implemented(x.mix, match.noise) for x in (a, b))
    numbers = {(a.initial, b.initial): 0}
    frontier, probability, following = [(a.initial, b.initial)], [], []
    for s, t in frontier:  # grows while it is read
        odds = np.outer(p[s], q[t])
        row = []
        for (x, y), chance in np.ndenumerate(odds):
            state = (int(a.next[s, x, y]), int(b.next[t, y, x]))
            if chance > 0 and state not in numbers:
                numbers[state] = len(numbers)
                frontier.append(state)
            # Where a profile never happens it leads nowhere; 0 stands in.
            row.append(numbers[state] if chance > 0 else 0)
        probability.append(odds.ravel())
        following.append(row)
    return Chain(np.array(probability), np.array(following, dtype=np.int64))


def _implemented(mix: Floats, noise: float) -> Floats:
    """Probability of each realised action, given that of the intended one."""
    k = mix.shape[1]
    if k == 1:
        return mix
    return np.asarray((1 - noise) * mix + noise * (1 - mix) / (k - 1))


def _step(chain: Chain, now: Floats) -> Floats:
    """Move a distribution over joint states one period on."""
    flow = (now[:, None] * chain.probability).ravel()
    return np.bincount(chain.next.ravel(), weights=flow, minlength=len(now)).astype(np.float64)


def _visits(chain: Chain, periods: int) -> Floats:
    """Count the expected visits to each joint state in a number of periods."""
    now = np.zeros(len(chain.next))
    now[0] = 1.0
    visits = np.zeros_like(now)
    for _ in range(periods):
        visits += now
        now = _step(chain, now)
    return visits


def _matrix(chain: Chain) -> Floats:
    """Transition matrix between joint states."""
    J = len(chain.next)
    matrix = np.zeros((J, J))
    np.add.at(matrix, (np.arange(J)[:, None], chain.next), chain.probability)
    return matrix


def _discounted(chain: Chain, w: float) -> Floats:
    """Count the expected visits when each period is followed by another with probability w."""
    J = len(chain.next)
    start = np.zeros(J)
    start[0] = 1.0
    return np.asarray(np.linalg.solve(np.eye(J) - w * _matrix(chain).T, start))


def _settled(chain: Chain) -> Floats:
    """Share of time in each joint state in the long run: a mixture over closed classes.

    Which class play settles in depends on the start; each class is weighted with the probability
    of ending there.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    matrix = _matrix(chain)
    count, component = connected_components(csr_array(matrix > 0), connection="strong")
    leaves = matrix > 0
    closed = [
        c for c in range(count)
        if not leaves[np.ix_(component == c, component != c)].any()
    ]  # fmt: skip
    settled = np.zeros(len(matrix))
    transient = np.flatnonzero(~np.isin(component, closed))
    for c in closed:
        members = np.flatnonzero(component == c)
        if component[0] == c:
            weight = 1.0
        elif len(transient) and component[0] not in closed:
            # Probability of absorption from the transient start, by first-step analysis.
            inside = matrix[np.ix_(transient, transient)]
            into = matrix[np.ix_(transient, members)].sum(axis=1)
            reach = np.linalg.solve(np.eye(len(transient)) - inside, into)
            weight = float(reach[np.searchsorted(transient, 0)])
        else:
            weight = 0.0
        settled[members] = weight * stationary(matrix[np.ix_(members, members)])
    return settled


def stationary(matrix: Floats) -> Floats:
    """Stationary distribution of an irreducible chain.

    By the elimination of Grassmann, Taksar & Heyman (1985), which has no subtractions and so loses
    no digits to cancellation.
    """
    a = matrix.copy()
    n = len(a)
    for k in range(n - 1, 0, -1):
        a[:k, k] /= a[k, :k].sum()
        a[:k, :k] += np.outer(a[:k, k], a[k, :k])
    weight = np.ones(n)
    for k in range(1, n):
        weight[k] = weight[:k] @ a[:k, k]
    return np.asarray(weight / weight.sum())
