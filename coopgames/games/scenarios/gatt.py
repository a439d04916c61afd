"""Nondiscrimination and reciprocity: the two norms of the General Agreement on Tariffs and Trade.

Each pair of n countries trades as in `trade`, with θ = γ = 1. Under the most-favoured-nation clause
a country has one tariff for all:

    u_i = Σ_{j≠i} (own(t_i) − cost(t_j)),     t_N = D/3.

If k of n cut to t and the others stay at t_N, a member gains

    (n − 1)(own(t) − own(t_N)) + (k − 1)(cost(t_N) − cost(t)),

which is largest at t/t_N = 3(n − k)/(2(k − 1) + 3(n − k)) =: ρ and positive down to (2ρ − 1) t_N.
With D = 1 and n = 3, two who cut to zero under the clause lose 1/72 each while the third gains
5/36; the best they can do is to go to .6 t_N, which brings them 1/90 each. If all cut to zero each
gains 1/18, and two who cut to zero for each other only gain 1/36 each. So the clause alone makes
free riders, and reciprocity removes them.

A tariff t needs the discount factor 3(t_N − t)/(5 t_N − t) (`trade.needed_discount`), the more the
lower it is: gradual liberalisation is the order in which commitments can be kept.

The goods of different pairs do not compete, so that no trade is diverted from outsiders.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from coopgames.games.counts import check_size
from coopgames.games.game import Game
from coopgames.games.grids import grid, named
from coopgames.games.registry import Parameter, entry
from coopgames.games.scenarios.trade import (
    ENDOWMENT,
    KEOHANE,
    LEVELS,
    MODEL,
    brought,
    cost,
    countries,
    nash_tariff,
)


def coalition_cut(n: int, k: int) -> float:
    """Compute ρ: to which share of t_N k of n countries best cut, if the others do not follow."""
    return 3 * (n - k) / (2 * (k - 1) + 3 * (n - k))


def coalition_gain(t: float, n: int, k: int, D: float = 1.0) -> float:
    """Compute what each of k countries gains that cut from t_N to t for all, the others not."""
    at, nash = np.array(t), np.array(nash_tariff(D=D))
    own = brought(at, D=D) - brought(nash, D=D)
    return float((n - 1) * own + (k - 1) * (cost(nash, D) - cost(at, D)))


def outsider_gain(t: float, k: int, D: float = 1.0) -> float:
    """Compute what each other country gains from it."""
    return float(k * (cost(np.array(nash_tariff(D=D)), D) - cost(np.array(t), D)))


@entry(
    "gatt",
    title="Nondiscriminatory trade",
    encodes=("mixed-interests", "dilemma"),
    story="Several countries trade, each has one tariff for all the others, and whoever lowers it "
    "lowers it for those who do not follow as well.",
    source=f"{KEOHANE}: the norms of GATT, nondiscrimination, reciprocity and a move towards "
    f"liberalisation. {MODEL}.",
    parameters={
        "n": Parameter("how many countries", 3),
        "D": ENDOWMENT,
        "levels": LEVELS,
    },
    notice=(
        "Under nondiscrimination two who go to zero lose, and the third gains: the clause makes "
        "free riders. If all follow, all gain: reciprocity removes them. The two norms need each "
        "other.",
        "Two of three can still gain by going to 0.6 t_N, down to 0.2 t_N; larger groups can go "
        "further.",
        "From the discount factor 0.143 on 0.8 t_N can be kept, from 0.6 on free trade: gradual "
        "liberalisation is the order in which commitments can be kept.",
    ),
    vary=(
        "n: how many have to cut together for it to pay, and how far.",
        "discriminatory-trade: the same countries, free to favour one another.",
    ),
)
def gatt(n: int = 3, D: float = 1.0, levels: int = 9) -> Game:
    """Make the tariff game of n countries with one tariff each."""
    nash = nash_tariff(D=D)
    ratio = coalition_cut(n, n - 1)
    t = grid(0.0, D, levels, nash, ratio * nash, (2 * ratio - 1) * nash)
    check_size(n, len(t))
    own, harm = brought(t, D=D), cost(t, D)
    profile = np.indices((len(t),) * n)
    all_harm = harm[profile].sum(axis=0)
    payoffs = (n - 1) * own[profile] - (all_harm - harm[profile])
    return Game("gatt", payoffs, actions=[named(t)] * n, seats=countries(n))


@entry(
    "discriminatory-trade",
    title="Discriminatory trade",
    encodes=("mixed-interests", "dilemma"),
    story="Three countries trade, and each may open its market to the one and close it to the "
    "other.",
    source=f"{KEOHANE}: what nondiscrimination rules out. {MODEL}.",
    parameters={"D": ENDOWMENT},
    notice=(
        "Two who open to each other gain and cost the third nothing: without nondiscrimination "
        "pairs need nobody else.",
        "Opening to all gains twice as much, but only if both others do the same.",
    ),
    vary=("gatt: the same countries with one tariff for all.",),
)
def discriminatory_trade(D: float = 1.0) -> Game:
    """Make the game of three countries that are open (t = 0) or closed (t_N) to each of the others.

    The order of the two one-sided openings is a convention.
    """
    tariffs = np.array([0.0, nash_tariff(D=D)])
    own, harm = brought(tariffs, D=D), cost(tariffs, D)
    openings = list(product((0, 1), repeat=2))  # to the first and to the second of the others
    payoffs = np.zeros((3, 4, 4, 4))
    for profile in np.ndindex(4, 4, 4):
        for i in range(3):
            for j in (k for k in range(3) if k != i):
                mine, theirs = openings[profile[i]][j - (j > i)], openings[profile[j]][i - (i > j)]
                payoffs[(i, *profile)] += own[mine] - harm[theirs]
    actions = [
        ("open", f"open to {first} only", f"open to {second} only", "closed")
        for first, second in (("B", "C"), ("A", "C"), ("A", "B"))
    ]
    return Game(
        "discriminatory-trade", payoffs, actions=actions, seats=countries(3),
        roles=[(0, 1, 2, 3)] * 3,
    )  # fmt: skip
