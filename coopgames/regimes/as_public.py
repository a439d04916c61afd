"""From what a regime demands to the public state that play knows: a finite memory of flags.

An injunction holds by the period and by flags that were raised before (`when`). So the state keeps

    a clock              min(period, the last period in which a `Between` begins or ends)
    for each injunction q that a `Flagged` names, how long ago it was flagged, on each seat, or on
    anybody if nothing else is asked: 1 … k periods, longer ago if "ever" matters, or never
    the flags of the last `delay` periods, which are raised but not yet public

and nothing else. The public signal of a period is what all watches report: for q and seat i, with
probability `hit` if the action is not in B_q, and `false_alarm` if it is, independently. A shared
alarm is one report, of whether anybody violates. A report counts as a flag if q held.

*The label.* What complies is what all injunctions that hold for a seat have in common. If that is
everything, it is asked for nothing; else for the most withholding action that complies: the line
that a rule draws. Who does more than that may still comply, and is reported or not by what the
injunctions say, not by the label. A seat is in good standing unless a flag on it is remembered; an
alarm that does not say on whom, or of which it does not matter, takes nobody's standing.

What has no such state here is refused by its name: demands that go by what was done last
(`NoMore`), exceptions, flags of another issue, procedures, and more than two actors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.regimes.compliance import compliant
from coopgames.regimes.demand import NoMore
from coopgames.regimes.public import PublicRegime
from coopgames.regimes.regime import Injunction, Issue, Regime
from coopgames.regimes.reports import Reports, reported, said, signals_of
from coopgames.regimes.when import Always, Between, Flagged, Mask
from coopgames.strategies import FREE, Label

MOST_STATES, MOST_SIGNALS = 10_000, 256
"""With more than these a public state is not made."""

Flags = tuple[bool, ...]
Kept = tuple[tuple[Flags, ...], tuple[int, ...]]
"""Flags of one injunction that are not public yet, the oldest first, and the ages of those that are
(0: none that matters)."""
State = tuple[int, tuple[Kept, ...]]


def as_public(regime: Regime, issue: str = "") -> PublicRegime:
    """Make the public state of a regime for two.

    Parameters
    ----------
    regime : Regime
        The regime.
    issue : str
        Which issue is played; the regime's first by default.

    Returns
    -------
    PublicRegime
        With the states that can be reached, the signals that are possible, and a label a seat.

    Raises
    ------
    Mistake
        If it has no such state here, or a very large one, or asks for what nobody can do in some
        state; each injunction by its name.
    """
    about = regime.issue(issue)
    ours = [q for q in regime.injunctions if q.issue == about.name]
    if refused := list(_refused(regime, about, ours)):
        raise Mistake("\n".join(f'regime "{regime.name}": {text}' for text in refused))
    return _Memory(regime, about, ours).compiled()


def _refused(regime: Regime, about: Issue, ours: list[Injunction]) -> Iterator[str]:
    if about.game is None:
        yield f'issue "{about.name}" is a procedure, which has no payoffs to be played for'
    elif about.orders is None:
        yield f'the game of issue "{about.name}" does not say which action accommodates'
    if len(about.seats) != 2:
        yield f'issue "{about.name}" has {len(about.seats)} actors; a public state is made for two'
    for q in ours:
        if isinstance(q.demand, NoMore):
            yield f'"{q.name}" goes by what was done last, which the public state does not keep'
        if q.excepts:
            yield f'"{q.name}" is an exception to {", ".join(q.excepts)}; no exceptions are kept'
        if not isinstance(q.when, Flagged):
            continue
        of = regime.injunction(q.when.of)
        if of.issue != about.name:
            yield f'"{q.name}" holds by flags of "{of.name}", which is about another issue'
        elif of.monitoring.shared and q.when.whose != "any":
            yield (
                f'"{q.name}" holds by flags on whom the alarm of "{of.name}" does not name; it can '
                'go by "any" only'
            )


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


class _Memory:
    """The public state of a regime."""

    def __init__(self, regime: Regime, about: Issue, ours: list[Injunction]) -> None:
        assert about.orders is not None
        self.regime, self.about, self.ours = regime, about, ours
        self.n = len(about.seats)
        self.watches = _watches(ours, regime)
        self.number = {w.q.name: x for x, w in enumerate(self.watches)}
        clocks = [q.when for q in ours if isinstance(q.when, Between)]
        self.last = max((w.start if w.end is None else w.end for w in clocks), default=0)
        # B_q in role order, where it demands nothing else than an action
        self.allowed: dict[tuple[str, int], Mask] = {
            (q.name, i): compliant(regime, q, i)[0, 0][list(about.orders[i])]
            for q in ours
            for i in regime.addressed(q)
        }

    def compiled(self) -> PublicRegime:
        shape = tuple(len(actions) for actions in self.about.actions)
        watched = [
            (w.q, {i: self.allowed[w.q.name, i] for i in w.seats}) for w in self.watches
        ]  # fmt: skip
        size = int(np.prod([len(kinds) for q, b in watched for kinds, _ in reported(q, b, shape)]))
        if size > MOST_SIGNALS:
            raise Mistake(
                f'regime "{self.regime.name}" has {size:,} public signals, and {MOST_SIGNALS} are '
                "the most; let fewer injunctions depend on flags"
            )
        signals, odds = signals_of(watched, shape)
        states = [self.initial()]
        number = {states[0]: 0}
        following = []
        for state in states:  # grows as it is gone through
            row = []
            for reports in signals:
                after = self.after(state, reports)
                if after not in number:
                    number[after] = len(states)
                    states.append(after)
                row.append(number[after])
            following.append(row)
            if len(states) > MOST_STATES:
                raise Mistake(
                    f'regime "{self.regime.name}" has more than {MOST_STATES:,} public states; '
                    "shorten delays or the periods for which flags matter"
                )
        return PublicRegime(
            following, [self.labels(state) for state in states], odds, 0,
            [self.named(state) for state in states], [said(r, self.about.seats) for r in signals],
        )  # fmt: skip

    def initial(self) -> State:
        kept = []
        for w in self.watches:
            none = (False,) * (1 if w.lumped else self.n)
            kept.append(((none,) * w.q.monitoring.delay, (0,) * len(none)))
        return 0, tuple(kept)

    def holds(self, q: Injunction, seat: int, state: State) -> bool:
        """Say whether an injunction holds for a seat, as `when.holds` does from a history."""
        when, (clock, kept) = q.when, state
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

    def after(self, state: State, reports: Reports) -> State:
        """Give the state after a period in which there were these reports."""
        clock, kept = state
        later = []
        for w, (waiting, ages) in zip(self.watches, kept, strict=True):
            held = tuple(i for i in w.seats if self.holds(w.q, i, state))
            if w.q.monitoring.shared:
                flags = [bool(held) and reports[w.q.name, held]] * self.n
            else:
                flags = [i in held and reports[w.q.name, (i,)] for i in range(self.n)]
            raised = (any(flags),) if w.lumped else tuple(flags)
            public, *rest = (*waiting, raised)
            aged = (w.aged(age, flag) for age, flag in zip(ages, public, strict=True))
            later.append((tuple(rest), tuple(aged)))
        return min(clock + 1, self.last), tuple(later)

    def labels(self, state: State) -> list[Label]:
        """Give what a state shows each seat."""
        good = [True] * self.n
        for w, (_, ages) in zip(self.watches, state[1], strict=True):
            if not w.lumped:
                good = [g and not age for g, age in zip(good, ages, strict=True)]
        return [Label(self.asked(i, state), good[i], good[1 - i]) for i in range(self.n)]

    def asked(self, seat: int, state: State) -> int:
        """Give the most withholding action that complies with all that holds for a seat."""
        holding = [q for q in self.ours if self.holds(q, seat, state)]
        rows = [self.allowed[q.name, seat] for q in holding]
        both = np.logical_and.reduce(rows) if rows else np.ones(1, bool)
        if both.all():
            return FREE
        if not both.any():
            demanding = ", ".join(f'"{q.name}"' for q in holding if q.deontic != "permit")
            raise Mistake(
                f'regime "{self.regime.name}": {self.about.seats[seat]} cannot comply with '
                f"{demanding} together, which all hold in state {self.named(state)!r}"
            )
        return int(np.flatnonzero(both)[-1])

    def named(self, state: State) -> str:
        """Say what is remembered."""
        clock, kept = state
        said = [f"period {clock + 1}{' on' if clock == self.last else ''}"] if self.last else []
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
