"""What a payoff structure encodes: Keohane's question put to a game.

*Harmony* is when actors' policies, pursued in their own interest without regard for others,
automatically facilitate the attainment of others' goals (R. O. Keohane, After Hegemony, 1984,
ch. 4). So take the self-regarding profiles U (`selfregarding`) and ask at each of them whether
anybody is hindered by another, and whether joint adjustment could gain anything. The answers put
the profile into one of four cells: harmony, latent, mixed or opposed (`cells`).

The game's category follows (theory.md 1.1.4, Definition 8):

    independence      u_i depends on a_i only, for every i
    harmony           every profile of U is a harmony cell
    mixed interests   some profile of U is a mixed or a latent cell
    opposed interests otherwise

and says what to expect without and with attempts at adjustment. It is no function of best replies:
adding f_i(a_−i) to u_i changes no best reply and can turn a prisoner's dilemma into harmony
(1.1.7). The subtype looks at the cells of the pure equilibria, or at who is hindered (1.1.4).

The size of what is at stake stands beside the label and never changes it (1.1.2): weighted
hindrance h(a) = max_{j≠i} H_{j→i}(a)/rng_i, and the flags.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

import numpy as np

from coopgames.games.cells import Cell, Hindrance, ProfileReport, grievance, hindered, reports_at
from coopgames.games.equilibrium import Feasible, Profile, best_replies, nash_bargain
from coopgames.games.game import Game
from coopgames.games.hindrance import compatibility, independent
from coopgames.games.levels import TOLERANCE, Floats, Mask, levelled, ranges
from coopgames.games.selfregarding import Baseline, distinct_equilibria, self_regarding, stand_ins
from coopgames.mistakes import Mistake, unknown

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


@dataclass(frozen=True, eq=False)
class Structure:
    """What a game encodes.

    Profiles are in the game's own numbering of actions. An action that only repeats an earlier one
    is counted once, as the earlier; `regarding` says which profiles amount to self-regarding ones.

    Parameters
    ----------
    game : Game
        The game.
    baseline, feasible, hindrance : str
        The reading: see `structure`.
    category : {"harmony", "mixed-interests", "opposed-interests", "independence"}
        The label.
    subtype : str or None
        What kind of mixed or opposed interests.
    self_regarding : tuple of profiles
        U.
    profiles : tuple of ProfileReport
        What holds at each profile of U, in the same order.
    shares : mapping of str to float
        Share of U in each cell.
    flags : Flags
        What to say beside the label.
    equilibria : tuple of profiles
        The Nash equilibria in pure actions.
    regarding : ndarray of bool, shape (k_0, …)
        Whether a profile is in U, or the same for everyone as one that is.
    compatibility : ndarray, shape (k_0, …)
        C at each profile; NaN where nobody can affect anybody.
    best_reply : ndarray of bool, shape (n, k_0, …)
        Whether a seat's action is a best reply to the others' at that profile.
    before : ndarray, shape (n,)
        d: mean payoffs over U.
    bargain : ndarray, shape (n,), or None
        b: Nash bargaining payoffs on the hull, from `before`; None if nothing is better for all.
    ranges : ndarray, shape (n,)
        The largest minus the smallest payoff of each seat.
    """

    game: Game
    baseline: Baseline
    feasible: Feasible
    hindrance: Hindrance
    category: Category
    subtype: Subtype | None
    self_regarding: tuple[Profile, ...]
    profiles: tuple[ProfileReport, ...]
    shares: Mapping[Cell, float]
    flags: Flags
    equilibria: tuple[Profile, ...]
    regarding: Mask
    compatibility: Floats
    best_reply: Mask
    before: Floats
    bargain: Floats | None
    ranges: Floats

    @property
    def without_adjustment(self) -> str:
        """What results if nobody attempts to adjust: ``harmony``, ``discord`` or ``none``."""
        return VERDICTS[self.category][0]

    @property
    def with_adjustment(self) -> str:
        """What adjustment can attain: ``harmony``, ``cooperation``, ``discord`` or ``none``."""
        return VERDICTS[self.category][1]


def structure(
    game: Game,
    *,
    baseline: Baseline = "rationalizable",
    feasible: Feasible = "hull",
    hindrance: Hindrance = "realised",
) -> Structure:
    """Work out what a game of two actors encodes.

    Parameters
    ----------
    game : Game
        A game of two actors, each with any number of actions.
    baseline : {"rationalizable", "nash"}
        What self-interest alone may do: whatever is best against something that the other may
        reasonably do, or only what is an equilibrium (which takes coordination for granted).
    feasible : {"hull", "pure"}
        What joint adjustment can reach: also lotteries and taking turns, or only single profiles
        (right where payoffs are mere ranks).
    hindrance : {"realised", "opportunity", "either"}
        Whether one is hindered by what the other did given one's own action, by what one could
        have attained by adapting to something else, or by either.

    Raises
    ------
    Mistake
        If the game has not two actors or an option is unknown.
    """
    _check(game, baseline=baseline, feasible=feasible, hindrance=hindrance)
    U = self_regarding(game, baseline)
    equilibria = distinct_equilibria(game)
    reports = reports_at(game, (*U, *equilibria), feasible, hindrance)
    profiles = tuple(reports[profile] for profile in U)
    category = _category(game, profiles)
    subtype = _subtype(game, category, profiles, [reports[e] for e in equilibria])
    regarding = np.zeros(game.shape, dtype=bool)
    regarding[tuple(np.transpose(U))] = True
    u = levelled(game).payoffs
    before = u[:, regarding].mean(axis=1)
    return Structure(
        game=game,
        baseline=baseline,
        feasible=feasible,
        hindrance=hindrance,
        category=category,
        subtype=subtype,
        self_regarding=U,
        profiles=profiles,
        shares={c: sum(p.cell == c for p in profiles) / len(U) for c in get_args(Cell)},
        flags=_flags(game, category, subtype, profiles, baseline == "nash" and not equilibria),
        equilibria=equilibria,
        regarding=_frozen(regarding[np.ix_(*stand_ins(game))]),
        compatibility=_frozen(compatibility(game)),
        best_reply=_frozen(best_replies(game)),
        before=_frozen(before),
        bargain=_frozen(nash_bargain(game, before)),
        ranges=_frozen(ranges(game)),
    )


def _check(game: Game, **options: str) -> None:
    if game.n != 2:
        raise Mistake(
            f"game {game.name!r} has {game.n} actors; what a game encodes is worked out for two"
        )
    known = {"baseline": Baseline, "feasible": Feasible, "hindrance": Hindrance}
    for option, value in options.items():
        if value not in get_args(known[option]):
            raise Mistake(unknown(option, value, get_args(known[option])))


def _category(game: Game, profiles: tuple[ProfileReport, ...]) -> Category:
    """Apply Definition 8."""
    cells = {p.cell for p in profiles}
    if independent(game):
        return "independence"
    if cells == {"harmony"}:
        return "harmony"
    return "mixed-interests" if cells & {"mixed", "latent"} else "opposed-interests"


def _subtype(
    game: Game,
    category: Category,
    profiles: tuple[ProfileReport, ...],
    equilibria: list[ProfileReport],
) -> Subtype | None:
    """Apply the table of subtypes, 1.1.4."""
    if category == "mixed-interests":
        if not equilibria:
            return "cyclic"
        if all(e.cell in ("mixed", "latent") for e in equilibria):
            return "dilemma"
        u = levelled(game).payoffs
        best_for_all = (u == u.max(axis=tuple(range(1, u.ndim)), keepdims=True)).all(axis=0)
        if any(best_for_all[e.actions] for e in equilibria):
            return "assurance"
        return "coordination-distributive"
    if category == "opposed-interests":
        if len(profiles) > 1:
            return "multiple"
        return "two-sided" if len(hindered(profiles[0])) == game.n else "one-sided"
    return None


def _flags(
    game: Game,
    category: Category,
    subtype: Subtype | None,
    profiles: tuple[ProfileReport, ...],
    fell_back: bool,
) -> Flags:
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


def _frozen(array: Any) -> Any:
    if array is not None:
        array.flags.writeable = False
    return array
