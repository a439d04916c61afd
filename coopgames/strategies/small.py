"""All small automata, each behaviour once.

An automaton for two actions that draws no lots is a deterministic automaton over the alphabet of
what it may see in a period: the other's two actions or, where its own hand may slip, the four
outcomes. Two that no course can tell apart have the same minimal automaton, and of a minimal one
there is one numbering in which its states appear in the order in which they are first reached. How
many there are of n states is the number of regular languages with n states: 2, 24, 1,028, 56,014, …
over two letters (M. Domaratzki, D. Kisman and J. Shallit, "On the number of distinct languages
accepted by finite automata with n states", J. Automata, Languages and Combinatorics 7, 2002).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.strategies.automaton import Automaton, memory_one

LARGEST = {False: 4, True: 2}
"""So many states at most, without slips and with them: beyond, there are millions."""


def small_automata(states: int, *, slips: bool = False) -> Iterator[Automaton]:
    """Go through all automata of up to so many states that draw no lots, for two actions.

    Parameters
    ----------
    states : int
        From 1 to 4, or to 2 where hands slip.
    slips : bool
        Whether what it does may depend on own actions that it did not mean to take; without, its
        next state depends on the other's action alone.

    Yields
    ------
    Automaton
        Those of fewest states first; the more accommodating of those before the others.

    Raises
    ------
    Mistake
        If there would be far too many.
    """
    if not 1 <= states <= LARGEST[slips]:
        why = "where hands slip, from 1 to 2" if slips else "from 1 to 4"
        raise Mistake(f"{states} states; all automata can be gone through {why}")
    for n in range(1, states + 1):
        for acts, tables in _behaviours(n, 4 if slips else 2):
            for row in tables:
                table = row.reshape(n, 2, 2) if slips else np.repeat(row[:, None, :], 2, axis=1)
                yield Automaton(np.eye(2)[list(acts)], table)


def _behaviours(n: int, letters: int) -> Iterator[tuple[tuple[int, ...], NDArray[np.int64]]]:
    """Give what n states do, and all tables of where they lead that make a new behaviour of it."""
    powers = n ** np.arange(n * letters - 1, -1, -1)
    to = (np.arange(n ** (n * letters))[:, None] // powers % n).reshape(-1, n, letters)
    to = to[_in_order(to)]
    for acts in product(range(2), repeat=n):
        yield acts, to[_minimal(np.array(acts), to)]


def _in_order(to: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say in which tables every state is reached, and numbered when it is first reached."""
    rows, n, letters = to.shape
    found = np.zeros(rows, dtype=np.int64)  # the highest number so far
    good = np.ones(rows, dtype=bool)
    for state in range(n):
        good &= found >= state
        for letter in range(letters):
            target = to[:, state, letter]
            good &= target <= found + 1
            found = np.maximum(found, target)
    return good


def _minimal(acts: NDArray[np.int64], to: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say in which tables some course tells any two states apart."""
    rows, n, letters = to.shape
    apart = np.broadcast_to(acts[:, None] != acts[None, :], (rows, n, n)).copy()
    each = np.arange(rows)[:, None, None]
    for _ in range(n):
        for letter in range(letters):
            after = to[:, :, letter]
            apart |= apart[each, after[:, :, None], after[:, None, :]]
    return np.asarray((apart | np.eye(n, dtype=bool)).all(axis=(1, 2)))


def memory_one_rules() -> Iterator[Automaton]:
    """Go through the 32 memory-one rules that draw no lots.

    Yields
    ------
    Automaton
        The more accommodating before the others; some behave alike.
    """
    for plan in product((1, 0), repeat=5):
        yield memory_one(*plan)
