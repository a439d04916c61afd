"""What an actor that forms expectations believes in a seat of a match.

The model is ours (docs/theory/expectations.md). Actions are in role order, o_j is what j does when
it does not regard the other.

*What complies.* In public state m a regime asks j for b_j(m). While it asks for nothing, j is free,
and what it would be asked for is what it is asked at first. Of whom it never asks anything, and
without any regime, one expects what self-help would call decent: the most accommodating action.
Who withholds no more than b_j complies.

*Belief.* j is expected to comply with the probability p of `Expecting`, and else to do o_j. Where
it is free it is expected to do o_j: who complies would answer, and who does not would not regard.
Evidence of a period in which j was asked is an observation that is likelier after compliance, or
likelier after a violation (all violations alike); one that is as likely after both is none. It is
taken from what i saw of j or from the public signal, whichever tells more (Youden's J, here the
total variation distance), given what i did itself.

*What is noticed.* n_i(a): how likely something follows from a, if j complies. Either j sees
evidence against i with its own eyes, or the next public state is one in which j is asked for
something else than at first, or nothing, or sees i in bad standing. Of the two that one counts by
which violations differ more from compliance. Where i is free nothing follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.regimes import PublicRegime
from coopgames.strategies import ACCOMMODATE, FREE, Expecting, Label

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BROKE, KEPT, NONE = 0, 1, 2
"""What an observation says of whether the other complied."""

TIE = 1e-12
"""Probabilities, and values as shares of the range of payoffs, so close are equal."""


class Conditions(NamedTuple):
    """What decides besides the rule what it becomes, as one seat has it.

    Parameters
    ----------
    game : Game
        What is played.
    regime : PublicRegime or None
        What is shown.
    sight : tuple of float
        Probability that the other is misperceived by this seat, and this seat by the other.
    continuation : float or None
        How likely a further period is.
    seat : int
        Whose view it is.
    """

    game: Game
    regime: PublicRegime | None
    sight: tuple[float, float]
    continuation: float | None
    seat: int


@dataclass(frozen=True, eq=False)
class Outlook:
    """All that a seat believes, in each memory h and public state m; one's own action first.

    Parameters
    ----------
    regime : PublicRegime
        The public state; a single one where there is no regime.
    memories : tuple of tuple of int
        Whether the other complied, the latest last.
    p : ndarray, shape (H, M)
        How likely the other is to do what is asked of it.
    asked, theirs : ndarray of int, shape (M,)
        What is asked of oneself and of the other, or would be.
    free, other_free : ndarray of bool, shape (M,)
        Whether one is, and the other is, free.
    noticed : ndarray, shape (M, k)
        n(a).
    evidence : ndarray of int, shape (M, k, k', Y)
        What one's own action, the observation and the public signal say of the other.
    """

    regime: PublicRegime
    memories: tuple[tuple[int, ...], ...]
    p: Floats
    asked: Ints
    theirs: Ints
    free: NDArray[np.bool_]
    other_free: NDArray[np.bool_]
    noticed: Floats
    evidence: Ints


def outlook(rule: Expecting, at: Conditions) -> Outlook:
    """Work out what a rule believes in a seat."""
    k, other = _sizes(at)
    regime = _public(at)
    signal = regime.signal if at.seat == 0 else np.swapaxes(regime.signal, 0, 1)
    mine, yours = regime.shown(at.seat), regime.shown(1 - at.seat)
    asked, free, _ = _norm(mine, regime.initial)
    theirs, other_free, regulated = _norm(yours, regime.initial)
    memories = tuple(x for n in range(rule.memory + 1) for x in product((BROKE, KEPT), repeat=n))
    pull = regime.pull if regulated else 0.0
    p = np.array([rule.expects(sum(h), len(h), pull) for h in memories])
    does = np.where(other_free, unregarding(rule, other), theirs)
    M = len(mine)
    here, there = (confusion(size, e) for size, e in zip((other, k), at.sight, strict=True))
    evidence = np.empty((M, k, other, signal.shape[2]), dtype=np.int64)
    noticed = np.zeros((M, k))
    first = yours[regime.initial].asked
    answered = np.array([label.asked != first or not label.other for label in yours])
    for m in range(M):
        evidence[m] = NONE if other_free[m] else _evidence(here, signal, int(theirs[m]))
        if not free[m]:
            seen = there @ (_verdicts(there, int(asked[m]))[0] == BROKE)
            told = signal[:, does[m]] @ answered[regime.next[m]]
            by_regime = youden(told, int(asked[m])) > youden(seen, int(asked[m]))
            noticed[m] = told if by_regime else seen
    return Outlook(
        regime, memories, np.tile(p[:, None], (1, M)), asked, theirs, free, other_free, noticed,
        evidence,
    )  # fmt: skip


def unregarding(rule: Expecting, k: int) -> int:
    """Say which of k actions is o, what is done by who does not regard the other."""
    if rule.otherwise >= k:
        raise Mistake(f"otherwise = {rule.otherwise} is none of the actions 0 to {k - 1}")
    return k - 1 if rule.otherwise < 0 else rule.otherwise


def confusion(k: int, error: float) -> Floats:
    """Give the probability of each observation, row by row for each of k actions."""
    return np.eye(k) if k == 1 else (1 - error) * np.eye(k) + error * (1 - np.eye(k)) / (k - 1)


def youden(odds: Floats, asked: int) -> float:
    """Compute J: how much likelier something is after a violation than after what is asked."""
    return float(odds[asked + 1 :].mean() - odds[asked]) if asked + 1 < len(odds) else 0.0


def _sizes(at: Conditions) -> tuple[int, int]:
    return at.game.shape[at.seat], at.game.shape[1 - at.seat]


def _public(at: Conditions) -> PublicRegime:
    """Give the regime, or one that does nothing."""
    if at.regime is not None:
        return at.regime
    return PublicRegime([[0]], [[Label()]], np.ones((*at.game.shape, 1)), states=["no regime"])


def _norm(shown: tuple[Label, ...], initial: int) -> tuple[Ints, NDArray[np.bool_], bool]:
    """Say what complies in each public state, where one is free, and if it is ever asked for."""
    asked = np.array([label.asked for label in shown])
    ever = asked[asked != FREE]
    if not len(ever):
        return np.full(len(asked), ACCOMMODATE), np.zeros(len(asked), dtype=bool), False
    usual = asked[initial] if asked[initial] != FREE else ever[0]
    return np.where(asked == FREE, usual, asked), asked == FREE, True


def _verdicts(odds: Floats, asked: int) -> tuple[Ints, float]:
    """Say of each observation what it is evidence of, and how much all of them tell.

    Parameters
    ----------
    odds : ndarray, shape (k, O)
        How likely each observation is after each action.
    asked : int
        What complies, as far as it is done: less would comply as well.
    """
    if asked + 1 == len(odds):
        return np.full(odds.shape[1], NONE), 0.0
    against = odds[asked + 1 :].mean(axis=0) - odds[asked]
    found = np.where(against > TIE, BROKE, np.where(against < -TIE, KEPT, NONE))
    return found, float(np.abs(against).sum() / 2)


def _evidence(sight: Floats, signal: Floats, asked: int) -> Ints:
    """Give the evidence of a period in which the other was asked for something: (k, k', Y)."""
    k, other, Y = signal.shape
    out = np.empty((k, other, Y), dtype=np.int64)
    seen, telling = _verdicts(sight, asked)
    for a in range(k):
        told, more = _verdicts(signal[a], asked)
        out[a] = told[None] if more > telling + TIE else seen[:, None]
    return out
