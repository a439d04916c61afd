"""What the watches of a regime report: the public signal of a period, and how likely it is.

A watch on injunction q reports seat i with probability `hit` if its action is not in B_q, and
`false_alarm` if it is, each seat and each injunction by itself; a shared alarm reports once,
whether any of those for whom q holds violates it. For whom it holds is a matter of the state, but
what is drawn may not be. So one number u, uniform in [0, 1), is drawn for all cases:

    report for these seats  ⇔  u < (hit if one of them violates, else false_alarm)

and the state reads the case that it is in. Each case has the right odds, and no state reads two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, combinations, pairwise, product

import numpy as np
from numpy.typing import NDArray

from coopgames.regimes.regime import Injunction
from coopgames.regimes.when import Flagged, Mask

Floats = NDArray[np.float64]
Reports = dict[tuple[str, tuple[int, ...]], bool]
"""Whether there is a report, by injunction and by the seats for which it would have to hold."""
Allowed = Mapping[int, Mask]
"""B_q of each seat that is addressed, in role order."""


def signals_of(
    watched: Sequence[tuple[Injunction, Allowed]], shape: tuple[int, ...]
) -> tuple[list[Reports], Floats]:
    """List the signals that are possible.

    Parameters
    ----------
    watched : sequence of (Injunction, mapping of int to ndarray)
        What is watched, and what complies with it.
    shape : tuple of int
        The game's.

    Returns
    -------
    signals : list of Reports
        Y of them, the quiet one first if it is among them.
    odds : ndarray, shape (*shape, Y)
        How likely each is after each profile.
    """
    drawn = [one for q, allowed in watched for one in reported(q, allowed, shape)]
    signals, odds = [], []
    for each in product(*(zip(kinds, p, strict=True) for kinds, p in drawn)):
        probability = reduce(np.multiply, (p for _, p in each), np.ones(shape))
        if probability.any():
            signals.append({key: r for kind, _ in each for key, r in kind.items()})
            odds.append(probability)
    return signals, np.stack(odds, axis=-1)


def reported(
    q: Injunction, allowed: Allowed, shape: tuple[int, ...]
) -> Iterator[tuple[list[Reports], list[Floats]]]:
    """Give, for each number that is drawn, what it may lead to, and how likely that is.

    Parameters
    ----------
    q, allowed, shape
        As of `signals_of`, one of them.
    """
    seats = tuple(allowed)
    groups = _groups(q, seats) if q.monitoring.shared else [(i,) for i in seats]
    for drawn in [groups] if q.monitoring.shared else [[group] for group in groups]:
        violated = np.stack([_violated(allowed, group, shape) for group in drawn])
        hit, false_alarm = q.monitoring.hit, q.monitoring.false_alarm
        below = np.where(violated, hit, false_alarm)
        found: dict[tuple[bool, ...], Floats] = {}
        ends = [0.0, *sorted((hit, false_alarm)), 1.0]
        for low, high in reversed([*pairwise(ends)]):
            for profile in np.ndindex(*shape):
                kind = tuple(bool(b > low) for b in below[:, *profile])
                found.setdefault(kind, np.zeros(shape))[profile] += high - low
        yield (
            [{(q.name, g): r for g, r in zip(drawn, kind, strict=True)} for kind in found],
            list(found.values()),
        )


def said(reports: Reports, seats: Sequence[str]) -> str:
    """Say what is reported."""
    there = [
        f"{name} on {' or '.join(seats[i] for i in group)}"
        for (name, group), reported in reports.items()
        if reported
    ]
    return "; ".join(there) or "quiet"


def _groups(q: Injunction, seats: tuple[int, ...]) -> list[tuple[int, ...]]:
    """List the sets of seats for which a condition may hold at the same time."""
    if not isinstance(q.when, Flagged) or q.when.whose == "any":
        return [seats]
    sizes = range(1, len(seats) + 1)
    return list(chain(*(combinations(seats, size) for size in sizes)))


def _violated(allowed: Allowed, seats: Sequence[int], shape: tuple[int, ...]) -> Mask:
    """Say in which profiles one of these seats does not comply."""
    found = np.zeros(shape, bool)
    for i in seats:
        along = [1] * len(shape)
        along[i] = -1
        found |= ~allowed[i].reshape(along)
    return found
