"""The games everyone knows, by name.

Payoffs are those of theory.md 1.1.6; only their order matters to a game's name, except in
`turn-taking-deadlock`, which differs from `deadlock` in that taking turns pays. Sources of the
names: A. Rapoport and M. Guyer, "A taxonomy of 2 × 2 games", General Systems 11 (1966);
R. D. Luce and H. Raiffa, Games and Decisions (1957), for the battle of the sexes; D. Robinson and
D. Goforth, The Topology of the 2×2 Games (2005), for harmony, concord and deadlock; M. Bacharach,
Beyond Individual Choice (2006), for hi-lo; L. L. Martin, "Interests, power, and multilateralism",
International Organization 46 (1992), for suasion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from coopgames.games.game import Game, two_by_two
from coopgames.mistakes import Mistake, unknown


@cache
def catalog() -> Mapping[str, Game]:
    """All named games by name, from harmony to opposed interests."""
    games = (
        two_by_two(
            "harmony", R=4, S=3, T=2, P=1,
            story="What each does in its own interest is also what serves the other best.",
        ),
        two_by_two(
            "concord", R=4, S=2, T=3, P=1,
            story="Accommodating pays whatever the other does, but the one who withholds from an "
            "accommodating other comes off better than that other.",
        ),
        two_by_two(
            "prisoners-dilemma", R=3, S=0, T=5, P=1,
            story="Each does better by withholding whatever the other does, and both are worse "
            "off than if both had accommodated.",
        ),
        _symmetric(
            "stag-hunt", ("stag", "hare"), R=4, S=1, T=3, P=2,
            story="Two hunters can bring down a stag together; a hare each can catch alone.",
        ),
        _symmetric(
            "chicken", ("swerve", "straight"), R=3, S=2, T=4, P=1,
            story="Two drivers race towards each other: who swerves loses face, and if neither "
            "does, both lose most.",
        ),
        Game(
            "battle-of-the-sexes", [[[3, 0], [0, 2]], [[2, 0], [0, 3]]],
            actions=[("boxing", "ballet")] * 2,
            story="Two people want to spend the evening together, but one would rather see the "
            "boxing match and the other the ballet.",
        ),
        Game(
            "pure-coordination", [[[1, 0], [0, 1]]] * 2,
            actions=[("left", "right")] * 2,
            story="Two cars meet on a road: either side will do, if both keep to the same.",
        ),
        Game(
            "hi-lo", [[[3, 0], [0, 2]]] * 2,
            actions=[("high", "low")] * 2,
            story="Two ways of meeting, one better for both than the other.",
        ),
        two_by_two(
            "turn-taking-deadlock", R=2, S=1, T=7, P=3,
            story="Both would rather withhold than both accommodate, but taking turns at "
            "accommodating beats either.",
        ),
        two_by_two(
            "deadlock", R=2, S=1, T=4, P=3,
            story="Each withholds, and both prefer that to both accommodating.",
        ),
        Game(
            "suasion", [[[4, 3], [2, 1]], [[3, 4], [1, 2]]],
            actions=[("C", "D")] * 2,
            story="One actor supplies what both want even if it must do so alone; the other knows "
            "it and lets it.",
        ),
        Game(
            "matching-pennies", [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]],
            actions=[("heads", "tails")] * 2,
            story="One wins if the two coins show the same side, the other if they do not.",
        ),
        Game(
            "independence", [[[2, 2], [1, 1]], [[2, 1], [2, 1]]],
            actions=[("first", "second")] * 2,
            story="Each does what it likes best, and nothing that it does matters to the other.",
        ),
    )  # fmt: skip
    return MappingProxyType({game.name: game for game in games})


def named_game(name: str) -> Game:
    """Return the game of this name.

    Raises
    ------
    Mistake
        If there is none; the message gives the nearest names.
    """
    if name not in catalog():
        raise Mistake(unknown("game", name, catalog()))
    return catalog()[name]


def _symmetric(
    name: str, actions: Sequence[str], *, R: float, S: float, T: float, P: float, story: str
) -> Game:
    """Make a game as `two_by_two` does, with other words for C and D."""
    payoffs = two_by_two(name, R=R, S=S, T=T, P=P).payoffs
    return Game(name, payoffs, actions=[actions] * 2, story=story)
