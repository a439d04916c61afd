"""The games everyone knows.

Payoffs are those of theory.md 1.1.6; only their order matters to a game's name, except in
`turn-taking-deadlock`, which differs from `deadlock` in that taking turns pays.
"""

from __future__ import annotations

from collections.abc import Sequence

from coopgames.games.game import Game, two_by_two
from coopgames.games.registry import entry

RAPOPORT = "A. Rapoport and M. Guyer, A taxonomy of 2 × 2 games, General Systems 11 (1966)"
ROBINSON = "D. Robinson and D. Goforth, The Topology of the 2×2 Games (2005)"


@entry(
    "harmony",
    title="The game of harmony",
    encodes=("harmony", None),
    story="What each does in its own interest is also what serves the other best.",
    source=f"The name: {ROBINSON}.",
)
def harmony() -> Game:
    """Make the game of harmony."""
    return two_by_two("harmony", R=4, S=3, T=2, P=1)


@entry(
    "concord",
    title="The game of concord",
    encodes=("harmony", None),
    story="Accommodating pays whatever the other does, but the one who withholds from an "
    "accommodating other comes off better than that other.",
    source=f"The name: {ROBINSON}.",
)
def concord() -> Game:
    """Make the game of concord."""
    return two_by_two("concord", R=4, S=2, T=3, P=1)


@entry(
    "prisoners-dilemma",
    title="The prisoner's dilemma",
    encodes=("mixed-interests", "dilemma"),
    story="Each does better by withholding whatever the other does, and both are worse "
    "off than if both had accommodated.",
    source="Payoffs: R. Axelrod, The Evolution of Cooperation (1984), figure 1.",
)
def prisoners_dilemma() -> Game:
    """Make Axelrod's prisoner's dilemma."""
    return two_by_two("prisoners-dilemma", R=3, S=0, T=5, P=1)


@entry(
    "stag-hunt",
    encodes=("mixed-interests", "assurance"),
    story="Two hunters can bring down a stag together; a hare each can catch alone.",
    source="The story: J.-J. Rousseau, Discourse on Inequality (1755), part 2.",
)
def stag_hunt() -> Game:
    """Make the stag hunt."""
    return _symmetric("stag-hunt", ("stag", "hare"), R=4, S=1, T=3, P=2)


@entry(
    "chicken",
    title="The game of chicken",
    encodes=("mixed-interests", "coordination-distributive"),
    story="Two drivers race towards each other: who swerves loses face, and if neither "
    "does, both lose most.",
    source=f"The name: {RAPOPORT}.",
)
def chicken() -> Game:
    """Make the game of chicken."""
    return _symmetric("chicken", ("swerve", "straight"), R=3, S=2, T=4, P=1)


@entry(
    "battle-of-the-sexes",
    encodes=("mixed-interests", "coordination-distributive"),
    story="Two people want to spend the evening together, but one would rather see the "
    "boxing match and the other the ballet.",
    source="R. D. Luce and H. Raiffa, Games and Decisions (1957).",
)
def battle_of_the_sexes() -> Game:
    """Make the battle of the sexes."""
    return Game(
        "battle-of-the-sexes", [[[3, 0], [0, 2]], [[2, 0], [0, 3]]],
        actions=[("boxing", "ballet")] * 2,
    )  # fmt: skip


@entry(
    "pure-coordination",
    title="The game of pure coordination",
    encodes=("mixed-interests", "assurance"),
    story="Two cars meet on a road: either side will do, if both keep to the same.",
    source="T. C. Schelling, The Strategy of Conflict (1960).",
)
def pure_coordination() -> Game:
    """Make the game of pure coordination."""
    return Game("pure-coordination", [[[1, 0], [0, 1]]] * 2, actions=[("left", "right")] * 2)


@entry(
    "hi-lo",
    title="The game of hi-lo",
    encodes=("mixed-interests", "assurance"),
    story="Two ways of meeting, one better for both than the other.",
    source="M. Bacharach, Beyond Individual Choice (2006).",
)
def hi_lo() -> Game:
    """Make the game of hi-lo."""
    return Game("hi-lo", [[[3, 0], [0, 2]]] * 2, actions=[("high", "low")] * 2)


@entry(
    "turn-taking-deadlock",
    encodes=("mixed-interests", "dilemma"),
    story="Both would rather withhold than both accommodate, but taking turns at "
    "accommodating beats either.",
    source="A deadlock in which T + S > 2P, so that alternating pays.",
)
def turn_taking_deadlock() -> Game:
    """Make the deadlock in which taking turns pays."""
    return two_by_two("turn-taking-deadlock", R=2, S=1, T=7, P=3)


@entry(
    "deadlock",
    title="The game of deadlock",
    encodes=("opposed-interests", "two-sided"),
    story="Each withholds, and both prefer that to both accommodating.",
    source=f"The name: {ROBINSON}.",
)
def deadlock() -> Game:
    """Make the game of deadlock."""
    return two_by_two("deadlock", R=2, S=1, T=4, P=3)


@entry(
    "suasion",
    title="The game of suasion",
    encodes=("opposed-interests", "one-sided"),
    story="One actor supplies what both want even if it must do so alone; the other knows "
    "it and lets it.",
    source="L. L. Martin, Interests, power, and multilateralism, International Organization 46 "
    "(1992).",
)
def suasion() -> Game:
    """Make the game of suasion."""
    return Game("suasion", [[[4, 3], [2, 1]], [[3, 4], [1, 2]]], actions=[("C", "D")] * 2)


@entry(
    "matching-pennies",
    title="Matching pennies",
    encodes=("opposed-interests", "multiple"),
    story="One wins if the two coins show the same side, the other if they do not.",
    source="J. von Neumann and O. Morgenstern, Theory of Games and Economic Behavior (1944).",
)
def matching_pennies() -> Game:
    """Make the game of matching pennies."""
    return Game(
        "matching-pennies", [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]],
        actions=[("heads", "tails")] * 2,
    )  # fmt: skip


@entry(
    "independence",
    title="The game of independence",
    encodes=("independence", None),
    story="Each does what it likes best, and nothing that it does matters to the other.",
    source="The degenerate case of Keohane's distinction.",
)
def independence() -> Game:
    """Make the game of independence."""
    return Game(
        "independence", [[[2, 2], [1, 1]], [[2, 1], [2, 1]]], actions=[("first", "second")] * 2
    )


def _symmetric(
    name: str, actions: Sequence[str], *, R: float, S: float, T: float, P: float
) -> Game:
    """Make a game as `two_by_two` does, with other words for C and D."""
    return Game(name, two_by_two(name, R=R, S=S, T=T, P=P).payoffs, actions=[actions] * 2)
