"""The guided form: an automaton that reads what a regime shows.

A regime has a public state. In each period it shows every seat a *label*, before anybody acts, and
all of them one *signal* of what was done, afterwards. A guided automaton is a finite state like any
other, with two more axes in its tables: what it was shown before it acted, and the signal. It makes
no sense where there is no regime. An ordinary automaton is the case of one label and no signal, and
stays a form of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake
from coopgames.strategies.automaton import Automaton

FREE = -1
"""In place of an action: the rules ask for none."""


class Label(NamedTuple):
    """What a regime shows a seat before it acts.

    Parameters
    ----------
    asked : int
        The action that the rules ask of it, in role order; `FREE` where they ask for none.
    own, other : bool
        Whether it, and the other, is in good standing.
    """

    asked: int = FREE
    own: bool = True
    other: bool = True

    @property
    def code(self) -> int:
        """The label as the number that a compiled strategy sees."""
        return 4 * (self.asked + 1) + 2 * (not self.own) + (not self.other)

    def __str__(self) -> str:
        """Say it in words."""
        asked = "free" if self.asked == FREE else f"asked for action {self.asked}"
        standing = ["good" if good else "bad" for good in (self.own, self.other)]
        return f"{asked}, {standing[0]} standing, the other's {standing[1]}"


def all_labels(k: int) -> tuple[Label, ...]:
    """List all labels there are for k actions."""
    good = (True, False)
    return tuple(Label(a, o, t) for a in (*range(k), FREE) for o in good for t in good)


@dataclass(frozen=True, eq=False)
class Guided:
    """A finite-state strategy that reads labels and public signals.

    Parameters
    ----------
    mix : array_like, shape (S, C, k)
        ``mix[s, c, a]``: probability of action *a* (in role order) in state *s* when shown label
        *c*.
    next : array_like of int, shape (S, C, k, O, Y)
        ``next[s, c, a, o, y]``: the state after *s* when label *c* was shown, one's own realised
        action was *a*, the other was observed to take *o*, and the public signal was *y*. Where O
        is 1 it does not look at the other's action; where Y is 1, not at the signal.
    labels : sequence of Label
        The labels that it reads, C of them; none, with C = 1, if it reads none.
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
    labels: tuple[Label, ...]
    initial: int
    states: tuple[str, ...]

    def __init__(
        self,
        mix: ArrayLike,
        next: ArrayLike,  # noqa: A002 — the theory's own name for it
        labels: Sequence[Label] = (),
        initial: int = 0,
        states: Sequence[str] = (),
    ) -> None:
        p, to = (np.array(table, dtype=np.float64) for table in (mix, next))
        if p.ndim != 3 or to.ndim != 5 or to.shape[:3] != p.shape or 0 in to.shape:
            raise Mistake(
                f"guided automaton: mix of shape {p.shape} and next of shape {to.shape} are no "
                "tables of states × labels × actions and of states × labels × actions × "
                "observations × signals"
            )
        C = p.shape[1]
        if len(labels) != len(set(labels)) or (len(labels) or 1) != C:
            raise Mistake(
                f"guided automaton: its tables are for {C} labels, so it needs {C} different "
                f"ones, not {len(labels)}"
            )
        names = tuple(states) or tuple(f"q{s}" for s in range(len(p)))
        if len(names) != len(p) or len(set(names)) != len(p):
            raise Mistake(
                f"guided automaton: {len(p)} states need {len(p)} different names, not "
                f"{list(names)}"
            )
        # A state with a label is checked as a state of its own.
        shown = [f"{state}; {label}" for state in names for label in labels or ("any label",)]
        Automaton(p.reshape(-1, p.shape[2]), np.zeros((len(shown), p.shape[2], 1)), states=shown)
        for s, c, a, o, y in np.argwhere(~np.isin(to, range(len(p)))):
            raise Mistake(
                f"guided automaton: state {names[s]!r}, label {c}, own action {a}, observed {o}, "
                f"signal {y} leads to {to[s, c, a, o, y]:g}, and there are states 0 to "
                f"{len(p) - 1} only"
            )
        if initial not in range(len(p)):
            raise Mistake(
                f"guided automaton: initial state {initial} of {len(p)} states, numbered from 0"
            )
        whole = to.astype(np.int64)
        p.flags.writeable = whole.flags.writeable = False
        for key, value in {
            "mix": p, "next": whole, "labels": tuple(labels), "initial": int(initial),
            "states": names,
        }.items():  # fmt: skip
            object.__setattr__(self, key, value)

    @property
    def k(self) -> int:
        """Number of own actions."""
        return int(self.mix.shape[2])

    @cached_property
    def deterministic(self) -> bool:
        """Whether no state that can be reached draws lots, whatever is shown."""
        return bool(np.isin(self.mix[self._reachable()], (0.0, 1.0)).all())

    @cached_property
    def responds(self) -> bool:
        """Whether what it does can depend on what it is shown or observes."""
        rows = self.mix[self._reachable()]
        if (rows != rows[:, :1]).any():
            return True
        # With the same mixture under all labels, these are only more to observe.
        S = len(self.mix)
        seen = np.moveaxis(self.next, 1, 2).reshape(S, self.k, -1)
        return Automaton(self.mix[:, 0], seen, self.initial).responds

    @cached_property
    def constant(self) -> bool:
        """Whether it takes one and the same action, whatever happens."""
        rows = self.mix[self._reachable()].reshape(-1, self.k)
        return self.deterministic and bool((rows == rows[0]).all())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the tables and labels; the names of states do not count."""
        labels = [tuple(map(int, label)) for label in self.labels]
        content = repr(("guided", self.next.shape, self.initial, labels)).encode()
        content += (self.mix + 0.0).astype("<f8").tobytes() + self.next.astype("<i8").tobytes()
        return hashlib.sha256(content).hexdigest()

    def _reachable(self) -> list[int]:
        seen, frontier = {self.initial}, [self.initial]
        while frontier:
            new = {int(s) for s in self.next[frontier.pop()].ravel()} - seen
            frontier += sorted(new)
            seen |= new
        return sorted(seen)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Guided) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)
