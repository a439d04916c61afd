"""Rules shaped by the powerful (theory.md 1.5.12), and hegemonic cooperation (1.5.8).

Regimes are shaped largely by their most powerful members, pursuing their own interests (After
Hegemony, ch. 4). How far a rule is from what an actor would want is what it gives up at best:

    distance_i = (max_a u_i(a) − max {u_i(a) : all who are addressed comply}) / rng_i.

The rank correlation of distances with power shares (C. Spearman, 1904) is negative if rules follow
power. Where all have the same power or the same distance there is no such correlation.

Cooperation is *hegemonic* if power is concentrated, HHI* ≥ .25 (`coopgames.games.power`), and the
most powerful actor's rule was followed. With s_i = i's share of the burdens and y_i of the gains it
is then *benevolent* if s_h > y_h and *coercive* if s_h < y_h for the hegemon h.

Actors build institutions in their own favour: the mean y of those who proposed one less that of the
others is positive, with π_i taken off each share if power as such is not to count.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games import Power
from coopgames.mistakes import Mistake
from coopgames.regimes.compliance import compliant
from coopgames.regimes.regime import Injunction, Regime

Floats = NDArray[np.float64]


def distances_from_ideal(regime: Regime, q: Injunction) -> Floats:
    """Compute how far an injunction keeps each seat from what it would want.

    Parameters
    ----------
    regime : Regime
        The regime.
    q : Injunction
        One of its injunctions, about a game.

    Returns
    -------
    ndarray, shape (n,)
        From 0 to 1: the mean over what was done last; 0 for a seat whose payoff never changes.
    """
    game = regime.issue(q.issue).game
    if game is None:
        raise Mistake(f'"{q.name}" is a procedure, whose moves have no payoffs')
    tables = {i: compliant(regime, q, i) for i in regime.addressed(q)}
    span = [max([t.shape[axis] for t in tables.values()], default=1) for axis in (0, 1)]
    given_up = []
    for own, others in np.ndindex(*span):
        choices = [np.arange(k) for k in game.shape]
        for i, t in tables.items():
            allowed = t[min(own, t.shape[0] - 1), min(others, t.shape[1] - 1)]
            choices[i] = np.flatnonzero(allowed)
        left = np.array([u[np.ix_(*choices)].max() for u in game.payoffs])
        given_up.append(game.payoffs.reshape(game.n, -1).max(axis=1) - left)
    rng = np.ptp(game.payoffs.reshape(game.n, -1), axis=1)
    return np.asarray(np.mean(given_up, axis=0) / np.where(rng > 0, rng, 1.0))


def rank_correlation(first: ArrayLike, second: ArrayLike) -> float:
    """Compute Spearman's rank correlation, equal values sharing the mean of their ranks.

    Parameters
    ----------
    first, second : array_like, shape (n,)
        A value for each actor.

    Returns
    -------
    float
        From −1 to 1; NaN where all values of one are the same.
    """
    x, y = (_ranks(np.asarray(v, float)) for v in (first, second))
    if x.shape != y.shape:
        raise Mistake(f"{len(x)} values cannot be ranked against {len(y)}")
    x, y = x - x.mean(), y - y.mean()
    scale = math.sqrt(float((x**2).sum() * (y**2).sum()))
    return float((x * y).sum()) / scale if scale > 0 else math.nan


def shares(amounts: ArrayLike) -> Floats:
    """Compute what part of a total each has: of the burdens, s, or of the gains, y.

    Parameters
    ----------
    amounts : array_like, shape (n,) or (T, n)
        For each actor, in each period perhaps; in one unit, or each in a unit that makes them
        comparable, such as shares of what it had.

    Returns
    -------
    ndarray, shape (n,)
        They add up to 1; NaN where the total is 0.
    """
    total = np.asarray(amounts, float).reshape(-1, np.shape(amounts)[-1]).sum(axis=0)
    whole = total.sum()
    return np.asarray(total / whole) if whole else np.full(len(total), math.nan)


@dataclass(frozen=True)
class Leadership:
    """What kind of leadership there was.

    Parameters
    ----------
    leader : int
        The seat with the largest share of power.
    hegemonic : bool
        Whether power is concentrated and its rule was followed.
    kind : str
        ``"benevolent"``, ``"coercive"`` or ``"even"``; empty where it is not hegemonic.
    burden, gain : float
        The leader's shares, s and y.
    """

    leader: int
    hegemonic: bool
    kind: Literal["benevolent", "coercive", "even", ""]
    burden: float
    gain: float


def leadership(
    held: Power, burdens: ArrayLike, gains: ArrayLike, *, followed: bool = True
) -> Leadership:
    """Judge whether cooperation was hegemonic, and of which kind.

    Parameters
    ----------
    held : Power
        Who has power over whom.
    burdens, gains : array_like, shape (n,) or (T, n)
        See `shares`.
    followed : bool
        Whether the leader's proposal or first move preceded the adjustment.
    """
    if np.isnan(held.shares).any():
        raise Mistake("nobody has power over anybody, so there is no leader")
    h = int(held.shares.argmax())
    s, y = (float(shares(amounts)[h]) for amounts in (burdens, gains))
    hegemonic = held.hegemonic and followed
    kind: Literal["benevolent", "coercive", "even", ""] = ""
    if hegemonic:
        kind = "even" if math.isclose(s, y) else "benevolent" if s > y else "coercive"
    return Leadership(h, hegemonic, kind, s, y)


def proposers_advantage(
    gains: ArrayLike, proposers: Collection[int], power: ArrayLike | None = None
) -> float:
    """Compute how much more those gain by a regime who proposed it than the others do.

    Parameters
    ----------
    gains : array_like, shape (n,)
        What each gains, in one unit.
    proposers : collection of int
        Some of the seats, not all.
    power : array_like, shape (n,), optional
        Shares of power: what each has of the gains is then counted beyond its share of power.

    Returns
    -------
    float
        Mean share of the proposers minus that of the others.
    """
    y = shares(gains) - (0.0 if power is None else np.asarray(power, dtype=float))
    who = np.isin(np.arange(len(y)), list(proposers))
    if who.all() or not who.any():
        raise Mistake("who proposed a regime is compared with who did not; some of each")
    return float(y[who].mean() - y[~who].mean())


def _ranks(values: Floats) -> Floats:
    return np.array([(values < v).sum() + ((values == v).sum() + 1) / 2 for v in values])
