"""What a game encodes for some of its actors.

Where some could make a deal at the expense of the rest, the label of the whole hides it: the
competitive market is harmony for all, mixed interests for the sellers, and their guild injurious to
the buyer (theory.md 1.1.4). So coalitions that could make a deal at a self-regarding profile are
reported beside the label, with what the game among them encodes while the others keep to what they
do there.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import prod

from coopgames.games.deals import Deal, among, best_deal
from coopgames.games.structure import Structure, structure
from coopgames.mistakes import Mistake

MOST = 10**8
"""So many payoffs are compared at most."""


@dataclass(frozen=True, eq=False)
class Coalition:
    """Some actors that could make a deal.

    Parameters
    ----------
    parties : tuple of int
        Their seats.
    deals : int
        In how many ways they can all gain, over all self-regarding profiles.
    deal : Deal
        The one with the largest product of gains.
    structure : Structure
        What the game among them encodes, the others keeping to what they do where it starts.
    """

    parties: tuple[int, ...]
    deals: int
    deal: Deal
    structure: Structure


def coalitions(found: Structure) -> tuple[Coalition, ...]:
    """List the coalitions of some, not all, actors that could make a deal.

    Parameters
    ----------
    found : Structure
        What the game encodes for all.

    Returns
    -------
    tuple of Coalition
        The smallest first.

    Raises
    ------
    Mistake
        If there are too many deals to look at.
    """
    game = found.measured
    groups = [g for size in range(2, game.n) for g in combinations(range(game.n), size)]
    cost = len(found.profiles) * sum(prod(game.shape[i] for i in g) * game.n for g in groups)
    if cost > MOST:
        raise Mistake(
            f"game {game.name!r}: {cost:,} payoffs would have to be compared to find its "
            f"coalitions, and {MOST:,} is the most"
        )
    reports = []
    for group in groups:
        tried = [best_deal(game, start, group) for start in found.self_regarding]
        made = [deal for _, deal in tried if deal is not None]
        if made:
            best = max(made, key=lambda d: prod(d.effects[i] for i in d.parties))
            inner = structure(
                among(found.game, group, best.start),
                feasible=found.feasible,
                hindrance=found.hindrance,
                by=found.by,
                strict=found.strict,
            )
            reports.append(Coalition(group, sum(number for number, _ in tried), best, inner))
    return tuple(reports)
