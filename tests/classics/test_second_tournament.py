"""Axelrod's second tournament (1980): classics-iterated.md, entries 7 and 45.

R. Axelrod, More effective choice in the Prisoner's Dilemma, J. Conflict Resolution 24 (1980):
379-403. Its programs and Axelrod's own record of tit for tat's scores are public (TourExec 1.1).
`second_tournament.csv` has the mean payoff per move of each of the 63 entries against each, row
against column in the published order, over 1,000 repetitions of the five games, computed from the
original programs and thus independently of ours.
"""

import csv
from functools import cache
from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
import pytest

from coopgames.games import named_game
from coopgames.play import Counting, Horizon, Match, sample
from coopgames.strategies import strategy

LENGTHS = (63, 77, 151, 156, 308)
"""Of the five games of each pair; 755 moves in all, 151 on average."""

RECORD = [
    453, 453, 453, 453, 453, 453, 453, 452, 453, 453, 453, 453, 453, 453, 453, 449, 453, 452, 450,
    453, 453, 453, 453, 453, 452, 453, 446, 453, 449, 453, 453, 453, 453, 453, 453, 453, 453, 453,
    452, 453, 453, 453, 453, 453, 453, 452, 453, 443, 422, 452, 442, 453, 452, 442, 342, 398, 377,
    388, 438, 155, 376, 341, 198,
]  # fmt: skip
"""Tit for tat's mean score in 1980 against each entry in the order of rank, cut to whole points."""

ENTRANTS = {
    1: "tit-for-tat", 2: "champion", 3: "borufsen", 4: "cave", 5: "adams", 6: "graaskamp-katzen",
    7: "weiner", 8: "harrington", 9: "tideman-chieruzzi-1980b", 10: "kluepfel", 11: "getzler",
    12: "leyvraz", 13: "white", 14: "eatherley", 15: "black", 16: "richard-hufford",
    17: "yamachi", 18: "colbert", 20: "mikkelson", 21: "rowsam", 22: "appold",
    23: "soft-majority", 24: "tit-for-two-tats", 26: "ambuehl-hickey", 27: "tranquilizer",
    28: "grofman-1980b", 31: "nydegger-1980b", 32: "pebley", 34: "weiderman",
    36: "dawes-batell", 37: "lefevre", 38: "revised-downing", 39: "anderson",
    40: "revised-downing", 41: "zimmerman", 42: "newman", 44: "schurmann", 45: "nussbacher",
    46: "tester", 47: "batell", 48: "smith", 51: "hollander", 52: "grim", 54: "smoody",
    55: "feld-1980b", 57: "alternator", 59: "rabbie", 60: "hill", 62: "random", 63: "hotz",
}  # fmt: skip

CERTAIN = {r: n for r, n in ENTRANTS.items() if not strategy(n).stochastic}
BY_CHANCE = {r: n for r, n in ENTRANTS.items() if strategy(n).stochastic}

OTHERWISE = {
    (9, 59): "another reading of the fresh start",
    (39, 59): "single precision settles a tie otherwise",
}
"""Deterministic pairs in which the program of 1980 plays otherwise; see each entry's source."""

PD = named_game("prisoners-dilemma")
_none = np.zeros((2, 4), np.uint8)
NOTHING = Counting(np.zeros((5, 4), np.uint8), _none, _none[0], _none, L=1, m=1, w=1)


@cache
def published() -> np.ndarray:
    path = Path(__file__).with_name("second_tournament.csv")
    with path.open(encoding="utf-8") as file:
        return np.array([[float(x) for x in row[1:]] for row in csv.reader(file)])


def totals(one: str, two: str, repetitions: int = 1) -> np.ndarray:
    """Points of both over the five games, for each repetition."""
    points = np.zeros((repetitions, 2))
    for periods in LENGTHS:
        match = Match(PD, (strategy(one), strategy(two)), Horizon(periods))
        played = sample(match, NOTHING, seed=periods, repetitions=range(repetitions))
        points += np.repeat(played.counts, played.times, axis=0) @ PD.payoffs.reshape(2, 4).T
    return points


@pytest.mark.parametrize("rank", CERTAIN)
def test_tit_for_tat_scores_what_was_recorded(rank: int) -> None:
    score = totals("tit-for-tat", CERTAIN[rank])[0, 0] / 5
    assert int(score) == RECORD[rank - 1]


@pytest.mark.parametrize("rank", BY_CHANCE)
def test_tit_for_tat_scores_what_was_recorded_within_luck(rank: int) -> None:
    # The record is of one repetition, cut to whole points. 5 standard deviations of one: with 21
    # entrants a false alarm in 10⁵ if scores were normal.
    scores = totals("tit-for-tat", BY_CHANCE[rank], 400)[:, 0] / 5
    error = abs(scores.mean() - (RECORD[rank - 1] + 0.5))
    assert error <= 0.5 + 5 * scores.std(ddof=1) * np.sqrt(1 + 1 / 400)


PORTED = (
    1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 20, 21, 23, 24, 27, 28, 46, 52, 62,
)  # fmt: skip
"""The ranks that entry 7a names."""


def test_tit_for_tat_against_those_that_are_ported() -> None:
    # Entry 7a: over 20 repetitions within 2 for all and within 1 for all but ranks 27 and 62. The
    # original programs themselves come to 444.0 and 339.0 there, 2 from the record, so that luck
    # needs room: 5 standard errors, a false alarm in some 10⁶ runs.
    for rank in PORTED:
        scores = totals("tit-for-tat", ENTRANTS[rank], 20)[:, 0] / 5
        gap, luck = abs(scores.mean() - RECORD[rank - 1]), scores.std(ddof=1) / np.sqrt(20)
        assert gap <= (2.1 + 5 * luck if rank in {27, 62} else 1), ENTRANTS[rank]


def test_pairs_without_chance_score_as_the_original_programs() -> None:
    for a, b in combinations_with_replacement(CERTAIN, 2):
        if (a, b) in OTHERWISE:
            continue
        one, two = totals(CERTAIN[a], CERTAIN[b])[0] / 755
        # Printed to six places.
        assert one == pytest.approx(published()[a - 1, b - 1], abs=1e-6), (CERTAIN[a], CERTAIN[b])
        assert two == pytest.approx(published()[b - 1, a - 1], abs=1e-6), (CERTAIN[b], CERTAIN[a])


@pytest.mark.parametrize("rank", BY_CHANCE)
def test_pairs_by_chance_score_as_the_original_programs_on_average(rank: int) -> None:
    # Against an opponent of each kind: reciprocal, forgiving, unforgiving, hard and erratic.
    for other in (1, 14, 52, 57, 62):
        points = totals(BY_CHANCE[rank], ENTRANTS[other], 200) / 755
        for seat, place in enumerate(((rank, other), (other, rank))):
            mean, sd = points[:, seat].mean(), points[:, seat].std(ddof=1)
            expected = published()[place[0] - 1, place[1] - 1]
            # 5.5 standard errors of 200 against 1,000 repetitions: 4·10⁻⁸, for 210 comparisons.
            room = 5.5 * sd * np.sqrt(1 / 200 + 1 / 1000) + 1e-6
            assert abs(mean - expected) <= room, (BY_CHANCE[rank], ENTRANTS[other], seat)


# Entry 45a: five representatives predict the scores of all.

REPRESENTATIVES = {6: 0.202, 30: 0.198, 35: 0.110, 46: 0.072, 27: 0.086}
"""By rank; the coefficients of Axelrod's regression, whose constant is 120.0 points a game."""


def test_five_representatives_predict_the_tournament() -> None:
    scores = published().mean(axis=1)
    against = published()[:, [rank - 1 for rank in REPRESENTATIVES]]
    predicted = 120.0 / 151 + against @ np.array(list(REPRESENTATIVES.values()))
    spread = ((scores - scores.mean()) ** 2).sum()
    assert 1 - ((scores - predicted) ** 2).sum() / spread == pytest.approx(0.952, abs=0.01)
    design = np.column_stack([np.ones(63), against])
    fitted = design @ np.linalg.lstsq(design, scores, rcond=None)[0]
    assert 1 - ((scores - fitted) ** 2).sum() / spread == pytest.approx(0.957, abs=0.01)


def test_the_original_programs_rank_as_published() -> None:
    # Entry 7c: tit for tat 2.878, Borufsen 2.861, …; Spearman 0.990.
    scores = published().mean(axis=1)
    expected = {1: 2.878, 3: 2.861, 5: 2.826, 4: 2.826, 8: 2.826, 10: 2.817, 9: 2.812, 7: 2.811,
                6: 2.810, 12: 2.808, 11: 2.801, 2: 2.791, 13: 2.776, 14: 2.772,
                15: 2.743}  # fmt: skip
    for rank, score in expected.items():
        assert scores[rank - 1] == pytest.approx(score, abs=1.5e-3)
    place = np.argsort(np.argsort(-scores)) + 1
    gaps = place - np.arange(1, 64)
    assert 1 - 6 * (gaps**2).sum() / (63 * (63**2 - 1)) == pytest.approx(0.990, abs=5e-4)
