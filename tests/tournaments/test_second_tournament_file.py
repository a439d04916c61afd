"""The second tournament, from its file: lengths, record, and the original programs' scores.

Mean payoffs per move of the original programs: `second_tournament.csv`, see
tests/classics/test_second_tournament.py.
"""

import csv
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from coopgames import library, strategy
from coopgames.specs import load

CLASSICS = Path(__file__).parents[1] / "classics"
sys.path.append(str(CLASSICS))
from test_second_tournament import ENTRANTS, LENGTHS, RECORD  # noqa: E402

with (CLASSICS / "second_tournament.csv").open(encoding="utf-8") as file:
    PUBLISHED = np.array([[float(x) for x in row[1:]] for row in csv.reader(file)])

RANKS = list(ENTRANTS)
NAMES = dict(zip(RANKS, [e.name for e in load("axelrod-1980b").entrants], strict=True))


def test_it_is_the_second_tournament():
    experiment = load("axelrod-1980b")
    assert experiment.lengths == LENGTHS
    assert [e.strategy for e in experiment.entrants] == [strategy(n) for n in ENTRANTS.values()]


def test_scores_are_those_of_the_original_programs_in_this_field(results):
    """Each game counts alike, so a game scores 151 moves on average."""
    scores = dict(results("axelrod-1980b").standings.select("strategy", "score").iter_rows())
    rows = [rank - 1 for rank in RANKS]
    expected = 151 * PUBLISHED[np.ix_(rows, rows)].mean(axis=1)
    for rank, mean in zip(RANKS, expected, strict=True):
        # One game of each length per pair against a mean over 1,000: of 50 pairs, each off by 30
        # points at most, the mean is off by 30/√50 times five and less.
        assert scores[NAMES[rank]] == pytest.approx(mean, abs=21 if rank > 40 else 8), NAMES[rank]
    order = sorted(RANKS, key=lambda rank: -scores[NAMES[rank]])
    place = {rank: i for i, rank in enumerate(order)}
    other = {rank: i for i, rank in enumerate(np.array(RANKS)[np.argsort(-expected)])}
    gaps = np.array([place[r] - other[r] for r in RANKS])
    assert 1 - 6 * (gaps**2).sum() / (50 * (50**2 - 1)) > 0.9  # Spearman


def test_tit_for_tats_points_are_axelrods_record(results):
    m = results("axelrod-1980b").matches
    for rank in RANKS[1:]:
        if strategy(ENTRANTS[rank]).stochastic:
            continue
        other = NAMES[rank]
        rows = m.filter(
            ((pl.col("first") == "tit-for-tat") & (pl.col("second") == other))
            | ((pl.col("first") == other) & (pl.col("second") == "tit-for-tat"))
        )
        own = "first" if rows["first"][0] == "tit-for-tat" else "second"
        theirs = "second" if own == "first" else "first"
        assert int(rows[f"score_{own}"].mean()) == RECORD[rank - 1], other
        assert set(rows[f"score_{theirs}"] - rows[f"score_{own}"]) <= {0, 5}


def test_nice_strategies_are_at_the_top(results):
    names = results("axelrod-1980b").standings["strategy"].to_list()
    nice = [bool(library()[n.split("#")[0]].traits.nice) for n in names]
    assert sum(nice[:15]) >= 13
    assert sum(nice[-8:]) <= 2
    assert "tit-for-tat" in names[:5]
