"""The balance of payments: exchange rates that are everybody's business.

Every country has a deficit x_i, closes it by devaluing, d_i ≥ 0, and opens the others' by that; and
devaluing has a cost of its own:

    u_i = −(−x_i + a d_i − b d̄_−i)² − ω d_i²     d̄_−i: the others' mean

(a reduced form of our own; the questions are those of K. Hamada, "A strategic analysis of monetary
interdependence", J. Political Economy 84, 1976). With a common shock x

    d_N = ax/(a(a − b) + ω)            in equilibrium
    d_C = (a − b)x/((a − b)² + ω)      best for all
    d_D = a(x + b d_C)/(a² + ω)        best reply to d_C

For b > 0 d_N > d_C: a devaluation is at the neighbours' expense, and there is too much of it. For
b < 0 d_N < d_C: whoever expands pulls the others along, and all are too timid. At b = 0 nobody
affects anybody.

A difference between countries, x_1 = x + g and x_j = x − g/(n−1) for the others, leaves means as
they are. Deviations from them follow the same formulas with −b/(n−1) for b.
"""

from __future__ import annotations

import numpy as np

from coopgames.games.counts import check_size
from coopgames.games.game import Game
from coopgames.games.grids import grid, named
from coopgames.games.levels import Floats
from coopgames.games.registry import Parameter, entry
from coopgames.games.scenarios.trade import KEOHANE, countries
from coopgames.mistakes import Mistake


def nash_devaluation(a: float, b: float, omega: float, x: float = 1.0) -> float:
    """Compute d_N, the devaluation in equilibrium, for a common shock."""
    return a * x / (a * (a - b) + omega)


def joint_devaluation(a: float, b: float, omega: float, x: float = 1.0) -> float:
    """Compute d_C, the devaluation that is best for all, for a common shock."""
    return (a - b) * x / ((a - b) ** 2 + omega)


def loss(own: Floats, others: Floats, a: float, b: float, omega: float, x: float = 1.0) -> Floats:
    """Compute −u of a country whose deficit is x.

    Parameters
    ----------
    own, others : ndarray
        Its devaluation, and the others' mean.
    a, b : float
        How far a unit closes one's own deficit, and opens the others'.
    omega : float
        Weight of the cost of devaluing.
    x : float
        The deficit.
    """
    return (-x + a * own - b * others) ** 2 + omega * own**2


def cheating_devaluation(a: float, b: float, omega: float, x: float = 1.0) -> float:
    """Compute the best reply to d_C, for a common shock."""
    return a * (x + b * joint_devaluation(a, b, omega, x)) / (a**2 + omega)


def payments_threshold(a: float, b: float, omega: float, limit: float = 2.0) -> float | None:
    """Compute δ*, from which on grim reaction holds d_C, at x = 1; None if nothing is gained."""
    if b == 0:
        return None
    joint, nash, cheating = (
        min(limit, rule(a, b, omega))
        for rule in (joint_devaluation, nash_devaluation, cheating_devaluation)
    )
    agreed, war, broken = (
        float(loss(np.array(own), np.array(others), a, b, omega))
        for own, others in ((joint, joint), (nash, nash), (cheating, joint))
    )
    return (agreed - broken) / (war - broken)


def shocks(n: int, x: float, gap: float) -> list[float]:
    """List the countries' deficits."""
    return [x + gap, *[x - gap / (n - 1)] * (n - 1)]


@entry(
    "balance-of-payments",
    title="The balance of payments",
    encodes=("mixed-interests", "dilemma"),
    story="Countries in deficit can devalue; that closes their own deficit, opens the others', and "
    "costs something in any case.",
    source=f"{KEOHANE}: the norm not to manipulate exchange rates, from pegged to floating rates. "
    "The question: K. Hamada, A strategic analysis of monetary interdependence, J. Political "
    "Economy 84 (1976); this reduced form is ours.",
    parameters={
        "n": Parameter("how many countries", 2),
        "a": Parameter("how far a unit of devaluation closes one's own deficit", 0, above=True),
        "b": Parameter("how far it opens the others', less than a + ω/a"),
        "omega": Parameter("what devaluing costs", 0, above=True, unit="weight"),
        "x": Parameter("the deficit that all have", 0, above=True),
        "gap": Parameter("by how much country A's is larger than the mean"),
        "limit": Parameter("the largest devaluation", 0, above=True),
        "levels": Parameter("evenly spaced devaluations, besides those of the formulas", 2),
    },
    notice=(
        "For b > 0 each devalues too much, at the others' expense; for b < 0 each expands too "
        "little. The label is the same and what an agreement must say is the contrary.",
        "A rule matters by what can be seen of its violation: pegged rates and floating ones can "
        "serve the same norm and differ in how soon a breach is noticed.",
        "On a grid that leaves out d_N and d_C the label can be wrong, so they are always on it.",
    ),
    vary=(
        "b: at 0 nobody affects anybody; 0.4, 0.8 and 1 make devaluation ever more tempting and "
        "agreement ever easier to keep (δ* .484, .377, .25).",
        "b=-0.4: the locomotive.",
        "gap: who adjusts, the country in deficit or the one in surplus.",
    ),
)
def balance_of_payments(
    n: int = 2, a: float = 1.0, b: float = 0.8, omega: float = 0.5, x: float = 1.0,
    gap: float = 0.0, limit: float = 2.0, levels: int = 25,
) -> Game:  # fmt: skip
    """Make the devaluation game; for b > 0 who devalues less accommodates more, for b < 0 less."""
    if not -(n - 1) * (a + omega / a) < b < a + omega / a:
        raise Mistake(
            f"b = {b:g}; it lies between −(n − 1)(a + omega/a) = {-(n - 1) * (a + omega / a):g} "
            f"and a + omega/a = {a + omega / a:g}, or devaluations would know no end"
        )
    points = [
        rule(a, b, omega, x) + rule(a, -b / (n - 1), omega, apart - x)
        for rule in (nash_devaluation, joint_devaluation)
        for apart in shocks(n, x, gap)
    ]
    points.append(cheating_devaluation(a, b, omega, x))
    d = grid(0.0, limit, levels, *points)
    check_size(n, len(d))
    profile = np.indices((len(d),) * n)
    total = d[profile].sum(axis=0)
    payoffs = [
        -loss(d[at], (total - d[at]) / (n - 1), a, b, omega, deficit)
        for at, deficit in zip(profile, shocks(n, x, gap), strict=True)
    ]
    order = tuple(range(len(d)))
    return Game(
        "balance-of-payments", payoffs, actions=[named(d)] * n, seats=countries(n),
        roles=[order if b >= 0 else order[::-1]] * n,
    )  # fmt: skip
