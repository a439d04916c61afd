"""What holds at a profile: is anybody hindered by another, and could all adjust to gain.

                       Δ_w = 0      Δ_w > 0
    nobody hindered    harmony      latent      (all could move together, none can help alone)
    some hindered      opposed      mixed

(theory.md 1.1.4). The size stands beside it: weighted hindrance h(a) = max_{j≠i} H_{j→i}(a)/rng_i
(1.1.2), and Δ and Δ_w (1.1.3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from coopgames.games.equilibrium import Feasible, Profile, adjustment_gain
from coopgames.games.game import Game
from coopgames.games.hindrance import (
    compatibility,
    facilitation,
    opportunity_hindrance,
    realised_hindrance,
)
from coopgames.games.levels import TOLERANCE, Floats, ranges

Hindrance = Literal["realised", "opportunity", "either"]
Cell = Literal["harmony", "latent", "mixed", "opposed"]


@dataclass(frozen=True, eq=False)
class ProfileReport:
    """What holds at one self-regarding profile.

    Parameters
    ----------
    actions : tuple of int
        The profile.
    cell : {"harmony", "latent", "mixed", "opposed"}
        The answers to the two questions.
    hindrance : ndarray, shape (n, n)
        ``[j, i]``: by how much j hinders i, in i's payoffs; for j = i, i's own regret.
    weighted_hindrance : float
        h: the largest hindrance of one by another, as a share of the hindered one's range.
    facilitation : ndarray, shape (n, n)
        ``[j, i]``: which share of what j could do for i it does; NaN where it can do nothing.
    compatibility : float
        C: mean facilitation; NaN if nobody can affect anybody.
    gain : float
        Δ: what all could gain at once, as a share of their ranges.
    gain_weak : float
        Δ_w: the largest sum of gains, in ranges, at which none loses.
    """

    actions: Profile
    cell: Cell
    hindrance: Floats
    weighted_hindrance: float
    facilitation: Floats
    compatibility: float
    gain: float
    gain_weak: float


def reports_at(
    game: Game, profiles: Iterable[Profile], feasible: Feasible, hindrance: Hindrance
) -> dict[Profile, ProfileReport]:
    """Answer the two questions at each of some profiles.

    Parameters
    ----------
    game : Game
        The game.
    profiles : tuple of profiles
        Where to ask.
    feasible : {"hull", "pure"}
        What joint adjustment can reach.
    hindrance : {"realised", "opportunity", "either"}
        Which hindrance counts. The diagonal is one's own regret in any case.
    """
    others = ~np.eye(game.n, dtype=bool)
    realised, lost = realised_hindrance(game), opportunity_hindrance(game)
    H = {
        "realised": realised,
        "opportunity": np.where(np.isnan(lost), realised, lost),
        "either": np.fmax(realised, lost),
    }[hindrance]
    rng = ranges(game)
    scale = np.where(rng > 0, rng, 1.0)
    phi, C = facilitation(game), compatibility(game)
    gain, gain_weak = adjustment_gain(game, feasible)
    reports = {}
    for profile in profiles:
        withheld = _at(H, profile)
        blocked = bool((withheld[others] > 0).any())
        gainful = bool(gain_weak[profile] > TOLERANCE)
        cell: Cell = (
            ("mixed" if gainful else "opposed") if blocked
            else ("latent" if gainful else "harmony")
        )  # fmt: skip
        reports[profile] = ProfileReport(
            actions=profile,
            cell=cell,
            hindrance=withheld,
            weighted_hindrance=float((withheld / scale)[others].max()),
            facilitation=_at(phi, profile),
            compatibility=float(C[profile]),
            gain=float(gain[profile]),
            gain_weak=float(gain_weak[profile]),
        )
    return reports


def hindered(report: ProfileReport) -> tuple[int, ...]:
    """List the seats that another hinders at a profile."""
    from_others = report.hindrance.copy()
    np.fill_diagonal(from_others, 0.0)
    return tuple(int(i) for i in np.flatnonzero((from_others > 0).any(axis=0)))


def grievance(game: Game, profiles: tuple[ProfileReport, ...]) -> tuple[float, int, int] | None:
    """Find the largest opportunity hindrance at harmony cells, and between whom.

    Returns
    -------
    size, by, of : float, int, int, or None
        As a share of the range of seat `of`; None if there is none.
    """
    lost = opportunity_hindrance(game)
    rng = ranges(game)
    found = [
        (float(lost[(j, i, *p.actions)] / rng[i]), j, i)
        for p in profiles
        if p.cell == "harmony"
        for j in range(game.n)
        for i in range(game.n)
        if i != j and lost[(j, i, *p.actions)] > 0
    ]
    return max(found, default=None)


def _at(array: Floats, profile: Profile) -> Floats:
    index: Any = (..., *profile)
    value: Floats = array[index].copy()
    value.flags.writeable = False
    return value
