"""The public state of a regime, worked out: what is remembered, and what moves it.

What the state keeps, and why, says `as_public`. Here a state is a value (`State`), and the public
state is made of those that can be reached from the first one by the signals that are possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations, product

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.regimes.compliance import with_exceptions
from coopgames.regimes.demand import NoMore, at
from coopgames.regimes.public import PublicRegime
from coopgames.regimes.regime import Injunction, Issue, Regime
from coopgames.regimes.reports import (
    Case,
    Complies,
    Floats,
    Last,
    Signal,
    odds_of,
    said,
    signals_of,
)
from coopgames.regimes.when import Always, Between, Flagged
from coopgames.strategies import FREE, Label

MOST_STATES, MOST_SIGNALS = 10_000, 256
"""With more than these a public state is not made."""

Flags = tuple[bool, ...]
Kept = tuple[tuple[Flags, ...], tuple[int, ...]]
"""Flags of one injunction that are not public yet, the oldest first, and the ages of those that are
(0: none that matters)."""
State = tuple[int, tuple[Kept, ...], Last | None]
"""The clock, what is kept of flags, and of last actions; None of these before anything was done."""


@dataclass(frozen=True)
class _Watch:
    """What is remembered of the flags of an injunction, and what reports them."""

    q: Injunction
    seats: tuple[int, ...]
    periods: int
    ever: bool
    lumped: bool

    def aged(self, age: int, flagged: bool) -> int:
        """Give the age of the last flag a period later."""
        if flagged:
            return 1
        if age == 0:
            return 0
        return min(age + 1, self.periods + 1) if self.ever or age < self.periods else 0


def _watches(ours: list[Injunction], regime: Regime) -> tuple[_Watch, ...]:
    found = []
    for q in ours:
        asking = [p.when for p in ours if isinstance(p.when, Flagged) and p.when.of == q.name]
        if asking:
            periods = max((w.periods for w in asking if w.periods is not None), default=0)
            ever = any(w.periods is None for w in asking)
            lumped = all(w.whose == "any" for w in asking)
            found.append(_Watch(q, regime.addressed(q), periods, ever, lumped))
    return tuple(found)


def _seen_last(ours: list[Injunction], regime: Regime) -> tuple[int, ...]:
    """List the seats of two whose last action some demand goes by."""
    seats = {
        seat if q.demand.than == "own" else 1 - seat
        for q in ours
        if isinstance(q.demand, NoMore)
        for seat in regime.addressed(q)
    }
    return tuple(sorted(seats))


class Memory:
    """What the public state of a regime remembers.

    Parameters
    ----------
    regime : Regime
        The regime.
    about : Issue
        The issue that is played.
    ours : list of Injunction
        Its injunctions on that.
    """

    def __init__(self, regime: Regime, about: Issue, ours: list[Injunction]) -> None:
        assert about.orders is not None
        self.regime, self.about, self.ours = regime, about, ours
        self.n = len(about.seats)
        self.shape = tuple(len(actions) for actions in about.actions)
        self.watches = _watches(ours, regime)
        self.number = {w.q.name: x for x, w in enumerate(self.watches)}
        self.last_of = _seen_last(ours, regime)
        clocks = [q.when for q in ours if isinstance(q.when, Between)]
        self.last = max((w.start if w.end is None else w.end for w in clocks), default=0)
        self.complies = cache(self._complies)
        # Who can hold what, seat by seat, as far as it changes what complies with q.
        self.excepting = {q.name: tuple(p for p in ours if q.name in p.excepts) for q in ours}

    def _complies(
        self, q: Injunction, seat: int, last: Last | None, permitted: tuple[Injunction, ...]
    ) -> Complies:
        """Say what complies with q, in role order, while these permissions hold."""
        assert self.about.orders is not None
        table = with_exceptions(self.regime, q, permitted, seat)
        order = list(self.about.orders[seat])
        if last is None and max(table.shape[:2]) > 1:  # before anything was done, nothing is asked
            return (True,) * len(order)
        place = dict(zip(self.last_of, last or (), strict=False))
        found = at(table, place.get(seat, 0), place.get(1 - seat, 0))[order]
        return tuple(map(bool, found))

    def permitted(self, q: Injunction, seat: int, state: State) -> tuple[Injunction, ...]:
        """List the exceptions to q that hold for a seat."""
        return tuple(p for p in self.excepting[q.name] if self.holds(p, seat, state))

    def case(self, q: Injunction, seats: tuple[int, ...], state: State) -> Case:
        """Give the case in which a report on these seats is to be read."""
        allowed = (self.complies(q, i, state[2], self.permitted(q, i, state)) for i in seats)
        return q.name, seats, tuple(allowed)

    def draws(self) -> Iterator[dict[Case, Floats]]:
        """Give, for each number that is drawn, the cases that may read it, and their odds."""
        for w in self.watches:
            sets = {i: self._sets(w.q, i) for i in w.seats}
            if w.q.monitoring.shared or self.n > 2:
                cases = [
                    (w.q.name, group, allowed)
                    for group in self._groups(w)
                    for allowed in product(*(sets[i] for i in group))
                ]
                drawn = [cases]
            else:
                drawn = [[(w.q.name, (i,), (allowed,)) for allowed in sets[i]] for i in w.seats]
            for cases in drawn:
                yield {case: odds_of(w.q, case, self.shape) for case in dict.fromkeys(cases)}

    def _sets(self, q: Injunction, seat: int) -> list[Complies]:
        """List what may comply with q for a seat in some state."""
        there = [p for p in self.excepting[q.name] if seat in self.regime.addressed(p)]
        some = chain(*(combinations(there, size) for size in range(len(there) + 1)))
        pasts = [None, *np.ndindex(*(self.shape[i] for i in self.last_of))]
        if not any(isinstance(p.demand, NoMore) for p in (q, *there)):
            pasts = [None]
        found = (self.complies(q, seat, last, held) for held in some for last in pasts)
        return list(dict.fromkeys(found))

    def _groups(self, w: _Watch) -> list[tuple[int, ...]]:
        """List the sets of seats for which an injunction may hold at the same time."""
        if not isinstance(w.q.when, Flagged) or w.q.when.whose == "any":
            return [w.seats]
        sizes = range(1, len(w.seats) + 1)
        return list(chain(*(combinations(w.seats, size) for size in sizes)))

    def compiled(self) -> PublicRegime:
        """Make the public state."""
        name = self.regime.name
        try:
            signals, odds = signals_of(self.draws(), self.shape, self.last_of, MOST_SIGNALS)
        except Mistake as mistake:
            demanding = [q.name for q in self.ours if isinstance(q.demand, NoMore)]
            why = f"; {' and '.join(demanding)} go by last actions" if demanding else ""
            raise Mistake(
                f'regime "{name}" {mistake}, and {MOST_SIGNALS} are the most{why}; let fewer '
                "injunctions depend on flags and last actions, or the game have fewer actions"
            ) from None
        states = [self.initial()]
        number = {states[0]: 0}
        following = []
        for state in states:  # grows as it is gone through
            row = []
            for signal in signals:
                after = self.after(state, signal)
                if after not in number:
                    number[after] = len(states)
                    states.append(after)
                row.append(number[after])
            following.append(row)
            if len(states) > MOST_STATES:
                raise Mistake(
                    f'regime "{name}" has more than {MOST_STATES:,} public states; shorten delays '
                    "or the periods for which flags matter"
                )
        assert self.about.orders is not None
        pairs = zip(self.about.actions, self.about.orders, strict=True)
        actions = [[names[a] for a in order] for names, order in pairs]
        return PublicRegime(
            following, [self.labels(state) for state in states], odds, 0,
            [self.named(state, actions) for state in states],
            [said(signal, self.last_of, self.about.seats, actions) for signal in signals],
        )  # fmt: skip

    def initial(self) -> State:
        """Give the state before anything was done."""
        kept = []
        for w in self.watches:
            none = (False,) * (1 if w.lumped else self.n)
            kept.append(((none,) * w.q.monitoring.delay, (0,) * len(none)))
        return 0, tuple(kept), None

    def holds(self, q: Injunction, seat: int, state: State) -> bool:
        """Say whether an injunction holds for a seat, as `when.holds` does from a history."""
        when, (clock, kept, _) = q.when, state
        if seat not in self.regime.addressed(q):
            return False
        if isinstance(when, Always):
            return True
        if isinstance(when, Between):
            return when.start <= clock and (when.end is None or clock < when.end)
        _, ages = kept[self.number[when.of]]
        if when.whose == "own":
            ages = ages[seat : seat + 1]
        elif when.whose == "another":
            ages = ages[:seat] + ages[seat + 1 :]
        recent = any(age and (when.periods is None or age <= when.periods) for age in ages)
        return recent != when.unless

    def after(self, state: State, signal: Signal) -> State:
        """Give the state after a period in which there was this signal."""
        clock, kept, _ = state
        later = []
        for w, (waiting, ages) in zip(self.watches, kept, strict=True):
            held = tuple(i for i in w.seats if self.holds(w.q, i, state))
            if w.q.monitoring.shared or self.n > 2:
                found = bool(held) and signal.reports[self.case(w.q, held, state)]
                flags = [found] * self.n
            else:
                flags = [
                    i in held and signal.reports[self.case(w.q, (i,), state)] for i in range(self.n)
                ]
            raised = (any(flags),) if w.lumped else tuple(flags)
            public, *rest = (*waiting, raised)
            aged = (w.aged(age, flag) for age, flag in zip(ages, public, strict=True))
            later.append((tuple(rest), tuple(aged)))
        return min(clock + 1, self.last), tuple(later), signal.last if self.last_of else None

    def labels(self, state: State) -> list[Label]:
        """Give what a state shows each seat."""
        good = [True] * self.n
        for w, (_, ages) in zip(self.watches, state[1], strict=True):
            if not w.lumped:
                good = [g and not age for g, age in zip(good, ages, strict=True)]
        two = self.n == 2
        return [
            Label(self.asked(i, state), good[i], good[1 - i] if two else True)
            for i in range(self.n)
        ]

    def asked(self, seat: int, state: State) -> int:
        """Give the most withholding action that complies with all that holds for a seat."""
        holding = [q for q in self.ours if self.holds(q, seat, state)]
        both = np.ones(self.shape[seat], dtype=bool)
        for q in holding:
            both &= self.complies(q, seat, state[2], self.permitted(q, seat, state))
        if both.all():
            return FREE
        if not both.any():
            demanding = ", ".join(f'"{q.name}"' for q in holding if q.deontic != "permit")
            raise Mistake(
                f'regime "{self.regime.name}": {self.about.seats[seat]} cannot comply with '
                f"{demanding} together, which all hold in state {self.named(state)!r}"
            )
        return int(np.flatnonzero(both)[-1])

    def named(self, state: State, actions: Sequence[Sequence[str]] = ()) -> str:
        """Say what is remembered."""
        clock, kept, last = state
        said = [f"period {clock + 1}{' on' if clock == self.last else ''}"] if self.last else []
        if last is not None and actions:
            done = zip(self.last_of, last, strict=True)
            said += [f"{actions[i][place]} by {self.about.seats[i]}" for i, place in done]
        for w, (waiting, ages) in zip(self.watches, kept, strict=True):
            for i, age in enumerate(ages):
                if age:
                    on = "" if w.lumped else f" on {self.about.seats[i]}"
                    ago = f"{age} ago" if age <= w.periods or not w.periods else "long ago"
                    said.append(f"{w.q.name}{on} {ago if w.periods else 'before'}")
            for late, flags in enumerate(waiting):
                whom = [self.about.seats[i] for i, flag in enumerate(flags) if flag]
                if whom:
                    on = "" if w.lumped else f" on {' and '.join(whom)}"
                    said.append(f"{w.q.name}{on} known in {late + 1}")
        return "; ".join(said) or "nothing flagged"
