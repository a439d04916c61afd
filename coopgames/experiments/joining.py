"""Who would be in a regime of its own accord, from what play under it and without it paid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopgames.experiments.effects import WITH, WITHOUT
from coopgames.experiments.payoffs import payoffs_in
from coopgames.regimes import Adoption, settle
from coopgames.specs import Experiment
from coopgames.store import Results


@dataclass(frozen=True, eq=False)
class Joining:
    """Who gains by a regime, and who stays in it.

    Parameters
    ----------
    names : tuple of str
        The actors, those that gain most first.
    gains : ndarray, shape (n,)
        What each gains a period, over all it meets, if all are members; costs taken off.
    stays : ndarray of bool, shape (n,)
        Who is still inside when those who would rather leave have left, and so on.
    rests : bool
        Whether that comes to rest.
    adoption : Adoption
        What the regime is worth to each against each, in the same order.
    """

    names: tuple[str, ...]
    gains: NDArray[np.float64]
    stays: NDArray[np.bool_]
    rests: bool
    adoption: Adoption


def joining(experiment: Experiment, results: Results, *, cost: float = 0.0) -> Joining:
    """Say who would be in a regime of its own accord.

    Parameters
    ----------
    experiment : Experiment
        As `crossed` makes it.
    results : Results
        Of it.
    cost : float
        What membership costs each a period.

    Returns
    -------
    Joining
    """
    without, within = (payoffs_in(results.of(arm)) for arm in (WITHOUT, WITH))
    length = experiment.horizon.periods or 1 / (1 - (experiment.horizon.continuation or 0.0))
    if experiment.lengths:
        length = float(np.mean(experiment.lengths))
    # A period, of all that one meets.
    share = length * max(len(within.names) - 1, 1)
    A0, A1 = without.among(within.names).matrix / share, within.matrix / share
    whole = Adoption(A0, A1)
    order = np.argsort(-whole.gains(np.ones(whole.n)), kind="stable")
    adoption = Adoption(A0[np.ix_(order, order)], A1[np.ix_(order, order)], cost=cost)
    settled = settle(adoption, tuple(range(adoption.n)))
    return Joining(
        tuple(within.names[i] for i in order),
        adoption.gains(np.ones(adoption.n)),
        np.isin(np.arange(adoption.n), settled.members),
        settled.rests,
        adoption,
    )
