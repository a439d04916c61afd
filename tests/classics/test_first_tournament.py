"""Axelrod's first tournament (1980): classics-iterated.md, entries 4 and 5.

R. Axelrod, Effective choice in the Prisoner's Dilemma, J. Conflict Resolution 24 (1980): 3-25. The
published scores and matrix are quoted from memory; fourteen of the fifteen row means of the matrix
reproduce the published means within 0.13.
"""

from typing import NamedTuple

import numpy as np
import polars as pl
import pytest

from coopgames.experiments import pairs, plan, play
from coopgames.experiments.standings import standings
from coopgames.games import named_game
from coopgames.play import Horizon, Match, course
from coopgames.specs import load
from coopgames.strategies import library, strategy

TOP = ["tit-for-tat", "tideman-chieruzzi", "nydegger", "grofman", "shubik", "stein-rapoport",
       "friedman", "davis"]  # fmt: skip
MIDDLE = ["graaskamp", "downing"]
BOTTOM = ["feld", "joss", "tullock", "name-withheld", "random"]

MATRIX = np.array(
    [
        [600, 595, 600, 600, 600, 595, 600, 600],
        [600, 596, 600, 601, 600, 596, 600, 600],
        [600, 595, 600, 600, 600, 595, 600, 600],
        [600, 595, 600, 600, 600, 594, 600, 600],
        [600, 595, 600, 600, 600, 595, 600, 600],
        [600, 596, 600, 602, 600, 596, 600, 600],
        [600, 595, 600, 600, 600, 595, 600, 600],
        [600, 595, 600, 600, 600, 595, 600, 600],
    ]
)
"""The published scores of the top eight among themselves, row player's."""

GROFMAN = {("grofman", "tideman-chieruzzi"), ("grofman", "stein-rapoport")}
"""Pairs that depend on Grofman's lottery of 2/7: within 1.5 of the published score."""
NYDEGGER = {("nydegger", "tideman-chieruzzi"), ("nydegger", "stein-rapoport")}
"""Published 595:600; Nydegger's rule as published cooperates in the last period: 594:604."""


class Measured(NamedTuple):
    mean: float
    sd: float


AXELROD_PYTHON = {
    "tit-for-tat": Measured(509.3, 2.0), "tideman-chieruzzi": Measured(501.0, 2.2),
    "nydegger": Measured(500.3, 0.8), "grofman": Measured(512.4, 1.4),
    "shubik": Measured(507.3, 2.5), "stein-rapoport": Measured(520.4, 1.9),
    "friedman": Measured(488.7, 1.5), "davis": Measured(487.5, 1.5),
    "graaskamp": Measured(449.5, 5.1), "downing": Measured(432.3, 4.2),
    "feld": Measured(383.9, 5.0), "joss": Measured(348.0, 3.5),
    "tullock": Measured(352.3, 6.2), "name-withheld": Measured(336.8, 5.8),
    "random": Measured(334.2, 6.3),
}  # fmt: skip
"""Means of Axelrod-Python 4.13.1 over 12 seeds of 5 repetitions, and the sd of one such run."""


@pytest.fixture(scope="module")
def results() -> pl.DataFrame:
    experiment = load("axelrod-1980")
    return play(plan(experiment), pairs(experiment))


@pytest.fixture(scope="module")
def table(results: pl.DataFrame) -> pl.DataFrame:
    return standings(load("axelrod-1980"), results)


def score(results: pl.DataFrame, row: str, column: str) -> float:
    first, second = sorted([row, column])
    games = results.filter(first=first, second=second)
    seat = "first" if row == first else "second"
    return float((games[f"score_{seat}"] * games["times"]).sum() / games["times"].sum())


@pytest.mark.parametrize("row", TOP)
def test_the_top_eight_among_themselves(results: pl.DataFrame, row: str) -> None:
    for column in TOP:
        published = MATRIX[TOP.index(row), TOP.index(column)]
        pair = {(row, column), (column, row)}
        if pair & NYDEGGER:
            assert score(results, row, column) == (594 if row == "nydegger" else 604)
        else:
            tolerance = 1.5 if pair & GROFMAN else 0.5
            assert abs(score(results, row, column) - published) <= tolerance, (row, column)


def test_the_groups_of_ranks(table: pl.DataFrame) -> None:
    order = table["strategy"].to_list()
    assert set(order[:8]) == set(TOP)
    assert set(order[8:10]) == set(MIDDLE)
    assert set(order[10:]) == set(BOTTOM)
    assert order.index("tit-for-tat") < 5
    a, b = (table[c].to_numpy().astype(float) for c in ("rank", "quoted_rank"))
    spearman = 1 - 6 * ((a - b) ** 2).sum() / (15 * (15**2 - 1))
    assert spearman >= 0.80


def test_the_means(table: pl.DataFrame) -> None:
    for name, ours in table.select("strategy", "score").iter_rows():
        peer = AXELROD_PYTHON[name]
        assert abs(ours - peer.mean) <= 6 * peer.sd, name


def test_quoted_scores_stand_beside_ours(table: pl.DataFrame) -> None:
    row = table.row(by_predicate=pl.col("strategy") == "tit-for-tat", named=True)
    assert (row["quoted_score"], row["quoted_rank"]) == (504.5, 1)
    row = table.row(by_predicate=pl.col("strategy") == "random", named=True)
    assert (row["quoted_score"], row["quoted_rank"]) == (276.3, 15)


@pytest.mark.parametrize("periods", [1, 2, 7, 200])
@pytest.mark.parametrize("name", library())
def test_tit_for_tat_never_wins_a_game(name: str, periods: int) -> None:
    pd = named_game("prisoners-dilemma")
    match = Match(pd, (strategy("tit-for-tat"), strategy(name)), Horizon(periods, known=True))
    for repetition in range(5):
        played = course(match, seed=4, repetition=repetition)
        own, other = (pd.payoffs[seat].ravel()[played].sum() for seat in range(2))
        assert other - own in (0, 5)  # T − S
