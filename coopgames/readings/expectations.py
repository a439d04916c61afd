"""How expectations develop and converge, period by period (theory.md 1.5.6).

In a match each seat has one observer, so that agreement is 1 and

    E_t = mean over the seats that are observed of p_t,

the mean being exact, over the law of the joint states. Where m observers meet a target, each in
matches of its own, b_i are their mean beliefs, and

    E_t = mean_k Ag_k F_k

as in `coopgames.regimes.convergence`. (Agreement is that of mean beliefs. It is at least as high as
the agreement of beliefs in single courses is on average, since the Jensen–Shannon divergence is
convex.)

Of two there is a second order too: what 1 expects of 2, against what 2 thinks that 1 expects of it.
Who knows no better takes the other to expect of it what it expects of the other, and is wrong by
|p_1 − p_2|.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play import Field, Match, believed
from coopgames.regimes import agreement, convergence, focus
from coopgames.strategies import Expecting

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Expectations:
    """What is expected in a match, exactly, in each of T periods before anybody acts.

    Parameters
    ----------
    mean : ndarray, shape (T, 2)
        How likely each seat takes the other to do what is asked of it, on average; NaN for a seat
        that forms no expectations.
    values : tuple of ndarray
        For each seat the beliefs that it may come to hold, rising.
    law : tuple of ndarray, each of shape (T, number of values)
        How likely it holds each of them.
    gap : ndarray, shape (T,)
        Mean second-order gap; NaN where only one seat forms expectations.
    """

    mean: Floats
    values: tuple[Floats, Floats]
    law: tuple[Floats, Floats]
    gap: Floats

    @property
    def convergence(self) -> Floats:
        """E_t, shape (T,)."""
        return np.asarray(np.nanmean(self.mean, axis=1))


@dataclass(frozen=True, eq=False)
class FieldExpectations:
    """How a field's expectations of each of its members converge.

    Parameters
    ----------
    targets : tuple of str
        Those of whom something is expected, K of them.
    agreement, focus : ndarray, shape (T, K)
        Ag and F.
    convergence : ndarray, shape (T,)
        E.
    """

    targets: tuple[str, ...]
    agreement: Floats
    focus: Floats
    convergence: Floats


def expectations_over_time(match: Match, periods: int) -> Expectations:
    """Solve what is expected in a match, period by period.

    Parameters
    ----------
    match : Match
        Two automata, at least one of which forms expectations. Its horizon matters as far as they
        go by it.
    periods : int
        How many periods to look at.

    Returns
    -------
    Expectations
    """
    found = believed(match)
    chain = found.chain
    now = np.eye(chain.states)[0]
    states = np.empty((periods, chain.states))
    for t in range(periods):
        states[t] = now
        flow = now[chain.source] * chain.probability
        now = np.bincount(chain.target, flow, chain.states)
    values, laws = [], []
    for p in found.p.T:
        held, which = np.unique(p, return_inverse=True)
        values.append(held)
        laws.append(states @ np.eye(len(held))[which.ravel()])
    return Expectations(
        states @ found.p, (values[0], values[1]), (laws[0], laws[1]),
        states @ np.abs(found.p[:, 0] - found.p[:, 1]),
    )  # fmt: skip


def convergence_over_time(field: Field, periods: int) -> FieldExpectations:
    """Say how the expectations of several observers about each of a field converge.

    Parameters
    ----------
    field : Field
        Who is there. Everybody but the target itself that forms expectations observes it, in a
        match in which it has seat 1.
    periods : int
        How many periods to look at.

    Raises
    ------
    Mistake
        If nobody there forms expectations of another.
    """
    n = len(field.strategies)
    observers = [i for i, s in enumerate(field.strategies) if isinstance(s.rule, Expecting)]
    targets = [k for k in range(n) if any(i != k for i in observers)]
    if not targets:
        raise Mistake("nobody in the field forms expectations of another")
    p = {
        k: np.stack([
            expectations_over_time(field.match(i, k), periods).mean[:, 0]
            for i in observers if i != k
        ], axis=1)
        for k in targets
    }  # fmt: skip
    both = [[np.stack([x, 1 - x], axis=1) for x in (p[k][t] for k in targets)]
            for t in range(periods)]  # fmt: skip
    return FieldExpectations(
        tuple(field.labels[k] for k in targets),
        np.array([[agreement(b) for b in row] for row in both]),
        np.array([[focus(b, {0}) for b in row] for row in both]),
        np.array([convergence(row, [{0}] * len(row)) for row in both]),
    )
