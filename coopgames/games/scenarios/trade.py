"""Trade between friendly countries, and between mercantilists.

A pair of countries exchanges two goods. For each, demand is 1 − p in both countries, and the
importer has D less of it than the exporter. A tariff t of the importer, 0 ≤ t ≤ D, costs the
exporter Dt/4 − t²/8; to the importer it brings the same, but for a loss of t²/4 of both together (a
linear example of ours; the motive is that of H. G. Johnson, Review of Economic Studies 21, 1953,
and of K. Bagwell and R. W. Staiger, The Economics of the World Trading System, 2002). Of what it
brings in terms of trade the government exploits a share θ, and it counts producers x who compete
with imports γ ≥ 1 times:

    u_i = θ (D t_i/4 − t_i²/8) − t_i²/4 + (γ_i − 1) x t_i/2 − (D t_j/4 − t_j²/8)

    t_N  = (θD + 2(γ − 1)x)/(2 + θ)                  in its own interest, whatever the other does
    t_PO = (γ − 1)x                                  without regard to the terms of trade
    t_E  = (2(γ − 1)x − (1 − θ)D)/(1 + θ)            what is best for both together

or the nearer end of [0, D]. For θ = 1 the last two are one: then politics is no reason to disagree,
the terms of trade are. Both governments do better at t_PO than at t_N, and grim reaction keeps them
there from

    δ* = θ(2 + θ)/(4 + θ)

on, 3/5 for θ = 1, whatever D, γ and x. At (γ − 1)x = D imports end, and nothing is left to adjust.

Mercantilists choose by v_i = u_i − r u_j, with θ = γ = 1 (relative gains, `choice`): then

    t_N = (1 + r)D/(3 + r)     v_N = −(1 − r) t_N²/4     δ* = (3 + r)/(5 − r).
"""

from __future__ import annotations

from coopgames.games.choice import relative_gains
from coopgames.games.game import Game
from coopgames.games.grids import grid, named
from coopgames.games.levels import Floats
from coopgames.games.registry import Parameter, entry

ENDOWMENT = Parameter("how much less of it an importer has than the exporter", 0, above=True,
                      unit="goods")  # fmt: skip
LEVELS = Parameter("evenly spaced tariffs, besides those of the formulas", 2)
KEOHANE = "R. O. Keohane, After Hegemony (1984), ch. 4"
MODEL = (
    "The terms-of-trade motive: H. G. Johnson, Review of Economic Studies 21 (1953); K. Bagwell "
    "and R. W. Staiger, The Economics of the World Trading System (2002). The linear example is "
    "ours"
)


def countries(n: int) -> tuple[str, ...]:
    """Name so many countries: A, B, C and so on."""
    return tuple(f"country {chr(ord('A') + i)}" for i in range(n))


def nash_tariff(theta: float = 1.0, gamma: float = 1.0, x: float = 0.5, D: float = 1.0) -> float:
    """Compute t_N, the tariff that is best for a government whatever the other does."""
    return min(D, (theta * D + 2 * (gamma - 1) * x) / (2 + theta))


def political_tariff(gamma: float = 1.0, x: float = 0.5, D: float = 1.0) -> float:
    """Compute t_PO, the tariff of a government that leaves the terms of trade aside."""
    return min(D, (gamma - 1) * x)


def joint_tariff(theta: float = 1.0, gamma: float = 1.0, x: float = 0.5, D: float = 1.0) -> float:
    """Compute t_E, the common tariff with the largest sum of payoffs."""
    return min(D, max(0.0, (2 * (gamma - 1) * x - (1 - theta) * D) / (1 + theta)))


def trade_threshold(theta: float = 1.0) -> float:
    """Compute δ*, from which on grim reaction holds both governments at t_PO."""
    return theta * (2 + theta) / (4 + theta)


def most_cooperative(delta: float, D: float = 1.0) -> float:
    """Compute the lowest tariff that grim reaction can hold at θ = γ = 1: t_N (3 − 5δ)/(3 − δ)."""
    return max(0.0, D / 3 * (3 - 5 * delta) / (3 - delta))


def needed_discount(t: float, D: float = 1.0) -> float:
    """Compute the discount factor that a tariff needs at θ = γ = 1: 3(t_N − t)/(5 t_N − t)."""
    return (D - 3 * t) / (5 * D / 3 - t)


def mercantilist_tariff(r: float, D: float = 1.0) -> float:
    """Compute t_N of a government that counts the other's payoff −r times."""
    return (1 + r) * D / (3 + r)


def mercantilist_threshold(r: float) -> float:
    """Compute δ*, from which on grim reaction holds mercantilists at free trade."""
    return (3 + r) / (5 - r)


def brought(t: Floats, theta: float = 1.0, producers: float = 0.0, D: float = 1.0) -> Floats:
    """Compute what its own tariff brings to a country in trade with one other.

    Parameters
    ----------
    t : ndarray
        Its tariffs.
    theta : float
        Share of the gain in terms of trade that it exploits.
    producers : float
        (γ − 1)x, the extra weight of its producers.
    D : float
        How much less of a good the importer has.
    """
    return theta * cost(t, D) - t**2 / 4 + producers * t / 2


def cost(t: Floats, D: float = 1.0) -> Floats:
    """Compute what the tariff of one other costs a country."""
    return D * t / 4 - t**2 / 8


@entry(
    "liberal-trade",
    title="Liberal trade",
    encodes=("mixed-interests", "dilemma"),
    story="Two friendly countries trade freely, but for tariffs that governments are pressed to "
    "raise, or tempted to raise because the other bears a part of them.",
    source=f"{KEOHANE}: discord on trade even under benign conditions. {MODEL}.",
    parameters={
        "theta": Parameter("how far a government exploits the terms of trade", 0, 1, unit="share"),
        "gamma": Parameter("how much a unit counts that goes to producers who compete with imports",
                           1, unit="weight"),
        "surge": Parameter("how much higher γ is in country A, after a surge of imports", 0,
                           unit="weight"),
        "x": Parameter("what producers who compete with imports make", 0, unit="goods"),
        "D": ENDOWMENT,
        "levels": LEVELS,
    },
    notice=(
        "Free trade is best for both together, and neither is hindered at θ = 0, γ = 1: the "
        "harmony that a naive observer expects. Any other motive ends it.",
        "Protection alone is no reason to quarrel: where it is all that counts, an agreement moves "
        "both from t_N to t_PO = (γ − 1)x, not to free trade.",
        "Grim reaction holds t_PO from δ* = θ(2 + θ)/(4 + θ) on, 0.6 at θ = 1, however strong the "
        "pressure at home.",
    ),
    vary=(
        "theta=0: harmony; theta=0.1: nearly.",
        "gamma from 1 to 3: what can be gained shrinks steadily, and at (γ − 1)x = D imports end "
        "and interests are opposed.",
        "surge: one government under pressure, the other not.",
    ),
)  # fmt: skip
def liberal_trade(
    theta: float = 1.0,
    gamma: float = 1.0,
    surge: float = 0.0,
    x: float = 0.5,
    D: float = 1.0,
    levels: int = 25,
) -> Game:
    """Make the tariff game of two countries; each may choose any tariff of its grid."""
    weights = (gamma + surge, gamma)
    points = [f for g in weights for f in (
        nash_tariff(theta, g, x, D), political_tariff(g, x, D), joint_tariff(theta, g, x, D),
    )]  # fmt: skip
    t = grid(0.0, D, levels, *points)
    own = [brought(t, theta, (g - 1) * x, D) for g in weights]
    harm = cost(t, D)
    payoffs = [own[0][:, None] - harm[None, :], own[1][None, :] - harm[:, None]]
    return Game("liberal-trade", payoffs, actions=[named(t)] * 2, seats=countries(2))


@entry(
    "mercantilism",
    title="Mercantilism",
    encodes=("mixed-interests", "dilemma"),
    story="Two countries trade, and each would resist even a bargain that benefits it if the other "
    "gained more.",
    source=f"{KEOHANE}: positional goods and power. Relative gains: J. M. Grieco, Anarchy and the "
    f"limits of cooperation, International Organization 42 (1988). {MODEL}.",
    parameters={
        "r": Parameter("how much the other's payoff counts against one's own", 0, 1, unit="weight"),
        "D": ENDOWMENT,
        "levels": LEVELS,
    },
    notice=(
        "What they gain is what they gained before; what they choose by is the difference. By "
        "their goals interests are mixed for every r, by what drives their choice they are "
        "opposed at r = 1: the gap between the two is the mercantilist resistance.",
        "The more relative gains count, the heavier the future must weigh: δ* = (3 + r)/(5 − r), "
        "0.6 at r = 0 and 1 at r = 1.",
    ),
    vary=(
        "r from 0 to 1: the tariff of self-interest rises from D/3 to D/2, and the threshold to 1.",
        "r=1: nothing that helps both to expect or to see more can help, since nothing is to be "
        "gained.",
    ),
)
def mercantilism(r: float = 0.5, D: float = 1.0, levels: int = 25) -> Game:
    """Make the tariff game in which choice is driven by the difference in gains."""
    t = grid(0.0, D, levels, mercantilist_tariff(r, D), nash_tariff(D=D))
    u = brought(t, D=D)[:, None] - cost(t, D)[None, :]
    game = Game("mercantilism", [u, u.T], actions=[named(t)] * 2, seats=countries(2))
    return relative_gains(game, r)
