"""When coordination emerges, over many courses: survival with censoring.

With d_i observations that see the event at time t_i, of n_i that were still watched and had not
seen it,

    S(t) = Π_{t_i ≤ t} (1 − d_i/n_i)                                      (Kaplan & Meier 1958)
    Λ(t) = Σ_{t_i ≤ t} d_i/n_i,    var Λ = Σ d_i/n_i²                     (Nelson 1972; Aalen 1978)
    μ(u) = ∫_0^u S(t) dt,          var μ = Σ_{t_i ≤ u} [∫_{t_i}^u S]² d_i/(n_i(n_i − d_i))

μ is the *restricted mean time*: how long one waits on average if nobody is watched for longer than
u (Irwin 1949; Royston & Parmar 2013). Unlike a hazard ratio it means the same when hazards cross.

    F_k(t) = Σ_{t_i ≤ t} S(t_i−) d_{ki}/n_i                             (Aalen & Johansen 1978)

is how likely an event of kind k has come first by t, where events of several kinds compete: 1 − S
of each kind alone, the others taken for censored, would add up to more than one.

Arms are compared by the log-rank test (Mantel 1966): with O_g events in group g, of which
E_g = Σ d_i n_{gi}/n_i were to be expected if hazards were the same, (O − E)ᵀ V⁻ (O − E) is χ² with
one degree of freedom less than there are groups.

A weight is a number of observations that are alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Hazard:
    """A cumulative hazard.

    Parameters
    ----------
    times : ndarray
        The times of events, ascending.
    cumulative : ndarray
        Λ(t) at those times: how many events one would have seen, on average, had each been
        followed by another chance.
    variance : ndarray
        Of Λ(t).
    """

    times: Floats
    cumulative: Floats
    variance: Floats


@dataclass(frozen=True)
class Estimate:
    """A number with its variance.

    Parameters
    ----------
    value : float
        The estimate.
    variance : float
        Of the estimate; 0 where it is exact.
    """

    value: float
    variance: float


@dataclass(frozen=True)
class LogRank:
    """A log-rank test.

    Parameters
    ----------
    statistic : float
        χ².
    freedom : int
        Its degrees of freedom.
    p : float
        How likely so large a value is if nothing differs.
    """

    statistic: float
    freedom: int
    p: float


def kaplan_meier(
    time: ArrayLike, event: ArrayLike, weight: ArrayLike | None = None
) -> tuple[Floats, Floats]:
    """Estimate the share that has not emerged after a time (Kaplan & Meier 1958).

    Parameters
    ----------
    time : array_like, shape (n,)
        When it emerged, or until when it was watched.
    event : array_like of bool, shape (n,)
        Whether it emerged then.
    weight : array_like, shape (n,), optional
        For how many observations each stands; 1 by default.

    Returns
    -------
    times : ndarray
        The times at which something emerged, ascending.
    survival : ndarray
        S(t) at those times.
    """
    times, events, at_risk = _life_table(time, event, weight)
    return times, np.asarray(np.cumprod(1 - events / at_risk), dtype=np.float64)


def median_time(time: ArrayLike, event: ArrayLike, weight: ArrayLike | None = None) -> float | None:
    """Give the Kaplan–Meier median: the first time with S(t) ≤ 1/2; None if there is none."""
    times, survival = kaplan_meier(time, event, weight)
    reached = np.flatnonzero(survival <= 0.5 + 1e-12)
    return float(times[reached[0]]) if len(reached) else None


def nelson_aalen(time: ArrayLike, event: ArrayLike, weight: ArrayLike | None = None) -> Hazard:
    """Estimate the cumulative hazard; time, event and weight as for `kaplan_meier`."""
    times, events, at_risk = _life_table(time, event, weight)
    return Hazard(times, np.cumsum(events / at_risk), np.cumsum(events / at_risk**2))


def restricted_mean(
    time: ArrayLike, event: ArrayLike, until: float, weight: ArrayLike | None = None
) -> Estimate:
    """Estimate the mean time to the event if nobody is watched for longer than a time.

    Parameters
    ----------
    time, event, weight
        As for `kaplan_meier`.
    until : float
        The time u. Where the last observation is censored before it, S stays what it was then.

    Returns
    -------
    Estimate
        μ(u), and its variance if observations are independent.
    """
    times, events, at_risk = _life_table(time, event, weight)
    inside = times < until
    times, events, at_risk = times[inside], events[inside], at_risk[inside]
    survival = np.cumprod(1 - events / at_risk)
    steps = np.diff([0.0, *times, until])
    areas = np.concatenate([[1.0], survival]) * steps
    left = areas.sum() - np.cumsum(areas)[: len(times)]  # ∫ S from t_i on
    some = events < at_risk  # else S is 0 from here on, and so is what is left
    variance = left[some] ** 2 * events[some] / (at_risk[some] * (at_risk[some] - events[some]))
    return Estimate(float(areas.sum()), float(variance.sum()))


def aalen_johansen(
    time: ArrayLike, cause: ArrayLike, weight: ArrayLike | None = None
) -> tuple[Floats, Floats]:
    """Estimate which of several kinds of event comes first, and when.

    Parameters
    ----------
    time : array_like, shape (n,)
        When an event was seen, or until when it was watched for.
    cause : array_like of int, shape (n,)
        Which kind it was, from 1 on; 0 where none was seen.
    weight : array_like, shape (n,), optional
        For how many observations each stands; 1 by default.

    Returns
    -------
    times : ndarray
        The times of events, ascending.
    incidence : ndarray, shape (kinds, times)
        F_k(t) at those times. With S(t) they add up to 1.
    """
    kind = np.asarray(cause, dtype=np.int64)
    times, events, at_risk = _life_table(time, kind > 0, weight)
    before = np.cumprod(np.concatenate([[1.0], 1 - events / at_risk]))[:-1]
    t, n = np.asarray(time, dtype=np.float64), _weights(weight, len(kind))
    kinds = range(1, kind.max(initial=0) + 1)
    each = np.array([[n[(kind == k) & (t == x)].sum() for x in times] for k in kinds])
    each = each.reshape(len(kinds), len(times))
    return times, np.cumsum(before * each / at_risk, axis=1)


def log_rank(
    time: ArrayLike, event: ArrayLike, group: Sequence[object], weight: ArrayLike | None = None
) -> LogRank:
    """Test whether groups see the event at the same rate.

    Parameters
    ----------
    time, event, weight
        As for `kaplan_meier`.
    group : sequence
        Which group each belongs to; at least two.

    Raises
    ------
    Mistake
        If there is only one group.
    """
    from scipy.stats import chi2

    t, e = np.asarray(time, dtype=np.float64), np.asarray(event, dtype=bool)
    n = _weights(weight, len(t))
    names, number = np.unique(list(group), return_inverse=True)
    if len(names) < 2:
        raise Mistake("all observations are of one group; a log-rank test compares two or more")
    times = np.unique(t[e])
    of = number == np.arange(len(names))[:, None]
    risk = np.array([[n[g & (t >= x)].sum() for x in times] for g in of])
    seen = np.array([[n[g & e & (t == x)].sum() for x in times] for g in of])
    everyone, events = risk.sum(axis=0), seen.sum(axis=0)
    share = risk / everyone
    gap = (seen - share * events).sum(axis=1)
    # Hypergeometric: of so many at risk so many see it, whichever group they are of.
    spread = events * (everyone - events) / np.maximum(everyone - 1, 1)
    cover = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    rank = len(names) - 1
    # The gaps sum to 0: one follows from the others, and with it the matrix would be singular.
    gap, cover = gap[:-1], cover[:-1, :-1]
    statistic = float(gap @ np.linalg.pinv(cover, rcond=1e-12, hermitian=True) @ gap)
    return LogRank(statistic, rank, float(chi2.sf(statistic, rank)))


def wilson(successes: float, trials: float, level: float = 0.95) -> tuple[float, float]:
    """Give the interval of a share, which also serves near 0 and 1 (Wilson 1927).

    Parameters
    ----------
    successes, trials : float
        How often something happened, of how many independent trials.
    level : float, default 0.95
        How often such an interval is to hold the true share.

    Raises
    ------
    Mistake
        If there were no trials.
    """
    from scipy.special import ndtri

    if trials <= 0:
        raise Mistake("a share of no trials has no interval; give at least one")
    z, p = float(ndtri((1 + level) / 2)), successes / trials
    middle = (p + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * np.sqrt(p * (1 - p) / trials + (z / (2 * trials)) ** 2)
    # At the ends exactly, which rounding would miss.
    low = 0.0 if successes == 0 else float(middle - half)
    return low, 1.0 if successes == trials else float(middle + half)


def _weights(weight: ArrayLike | None, n: int) -> Floats:
    return np.ones(n) if weight is None else np.asarray(weight, dtype=np.float64)


def _life_table(
    time: ArrayLike, event: ArrayLike, weight: ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    """Give the times of events, how many there were, and how many were at risk."""
    t, e = np.asarray(time, dtype=np.float64), np.asarray(event, dtype=bool)
    n = _weights(weight, len(t))
    times, at = np.unique(t, return_inverse=True)
    events = np.bincount(at, n * e, len(times)).astype(np.float64)
    at_risk = np.cumsum(np.bincount(at, n, len(times))[::-1])[::-1].astype(np.float64)
    some = np.isin(times, t[e])
    return times[some], events[some], at_risk[some]
