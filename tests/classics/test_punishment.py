"""Public goods that one may leave, and those who punish: classics-iterated.md, entries 30 and 31.

C. Hauert, S. De Monte, J. Hofbauer & K. Sigmund, Volunteering as Red Queen mechanism for
cooperation in public goods games, Science 296 (2002): 1129-1132, and Replicator dynamics for
optional public good games, J. Theoretical Biology 218 (2002): 187-194; C. Hauert, A. Traulsen, H.
Brandt, M. A. Nowak & K. Sigmund, Via freedom to coercion, Science 316 (2007): 1905-1907; K.
Sigmund, H. De Silva, A. Traulsen & C. Hauert, Social learning promotes institutions for
governing the commons, Nature 466 (2010): 861-863. The models are theirs, as remembered;
the numbers are recomputed.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import brentq

from coopgames.populations import GroupGame, fermi, group_game, rare_mutations, replicator

# Entry 30

X, Y, Z, W, V = range(5)
"""Cooperators, defectors, loners, and those who punish themselves or through a pool."""

GROUP, POPULATION, MULTIPLIED, LONER, FINE = 5, 100, 3.0, 1.0, 0.7


def punished(*, second_order: bool) -> Callable[[int, Sequence[int]], float]:
    """Give what one gets in a group, whose contributions go to the others."""

    def payoff(own: int, others: Sequence[int]) -> float:
        partners = sum(others) - others[Z]
        if own == Z or partners == 0:
            return LONER
        total = MULTIPLIED * (others[X] + others[W] + others[V]) / partners
        if own == Y:
            return total - FINE * (others[W] + others[V])
        total -= 1
        if own == W:
            total -= FINE * others[Y]
        if own == V:
            total -= FINE  # the fee, due whether or not there is anyone to fine
        elif second_order:
            total -= FINE * others[V]
        return total

    return payoff


def among(kinds: Sequence[int], *, second_order: bool) -> GroupGame:
    """Give the game of some of the kinds only."""
    whole = punished(second_order=second_order)

    def payoff(own: int, others: Sequence[int]) -> float:
        counts = [0] * 5
        for kind, count in zip(kinds, others, strict=True):
            counts[kind] = count
        return whole(kinds[own], counts)

    return group_game(payoff, types=len(kinds), size=GROUP)


M = POPULATION
F = Fraction
FIRST = {
    (X, Y, Z): (F(1, 4), F(1, 4), F(1, 2)),
    (X, Y, Z, W): tuple(F(k, M + 8) for k in (2, 2, 2, M + 2)),
    (X, Y, Z, V): (F(2, 7), F(2, 7), F(2, 7), F(1, 7)),
    (X, Y, Z, V, W): tuple(F(k, 3 * M + 23) for k in (6, 6, 4, 1, 3 * M + 6)),
    (X, Y, W): (0, 1, 0),
    (X, Y, V): (0, 1, 0),
}
"""Shares of time where only those are punished who do not contribute."""
SECOND = {
    (X, Y, Z): (F(1, 4), F(1, 4), F(1, 2)),
    (X, Y, Z, V): (0, 0, 0, 1),
    (X, Y, Z, V, W): (0, 0, 0, 1, 0),
    (X, Y, W): (0, 1, 0),
    (X, Y, V): (0, 1, 0),
}
"""And where those are punished too who do not punish."""


@pytest.mark.parametrize("second_order", [False, True])
def test_punishment_takes_off_only_where_one_may_leave(second_order: bool) -> None:
    for kinds, shares in (SECOND if second_order else FIRST).items():
        game = among(kinds, second_order=second_order)
        found = rare_mutations(game, POPULATION, fermi(1000)).shares
        assert found == pytest.approx([float(x) for x in shares], abs=1e-4), kinds


def test_where_nobody_may_leave_it_is_a_matter_of_where_one_begins() -> None:
    """The entry has ½ and ½ for Y and V: both stay, for longer than numbers of a computer can tell.

    In logarithms they can, and the way out of pool punishment is the less improbable one.
    """
    found = rare_mutations(among((X, Y, V), second_order=True), POPULATION, fermi(1000))
    y_, v = 1, 2
    leaving = [np.delete(found.log_fixation[:, k], k).max() for k in (y_, v)]
    assert max(leaving) < -745  # the logarithm of the smallest number there is
    assert leaving[0] < leaving[1]
    assert found.fixation[y_, v] == found.fixation[v, y_] == 0


# Entry 31

x, y, z = 0, 1, 2


def optional(r: float, size: int) -> GroupGame:
    """Contributions go to all who take part; one who is alone does as a loner does."""

    def payoff(own: int, others: Sequence[int]) -> float:
        partners = others[x] + others[y]
        if own == z or partners == 0:
            return LONER
        return r * (others[x] + (own == x)) / (partners + 1) - (own == x)

    return group_game(payoff, types=3, size=size)


def interior(r: float, size: int) -> np.ndarray | None:
    """Find the shares at which cooperators, defectors and loners get the same.

    Along the shares of loners at which the first two do; x/(x + y) = σ/(r − 1) there.
    """
    game = optional(r, size)

    def shares(loners: float) -> np.ndarray:
        return np.array([LONER / (r - 1), 1 - LONER / (r - 1), 0]) * (1 - loners) + [0, 0, loners]

    def gap(loners: float) -> float:
        pi = game.among(shares(loners))
        return float(pi[x] - pi[y])

    if LONER / (r - 1) >= 1 or gap(1e-9) * gap(1 - 1e-9) > 0:
        return None
    return shares(float(brentq(gap, 1e-9, 1 - 1e-9, xtol=1e-13)))


@pytest.mark.parametrize(
    ("r", "size", "expected"),
    [
        (3.0, 5, (0.2693301, 0.2693301, 0.4613398)),
        (2.5, 5, (0.2284679, 0.1142340, 0.6572981)),
        (3.0, 10, (None, None, 0.7597476)),
    ],
)
def test_where_all_three_get_the_same(
    r: float, size: int, expected: tuple[float | None, ...]
) -> None:
    found = interior(r, size)
    assert found is not None
    for value, share in zip(found, expected, strict=True):
        assert share is None or value == pytest.approx(share, abs=1e-6)
    assert optional(r, size).among(found) == pytest.approx([LONER] * 3, abs=1e-9)


@pytest.mark.parametrize("r", [1.8, 1.99])
def test_no_such_point_where_contributions_grow_too_little(r: float) -> None:
    assert interior(r, 5) is None


@pytest.mark.parametrize("r", [2.01, 2.2])
def test_such_a_point_from_two_on(r: float) -> None:
    assert interior(r, 5) is not None


def test_rock_paper_scissors_without_end() -> None:
    """It is a centre: loners swing between the same bounds for ever, and nobody gains by it."""
    game = optional(3.0, 5)
    went = replicator(game, 2000.0, [0.3, 0.3, 0.4], points=40_001)
    late = went.times >= 1000
    loners = went.shares[late, z]
    assert loners.min() == pytest.approx(0.4, abs=1e-3)
    assert loners.max() == pytest.approx(0.523346, abs=1e-3)
    early = went.shares[~late, z]
    assert early.max() == pytest.approx(loners.max(), abs=1e-4)  # no drift
    payoffs = np.array([game.among(shares) for shares in went.shares[late][::20]])
    assert payoffs.mean(axis=0) == pytest.approx([LONER] * 3, abs=1e-3)
