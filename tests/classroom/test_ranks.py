"""Places: what the intervals mean, and that playing for somebody shows."""

import numpy as np
import polars as pl
from scipy.stats import binom

from coopgames.classroom.ranks import places, ranked, score_table


def test_equals_share_a_place():
    assert ranked(np.array([3.0, 5.0, 3.0, 1.0, 5.0 + 1e-12])).tolist() == [3, 1, 3, 5, 1]


def field(rng, n, repetitions, opponents=1.0, luck=1.0):
    """Scores of players whose true score is their number: opponents and luck add to it."""
    table = np.arange(n, dtype=float)[:, None, None] + np.zeros((n, n, repetitions))
    table += opponents * rng.normal(size=(n, n, 1)) + luck * rng.normal(size=(n, n, repetitions))
    table[np.diag_indices(n)] = np.nan
    return table


def test_the_interval_holds_the_true_score_about_as_often_as_it_says():
    rng = np.random.default_rng(1)
    runs, n, held = 250, 30, 0
    for k in range(runs):
        found = places(field(rng, n, 3), seed=k, draws=200)
        held += bool(found.low[7] <= 7.0 <= found.high[7])
    # Percentile intervals of a mean of 29 hold 93 to 95 of 100 times; the bound errs once in 1e6.
    low, high = binom.ppf([5e-7], runs, 0.93)[0], binom.ppf([1 - 5e-7], runs, 0.96)[0]
    assert low <= held <= high


def test_without_accidents_there_is_no_doubt():
    found = places(field(np.random.default_rng(1), 6, 4, opponents=0, luck=0))
    assert found.rank.tolist() == found.best.tolist() == found.worst.tolist() == [6, 5, 4, 3, 2, 1]
    assert np.allclose(found.low, found.high)
    assert (found.without == found.rank[:, None]).all()


def test_more_luck_makes_wider_intervals():
    quiet, loud = (
        places(field(np.random.default_rng(2), 10, 4, opponents=x, luck=x)) for x in (0.1, 3)
    )
    assert ((loud.high - loud.low) > (quiet.high - quiet.low)).all()
    assert (loud.worst - loud.best).sum() > (quiet.worst - quiet.best).sum()


def test_who_owes_its_place_to_whom():
    table = field(np.random.default_rng(3), 8, 2, opponents=0, luck=0)
    table[0, 5] += 30  # the worst is fed by one of the others
    found = places(table)
    assert found.rank[0] < 8
    assert found.benefactor(0) == (5, 8 - found.rank[0])
    # Nobody else moves, as places are counted as if the absent one still stood there…
    assert all(found.benefactor(i)[1] == 0 for i in range(1, 8) if found.rank[i] < found.rank[0])


def test_scores_are_read_from_the_matches():
    matches = pl.DataFrame(
        {
            "first": ["a", "a", "b"], "second": ["b", "b", "a"], "repetition": [0, 1, 0],
            "times": [1, 1, 2], "score_first": [1.0, 3.0, 10.0], "score_second": [5.0, 7.0, 20.0],
        }
    )  # fmt: skip
    table = score_table(matches, ["a", "b"], 2)
    assert table[0, 1].tolist() == [(1 + 20) / 2, (3 + 20) / 2]
    assert table[1, 0].tolist() == [(5 + 10) / 2, (7 + 10) / 2]
    assert np.isnan(table[0, 0]).all()
