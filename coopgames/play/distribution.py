"""Exact distributions of what two automata come to: no course is drawn.

Everything is a recursion over the joint chain (`chain.joint_chain`), in which state x leads over an
edge e, with probability p_e, profile a_e and payoffs u_e, to state y_e.

**The course over time** is the distribution over profiles, carried forward period by period.

**The total payoff** S = Σ_t δ^t u_t, by first-step analysis (Kemeny & Snell 1960, ch. 3; for the
variance of a discounted sum, Sobel 1982). With w the probability that a period is followed by
another, M the mean and V the covariance of what is still to come,

    M(x) = Σ_e p_e (u_e + δw M(y_e))
    V(x) = Σ_e p_e [d_e d_eᵀ + δ²w V(y_e) + δ²w(1−w) M(y_e) M(y_e)ᵀ],   d_e = u_e + δw M(y_e) − M(x)

a linear system, or, at a fixed horizon, a recursion over the periods to go with w = 1. The law of
total variance is used in this form because it only ever adds what cannot be negative.

**Emergence** (theory.md 1.4.2; periods from 0). Z_t = 1 where play is coordinated; over T periods

    τ = min{t : Z_t = 1 and Z_t + … + Z_{t+L−1} ≥ m}
    β = min{t > τ : Z_t = 0 and Z_t + … + Z_{t+L−1} ≤ L − m},            both ≤ T − L

These are waiting times of a scan statistic, found by imbedding them in a finite Markov chain (Fu &
Koutras 1994; Glaz, Naus & Wallenstein 2001). Whether τ = t is known when period t+L−1 has been
played. A period t with Z_t = 1 is a *candidate* until more than L−m of the periods since were 0.
The memory of the rule is therefore the *word* of the latest values of Z, beginning with its oldest
candidate: a binary number without leading zeros, with at most L−m zeros. τ = t as soon as the word
that begins with t has L digits. Words of fewer digits number

    W = Σ_{i=0}^{L−m+1} C(L−1, i)

(130 at L = 10, m = 8, where all L−1 last values would be 512). From then on β is sought in the same
manner, with 0 and 1 exchanged, beginning with the L−1 periods that follow τ.

*Attribution*: an emergence counts only if some act of adjustment came no later than τ. Before the
first act, the memory has the previous profile beside the word; from then on, how many of the word's
last digits are not before that act.

The distribution over joint states × rule states is a table; in each period, and for each value of
Z, it is multiplied by a sparse matrix on either side. As with all exact answers, nothing is found
by subtracting from 1.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play.chain import Chain, joint_chain
from coopgames.play.match import Match
from coopgames.play.tally import Counting

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

LARGEST = 1_000_000
"""Joint states × rule states up to which the law of emergence is offered."""


def outcomes_over_time(match: Match, periods: int) -> Floats:
    """Give the course over time: how likely each profile is in each period.

    Parameters
    ----------
    match : Match
        Two automata. The horizon doesn't matter: where it is left to chance, the answer is for
        courses that last so long.
    periods : int
        How many periods to look at.

    Returns
    -------
    ndarray, shape (periods, P)
        Profiles are numbered in the C order of the game's payoff table.
    """
    chain, P = joint_chain(match), match.game.payoffs[0].size
    now = np.zeros(chain.states)
    now[0] = 1.0
    outcomes = np.empty((periods, P))
    for t in range(periods):
        flow = now[chain.source] * chain.probability
        outcomes[t] = np.bincount(chain.profile, flow, P)
        now = np.bincount(chain.target, flow, chain.states).astype(np.float64)
    return outcomes


@dataclass(frozen=True, eq=False)
class Moments:
    """Mean and covariance of the total payoffs of a match.

    Parameters
    ----------
    mean : ndarray, shape (2,)
        Expected total payoff, seat by seat.
    covariance : ndarray, shape (2, 2)
        Variances on the diagonal.
    """

    mean: Floats
    covariance: Floats

    @property
    def variance(self) -> Floats:
        """Each seat's variance."""
        return np.diag(self.covariance)


def total_moments(match: Match, discount: float = 1.0) -> Moments:
    """Find the mean and covariance of the total payoffs of a match.

    Parameters
    ----------
    match : Match
        Two automata under any horizon; one without end must be discounted.
    discount : float, default 1
        What a payoff one period later is worth, in [0, 1]. Times 1 − discount, the mean of a total
        over play without end is a payoff per period.

    Returns
    -------
    Moments

    Raises
    ------
    Mistake
        If a strategy is no automaton, the discount factor is not in [0, 1], or the total of play
        without end is not discounted.
    """
    if not 0 <= discount <= 1:
        raise Mistake(f"a discount factor of {discount:g} is not in [0, 1]")
    horizon = match.horizon
    if horizon.infinite and discount == 1:
        raise Mistake(
            "play without end has no finite total payoff; give a discount factor below 1, a number "
            "of periods or a continuation probability"
        )
    chain = joint_chain(match)
    payoffs = match.game.payoffs.reshape(2, -1)[:, chain.profile]
    if horizon.periods is not None:
        mean, covariance = np.zeros((2, chain.states)), np.zeros((3, chain.states))
        for _ in range(horizon.periods):  # those still to go
            later = discount * mean[:, chain.target]
            mean = _average(chain, payoffs + later)
            spread = _products(payoffs + later - mean[:, chain.source])
            covariance = _average(chain, spread + discount**2 * covariance[:, chain.target])
    else:
        w = 1.0 if horizon.continuation is None else horizon.continuation
        mean = _fixed_point(chain, discount * w, _average(chain, payoffs))
        later = discount * mean[:, chain.target]
        spread = _products(payoffs + w * later - mean[:, chain.source])
        ending = w * (1 - w) * _products(later)
        covariance = _fixed_point(chain, discount**2 * w, _average(chain, spread + ending))
    (first, both, second) = covariance[:, 0]
    return Moments(mean[:, 0].copy(), np.array([[first, both], [both, second]]))


def _products(x: Floats) -> Floats:
    """Give the entries 00, 01, 11 of x xᵀ."""
    return np.stack([x[0] * x[0], x[0] * x[1], x[1] * x[1]])


def _average(chain: Chain, values: Floats) -> Floats:
    """Average values on edges in the state that each leaves; edges are sorted by it."""
    begin = np.searchsorted(chain.source, np.arange(chain.states))
    return np.asarray(np.add.reduceat(values * chain.probability, begin, axis=1))


def _fixed_point(chain: Chain, factor: float, values: Floats) -> Floats:
    """Solve x = values + factor · (average of x over the next states)."""
    from scipy.sparse import csc_array, eye_array
    from scipy.sparse.linalg import splu

    J = chain.states
    step = csc_array((chain.probability, (chain.source, chain.target)), shape=(J, J))
    system = csc_array(eye_array(J, format="csc") - factor * step)
    return np.asarray(splu(system).solve(np.ascontiguousarray(values.T)).T)


@dataclass(frozen=True, eq=False)
class EmergenceDistribution:
    """When coordination emerges and when it breaks down: exact probabilities.

    Parameters
    ----------
    emerged : ndarray, shape (T − L + 1,)
        Probability that coordination emerges in period t, numbered from 0.
    broke : ndarray, shape (T − L + 1,)
        Probability that it breaks down in period t, having emerged before.
    never : float
        Probability that it does not emerge within T periods.
    lasting : float
        Probability that it emerges and does not break down within T periods.
    unattributed : float
        Probability that play becomes coordinated although nobody has adjusted by then, which is
        no emergence; 0 if attribution wasn't asked for. With `emerged` and `never` it makes 1.
    states : int
        Joint states × rule states the answer was found from.
    """

    emerged: Floats
    broke: Floats
    never: float
    lasting: float
    unattributed: float
    states: int


def emergence(
    match: Match,
    counting: Counting,
    periods: int,
    adjusting: tuple[bool, bool] | None = None,
) -> EmergenceDistribution | None:
    """Find the law of the periods at which coordination emerges and breaks down.

    Parameters
    ----------
    match : Match
        Two automata; its horizon doesn't matter.
    counting : Counting
        Where coordination holds, the window L and the count m; and the acts, for attribution.
    periods : int
        Length T of the course.
    adjusting : tuple of bool, optional
        Which seats' acts of forbearance and concession are attempts at adjustment. If given, an
        emergence that none precedes or accompanies counts as unattributed.

    Returns
    -------
    EmergenceDistribution or None
        None where T < 4L: too short to be measured.

    Raises
    ------
    Mistake
        If a strategy is no automaton, or there are more than `LARGEST` states.
    """
    return emergence_in(joint_chain(match), counting, periods, adjusting)


def emergence_in(
    chain: Chain,
    counting: Counting,
    periods: int,
    adjusting: tuple[bool, bool] | None = None,
) -> EmergenceDistribution | None:
    """Find the law of emergence in the courses of a chain; see `emergence`."""
    L, m = counting.L, counting.m
    if periods < 4 * L:
        return None
    holds = counting.holds[chain.profile].astype(bool)
    attempts = None if adjusting is None else _attempts(counting, adjusting)
    untried = None if attempts is None else _untried(chain, attempts)
    values = tuple(sorted({int(z) for z in holds}))
    joint = (0 if untried is None else untried.states, chain.states)
    if len(values) == 2:
        _affordable(joint, _sizes(L, m, attribution=untried is not None))
    rule = _rule(L, m, values, attribution=untried is not None, breakdown=True)
    steps = _steps(chain, holds, untried, rule)

    now = [np.zeros(shape) for shape in zip(joint, rule.sizes, strict=True)]
    if untried is None:
        now[TRIED][0, 0] = 1.0
    else:
        now[UNTRIED][untried.start, 0] = 1.0
    events = np.zeros((periods, EVENTS))
    for t in range(periods):
        after = [np.zeros_like(x) for x in now]
        for step in steps:
            reached = step.joint @ now[step.source]
            events[t] += np.bincount(step.events, reached.sum(axis=0), EVENTS)
            after[step.target] += (step.rule @ reached.T).T
        now = after
    return EmergenceDistribution(
        emerged=events[L - 1 :, EMERGED],
        broke=events[L - 1 :, BROKE],
        never=float(now[UNTRIED].sum() + now[TRIED][:, rule.seeking].sum()),
        lasting=float(now[TRIED][:, ~rule.seeking].sum()),
        unattributed=float(events[:, UNATTRIBUTED].sum()),
        states=sum(x.size for x in now),
    )


def chance_of_emergence(p: float, periods: int, L: int, m: int) -> float:
    """Find how likely luck alone makes coordination emerge.

    Parameters
    ----------
    p : float
        Probability that it holds in a period, independently of all others.
    periods : int
        Length T of the course.
    L, m : int
        Window and count of the rule: m = ⌈qL⌉.

    Returns
    -------
    float
        Probability that the rule finds an emergence; attribution aside.
    """
    if not 0 <= p <= 1:
        raise Mistake(f"p = {p:g} is no probability; it must lie in [0, 1]")
    _affordable((0, 1), (0, _words(L, m)))
    rule = _rule(L, m, (0, 1), attribution=False, breakdown=False)
    now = np.zeros(rule.sizes[TRIED])
    now[0] = 1.0
    fired = 0.0
    for _ in range(periods):
        after = np.zeros_like(now)
        for z, odds in ((0, 1 - p), (1, p)):
            move = rule.moves[TRIED, z, False]
            fired += odds * float(now[move.events == EMERGED].sum())
            after += odds * (move.matrix @ now)
        now = after
    return fired


# ------------------------------------------------------------------ the memory of the rule

UNTRIED, TRIED = 0, 1
"""Blocks of the table: before the first act of adjustment, and since (or without attribution)."""
SEEKING, WATCHING = 0, 1
"""What a rule state looks out for: emergence, breakdown."""
NOTHING, EMERGED, BROKE, UNATTRIBUTED, EVENTS = range(5)

_State = tuple[int, int, int, int]
"""Block, what is looked out for, word, and how many of its digits are not before the first act.

The last is counted up to the word's oldest candidate among those digits, so that states that
differ in nothing to come are one.
"""


@dataclass(frozen=True, eq=False)
class _Move:
    """What a period does to the rule states of a block.

    Parameters
    ----------
    target : int
        The block it leads to.
    matrix : csr_array, shape (R_target, R)
        Where each state goes; nowhere if the search is over.
    events : ndarray of int, shape (R,)
        What has happened.
    """

    target: int
    matrix: Any
    events: Counts


@dataclass(frozen=True, eq=False)
class _Rule:
    """The rule as an automaton that reads, period by period, Z and whether someone acts.

    Parameters
    ----------
    sizes : tuple of int
        Number of states in each block.
    seeking : ndarray of bool
        Which states of the second block still look out for emergence.
    moves : dict
        By block, Z and whether someone acts (False in the second block).
    """

    sizes: tuple[int, int]
    seeking: NDArray[np.bool_]
    moves: dict[tuple[int, int, bool], _Move]


def _trimmed(word: int, spare: int) -> int:
    """Drop the oldest candidates until no more than `spare` zeros are left."""
    while word.bit_length() - word.bit_count() > spare:
        word -= 1 << (word.bit_length() - 1)
    return word


def _follow(state: _State, z: int, acts: bool, L: int, m: int) -> tuple[_State | None, int]:
    """Give the rule state after a period, None if the search is over, and what has happened."""
    block, aim, word, since = state
    word = _trimmed(2 * word + (z if aim == SEEKING else 1 - z), L - m)
    full = word.bit_length() == L
    if aim == WATCHING:
        return (None, BROKE) if full else ((TRIED, WATCHING, word, 0), NOTHING)
    if block == UNTRIED and not acts:
        return (None, UNATTRIBUTED) if full else ((UNTRIED, SEEKING, word, 0), NOTHING)
    since = (word & ((2 << since) - 1)).bit_length()
    if not full:
        return (TRIED, SEEKING, word, since), NOTHING
    if since < L:
        return None, UNATTRIBUTED
    rest = ~word & ((1 << (L - 1)) - 1)
    return (TRIED, WATCHING, _trimmed(rest, L - m), 0), EMERGED


@lru_cache(maxsize=4)
def _rule(L: int, m: int, values: tuple[int, ...], *, attribution: bool, breakdown: bool) -> _Rule:
    """Build the rule's automaton from the states that can be reached.

    Without `breakdown` it ends with emergence. `values` are those that Z takes.
    """
    start = (UNTRIED if attribution else TRIED, SEEKING, 0, 0)
    queue, number, sizes = [start], {start: 0}, [0, 0]
    sizes[start[0]] = 1
    found: defaultdict[tuple[int, int, bool], array[int]] = defaultdict(lambda: array("q"))
    for state in queue:  # grows while it is read
        for z in values:
            for acts in (False, True) if state[0] == UNTRIED else (False,):
                follower, event = _follow(state, z, acts, L, m)
                if follower is None or (event == EMERGED and not breakdown):
                    to = -1
                else:
                    if follower not in number:
                        number[follower] = sizes[follower[0]]
                        sizes[follower[0]] += 1
                        queue.append(follower)
                    to = number[follower]
                found[state[0], z, acts].extend((to, event))
    moves = {}
    for (block, z, acts), flat in found.items():
        target = TRIED if acts else block
        moves[block, z, acts] = _move(flat, target, sizes[target])
    aims = [aim for block, aim, _, _ in queue if block == TRIED]
    return _Rule((sizes[UNTRIED], sizes[TRIED]), np.array(aims) == SEEKING, moves)


def _move(flat: array[int], target: int, size: int) -> _Move:
    """Write down where the states of a block go and what happens, as found one after the other."""
    from scipy.sparse import csr_array

    to, events = np.array(flat).reshape(-1, 2).T
    (came,) = np.nonzero(to >= 0)
    matrix = csr_array((np.ones(len(came)), (to[came], came)), shape=(size, len(to)))
    return _Move(target, matrix, events)


def _words(L: int, m: int) -> int:
    """Count the words: fewer than L digits, the first a 1, and at most L − m zeros; or empty."""
    return sum(math.comb(L - 1, i) for i in range(min(L - m + 1, L - 1) + 1))


def _sizes(L: int, m: int, *, attribution: bool) -> tuple[int, int]:
    """Count the rule states of each block."""
    words = _words(L, m)
    if not attribution:
        return 0, 2 * words
    # A word goes with each of its ones, and with none of them if a zero comes last.
    marked = 1
    for n in range(1, L):
        for zeros in range(min(L - m, n - 1) + 1):
            marked += math.comb(n - 1, zeros) * (n - zeros)
            marked += math.comb(n - 2, zeros - 1) if zeros else 0
    return words, marked + words


def _affordable(joint: tuple[int, int], rule: tuple[int, int]) -> None:
    """Refuse what is too large to be solved."""
    size = sum(j * r for j, r in zip(joint, rule, strict=True))
    if size > LARGEST:
        raise Mistake(
            f"the exact law of emergence would need {size:,} states ({max(joint):,} of the pair, "
            f"{max(rule):,} of the rule), more than {LARGEST:,}; sample it instead, or take a "
            "shorter window"
        )


# ------------------------------------------------------------------ the pair beside the rule


@dataclass(frozen=True, eq=False)
class _Untried:
    """The joint chain before the first act: a joint state and what the profile before it allows.

    Parameters
    ----------
    states, start : int
        Number of states, and the first one.
    edge : ndarray of int
        The edges of the joint chain, one or more times each.
    source, target : ndarray of int
        The states they lead between; meaningless as a target where someone acts.
    acts : ndarray of bool
        Whether someone acts on it.
    """

    states: int
    start: int
    edge: Counts
    source: Counts
    target: Counts
    acts: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Step:
    """One way a period can go: joint states by one matrix, rule states by another."""

    source: int
    target: int
    joint: Any
    rule: Any
    events: Counts


def _attempts(counting: Counting, adjusting: tuple[bool, bool]) -> NDArray[np.bool_]:
    """Say after which profile which profile is an attempt at adjustment; shape (P + 1, P)."""
    bits = sum(3 << 3 * seat for seat in range(2) if adjusting[seat])
    return np.asarray(counting.acts & bits, dtype=bool)


def _untried(chain: Chain, attempts: NDArray[np.bool_]) -> _Untried:
    """Split joint states by the profile before, as far as it matters to what is an attempt."""
    kinds, kind = np.unique(attempts, axis=0, return_inverse=True)
    kind = kind.ravel()
    reached = np.zeros((chain.states, len(kinds)), dtype=bool)
    reached[0, kind[-1]] = True
    reached[chain.target, kind[chain.profile]] = True
    number = np.cumsum(reached.ravel()).reshape(reached.shape) - 1
    edge, before = np.nonzero(reached[chain.source])
    return _Untried(
        states=int(reached.sum()),
        start=int(number[0, kind[-1]]),
        edge=edge,
        source=number[chain.source[edge], before],
        target=number[chain.target[edge], kind[chain.profile[edge]]],
        acts=kinds[before, chain.profile[edge]],
    )


def _steps(
    chain: Chain, holds: NDArray[np.bool_], untried: _Untried | None, rule: _Rule
) -> list[_Step]:
    """Pair the moves of the rule with those of the joint chain."""
    from scipy.sparse import csr_array

    states = [0 if untried is None else untried.states, chain.states]
    steps = []
    for (block, z, acts), move in rule.moves.items():
        if block == TRIED or untried is None:
            chosen = holds == z
            p, source, target = chain.probability, chain.source, chain.target
        else:
            chosen = (holds[untried.edge] == z) & (untried.acts == acts)
            p, source = chain.probability[untried.edge], untried.source
            target = chain.target[untried.edge] if acts else untried.target
        if chosen.any():
            edges = (p[chosen], (target[chosen], source[chosen]))
            joint = csr_array(edges, shape=(states[move.target], states[block]))
            steps.append(_Step(block, move.target, joint, move.matrix, move.events))
    return steps


# ------------------------------------------------------------------ the orbit of a certain pair


@dataclass(frozen=True)
class Orbit:
    """What a match in which nothing is left to chance comes to, in any number of periods.

    Joint states repeat from `start` on, every `length` periods, for ever; so a window of the rule
    that begins later is a copy of one that was looked at.

    Parameters
    ----------
    start, length : int
        Periods before the cycle, and its length.
    emerged, broke : int or None
        Period in which coordination emerges, and in which it breaks down; None is a proof that it
        never does.
    attributed : bool
        Whether someone had adjusted by the time play became coordinated; if not, it is no
        emergence. True if attribution wasn't asked for.
    """

    start: int
    length: int
    emerged: int | None
    broke: int | None
    attributed: bool = True

    @property
    def never(self) -> bool:
        """Whether it is proved that coordination never emerges, however long play lasts."""
        return self.emerged is None


def never_emerges(
    match: Match, counting: Counting, adjusting: tuple[bool, bool] | None = None
) -> Orbit:
    """Follow a pair that leaves nothing to chance to its cycle, and see if coordination emerges.

    Parameters
    ----------
    match, counting, adjusting
        As for `emergence`.

    Returns
    -------
    Orbit
        A proof that coordination never emerges, or the period in which it does.

    Raises
    ------
    Mistake
        If something is left to chance, or a strategy is no automaton.
    """
    chain = joint_chain(match)
    J = chain.states
    if len(chain.source) > J:
        names = " and ".join(s.name for s in match.strategies)
        raise Mistake(
            f"{names} leave something to chance here, so that nothing is certain never to emerge; "
            "ask for the exact distribution instead"
        )
    L, m = counting.L, counting.m
    # One edge a state, and states are numbered as they are met: state t is that of period t < J.
    start = int(chain.target[-1])
    length = J - start
    time = np.arange(2 * J + 2 * L)
    played = chain.profile[np.where(time < J, time, start + (time - start) % length)]
    Z = counting.holds[played].astype(np.int64)
    held = np.convolve(Z, np.ones(L, dtype=np.int64), "valid")
    Z = Z[: len(held)]
    fires = (Z == 1) & (held >= m)
    # Whether a window begins in t or a cycle later makes no difference from `start` on.
    tau = int(fires[:J].argmax()) if fires[:J].any() else None
    if tau is None:
        return Orbit(start, length, None, None)
    if adjusting is not None:
        before = np.concatenate([[len(counting.holds)], played[:tau]])
        if not _attempts(counting, adjusting)[before, played[: tau + 1]].any():
            return Orbit(start, length, None, None, attributed=False)
    breaks = (Z == 0) & (held <= L - m) & (np.arange(len(Z)) > tau)
    return Orbit(start, length, tau, int(breaks.argmax()) if breaks.any() else None)
