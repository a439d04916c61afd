"""Relative gains as a matter of constraints: what is gained can be turned into force.

After an agreement that has brought g_1 and g_2, each actor may keep the peace, in which both have
half of a stake B, or attack. Who has gained more is stronger: of the two it wins a war with
probability ½ + κ(g_1 − g_2) or ½ − κ(g_1 − g_2), and war costs each c. Let g be the gap. The one
ahead attacks if and only if

    B (½ + κ g) − c > B/2,     that is,     κ g B > c:

the agreement enforces itself up to a gap of c/(κ B). Both actors care for nothing but what they get
themselves; if war is costly, relative gains do not matter to them, and if it is cheap, they do. So
what seems to be a preference is a constraint: the argument of R. Powell, "Absolute and relative
gains in international relations theory", American Political Science Review 85, 1991. The model is
ours. For the other view, in which it is a preference, see `relative_gains`.
"""

from __future__ import annotations

import math

import numpy as np

from coopgames.games.game import Game
from coopgames.mistakes import Mistake


def peaceful_gap(*, conversion: float, stake: float, cost: float) -> float:
    """Compute the largest gap of gains at which nobody attacks.

    Parameters
    ----------
    conversion : float
        κ: by how much a unit of the gap raises the probability of winning.
    stake : float
        B: what a war is about.
    cost : float
        c: what it costs each.

    Returns
    -------
    float
        ∞ where a war would not pay even if it were won for certain.
    """
    if conversion < 0 or stake < 0 or cost < 0:
        raise Mistake(
            f"conversion = {conversion:g}, stake = {stake:g}, cost = {cost:g}: none can be negative"
        )
    if stake / 2 <= cost or conversion == 0:
        return math.inf
    return cost / (conversion * stake)


def after_gains(
    first: float, second: float, *, conversion: float, stake: float, cost: float
) -> Game:
    """Make the game of keeping the peace after an agreement.

    Parameters
    ----------
    first, second : float
        What the agreement has brought to either.
    conversion, stake, cost
        As of `peaceful_gap`; no probability of winning goes beyond 0 and 1.

    Returns
    -------
    Game
        Each keeps the peace (0) or attacks (1); one attack is war.
    """
    peaceful_gap(conversion=conversion, stake=stake, cost=cost)  # checks them
    wins = float(np.clip(0.5 + conversion * (first - second), 0, 1))
    u = np.empty((2, 2, 2))
    for i, (gain, odds) in enumerate(((first, wins), (second, 1 - wins))):
        u[i] = gain + stake * odds - cost
        u[i, 0, 0] = gain + stake / 2
    return Game("after gains", u, [("keep the peace", "attack")] * 2, roles=[(0, 1)] * 2)
