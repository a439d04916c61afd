"""Public goods that are not a sum: the least, the largest or enough contributions count.

J. Hirshleifer ("From weakest-link to best-shot: the voluntary provision of public goods", Public
Choice 41, 1983) told three kinds apart by what the group gets from efforts e_1, …, e_n: their sum,
their minimum (a dike is as strong as its weakest stretch) or their maximum (one hit is enough).

Volunteer's dilemma (A. Diekmann, "Volunteer's dilemma", J. Conflict Resolution 29, 1985): each gets
b if at least one volunteers, and who does pays c < b. In the symmetric equilibrium everybody is
indifferent, so that the n−1 others fail with probability c/b:

    q = (c/b)^{1/(n−1)}     one does not volunteer
    q^n = (c/b)^{n/(n−1)}   nobody does, which tends to c/b in large groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from coopgames.games.counts import CountGame, count_game
from coopgames.games.registry import Parameter, entry
from coopgames.mistakes import Mistake

ACTORS = Parameter("how many actors", 2)
LEVELS = Parameter("how many levels of effort there are, none included", 2)


@entry(
    "volunteers-dilemma",
    title="The volunteer's dilemma",
    encodes=("mixed-interests", "coordination-distributive"),
    story="One volunteer is enough for all, and each would rather that it were another.",
    source="A. Diekmann, Volunteer's dilemma, J. Conflict Resolution 29 (1985).",
    parameters={
        "n": ACTORS,
        "b": Parameter("what each gets if somebody volunteers", 0, above=True, unit="payoff"),
        "c": Parameter("what it costs to volunteer, less than b", 0, above=True, unit="payoff"),
    },
    notice=(
        "At rest are the outcomes with exactly one volunteer: everybody wants one of them, and "
        "each another one.",
        "Where nobody can say who it is to be, each draws lots, and in larger groups it is more "
        "likely that nobody volunteers: (c/b)^(n/(n−1)), which rises towards c/b.",
    ),
    vary=("n: more people who could help, and help less likely.", "c/b: what volunteering costs."),
)
def volunteers_dilemma(n: int = 3, b: float = 2.0, c: float = 1.0) -> CountGame:
    """Make the game in which each gets b if anybody volunteers, and a volunteer pays c."""
    if c >= b:
        raise Mistake(f"c = {c:g} is not less than b = {b:g}, so nobody would ever volunteer")
    return count_game(
        "volunteers-dilemma", n,
        lambda own, others: b - c if own == 0 else b * (others[0] > 0),
        actions=("volunteer", "wait"),
    )  # fmt: skip


def nobody_volunteers(n: int, b: float, c: float) -> float:
    """Compute how likely it is that nobody volunteers in the symmetric equilibrium."""
    return float((c / b) ** (n / (n - 1)))


@entry(
    "threshold-stag-hunt",
    title="The stag hunt of several",
    encodes=("mixed-interests", "assurance"),
    story="A stag falls if enough of them hunt it; a hare each can catch alone.",
    source="B. Skyrms, The Stag Hunt and the Evolution of Social Structure (2004); the threshold: "
    "J. M. Pacheco, F. C. Santos, M. O. Souza and B. Skyrms, Proc. Royal Society B 276 (2009).",
    parameters={
        "n": ACTORS,
        "m": Parameter("how many must hunt for the stag to fall, at most n", 1),
        "stag": Parameter("what a hunter gets if the stag falls", 0, above=True, unit="payoff"),
        "hare": Parameter("what a hare is worth, less than the stag", 0, above=True, unit="payoff"),
    },
    notice=(
        "Everybody at the stag is best for all, and everybody at the hare is at rest too: fear, "
        "not greed, stands in the way.",
        "It is worth hunting if one expects at least m − 1 of the others to hunt.",
    ),
    vary=("m: the more are needed, the more trust it takes.", "hare: what it is worth to be safe."),
)
def threshold_stag_hunt(n: int = 4, m: int = 3, stag: float = 4.0, hare: float = 1.0) -> CountGame:
    """Make the hunt in which m hunters are enough; who hunts with too few gets nothing."""
    if m > n:
        raise Mistake(f"m = {m} is more than the n = {n} actors there are")
    if hare >= stag:
        raise Mistake(f"hare = {hare:g} is not less than stag = {stag:g}")
    return count_game(
        "threshold-stag-hunt", n,
        lambda own, others: (stag if others[0] + 1 >= m else 0.0) if own == 0 else hare,
        actions=("stag", "hare"),
    )  # fmt: skip


@entry(
    "weakest-link",
    title="The weakest link",
    encodes=("mixed-interests", "assurance"),
    story="A dike protects all behind it as well as its weakest stretch does.",
    source="J. Hirshleifer, From weakest-link to best-shot: the voluntary provision of public "
    "goods, Public Choice 41 (1983).",
    parameters={
        "n": ACTORS,
        "levels": LEVELS,
        "b": Parameter("what a level of the least effort is worth to each", 0, above=True,
                       unit="payoff"),
        "c": Parameter("what a level of effort costs, less than b", 0, above=True, unit="payoff"),
    },
    notice=(
        "Nobody gains by doing less than the others, and nobody by doing more: every level is at "
        "rest, and the highest is best for all.",
        "There is nothing to cheat for. What is missing is only the certainty that all will do "
        "their part.",
    ),
    vary=("n: one more who might fail.", "c/b: from one half on, doing little is the safer guess."),
)  # fmt: skip
def weakest_link(n: int = 3, levels: int = 2, b: float = 2.0, c: float = 1.0) -> CountGame:
    """Make the game of b · (least effort) − c · (own effort)."""
    return _efforts("weakest-link", n, levels, min, b, c)


@entry(
    "best-shot",
    title="The best shot",
    encodes=("mixed-interests", "coordination-distributive"),
    story="Many can shoot down the missile, one hit is enough, and each has better uses for its "
    "powder.",
    source="J. Hirshleifer, From weakest-link to best-shot: the voluntary provision of public "
    "goods, Public Choice 41 (1983).",
    parameters={
        "n": ACTORS,
        "levels": LEVELS,
        "b": Parameter("what a level of the greatest effort is worth to each", 0, above=True,
                       unit="payoff"),
        "c": Parameter("what a level of effort costs, less than b", 0, above=True, unit="payoff"),
    },
    notice=(
        "One does all and the others nothing: the greatest effort is all that counts, so a second "
        "one is wasted.",
        "With two levels it is the volunteer's dilemma.",
    ),
    vary=("n: more who could, and more who wait.", "levels: effort by degrees changes little."),
)  # fmt: skip
def best_shot(n: int = 3, levels: int = 3, b: float = 2.0, c: float = 1.0) -> CountGame:
    """Make the game of b · (greatest effort) − c · (own effort)."""
    return _efforts("best-shot", n, levels, max, b, c)


@entry(
    "minimum-effort",
    title="The minimum-effort game",
    encodes=("mixed-interests", "assurance"),
    story="What a team brings about depends on whoever does least, and effort costs.",
    source="J. B. Van Huyck, R. C. Battalio and R. O. Beil, Tacit coordination games, strategic "
    "uncertainty, and coordination failure, American Economic Review 80 (1990).",
    parameters={
        "n": ACTORS,
        "levels": Parameter("how many levels of effort there are, from 1 on", 2),
        "a": Parameter("what a level of the least effort is worth to each", 0, above=True,
                       unit="dollars"),
        "b": Parameter("what a level of effort costs, less than a", 0, above=True, unit="dollars"),
        "constant": Parameter("what each gets anyway", unit="dollars"),
    },
    notice=(
        "Every common effort is at rest. The highest is best for all; the lowest is the only one "
        "that is safe.",
        "Efficiency alone does not settle what people expect: in large groups in the laboratory "
        "effort fell to the lowest level.",
    ),
    vary=(
        "n: equilibria stay the same, trust does not.",
        "levels: the experiment had 7; with 3 actors that is 343 profiles.",
    ),
)  # fmt: skip
def minimum_effort(
    n: int = 3, levels: int = 4, a: float = 0.2, b: float = 0.1, constant: float = 0.6
) -> CountGame:
    """Make the game of a · (least effort) − b · (own effort) + constant."""
    return _efforts("minimum-effort", n, levels, min, a, b, 1, constant)


def _efforts(
    name: str, n: int, levels: int, counts: Callable[[Iterable[int]], int], b: float, c: float,
    lowest: int = 0, constant: float = 0.0,
) -> CountGame:  # fmt: skip
    """Make the game of b · counts(efforts) − c · own effort + constant, highest effort first."""
    if c >= b:
        raise Mistake(f"a level of effort costs {c:g}, not less than the {b:g} that it brings")
    efforts = range(lowest + levels - 1, lowest - 1, -1)

    def payoff(own: int, others: tuple[int, ...]) -> float:
        made = [efforts[own], *(e for e, k in zip(efforts, others, strict=True) if k)]
        return b * counts(made) - c * efforts[own] + constant

    return count_game(name, n, payoff, actions=[str(e) for e in efforts])
