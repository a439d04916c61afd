"""The Invisible Hand, and the guild: harmony in which cooperation would injure.

Three sellers, who take the price as given, compete or restrict their trade; a consumer, one of
many, buys or does not. With k sellers who restrict, a rent ρ(k) = 0, 0, .7, 1 accrues to all of
them, and restricting costs its owner c:

    seller     compete 3 + ρ(k_others)     restrict 3 − c + ρ(k)
    consumer   buy 4 − 1.5 ρ(k) − .2 k     not 0

For c > .7 competing is best whatever the others do, and nobody is hindered there: harmony. For c <
1 all three gain 1 − c by restricting together, and the consumer loses 2.1. Two can gain nothing:
with two actions each, the smallest conspiracy against harmony has three members (theory.md 1.1.5,
Proposition 2).
"""

from __future__ import annotations

import numpy as np

from coopgames.games.game import Game
from coopgames.games.registry import Parameter, entry

SELLERS = 3
RENT = np.array([0.0, 0.0, 0.7, 1.0])
"""ρ(k), by the number of sellers who restrict."""


@entry(
    "invisible-hand",
    title="The Invisible Hand",
    encodes=("harmony", None),
    story="Competing sellers serve the consumer by serving themselves, unless they conspire.",
    source="A. Smith, The Wealth of Nations (1776), on guilds and conspiracies against trade; R. "
    "O. Keohane, After Hegemony (1984), ch. 4. The payoffs are ours.",
    parameters={
        "c": Parameter("what it costs a seller to restrict its trade", 0, unit="payoff"),
    },
    notice=(
        "Harmony, so nothing calls for cooperation; and yet the three sellers can cooperate, at "
        "the consumer's expense. Cooperation is not the same as welfare.",
        "Two sellers gain nothing by conspiring: it takes all three.",
        "What this regime would need is an injunction against agreements.",
    ),
    vary=(
        "c=1: conspiring does not pay, and nothing disturbs the harmony.",
        "c=0.7: restricting is no longer worse whatever the others do, and harmony is not "
        "automatic.",
    ),
)
def invisible_hand(c: float = 0.75) -> Game:
    """Make the game of three sellers and a consumer, whose single purchase matters to no seller.

    Competing accommodates the consumer; among the sellers it is the other way round, and the roles
    are those towards the consumer.
    """
    restrict = np.indices((2,) * (SELLERS + 1))[:SELLERS]
    k = restrict.sum(axis=0)
    sellers = 3 - c * restrict + RENT[k]
    buys = np.indices((2,) * (SELLERS + 1))[SELLERS] == 0
    consumer = np.where(buys, 4 - 1.5 * RENT[k] - 0.2 * k, 0.0)
    return Game(
        "invisible-hand", [*sellers, consumer],
        actions=[*[("compete", "restrict")] * SELLERS, ("buy", "not")],
        seats=[*(f"seller {i + 1}" for i in range(SELLERS)), "consumer"],
        roles=[(0, 1)] * (SELLERS + 1),
    )  # fmt: skip
