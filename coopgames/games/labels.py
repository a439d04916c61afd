"""What a game is called: category and subtype, from what holds at its profiles.

    independence      u_i depends on a_i only, for every i
    harmony           every profile of U is a harmony cell
    mixed interests   some profile of U is a mixed or a latent cell
    opposed interests otherwise

(theory.md 1.1.4, Definition 8). The subtype looks at the cells of the equilibria in pure actions,
tested in this order, or at who is hindered at U:

    mixed     cyclic                     there is no equilibrium
              dilemma                    all equilibria are mixed or latent cells
              assurance                  some equilibrium is everyone's maximum
              coordination-distributive  otherwise
    opposed   multiple                   U has several profiles
              two-sided                  all whom another can affect, at least two, are hindered
              one-sided                  some, not all, are

The flags say what stands beside the label and never changes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from coopgames.games.cells import ProfileReport, grievance, hindered
from coopgames.games.game import Game
from coopgames.games.hindrance import independent
from coopgames.games.levels import TOLERANCE, Floats, levelled

Category = Literal["harmony", "mixed-interests", "opposed-interests", "independence"]
Subtype = Literal[
    "dilemma", "assurance", "coordination-distributive", "cyclic",
    "one-sided", "two-sided", "multiple",
]  # fmt: skip

VERDICTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "harmony": ("harmony", "harmony"),
        "mixed-interests": ("discord", "cooperation"),
        "opposed-interests": ("discord", "discord"),
        "independence": ("none", "none"),
    }
)
"""For each category, what results without and with adjustment."""

TRIFLE = 0.05
"""Hindrance and gains up to this share of the range are small (`Flags.near_harmony`)."""


@dataclass(frozen=True)
class Flags:
    """What to say beside the label.

    Parameters
    ----------
    near_harmony : bool
        Interests are mixed or opposed, but hindrance and gains are 5 % of the range at most on all
        of U.
    opportunity_grievance : float
        In harmony: the largest share of its range an actor could have had more, had another acted
        otherwise and it adapted.
    side_payment_gain : float
        How much larger the sum of payoffs could be than on U; means something where payoffs are in
        comparable units.
    linkage_opportunity : bool
        One side only is hindered, and the sum of payoffs could be larger: the other could be paid,
        or given something in another issue-area.
    baseline_fell_back : bool
        Nash equilibria were asked for as self-regarding profiles, but there is none in pure
        actions, so that the rationalizable profiles were taken.
    """

    near_harmony: bool
    opportunity_grievance: float
    side_payment_gain: float
    linkage_opportunity: bool
    baseline_fell_back: bool


def category_of(game: Game, profiles: Sequence[ProfileReport]) -> Category:
    """Say which category a game belongs to, given what holds on U."""
    cells = {p.cell for p in profiles}
    if independent(game):
        return "independence"
    if cells == {"harmony"}:
        return "harmony"
    return "mixed-interests" if cells & {"mixed", "latent"} else "opposed-interests"


def subtype_of(
    game: Game,
    category: Category,
    profiles: Sequence[ProfileReport],
    equilibria: Sequence[ProfileReport],
) -> Subtype | None:
    """Say which kind of mixed or opposed interests, given what holds on U and at equilibria."""
    u = levelled(game).payoffs
    if category == "mixed-interests":
        if not equilibria:
            return "cyclic"
        if all(e.cell in ("mixed", "latent") for e in equilibria):
            return "dilemma"
        top = u.reshape(game.n, -1).max(axis=1)
        if any((_payoffs(u, e) == top).all() for e in equilibria):
            return "assurance"
        return "coordination-distributive"
    if category == "opposed-interests":
        if len(profiles) > 1:
            return "multiple"
        # Whom nobody can affect nobody can hinder: a bystander does not make it one-sided.
        seats = range(game.n)
        affected = {i for i in seats if any(np.ptp(u[i], axis=j).any() for j in seats if j != i)}
        held = set(hindered(profiles[0]))
        return "two-sided" if held == affected and len(held) > 1 else "one-sided"
    return None


def flags_of(
    game: Game,
    category: Category,
    subtype: Subtype | None,
    profiles: Sequence[ProfileReport],
    fell_back: bool,
) -> Flags:
    """Work out what to say beside the label."""
    total = levelled(game).payoffs.sum(axis=0)
    now = float(np.mean([total[p.actions] for p in profiles]))
    side_payment = max(0.0, float(total.max()) - now)
    wrong = grievance(game, profiles) if category == "harmony" else None
    return Flags(
        near_harmony=category in ("mixed-interests", "opposed-interests")
        and all(p.weighted_hindrance <= TRIFLE and p.gain <= TRIFLE for p in profiles),
        opportunity_grievance=wrong[0] if wrong else 0.0,
        side_payment_gain=side_payment,
        linkage_opportunity=subtype == "one-sided"
        and side_payment > TOLERANCE * float(np.ptp(total)),
        baseline_fell_back=fell_back,
    )


def _payoffs(u: Floats, p: ProfileReport) -> Floats:
    return np.array([own[p.actions] for own in u])
