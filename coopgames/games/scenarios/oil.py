"""Oil: a cartel of firms, its end, and the regimes of producers and of consumers.

n firms without costs sell to a demand 1 − Q. Outputs are

    1/(2n)        "as is": an equal share of the monopoly output, each at its historical share
    1/(n+1)       compete: the equilibrium of A. Cournot (1838)
    (n+1)/(4n)    overrun: the best reply while the others keep to their shares

Reversion to competition holds the shares from δ* = (n+1)²/((n+1)² + 4n) on (J. W. Friedman, Review
of Economic Studies 38, 1971): 9/17, .571, .643, .696, .752, .790 for n = 2, 3, 5, 7, 10, 13. At δ =
.75 it does up to n = 9.

Producers with capacities of 3/4 in all produce all they can or only pro rata, two thirds of it,
which makes up the monopoly output. One that holds a share s of capacity keeps to its quota, if the
others do and would else produce all they can, from

    δ*(s) = (2 − 3s)/(3(1 − s))

on: the small ones cheat first. That holds for s < 1/2; a larger producer restrains itself if the
others do not, and one with s > 2/3 in any case.

Consumers share oil. With probability q an embargo hits one of n countries, each as likely, and
takes E from it; a shortfall of E costs λE². Those who share bear equal parts with the target.
Behind the veil all gain by it, ex ante λE²q(n−1)/n² each. Once the target is known the others can
only lose; grim reaction nevertheless holds them from

    δ* = 1/(1 + q(n − 1))

on: larger groups insure one another more easily.
"""

from __future__ import annotations

import numpy as np

from coopgames.games.counts import CountGame, check_size, count_game
from coopgames.games.game import Game
from coopgames.games.registry import Parameter, entry
from coopgames.games.scenarios.trade import KEOHANE

FIRMS = Parameter("how many firms", 2)
OUTPUTS = ("as is", "compete", "overrun")
MEMBERS = Parameter("how many consuming countries", 2)
LOSS = Parameter(
    "what a shortfall of one costs, if one bears it alone", 0, above=True, unit="payoff"
)


def outputs(n: int) -> tuple[float, float, float]:
    """Compute a firm's output as is, in competition, and when it overruns its share."""
    return 1 / (2 * n), 1 / (n + 1), (n + 1) / (4 * n)


def cartel_threshold(n: int) -> float:
    """Compute δ*, from which on reversion to competition holds the shares of n firms."""
    return (n + 1) ** 2 / ((n + 1) ** 2 + 4 * n)


def quota_threshold(share: float) -> float:
    """Compute δ* of a producer that holds a share of capacity below one half."""
    return (2 - 3 * share) / (3 * (1 - share))


def sharing_threshold(n: int, q: float) -> float:
    """Compute δ*, from which on grim reaction holds the members to sharing with a known target."""
    return 1 / (1 + q * (n - 1))


def _profit(own: int, others: tuple[int, ...], n: int) -> float:
    q = outputs(n)
    total = q[own] + sum(k * x for k, x in zip(others, q, strict=True))
    return q[own] * max(0.0, 1 - total)


@entry(
    "as-is-oil",
    title="The as-is cartel",
    encodes=("opposed-interests", "multiple"),
    story="A few oil companies agree to keep their shares as they are, and nobody asks those who "
    "buy.",
    source=f"{KEOHANE}: the Red Line and Achnacarry agreements of 1928. Thresholds: J. W. "
    "Friedman, A non-cooperative equilibrium for supergames, Review of Economic Studies 38 "
    "(1971).",
    parameters={"n": FIRMS},
    notice=(
        "For the companies among themselves interests are mixed, a dilemma: all gain if each keeps "
        "its share, and each gains by overrunning it.",
        "Their agreement is cooperation, and it injures the consumers. Cooperation is not welfare.",
    ),
    vary=("n: tug-of-war has the same companies without the consumers, and more of them.",),
)
def as_is_oil(n: int = 3) -> Game:
    """Make the game of n companies and their consumers, who have consumer surplus and no choice.

    The companies' roles are those among themselves: less output accommodates.
    """
    check_size(n + 1, len(OUTPUTS))
    q = np.array(outputs(n))
    each = q[np.indices((3,) * n)]
    total = each.sum(axis=0)
    payoffs = [*(each * np.clip(1 - total, 0, None)), np.minimum(total, 1) ** 2 / 2]
    return Game(
        "as-is-oil", np.array(payoffs)[..., None], actions=[*[OUTPUTS] * n, ("buy",)],
        seats=[*(f"company {i + 1}" for i in range(n)), "consumers"],
        roles=[*[(0, 1, 2)] * n, (0,)],
    )  # fmt: skip


@entry(
    "tug-of-war",
    title="The tug of war over oil",
    encodes=("mixed-interests", "dilemma"),
    story="More and more companies sell oil, and the old shares bind fewer and fewer of them.",
    source=f"{KEOHANE}: no regime after the late 1960s, since no injunction was accepted by all "
    "influential actors. Thresholds: J. W. Friedman, Review of Economic Studies 38 (1971).",
    parameters={"n": FIRMS},
    notice=(
        "Every further company raises the threshold (n + 1)²/((n + 1)² + 4n). Where the future "
        "weighs 0.75 the shares hold up to nine companies and break at the tenth.",
        "One impatient newcomer is enough: the threshold is each company's own.",
    ),
    vary=("n: from the few of 1928 to the many of 1970.",),
)
def tug_of_war(n: int = 3) -> CountGame:
    """Make the game of n companies that keep their shares, compete, or overrun them."""
    return count_game("tug-of-war", n, lambda own, others: _profit(own, others, n), OUTPUTS)


@entry(
    "opec-quotas",
    title="The producers' quota regime",
    encodes=("mixed-interests", "dilemma"),
    story="Producers of unequal size agree on quotas in proportion to what they can produce.",
    source=f"{KEOHANE}: OPEC's attempt at prorationing. The model is ours.",
    parameters={
        "n": Parameter("how many producers", 2),
        "swing": Parameter("the largest producer's share of capacity; the others have equal parts",
                           0, 1, unit="share"),
    },
    notice=(
        "The largest producer gains least by cheating, since it lowers the price of all that it "
        "sells; a small one hardly notices. So the large one swings and the small ones cheat.",
        "A producer keeps to its quota from δ* = (2 − 3s)/(3(1 − s)) on, s being its share: 0.444 "
        "for 0.4, 0.524 for 0.3, up to 2/3 for the smallest.",
    ),
    vary=(
        "swing: above 1/2 the largest restrains itself if the others do not, above 2/3 always.",
        "n: more and smaller producers, whose thresholds are higher.",
    ),
)  # fmt: skip
def opec_quotas(n: int = 3, swing: float = 0.4) -> Game:
    """Make the game of producers that keep to two thirds of capacity or use all of it."""
    check_size(n, 2)
    capacity = 0.75 * np.array([swing, *[(1 - swing) / (n - 1)] * (n - 1)])
    produced = np.array([2 / 3, 1.0])[np.indices((2,) * n)]
    each = capacity.reshape(n, *(1,) * n) * produced
    payoffs = each * (1 - each.sum(axis=0))
    return Game(
        "opec-quotas", payoffs, actions=[("quota", "capacity")] * n,
        seats=["swing producer", *(f"producer {i}" for i in range(2, n + 1))],
    )  # fmt: skip


@entry(
    "oil-sharing",
    title="Emergency oil sharing",
    encodes=("mixed-interests", "dilemma"),
    story="Any of several countries may be hit by an embargo, and nobody knows which when they "
    "decide whether to share.",
    source=f"{KEOHANE}: the emergency sharing system of the International Energy Agency against "
    "selective embargoes. The model is ours.",
    parameters={
        "n": MEMBERS,
        "q": Parameter("how likely an embargo is", 0, 1, above=True, unit="probability"),
        "loss": LOSS,
    },
    notice=(
        "Behind the veil, not knowing who will be hit, all gain if all share. Once the target is "
        "known nobody else does: see oil-embargo.",
        "Repetition still holds them, from δ* = 1/(1 + q(n − 1)) on: 0.625 for four countries and "
        "q = 0.2, 0.4 for sixteen and q = 0.1. Larger groups find it easier.",
    ),
    vary=("n and q: what insurance is worth.", "oil-embargo: the same after the veil has lifted."),
)
def oil_sharing(n: int = 4, q: float = 0.2, loss: float = 1.0) -> CountGame:
    """Make the game of deciding beforehand whether to share with whoever will be hit.

    The target bears equal parts with those who share; it is helped whether or not it would share.
    """

    def payoff(own: int, others: tuple[int, ...]) -> float:
        sharers = others[0]
        alone = loss / (1 + sharers) ** 2  # one is hit oneself
        if own == 1:
            return -q / n * alone
        # Another is hit: one who shares, so that the rest share with it, or one who does not.
        among, outside = sharers / n, (n - 1 - sharers) / n
        helping = among * loss / (1 + sharers) ** 2 + outside * loss / (2 + sharers) ** 2
        return -q * (alone / n + helping)

    return count_game("oil-sharing", n, payoff, actions=("share", "keep"))


@entry(
    "oil-embargo",
    title="The selective embargo",
    encodes=("opposed-interests", "one-sided"),
    story="An embargo has hit one of several countries, and the others can share the shortfall or "
    "keep what they have.",
    source=f"{KEOHANE}: the threat of selective embargoes. The model is ours.",
    parameters={"n": Parameter(MEMBERS.meaning, 3), "loss": LOSS},
    notice=(
        "Nobody but the target gains by sharing, so there is nothing to agree on: only the "
        "prospect of being the next target is a reason.",
        "That prospect is what an agreement made beforehand brings into play: see oil-sharing.",
    ),
    vary=("n: more who could help, and none with a reason to.",),
)
def oil_embargo(n: int = 3, loss: float = 1.0) -> Game:
    """Make the game of sharing with a target that is known and has no choice."""
    check_size(n, 2)
    share = np.indices((2,) * (n - 1)) == 0
    part = loss / (1 + share.sum(axis=0)) ** 2
    payoffs = np.array([-part, *np.where(share, -part, 0.0)])
    return Game(
        "oil-embargo", payoffs[:, None], actions=[("import",), *[("share", "keep")] * (n - 1)],
        seats=["target", *(f"country {i}" for i in range(2, n + 1))],
    )  # fmt: skip
