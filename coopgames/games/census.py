"""How many of the ordinal games are harmony: theory.md 1.1.8, counted.

Payoffs are ranks here, so what can be reached together are single outcomes unless asked otherwise:
the mean of a 1 and a 4 means nothing.

Each of the 144 games stands for four of the 24 × 24 ways to rank. A share of the 144 is therefore
also the probability that a game has the property whose payoffs are drawn independently from any
one continuous distribution.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

import numpy as np

from coopgames.games.cells import Hindrance
from coopgames.games.equilibrium import pure_equilibria
from coopgames.games.gains import Feasible
from coopgames.games.labels import Category, Subtype
from coopgames.games.many import CATEGORIES, SUBTYPES, categories
from coopgames.games.selfregarding import Baseline
from coopgames.games.topology import Ordinal


@dataclass(frozen=True, eq=False)
class Census:
    """What some ordinal games encode, counted.

    Parameters
    ----------
    games : tuple of Ordinal
        The games.
    baseline, feasible, hindrance : str
        The reading, as in `structure`.
    category, subtype : mapping of Ordinal to str
        What each encodes; None for no subtype.
    categories, subtypes : mapping of str to int
        How many encode it, also where none does.
    equilibria : mapping of int to int
        How many have 0, 1 or 2 Nash equilibria in pure actions.
    win_win : int
        How many have an outcome that is best for both.
    """

    games: tuple[Ordinal, ...]
    baseline: Baseline
    feasible: Feasible
    hindrance: Hindrance
    category: Mapping[Ordinal, Category]
    subtype: Mapping[Ordinal, Subtype | None]
    categories: Mapping[Category, int]
    subtypes: Mapping[Subtype, int]
    equilibria: Mapping[int, int]
    win_win: int


def census(
    games: Collection[Ordinal],
    *,
    baseline: Baseline = "rationalizable",
    feasible: Feasible = "pure",
    hindrance: Hindrance = "realised",
) -> Census:
    """Count what ordinal games encode.

    Parameters
    ----------
    games : collection of Ordinal
        Which: `the_144`, `the_78`, or some of them.
    baseline, feasible, hindrance : str
        The reading, as in `structure`; but only single outcomes count as feasible unless told
        otherwise.
    """
    payoffs = np.array([game.ranks for game in games], dtype=float).reshape(-1, 2, 2, 2)
    found = categories(payoffs, baseline=baseline, feasible=feasible, hindrance=hindrance)
    category = {g: CATEGORIES[k] for g, k in zip(games, found.category, strict=True)}
    subtype = {g: SUBTYPES[k] for g, k in zip(games, found.subtype, strict=True)}
    labels, kinds = Counter(category.values()), Counter(subtype.values())
    rests = Counter(len(pure_equilibria(game.game)) for game in games)
    return Census(
        games=tuple(games),
        baseline=baseline,
        feasible=feasible,
        hindrance=hindrance,
        category=MappingProxyType(category),
        subtype=MappingProxyType(subtype),
        categories=MappingProxyType({c: labels[c] for c in get_args(Category)}),
        subtypes=MappingProxyType({k: kinds[k] for k in get_args(Subtype)}),
        equilibria=MappingProxyType({n: rests[n] for n in range(3)}),
        win_win=sum(game.layer == 3 for game in games),
    )
