"""How sure places are: intervals by the bootstrap, and places if one were not there.

Let M[i, j, r] be what i got per game from opponent j in repetition r. The score of i is the mean
over its opponents and the repetitions. Two things in it are accidental: who else was there, and
luck. The bootstrap (Efron & Tibshirani 1993, ch. 6 and 13, percentile intervals) draws both anew
from what there is: as many opponents, with replacement, the same ones for everybody, and as many
repetitions. It says where a score and a place would lie in 95 of 100 tournaments against opponents
such as these. Who i is stays fixed.

Place of i without k: its place among the rest, counted as if k still stood where it did. In a
field in which nobody plays for anybody, it hardly moves. Where it falls by much, i owes its place
to k.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS = 2000
LEVEL = 0.95
SAME = 1e-9
"""Scores that differ by less share a place."""


@dataclass(frozen=True, eq=False)
class Places:
    """Scores and places of n players.

    Parameters
    ----------
    score, low, high : ndarray, shape (n,)
        Mean score per game, and the ends of its interval.
    rank, best, worst : ndarray of int, shape (n,)
        Place, 1 for the highest score, shared by equals; and the ends of its interval.
    without : ndarray of int, shape (n, n)
        ``without[i, k]``: the place of i without k.
    """

    score: Floats
    low: Floats
    high: Floats
    rank: Ints
    best: Ints
    worst: Ints
    without: Ints

    def benefactor(self, i: int, among: Sequence[int] | None = None) -> tuple[int, int]:
        """Give the one without whom i would lose most places, and how many those are.

        Parameters
        ----------
        i : int
            Whose place it is.
        among : sequence of int, optional
            Who is asked about; everybody by default.
        """
        lost = self.without[i] - self.rank[i]
        asked = np.arange(len(lost)) if among is None else np.asarray(among)
        k = int(asked[np.argmax(lost[asked])])
        return k, int(lost[k])


def score_table(matches: pl.DataFrame, names: list[str], repetitions: int) -> Floats:
    """Give M: what the row got per game from the column in each repetition, NaN if they never met.

    In an asymmetric game each pair meets both ways round, and counts with the mean.

    Parameters
    ----------
    matches : polars.DataFrame
        The table of matches.
    names : list of str
        The players, in the order of rows and columns.
    repetitions : int
        How many there are.

    Returns
    -------
    ndarray, shape (n, n, R)
    """
    n, place = len(names), {name: i for i, name in enumerate(names)}
    first, second = (
        matches[c].replace_strict(place, return_dtype=pl.Int64).to_numpy()
        for c in ("first", "second")
    )
    total, times = np.zeros((n, n, repetitions)), np.zeros((n, n, repetitions))
    start, span = (matches[c].to_numpy().astype(np.int64) for c in ("repetition", "times"))
    for own, other, column in ((first, second, "score_first"), (second, first, "score_second")):
        score = matches[column].to_numpy()
        for r in range(repetitions):
            # A row that stands for several repetitions counts in each.
            here = (start <= r) & (r < start + span)
            np.add.at(total[:, :, r], (own[here], other[here]), score[here])
            np.add.at(times[:, :, r], (own[here], other[here]), 1)
    with np.errstate(invalid="ignore"):
        return total / times


def places(table: Floats, *, seed: int = 0, draws: int = DRAWS) -> Places:
    """Work out scores, places and how sure they are.

    Parameters
    ----------
    table : ndarray, shape (n, n, R)
        As `score_table` makes it; at least two players have met.
    seed : int
        Of the draws; the same seed gives the same intervals.
    draws : int
        How many tournaments are drawn.
    """
    met = ~np.isnan(table[:, :, 0])
    known = np.where(met[:, :, None], table, 0.0)
    mean = known.mean(axis=2)
    score = mean.sum(axis=1) / np.maximum(met.sum(axis=1), 1)
    drawn = _drawn(known, met, score, np.random.default_rng(seed), draws)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail), axis=0)
    ranks = np.stack([ranked(x) for x in drawn])
    # Places are whole numbers: the ends are places that were drawn.
    best = np.quantile(ranks, tail, axis=0, method="inverted_cdf")
    worst = np.quantile(ranks, 1 - tail, axis=0, method="inverted_cdf")
    rank = ranked(score)
    return Places(
        score, low, high, rank, np.minimum(best.astype(np.int64), rank),
        np.maximum(worst.astype(np.int64), rank), _without(mean, met),
    )  # fmt: skip


def ranked(scores: Floats) -> Ints:
    """Give places: one more than how many are better."""
    ordered = np.sort(scores)
    return np.asarray(len(scores) - np.searchsorted(ordered, scores + SAME, side="right") + 1)


def _drawn(
    known: Floats, met: NDArray[np.bool_], score: Floats, rng: np.random.Generator, draws: int
) -> Floats:
    """Draw tournaments, a row each: everybody's score."""
    n, _, R = known.shape
    out = np.empty((draws, n))
    for i in range(draws):
        luck = rng.multinomial(R, np.full(R, 1 / R)) / R
        field = rng.multinomial(n, np.full(n, 1 / n)).astype(float)
        weight = met @ field
        # Whoever meets nobody in a draw (in a tiny field) keeps its score.
        sums = (known @ luck) @ field
        out[i] = np.divide(sums, weight, out=score.copy(), where=weight > 0)
    return out


def _without(mean: Floats, met: NDArray[np.bool_]) -> Ints:
    n = len(mean)
    total, number = mean.sum(axis=1), met.sum(axis=1)
    found = np.empty((n, n), np.int64)
    all_ranks = ranked(total / np.maximum(number, 1))
    for k in range(n):
        left = np.maximum(number - met[:, k], 1)
        rest = (total - mean[:, k]) / left
        others = np.arange(n) != k
        found[others, k] = ranked(rest[others]) + (all_ranks[k] < all_ranks[others])
        found[k, k] = all_ranks[k]
    return found
