"""A game: who plays, what each can do, and what each gets.

Conventions, decided here and kept everywhere: seats are numbered 0, 1, …; actions of a seat are
numbered 0, …, k−1; ``payoffs[i, a0, a1, …]`` is what seat *i* gets per period when seat 0 takes
action *a0*, seat 1 takes *a1*, and so on; payoffs are goal payoffs (the degree to which the actor's
own objectives are attained), in whatever unit the game's author chose. What drives an actor's
choice can differ from its goals (theory.md 1.0): ``choice`` has the same shape and holds that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake


@dataclass(frozen=True, eq=False)
class Game:
    """A finite game in strategic form, played once a period.

    Parameters
    ----------
    name : str
        What to call it.
    payoffs : array_like, shape (n, k_0, …, k_{n−1})
        Payoff of each seat at each profile of actions; kept as a read-only float array.
    actions : sequence of sequence of str, optional
        The names of each seat's actions, in order; ``0``, ``1``, … by default.
    seats : sequence of str, optional
        The names of the seats.
    roles : sequence of sequence of int, optional
        For each seat, its actions from the most accommodating to the most withholding, where the
        payoffs do not say so themselves (see `accommodation`).
    story : str, optional
        One sentence: what situation this is.
    choice : array_like, shape (n, k_0, …, k_{n−1}), optional
        Choice payoffs, where actors choose by something else than their goals, such as relative
        gains; kept as a read-only float array, or as None where they are the goal payoffs.

    Raises
    ------
    Mistake
        If the payoffs have the wrong shape, are not finite numbers, or names do not fit them.
    """

    name: str
    payoffs: NDArray[np.float64]
    actions: tuple[tuple[str, ...], ...] = ()
    seats: tuple[str, ...] = ()
    roles: tuple[tuple[int, ...], ...] | None = None
    story: str = field(default="", compare=False)
    choice: NDArray[np.float64] | None = None

    def __init__(
        self,
        name: str,
        payoffs: ArrayLike,
        actions: Sequence[Sequence[str]] = (),
        seats: Sequence[str] = (),
        roles: Sequence[Sequence[int]] | None = None,
        story: str = "",
        choice: ArrayLike | None = None,
    ) -> None:
        table = _checked(name, payoffs)
        chosen = None if choice is None else _checked(name, choice, "choice payoff")
        if chosen is not None and chosen.shape != table.shape:
            raise Mistake(
                f"game {name!r}: choice payoffs of shape {chosen.shape} do not fit payoffs of "
                f"shape {table.shape}"
            )
        if chosen is not None and (chosen == table).all():
            chosen = None
        n, shape = table.shape[0], table.shape[1:]
        names = tuple(tuple(a) for a in actions) or tuple(
            tuple(str(a) for a in range(k)) for k in shape
        )
        if tuple(len(a) for a in names) != shape or any(len(set(a)) != len(a) for a in names):
            raise Mistake(
                f"game {name!r}: actions {[list(a) for a in names]} do not name, each once, the "
                f"{' × '.join(map(str, shape))} actions of its payoff table"
            )
        chairs = tuple(seats) or tuple(f"actor {i + 1}" for i in range(n))
        if len(chairs) != n:
            raise Mistake(f"game {name!r}: {len(chairs)} seat names for {n} seats")
        orders = None if roles is None else tuple(tuple(r) for r in roles)
        if orders is not None and [sorted(r) for r in orders] != [list(range(k)) for k in shape]:
            raise Mistake(
                f"game {name!r}: roles {orders} must list each seat's actions once, from the most "
                "accommodating to the most withholding"
            )
        for key, value in {
            "name": name, "payoffs": table, "actions": names, "seats": chairs,
            "roles": orders, "story": story, "choice": chosen,
        }.items():  # fmt: skip
            object.__setattr__(self, key, value)

    @property
    def n(self) -> int:
        """Number of actors."""
        return int(self.payoffs.shape[0])

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of actions of each seat."""
        return tuple(self.payoffs.shape[1:])

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what play and its reading depend on: payoffs and roles. Names do not count."""
        content = repr((self.shape, self.roles)).encode() + self.payoffs.astype("<f8").tobytes()
        if self.choice is not None:
            content += b"choice" + self.choice.astype("<f8").tobytes()
        return hashlib.sha256(content).hexdigest()

    def _content(self) -> tuple[object, ...]:
        choice = None if self.choice is None else self.choice.tobytes()
        return (
            self.name, self.actions, self.seats, self.roles, self.shape, self.payoffs.tobytes(),
            choice,
        )  # fmt: skip

    @cached_property
    def _hash(self) -> int:
        return hash(self._content())

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Game) and self._content() == other._content()

    def __hash__(self) -> int:
        return self._hash  # kept, since payoff tables can be large


def _checked(name: str, payoffs: ArrayLike, kind: str = "payoff") -> NDArray[np.float64]:
    try:
        table = np.array(payoffs, dtype=np.float64)
    except (ValueError, TypeError):
        raise Mistake(
            f"game {name!r}: the {kind} table is ragged or holds something that is not a number; "
            "every seat needs one number for every profile of actions"
        ) from None
    if table.ndim < 2 or table.shape[0] != table.ndim - 1 or 0 in table.shape:
        raise Mistake(
            f"game {name!r}: a {kind} table of shape {table.shape} is none: one block for each "
            "seat, and in each block one axis for each seat's actions, e.g. 2 × k × m"
        )
    if not np.isfinite(table).all():
        at = tuple(int(x) for x in np.argwhere(~np.isfinite(table))[0])
        raise Mistake(
            f"game {name!r}: {kind} {table[at]} of seat {at[0]} at profile {at[1:]} is not a "
            "finite number"
        )
    table += 0.0  # −0.0 and 0.0 are the same payoff and must have the same digest
    table.flags.writeable = False
    return table


def by_choice(game: Game) -> Game:
    """Return the game in which the choice payoffs are the payoffs; itself if they are already."""
    if game.choice is None:
        return game
    return Game(game.name, game.choice, game.actions, game.seats, game.roles, game.story)


def two_by_two(name: str, R: float, S: float, T: float, P: float, *, story: str = "") -> Game:
    """Make the symmetric two-actor game in which action 0 is C and action 1 is D.

    Parameters
    ----------
    name : str
        What to call it.
    R, S, T, P : float
        One's own payoff at (C, C), (C, D), (D, C) and (D, D), own action first: the *reward*, the
        *sucker's payoff*, the *temptation* and the *punishment* of the prisoner's dilemma.
    story : str, optional
        One sentence: what situation this is.
    """
    row = [[R, S], [T, P]]
    column = [[R, T], [S, P]]
    return Game(name, [row, column], actions=(("C", "D"), ("C", "D")), story=story)


@lru_cache(maxsize=1024)
def accommodation(game: Game) -> tuple[tuple[int, ...], ...] | None:
    """Order each seat's actions from the most accommodating to the most withholding.

    One action accommodates more than another if it is never worse for any other actor, whatever
    the rest do, and somewhere better. Where these comparisons rank all actions of every seat, that
    is the order, unless the game names its roles.

    Returns
    -------
    tuple of tuple of int, or None
        For each seat its actions in order; None if some seat has no such order.
    """
    if game.roles is not None:
        return game.roles
    orders = []
    for seat in range(game.n):
        others = np.delete(game.payoffs, seat, axis=0)
        by_action = np.moveaxis(others, seat + 1, 0).reshape(game.shape[seat], -1)
        # If a full order exists, the sum over profiles must follow it; then each neighbour is
        # compared everywhere.
        order = sorted(range(len(by_action)), key=lambda a: (-float(by_action[a].sum()), a))
        better = [by_action[a] - by_action[b] for a, b in pairwise(order)]
        if any((d < 0).any() or not (d > 0).any() for d in better):
            return None
        orders.append(tuple(order))
    return tuple(orders)
