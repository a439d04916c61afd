"""A regime as play knows it: a finite public state.

The state is shown to every seat as a label before it acts. What is done draws one public signal,
and the signal moves the state. Nothing else happens: payoffs are the game's, and nobody is
punished unless some actor does it, at its own cost.

    y ~ signal[profile],    m' = next[m, y],    seat i is shown label[m][i]

Actions are in role order, 0 the most accommodating, as in the tables of automata. Where there are
more than two seats they are interchangeable, and a profile is a *tally*: how many of all n took
each action, as `coopgames.games.tallies` numbers them.

A signal errs where its probabilities are not 0 and 1. The error is one for all: everybody sees the
same wrong signal, so that everybody knows the state (public monitoring, as in D. Abreu, D. Pearce
and E. Stacchetti, "Toward a theory of discounted repeated games with imperfect monitoring",
Econometrica 58, 1990).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games import tallies
from coopgames.mistakes import Mistake
from coopgames.strategies import Label

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PublicRegime:
    """A public state, what moves it, and what it shows.

    Parameters
    ----------
    next : array_like of int, shape (M, Y)
        ``next[m, y]``: the state after *m* when the public signal was *y*.
    label : sequence of sequence of Label, shape (M, seats)
        What each state shows each seat; with a single column, all seats the same.
    signal : array_like, shape (k_0, k_1, Y), or (tallies, Y) for a group
        How likely each signal is after each profile, in role order.
    initial : int, default 0
        The state in the first period.
    states, signals : sequence of str, optional
        What they are called.
    pull : float, default 0
        How strongly what is asked draws expectations, 0 to 1: nothing but strategies that form
        beliefs goes by it.
    review : float, default 0
        Probability that an actor can reconsider in a period what it does, where that takes
        consultation: nothing but strategies that revise only now and then goes by it.

    Raises
    ------
    Mistake
        If the tables do not fit together, a row of `signal` is no probability distribution, or a
        transition leads to no state; the message names the entry.
    """

    next: NDArray[np.int64]
    label: tuple[tuple[Label, ...], ...]
    signal: Floats
    initial: int
    states: tuple[str, ...]
    signals: tuple[str, ...]
    pull: float
    review: float

    def __init__(
        self,
        next: ArrayLike,  # noqa: A002 — the theory's own name for it
        label: Sequence[Sequence[Label]],
        signal: ArrayLike,
        initial: int = 0,
        states: Sequence[str] = (),
        signals: Sequence[str] = (),
        pull: float = 0.0,
        review: float = 0.0,
    ) -> None:
        to, odds = np.array(next, dtype=np.float64), np.array(signal, dtype=np.float64)
        if to.ndim != 2 or 0 in to.shape or odds.ndim < 2 or odds.shape[-1] != to.shape[1]:
            raise Mistake(
                f"public regime: next of shape {to.shape} and signal of shape {odds.shape} are no "
                "tables of states × signals and of profiles × signals"
            )
        M, Y = to.shape
        shown = tuple(tuple(row) for row in label)
        if len(shown) != M or len({len(row) for row in shown}) != 1 or not shown[0]:
            raise Mistake(
                f"public regime: {M} states need a row of labels each, as long as all others"
            )
        names = tuple(states) or tuple(f"m{m}" for m in range(M))
        called = tuple(signals) or tuple(f"y{y}" for y in range(Y))
        for what, given, size in (("states", names, M), ("signals", called, Y)):
            if len(given) != size or len(set(given)) != size:
                raise Mistake(
                    f"public regime: {size} {what} need {size} different names, not {list(given)}"
                )
        for m, y in np.argwhere(~np.isin(to, range(M))):
            raise Mistake(
                f"public regime: state {names[m]!r}, signal {called[y]!r} leads to {to[m, y]:g}, "
                f"and there are states 0 to {M - 1} only"
            )
        if initial not in range(M):
            raise Mistake(f"public regime: initial state {initial} of {M}, numbered from 0")
        for profile in np.ndindex(odds.shape[:-1]):
            row = odds[profile]
            if (row < 0).any() or abs(row.sum() - 1) > 1e-9:
                raise Mistake(
                    f"public regime: the signals after profile {profile} have probabilities "
                    f"{row.tolist()}, which must be at least 0 and sum to 1"
                )
        for what, share in (("pull", pull), ("review", review)):
            if not 0 <= share <= 1:
                raise Mistake(f"public regime: {what} = {share:g} must lie in [0, 1]")
        to = to.astype(np.int64)
        to.flags.writeable = odds.flags.writeable = False
        for key, value in {
            "next": to, "label": shown, "signal": odds, "initial": int(initial),
            "states": names, "signals": called, "pull": float(pull), "review": float(review),
        }.items():  # fmt: skip
            object.__setattr__(self, key, value)

    @cached_property
    def errs(self) -> bool:
        """Whether the signal is left to chance after some profile."""
        return not np.isin(self.signal, (0.0, 1.0)).all()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the tables; the names of states and signals do not count."""
        labels = [[tuple(map(int, label)) for label in row] for row in self.label]
        content = repr((self.next.shape, self.signal.shape, self.initial, labels)).encode()
        content += self.next.astype("<i8").tobytes() + (self.signal + 0.0).astype("<f8").tobytes()
        if self.pull or self.review:
            content += repr((self.pull, self.review)).encode()
        return hashlib.sha256(content).hexdigest()

    def shown(self, seat: int) -> tuple[Label, ...]:
        """Give the label that each state shows a seat."""
        return tuple(row[0 if len(row) == 1 else seat] for row in self.label)

    def mirrored(self) -> PublicRegime:
        """Give the same regime with the two seats exchanged."""
        return PublicRegime(
            self.next, [row[::-1] for row in self.label], np.swapaxes(self.signal, 0, 1),
            self.initial, self.states, self.signals, self.pull, self.review,
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicRegime) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def delayed(regime: PublicRegime, periods: int, before: int = 0) -> PublicRegime:
    """Let what is monitored become known only after some periods.

    The signals that are on their way are a part of the public state, which moves by the oldest of
    them. (Who reads signals itself, instead of labels, sees them at once.)

    Parameters
    ----------
    regime : PublicRegime
        Without delay: what is done in a period is known in the next.
    periods : int
        By how many periods later it is known.
    before : int, default 0
        The signal that is on its way at the start.
    """
    if periods < 0:
        raise Mistake(f"a delay of {periods} periods lies in the past")
    M, Y = regime.next.shape
    queues = list(product(range(Y), repeat=periods))
    number = {(m, queue): i for i, (m, queue) in enumerate(product(range(M), queues))}

    def after(m: int, queue: tuple[int, ...], y: int) -> int:
        oldest, *rest = (*queue, y)
        return number[int(regime.next[m, oldest]), tuple(rest)]

    def name(m: int, queue: tuple[int, ...]) -> str:
        return " < ".join([regime.states[m], *(regime.signals[y] for y in queue)])

    return PublicRegime(
        [[after(m, queue, y) for y in range(Y)] for m, queue in number],
        [regime.label[m] for m, _ in number],
        regime.signal,
        number[regime.initial, (before,) * periods],
        [name(*state) for state in number],
        regime.signals,
        regime.pull,
        regime.review,
    )


def by_tally(regime: PublicRegime) -> PublicRegime:
    """Give the public state of a group in which it only counts how many do what.

    Parameters
    ----------
    regime : PublicRegime
        With signals by profile, of three seats or more that it treats all alike.

    Returns
    -------
    PublicRegime
        With signals by tally, and one label for all.

    Raises
    ------
    Mistake
        If it does not treat them alike: it asks of some what it does not ask of others, or its
        signal depends on who did what.
    """
    *shape, _ = regime.signal.shape
    n, k = len(shape), shape[0]
    alike = set(shape) == {k} and all(
        np.array_equal(regime.signal, np.swapaxes(regime.signal, 0, i)) for i in range(1, n)
    )
    if n < 3 or not alike or any(len(set(row)) > 1 for row in regime.label):
        raise Mistake(
            "public regime: it does not treat three seats or more all alike, so that tallies do "
            "not tell what it goes by"
        )
    profiles = [np.repeat(np.arange(k), counts) for counts in tallies(n + 1, k)]
    return PublicRegime(
        regime.next, [row[:1] for row in regime.label],
        [regime.signal[tuple(profile)] for profile in profiles],
        regime.initial, regime.states, regime.signals, regime.pull, regime.review,
    )  # fmt: skip
