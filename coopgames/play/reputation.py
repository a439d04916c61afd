"""Random matching with public reputations: which norms hold up cooperation among strangers.

Everybody is good or bad in the eyes of all. Again and again a donor meets somebody: it may help, at
a cost c, which is worth b to the other. It goes by an *action rule*, what to do given its own
reputation i and the other's j. A *norm* then says what its reputation is from now on, given i, j
and what it did. An attempt to help fails with probability e; a new reputation is assigned wrongly
with probability μ, and all see the same wrong one.

In a large population that follows action rule p under norm d, with A_p(i, j) the probability of
being good after meeting a j as an i, the share h of the good is at rest where

    h = Σ_ij x_i x_j A_p(i, j),     x = (h, 1 − h)

which is a quadratic in h, positive at 0 and negative at 1 if μ > 0, so that there is one root. A
single actor with another rule q is good for a share g = Σ_j x_j [g A_q(0, j) + (1 − g) A_q(1, j)]
of the time, and gets

    W(q | p) = (1 − e) [ b Σ_ij x_i y_j p(i, j) − c Σ_ij y_i x_j q(i, j) ],     y = (g, 1 − g)

A pair (d, p) is *stable* if p does better than each of the fifteen other rules: an evolutionarily
stable strategy. H. Ohtsuki and Y. Iwasa, "How should we define goodness? – reputation dynamics in
indirect reciprocity", J. Theor. Biol. 231, 2004, and "The leading eight: social norms that can
maintain cooperation by indirect reciprocity", J. Theor. Biol. 239, 2006, whose results these are;
the formulation is ours.

The norm is a regime, reputation its public state, and helping or not is all that anybody does: bad
standing costs what others do about it, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NORMS, RULES = 256, 16
"""How many norms and how many action rules there are."""


@dataclass(frozen=True, eq=False)
class ReputationSystem:
    """A norm and an action rule.

    Parameters
    ----------
    good : array_like of bool, shape (2, 2, 2)
        ``good[i, j, a]``: whether who was i, met a j and did a is good from then on. Reputations
        are 0 for good and 1 for bad; actions are 0 for helping and 1 for not.
    helps : array_like of bool, shape (2, 2)
        ``helps[i, j]``: whether an i means to help a j.
    """

    good: Bools
    helps: Bools

    def __init__(self, good: ArrayLike, helps: ArrayLike) -> None:
        norm, rule = np.array(good, dtype=bool), np.array(helps, dtype=bool)
        if norm.shape != (2, 2, 2) or rule.shape != (2, 2):
            raise Mistake(
                f"a norm of shape {norm.shape} and an action rule of shape {rule.shape} must have "
                "shapes (2, 2, 2) and (2, 2)"
            )
        norm.flags.writeable = rule.flags.writeable = False
        object.__setattr__(self, "good", norm)
        object.__setattr__(self, "helps", rule)

    def mirrored(self) -> ReputationSystem:
        """Exchange the names good and bad: the same system."""
        return ReputationSystem(~self.good[::-1, ::-1], self.helps[::-1, ::-1])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReputationSystem) and self._bits == other._bits

    def __hash__(self) -> int:
        return hash(self._bits)

    @property
    def _bits(self) -> bytes:
        return self.good.tobytes() + self.helps.tobytes()


@dataclass(frozen=True, eq=False)
class ReputationOutcome:
    """What reputation systems come to.

    Parameters
    ----------
    good : ndarray, shape (N,)
        The share of the good.
    cooperation : ndarray, shape (N,)
        How often one helps.
    payoffs : ndarray, shape (N,)
        Payoff of an encounter in either role.
    advantage : ndarray, shape (N,)
        By how much the action rule does better than the best of the fifteen others; stable where
        positive.
    """

    good: Floats
    cooperation: Floats
    payoffs: Floats
    advantage: Floats


def all_systems() -> tuple[ReputationSystem, ...]:
    """List all 4096 systems: each norm with each action rule."""
    norms = _bits(NORMS, 8).reshape(-1, 2, 2, 2)
    rules = _bits(RULES, 4).reshape(-1, 2, 2)
    return tuple(ReputationSystem(norm, rule) for norm in norms for rule in rules)


def _bits(count: int, width: int) -> Bools:
    return np.asarray(np.arange(count)[:, None] >> np.arange(width)[::-1] & 1, dtype=bool)


def leading_eight() -> tuple[ReputationSystem, ...]:
    """List the leading eight, good meaning good.

    Helping the good is good and not helping them is bad, whoever one is; a good one who does not
    help a bad one stays good, and does not. What else is thought of meetings with the bad is free.
    A bad one helps a bad one if, and only if, that alone would make it good.
    """
    found = []
    for free in _bits(8, 3):
        good = np.zeros((2, 2, 2), dtype=bool)
        good[:, 0, 0] = True
        good[0, 1] = free[0], True
        good[1, 1] = free[1:]
        helps = [[True, False], [True, free[1] and not free[2]]]
        found.append(ReputationSystem(good, helps))
    return tuple(found)


def reputation_outcome(
    systems: tuple[ReputationSystem, ...],
    *,
    benefit: float = 2.0,
    cost: float = 1.0,
    execution: float = 0.001,
    assignment: float = 0.001,
) -> ReputationOutcome:
    """Solve reputation systems: how much is helped, and whether another rule would pay.

    Parameters
    ----------
    systems : tuple of ReputationSystem
        N of them.
    benefit, cost : float
        What help is worth, and what it costs.
    execution, assignment : float
        Probability that an attempt to help fails, in [0, 1), and that a reputation is assigned
        wrongly, in (0, 1): without such errors what a population comes to depends on where it
        started.

    Returns
    -------
    ReputationOutcome

    Raises
    ------
    Mistake
        If an error probability is not in its interval.
    """
    e, mu = execution, assignment
    if not 0 <= e < 1 or not 0 < mu < 1:
        raise Mistake(f"execution = {e:g} must lie in [0, 1) and assignment = {mu:g} in (0, 1)")
    norm = np.array([system.good for system in systems])
    rule = np.array([system.helps for system in systems])
    others = _bits(RULES, 4).reshape(RULES, 2, 2)
    kept = _kept(norm, rule, e, mu)  # (N, 2, 2): good afterwards, by both reputations
    x = _at_rest(kept)
    fallen = _kept(norm[:, None], others, e, mu)  # (N, 16, 2, 2)
    to_good = (fallen * x[:, None, None, :]).sum(axis=-1)  # by own reputation
    g = to_good[..., 1] / (1 - to_good[..., 0] + to_good[..., 1])
    y = np.stack([g, 1 - g], axis=-1)
    received = np.einsum("ni,nqj,nij->nq", x, y, rule)
    given = np.einsum("nqi,nj,qij->nq", y, x, others)
    worth = (1 - e) * (benefit * received - cost * given)
    own = (others[None] == rule[:, None]).all(axis=(2, 3))
    payoffs = worth[own]
    advantage = payoffs - np.where(own, -np.inf, worth).max(axis=1)
    return ReputationOutcome(x[:, 0], (1 - e) * given[own], payoffs, advantage)


def _kept(norm: Bools, rule: Bools, e: float, mu: float) -> Floats:
    """Say how likely one is good after a meeting, by both reputations, as the rule acts."""
    good = np.where(norm, 1 - mu, mu)
    helped = (1 - e) * good[..., 0] + e * good[..., 1]
    return np.where(rule, helped, good[..., 1])


def _at_rest(kept: Floats) -> Floats:
    """Find the shares of the good and the bad that stay as they are: (N, 2).

    With h the share of the good and A = `kept`,

        h² (A₀₀ − A₀₁ − A₁₀ + A₁₁) + h (A₀₁ + A₁₀ − 2 A₁₁ − 1) + A₁₁ = 0
    """
    a = kept[:, 0, 0] - kept[:, 0, 1] - kept[:, 1, 0] + kept[:, 1, 1]
    b = kept[:, 0, 1] + kept[:, 1, 0] - 2 * kept[:, 1, 1] - 1
    c = kept[:, 1, 1]
    # c > 0 and a + b + c < 0: one root in (0, 1). Written so that a = 0 does no harm.
    h = 2 * c / (-b + np.sqrt(b * b - 4 * a * c))
    return np.stack([h, 1 - h], axis=-1)
