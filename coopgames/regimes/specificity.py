"""How much an injunction pins down (theory.md 1.5.2).

    s_q = 1 − mean_h log|B_q(h)| / log|A|

0 if it permits all, 1 if it permits one action. With this measure, that of information, to halve
what is permitted always adds the same. For intervals, volumes take the place of numbers; an
interval has no unit of its own, so what counts there is how many steps of a given size fit in:

    s = 1 − log(1 + |B|/step) / log(1 + |A|/step),

which is the number of levels of a grid with that step. The mean is over what was done last, each
case equally likely, and over those who are addressed.
"""

from __future__ import annotations

import math

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.regimes.compliance import compliant
from coopgames.regimes.regime import Injunction, Regime


def specificity(permitted: int, actions: int) -> float:
    """Compute s of a set of actions.

    Parameters
    ----------
    permitted : int
        How many actions comply; at least 1.
    actions : int
        How many there are; with one only nothing can be specified, and s is 0.
    """
    if not 1 <= permitted <= actions:
        raise Mistake(f"{permitted} of {actions} actions comply; at least 1 must, and no more")
    return 1 - math.log(permitted) / math.log(actions) if actions > 1 else 0.0


def interval_specificity(permitted: float, whole: float, step: float) -> float:
    """Compute s of an interval.

    Parameters
    ----------
    permitted, whole : float
        Lengths of what complies and of all there is, in the same unit.
    step : float
        The smallest difference that matters, in that unit.
    """
    if not 0 <= permitted <= whole or not 0 < step <= whole:
        raise Mistake(
            f"an interval of {permitted:g} in one of {whole:g}, in steps of {step:g}: the first is "
            "no longer than the second, and neither is a step"
        )
    return 1 - math.log1p(permitted / step) / math.log1p(whole / step)


def specificity_of(regime: Regime, q: Injunction) -> float:
    """Compute s of an injunction; NaN if nobody it addresses has a choice.

    Parameters
    ----------
    regime : Regime
        The regime.
    q : Injunction
        One of its injunctions.
    """
    found = []
    for seat in regime.addressed(q):
        table = compliant(regime, q, seat)
        if table.shape[-1] > 1:
            sizes = table.sum(axis=-1)
            found.append(1 - float(np.log(sizes).mean()) / math.log(table.shape[-1]))
    return math.fsum(found) / len(found) if found else math.nan
