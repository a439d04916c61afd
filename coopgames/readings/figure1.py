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

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games import Game
from coopgames.play import Tally, count
from coopgames.readings.lens import TOLERANCE, Lens, lens
from coopgames.readings.rule import ROUNDING, Rule
from coopgames.strategies import Automaton, Guided, Strategy

LABELS = ("harmony", "convention", "cooperation", "imposed adjustment", "discord", "independence")
QUALIFIERS = (
    "", "structural", "silent", "tacit", "adaptive", "negotiated", "deferential",
    "untried", "resisted", "intensified",
)  # fmt: skip

NO_ATTEMPT = frozenset({"accept", "reject"})
"""Kinds of message that answer an attempt at adjustment and are none themselves."""


@dataclass(frozen=True)
class Message:
    """Something one actor told the other before the choices of a period.

    Parameters
    ----------
    period : int
        The period, numbered from 0.
    sender : int
        The seat that sent it.
    kind : str
        ``offer``, ``promise``, ``threat``, ``demand``, ``request``, ``inform``, ``announce``,
        ``commitment``, ``side_payment``, ``sanction_notice``, ``consult``, ``accept``, ``reject``.
    """

    period: int
    sender: int
    kind: str


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
    after : ndarray, shape (R, 2)
        Mean payoff per period over the last window.
    emerged, broke : ndarray of int64, shape (R,)
        Periods before coordination emerged, and before it broke down; −1 if it never did.
    acts : ndarray of int64, shape (R, 2)
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
) -> Verdicts:
    """Read what was counted.

    Parameters
    ----------
    seen : Lens
        How the game's profiles are read.
    tally : Tally
        The counts of R courses.
    adjusting : array_like of bool, shape (2,) or (R, 2)
        Whether each seat's acts can be attempts (see `adjusts`); for all courses, or for each.
    messages : sequence of Message
        What was said, in every one of these courses.

    Returns
    -------
    Verdicts
    """
    rule, R = seen.rule, len(tally.periods)
    window = tally.last.sum(axis=1)
    kappa, chi = seen.mean_kappa(tally.last), seen.mean_chi(tally.last)
    after = tally.last @ seen.payoffs.T / window[:, None]
    d = seen.structure.before
    gained, lost = after > d + seen.slack, after < d - seen.slack

    counted = np.where(adjusting, tally.first_attempt, -1)
    talk = min((x.period for x in messages if x.kind not in NO_ATTEMPT), default=-1)
    starts = np.column_stack([counted, np.full(R, talk)])
    begun = np.where(starts < 0, np.iinfo(np.int64).max, starts).min(axis=1)
    attempted = begun < np.iinfo(np.int64).max
    gave_way = counted >= 0

    rise = rule.rise - TOLERANCE
    success = (
        (kappa >= rise) | (chi >= rule.g - TOLERANCE) if seen.chi is not None else kappa >= rise
    )
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
        (success & loss & extorted, "imposed adjustment", ""),
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
    """Whether a gainer used a negative inducement no later than the other's first loss."""
    extorted = np.zeros(len(gained), dtype=bool)
    for i in range(2):
        onset = tally.first_loss[:, 1 - i]
        first = tally.first_aggravation[:, i]
        used = (first >= 0) & (first <= onset)
        for x in messages:
            used |= (x.kind == "threat") & (x.sender == i) & (x.period <= onset)
        extorted |= gained[:, i] & lost[:, 1 - i] & used
    return extorted


def _fell(seen: Lens, tally: Tally) -> NDArray[np.float64]:
    """How far compatibility fell from the first window to the last, in κ, or in C without it."""
    scale = seen.compatibility if seen.kappa is None else seen.kappa
    first = tally.first @ scale / tally.first.sum(axis=1)
    return np.asarray(first - tally.last @ scale / tally.last.sum(axis=1))


def read(
    game: Game,
    course: Sequence[Sequence[int]] | NDArray[np.integer],
    *,
    rule: Rule | None = None,
    messages: Sequence[Message] = (),
) -> Verdicts:
    """Read one history.

    Parameters
    ----------
    game : Game
        What was played.
    course : array_like of int, shape (periods, 2)
        The action of each seat in each period, numbered as in the game.
    rule : Rule, optional
        The conventions; the usual ones by default.
    messages : sequence of Message, optional
        What was said.

    Returns
    -------
    Verdicts
        With one row.
    """
    profiles = np.ravel_multi_index(tuple(np.asarray(course).T), game.shape)
    seen = lens(game, rule or Rule())
    return judge(seen, count(profiles, seen.counting), messages=messages)
