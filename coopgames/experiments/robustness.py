"""How far a ranking holds: with other luck, with one entrant less, with noise, other payoffs.

*Other luck*: repetitions are drawn again, with replacement, and the entrants ranked anew each time
(B. Efron's bootstrap, Annals of Statistics 7, 1979); the interval leaves out the lowest and the
highest 2.5 % of an entrant's ranks. *One less*: each entrant in turn is left out, with all its
matches, and the others ranked among themselves; a rank has changed where it is another than that
among the same others before. *Noise* and *other payoffs* are solved, where all are automata.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import rankdata

from coopgames.experiments.payoffs import payoffs, payoffs_in
from coopgames.experiments.standings import scores_by_repetition
from coopgames.games import Game, accommodation
from coopgames.specs import Experiment
from coopgames.store import Results
from coopgames.strategies import Automaton

Floats = NDArray[np.float64]
Ranks = NDArray[np.int64]

DRAWS = 1000
"""How often repetitions are drawn again."""

FEWEST = 5
"""Repetitions from which it says something to draw them again."""

MOST = 200
"""Entrants up to which noise and other payoffs are tried."""

SLIP = 0.01
"""The noise that is tried where there was none."""


def robustness(experiment: Experiment, results: Results) -> pl.DataFrame:
    """Say how far the ranking of a tournament holds.

    Parameters
    ----------
    experiment : Experiment
        What was played; without arms, or one of them.
    results : Results
        What came of it.

    Returns
    -------
    polars.DataFrame
        In the order of the standings: ``strategy``; ``rank``; ``low`` and ``high``, between which
        95 % of its ranks lie if repetitions are drawn again, null where there are fewer than
        `FEWEST` or luck plays no part; ``best`` and ``worst``, its rank if the one other stays away
        who makes most difference; ``noise``, its rank with `SLIP` of noise, or without noise where
        there was some; ``order``, its rank if payoffs count by their order alone. The latter two
        are null where not all are automata, or there are more than `MOST`.
    """
    table = results.standings.sort("rank")
    names = table["strategy"].to_list()
    ranks = np.arange(1, len(names) + 1)
    low, high = _by_luck(experiment, results, names)
    best, worst = _one_less(payoffs_in(results).matrix, ranks, np.argsort(np.argsort(names)))
    columns = {
        "strategy": names, "rank": ranks, "low": low, "high": high, "best": best, "worst": worst,
        "noise": _solved(replace(experiment, noise=0.0 if experiment.noise else SLIP), names),
        "order": _solved(replace(experiment, game=by_order(experiment.game)), names),
    }  # fmt: skip
    types = {"strategy": pl.String, **{c: pl.Int64 for c in columns if c != "strategy"}}
    return pl.DataFrame(columns, schema=types, strict=False)


def by_order(game: Game) -> Game:
    """Give the game in which payoffs are their places from the bottom: 1, 2 and so on."""
    places = [rankdata(u, method="dense").reshape(u.shape) for u in game.payoffs]
    return Game(game.name, np.array(places), game.actions, game.seats, accommodation(game))


def _by_luck(
    experiment: Experiment, results: Results, names: Sequence[str]
) -> tuple[Sequence[int | None], Sequence[int | None]]:
    none = [None] * len(names)
    R = experiment.repetitions
    if R < FEWEST or not (results.matches["times"] == 1).any():
        return none, none
    listed, scores = scores_by_repetition(experiment, results.matches)
    scores = scores[[listed.index(name) for name in names]]
    drawn = np.random.default_rng(experiment.seed).integers(R, size=(DRAWS, R))
    by = np.argsort(np.argsort(names))
    found = np.stack([_ranked(scores[:, rows].mean(axis=1), by) for rows in drawn])
    low, high = np.quantile(found, [0.025, 0.975], axis=0, method="inverted_cdf")
    return low.astype(int).tolist(), high.astype(int).tolist()


def _one_less(matrix: Floats, ranks: Ranks, by: Ranks) -> tuple[list[int], list[int]]:
    """Give the best and the worst rank with one other left out."""
    n = len(matrix)
    best, worst = ranks.copy(), ranks.copy()
    for k in range(n if n > 2 else 0):
        others = np.delete(np.arange(n), k)
        now = _ranked(np.nanmean(matrix[np.ix_(others, others)], axis=1), by[others])
        before = ranks[others] - (others > k)
        shifted = ranks[others] + now - before
        best[others] = np.minimum(best[others], shifted)
        worst[others] = np.maximum(worst[others], shifted)
    return best.tolist(), worst.tolist()


def _ranked(scores: Floats, by: Ranks) -> Ranks:
    """Rank scores from 1; equal ones, up to rounding, by name, as in the standings."""
    order = np.lexsort((by, -np.round(scores, 9)))
    return np.argsort(order) + 1


def _solved(experiment: Experiment, names: Sequence[str]) -> Sequence[int | None]:
    """Rank by expected scores; nothing where they are not solved."""
    automata = all(isinstance(e.strategy.rule, Automaton) for e in experiment.entrants)
    if not automata or len(names) > MOST or experiment.game.shape != (2, 2):
        return [None] * len(names)
    scores = np.zeros(len(names))
    for horizon in experiment.horizons:
        found = payoffs(replace(experiment, horizon=horizon, lengths=())).among(names).matrix
        if not experiment.self_play:
            np.fill_diagonal(found, np.nan)
        scores += np.nanmean(found, axis=1)
    ranks: list[int | None] = _ranked(scores, np.argsort(np.argsort(names))).tolist()
    return ranks
