"""The Navigation Acts: opulence and security.

England and Holland leave shipping open (C) or reserve it to their own ships (D). In opulence open
trade is best for both whatever the other does: 4, 3, 2, 1 for CC, CD, DC, DD. An act against a
country that is open shifts relative shipping by ±2, which counts σ times as security:

    R = 4     S = 3 − 2σ     T = 2 + 2σ     P = 1

For σ < 1 harmony, for σ > 1 a prisoner's dilemma, which grim reaction overcomes from δ* = (2σ −
2)/(2σ + 1) on. Without opulence only relative shipping is left, and interests are opposed.
"""

from __future__ import annotations

from coopgames.games.game import Game, two_by_two
from coopgames.games.registry import Parameter, entry

SWITCH = 1.0
"""σ*, the weight of security at which harmony ends."""


def navigation_threshold(sigma: float) -> float:
    """Compute δ*, from which on grim reaction keeps shipping open; 0 up to `SWITCH`."""
    return max(0.0, (2 * sigma - 2) / (2 * sigma + 1))


@entry(
    "navigation-acts",
    title="The Navigation Acts as a game",
    encodes=("harmony", None),
    story="England and Holland can leave shipping open to both or reserve it to their own ships.",
    source="A. Smith, The Wealth of Nations (1776), book 4, as quoted by R. O. Keohane, After "
    "Hegemony (1984), ch. 4: defence before opulence. The payoffs are ours.",
    parameters={
        "sigma": Parameter("how much relative shipping counts, as security", 0, unit="weight"),
        "opulence": Parameter("how much trade itself counts", 0, unit="weight"),
    },
    notice=(
        "Trade itself does not change with σ: harmony vanishes as soon as security counts more "
        "than σ = 1, and comes back with peace.",
        "What makes it vanish is relative: one's ships count because they are not the other's.",
    ),
    vary=(
        "sigma=1.5, sigma=3: a dilemma that needs a future of δ = 0.25, 0.571.",
        "opulence=0, sigma=1: only relative shipping counts, and interests are opposed.",
    ),
)
def navigation_acts(sigma: float = 0.5, opulence: float = 1.0) -> Game:
    """Make the game of open shipping and acts, with σ times relative shipping as security."""
    payoffs = two_by_two(
        "", R=4 * opulence, S=3 * opulence - 2 * sigma, T=2 * opulence + 2 * sigma, P=opulence
    ).payoffs
    return Game(
        "navigation-acts", payoffs, actions=[("open", "act")] * 2, seats=("England", "Holland")
    )
