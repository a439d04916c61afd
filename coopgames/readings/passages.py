"""When coordination emerges and breaks down along one course, more than once if it does.

From Z_t, whether period t is coordinated, and a window of L periods of which m must be:

    it emerges at       τ = the first t with Z_t = 1 and Z_t + … + Z_{t+L−1} ≥ m
    it breaks down at   β = the first t > τ with Z_t = 0 and Z_t + … + Z_{t+L−1} ≤ L − m

and so on in turn (theory.md 1.4.2). A window must lie within the record, so that nothing is seen
after T − L; a record of fewer than 4L periods is not measured.

Where taking turns is the way to gain, no single period is coordinated. Z_t is then taken over the
last w periods: whether everybody's mean χ over them is at least g (1.4.1). The date is known to
w − 1 periods; the first w − 1 are never coordinated.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.readings.lens import TOLERANCE, Lens

Mask = NDArray[np.bool_]


def passages(Z: Mask, L: int, m: int) -> list[int]:
    """List the periods in which coordination emerges, breaks down, emerges again, ….

    Parameters
    ----------
    Z : ndarray of bool, shape (T,)
        Whether each period is coordinated.
    L, m : int
        The window, and how many of it must be coordinated.
    """
    if len(Z) < 4 * L:
        return []
    held = np.convolve(Z.astype(np.int64), np.ones(L, dtype=np.int64), "valid")
    start = Z[: len(held)]
    rises, falls = start & (held >= m), ~start & (held <= L - m)
    found: list[int] = []
    at = 0
    while True:
        events = np.flatnonzero((falls if len(found) % 2 else rises)[at:])
        if not len(events):
            return found
        at += int(events[0])
        found.append(at)


def coordinated(seen: Lens, course: NDArray[np.int64], turns: int = 1) -> Mask:
    """Say which periods of a course are coordinated.

    Parameters
    ----------
    seen : Lens
        How the game's profiles are read.
    course : ndarray of int, shape (T,)
        Numbers of profiles.
    turns : int
        Over so many periods taking turns counts; 1 judges each period by itself.
    """
    if turns == 1 or seen.chi is None:
        return np.asarray(seen.holds[course])
    chi, ones = seen.chi[:, course], np.ones(turns) / turns
    Z = np.zeros(len(course), dtype=bool)
    if len(course) >= turns:
        means = np.array([np.convolve(own, ones, "valid") for own in chi])
        Z[turns - 1 :] = means.min(axis=0) >= seen.rule.g - TOLERANCE
    return Z
