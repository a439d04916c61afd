"""What the words mean, in a few lines each.

After Robert O. Keohane, After Hegemony (1984), pp. 51-54, in our words; theory.md 1.2.4 has the
definitions to the letter.
"""

from __future__ import annotations

IN_SHORT = {
    "harmony": "what each did in its own interest served the other too",
    "convention": "choices fitted without anyone adjusting",
    "cooperation": "actors adjusted to one another, and it worked",
    "imposed adjustment": "one was made to give way and ended worse off",
    "discord": "choices got in each other's way, and stayed there",
    "independence": "nothing that one did mattered to the other",
}
"""Each outcome in half a sentence."""

OUTCOMES = (
    (
        "harmony",
        "What each actor does in its own interest, without a thought of the others, already helps "
        "the others to attain what they want. Nothing needs adjusting, so cooperation is not "
        "needed.",
    ),
    (
        "convention",
        "Choices fit, although they need not have, and although nobody attempted to adjust to "
        "anybody. (Keohane's figure has no such branch; we keep what was never adjusted apart from "
        "cooperation.)",
    ),
    (
        "cooperation",
        "Left to themselves the actors' choices would have got in each other's way; somebody "
        "adjusted, and choices became compatible. It is tacit when choices fitted without anyone "
        "moving towards the other on the way, adaptive when somebody did, negotiated when there "
        "was talk, and deferential when one gave way unasked and ended worse off.",
    ),
    (
        "imposed adjustment",
        "Choices became compatible, but somebody was left worse off than before and was pressed "
        "into it by harm or threat. Keohane does not separate it; we do, lest every surrender be "
        "called cooperation.",
    ),
    (
        "discord",
        "Actors' choices hinder one another and stay that way: untried when nobody attempted to "
        "adjust, resisted when an attempt came to nothing, intensified when choices ended further "
        "apart than they began.",
    ),
)
"""What can happen, and what we mean by it."""

INDEPENDENCE = (
    "independence",
    "Nothing that one actor does matters to the other: neither harmony nor discord.",
)

OTHERS = (
    (
        "accommodate, withhold",
        "The action that is better for the other, and the one that is worse for it. In the "
        "prisoner's dilemma they are known as cooperating and defecting; here cooperation is kept "
        "for what comes of it.",
    ),
    (
        "game, period",
        "A game is one meeting of two strategies, period after period; a score is what a strategy "
        "gains in all periods of a game together.",
    ),
    (
        "standard error, ±",
        "How far a mean of so many games may be off by luck alone: two times out of three the true "
        "mean lies within it.",
    ),
)
"""The other words of the page."""

KEOHANE = (
    "Robert O. Keohane, After Hegemony: Cooperation and Discord in the World Political Economy. "
    "Princeton University Press, 1984, chapter 4, pp. 51–54 and Figure 1."
)
"""Where the distinction is from."""
