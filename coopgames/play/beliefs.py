"""What one may believe about whom of a field one faces, and what to do about it.

To whoever may face any of several automata, the problem is one of partial information
(K. J. Åström, "Optimal control of Markov processes with incomplete state information", J. Math.
Anal. Appl. 10, 1965): of the past only the *belief* matters, how likely each opponent is and in
which state. Where actions are seen as they were, the states follow from what was done, so that a
belief is a state q_i and a probability b_i for each opponent i. When one's realised action is a and
the other's is o,

    P(o) = Σ_i b_i m_i(q_i, o),    b_i ← b_i m_i(q_i, o) / P(o),    q_i ← next_i(q_i, o, a),

where m_i is what i does in a state, slips included. An opponent that would not have done o is ruled
out. If the field draws no lots and no hand slips, nothing else is learnt, and there are finitely
many beliefs: each says who is left, and in which states. Else there are finitely many in a number
of periods, and those that agree to twelve places are taken for one.

They are numbered breadth first, and then it is a decision problem like any other
(`coopgames.play.decision`): solved backwards for a number of periods, else by policy iteration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play.chain import implemented
from coopgames.play.decision import Problem, automaton_in, optimum
from coopgames.play.match import Horizon, Match, both
from coopgames.play.solve import TOLERANCE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST, MOST_ENDLESS = 100_000, 2000
"""So many beliefs are solved at most: for a number of periods, and otherwise, by dense matrices."""

_DIGITS = 12


@dataclass(frozen=True, eq=False)
class Field:
    """Whom one may face, all equally likely; H opponents of up to S states and K actions.

    Parameters
    ----------
    names : tuple of str
        What they are called.
    does : ndarray, shape (H, S, K)
        Probability of each realised action in each state.
    next : ndarray of int, shape (H, S, K, k)
        Where its own action and one's own lead.
    initial : ndarray of int, shape (H,)
        The first state.
    payoffs : ndarray, shape (H, k, K)
        One's own, mapped to [0, 1], in roles.
    slip : ndarray, shape (k, k)
        Probability of one's realised action, by the intended one.
    low, scale : float
        The smallest payoff, and the range.
    """

    names: tuple[str, ...]
    does: Floats
    next: Ints
    initial: Ints
    payoffs: Floats
    slip: Floats
    low: float
    scale: float

    @property
    def certain(self) -> bool:
        """Whether nothing is left to chance but whom one faces."""
        return bool(np.isin(self.does, (0, 1)).all() and np.isin(self.slip, (0, 1)).all())


@dataclass(frozen=True, eq=False)
class Beliefs:
    """All beliefs that can be come to; 0 is the first.

    Parameters
    ----------
    reward : ndarray, shape (J, k)
        Expected payoff of the period, by one's realised action.
    odds : ndarray, shape (J, K)
        Probability of what the other does.
    to : ndarray of int, shape (J, k, K)
        The next belief; −1 where that cannot happen, or lies beyond the end.
    who : ndarray of bool, shape (J, H)
        Who is still possible.
    """

    reward: Floats
    odds: Floats
    to: Ints
    who: NDArray[np.bool_]


def field_of(meetings: Sequence[tuple[Match, int]]) -> Field:
    """Put those whom one may face into tables; see `field_reply`."""
    if not meetings:
        raise Mistake("nobody is there to reply to; name at least one strategy")
    noise = {both(match.noise)[seat] for match, seat in meetings}
    shapes = {match.game.shape[:: 1 if seat == 0 else -1] for match, seat in meetings}
    if len({match.horizon for match, _ in meetings}) > 1 or len(noise) > 1 or len(shapes) > 1:
        raise Mistake(
            "who does not know in which match it is must have the same actions, horizon and noise "
            "in all of them"
        )
    if any(any(both(match.perception.error)) for match, _ in meetings):
        raise Mistake(
            "best replies to a field are solved where actions are seen as they were: errors hide "
            "the states of those whom one may face"
        )
    rules = [automaton_in(match, 1 - seat).minimal() for match, seat in meetings]
    H, S, (k, K) = len(rules), max(len(rule.mix) for rule in rules), shapes.pop()
    does, following = np.zeros((H, S, K)), np.zeros((H, S, K, k), dtype=np.int64)
    payoffs = np.empty((H, k, K))
    for h, (rule, (match, seat)) in enumerate(zip(rules, meetings, strict=True)):
        does[h, : len(rule.mix)] = implemented(rule.mix, both(match.noise)[1 - seat])
        following[h, : len(rule.mix)] = rule.next
        table = match.game.payoffs[seat][np.ix_(*match.roles)]
        payoffs[h] = table if seat == 0 else table.T
    low, scale = float(payoffs.min()), float(np.ptp(payoffs)) or 1.0
    return Field(
        tuple(match.strategies[1 - seat].label for match, seat in meetings),
        does, following, np.array([rule.initial for rule in rules]), (payoffs - low) / scale,
        implemented(np.eye(k), noise.pop()), low, scale,
    )  # fmt: skip


def beliefs(field: Field, horizon: Horizon) -> Beliefs:
    """Go through the beliefs, breadth first: up to the last period, or until there are no more."""
    most = MOST if horizon.periods is not None else MOST_ENDLESS
    if horizon.infinite and not field.certain:
        raise Mistake(
            "in play without end, where lots are drawn or hands slip, beliefs never come to rest, "
            "and no best reply to a field is solved"
        )
    H, k, K = field.payoffs.shape
    states, belief = field.initial[None], np.full((1, H), 1 / H)
    number = {_keys(states, belief)[0]: 0}
    found: list[tuple[Floats, Floats, Ints, NDArray[np.bool_]]] = []
    while len(states):
        there = belief > 0
        at = (np.arange(H), np.where(there, states, 0))
        joint = belief[:, :, None] * field.does[at]
        odds = joint.sum(axis=1)
        reward = np.einsum("fho,hao->fa", joint, field.payoffs)
        to = np.full((len(states), k, K), -1)
        found.append((reward, odds, to, there))
        if len(found) == horizon.periods:
            break
        new: list[tuple[Ints, Floats]] = []
        for o in range(K):
            rows = np.flatnonzero(odds[:, o] > 0)
            then = joint[rows, :, o] / odds[rows, o, None]
            for a in range(k):
                moved = np.where(then > 0, field.next[at][rows, :, o, a], -1)
                for row, key, q, b in zip(rows, _keys(moved, then), moved, then, strict=True):
                    if key not in number:
                        number[key] = len(number)
                        new.append((q, b))
                    to[row, a, o] = number[key]
        if len(number) > most:
            raise Mistake(
                f"who meets this field of {H} can come to more than {most:,} beliefs about whom it "
                "faces, too many to be solved"
            )
        states, belief = (np.reshape([x[i] for x in new], (-1, H)) for i in range(2))
    return Beliefs(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _keys(states: Ints, belief: Floats) -> list[bytes]:
    """Name beliefs: those that are the same have one name."""
    rows = np.concatenate([states, np.round(belief, _DIGITS)], axis=1) + 0.0
    return [row.tobytes() for row in rows]


def solved(field: Field, of: Beliefs, horizon: Horizon) -> tuple[float, NDArray[np.integer[Any]]]:
    """Find the best payoff per period, and what to mean to do.

    Returns
    -------
    mean : float
        In the field's unit.
    choice : ndarray of int, shape (periods, J), or (J,) without a number of periods
        Of actions that are equally good the most accommodating.
    """
    if horizon.periods is not None:
        return _backwards(field, of, horizon.periods)
    J, k, _ = of.to.shape
    realised = np.zeros((J, k, J))
    j, a, o = np.nonzero(of.to >= 0)
    np.add.at(realised, (j, a, of.to[j, a, o]), of.odds[j, o])
    move = np.einsum("ab,jbi->jai", field.slip, realised)
    names = tuple((0, node) for node in range(J))
    reward = of.reward @ field.slip.T
    mean, short = optimum(Problem(names, reward, move, np.zeros((J, k)), 0.0, 1.0), horizon)
    return mean, (short[0] >= -TOLERANCE).argmax(axis=1)


def _backwards(field: Field, of: Beliefs, periods: int) -> tuple[float, NDArray[np.integer[Any]]]:
    """Solve from the last period to the first."""
    value = np.zeros(len(of.reward) + 1)  # the last one is for what does not happen
    choice = np.empty((periods, len(of.reward)), dtype=np.int8)
    for t in reversed(range(periods)):
        realised = of.reward + np.einsum("jo,jao->ja", of.odds, value[of.to])
        worth = realised @ field.slip.T
        value[:-1] = worth.max(axis=1)
        choice[t] = (worth >= value[:-1, None] - TOLERANCE).argmax(axis=1)
    return float(value[0]) / periods, choice
