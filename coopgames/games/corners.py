"""Mixtures at which a replier's best replies change: the corners of its upper envelope.

Against the mixture x of another actor's k actions, reply j pays Σ_i b_ji x_i, and the best pays
v(x) = max_j Σ_i b_ji x_i. The points above that graph,

    { (x, v) : x_i ≥ 0,  v ≥ Σ_i b_ji x_i for every j },

form a cone, if x need not add up to 1. Each of its extreme rays but (0, 1) is a *corner*: a mixture
on which so many of the inequalities are equalities that it is the only one. Which are, are its
*labels* (C. E. Lemke and J. T. Howson, "Equilibrium points of bimatrix games", SIAM Journal 12,
1964): actions that x leaves out, and replies that are best against x.

The rays are found by the double description method (T. S. Motzkin et al., "The double description
method", Contributions to the Theory of Games II, 1953): from the orthant, one inequality at a time
cuts rays off, and puts one ray on each two-dimensional face that it cuts through. Two rays span
such a face if no third has all the labels that they have in common (K. Fukuda and A. Prodon,
"Double description method revisited", 1996). All in integers, so that degeneracy, where a corner
has more labels than it needs, is nothing special.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from coopgames.mistakes import Mistake

MOST = 8000
"""So many corners are found in ten seconds; thirteen actions of no particular kind have more."""

Ray = tuple[tuple[int, ...], int]
"""Coordinates (x_0, …, x_{k−1}, v), and the labels as bits."""


@dataclass(frozen=True)
class Corner:
    """A corner.

    Parameters
    ----------
    mix : tuple of Fraction
        The probability of each action.
    unplayed, best : int
        Its labels, as bits: the actions that it leaves out, and the best replies to it.
    """

    mix: tuple[Fraction, ...]
    unplayed: int
    best: int


def corners(replies: Sequence[Sequence[Fraction]]) -> list[Corner]:
    """Find all corners.

    Parameters
    ----------
    replies : sequence of sequence of Fraction
        ``replies[j][i]``: what reply *j* pays against action *i*.

    Raises
    ------
    Mistake
        If there are too many.
    """
    k, m = len(replies[0]), len(replies)
    # What is added to all payoffs changes no reply; if all are positive, v is too.
    lowest = min(min(row) for row in replies)
    rays: list[Ray] = [
        (tuple(int(i == j) for j in range(k + 1)), (1 << k + 1) - 1 - (1 << i))
        for i in range(k + 1)
    ]
    for j, row in enumerate(replies):
        rays = _cut(rays, _inequality([x - lowest + 1 for x in row]), 1 << k + 1 + j)
        if len(rays) > MOST:
            raise too_many(k, m)
    all_actions = (1 << k) - 1
    return [
        Corner(tuple(Fraction(x, sum(ray[:k])) for x in ray[:k]), labels & all_actions,
               labels >> k + 1)
        for ray, labels in rays if any(ray[:k])
    ]  # fmt: skip


def too_many(k: int, m: int) -> Mistake:
    """Say that so many actions leave too many corners."""
    return Mistake(
        f"{k} × {m} actions leave more than {MOST:,} mixtures to look at, too many for listing all "
        "mixed equilibria"
    )


def _inequality(row: Sequence[Fraction]) -> list[int]:
    """Write v − Σ b_i x_i ≥ 0 with whole coefficients."""
    unit = lcm(*(b.denominator for b in row))
    return [-int(b * unit) for b in row] + [unit]


def _cut(rays: list[Ray], inequality: list[int], label: int) -> list[Ray]:
    """Keep what satisfies an inequality as well."""
    slack = [sum(c * x for c, x in zip(inequality, ray, strict=True)) for ray, _ in rays]
    inside = [(ray, labels, s) for (ray, labels), s in zip(rays, slack, strict=True) if s > 0]
    outside = [(ray, labels, -s) for (ray, labels), s in zip(rays, slack, strict=True) if s < 0]
    kept = [(ray, labels) for ray, labels, _ in inside]
    kept += [(ray, x | label) for (ray, x), s in zip(rays, slack, strict=True) if s == 0]
    everyone = [labels for _, labels in rays]
    needed = len(inequality) - 2  # labels of a two-dimensional face
    for one, its_labels, s in inside:
        for other, other_labels, t in outside:
            common = its_labels & other_labels
            if common.bit_count() < needed or not _alone(common, everyone):
                continue
            between = [t * x + s * y for x, y in zip(one, other, strict=True)]
            unit = gcd(*between)
            kept.append((tuple(x // unit for x in between), common | label))
            if len(kept) > MOST:
                return kept
    return kept


def _alone(common: int, everyone: list[int]) -> bool:
    """Whether no more than two have all of these labels."""
    found = 0
    for labels in everyone:
        if labels & common == common:
            found += 1
            if found > 2:
                return False
    return True
