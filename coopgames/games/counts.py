"""Games among interchangeable actors: one's payoff depends on how many others did what.

Conventions, decided here and kept everywhere: the actions of a count game stand in role order,
action 0 the most accommodating; of the others only the *tally* ``(c_0, …, c_{k−1})`` counts, where
c_a of them took action *a* and all c add up to n−1. Tallies are numbered in rising lexicographic
order, so that with two actions number *o* says that *o* of the others accommodated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games.game import Game
from coopgames.mistakes import Mistake

MOST = 10**6
"""So many entries a table has at most."""


def check_size(n: int, k: int) -> None:
    """Refuse a table of n actors with k actions each that is too large to be written out."""
    if n * k**n > MOST:
        raise Mistake(
            f"{n} actors with {k} actions have {n} × {k}^{n} payoffs; written out are {MOST:,} at "
            "most"
        )


def tallies(n: int, k: int = 2) -> NDArray[np.int64]:
    """List the tallies of n−1 others with k actions, in the order of their numbers.

    Returns
    -------
    ndarray of int, shape (O, k)
        With two actions O = n, and row *o* is ``(o, n − 1 − o)``.
    """
    place, number = places(n, k)
    keys = np.flatnonzero(number >= 0)
    first = keys[:, None] // place[:-1] % n
    return np.column_stack([first, n - 1 - first.sum(axis=1)])


@cache
def places(n: int, k: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give what turns the actions of n−1 others into the number of their tally.

    Returns
    -------
    place : ndarray of int, shape (k,)
    number : ndarray of int, shape (n^{k−1},)
        The others' tally has number ``number[place[a_1] + … + place[a_{n−1}]]``; −1 where no
        actions add up to that.
    """
    if n ** (k - 1) > MOST:
        raise Mistake(
            f"{n} actors with {k} actions have too many tallies; n^(k−1) may be {MOST:,} at most"
        )
    place = np.array([n ** (k - 2 - a) for a in range(k - 1)] + [0], dtype=np.int64)
    digits = np.arange(n ** (k - 1))[:, None] // place[:-1] % n
    possible = digits.sum(axis=1) < n
    number = np.where(possible, np.cumsum(possible) - 1, -1)
    for table in (place, number):
        table.flags.writeable = False  # they are shared by all callers
    return place, number


@dataclass(frozen=True, eq=False)
class CountGame:
    """A finite game among interchangeable actors, played once a period.

    Parameters
    ----------
    name : str
        What to call it.
    payoffs : array_like, shape (k, O)
        ``payoffs[a, o]``: what an actor gets per period that takes action *a* when the others'
        tally has number *o*. With two actions its shape is (2, n), and *o* is how many of the
        others accommodate.
    actions : sequence of str, optional
        The names of the actions, from the most accommodating to the most withholding.
    story : str, optional
        One sentence: what situation this is.

    Raises
    ------
    Mistake
        If the table fits no number of actors, holds something that is no finite number, or says
        that an action is better for the others than one that stands before it.
    """

    name: str
    payoffs: NDArray[np.float64]
    actions: tuple[str, ...] = ()
    story: str = field(default="", compare=False)

    def __init__(
        self, name: str, payoffs: ArrayLike, actions: Sequence[str] = (), story: str = ""
    ) -> None:
        table = _checked(name, payoffs)
        k = len(table)
        names = tuple(actions) or tuple(str(a) for a in range(k))
        if len(names) != k or len(set(names)) != k:
            raise Mistake(f"game {name!r}: {list(names)} do not name its {k} actions, each once")
        for key, value in {
            "name": name, "payoffs": table, "actions": names, "story": story,
        }.items():  # fmt: skip
            object.__setattr__(self, key, value)
        self._check_order()

    @property
    def n(self) -> int:
        """Number of actors."""
        return _actors(*self.payoffs.shape)

    @property
    def k(self) -> int:
        """Number of actions of each actor."""
        return int(self.payoffs.shape[0])

    @property
    def digest(self) -> str:
        """SHA-256 of what play depends on: the payoffs. Names do not count."""
        content = repr(("counts", self.payoffs.shape)).encode()
        return hashlib.sha256(content + self.payoffs.astype("<f8").tobytes()).hexdigest()

    def as_game(self) -> Game:
        """Write the payoffs of each seat at each profile out.

        Raises
        ------
        Mistake
            If there are too many profiles for that.
        """
        n, k = self.n, self.k
        try:
            check_size(n, k)
        except Mistake as mistake:
            raise Mistake(f"game {self.name!r}: {mistake}") from None
        place, number = places(n, k)
        profile = np.indices((k,) * n)
        others = place[profile].sum(axis=0) - place[profile]
        order = tuple(range(k))
        return Game(
            self.name, self.payoffs[profile, number[others]], actions=[self.actions] * n,
            roles=[order] * n, story=self.story,
        )  # fmt: skip

    def _check_order(self) -> None:
        """Refuse actions that the payoffs order the other way round."""
        place, number = places(self.n, self.k)
        others = tallies(self.n, self.k)
        for a in range(self.k - 1):
            some = others[others[:, a] > 0] @ place  # one of whom now withholds a little more
            more = self.payoffs[:, number[some]]
            less = self.payoffs[:, number[some - place[a] + place[a + 1]]]
            if (more <= less).all() and (more < less).any():
                raise Mistake(
                    f"game {self.name!r}: action {self.actions[a]!r} is never better for the "
                    f"others than {self.actions[a + 1]!r}; actions stand from the most "
                    "accommodating to the most withholding"
                )

    def _content(self) -> tuple[object, ...]:
        return (self.name, self.actions, self.payoffs.shape, self.payoffs.tobytes())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CountGame) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())


def _checked(name: str, payoffs: ArrayLike) -> NDArray[np.float64]:
    try:
        table = np.array(payoffs, dtype=np.float64)
    except (ValueError, TypeError):
        raise Mistake(
            f"game {name!r}: the payoff table is ragged or holds something that is not a number; "
            "every action needs one number for every tally of the others' actions"
        ) from None
    if table.ndim != 2 or len(table) < 2 or _actors(*table.shape) < 2:
        raise Mistake(
            f"game {name!r}: a payoff table of shape {table.shape} is none: n actors with two "
            "actions need 2 × n payoffs, and with k actions k × C(n+k−2, k−1)"
        )
    if not np.isfinite(table).all():
        a, o = (int(x) for x in np.argwhere(~np.isfinite(table))[0])
        raise Mistake(
            f"game {name!r}: payoff {table[a, o]} of action {a} at the others' tally {o} is not "
            "a finite number"
        )
    table += 0.0  # −0.0 and 0.0 are the same payoff and must have the same digest
    table.flags.writeable = False
    return table


@cache
def _actors(k: int, observations: int) -> int:
    """Give the number of actors whose tallies of k actions are so many; 0 if none is."""
    n = 1
    while comb(n + k - 2, k - 1) < observations:
        n += 1
    return n if comb(n + k - 2, k - 1) == observations else 0


def count_game(
    name: str,
    n: int,
    payoff: Callable[[int, tuple[int, ...]], float],
    actions: Sequence[str] = ("C", "D"),
    story: str = "",
) -> CountGame:
    """Make a game among n interchangeable actors from a rule.

    Parameters
    ----------
    name : str
        What to call it.
    n : int
        Number of actors, at least 2.
    payoff : callable
        ``payoff(own, others)``: what an actor gets that takes action *own* when ``others[a]`` of
        the others take action *a*.
    actions : sequence of str
        The names of the actions, from the most accommodating to the most withholding.
    story : str, optional
        One sentence: what situation this is.
    """
    if n < 2:
        raise Mistake(f"game {name!r}: {n} is no number of actors; there must be at least 2")
    rows = [tuple(int(c) for c in row) for row in tallies(n, len(actions))]
    table = [[payoff(a, others) for others in rows] for a in range(len(actions))]
    return CountGame(name, table, actions, story)
