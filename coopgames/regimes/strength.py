"""What kind of injunctions a regime has, and how strong it is: a vector, not one number.

Keohane takes *intermediate* injunctions as the essence of regimes: specific enough that violations
can be identified, and consequential enough that they matter. Technical rules fail the one test,
far-reaching principles the other (theory.md 1.5.2):

    intermediate ⇔ s_q ≥ .3 and J_q ≥ .5 and g_q ≥ .1

Strength has these sides (1.5.3): the share of injunctions that are accepted, mean s, mean J, mean
g, coherence, coverage, and how far expectations converge on it. They are not multiplied: a regime
that nobody accepts and one that says nothing are weak in different ways.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from coopgames.games import power
from coopgames.regimes.identifiability import youden
from coopgames.regimes.linkage import coherence, coverage
from coopgames.regimes.regime import Injunction, Regime
from coopgames.regimes.significance import significance_of
from coopgames.regimes.specificity import specificity_of

SPECIFIC, IDENTIFIABLE, SIGNIFICANT = 0.3, 0.5, 0.1
"""From these values of s, J and g on an injunction can be intermediate; conventions."""


@dataclass(frozen=True)
class Measured:
    """What kind of injunction one is.

    Parameters
    ----------
    name : str
        Which.
    specificity, identifiability, significance : float
        s, J and g; NaN where undefined: a permission has no violations that could be seen.
    """

    name: str
    specificity: float
    identifiability: float
    significance: float

    @property
    def intermediate(self) -> bool:
        """Whether it is specific, identifiable and significant enough to make a regime."""
        return bool(
            self.specificity >= SPECIFIC
            and self.identifiability >= IDENTIFIABLE
            and self.significance >= SIGNIFICANT
        )

    @property
    def weight(self) -> float:
        """Its weight when regimes are compared, g J; 0 where one of them is unknown or J < 0."""
        weight = self.significance * self.identifiability
        return 0.0 if math.isnan(weight) else max(0.0, weight)


@dataclass(frozen=True)
class Strength:
    """The sides of a regime's strength, each from 0 to 1 and NaN where unknown.

    Parameters
    ----------
    accepted : float
        Share of the injunctions accepted by all influential actors.
    specificity, identifiability, significance : float
        Means over the injunctions for which they are defined.
    coherence, coverage : float
        See `linkage`.
    convergence : float
        E of `convergence`: how far expectations converge on it.
    """

    accepted: float
    specificity: float
    identifiability: float
    significance: float
    coherence: float
    coverage: float
    convergence: float


def measure(regime: Regime, q: Injunction) -> Measured:
    """Measure an injunction.

    Parameters
    ----------
    regime : Regime
        The regime.
    q : Injunction
        One of its injunctions.
    """
    seen = math.nan if q.deontic == "permit" else youden(q.monitoring)
    return Measured(q.name, specificity_of(regime, q), seen, significance_of(regime, q))


def intermediate(regime: Regime) -> tuple[str, ...]:
    """List the names of its intermediate injunctions."""
    measured = (measure(regime, q) for q in regime.injunctions)
    return tuple(m.name for m in measured if m.intermediate)


def influential(regime: Regime, issue: str = "") -> tuple[int, ...]:
    """List the seats that count: those with a power share of at least 1/(2n).

    Parameters
    ----------
    regime : Regime
        The regime.
    issue : str
        Which issue; for a procedure, the first game with the same seats decides. The regime's
        first issue by default.

    Returns
    -------
    tuple of int
        All where no game tells, or nobody has power over anybody.
    """
    about = regime.issue(issue)
    games = [i.game for i in (about, *regime.issues) if i.game and i.seats == about.seats]
    n = len(about.seats)
    shares = power(games[0]).shares if games else [math.nan] * n
    if any(math.isnan(share) for share in shares):
        return tuple(range(n))
    return tuple(i for i, share in enumerate(shares) if share >= 1 / (2 * n) - 1e-12)


def strength(
    regime: Regime, accepted: Iterable[str] | None = None, convergence: float = math.nan
) -> Strength:
    """Measure how strong a regime is, side by side.

    Parameters
    ----------
    regime : Regime
        The regime.
    accepted : iterable of str, optional
        The injunctions accepted by all influential actors: on a record those of `existence`, in
        history those of `accepted_by_sources`, which is the default.
    convergence : float
        E of `convergence`, where expectations are recorded.
    """
    names = {q.name for q in regime.injunctions}
    held = names & set(accepted_by_sources(regime) if accepted is None else accepted)
    all_ = [measure(regime, q) for q in regime.injunctions]
    return Strength(
        len(held) / len(names) if names else math.nan,
        _mean(m.specificity for m in all_),
        _mean(m.identifiability for m in all_),
        _mean(m.significance for m in all_),
        coherence(regime),
        coverage(regime),
        convergence,
    )


def accepted_by_sources(regime: Regime) -> tuple[str, ...]:
    """List the injunctions that no influential actor refuses, as the sources tell."""
    return tuple(
        q.name
        for q in regime.injunctions
        if not set(regime.refusing(q)) & set(influential(regime, q.issue))
    )


def _mean(values: Iterable[float]) -> float:
    known = [v for v in values if not math.isnan(v)]
    return math.fsum(known) / len(known) if known else math.nan
