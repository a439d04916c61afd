"""When coordination emerges, over many courses: survival with censoring."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def kaplan_meier(
    time: ArrayLike, event: ArrayLike, weight: ArrayLike | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
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
    t, e = np.asarray(time, dtype=np.float64), np.asarray(event, dtype=bool)
    n = np.ones(len(t)) if weight is None else np.asarray(weight, dtype=np.float64)
    times = np.unique(t[e])
    at_risk = np.array([n[t >= x].sum() for x in times])
    events = np.array([n[e & (t == x)].sum() for x in times])
    return times, np.cumprod(1 - events / at_risk) if len(times) else np.empty(0)


def median_time(time: ArrayLike, event: ArrayLike, weight: ArrayLike | None = None) -> float | None:
    """Give the Kaplan–Meier median: the first time with S(t) ≤ 1/2; None if there is none."""
    times, survival = kaplan_meier(time, event, weight)
    reached = np.flatnonzero(survival <= 0.5 + 1e-12)
    return float(times[reached[0]]) if len(reached) else None
