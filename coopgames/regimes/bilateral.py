"""A regime of many, between two of them.

Rules of a group are kept, or not, towards each of its members. Where two actors of a group play a
game of their own, with the actions that the issue gives each of them, the injunctions that address
them hold between them; those that address only others fall away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from coopgames.games import Game, accommodation
from coopgames.regimes.regime import Injunction, Issue, Regime, matching
from coopgames.regimes.when import Flagged


def bilateral(regime: Regime, game: Game, issues: Sequence[Issue]) -> Regime:
    """Make a regime of many one of two.

    Parameters
    ----------
    regime : Regime
        The regime.
    game : Game
        Two actors.
    issues : sequence of Issue
        The issues that may be meant; the first that fits is.

    Returns
    -------
    Regime
        With that issue between the first two of its seats that have the game's actions, in its
        order; the regime itself where no issue has such seats, or one is for two already.
    """
    if game.n != 2:
        return regime
    fitting = (game.actions, accommodation(game))
    for issue in issues:
        if issue.orders is None or len(issue.seats) == 2:
            continue
        for pair in combinations(range(len(issue.seats)), 2):
            actions, orders = (tuple(x[i] for i in pair) for x in (issue.actions, issue.orders))
            if (actions, orders) == fitting:
                return _between(regime, issue, game, tuple(issue.seats[i] for i in pair))
    return regime


def _between(regime: Regime, issue: Issue, game: Game, seats: tuple[str, ...]) -> Regime:
    between = Game(
        game.name, game.payoffs, game.actions, seats, roles=game.roles, choice=game.choice
    )
    kept = [
        q for q in regime.injunctions
        if q.issue != issue.name or not q.addressees or matching(seats, q.addressees)
    ]  # fmt: skip
    names = {q.name for q in kept}
    return replace(
        regime,
        issues=tuple(replace(i, game=between) if i == issue else i for i in regime.issues),
        injunctions=tuple(
            _told(q, names, seats if q.issue == issue.name else None)
            for q in kept
            if not isinstance(q.when, Flagged) or q.when.of in names
        ),
    )


def _told(q: Injunction, names: set[str], seats: tuple[str, ...] | None) -> Injunction:
    """Take out what of an injunction speaks of others."""
    if seats is not None:
        q = replace(
            q,
            addressees=tuple(p for p in q.addressees if matching(seats, (p,))),
            refused_by=tuple(p for p in q.refused_by if matching(seats, (p,))),
        )
    return replace(
        q,
        serves=tuple(name for name in q.serves if name in names),
        excepts=tuple(name for name in q.excepts if name in names),
    )
