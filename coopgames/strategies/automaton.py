"""The automaton form: a strategy that depends on a finite state.

In each state a mixture over the actions; after one's own realised action and what one observed of
the other, the next state. Transitions are certain, chance is only in the mixtures. Tables are
written in *roles*: action 0 accommodates, the last one withholds, whatever the game calls them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake

State = TypeVar("State", bound=Hashable)


@dataclass(frozen=True, eq=False)
class Automaton:
    """A finite-state strategy as tables.

    Parameters
    ----------
    mix : array_like, shape (S, k)
        ``mix[s, a]``: probability of action *a* (in role order) in state *s*.
    next : array_like of int, shape (S, k, O)
        ``next[s, a, o]``: the state after *s* when one's own realised action was *a* and the
        other was observed to take *o*.
    initial : int, default 0
        The state in the first period.
    states : sequence of str, optional
        What each state is called.

    Raises
    ------
    Mistake
        If the tables have the wrong size, a row of `mix` is no probability distribution, or a
        transition leads to no state; the message names the state and the entry.
    """

    mix: NDArray[np.float64]
    next: NDArray[np.int64]
    initial: int
    states: tuple[str, ...]

    def __init__(
        self,
        mix: ArrayLike,
        next: ArrayLike,  # noqa: A002 — the theory's own name for it
        initial: int = 0,
        states: Sequence[str] = (),
    ) -> None:
        p, to = _table("mix", mix), _table("next", next)
        names = tuple(states) or tuple(f"q{s}" for s in range(len(p)))
        _check(p, to, initial, names)
        p.flags.writeable = False
        to = to.astype(np.int64)
        to.flags.writeable = False
        for key, value in {"mix": p, "next": to, "initial": int(initial), "states": names}.items():
            object.__setattr__(self, key, value)

    @property
    def k(self) -> int:
        """Number of own actions."""
        return int(self.mix.shape[1])

    @cached_property
    def deterministic(self) -> bool:
        """Whether no state that can be reached draws lots."""
        return bool(np.isin(self.mix[self.reachable()], (0.0, 1.0)).all())

    @cached_property
    def responds(self) -> bool:
        """Whether what it does can depend on what it observed of the other.

        A strategy that does not respond plays the same lottery over courses against everyone.
        States that no course can tell apart are merged first, so that superfluous states do not
        count. Any own action may slip, so what would follow one that is never meant counts.
        """
        block = self._behaviour()
        return any(
            len({block[x] for x in row}) > 1 for s in self.reachable() for row in self.next[s]
        )

    @cached_property
    def constant(self) -> bool:
        """Whether it takes one and the same action in every state that can be reached."""
        rows = self.mix[self.reachable()]
        return self.deterministic and bool((rows == rows[0]).all())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the tables; the names of states do not count."""
        content = repr((self.next.shape, self.initial)).encode()
        content += (self.mix + 0.0).astype("<f8").tobytes() + self.next.astype("<i8").tobytes()
        return hashlib.sha256(content).hexdigest()

    def reachable(self) -> list[int]:
        """States that can be reached from the initial one if any own action may slip."""
        seen, frontier = {self.initial}, [self.initial]
        while frontier:
            successors = {int(s) for s in self.next[frontier.pop()].ravel()}
            frontier += sorted(successors - seen)
            seen |= successors
        return sorted(seen)

    def minimal(self) -> Automaton:
        """Give the smallest automaton that behaves alike.

        States that cannot be reached are dropped, and those that no course can tell apart are
        merged. The rest are numbered breadth first from the initial one, by own action and then by
        what was observed: two automata behave alike if and only if their minimal ones are equal.
        """
        block = self._behaviour()
        found, number = [self.initial], {block[self.initial]: 0}
        for s in found:  # grows while it is read
            for x in self.next[s].ravel():
                if block[x] not in number:
                    number[block[x]] = len(found)
                    found.append(int(x))
        numbers = np.array([number.get(b, -1) for b in block])
        return Automaton(
            self.mix[found], numbers[self.next[found]], states=[self.states[s] for s in found]
        )

    def _behaviour(self) -> list[int]:
        """Give each state the number of its class: those that behave alike for ever.

        Partition refinement, from the mixtures on.
        """
        block = _number([tuple(row) for row in self.mix])
        while True:
            finer = _number(
                [(block[s], *(block[x] for x in self.next[s].ravel())) for s in range(len(block))]
            )
            if max(finer) == max(block):
                return block
            block = finer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Automaton) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def _number(keys: list[tuple[object, ...]]) -> list[int]:
    numbers: dict[tuple[object, ...], int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def _table(name: str, values: ArrayLike) -> NDArray[np.float64]:
    try:
        return np.array(values, dtype=np.float64, ndmin=1)
    except (ValueError, TypeError):
        raise Mistake(
            f"automaton: {name} is ragged or holds something that is not a number"
        ) from None


def _check(
    mix: NDArray[np.float64], to: NDArray[np.float64], initial: int, states: tuple[str, ...]
) -> None:
    if mix.ndim != 2 or 0 in mix.shape:
        raise Mistake(
            f"automaton: mix of shape {mix.shape} is no table of states × actions with at least "
            "one of each"
        )
    S, k = mix.shape
    if len(states) != S or len(set(states)) != S:
        raise Mistake(f"automaton: {S} states need {S} different names, not {list(states)}")
    if to.ndim != 3 or to.shape[:2] != (S, k) or to.shape[2] == 0:
        raise Mistake(
            f"automaton: next of shape {to.shape} is no table of {S} states × {k} own actions × "
            "observations"
        )
    for s, row in enumerate(mix):
        bad = [p for p in row if not 0 <= p <= 1]
        if bad:
            raise Mistake(
                f"automaton: state {states[s]!r} has probability {bad[0]:g}, which is not between "
                "0 and 1"
            )
        if abs(row.sum() - 1) > 1e-9:
            raise Mistake(
                f"automaton: the probabilities of state {states[s]!r} sum to {row.sum():g}, not 1"
            )
    for s, a, o in np.argwhere(~np.isin(to, range(S))):
        raise Mistake(
            f"automaton: state {states[s]!r}, own action {a}, observed {o} leads to "
            f"{to[s, a, o]:g}, and there are states 0 to {S - 1} only"
        )
    if initial not in range(S):
        raise Mistake(f"automaton: initial state {initial} of {S} states, numbered from 0")


def memory_one(opening: float, CC: float, CD: float, DC: float, DD: float) -> Automaton:
    """Make the automaton of a memory-one strategy for two actions.

    Parameters
    ----------
    opening : float
        Probability of accommodating in the first period.
    CC, CD, DC, DD : float
        Probability of accommodating after each outcome of the period before, own action first.

    Returns
    -------
    Automaton
        With the states ``start``, ``CC``, ``CD``, ``DC`` and ``DD``.
    """
    p = np.array([opening, CC, CD, DC, DD])
    after = [[1, 2], [3, 4]]
    return Automaton(
        np.stack([p, 1 - p], axis=1), [after] * 5, states=("start", "CC", "CD", "DC", "DD")
    )


def unroll(
    start: State,
    kindness: Callable[[State], float],
    after: Callable[[State, int, int], State],
    name: Callable[[State], str] = str,
) -> Automaton:
    """Make the automaton for two actions that a rule over some finite memory comes to.

    Parameters
    ----------
    start : hashable
        The memory in the first period.
    kindness : callable
        ``kindness(memory)``: the probability of accommodating.
    after : callable
        ``after(memory, own, other)``: the memory after a period's realised actions.
    name : callable
        ``name(memory)``: what the state is called.

    Returns
    -------
    Automaton
        Its states are the memories that can arise if hands may slip, as they are first met.
    """
    found, number = [start], {start: 0}
    following = []
    for memory in found:  # grows while it is read
        row = []
        for own, other in product((0, 1), repeat=2):
            then = after(memory, own, other)
            if then not in number:
                number[then] = len(found)
                found.append(then)
            row.append(number[then])
        following.append([row[:2], row[2:]])
    p = np.array([float(kindness(memory)) for memory in found])
    return Automaton(
        np.stack([p, 1 - p], axis=1), following, states=[name(memory) for memory in found]
    )
