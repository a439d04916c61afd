"""Binary choices with externalities: T. C. Schelling's diagrams.

Everybody either joins or stays out, and cares how many of the others join. With f the share of the
others that do, both payoffs are lines (T. C. Schelling, "Hockey helmets, concealed weapons, and
daylight saving: a study of binary choices with externalities", J. Conflict Resolution 17, 1973):

    joining      J(f) = J_0 + (J_1 − J_0) f
    staying out  S(f) = S_0 + (S_1 − S_0) f

What the lines do to each other decides the regime:

    one above the other throughout   one choice is best whatever the others do (*uniform*)
    J crosses S from below           all or none: whoever joins makes joining better (*tipping*)
    J crosses S from above           some join and some do not (*congestion*)

They cross at f* = (S_0 − J_0)/((J_1 − J_0) − (S_1 − S_0)). Where staying out is always better and
all would rather all joined than none, it is his multi-person prisoner's dilemma. Its *k-group* is
the smallest group that gains by joining even if nobody else does: k members, of whom each then sees
k − 1 others, with J((k−1)/(n−1)) ≥ S_0.
"""

from __future__ import annotations

from typing import Literal

from coopgames.games.counts import CountGame, count_game
from coopgames.games.registry import Parameter, entry
from coopgames.mistakes import Mistake

Regime = Literal["uniform", "tipping", "congestion"]


def regime(join_0: float, join_1: float, stay_0: float, stay_1: float) -> Regime:
    """Say what two lines do to each other; touching at an end is not crossing."""
    before, after = join_0 - stay_0, join_1 - stay_1
    if before * after >= 0:
        return "uniform"
    return "tipping" if before < 0 else "congestion"


def crossing(join_0: float, join_1: float, stay_0: float, stay_1: float) -> float | None:
    """Compute the share of joiners at which both are equally good; None if there is none."""
    if regime(join_0, join_1, stay_0, stay_1) == "uniform":
        return None
    return (stay_0 - join_0) / ((join_1 - join_0) - (stay_1 - stay_0))


def k_group(game: CountGame) -> int | None:
    """Find the smallest number of members that are no worse off by joining though nobody else does.

    Parameters
    ----------
    game : CountGame
        With two actions, of which the first is to join.

    Returns
    -------
    int or None
        k, from 1 to n; None if not even all of them gain by it.

    Raises
    ------
    Mistake
        If there are more than two actions.
    """
    if game.k != 2:
        raise Mistake(f"game {game.name!r} has {game.k} actions; a k-group is found for two")
    joins, stays = game.payoffs
    return next((k for k in range(1, game.n + 1) if joins[k - 1] >= stays[0]), None)


def most_valuable(game: CountGame) -> int:
    """Find the number of joiners at which all together get most; the smallest such number.

    Parameters
    ----------
    game : CountGame
        With two actions, of which the first is to join.
    """
    joins, stays = game.payoffs

    def total(k: int) -> float:
        joining = k * joins[k - 1] if k else 0.0
        staying = (game.n - k) * stays[k] if k < game.n else 0.0
        return float(joining + staying)

    return max(range(game.n + 1), key=lambda k: (total(k), -k))


LINE = "payoff to who {} when {} of the others join"


@entry(
    "binary-choices",
    title="Schelling's binary choice",
    encodes=("mixed-interests", "dilemma"),
    story="Each either joins or stays out, and cares how many of the others join.",
    source="T. C. Schelling, Hockey helmets, concealed weapons, and daylight saving: a study of "
    "binary choices with externalities, J. Conflict Resolution 17 (1973).",
    parameters={
        "n": Parameter("how many actors", 2),
        "join_0": Parameter(LINE.format("joins", "none"), unit="payoff"),
        "join_1": Parameter(LINE.format("joins", "all"), unit="payoff"),
        "stay_0": Parameter(LINE.format("stays out", "none"), unit="payoff"),
        "stay_1": Parameter(LINE.format("stays out", "all"), unit="payoff"),
    },
    notice=(
        "Two lines, and all that matters is which lies above the other where none and where all of "
        "the others join.",
        "With the usual values it is Axelrod's prisoner's dilemma among many: staying out is "
        "always better, and all would rather all joined.",
        "A group can join on its own, without loss, once it is as large as the k-group, here 2; "
        "the others then ride free.",
    ),
    vary=(
        "join_1 = 6: the lines cross from below, all or none is at rest, and the crossing is the "
        "tipping point.",
        "join_0 = 2: they cross from above, and some join, but fewer than would be best for all.",
        "stay_0 = 4: all joining is no longer better than none, a deadlock of many.",
    ),
)
def binary_choices(
    n: int = 4, join_0: float = 0.0, join_1: float = 3.0, stay_0: float = 1.0, stay_1: float = 5.0
) -> CountGame:
    """Make the game of two lines over the share of the others that join."""

    def payoff(own: int, others: tuple[int, ...]) -> float:
        share = others[0] / (n - 1)
        at_0, at_1 = (join_0, join_1) if own == 0 else (stay_0, stay_1)
        return at_0 + (at_1 - at_0) * share

    return count_game("binary-choices", n, payoff, actions=("join", "stay out"))
