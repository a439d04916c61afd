"""Figure 1 of After Hegemony as a computation: what an episode was.

    Q0  nobody can affect anybody                                     → independence
    Q1  the game is harmony, and the last periods were self-regarding → harmony
    Q2  nobody attempted to adjust:  coordinated all the same         → convention
                                     otherwise                        → discord (untried)
    Q3  someone did:  it succeeded, nobody worse off than before      → cooperation
                      it succeeded, someone worse off, extorted       → imposed adjustment
                      it succeeded, someone worse off, unasked        → cooperation (deferential)
                      compatibility fell                              → discord (intensified)
                      otherwise                                       → discord (resisted)

The definitions are theory.md 1.2.4, after Keohane (1984), pp. 51-54. Two points that it leaves
open are settled here. *Extorted*: the gainer's first aggravation (or threat) came no later than the
first period in which the other got less than before; a later one explains no loss. An opening
move counts as aggravation only if it harms the other: opening with more than one's best reply is
no negative inducement. *Succeeded*: a party that ends worse off than before must have made some
attempt of its own; one that draws lots and is taken advantage of has given way to nobody, and the
episode is discord.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.play import Tally
from coopgames.readings.lens import TOLERANCE, Lens
from coopgames.readings.messages import NEGATIVE, NO_ATTEMPT, Message
from coopgames.readings.rule import ROUNDING
from coopgames.strategies import Automaton, Guided, Strategy

LABELS = ("harmony", "convention", "cooperation", "imposed adjustment", "discord", "independence")
QUALIFIERS = (
    "", "structural", "silent", "tacit", "adaptive", "negotiated", "deferential",
    "untried", "resisted", "intensified",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What episodes were, a row for each.

    Parameters
    ----------
    label, qualifier : ndarray of int8, shape (R,)
        Places in `LABELS` and `QUALIFIERS`.
    kappa : ndarray, shape (R,)
        Rescaled compatibility κ over the last window.
    chi : ndarray, shape (R,)
        The smaller realised share χ of the bargaining gain over the last window; NaN where not
        every actor can gain.
    after : ndarray, shape (R, n)
        Mean payoff per period over the last window.
    emerged, broke : ndarray of int64, shape (R,)
        Periods before coordination emerged, and before it broke down; −1 if it never did.
    acts : ndarray of int64, shape (R, n)
        Each seat's acts of forbearance and concession.
    """

    label: NDArray[np.int8]
    qualifier: NDArray[np.int8]
    kappa: NDArray[np.float64]
    chi: NDArray[np.float64]
    after: NDArray[np.float64]
    emerged: NDArray[np.int64]
    broke: NDArray[np.int64]
    acts: NDArray[np.int64]


def adjusts(strategy: Strategy) -> bool:
    """Whether a strategy's acts can be attempts at adjustment.

    They can if its play responds to what it observes, or is one constant action; a strategy that
    mixes or alternates regardless of what it has seen draws lots, and attempts nothing.
    """
    rule = strategy.rule
    if not isinstance(rule, Automaton | Guided):
        return rule.responds
    return rule.responds or rule.constant


def judge(
    seen: Lens,
    tally: Tally,
    adjusting: ArrayLike = True,
    messages: Sequence[Message] = (),
    *,
    floor: ArrayLike | None = None,
    bearing: ArrayLike = True,
    count_imposed: bool = False,
) -> Verdicts:
    """Read what was counted.

    Parameters
    ----------
    seen : Lens
        How the game's profiles are read.
    tally : Tally
        The counts of R courses.
    adjusting : array_like of bool, shape (n,) or (R, n)
        Whether each seat's acts can be attempts (see `adjusts`); for all courses, or for each.
    messages : sequence of Message
        What was said, in every one of these courses.
    floor : array_like, shape (R,), optional
        Lower ends of intervals for κ over the last window; where they are given, a rise of κ is a
        success only if half of it is certain.
    bearing : array_like of bool, shape (n,) or (R, n)
        Whether a seat that ends worse off can be said to have borne it; if not, it was taken
        advantage of, which is no success of anybody's attempts.
    count_imposed : bool
        Whether imposed adjustment counts as cooperation (then without a qualifier), as
        Keohane's formal sentence allows.

    Returns
    -------
    Verdicts
    """
    rule, R = seen.rule, len(tally.periods)
    window = tally.last.sum(axis=1)
    kappa, chi = seen.mean_kappa(tally.last), seen.mean_chi(tally.last)
    after = tally.last @ seen.payoffs.T / window[:, None]
    d = seen.before
    gained, lost = after > d + seen.slack, after < d - seen.slack

    counted = np.where(adjusting, tally.first_attempt, -1)
    talk = min((x.period for x in messages if x.kind not in NO_ATTEMPT), default=-1)
    starts = np.column_stack([counted, np.full(R, talk)])
    begun = np.where(starts < 0, np.iinfo(np.int64).max, starts).min(axis=1)
    attempted = begun < np.iinfo(np.int64).max
    gave_way = (counted >= 0) & np.asarray(bearing)

    rise = rule.rise - TOLERANCE
    success = kappa >= rise
    if floor is not None:
        success &= np.asarray(floor) >= rise / 2
    if seen.chi is not None:
        success |= chi >= rule.g - TOLERANCE
    success &= gained.any(axis=1) & (gave_way | ~lost).all(axis=1)
    extorted = _extorted(tally, gained, lost, messages)
    intensified = _fell(seen, tally) >= rise
    conceded = (np.where(adjusting, tally.concessions, 0) > 0).any(axis=1)
    category = seen.structure.category
    regarding = tally.last @ seen.regarding >= np.ceil(rule.q * window - ROUNDING)
    silent = (kappa >= 1 - TOLERANCE) & (category == "mixed-interests")
    loss = lost.any(axis=1)
    cases = [
        (category == "independence", "independence", ""),
        ((category == "harmony") & regarding, "harmony", "structural"),
        (~attempted & silent, "convention", "silent"),
        (~attempted, "discord", "untried"),
        (success & loss & extorted, "cooperation" if count_imposed else "imposed adjustment", ""),
        (success & loss, "cooperation", "deferential"),
        (success & (len(messages) > 0), "cooperation", "negotiated"),
        (success & conceded, "cooperation", "adaptive"),
        (success, "cooperation", "tacit"),
        (intensified, "discord", "intensified"),
        (True, "discord", "resisted"),
    ]
    conditions = [np.broadcast_to(condition, R) for condition, _, _ in cases]

    # An emergence that no act of adjustment preceded is harmony or convention.
    attributed = (tally.emerged >= 0) & (begun <= tally.emerged)
    return Verdicts(
        label=np.select(conditions, [LABELS.index(x) for _, x, _ in cases]).astype(np.int8),
        qualifier=np.select(conditions, [QUALIFIERS.index(x) for _, _, x in cases]).astype(np.int8),
        kappa=kappa,
        chi=np.full(R, np.nan) if seen.chi is None else chi,
        after=after,
        emerged=np.where(attributed, tally.emerged, -1),
        broke=np.where(attributed, tally.broke, -1),
        acts=tally.forbearances + tally.concessions,
    )


def _extorted(
    tally: Tally,
    gained: NDArray[np.bool_],
    lost: NDArray[np.bool_],
    messages: Sequence[Message],
) -> NDArray[np.bool_]:
    """Whether a gainer used a negative inducement no later than another's first loss."""
    R, n = gained.shape
    first = tally.first_aggravation
    if first.ndim == 2:  # of two actors; who the other is need not be said
        first = np.broadcast_to(first[:, :, None], (R, n, n))
    extorted = np.zeros(R, dtype=bool)
    for i, j in permutations(range(n), 2):
        onset = tally.first_loss[:, j]
        used = (first[:, i, j] >= 0) & (first[:, i, j] <= onset)
        for x in messages:
            if x.kind in NEGATIVE and x.sender == i and x.reaches(j):
                used |= x.period <= onset
        extorted |= gained[:, i] & lost[:, j] & used
    return extorted


def _fell(seen: Lens, tally: Tally) -> NDArray[np.float64]:
    """How far compatibility fell from the first window to the last, in κ, or in C without it."""
    scale = seen.compatibility if seen.kappa is None else seen.kappa
    first = tally.first @ scale / tally.first.sum(axis=1)
    return np.asarray(first - tally.last @ scale / tally.last.sum(axis=1))
