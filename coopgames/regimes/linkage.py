"""How tightly a regime hangs together (theory.md 1.5.3), and what that lends a rule (1.5.12).

Over the declared links from a lower injunction to one that it serves,

    coherence = mean |B_low ∩ B_high| / |B_low|        does the rule implement the norm?
    coverage  = share of the principles and norms that something serves.

A link between issues cannot be compared action by action; it counts for coverage only. So does one
to or from a permission, which demands nothing.

*Legitimacy* of a rule: how much better it is followed where it is tied to accepted principles and
norms than where it stands alone. A technical rule may be obeyed only for what it serves.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.regimes.compliance import compliant
from coopgames.regimes.regime import Injunction, Regime
from coopgames.regimes.when import Mask


@dataclass(frozen=True)
class Link:
    """A lower injunction that serves a higher one.

    Parameters
    ----------
    lower, higher : str
        Their names.
    fit : float
        The share of what the lower one allows that the higher one allows too; NaN where they
        cannot be compared.
    """

    lower: str
    higher: str
    fit: float


def overlap(lower: Mask, higher: Mask) -> float:
    """Compute |B_low ∩ B_high| / |B_low|, averaged over the cases.

    Parameters
    ----------
    lower, higher : ndarray of bool, shape (…, k)
        Which actions comply; the shapes are broadcast.
    """
    both = (lower & higher).sum(axis=-1)
    return float((both / lower.sum(axis=-1)).mean())


def links(regime: Regime) -> tuple[Link, ...]:
    """List the declared links of a regime, in the order of its injunctions."""
    return tuple(
        Link(q.name, name, _fit(regime, q, regime.injunction(name)))
        for q in regime.injunctions
        for name in q.serves
    )


def coherence(regime: Regime) -> float:
    """Compute the mean fit of the links; NaN where there is none to compare."""
    fits = [link.fit for link in links(regime) if not math.isnan(link.fit)]
    return math.fsum(fits) / len(fits) if fits else math.nan


def coverage(regime: Regime) -> float:
    """Compute the share of principles and norms that something serves; NaN where there are none."""
    higher = [q.name for q in regime.injunctions if q.level in ("principle", "norm")]
    served = {name for q in regime.injunctions for name in q.serves}
    return sum(name in served for name in higher) / len(higher) if higher else math.nan


def legitimacy(tied: Sequence[float], alone: Sequence[float]) -> float:
    """Compute how much better an injunction is followed where it serves accepted higher ones.

    Parameters
    ----------
    tied, alone : sequence of float
        Compliance rates in records in which it is tied to them, and in which it is not.

    Returns
    -------
    float
        The difference of the means, from −1 to 1.
    """
    if not tied or not alone:
        raise Mistake("legitimacy compares records with the link and without it; some of each")
    return math.fsum(tied) / len(tied) - math.fsum(alone) / len(alone)


def _fit(regime: Regime, low: Injunction, high: Injunction) -> float:
    common = set(regime.addressed(low)) & set(regime.addressed(high))
    if low.issue != high.issue or "permit" in (low.deontic, high.deontic) or not common:
        return math.nan
    fits = [
        overlap(*np.broadcast_arrays(compliant(regime, low, seat), compliant(regime, high, seat)))
        for seat in sorted(common)
    ]
    return math.fsum(fits) / len(fits)
