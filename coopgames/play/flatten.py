"""Strategies become flat integer tables before play.

A probability p becomes the threshold ⌈p·2³²⌉ for 32 random bits, so that 0 and 1 are exact and
any other p is met to within 2⁻³².
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies import Automaton


def threshold(p: NDArray[np.float64] | float) -> NDArray[np.uint64]:
    """Turn probabilities into thresholds for 32 random bits."""
    return np.ceil(np.asarray(p) * 2.0**32).astype(np.uint64)


def cumulative(odds: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Turn distributions, along the last axis, into cumulative thresholds: all but the last."""
    return np.ascontiguousarray(
        threshold(np.minimum(np.cumsum(odds, axis=-1)[..., :-1], 1.0))
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Flat:
    """An automaton as the kernels read it.

    Parameters
    ----------
    start : int
        The initial state.
    threshold : ndarray of uint64, shape (S, k−1)
        Cumulative thresholds of the intended action.
    next : ndarray of int64, shape (S, k, O)
        The next state.
    """

    start: int
    threshold: NDArray[np.uint64]
    next: NDArray[np.int64]


def flatten(automaton: Automaton) -> Flat:
    """Make an automaton's flat tables."""
    return Flat(
        automaton.initial,
        cumulative(automaton.mix),
        automaton.next.copy(),  # kernels take arrays they may write to
    )


def pack(
    automata: Sequence[Automaton | None],
) -> tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.int64]]:
    """Write the tables of many automata one after the other.

    Parameters
    ----------
    automata : sequence of Automaton or None
        All with as many actions and observations; a None takes no space.

    Returns
    -------
    starts : ndarray of int64, shape (n,)
        The first state of each, −1 for None.
    thresholds : ndarray of uint64, shape (S, k−1)
        Of all states.
    next : ndarray of int64, shape (S, k, O)
        Where they lead, numbered over all.
    """
    starts, thresholds, following, base = [], [], [], 0
    for automaton in automata:
        if automaton is None:
            starts.append(-1)
            continue
        flat = flatten(automaton)
        starts.append(base + flat.start)
        thresholds.append(flat.threshold)
        following.append(flat.next + base)
        base += len(flat.next)
    return np.array(starts), np.concatenate(thresholds), np.concatenate(following)


def as_memory(automaton: Automaton) -> NDArray[np.float64]:
    """Write a two-action automaton into the memory of the compiled strategy `kernels.follow`.

    State, number of states, each state's threshold, each state's four successors. All are
    integers below 2⁵³ and so exact.
    """
    flat = flatten(automaton)
    return np.concatenate(
        [[flat.start, len(flat.next)], flat.threshold[:, 0], flat.next.ravel()]
    ).astype(np.float64)
