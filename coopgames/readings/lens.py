"""A game's profiles as a reading sees them.

For each profile: whether it is self-regarding, how compatible the actors' choices are, what each
gains; and for each pair of successive profiles, who adjusted to whom. All of it is small tables
that `play` counts with.

Symbols (theory.md 1.2.3, 1.2.4, 1.4.1): U, the self-regarding profiles; d, the payoffs before any
adjustment, their mean over U; b, the Nash bargaining payoffs from d; χ = (u − d)/(b − d), the
realised share of the bargaining gain; κ = (C − C_U)/(C_b − C_U), compatibility rescaled to what the
game allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, Structure, accommodation, structure
from coopgames.play import Counting
from coopgames.readings.rule import Rule

Floats = NDArray[np.float64]

TOLERANCE = 1e-7
"""Strict comparisons of payoffs are up to this share of the actor's range (theory.md 1.2.4)."""

FORBEARANCE, CONCESSION, AGGRAVATION = 1, 2, 4
"""Bits of an act of seat 0; those of seat 1 are shifted by three."""


@dataclass(frozen=True, eq=False)
class Lens:
    """What a reading needs to know of a game; P profiles, numbered in C order.

    Parameters
    ----------
    game : Game
        The game.
    structure : Structure
        What it encodes.
    rule : Rule
        The conventions in force.
    payoffs : ndarray, shape (2, P)
        Goal payoffs.
    slack : ndarray, shape (2,)
        Payoff differences up to this size are none.
    regarding : ndarray of bool, shape (P,)
        Whether the profile is self-regarding.
    compatibility : ndarray, shape (P,)
        C; 1 where no actor can affect another.
    kappa : ndarray, shape (P,), or None
        Rescaled compatibility; None where compatibility leaves no room to rise, so that the
        realised gain stands in for it.
    chi : ndarray, shape (2, P), or None
        Realised share of the bargaining gain; None where not every actor can gain.
    counting : Counting
        The tables to count with.
    """

    game: Game
    structure: Structure
    rule: Rule
    payoffs: Floats
    slack: Floats
    regarding: NDArray[np.bool_]
    compatibility: Floats
    kappa: Floats | None
    chi: Floats | None
    counting: Counting

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
def lens(game: Game, rule: Rule) -> Lens:
    """Work out how the profiles of a two-actor game are read."""
    s = structure(game)
    P = int(np.prod(game.shape))
    payoffs = game.payoffs.reshape(2, P)
    slack = TOLERANCE * np.ptp(payoffs, axis=1)
    regarding = s.regarding.ravel()
    # Where nobody can affect anybody, nobody hinders anybody.
    compatibility = np.nan_to_num(s.compatibility.ravel(), nan=1.0)
    d, b = s.before, s.bargain
    chi = None
    if b is not None and (b > d + slack).all():
        chi = (payoffs - d[:, None]) / (b - d)[:, None]
    kappa = _rescaled(compatibility, regarding, payoffs, d, slack)
    holds = np.zeros(P, dtype=bool)
    if chi is not None:
        level = np.clip(chi.min(axis=0), 0, 1) if kappa is None else kappa
        holds = (level >= rule.c - TOLERANCE) & (chi.min(axis=0) >= rule.g - TOLERANCE)
    counting = Counting(
        acts=_acts(game, s, slack),
        loses=(payoffs < (d - slack)[:, None]).astype(np.uint8),
        holds=holds.astype(np.uint8),
        kinds=_kinds(game), L=rule.L, m=rule.m, w=rule.w,
    )  # fmt: skip
    return Lens(game, s, rule, payoffs, slack, regarding, compatibility, kappa, chi, counting)


def _rescaled(
    C: Floats, regarding: NDArray[np.bool_], payoffs: Floats, d: Floats, slack: Floats
) -> Floats | None:
    """κ at each profile, or None where C cannot rise from U."""
    C_U = C[regarding].mean()
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


def _kinds(game: Game) -> NDArray[np.uint8]:
    """Whether each seat's action at each profile is its most accommodating one."""
    roles = accommodation(game)
    actions = np.indices(game.shape).reshape(2, -1)
    if roles is None:
        return np.zeros_like(actions, dtype=np.uint8)
    return np.asarray(actions == [[order[0]] for order in roles], dtype=np.uint8)


def _acts(game: Game, s: Structure, slack: Floats) -> NDArray[np.uint8]:
    """Who forbears, concedes or aggravates, for each pair of successive profiles.

    What an actor predicts is that the other repeats its last observed action; in the first period,
    that it plays a self-regarding one.
    """
    P = int(np.prod(game.shape))
    before, now = np.arange(P)[:, None], np.arange(P)[None, :]
    acts = np.zeros((P + 1, P), dtype=np.uint8)
    for seat in range(2):
        own, other = np.divmod(np.arange(P), game.shape[1])[:: 1 if seat == 0 else -1]
        # Own action first; helps[own, other] is what the other gets.
        best = s.best_reply[seat] if seat == 0 else s.best_reply[seat].T
        helps = game.payoffs[1 - seat] if seat == 0 else game.payoffs[1 - seat].T
        eps = slack[1 - seat]
        # Beside what the best reply that is kindest to the other would have given it.
        extra = helps - np.where(best, helps, -np.inf).max(axis=0)
        forbears = ~best & (extra > eps)
        change = helps[own[now], other[before]] - helps[own[before], other[before]]
        # Opening moves are judged against every action that a self-regarding other may take.
        expected = sorted({profile[1 - seat] for profile in s.self_regarding})
        odd = ~best[:, expected].any(axis=1)
        opens_kindly = odd & forbears[:, expected].all(axis=1)
        opens_harshly = odd & (extra[:, expected] < -eps).any(axis=1)
        for bit, later, first in (
            (FORBEARANCE, forbears[own[now], other[before]], opens_kindly[own]),
            (CONCESSION, change > eps, np.zeros(P, dtype=bool)),
            (AGGRAVATION, change < -eps, opens_harshly[own]),
        ):
            acts |= np.vstack([later, first]).astype(np.uint8) * np.uint8(bit << 3 * seat)
    return acts
