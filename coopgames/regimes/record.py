"""Who complied with what, period by period, in a course of play.

A course is an array of actions, ``[t, i]``. In each period an injunction holds for some seats
(`when.holds`), and what complies may depend on what was done last. A permission that holds widens
what complies with the injunctions that it is an exception to. Unless other flags are given, a flag
is a violation, public `delay` periods later: as if all was seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake
from coopgames.regimes.compliance import compliant, named
from coopgames.regimes.demand import at
from coopgames.regimes.regime import Injunction, Issue, Regime
from coopgames.regimes.when import Mask, holds

Course = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Record:
    """What became of one injunction; each array of bool has shape (T, n).

    Parameters
    ----------
    holds : ndarray
        Whether it held for a seat.
    allowed : ndarray of bool, shape (T, n, k)
        Which actions complied; all where it did not hold. Seats with fewer than k actions have
        False beyond them.
    complied : ndarray
        Whether what the seat did complied.
    feasible : ndarray
        Whether it held and some action would not have complied.
    """

    holds: Mask
    allowed: NDArray[np.bool_]
    complied: Mask
    feasible: Mask


def records(
    regime: Regime, course: ArrayLike, issue: str = "", flags: Mapping[str, ArrayLike] | None = None
) -> dict[str, Record]:
    """Find out who complied with each injunction about an issue.

    Parameters
    ----------
    regime : Regime
        The regime.
    course : array_like of int, shape (T, n)
        The number of the action that each seat took in each period.
    issue : str
        In which issue; the regime's first by default.
    flags : mapping of str to array_like of bool, shape (T, n), optional
        For injunctions by name, the flags that became public in each period.

    Returns
    -------
    dict of str to Record
        By the injunction's name.

    Raises
    ------
    Mistake
        If the course does not fit the issue, or a condition rests on flags of another issue that
        are not given.
    """
    about = regime.issue(issue)
    played = checked(about, course)
    T, n = played.shape
    places = _places(about, played)
    ours = [q for q in regime.injunctions if q.issue == about.name]
    public = {name: np.asarray(f, bool) for name, f in (flags or {}).items()}
    _check_flags(regime, ours, public, (T, n))
    late = max((q.monitoring.delay for q in regime.injunctions), default=0)
    seen = {q.name: np.zeros((T + late, n), bool) for q in ours} | public
    sets = {q.name: [named(about, q, seat) for seat in range(n)] for q in ours}
    width = max(map(len, about.actions))
    found = {q.name: _empty(about, T, width) for q in ours}
    for t in range(T):
        for q in sorted(ours, key=lambda q: q.deontic != "permit"):  # permissions first
            r = found[q.name]
            active = holds(q.when, t, seen[getattr(q.when, "of", q.name)])
            for i in regime.addressed(q):
                if not active[i]:
                    continue
                k = len(about.actions[i])
                r.holds[t, i] = True
                own, others = places[t - 1, i] if t else (-1, -1)
                r.allowed[t, i, :k] = _allowed(regime, q, i, own, others)
                for p in ours:
                    if q.name in p.excepts and found[p.name].holds[t, i]:
                        r.allowed[t, i, :k] |= at(sets[p.name][i], own, others)
                r.complied[t, i] = r.allowed[t, i, played[t, i]]
                r.feasible[t, i] = not r.allowed[t, i, :k].all()
            if q.name not in public:
                seen[q.name][t + q.monitoring.delay] = ~r.complied[t]
    return found


def checked(issue: Issue, course: ArrayLike) -> Course:
    """Check that a course fits an issue, and give it as an array.

    Parameters
    ----------
    issue : Issue
        The issue.
    course : array_like of int, shape (T, n)
        The actions taken.
    """
    played = np.asarray(course)
    counts = [len(a) for a in issue.actions]
    if played.ndim != 2 or played.shape[1] != len(counts) or played.dtype.kind not in "iu":
        raise Mistake(
            f'a course of issue "{issue.name}" has a row for each period and in it the number of '
            f"the action of each of its {len(counts)} seats; this has shape {played.shape}"
        )
    if (played < 0).any() or (played >= counts).any():
        raise Mistake(
            f'a course of issue "{issue.name}" has an action {int(played.max())}; its seats have '
            f"{', '.join(map(str, counts))} actions, counted from 0"
        )
    return played.astype(np.int64)


def _allowed(regime: Regime, q: Injunction, seat: int, own: int, others: int) -> Mask:
    table = compliant(regime, q, seat)
    if own < 0 and max(table.shape[:2]) > 1:  # nothing was done before the first period
        return np.ones(table.shape[-1], bool)
    return at(table, own, others)


def _empty(issue: Issue, T: int, width: int) -> Record:
    n = len(issue.seats)
    there = np.arange(width) < np.array([len(a) for a in issue.actions])[:, None]
    allowed = np.broadcast_to(there, (T, n, width)).copy()
    return Record(np.zeros((T, n), bool), allowed, np.ones((T, n), bool), np.zeros((T, n), bool))


def _places(issue: Issue, played: Course) -> NDArray[np.int64]:
    """Give, per period and seat, the place of its action and of the others' most withholding."""
    T, n = played.shape
    own = np.zeros((T, n), np.int64)
    if issue.orders is not None:
        for i, order in enumerate(issue.orders):
            own[:, i] = np.argsort(order)[played[:, i]]
    others = np.stack([np.delete(own, i, axis=1).max(axis=1, initial=0) for i in range(n)], axis=1)
    return np.stack([own, others], axis=-1)


def _check_flags(
    regime: Regime, ours: list[Injunction], public: Mapping[str, Mask], shape: tuple[int, int]
) -> None:
    for name, f in public.items():
        if name not in {q.name for q in regime.injunctions} or f.shape != shape:
            raise Mistake(
                f'flags of "{name}" of shape {f.shape}: flags are those of an injunction, and have '
                f"shape {shape} as the course"
            )
    known = {q.name for q in ours} | set(public)
    for q in ours:
        of = getattr(q.when, "of", q.name)
        if of not in known:
            raise Mistake(
                f'"{q.name}" holds by flags of "{of}", which is about another issue; give its flags'
            )
