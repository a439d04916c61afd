"""Acts of adjustment: forbearance, concession, aggravation, and what they cost.

An actor supposes that the others repeat their last action. What it does in a period is therefore
judged at x = (its own action now, the others' actions before), not at what the others turn out to
do (theory.md 1.2.3). With BR_i(x) its best replies to what it supposes,

    forbearance of i towards j   a_i is not in BR_i(x), and
                                 A_i→j = u_j(x) − max over b in BR_i(x) of u_j(b, x_−i) > ε_j
    its cost                     max over b of v_i(b, x_−i) − v_i(x)
    concession of i to j         a_i is another action than before, and u_j(x) − u_j(before) > ε_j
    aggravation of i against j   the same with < −ε_j

u are goal payoffs, v what drives choice, ε_j the slack within which payoffs of j are the same. In
the first period nothing was seen; the others are supposed to take a self-regarding profile. Where
there are several, an opening is forbearing only if it is a best reply to none of them and gives j
more than all those replies would; it aggravates if it is a best reply to none and gives j less than
some reply would (docs/theory/decisions.md).

Among more than two actors an act is one if it is one towards somebody; it can be a concession to
one and an aggravation against another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Structure

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Done(NamedTuple):
    """What actors did to one another; each ``[i, j, …]``: i towards j; never for i = j."""

    forbearance: Mask
    concession: Mask
    aggravation: Mask

    @property
    def kind(self) -> Mask:
        """Acts of forbearance or concession."""
        return self.forbearance | self.concession


def towards_anybody(did: Mask) -> Mask:
    """Say whether each actor did it towards somebody: from ``[i, j, …]`` to ``[i, …]``."""
    return np.asarray(did.any(axis=1))


@dataclass(frozen=True, eq=False)
class Acts:
    """What is an act of adjustment in a game of n actors; P profiles, numbered in C order.

    Parameters
    ----------
    strides : ndarray of int, shape (n,)
        By how much the number of a profile rises with each seat's action.
    shape : tuple of int
        Number of actions of each seat.
    payoffs : ndarray, shape (n, P)
        Goal payoffs.
    slack : ndarray, shape (n,)
        Payoff differences up to this size are none.
    forbears : ndarray of bool, shape (n, n, P)
        ``[i, j, x]``: whether i forbears towards j, where it does and supposes x.
    cost : ndarray, shape (n, P)
        What i's action costs it beside its best reply, in what drives its choice.
    opens_kindly, opens_harshly : tuple of ndarray of bool, shape (n, k_i)
        For each seat ``[j, a]``: whether opening with a is a forbearance towards j, or an
        aggravation against j.
    """

    strides: NDArray[np.int64]
    shape: tuple[int, ...]
    payoffs: Floats
    slack: Floats
    forbears: Mask
    cost: Floats
    opens_kindly: tuple[Mask, ...]
    opens_harshly: tuple[Mask, ...]

    @property
    def n(self) -> int:
        """Number of actors."""
        return len(self.shape)

    def action(self, seat: int, profiles: NDArray[Any]) -> NDArray[np.int64]:
        """Give what a seat does at profiles given by number."""
        return np.asarray(profiles // self.strides[seat] % self.shape[seat], dtype=np.int64)

    def supposed(self, seat: int, before: NDArray[Any], now: NDArray[Any]) -> NDArray[np.int64]:
        """Give x: the seat's action now with the others' actions before."""
        change = self.action(seat, now) - self.action(seat, before)
        return np.asarray(before + change * self.strides[seat], dtype=np.int64)

    def between(self, before: NDArray[Any], now: NDArray[Any]) -> Done:
        """Say what was done in periods with these profiles, after periods with those.

        Parameters
        ----------
        before, now : ndarray of int
            Numbers of profiles, of shapes that can be broadcast.
        """
        n, extent = self.n, np.broadcast_shapes(before.shape, now.shape)
        done = Done(*(np.zeros((n, n, *extent), dtype=bool) for _ in range(3)))
        for i in range(n):
            x = self.supposed(i, before, now)
            for j in range(n):
                if j != i:
                    change = self.payoffs[j][x] - self.payoffs[j][before]
                    done.forbearance[i, j] = self.forbears[i, j][x]
                    done.concession[i, j] = change > self.slack[j]
                    done.aggravation[i, j] = change < -self.slack[j]
        return done

    def opening(self, profiles: NDArray[Any]) -> Done:
        """Say what was done in first periods with these profiles."""
        n, extent = self.n, profiles.shape
        done = Done(*(np.zeros((n, n, *extent), dtype=bool) for _ in range(3)))
        for i in range(n):
            own = self.action(i, profiles)
            done.forbearance[i] = self.opens_kindly[i][:, own]
            done.aggravation[i] = self.opens_harshly[i][:, own]
        return done

    def along(self, course: NDArray[Any], before: int | None = None) -> Done:
        """Say what was done in each period of a course, each ``[i, j, t]``.

        Parameters
        ----------
        course : ndarray of int, shape (T,)
            Numbers of profiles.
        before : int, optional
            The profile of the period before the course; None if it is the beginning.
        """
        if not len(course):
            return Done(*(np.zeros((self.n, self.n, 0), dtype=bool) for _ in range(3)))
        one = course[:1]
        first = self.opening(one) if before is None else self.between(np.array([before]), one)
        later = self.between(course[:-1], course[1:])
        return Done(*(np.concatenate(x, axis=2) for x in zip(first, later, strict=True)))

    def costs(self, course: NDArray[Any], before: int | None = None) -> Floats:
        """Give what each seat's action cost it, given what it supposed: shape (n, T).

        Nothing where nothing was seen before.
        """
        costs = np.zeros((self.n, len(course)))
        for i in range(self.n):
            costs[i, 1:] = self.cost[i][self.supposed(i, course[:-1], course[1:])]
            if before is not None and len(course):
                costs[i, 0] = self.cost[i][self.supposed(i, np.array([before]), course[:1])[0]]
        return costs


def acts_of(s: Structure, slack: Floats) -> Acts:
    """Work out what is an act of adjustment in a game.

    Parameters
    ----------
    s : Structure
        What the game encodes.
    slack : ndarray, shape (n,)
        Payoff differences up to this size are none.
    """
    game = s.game
    n, shape, u = game.n, game.shape, game.payoffs
    v = u if game.choice is None else game.choice
    forbears = np.zeros((n, n, *shape), dtype=bool)
    harms = np.zeros((n, n, *shape), dtype=bool)
    cost = np.empty((n, *shape))
    for i in range(n):
        best = s.best_reply[i]
        cost[i] = v[i].max(axis=i, keepdims=True) - v[i]
        for j in range(n):
            if j != i:
                kindest = np.where(best, u[j], -np.inf).max(axis=i, keepdims=True)
                forbears[i, j] = ~best & (u[j] - kindest > slack[j])
                harms[i, j] = ~best & (u[j] - kindest < -slack[j])
    U = np.array(s.self_regarding)
    kindly, harshly = [], []
    for i in range(n):
        others = np.delete(np.arange(n), i)
        expected = np.unique(U[:, others], axis=0)
        at = np.empty((n, shape[i], len(expected)), dtype=np.int64)
        at[i] = np.arange(shape[i])[:, None]
        at[others] = expected.T[:, None, :]
        odd = ~s.best_reply[i][tuple(at)].any(axis=1)
        kindly.append(odd & np.array([forbears[i, j][tuple(at)].all(axis=1) for j in range(n)]))
        harshly.append(odd & np.array([harms[i, j][tuple(at)].any(axis=1) for j in range(n)]))
    P = int(np.prod(shape))
    strides = np.cumprod((1, *shape[:0:-1]), dtype=np.int64)[::-1].copy()
    return Acts(
        strides, shape, u.reshape(n, P), slack, forbears.reshape(n, n, P), cost.reshape(n, P),
        tuple(kindly), tuple(harshly),
    )  # fmt: skip
