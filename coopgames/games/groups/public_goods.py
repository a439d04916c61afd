"""Public goods: whoever contributes pays, and what comes of it is shared by all.

With k contributors, each at cost c, every member of a group of n gets

    linear        (r c / n) k
    non-linear    (r c / n) (1 + w + w² + … + w^{k−1}),

so that each contribution adds w times what the one before it added: less for w < 1 (discounting),
more for w > 1 (synergy), the same for w = 1 (C. Hauert, F. Michor, M. A. Nowak and M. Doebeli,
"Synergy and discounting of cooperation in social dilemmas", J. Theor. Biol. 239, 2006). The k-th
contribution pays whoever gives it if (r/n) w^{k−1} > 1.
"""

from __future__ import annotations

from coopgames.games.counts import CountGame, count_game
from coopgames.games.registry import Parameter, entry

ACTORS = Parameter("how many actors", 2)
COST = Parameter("what a contribution costs", 0, above=True, unit="payoff")
WORTH = Parameter("what a unit given is worth to all together", unit="units")
ACTIONS = ("contribute", "keep")


@entry(
    "public-goods",
    title="The linear public good",
    encodes=("mixed-interests", "dilemma"),
    story="What anyone contributes grows and is shared by all, contributors or not.",
    source="The form: M. Olson, The Logic of Collective Action (1965), as it is played in the "
    "laboratory, e.g. J. O. Ledyard in The Handbook of Experimental Economics (1995).",
    parameters={"n": ACTORS, "r": WORTH, "cost": COST},
    notice=(
        "A unit given is worth r/n to its giver and r to all: for 1 < r < n nobody gives, though "
        "all would gain if everybody did.",
        "Whether more actors make it harder depends on what is held fixed. Grim reaction holds "
        "from a continuation probability of (n − r)/(r(n − 1)) on: with r fixed it rises with n "
        "towards 1/r; with r/n fixed it falls.",
    ),
    vary=(
        "r: at n a contribution pays for itself, and the dilemma turns into harmony.",
        "n with r fixed, and n with r/n fixed.",
    ),
)
def public_goods(n: int = 4, r: float = 2.0, cost: float = 1.0) -> CountGame:
    """Make the linear public good: what is given is multiplied by r and shared by all alike.

    A dilemma for 1 < r < n: each unit given is worth r/n to whoever gives it and r to all.

    Parameters
    ----------
    n : int
        Number of actors.
    r : float
        What a unit given is worth to all together.
    cost : float
        What one gives who contributes.
    """
    return count_game(
        "public-goods", n,
        lambda own, others: r * cost * (others[0] + (own == 0)) / n - cost * (own == 0),
        actions=ACTIONS,
        story="What anyone contributes grows and is shared by all, contributors or not.",
    )  # fmt: skip


@entry(
    "public-goods-synergy",
    title="The public good with synergy",
    encodes=("mixed-interests", "assurance"),
    story="Each contribution adds more than the one before it, or less, and all share what comes "
    "of it.",
    source="C. Hauert, F. Michor, M. A. Nowak and M. Doebeli, Synergy and discounting of "
    "cooperation in social dilemmas, J. Theoretical Biology 239 (2006).",
    parameters={
        "n": ACTORS,
        "r": Parameter("what the first unit given is worth to all together", unit="units"),
        "w": Parameter("what each further contribution adds, relative to the one before", 0),
        "cost": COST,
    },
    notice=(
        "The production function alone decides the kind of problem: the k-th contribution pays its "
        "giver if (r/n) w^(k−1) > 1.",
        "With synergy nobody wants to be the first, and nobody wants to be the only one who does "
        "not: expectations decide.",
    ),
    vary=(
        "w: 1 is the linear public good, a dilemma; above 1 the last contribution may pay, a "
        "problem of assurance.",
        "w=0.5, r=6: the first contribution pays its giver and the last does not, so too few give.",
        "w=0.1, r=6: one contribution is enough for all, and they quarrel over whose.",
    ),
)
def public_goods_synergy(
    n: int = 4, r: float = 2.0, w: float = 1.5, cost: float = 1.0
) -> CountGame:
    """Make the public good to which each contribution adds w times what the one before added."""
    return count_game(
        "public-goods-synergy", n,
        lambda own, others: r * cost / n * sum(w**j for j in range(others[0] + (own == 0)))
        - cost * (own == 0),
        actions=ACTIONS,
    )  # fmt: skip
