"""Whose acts are attempts at adjustment, where only the record is known.

Who draws lots forbears all the time, by accident. A strategy's table says whether its play responds
to what it sees; a record does not. So an actor's choices are compared with themselves, put into
random order: if it paid no attention to the others, any order is as likely as the one that came
about. As a measure of attention serves, with N_ab the number of periods in which it chose b after
another's a,

    G = Σ over the others, a, b of N_ab log N_ab                   (larger: more dependent)

which is the likelihood-ratio statistic of independence but for constants, since shuffling leaves
how often each action was taken as it is. Its rank among shuffles is an exact test. So is that of
the number of times an actor changed its action: who keeps to an action for a while, and then to
another, draws no lots either, nor does who takes turns, even if the others gave it nothing to
respond to. Each of the two tests has half of the error that is allowed.

An actor's acts count as attempts if it responds or has a pattern by these tests, if it takes one
and the same action in at least a share q of the periods (constancy, a trembling hand allowed for),
or if its choices have so few orders that no record as short could show anything. (Theory.md 1.2.3
has a rule for forbearance alone, by its rate; in a prisoner's dilemma that rate is the same for
every order: docs/theory/decisions.md.) The rate of forbearance beside the shuffled one is reported
wherever that was asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import lgamma, log

import numpy as np
from numpy.typing import NDArray

from coopgames.readings.acts import towards_anybody
from coopgames.readings.lens import Lens
from coopgames.readings.passages import coordinated, passages

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

ALARM = 0.05
"""An actor that pays no attention is taken to respond with this probability at most."""

FEW = 240
"""With fewer orders a single lasting change, which two of them have, might be luck."""

SHUFFLES = 999

AT_ONCE = 10**6
"""So many choices are shuffled at once."""


@dataclass(frozen=True)
class Attention:
    """Whether an actor's acts can be attempts at adjustment, and why.

    Parameters
    ----------
    counts : bool
        Whether they can.
    reason : {"constant", "responds", "pattern", "short", "uncounted", "random"}
        Why: one and the same action; choices that depend on what was seen; actions that change
        less or more often than in random order; too few orders to tell; nobody asked; or not,
        since any other order of its choices would look the same.
    p : float
        How likely so much dependence is without attention; NaN where it was not asked.
    forbearance : float
        Share of periods in which it forbore.
    shuffled, upper : float
        The same with all actors' choices shuffled: the mean, and the upper 95 % point; NaN where
        it was not asked.
    """

    counts: bool
    reason: str
    p: float
    forbearance: float
    shuffled: float
    upper: float


def attention(
    seen: Lens, course: Counts, shuffles: int = SHUFFLES, seed: int = 1
) -> tuple[Attention, ...]:
    """Say for each actor whether its acts can be attempts at adjustment.

    Parameters
    ----------
    seen : Lens
        How the game's profiles are read.
    course : ndarray of int, shape (T,)
        Numbers of profiles.
    shuffles : int
        How many orders are drawn; 0 to count everybody's acts.
    seed : int
        Where luck starts.
    """
    n, T = seen.game.n, len(course)
    actions = [seen.acts.action(i, course) for i in range(n)]
    forbears = towards_anybody(seen.acts.along(course).forbearance)
    reasons = [_at_once(own, seen.rule.q) for own in actions]
    others = [[actions[j] for j in range(n) if j != i] for i in range(n)]
    rates = np.full((n, 1), np.nan)
    drawn, changes = rates.copy(), rates.copy()
    if shuffles and any(r is None for r in reasons):
        parts = [
            (
                _forbearance(seen, orders),
                np.array([_dependence(orders[i], others[i]) for i in range(n)]),
                np.array([_changes(orders[i]) for i in range(n)]),
            )
            for orders in _orders(actions, shuffles, seed)
        ]
        rates, drawn, changes = (np.concatenate(x, axis=1) for x in zip(*parts, strict=True))
    found = []
    for i in range(n):
        reason, p = reasons[i] or "uncounted", np.nan
        if reasons[i] is None and shuffles:
            observed, moves = _dependence(actions[i][None], others[i]), _changes(actions[i][None])
            p = (1 + int((drawn[i] >= observed - 1e-9).sum())) / (1 + shuffles)
            tail = min(int((changes[i] <= moves).sum()), int((changes[i] >= moves).sum()))
            pattern = 2 * (1 + tail) / (1 + shuffles)
            reason = (
                "responds" if p <= ALARM / 2 else "pattern" if pattern <= ALARM / 2 else "random"
            )  # fmt: skip
        found.append(
            Attention(
                counts=reason != "random",
                reason=reason,
                p=float(p),
                forbearance=float(forbears[i].mean()) if T else np.nan,
                shuffled=float(rates[i].mean()),
                upper=float(np.quantile(rates[i], 0.95, method="higher")),
            )
        )
    return tuple(found)


def false_alarms(
    seen: Lens, course: Counts, turns: int = 1, shuffles: int = SHUFFLES, seed: int = 1
) -> tuple[float, float]:
    """Find how often coordination would seem to emerge by luck, from shuffled choices.

    Returns
    -------
    p : float
        Share of coordinated periods if nobody paid attention.
    alarms : float
        Share of shuffled records in which the rule finds an emergence; NaN where the record is too
        short to be measured.
    """
    rule, actions = seen.rule, [seen.acts.action(i, course) for i in range(seen.game.n)]
    Z = [
        coordinated(seen, one, turns)
        for orders in _orders(actions, shuffles, seed)
        for one in _profiles(seen, orders)
    ]
    if len(course) < 4 * rule.L:
        return float(np.mean(Z)), np.nan
    return float(np.mean(Z)), float(np.mean([bool(passages(z, rule.L, rule.m)) for z in Z]))


def _at_once(own: Counts, q: float) -> str | None:
    """Give the reason that needs no shuffling, if there is one."""
    often = np.bincount(own) if len(own) else np.array([0])
    if often.max() >= q * len(own) - 1e-9:
        return "constant"
    orders = lgamma(len(own) + 1) - sum(lgamma(c + 1) for c in often)
    return "short" if orders < log(FEW) else None


def _orders(actions: list[Counts], shuffles: int, seed: int) -> Iterator[list[Counts]]:
    """Put each actor's choices into random orders: some at a time, an array (some, T) for each."""
    rng = np.random.default_rng(seed)
    most = max(1, AT_ONCE // max(1, len(actions[0])))
    for start in range(0, shuffles, most):
        some = min(most, shuffles - start)
        yield [rng.permuted(np.tile(own, (some, 1)), axis=1) for own in actions]


def _profiles(seen: Lens, orders: list[Counts]) -> Counts:
    """Give the numbers of the profiles of shuffled choices: (some, T)."""
    return np.asarray(sum(o * s for o, s in zip(orders, seen.acts.strides, strict=True)))


def _dependence(own: Counts, others: list[Counts]) -> Floats:
    """G of rows of one's own choices with what was seen before each."""
    total = np.zeros(len(own))
    for other in others:
        k, size = 1 + int(own.max()), (1 + int(own.max())) * (1 + int(other.max()))
        cell = own[:, 1:] + k * other[None, :-1] + size * np.arange(len(own))[:, None]
        N = np.bincount(cell.ravel(), minlength=len(own) * size).reshape(len(own), size)
        total += np.where(N > 0, N * np.log(np.maximum(N, 1)), 0.0).sum(axis=1)
    return total


def _changes(own: Counts) -> Counts:
    """How often rows of one's own choices change."""
    return np.asarray((own[:, 1:] != own[:, :-1]).sum(axis=1))


def _forbearance(seen: Lens, orders: list[Counts]) -> Floats:
    """Share of periods in which each actor forbears, in shuffled records: (n, some)."""
    drawn = _profiles(seen, orders)
    first = seen.acts.opening(drawn[:, 0]).forbearance.any(axis=1)
    later = seen.acts.between(drawn[:, :-1], drawn[:, 1:]).forbearance.any(axis=1)
    return np.asarray((first + later.sum(axis=2)) / drawn.shape[1])
