"""What a payoff structure encodes: Keohane's question put to a game.

*Harmony* is when actors' policies, pursued in their own interest without regard for others,
automatically facilitate the attainment of others' goals (R. O. Keohane, After Hegemony, 1984,
ch. 4). So take the self-regarding profiles U (`selfregarding`) and ask at each of them whether
anybody is hindered by another, and whether joint adjustment could gain anything. The answers put
the profile into one of four cells: harmony, latent, mixed or opposed (`cells`).

The game's category follows, and says what to expect without and with attempts at adjustment
(`labels`). It is no function of best replies: adding f_i(a_−i) to u_i changes no best reply and can
turn a prisoner's dilemma into harmony (1.1.7).

The size of what is at stake stands beside the label and never changes it (1.1.2): weighted
hindrance h(a) = max_{j≠i} H_{j→i}(a)/rng_i, and the flags.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from coopgames.games.cells import Cell, Hindrance, ProfileReport, reports_at
from coopgames.games.counts import CountGame
from coopgames.games.equilibrium import Profile, best_replies
from coopgames.games.gains import Feasible, nash_bargain, programmes
from coopgames.games.game import Game, by_choice
from coopgames.games.hindrance import Alternatives, compatibility
from coopgames.games.labels import (
    VERDICTS,
    Category,
    Flags,
    Subtype,
    category_of,
    flags_of,
    subtype_of,
)
from coopgames.games.levels import Floats, Mask, levelled, ranges
from coopgames.games.selfregarding import Baseline, distinct_equilibria, self_regarding, stand_ins
from coopgames.mistakes import Mistake, unknown

By = Literal["goal", "choice"]
Array = TypeVar("Array", bound=NDArray[Any])
MOST_PROFILES = 100_000
MOST_PROGRAMMES = 20_000
"""What a reading may look at; about a minute."""


@dataclass(frozen=True, eq=False)
class Structure:
    """What a game encodes.

    Profiles are in the game's own numbering of actions. An action that only repeats an earlier one
    is counted once, as the earlier; `regarding` says which profiles amount to self-regarding ones.

    Parameters
    ----------
    game : Game
        The game.
    baseline, feasible, hindrance, by, strict, alternatives
        The reading: see `structure`. Where profiles were given, the baseline is ``"given"``.
    category : {"harmony", "mixed-interests", "opposed-interests", "independence"}
        The label.
    subtype : str or None
        What kind of mixed or opposed interests.
    profiles : tuple of ProfileReport
        What holds at each profile of U.
    at_rest : tuple of ProfileReport
        The same at each Nash equilibrium in pure actions.
    flags : Flags
        What to say beside the label.
    """

    game: Game
    baseline: str
    feasible: Feasible
    hindrance: Hindrance
    by: By
    strict: bool
    alternatives: Alternatives | None
    category: Category
    subtype: Subtype | None
    profiles: tuple[ProfileReport, ...]
    at_rest: tuple[ProfileReport, ...]
    flags: Flags

    @property
    def without_adjustment(self) -> str:
        """What results if nobody attempts to adjust: ``harmony``, ``discord`` or ``none``."""
        return VERDICTS[self.category][0]

    @property
    def with_adjustment(self) -> str:
        """What adjustment can attain: ``harmony``, ``cooperation``, ``discord`` or ``none``."""
        return VERDICTS[self.category][1]

    @property
    def self_regarding(self) -> tuple[Profile, ...]:
        """U: the self-regarding profiles."""
        return tuple(p.actions for p in self.profiles)

    @property
    def equilibria(self) -> tuple[Profile, ...]:
        """The Nash equilibria in pure actions."""
        return tuple(p.actions for p in self.at_rest)

    @property
    def shares(self) -> Mapping[Cell, float]:
        """Share of U in each cell."""
        n = len(self.profiles)
        return {c: sum(p.cell == c for p in self.profiles) / n for c in get_args(Cell)}

    @property
    def measured(self) -> Game:
        """The game with the payoffs in which hindrance and gains are measured."""
        return self.game if self.by == "goal" else by_choice(self.game)

    @property
    def ranges(self) -> Floats:
        """The largest minus the smallest payoff of each seat."""
        return _frozen(ranges(self.measured))

    @cached_property
    def regarding(self) -> Mask:
        """Whether each profile is in U, or the same for everyone as one that is."""
        found = np.zeros(self.game.shape, dtype=bool)
        found[tuple(np.transpose(self.self_regarding))] = True
        return _frozen(found[np.ix_(*stand_ins(self.game))])

    @cached_property
    def compatibility(self) -> Floats:
        """C at each profile, an array of shape (k_0, …); NaN where nobody can affect anybody."""
        return _frozen(compatibility(self.measured))

    @cached_property
    def best_reply(self) -> Mask:
        """Whether a seat's action is a best reply at a profile: shape (n, k_0, …)."""
        return _frozen(best_replies(self.game))

    @cached_property
    def before(self) -> Floats:
        """d: mean payoffs over U, of shape (n,)."""
        at = (slice(None), *np.transpose(self.self_regarding))
        return _frozen(levelled(self.measured).payoffs[at].mean(axis=1))

    @cached_property
    def bargain(self) -> Floats | None:
        """b: Nash bargaining payoffs from `before`, by lot; None if nothing is better for all."""
        found = nash_bargain(self.measured, self.before)
        return None if found is None else _frozen(found)


def structure(
    game: Game | CountGame,
    *,
    baseline: Baseline | Sequence[Profile] = "rationalizable",
    feasible: Feasible = "hull",
    hindrance: Hindrance = "realised",
    by: By = "goal",
    strict: bool = False,
    alternatives: Sequence[Sequence[int]] | None = None,
) -> Structure:
    """Work out what a game encodes.

    Parameters
    ----------
    game : Game or CountGame
        A game of any number of actors, each with any number of actions.
    baseline : {"rationalizable", "nash", "curb", "dominant"} or sequence of profiles
        What self-interest alone may do: whatever is best against something that the others may
        reasonably do; only what is an equilibrium (which takes coordination for granted); what
        is closed under best replies; only what is best whatever the others do; or these profiles.
    feasible : {"hull", "pure", "transferable"}
        What joint adjustment can reach: also lotteries and taking turns, or only single profiles
        (right where payoffs are mere ranks), or also side payments (where payoffs are in
        comparable units).
    hindrance : {"realised", "opportunity", "either"}
        Whether one is hindered by what the other did given one's own action, by what one could
        have attained by adapting to something else, or by either.
    by : {"goal", "choice"}
        Whether hindrance and gains are measured in goal payoffs or in what drives choice. What
        is self-regarding always follows from what drives choice.
    strict : bool
        Whether a gain from adjustment must be everybody's, or only somebody's while nobody loses.
    alternatives : sequence of sequence of int, optional
        For each seat the actions that what it did is compared with, when asking whether it
        hinders others; all by default. Leave gifts out, or give one action of reference.

    Raises
    ------
    Mistake
        If an option is unknown or not defined for the game, or the game is too large; the message
        says what it would cost.
    """
    whole = game.as_game() if isinstance(game, CountGame) else game
    options = _checked(whole, alternatives, feasible=feasible, hindrance=hindrance, by=by)
    U = self_regarding(whole, baseline)
    equilibria = distinct_equilibria(whole)
    _affordable(whole, feasible, U, equilibria)
    measured = whole if by == "goal" else by_choice(whole)
    at = tuple(dict.fromkeys((*U, *equilibria)))
    reports = reports_at(measured, at, feasible, hindrance, strict, options)
    profiles = tuple(reports[profile] for profile in U)
    at_rest = tuple(reports[e] for e in equilibria)
    category = category_of(measured, profiles)
    subtype = subtype_of(measured, category, profiles, at_rest)
    fell_back = baseline == "nash" and not equilibria
    return Structure(
        game=whole,
        baseline=baseline if isinstance(baseline, str) else "given",
        feasible=feasible,
        hindrance=hindrance,
        by=by,
        strict=strict,
        alternatives=options,
        category=category,
        subtype=subtype,
        profiles=profiles,
        at_rest=at_rest,
        flags=flags_of(measured, category, subtype, profiles, fell_back),
    )


def _checked(
    game: Game, alternatives: Sequence[Sequence[int]] | None, **options: str
) -> Alternatives | None:
    known = {"feasible": Feasible, "hindrance": Hindrance, "by": By}
    for option, value in options.items():
        if value not in get_args(known[option]):
            raise Mistake(unknown(option, value, get_args(known[option])))
    if alternatives is None:
        return None
    given = tuple(tuple(own) for own in alternatives)
    fits = len(given) == game.n and all(
        own and set(own) <= set(range(k)) for own, k in zip(given, game.shape, strict=True)
    )
    if not fits:
        raise Mistake(
            f"game {game.name!r}: alternatives {[list(own) for own in given]} must name at least "
            f"one action of each of its {game.n} actors, by number"
        )
    return given


def _affordable(
    game: Game, feasible: Feasible, U: tuple[Profile, ...], equilibria: tuple[Profile, ...]
) -> None:
    """Refuse what would take too long, and say why."""
    P = len(set(U).union(equilibria))
    N = programmes(game, feasible, P)
    if P <= MOST_PROFILES and N <= MOST_PROGRAMMES:
        return
    cost = f"; they need {N:,} linear programmes, about {_duration(N * 0.004)}" if N else ""
    pure = ", or feasible pure," if P <= MOST_PROFILES else ""
    raise Mistake(
        f"game {game.name!r} is too large for this reading: {P:,} self-regarding or equilibrium "
        f"profiles{cost}. Fewer actions or the baseline nash{pure} make it smaller; "
        f"{MOST_PROFILES:,} profiles and {MOST_PROGRAMMES:,} programmes are the most"
    )


def _duration(seconds: float) -> str:
    if seconds < 5400:
        return f"{max(1, round(seconds / 60))} minutes"
    return f"{round(seconds / 3600):,} hours"


def _frozen(array: Array) -> Array:
    array.flags.writeable = False
    return array
