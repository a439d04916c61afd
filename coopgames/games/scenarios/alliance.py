"""An alliance: cooperation against others.

Allies stay apart or contribute, a rival presses or holds. A contribution costs its owner `cost` and
takes `effect` off the harm that pressure does to each ally; k contributions take k off what
pressing is worth to the rival:

    ally     −max(0, harm − effect·k)·1{press} − cost·1{contribute}
    rival    (stake − k)·1{press}

With harm 4, effect 2, cost 3 and stake 3 nobody contributes alone, both allies gain 1 if both do,
and the rival, who presses in any case, loses 2. Grim reaction holds two allies from

    δ* = (cost − effect)/effect

on, one half here. If k allies take the rival's stake below 0, it holds.
"""

from __future__ import annotations

import numpy as np

from coopgames.games.counts import check_size
from coopgames.games.game import Game
from coopgames.games.registry import Parameter, entry
from coopgames.games.scenarios.trade import KEOHANE


def alliance_threshold(cost: float = 3.0, effect: float = 2.0) -> float:
    """Compute δ*, from which on grim reaction holds two allies while the rival presses."""
    return (cost - effect) / effect


@entry(
    "alliance",
    title="The alliance",
    encodes=("opposed-interests", "one-sided"),
    story="Allies under pressure from a rival can contribute to common defence or stay apart.",
    source=f"{KEOHANE}: alliances are cooperation too, and form for mutual interest against "
    "others. The payoffs are ours.",
    parameters={
        "n": Parameter("how many allies", 2),
        "harm": Parameter("what pressure does to each ally", 0, above=True, unit="payoff"),
        "effect": Parameter("by how much a contribution lessens it, for each", 0, unit="payoff"),
        "cost": Parameter("what a contribution costs its owner", 0, unit="payoff"),
        "stake": Parameter("what pressing is worth to the rival if nobody contributes", 0,
                           unit="payoff"),
    },
    notice=(
        "For all of them interests are opposed; for the allies among themselves they are mixed, a "
        "dilemma. Discord between blocs and cooperation within them are one and the same.",
        "The allies' agreement gains each of them 1 and costs the rival 2.",
    ),
    vary=(
        "stake=1.5: two contributions leave the rival nothing to gain, and the alliance deters.",
        "effect=3.5: one contribution is worth its cost, and the allies quarrel over whose.",
        "n: more allies, and more who may ride free.",
    ),
)  # fmt: skip
def alliance(
    n: int = 2, harm: float = 4.0, effect: float = 2.0, cost: float = 3.0, stake: float = 3.0
) -> Game:
    """Make the game of allies and a rival; the allies' roles are those towards one another."""
    check_size(n + 1, 2)
    profile = np.indices((2,) * (n + 1))
    contributes, press = profile[:n] == 0, profile[n] == 1
    k = contributes.sum(axis=0)
    allies = -np.clip(harm - effect * k, 0, None) * press - cost * contributes
    rival = (stake - k) * press
    return Game(
        "alliance", [*allies, rival], actions=[*[("contribute", "apart")] * n, ("hold", "press")],
        seats=[*(f"ally {chr(ord('A') + i)}" for i in range(n)), "rival"],
        roles=[(0, 1)] * (n + 1),
    )  # fmt: skip
