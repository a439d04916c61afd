"""Cooperation among strangers: the leading eight, and contagion.

Classics-iterated 25 (H. Ohtsuki & Y. Iwasa 2004, 2006: that there are eight is published; the other
counts are from an independent computation) and C25 (M. Kandori 1992, G. Ellison 1994: thresholds
are from an independent computation).
"""

from itertools import permutations

import numpy as np
import pytest

from coopgames.games import two_by_two
from coopgames.mistakes import Mistake
from coopgames.play.contagion import breach_value, contagion_threshold, spread
from coopgames.play.reputation import (
    ReputationSystem,
    all_systems,
    leading_eight,
    reputation_outcome,
)

EVERYONE = all_systems()


def held_up(error: float, least: float, benefit: float = 2.0) -> list[ReputationSystem]:
    o = reputation_outcome(EVERYONE, benefit=benefit, execution=error, assignment=error)
    good = (o.advantage > 0) & (o.cooperation >= least)
    return [EVERYONE[i] for i in np.flatnonzero(good)]


def test_there_are_4096_systems() -> None:
    assert len(set(EVERYONE)) == len(EVERYONE) == 4096


def test_exactly_sixteen_are_stable_and_cooperate() -> None:
    found = held_up(0.001, 0.99)
    assert len(found) == 16
    eight = leading_eight()
    assert len(set(eight)) == 8
    assert set(found) == {*eight, *(system.mirrored() for system in eight)}
    cooperation = reputation_outcome(tuple(found)).cooperation
    assert cooperation.round(3).tolist() == [0.997] * 16


@pytest.mark.parametrize(
    ("error", "least", "benefit", "count"),
    [(0.01, 0.9, 2, 16), (0.02, 0.9, 2, 16), (0.001, 0.9, 2, 34), (0.001, 0.9, 3, 78)],
)
def test_other_errors_and_second_rate_equilibria(
    error: float, least: float, benefit: float, count: int
) -> None:
    assert len(held_up(error, least, benefit)) == count


def test_a_population_of_its_own_comes_to_the_same() -> None:
    """2,000 actors, step by step, without the formulas of the solver.

    Means over the last 3,000 of 4,000 rounds; neighbouring rounds depend on one another for some
    1/(e + μ) = 10 of them, so that some 300 × 2,000 draws count and 6 standard errors are .004.
    """
    rng, n, e = np.random.default_rng(5), 2000, 0.05
    for system in (leading_eight()[0], leading_eight()[-1], EVERYONE[2937]):
        o = reputation_outcome((system,), execution=e, assignment=e)
        bad = rng.integers(0, 2, n)
        seen = np.zeros(2)
        for t in range(4000):
            other = bad[(np.arange(n) + rng.integers(1, n)) % n]
            helped = system.helps[bad, other] & (rng.random(n) >= e)
            good = system.good[bad, other, 1 - helped.astype(int)] ^ (rng.random(n) < e)
            bad = 1 - good.astype(int)
            seen += (t >= 1000) * np.array([good.mean(), helped.mean()])
        assert seen / 3000 == pytest.approx([o.good[0], o.cooperation[0]], abs=0.004)


def test_errors_must_be_possible() -> None:
    with pytest.raises(Mistake, match="assignment = 0 in"):
        reputation_outcome(EVERYONE[:1], assignment=0.0)
    with pytest.raises(Mistake, match="shapes"):
        ReputationSystem(np.zeros((2, 2)), np.zeros((2, 2)))


# Contagion

MANY = (2, 4, 6, 10, 20, 50)


@pytest.mark.parametrize(
    ("g", "thresholds"),
    [
        (1.0, (0.5, 0.6861, 0.7424, 0.7925, 0.8375, 0.8749)),
        (0.5, (0.333, 0.535, 0.610, 0.681, 0.748, 0.805)),
    ],
)
def test_the_more_there_are_the_slower_it_spreads(g: float, thresholds: tuple[float, ...]) -> None:
    game = two_by_two("pd", R=1, S=-1, T=1 + g, P=0)
    found = [contagion_threshold(game, n) for n in MANY]
    assert found == pytest.approx(thresholds, abs=1e-4 if g == 1 else 5e-4)


def test_how_it_spreads_by_going_through_all_pairings() -> None:
    n = 6
    for k in range(1, n + 1):
        after = np.zeros(n)
        for order in permutations(range(n)):
            pairs = [order[i : i + 2] for i in range(0, n, 2)]
            after[sum(2 for a, b in pairs if a < k or b < k) - 1] += 1 / 720
        assert spread(n)[k - 1] == pytest.approx(after)


def test_what_a_breach_is_worth() -> None:
    """The entry's own simulation found 3.729."""
    game = two_by_two("pd", R=1, S=-1, T=2, P=0)
    assert breach_value(game, 6, 0.7) == pytest.approx(3.726, abs=5e-4)


def test_who_cannot_be_paired() -> None:
    with pytest.raises(Mistake, match="3 actors cannot all meet"):
        spread(3)
