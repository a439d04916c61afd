"""A game's profiles as a reading sees them.

For each profile: whether it is self-regarding, how compatible the actors' choices are, what each
gains; and for each pair of successive profiles, who adjusted to whom. All of it is small tables
that `play` counts with.

Symbols (theory.md 1.2.3, 1.2.4, 1.4.1): U, the self-regarding profiles; d, the payoffs before any
adjustment, their mean over U; b, the Nash bargaining payoffs from d; χ = (u − d)/(b − d), the
realised share of the bargaining gain; κ = (C − C_U)/(C_b − C_U), compatibility rescaled to what the
game allows. Where a past was observed in which nobody had adjusted yet, d and C_U are its means
instead of those over U, and what was before its first period is taken to be as in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, Structure, accommodation, nash_bargain, structure
from coopgames.play import Counting
from coopgames.readings.acts import Acts, acts_of
from coopgames.readings.rule import Rule

Floats = NDArray[np.float64]

TOLERANCE = 1e-7
"""Strict comparisons of payoffs are up to this share of the actor's range (theory.md 1.2.4)."""

FORBEARANCE, CONCESSION, AGGRAVATION = 1, 2, 4
"""Bits of an act of seat 0; those of seat 1 are shifted by three."""


@dataclass(frozen=True, eq=False)
class Lens:
    """What a reading needs to know of a game of n actors; P profiles, numbered in C order.

    Parameters
    ----------
    game : Game
        The game.
    structure : Structure
        What it encodes.
    rule : Rule
        The conventions in force.
    payoffs : ndarray, shape (n, P)
        Goal payoffs.
    slack : ndarray, shape (n,)
        Payoff differences up to this size are none.
    before : ndarray, shape (n,)
        d: payoffs before any adjustment.
    regarding : ndarray of bool, shape (P,)
        Whether the profile is self-regarding.
    compatibility : ndarray, shape (P,)
        C; 1 where no actor can affect another.
    kappa : ndarray, shape (P,), or None
        Rescaled compatibility; None where compatibility leaves no room to rise, so that the
        realised gain stands in for it.
    chi : ndarray, shape (n, P), or None
        Realised share of the bargaining gain; None where not every actor can gain.
    level : ndarray, shape (P,), or None
        κ, or what stands in for it; None where neither is defined.
    holds : ndarray of bool, shape (P,)
        Whether play is coordinated.
    acts : Acts
        What is an act of adjustment.
    past : tuple of int
        The profiles of an observed past in which nobody had adjusted yet, if there was one.
    """

    game: Game
    structure: Structure
    rule: Rule
    payoffs: Floats
    slack: Floats
    before: Floats
    regarding: NDArray[np.bool_]
    compatibility: Floats
    kappa: Floats | None
    chi: Floats | None
    level: Floats | None
    holds: NDArray[np.bool_]
    acts: Acts
    past: tuple[int, ...] = ()

    @property
    def loses(self) -> NDArray[np.bool_]:
        """Whether each seat gets less than before at each profile: shape (n, P)."""
        return self.payoffs < (self.before - self.slack)[:, None]

    @property
    def by_itself(self) -> bool:
        """Whether play may be coordinated without any adjustment, as in a game of assurance.

        It is then a convention and has not emerged; to see less emerge need be no loss.
        """
        return bool((self.holds & self.regarding).any())

    @cached_property
    def counting(self) -> Counting:
        """The tables that `play` counts a course of two actors with."""
        return Counting(
            acts=_bits(self.acts, len(self.holds)),
            loses=self.loses.astype(np.uint8),
            holds=self.holds.astype(np.uint8),
            kinds=self.kinds, L=self.rule.L, m=self.rule.m, w=self.rule.w,
        )  # fmt: skip

    @property
    def kinds(self) -> NDArray[np.uint8]:
        """Whether each seat's action at each profile is its most accommodating one: (n, P)."""
        roles = accommodation(self.game)
        actions = np.indices(self.game.shape).reshape(self.game.n, -1)
        if roles is None:
            return np.zeros_like(actions, dtype=np.uint8)
        return np.asarray(actions == [[order[0]] for order in roles], dtype=np.uint8)

    def mean_chi(self, counts: NDArray[np.int64]) -> Floats:
        """Smallest actor's mean χ of each row of profile counts; 0 where nobody can gain."""
        if self.chi is None:
            return np.zeros(len(counts))
        return np.asarray((counts @ self.chi.T).min(axis=1) / counts.sum(axis=1))

    def mean_kappa(self, counts: NDArray[np.int64]) -> Floats:
        """Mean κ of each row of profile counts."""
        if self.kappa is None:
            return np.clip(self.mean_chi(counts), 0.0, 1.0)
        return np.asarray(counts @ self.kappa / counts.sum(axis=1))


@lru_cache(maxsize=256)
def lens(game: Game, rule: Rule, past: tuple[int, ...] = ()) -> Lens:
    """Work out how the profiles of a game are read.

    Parameters
    ----------
    game : Game
        The game, of two or more actors.
    rule : Rule
        The conventions.
    past : tuple of int, optional
        Profiles of an observed past in which nobody had adjusted yet, by number.
    """
    s = structure(game)
    P = int(np.prod(game.shape))
    payoffs = game.payoffs.reshape(game.n, P)
    slack = TOLERANCE * np.ptp(payoffs, axis=1)
    regarding = s.regarding.ravel()
    # Where nobody can affect anybody, nobody hinders anybody.
    compatibility = np.nan_to_num(s.compatibility.ravel(), nan=1.0)
    d, b, C_U = s.before, s.bargain, float(compatibility[regarding].mean())
    if past:
        d, C_U = payoffs[:, past].mean(axis=1), float(compatibility[list(past)].mean())
        b = nash_bargain(s.measured, d)
    chi = None
    if b is not None and (b > d + slack).all():
        chi = (payoffs - d[:, None]) / (b - d)[:, None]
    kappa = _rescaled(compatibility, C_U, payoffs, d, slack)
    level, holds = kappa, np.zeros(P, dtype=bool)
    if chi is not None:
        level = np.clip(chi.min(axis=0), 0, 1) if kappa is None else kappa
        holds = (level >= rule.c - TOLERANCE) & (chi.min(axis=0) >= rule.g - TOLERANCE)
    return Lens(
        game, s, rule, payoffs, slack, d, regarding, compatibility, kappa, chi, level, holds,
        acts_of(s, slack), past,
    )  # fmt: skip


def _rescaled(C: Floats, C_U: float, payoffs: Floats, d: Floats, slack: Floats) -> Floats | None:
    """κ at each profile, or None where C cannot rise from what it was before."""
    if C_U >= 1 - TOLERANCE:
        return None
    gains = payoffs - d[:, None]
    better = (gains > slack[:, None]).all(axis=0)
    C_b = 1.0
    if better.any():
        product = np.where(better, gains.prod(axis=0), -np.inf)
        best = product >= product.max() * (1 - 1e-12)
        C_b = C[best].max()
    if C_b <= C_U:
        C_b = 1.0
    return np.asarray((C - C_U) / (C_b - C_U))


def _bits(acts: Acts, P: int) -> NDArray[np.uint8]:
    """Give the acts of two actors as bits, for each pair of successive profiles; row P opens."""
    every = np.arange(P)
    table = np.zeros((P + 1, P), dtype=np.uint8)
    kinds = ((FORBEARANCE, "forbearance"), (CONCESSION, "concession"), (AGGRAVATION, "aggravation"))
    for rows, done in (
        (slice(P), acts.between(every[:, None], every[None, :])),
        (slice(P, None), acts.opening(every[None, :])),
    ):
        for seat in range(2):
            for bit, kind in kinds:
                did = getattr(done, kind)[seat, 1 - seat]
                table[rows] |= did.astype(np.uint8) * np.uint8(bit << 3 * seat)
    return table
