"""What holds at a profile: is anybody hindered by another, and could all adjust to gain.

                       Δ_w = 0      Δ_w > 0
    nobody hindered    harmony      latent      (all could move together, none can help alone)
    some hindered      opposed      mixed

(theory.md 1.1.4; with the strict reading of a gain, Δ stands for Δ_w). The size stands beside it:
weighted hindrance h(a) = max_{j≠i} H_{j→i}(a)/rng_i (1.1.2), and Δ and Δ_w (1.1.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from coopgames.games.equilibrium import Profile
from coopgames.games.gains import Feasible, adjustment_gain
from coopgames.games.game import Game
from coopgames.games.hindrance import Alternatives, mean_facilitation, pairwise
from coopgames.games.levels import TOLERANCE, Floats, ranges

Hindrance = Literal["realised", "opportunity", "either"]
Cell = Literal["harmony", "latent", "mixed", "opposed"]


@dataclass(frozen=True, eq=False)
class ProfileReport:
    """What holds at one profile.

    Parameters
    ----------
    actions : tuple of int
        The profile.
    cell : {"harmony", "latent", "mixed", "opposed"}
        The answers to the two questions.
    hindrance : ndarray, shape (n, n)
        ``[j, i]``: by how much j hinders i, in i's payoffs; for j = i, i's own regret.
    opportunity : ndarray, shape (n, n)
        H°: by how much j hinders i if i may adapt; NaN for j = i.
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
    opportunity: Floats
    weighted_hindrance: float
    facilitation: Floats
    compatibility: float
    gain: float
    gain_weak: float


def reports_at(
    game: Game,
    profiles: Sequence[Profile],
    feasible: Feasible,
    hindrance: Hindrance,
    strict: bool = False,
    alternatives: Alternatives | None = None,
) -> dict[Profile, ProfileReport]:
    """Answer the two questions at each of some profiles.

    Parameters
    ----------
    game : Game
        The game.
    profiles : sequence of profiles
        Where to ask.
    feasible : {"hull", "pure", "transferable"}
        What joint adjustment can reach.
    hindrance : {"realised", "opportunity", "either"}
        Which hindrance counts. The diagonal is one's own regret in any case.
    strict : bool
        Whether everybody must gain, or only somebody while nobody loses.
    alternatives : tuple of tuple of int, optional
        For each seat, the actions that what it did is compared with; all by default.
    """
    at = np.array(profiles, dtype=np.intp).reshape(-1, game.n)
    others = ~np.eye(game.n, dtype=bool)
    realised, lost, phi = pairwise(game, at, alternatives)
    H = {
        "realised": realised,
        "opportunity": np.where(np.isnan(lost), realised, lost),
        "either": np.fmax(realised, lost),
    }[hindrance]
    rng = ranges(game)
    weighted = (H / np.where(rng > 0, rng, 1.0)[:, None])[others]
    blocked = np.asarray((weighted > 0).any(axis=0))
    gain, gain_weak = adjustment_gain(game, feasible, at)
    gainful = (gain if strict else gain_weak) > TOLERANCE
    C = mean_facilitation(phi)
    cell: tuple[Cell, ...] = ("harmony", "latent", "opposed", "mixed")
    return {
        profile: ProfileReport(
            actions=profile,
            cell=cell[2 * int(blocked[p]) + int(gainful[p])],
            hindrance=_frozen(H[..., p]),
            opportunity=_frozen(lost[..., p]),
            weighted_hindrance=float(weighted[:, p].max(initial=0.0)),
            facilitation=_frozen(phi[..., p]),
            compatibility=float(C[p]),
            gain=float(gain[p]),
            gain_weak=float(gain_weak[p]),
        )
        for p, profile in enumerate(profiles)
    }


def hindered(report: ProfileReport) -> tuple[int, ...]:
    """List the seats that another hinders at a profile."""
    from_others = report.hindrance.copy()
    np.fill_diagonal(from_others, 0.0)
    return tuple(int(i) for i in np.flatnonzero((from_others > 0).any(axis=0)))


def grievance(game: Game, profiles: Sequence[ProfileReport]) -> tuple[float, int, int] | None:
    """Find the largest opportunity hindrance at harmony cells, and between whom.

    Returns
    -------
    size, by, of : float, int, int, or None
        As a share of the range of seat `of`; None if there is none.
    """
    rng = ranges(game)
    found = [
        (float(p.opportunity[j, i] / rng[i]), j, i)
        for p in profiles
        if p.cell == "harmony"
        for j in range(game.n)
        for i in range(game.n)
        if i != j and p.opportunity[j, i] > 0
    ]
    return max(found, default=None)


def _frozen(array: Floats) -> Floats:
    copy = array.copy()
    copy.flags.writeable = False
    return copy
