"""Who did how well, and what Keohane's distinction says of its matches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from coopgames.play import BLOCKS, block_width
from coopgames.readings import LABELS, median_time
from coopgames.specs import Experiment

SHARES = LABELS[:-1]
"""The outcomes whose shares are reported; independence is a property of the game."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Seats:
    """The matches as seen from each of their seats, a row a seat; names are numbered."""

    names: list[str]
    own: Ints
    other: Ints
    row: Ints
    seat: Ints
    times: Ints
    weight: Floats
    """How much the row counts: with it, every opponent counts alike in every repetition."""

    def per_strategy(self, values: Floats | Ints) -> Floats:
        """Sum values over each strategy's rows, one after the other."""
        return np.bincount(self.own, values, len(self.names)).astype(np.float64)


def standings(experiment: Experiment, matches: pl.DataFrame) -> pl.DataFrame:
    """Make the standings of a tournament.

    Parameters
    ----------
    experiment : Experiment
        What was played.
    matches : polars.DataFrame
        The table of matches.

    Returns
    -------
    polars.DataFrame
        A row for each entrant, best first: ``rank``; ``strategy``; ``score``, its mean payoff per
        game, each opponent counted alike and self-play, as the mean of both seats, once;
        ``standard_error`` of the score over repetitions (null with one); ``accommodates``, the
        share of its actions that accommodate; the share of its matches that were harmony,
        convention, cooperation, imposed adjustment and discord; ``emergence``, the Kaplan–Meier
        median number of periods before coordination emerged (null where fewer than half emerge);
        and, where the experiment quotes published scores, ``quoted_score`` and ``quoted_rank``.
    """
    entrants = {entrant.name: entrant for entrant in experiment.entrants}
    s = _seats(sorted(entrants), matches)
    R = experiment.repetitions
    scores = _scores(s, matches, R)
    weight = s.weight * s.times
    label = matches["label"].to_physical().to_numpy()[s.row]
    total = s.per_strategy(weight)
    periods = matches["periods"].to_numpy()[s.row]
    kind = _by_seat(matches, "accommodated")
    columns = {
        "strategy": s.names,
        "score": scores.mean(axis=1),
        "standard_error": scores.std(axis=1, ddof=1) / np.sqrt(R)
        if R > 1
        else [None] * len(s.names),
        "accommodates": s.per_strategy(kind * weight) / s.per_strategy(periods * weight),
        **{
            x.replace(" ", "_"): s.per_strategy(weight * (label == LABELS.index(x))) / total
            for x in SHARES
        },
        "emergence": _medians(s, matches, weight),
    }
    quoted = experiment.quoted
    if quoted:
        columns["quoted_score"] = [quoted.score(entrants[name]) for name in s.names]
        columns["quoted_rank"] = [quoted.rank(entrants[name]) for name in s.names]
    types = {"strategy": pl.String, "quoted_rank": pl.UInt32}
    frame = pl.DataFrame(
        columns, schema={name: types.get(name, pl.Float64) for name in columns}, strict=False
    )
    ordered = frame.sort("score", "strategy", descending=[True, False])
    return ordered.with_row_index("rank", offset=1)


def scores_by_repetition(experiment: Experiment, matches: pl.DataFrame) -> tuple[list[str], Floats]:
    """Give the mean score per game of each entrant in each repetition.

    Returns
    -------
    names : list of str
        The entrants, by name.
    scores : ndarray, shape (entrants, repetitions)
    """
    names = sorted(entrant.name for entrant in experiment.entrants)
    return names, _scores(_seats(names, matches), matches, experiment.repetitions)


def _seats(names: list[str], matches: pl.DataFrame) -> _Seats:
    number = {name: i for i, name in enumerate(names)}
    first, second = (
        matches[seat].replace_strict(number, return_dtype=pl.Int64).to_numpy()
        for seat in ("first", "second")
    )
    n = len(matches)
    own, other = np.concatenate([first, second]), np.concatenate([second, first])
    repetition = np.tile(matches["repetition"].to_numpy(), 2)
    # In a symmetric game two strategies meet once, in any other in both ways; a strategy that
    # meets itself sits in both seats.
    code = (own * len(names) + other) * (int(repetition.max(initial=0)) + 1) + repetition
    _, place, meetings = np.unique(code, return_inverse=True, return_counts=True)
    return _Seats(
        names, own, other,
        row=np.tile(np.arange(n), 2),
        seat=np.repeat([0, 1], n),
        times=np.tile(matches["times"].to_numpy().astype(np.int64), 2),
        weight=1 / meetings[place],
    )  # fmt: skip


def _by_seat(matches: pl.DataFrame, column: str) -> Floats:
    """Give a column that each seat has of its own."""
    values = [matches[f"{column}_{seat}"].to_numpy() for seat in ("first", "second")]
    return np.concatenate(values).astype(np.float64)


def _scores(s: _Seats, matches: pl.DataFrame, R: int) -> Floats:
    """Mean score per game of each strategy in each repetition, shape (strategies, R)."""
    n = len(s.names)
    value = _by_seat(matches, "score") * s.weight
    # A row that stands for all repetitions counts in each.
    once = s.times == 1 if R > 1 else np.ones(len(value), dtype=bool)
    repetition = matches["repetition"].to_numpy()[s.row].astype(np.int64)
    total = (
        np.bincount(s.own[once] * R + repetition[once], weights=value[once], minlength=n * R)
        .reshape(n, R)
        .astype(np.float64)
    )  # whole numbers where there is nothing to sum
    total += np.bincount(s.own[~once], weights=value[~once], minlength=n)[:, None]
    opponents = np.bincount(np.unique(s.own * n + s.other) // n, minlength=n)
    return np.asarray(total / opponents[:, None])


def _medians(s: _Seats, matches: pl.DataFrame, weight: Floats) -> list[float | None]:
    """Kaplan–Meier median of the periods before coordination emerged, for each strategy."""
    watched = matches["watched"].is_not_null().to_numpy()[s.row]
    emerged = matches["emerged"].is_not_null().to_numpy()[s.row]
    time = matches.select(pl.coalesce("emerged", "watched")).to_series().to_numpy()[s.row]
    order = np.argsort(s.own, kind="stable")
    order = order[watched[order]]
    parts = np.split(order, np.searchsorted(s.own[order], np.arange(1, len(s.names))))
    return [median_time(time[p], emerged[p], weight[p]) if len(p) else None for p in parts]


def emergence(matches: pl.DataFrame) -> tuple[float, float | None, float | None] | None:
    """Say whether coordination emerged over all matches, when, and whether it broke down.

    Returns
    -------
    tuple or None
        The share of matches in which it emerged; the Kaplan–Meier median of the periods before;
        the share of those in which it broke down again (None if it never emerged). None where it
        cannot be measured in any.
    """
    seen = matches.filter(pl.col("watched").is_not_null())
    if seen.is_empty():
        return None
    weight = seen["times"].to_numpy()
    emerged, broke = (seen[c].is_not_null().to_numpy() for c in ("emerged", "broke"))
    time = seen.select(pl.coalesce("emerged", "watched")).to_series().to_numpy()
    share = weight[emerged].sum() / weight.sum()
    lost = weight[broke].sum() / weight[emerged].sum() if emerged.any() else None
    return float(share), median_time(time, emerged, weight), None if lost is None else float(lost)


def accommodation_over_time(experiment: Experiment, matches: pl.DataFrame) -> pl.DataFrame:
    """Say how much each strategy accommodates as play goes on.

    Parameters
    ----------
    experiment : Experiment
        What was played.
    matches : polars.DataFrame
        The rows of its matches, with their ``pace`` columns.

    Returns
    -------
    polars.DataFrame
        ``strategy``; ``from_period`` and ``to_period``, a block of periods numbered from 1, both
        ends included; ``actions``, how many actions the strategy took in it over all its matches
        (one count for each seat of its self-play); ``accommodating``, how many of them
        accommodated. Blocks that no match reached are left out. Where the length of play is left
        to chance, the last block holds all that comes later.
    """
    names = sorted(entrant.name for entrant in experiment.entrants)
    s, width = _seats(names, matches), block_width(experiment.horizon)
    begin = np.arange(BLOCKS) * width
    periods = matches["periods"].to_numpy().astype(np.int64)[s.row]
    inside = np.clip(periods[:, None] - begin, 0, width)
    inside[:, -1] = np.clip(periods - begin[-1], 0, None)
    pace = np.concatenate(
        [
            matches[f"pace_{seat}"].explode().to_numpy().reshape(-1, BLOCKS).astype(np.int64)
            for seat in ("first", "second")
        ]
    )
    # Sums of integers below 2⁵³, so exact.
    actions, kind = (
        np.stack([s.per_strategy(x * s.times) for x in table.T], axis=1).astype(np.int64)
        for table in (inside, pace)
    )
    who, block = np.nonzero(actions)
    return pl.DataFrame(
        {
            "strategy": np.array(names)[who],
            "from_period": begin[block] + 1,
            "to_period": begin[block] + width,
            "actions": actions[who, block],
            "accommodating": kind[who, block],
        },
        schema={
            "strategy": pl.String,
            "from_period": pl.UInt32,
            "to_period": pl.UInt32,
            "actions": pl.UInt64,
            "accommodating": pl.UInt64,
        },
    )
