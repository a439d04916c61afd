"""Non-proliferation: states that could arm, suppliers that could sell, a bargain between both.

Of n states each abstains or acquires. With f the share of the others that are armed,

    u(abstain) = (1 − f) R + f S        u(acquire) = (1 − f) T + f P,

so that an unarmed world is best for all if R > T, and arming is better from

    f* = (R − T)/((R − T) + (P − S))

on: the tipping share. For T > R arming is better whatever the others do, a dilemma.
"""

from __future__ import annotations

from coopgames.games.counts import CountGame, count_game
from coopgames.games.game import Game, two_by_two
from coopgames.games.registry import Parameter, entry
from coopgames.games.scenarios.trade import KEOHANE

CHAPTER = f"{KEOHANE}: the non-proliferation regime"


def tipping_share(T: float = 3.0, R: float = 4.0, P: float = 2.0, S: float = 1.0) -> float:
    """Compute f*, the share of armed others from which on arming is better."""
    return (R - T) / ((R - T) + (P - S))


@entry(
    "non-proliferation",
    title="Non-proliferation",
    encodes=("mixed-interests", "assurance"),
    story="Every state would rather that none had the bomb, and none wants to be without it among "
    "armed ones.",
    source=f"{CHAPTER}: its principle is that the spread of nuclear weapons is dangerous. The "
    "payoffs are ours.",
    parameters={
        "n": Parameter("how many states", 2),
        "T": Parameter("to be armed where nobody else is", unit="payoff"),
        "R": Parameter("to be unarmed where nobody else is", unit="payoff"),
        "P": Parameter("to be armed where all others are", unit="payoff"),
        "S": Parameter("to be unarmed where all others are", unit="payoff"),
    },
    notice=(
        "Nobody gains by arming alone, and nobody by disarming alone: fear decides, and what is "
        "known of the others.",
        "It tips at a share f* = (R − T)/((R − T) + (P − S)) of armed others, here one half.",
    ),
    vary=(
        "T=3.9: prestige makes it tip at 9 % already.",
        "T=4.5: arming is better in any case, and assurance turns into a dilemma.",
    ),
)
def non_proliferation(
    n: int = 4, T: float = 3.0, R: float = 4.0, P: float = 2.0, S: float = 1.0
) -> CountGame:
    """Make the game of n states that abstain or acquire."""

    def payoff(own: int, others: tuple[int, ...]) -> float:
        armed = others[1] / (n - 1)
        unarmed_world, armed_world = (R, S) if own == 0 else (T, P)
        return (1 - armed) * unarmed_world + armed * armed_world

    return count_game("non-proliferation", n, payoff, actions=("abstain", "acquire"))


@entry(
    "suppliers",
    title="The nuclear suppliers' game",
    encodes=("mixed-interests", "dilemma"),
    story="Two suppliers of nuclear technology can hold back; each gains by selling, whatever the "
    "other does.",
    source=f"{CHAPTER}: members should not facilitate the spread. The payoffs are ours.",
    notice=(
        "The suppliers have a prisoner's dilemma where the states that might arm have a problem of "
        "assurance: one regime, several problems.",
    ),
    vary=("nuclear-bargain: what the unarmed are given for abstaining.",),
)
def suppliers() -> Game:
    """Make the suppliers' dilemma, T = 4, R = 3, P = 2, S = 1."""
    payoffs = two_by_two("suppliers", R=3, S=1, T=4, P=2).payoffs
    return Game(
        "suppliers", payoffs, actions=[("hold back", "export")] * 2,
        seats=("supplier 1", "supplier 2"),
    )  # fmt: skip


@entry(
    "nuclear-bargain",
    title="The nuclear bargain",
    encodes=("mixed-interests", "dilemma"),
    story="Those with the bomb can give something for others' going without, and those without can "
    "abstain or acquire.",
    source=f"{CHAPTER}. The payoffs are ours.",
    notice=(
        "Those with the bomb would rather not give anything, and then the others arm; both are "
        "worse off than with the bargain.",
    ),
    vary=("suppliers, non-proliferation: the other two games of the same regime.",),
)
def nuclear_bargain() -> Game:
    """Make the bargain between nuclear and non-nuclear states.

    To give nothing even helps those who arm; the roles say what the bargain is about.
    """
    return Game(
        "nuclear-bargain", [[[3, 1], [4, 2]], [[4, 2], [2, 3]]],
        actions=[("reciprocate", "not"), ("abstain", "acquire")],
        seats=("nuclear states", "non-nuclear states"), roles=[(0, 1)] * 2,
    )  # fmt: skip
