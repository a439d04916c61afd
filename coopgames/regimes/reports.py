"""What the watches of a regime report: the public signal of a period, and how likely it is.

A watch on injunction q reports seat i with probability `hit` if its action does not comply, and
`false_alarm` if it does, each seat and each injunction by itself; a shared alarm reports once,
whether any of those for whom q holds violates it. In a group of more than two, reports are
anonymous: somebody was reported, each with these odds and independently.

For whom q holds, and what complies while permissions and last actions change that, is a matter of
the state: a *case*. But what is drawn may not depend on the state. So one number u, uniform in
[0, 1), is drawn for all cases,

    report in case c  ⇔  u < P_c(profile)

and the state reads the case that it is in. Each case has the right odds, and no state reads two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.regimes.regime import Injunction
from coopgames.regimes.when import Mask

Floats = NDArray[np.float64]
Complies = tuple[bool, ...]
"""Whether each action of a seat complies, in role order."""
Case = tuple[str, tuple[int, ...], tuple[Complies, ...]]
"""An injunction, the seats for which it holds, and what complies for each of them."""
Reports = dict[Case, bool]
"""Whether there is a report, in each case in which it may be read."""
Last = tuple[int, ...]
"""The places of last actions, of those seats of which they are kept."""


@dataclass(frozen=True)
class Signal:
    """A public signal.

    Parameters
    ----------
    last : tuple of int
        What was done by those whose last actions are kept.
    reports : Reports
        What the watches report.
    """

    last: Last
    reports: Reports


def odds_of(q: Injunction, case: Case, shape: tuple[int, ...]) -> Floats:
    """Give how likely a report is after each profile.

    Parameters
    ----------
    q : Injunction
        What is watched.
    case : Case
        For whom it holds, and what complies.
    shape : tuple of int
        Numbers of actions.
    """
    _, seats, allowed = case
    hit, false_alarm = q.monitoring.hit, q.monitoring.false_alarm
    broken = [_along(~np.array(a), i, len(shape)) for i, a in zip(seats, allowed, strict=True)]
    if q.monitoring.shared:
        any_of = np.zeros(shape, dtype=bool)
        for one in broken:
            any_of = any_of | one
        return np.where(any_of, hit, false_alarm)
    if len(seats) == 1:
        return np.broadcast_to(np.where(broken[0], hit, false_alarm), shape).copy()
    quiet = np.ones(shape)
    for one in broken:
        quiet = quiet * (1 - np.where(one, hit, false_alarm))
    return np.asarray(1 - quiet)


def signals_of(
    draws: Iterable[Mapping[Case, Floats]],
    shape: tuple[int, ...],
    kept: Sequence[int] = (),
    most: int | None = None,
) -> tuple[list[Signal], Floats]:
    """List the signals that are possible.

    Parameters
    ----------
    draws : iterable of mapping from Case to ndarray
        For each number that is drawn, the cases that read it, and how likely a report then is.
    shape : tuple of int
        Numbers of actions.
    kept : sequence of int
        The seats whose actions are a part of the signal.
    most : int, optional
        How many signals there may be.

    Returns
    -------
    signals : list of Signal
        Y of them, the quiet one first if it is among them.
    odds : ndarray, shape (*shape, Y)
        How likely each is after each profile.

    Raises
    ------
    Mistake
        If there are too many.
    """
    found: list[tuple[Last, Reports, Floats]] = []
    for last in np.ndindex(*(shape[i] for i in kept)):
        there = np.ones(shape)
        for i, place in zip(kept, last, strict=True):
            there = there * _along(np.arange(shape[i]) == place, i, len(shape))
        found.append((last, {}, there))
    for draw in draws:
        kinds = _kinds(draw, shape)
        found = [
            (last, {**reports, **kind}, both)
            for last, reports, p in found
            for kind, odds in kinds
            if (both := p * odds).any()
        ]
        if most is not None and len(found) > most:
            raise Mistake(f"has {len(found):,} public signals or more")
    if most is not None and len(found) > most:
        raise Mistake(f"has {len(found):,} public signals")
    signals = [Signal(last, reports) for last, reports, _ in found]
    return signals, np.stack([p for _, _, p in found], axis=-1)


def _kinds(draw: Mapping[Case, Floats], shape: tuple[int, ...]) -> list[tuple[Reports, Floats]]:
    """Give what one number may lead to, and how likely that is; the quietest first."""
    below = np.stack(list(draw.values()))
    found: dict[tuple[bool, ...], Floats] = {}
    for profile in np.ndindex(*shape):
        p = below[:, *profile]
        for low, high in reversed([*pairwise([0.0, *np.unique(p), 1.0])]):
            if high > low:
                kind = tuple(bool(b > low) for b in p)
                found.setdefault(kind, np.zeros(shape))[profile] += high - low
    kinds = sorted(found.items(), key=lambda item: sum(item[0]))
    return [(dict(zip(draw, kind, strict=True)), odds) for kind, odds in kinds]


def said(signal: Signal, kept: Sequence[int], seats: Sequence[str], actions: Names) -> str:
    """Say what a signal is.

    Parameters
    ----------
    signal : Signal
        The signal.
    kept : sequence of int
        The seats whose actions are a part of it.
    seats : sequence of str
        The names of the seats.
    actions : sequence of sequence of str
        The names of each seat's actions, in role order.
    """
    there = []
    cases = [(name, group) for name, group, _ in signal.reports]
    for (name, group, allowed), reported in signal.reports.items():
        if not reported:
            continue
        text = f"{name} on {' or '.join(seats[i] for i in group)}"
        if cases.count((name, group)) > 1:  # told apart by what complies
            each = [
                "/".join(a for a, ok in zip(actions[i], complies, strict=True) if ok) or "nothing"
                for i, complies in zip(group, allowed, strict=True)
            ]
            text += f" if {' and '.join(each)} complies"
        there.append(text)
    done = " and ".join(
        f"{actions[i][place]} by {seats[i]}" for i, place in zip(kept, signal.last, strict=True)
    )
    return ": ".join(part for part in (done, "; ".join(there) or "quiet") if part)


Names = Sequence[Sequence[str]]


def _along(mask: Mask, seat: int, n: int) -> Mask:
    """Turn what is known of a seat's actions into a table of profiles that can be broadcast."""
    along = [1] * n
    along[seat] = -1
    return mask.reshape(along)
