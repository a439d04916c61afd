"""The line that a regime draws for a seat, and who watches it.

What is asked of a seat is the line that all injunctions draw together. Several may draw the same
line, a norm and the rule that implements it, and be watched differently well: what is known of a
violation then is what the best watch knows. So a seat is watched by the injunction whose compliant
set is just what is asked; if there are several, by that with the largest J = hit − false alarm; if
there is none, since only several together draw the line, by the best watched of those that draw its
end; and by the first where these are equal. What its watch does not forbid goes unseen. (Ours.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.regimes.compliance import compliant, together
from coopgames.regimes.demand import NoMore
from coopgames.regimes.identifiability import youden
from coopgames.regimes.regime import Injunction, Issue, Regime
from coopgames.regimes.when import Always, Mask
from coopgames.strategies import FREE


@dataclass(frozen=True)
class Line:
    """What is asked of a seat, and who watches it.

    Parameters
    ----------
    asked : int
        The most withholding action that complies, in role order; `FREE` if all do.
    watch : Injunction or None
        By whose monitoring violations become known.
    watched : ndarray of bool
        Which actions comply with that, in role order.
    """

    asked: int
    watch: Injunction | None
    watched: Mask


def line(regime: Regime, about: Issue, seat: int) -> Line:
    """Find the line that all injunctions on an issue draw together for a seat.

    Parameters
    ----------
    regime : Regime
        Whose injunctions on this issue always hold.
    about : Issue
        The issue.
    seat : int
        For whom.
    """
    assert about.orders is not None
    order = list(about.orders[seat])
    ours = [
        q for q in regime.injunctions if q.issue == about.name and seat in regime.addressed(q)
    ]  # fmt: skip
    allowed = np.broadcast_to(together(regime, ours, seat)[0, 0], len(order))[order]
    if allowed.all():
        return Line(FREE, None, allowed)
    if not allowed.any():
        demanding = ", ".join(f'"{q.name}"' for q in ours if q.deontic != "permit")
        raise Mistake(
            f'regime "{regime.name}": {about.seats[seat]} cannot comply with {demanding} together'
        )
    asked = int(np.flatnonzero(allowed)[-1])
    sets = [(q, compliant(regime, q, seat)[0, 0][order]) for q in ours]
    binding = [(q, b) for q, b in sets if not b.all()]
    same = [(q, b) for q, b in binding if (b == allowed).all()]
    ending = [(q, b) for q, b in binding if np.flatnonzero(b)[-1] == asked]
    best = max(same or ending or binding, key=lambda pair: youden(pair[0].monitoring))
    return Line(asked, *best)


def written(regime: Regime, about: Issue) -> bool:
    """Say whether what is asked on an issue depends on what happened, so that answers are there."""
    ours = [q for q in regime.injunctions if q.issue == about.name]
    return any(not isinstance(q.when, Always) or isinstance(q.demand, NoMore) for q in ours)
