"""What complies with an injunction: B_q, for each seat and by what was done last.

For a prescription the actions it names, for a proscription all others, for a permission all. Each
is a table of cases, as `demand.cases` makes them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coopgames.regimes.demand import cases
from coopgames.regimes.regime import Injunction, Issue, Regime
from coopgames.regimes.when import Mask


def named(issue: Issue, q: Injunction, seat: int) -> Mask:
    """Make the table of the actions that an injunction speaks of.

    Parameters
    ----------
    issue : Issue
        What it is about.
    q : Injunction
        The injunction.
    seat : int
        Whose actions.
    """
    order = None if issue.orders is None else issue.orders[seat]
    return cases(q.demand, issue.actions[seat], order)


def compliant(regime: Regime, q: Injunction, seat: int) -> Mask:
    """Make the table of B_q: which of a seat's actions comply while the injunction holds.

    Parameters
    ----------
    regime : Regime
        The regime.
    q : Injunction
        One of its injunctions.
    seat : int
        One of those that it addresses.

    Returns
    -------
    ndarray of bool, shape (k or 1, k or 1, k)
        By the place, in the order of accommodation, of its own last action and of the others' most
        withholding one.
    """
    spoken_of = named(regime.issue(q.issue), q, seat)
    if q.deontic == "permit":
        return np.ones_like(spoken_of)
    return spoken_of if q.deontic == "prescribe" else ~spoken_of


def binding(regime: Regime, q: Injunction) -> bool:
    """Say whether an injunction forbids anything to anybody.

    Parameters
    ----------
    regime : Regime
        The regime.
    q : Injunction
        One of its injunctions.
    """
    return any(not compliant(regime, q, seat).all() for seat in regime.addressed(q))


def together(regime: Regime, holding: Sequence[Injunction], seat: int) -> Mask:
    """Make the table of what complies with all injunctions that hold for a seat.

    While a permission holds, its actions comply also with what it excepts.

    Parameters
    ----------
    regime : Regime
        The regime.
    holding : sequence of Injunction
        Those that hold, of one issue.
    seat : int
        For whom: each of them addresses it.

    Returns
    -------
    ndarray of bool, shape (k or 1, k or 1, k)
        As of `compliant`; of shape (1, 1, 1) where nothing holds.
    """
    common = np.ones((1, 1, 1), dtype=bool)
    for q in holding:
        common = common & with_exceptions(regime, q, holding, seat)
    return common


def with_exceptions(
    regime: Regime, q: Injunction, holding: Sequence[Injunction], seat: int
) -> Mask:
    """Make the table of what complies with one injunction while others hold.

    Parameters
    ----------
    regime, holding, seat
        As of `together`.
    q : Injunction
        The one.
    """
    complies = compliant(regime, q, seat)
    for p in holding:
        if q.name in p.excepts:
            complies = complies | named(regime.issue(p.issue), p, seat)
    return complies
