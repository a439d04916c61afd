"""Which issues belong together: by what is negotiated together (theory.md 1.5.5).

Issue-areas are sets of issues that are in fact dealt with in common negotiations and by closely
coordinated bureaucracies (After Hegemony, ch. 4). Two issues k and l are linked to the degree

    w_kl = negotiations that cover both / negotiations that cover either

and an issue-area is what hangs together by links of at least a threshold: a connected component.
The boundaries are those that actors draw. What is linked in substance may lie on two sides of one:
*interdependence* of two issues is how far what an actor gets on one depends on the level of the
other, the mean size of the mixed second differences of its payoffs over their range.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from coopgames.mistakes import Mistake

THRESHOLD = 0.25
"""From this weight on two issues are linked; a convention."""

Area = tuple[str, ...]


def linked(negotiations: Iterable[Collection[str]]) -> dict[tuple[str, str], float]:
    """Compute w of every pair of issues.

    Parameters
    ----------
    negotiations : iterable of collection of str
        For each negotiation, or deal, the issues that it covered.

    Returns
    -------
    dict
        By pairs of issues in alphabetical order; pairs never dealt with together have 0.
    """
    tables = [frozenset(issues) for issues in negotiations]
    issues = sorted(frozenset().union(*tables))
    weights = {}
    for k, l in combinations(issues, 2):  # noqa: E741 — the theory's own symbols
        either = sum(k in t or l in t for t in tables)
        weights[k, l] = sum(k in t and l in t for t in tables) / either
    return weights


def issue_areas(
    negotiations: Iterable[Collection[str]], threshold: float = THRESHOLD
) -> tuple[Area, ...]:
    """Find the issue-areas.

    Parameters
    ----------
    negotiations : iterable of collection of str
        See `linked`; one of a single issue counts too.
    threshold : float
        From which weight on two issues are linked.

    Returns
    -------
    tuple of tuple of str
        Each in alphabetical order, the largest first.
    """
    if not 0 < threshold <= 1:
        raise Mistake(f"threshold = {threshold:g}; it lies above 0 and is at most 1")
    tables = [frozenset(issues) for issues in negotiations]
    area = {issue: {issue} for t in tables for issue in t}
    for (k, l), weight in linked(tables).items():  # noqa: E741
        if weight >= threshold and area[k] is not area[l]:
            area[k] |= area[l]
            for issue in area[l]:
                area[issue] = area[k]
    found = {tuple(sorted(members)) for members in area.values()}
    return tuple(sorted(found, key=lambda a: (-len(a), a)))


def successors(before: Iterable[Area], after: Iterable[Area]) -> dict[Area, Area | None]:
    """Say which issue-area each one has become: that with which it shares the largest part.

    Parameters
    ----------
    before, after : iterable of tuple of str
        What `issue_areas` finds in one window, and in a later one.

    Returns
    -------
    dict
        None where no later area has any of its issues.
    """
    later = list(after)

    def shared(old: Area, new: Area) -> float:
        return len({*old} & {*new}) / len({*old} | {*new})

    return {
        old: max(later, key=lambda new: shared(old, new))
        if any({*old} & {*new} for new in later)
        else None
        for old in before
    }


def interdependence(payoffs: ArrayLike) -> float:
    """Compute how far two issues are linked in substance, whatever is negotiated together.

    Parameters
    ----------
    payoffs : array_like, shape (K, L)
        What an actor gets at each level of the one issue and of the other.

    Returns
    -------
    float
        0 if payoffs are a sum of what each issue brings; NaN if they never change.
    """
    u = np.asarray(payoffs, float)
    if u.ndim != 2 or min(u.shape) < 2:
        raise Mistake(f"payoffs of shape {u.shape}; at least two levels of two issues are needed")
    rng = float(np.ptp(u))
    mixed = np.diff(np.diff(u, axis=0), axis=1)
    return float(np.abs(mixed).mean()) / rng if rng > 0 else math.nan
