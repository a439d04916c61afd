"""Who joins a regime, and whether it outlives what brought it about.

Between two members a regime is in force. Against j actor i gets A1[i, j] a period where it is, and
A0[i, j] where it is not, so that among the members m it gains

    g_i(m) = Σ_{j ∈ m, j ≠ i} (A1 − A0)[i, j] − c_i

a period by being one of them, c_i being what membership costs it. To join costs K_i once. Nobody
can be made to join or to stay, and with a continuation probability w

    who is inside leaves    if g_i(m) < 0
    who is outside joins    if g_i(m ∪ i) > (1 − w) K_i.

Between the two bounds one stays where one is: what was paid to get in is lost whether one leaves or
not. A membership is *stable* if nobody wants to move. There may be many such, and which one it
comes to depends on where it began (*hysteresis*). Where members are better off the more there are,
A1 ≥ A0, the stable memberships that one gets to from nobody and from everybody are the smallest and
the largest that there are, in whatever order actors move (D. M. Topkis, "Equilibrium points in
nonzero-sum n-person submodular games", SIAM J. Control and Optimization 17, 1979).

A single member gains nothing, so where membership costs anything nobody is the first: see
`coopgames.regimes.founding`. The model is ours (theory.md 1.6, T5 with a sunk cost; C41).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake

Floats = NDArray[np.float64]
Members = tuple[int, ...]

LARGEST = 16
"""With more actors than this not all memberships are gone through."""

TOLERANCE = 1e-12
"""Gains up to this share of the largest of all amounts are none."""


@dataclass(frozen=True, eq=False)
class Adoption:
    """What a regime is worth to whom, and what it costs.

    Parameters
    ----------
    without, within : array_like, shape (n, n)
        A0 and A1: ``[i, j]`` is what i gets per period against j, without and with the regime;
        diagonals do not count.
    cost : array_like, shape (n,) or ()
        c: what membership costs each per period.
    joining : array_like, shape (n,) or ()
        K: what it costs each to join, once.
    founding : float
        F: what it costs to found it, once, whoever does.
    continuation : float
        w: how much the next period weighs, in [0, 1).

    Raises
    ------
    Mistake
        If the tables do not fit together, or a number cannot be.
    """

    without: Floats
    within: Floats
    cost: Floats
    joining: Floats
    founding: float
    continuation: float

    def __init__(
        self,
        without: ArrayLike,
        within: ArrayLike,
        *,
        cost: ArrayLike = 0.0,
        joining: ArrayLike = 0.0,
        founding: float = 0.0,
        continuation: float = 0.0,
    ) -> None:
        A0, A1 = np.array(without, dtype=float), np.array(within, dtype=float)
        if A0.ndim != 2 or A0.shape != A0.T.shape or A0.shape != A1.shape or len(A0) < 2:
            raise Mistake(
                f"adoption: {A0.shape} without and {A1.shape} with the regime are no two square "
                "tables of the same actors"
            )
        off = ~np.eye(len(A0), dtype=bool)
        if not (np.isfinite(A0[off]).all() and np.isfinite(A1[off]).all()):
            raise Mistake("adoption: what each gets against each other must be finite numbers")
        if not 0 <= continuation < 1:
            raise Mistake(f"a continuation probability of {continuation:g} is not in [0, 1)")
        c, K = (np.array(x, dtype=float) for x in (cost, joining))
        for what, given in (("cost", c), ("joining", K)):
            if given.shape not in {(), (len(A0),)}:
                raise Mistake(f"adoption: {what} of shape {given.shape} is not one for each actor")
            if not np.isfinite(given).all():
                raise Mistake(f"adoption: {what} = {given.tolist()} must be finite")
        if (K < 0).any() or founding < 0:
            raise Mistake("adoption: to join or to found a regime cannot cost less than nothing")
        for key, table in {
            "without": A0, "within": A1, "cost": np.broadcast_to(c, len(A0)).copy(),
            "joining": np.broadcast_to(K, len(A0)).copy(),
        }.items():  # fmt: skip
            if table.ndim == 2:
                np.fill_diagonal(table, 0.0)  # who does not meet itself may have no number there
            table.flags.writeable = False
            object.__setattr__(self, key, table)
        object.__setattr__(self, "founding", float(founding))
        object.__setattr__(self, "continuation", float(continuation))

    @property
    def n(self) -> int:
        """Number of actors."""
        return len(self.without)

    def gains(self, inside: ArrayLike) -> Floats:
        """Compute g: what each gains a period by being inside, the others being as they are.

        Parameters
        ----------
        inside : array_like of bool, shape (…, n)
            Who is a member; one's own entry makes no difference.

        Returns
        -------
        ndarray, shape (…, n)
        """
        extra = self.within - self.without
        extra[np.diag_indices(self.n)] = 0
        return np.asarray(np.asarray(inside, dtype=float) @ extra.T - self.cost)

    def wishes(self, inside: ArrayLike) -> NDArray[np.bool_]:
        """Say who would move, out if it is inside and in if it is outside.

        Parameters
        ----------
        inside : array_like of bool, shape (…, n)
            Who is a member.

        Returns
        -------
        ndarray of bool, shape (…, n)
        """
        m, g = np.asarray(inside, dtype=bool), self.gains(inside)
        entry = (1 - self.continuation) * self.joining
        return np.where(m, g < -self.slack, g > entry + self.slack)

    @property
    def slack(self) -> float:
        """Gains up to this size are none."""
        amounts = (self.without, self.within, self.cost, self.joining)
        return TOLERANCE * max(float(np.abs(x).max()) for x in amounts)


def stable_memberships(adoption: Adoption) -> tuple[Members, ...]:
    """List all memberships that nobody wants to leave and nobody wants to join.

    Parameters
    ----------
    adoption : Adoption
        Of up to 16 actors.

    Returns
    -------
    tuple of tuple of int
        The members of each, from few to many.

    Raises
    ------
    Mistake
        If there are more actors.
    """
    inside = all_memberships(adoption)
    found = inside[~adoption.wishes(inside).any(axis=1)]
    return tuple(sorted((members_of(m) for m in found), key=lambda m: (len(m), m)))


@dataclass(frozen=True)
class Settled:
    """Where joining and leaving comes to rest.

    Parameters
    ----------
    members : tuple of int
        Who is inside at the end.
    moves : tuple of int
        Who moved, one after another, in or out.
    rests : bool
        Whether nobody wants to move any more; else it goes round for ever.
    """

    members: Members
    moves: tuple[int, ...]
    rests: bool


def settle(adoption: Adoption, start: Members = ()) -> Settled:
    """Let actors join and leave, one at a time and in turn, until nobody wants to.

    Parameters
    ----------
    adoption : Adoption
        Of any number of actors.
    start : tuple of int
        Who is inside at first: nobody, by default; ``tuple(range(n))`` is everybody.

    Returns
    -------
    Settled
    """
    inside = _inside(adoption, start)
    moves: list[int] = []
    seen = {inside.tobytes()}
    while adoption.wishes(inside).any():
        for i in range(adoption.n):
            if adoption.wishes(inside)[i]:
                inside[i] ^= True
                moves.append(i)
        if inside.tobytes() in seen:
            return Settled(members_of(inside), tuple(moves), rests=False)
        seen.add(inside.tobytes())
    return Settled(members_of(inside), tuple(moves), rests=True)


def all_memberships(adoption: Adoption) -> NDArray[np.bool_]:
    """List all memberships: an array of bool of shape (2^n, n); refuse too many actors."""
    if adoption.n > LARGEST:
        raise Mistake(
            f"{adoption.n} actors have 2^{adoption.n} memberships, too many to go through (at most "
            f"{LARGEST} actors); settle() follows one course for any number"
        )
    numbers = np.arange(2**adoption.n)[:, None]
    return np.asarray(numbers >> np.arange(adoption.n) & 1, dtype=bool)


def _inside(adoption: Adoption, members: Members) -> NDArray[np.bool_]:
    for i in members:
        if i not in range(adoption.n):
            raise Mistake(f"member {i} of {adoption.n} actors, numbered from 0")
    return np.isin(np.arange(adoption.n), members)


def members_of(inside: NDArray[np.bool_]) -> Members:
    """Give the numbers of those who are inside."""
    return tuple(int(i) for i in np.flatnonzero(inside))
