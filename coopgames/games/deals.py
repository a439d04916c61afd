"""Deals: what some actors could agree on, and what it does to the rest.

A deal (S, b_S) at a profile a is at least two actors and an action for each, such that every party
gains, u_i(b_S, a_−S) > u_i(a) for all i in S. On an outsider k its external effect is
e_k = u_k(b_S, a_−S) − u_k(a). It is *benign* if no outsider loses and *injurious* if some does
(theory.md 1.1.3, Definition 7; the guild of Adam Smith, The Wealth of Nations, 1776, I.x).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from coopgames.games.equilibrium import Profile
from coopgames.games.game import Game
from coopgames.games.levels import Floats, levelled


@dataclass(frozen=True)
class Deal:
    """Something that all its parties gain from.

    Parameters
    ----------
    parties : tuple of int
        The seats that make it, in order.
    start : tuple of int
        The profile from which they agree to depart.
    profile : tuple of int
        What results.
    effects : tuple of float
        What each seat gains or loses by it, in its payoffs.
    injurious : bool
        Whether some outsider loses.
    """

    parties: tuple[int, ...]
    start: Profile
    profile: Profile
    effects: tuple[float, ...]
    injurious: bool

    @property
    def outsiders(self) -> tuple[int, ...]:
        """The seats that are no party to it."""
        return tuple(i for i in range(len(self.effects)) if i not in self.parties)


def deals(game: Game, start: Sequence[int], parties: Sequence[int] | None = None) -> Iterator[Deal]:
    """List the deals that can be made at a profile.

    Parameters
    ----------
    game : Game
        The game.
    start : sequence of int
        The profile.
    parties : sequence of int, optional
        Only deals of exactly these seats; those of any two or more by default.

    Yields
    ------
    Deal
        Those of the fewest parties first, in the order of the game's actions.
    """
    start = tuple(start)
    anybody = (g for size in range(2, game.n + 1) for g in combinations(range(game.n), size))
    groups = anybody if parties is None else iter([tuple(parties)])
    for group in groups:
        effects = _effects(game, start, group)
        for at in np.argwhere((effects[list(group)] > 0).all(axis=0)):
            yield _deal(start, group, tuple(int(a) for a in at), effects)


def best_deal(game: Game, start: Sequence[int], parties: Sequence[int]) -> tuple[int, Deal | None]:
    """Find the deal of these parties with the largest product of their gains, and count them all.

    Parameters
    ----------
    game : Game
        The game.
    start : sequence of int
        The profile from which they depart.
    parties : sequence of int
        Who makes it.
    """
    start, group = tuple(start), tuple(parties)
    effects = _effects(game, start, group)
    gains = effects[list(group)]
    good = (gains > 0).all(axis=0)
    if not good.any():
        return 0, None
    product = np.where(good, gains.prod(axis=0), -np.inf)
    at = np.unravel_index(int(product.argmax()), product.shape)
    return int(good.sum()), _deal(start, group, tuple(int(a) for a in at), effects)


def among(game: Game, parties: Sequence[int], start: Sequence[int]) -> Game:
    """Return the game that some actors play while the others keep to what they do at a profile.

    Parameters
    ----------
    game : Game
        The game.
    parties : sequence of int
        Who plays.
    start : sequence of int
        The profile; only what it says of the others counts.
    """
    seats = sorted(parties)
    fixed: Any = (slice(None), *(slice(None) if i in seats else a for i, a in enumerate(start)))
    return Game(
        f"{game.name} among {' and '.join(game.seats[i] for i in seats)}",
        game.payoffs[fixed][seats],
        [game.actions[i] for i in seats],
        [game.seats[i] for i in seats],
        None if game.roles is None else [game.roles[i] for i in seats],
        game.story,
        None if game.choice is None else game.choice[fixed][seats],
    )


def _effects(game: Game, start: Profile, group: tuple[int, ...]) -> Floats:
    """Compute what each seat gains if the group does something else: (n, group's actions)."""
    u = levelled(game).payoffs
    free: Any = (slice(None), *(slice(None) if i in group else a for i, a in enumerate(start)))
    now = np.array([own[start] for own in u]).reshape(-1, *(1,) * len(group))
    return np.asarray(u[free] - now)


def _deal(start: Profile, group: tuple[int, ...], actions: Profile, effects: Floats) -> Deal:
    instead = dict(zip(group, actions, strict=True))
    felt = tuple(float(own[actions]) for own in effects)
    return Deal(
        parties=group,
        start=start,
        profile=tuple(instead.get(i, a) for i, a in enumerate(start)),
        effects=felt,
        injurious=any(e < 0 for i, e in enumerate(felt) if i not in group),
    )
