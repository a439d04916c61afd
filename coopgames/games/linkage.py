"""Two issue-areas dealt with together.

In the linked game an action is a pair, one for each issue, and payoffs are the sums. Nothing is
gained by that in a single period: what is best in each issue is best in both. Over time it matters,
because what is done about one issue can be answered in the other. With grim reaction both are held
together from

    δ* = Σ (T − R) / Σ (T − P)

on, over the issues, a mean of the two thresholds (T − R)/(T − P), weighted by what is at stake: the
slack of the one makes up for what the other lacks (B. D. Bernheim and M. D. Whinston, "Multimarket
contact and collusive behavior", RAND J. Economics 21, 1990).
"""

from __future__ import annotations

import numpy as np

from coopgames.games.game import Game, accommodation
from coopgames.mistakes import Mistake


def linked(first: Game, second: Game, name: str | None = None) -> Game:
    """Link two issue-areas between the same actors.

    Parameters
    ----------
    first, second : Game
        With as many actors each; seat i of both is one actor.
    name : str, optional
        What to call it; both names by default.

    Returns
    -------
    Game
        Action a of the first and b of the second are action a·k + b, k that of the second. Where
        both games have roles, it accommodates most to do so in both, and least in neither; that the
        first issue goes before the second in between is a convention.

    Raises
    ------
    Mistake
        If they have different numbers of actors.
    """
    if first.n != second.n:
        raise Mistake(
            f"{first.name!r} has {first.n} actors and {second.name!r} {second.n}; issues are "
            "linked between the same actors"
        )
    n = first.n
    apart = [i for seat in range(n) for i in (seat, n + seat)]  # each seat's two actions together
    shape = [a * b for a, b in zip(first.shape, second.shape, strict=True)]
    payoffs = [
        np.add.outer(u, v).transpose(apart).reshape(shape)
        for u, v in zip(first.payoffs, second.payoffs, strict=True)
    ]
    actions = [
        tuple(f"{a} + {b}" for a in mine for b in yours)
        for mine, yours in zip(first.actions, second.actions, strict=True)
    ]
    roles, one, other = None, accommodation(first), accommodation(second)
    if one is not None and other is not None:
        roles = [
            tuple(a * k + b for a in mine for b in yours)
            for mine, yours, k in zip(one, other, second.shape, strict=True)
        ]
    return Game(
        name or f"{first.name} + {second.name}", payoffs, actions=actions, seats=first.seats,
        roles=roles,
    )  # fmt: skip
