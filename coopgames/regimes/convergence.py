"""How far expectations converge, and on what (theory.md 1.5.6).

m observers each have a distribution b_i over what actor k will do next.

    agreement  Ag = 1 − JSD(b_1 … b_m)/log m      JSD: entropy of the mean − mean of the entropies
    sharpness  Sh = 1 − mean_i H(b_i)/log|A_k|
    focus      F  = mean_i b_i(B_q)               what complies
    accuracy   Br = mean_i Σ_a (b_i(a) − 1[a was done])²      G. W. Brier, 1950; 0 is perfect
    convergence on the regime  E = mean over k of Ag_k F_k

(JSD: J. Lin, IEEE Trans. Information Theory 37, 1991.) Agreement alone is no convergence on a
regime: all may agree that nobody will comply, and then E is low. For two actors there is a second
order: what 1 expects of 2, against what 2 thinks that 1 expects.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake

Floats = NDArray[np.float64]


def agreement(beliefs: ArrayLike) -> float:
    """Compute Ag.

    Parameters
    ----------
    beliefs : array_like, shape (m, k)
        A distribution for each observer.

    Returns
    -------
    float
        From 0 to 1; 1 if there is one observer.
    """
    b = _checked(beliefs)
    if len(b) == 1:
        return 1.0
    apart = _entropy(b.mean(axis=0)[None])[0] - _entropy(b).mean()
    return float(1 - apart / math.log(len(b)))


def sharpness(beliefs: ArrayLike) -> float:
    """Compute Sh: 0 for uniform beliefs, 1 for certain ones; NaN if there is one action only."""
    b = _checked(beliefs)
    k = b.shape[1]
    return float(1 - _entropy(b).mean() / math.log(k)) if k > 1 else math.nan


def focus(beliefs: ArrayLike, complies: Collection[int]) -> float:
    """Compute F: how likely compliance is taken to be.

    Parameters
    ----------
    beliefs : array_like, shape (m, k)
        A distribution for each observer.
    complies : collection of int
        The numbers of the actions that comply.
    """
    b = _checked(beliefs)
    return float(b[:, sorted(complies)].sum(axis=1).mean())


def accuracy(beliefs: ArrayLike, done: ArrayLike) -> float:
    """Compute Br, the mean Brier score.

    Parameters
    ----------
    beliefs : array_like, shape (m, k) or (T, m, k)
        A distribution for each observer, perhaps in each period.
    done : array_like of int, shape () or (T,)
        What the actor then did.
    """
    b, a = np.asarray(beliefs, float), np.asarray(done)
    b = b[None] if b.ndim == 2 else b
    for row in b:
        _checked(row)
    fact = np.eye(b.shape[-1])[np.atleast_1d(a)][:, None]
    return float(((b - fact) ** 2).sum(axis=-1).mean())


def convergence(beliefs: Sequence[ArrayLike], complies: Sequence[Collection[int]]) -> float:
    """Compute E, how far expectations converge on what a regime demands.

    Parameters
    ----------
    beliefs : sequence of array_like, each of shape (m, k)
        For each actor that something is expected of, a distribution for each observer.
    complies : sequence of collection of int
        For each of these actors, the actions that comply.
    """
    each = [
        agreement(b) * focus(b, good) for b, good in zip(beliefs, complies, strict=True)
    ]  # fmt: skip
    if not each:
        raise Mistake("nothing is expected of anybody; at least one actor is needed")
    return math.fsum(each) / len(each)


def second_order_gap(expects: float, thought: float) -> float:
    """Compute how far 2 is wrong about what 1 expects of it.

    Parameters
    ----------
    expects : float
        How likely 1 takes 2's compliance to be.
    thought : float
        How likely 2 thinks that 1 takes it to be.
    """
    return abs(expects - thought)


def dirichlet_beliefs(
    actions: ArrayLike, k: int, prior: ArrayLike = 1.0, decay: float = 1.0
) -> Floats:
    """Estimate what an observer that only counts expects, period by period.

    Parameters
    ----------
    actions : array_like of int, shape (T,)
        What the actor did.
    k : int
        How many actions it has.
    prior : array_like, shape () or (k,)
        Counts before the first period, above 0.
    decay : float
        By what each count is multiplied when a period has passed, from 0 to 1.

    Returns
    -------
    ndarray, shape (T + 1, k)
        Before the first period, and after each.
    """
    counts = np.broadcast_to(np.asarray(prior, float), (k,)).copy()
    found = [counts / counts.sum()]
    for a in np.asarray(actions):
        counts *= decay
        counts[a] += 1
        found.append(counts / counts.sum())
    return np.array(found)


def _checked(beliefs: ArrayLike) -> Floats:
    b = np.asarray(beliefs, float)
    if b.ndim != 2 or 0 in b.shape or (b < 0).any() or not np.allclose(b.sum(axis=1), 1):
        raise Mistake(
            f"beliefs are a row for each observer, a probability for each action; these have "
            f"shape {b.shape} and sums {np.round(b.sum(axis=-1), 6).tolist()}"
        )
    return b


def _entropy(b: Floats) -> Floats:
    logs = np.log(np.where(b > 0, b, 1.0))
    return np.asarray(-(b * logs).sum(axis=1))
