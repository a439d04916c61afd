"""Arms compared: what each comes to, and by how much it differs from the first, with intervals.

Repetition r of a match has the same luck in every arm, so differences are taken repetition by
repetition: what luck does to both arms alike drops out of them. With θ what is measured, θ₋g the
same without the g-th of G groups of repetitions, and

    p_g = G θ − (G − 1) θ₋g

its pseudo-values (Quenouille 1956; Tukey 1958; for survival Andersen, Klein & Rosthøj 2003), the
difference of two arms has the standard error of the mean of the differences p_g − p'_g, and its
interval is Student's with G − 1 degrees of freedom. For a plain mean this is the paired t-test. A
repetition is a group of its own, up to `GROUPS` of them.

What is measured counts every match alike. The interval is about luck, with these entrants; what
other entrants would have done it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from coopgames.experiments.pairs import plan
from coopgames.play import deterministic
from coopgames.readings import LABELS, log_rank
from coopgames.specs import Experiment

Floats = NDArray[np.float64]

LEVEL = 0.95
"""How often an interval is to hold the true difference."""

GROUPS = 200
"""So many groups of repetitions at most."""

ROUNDING = 1e-12
"""A sum so small, as a share of what is summed, is none."""

MEASURES = {
    "emergence": "share of matches in which coordination emerged",
    "lasting": "share of matches in which it emerged and held to the end",
    "waiting": "mean number of periods before it emerged, none counted beyond the time watched",
    "accommodates": "share of actions that accommodate",
    "payoff": "mean payoff per period",
    **{label.replace(" ", "_"): f"share of matches that were {label}" for label in LABELS[:-1]},
}
"""What is compared, and what it is."""

AMOUNTS = ("waiting", "payoff")
"""Those that are no shares."""


@dataclass(frozen=True, eq=False)
class _Rows:
    """The matches of an arm, a row each, and how often each stands in each group."""

    frame: pl.DataFrame
    group: NDArray[np.int64]
    alone: NDArray[np.bool_]
    """Whether the row stands for its own repetition; else for all of them."""
    sizes: Floats
    """Repetitions in each group."""

    def sums(self, values: Floats) -> Floats:
        """Sum values over the repetitions of each group, shape (G,) or (G, …)."""
        own = np.zeros((len(self.sizes), *values.shape[1:]))
        np.add.at(own, self.group[self.alone], values[self.alone])
        shared = values[~self.alone].sum(axis=0)
        return np.asarray(own + np.multiply.outer(self.sizes, shared))


Statistic = Callable[[Floats], Floats]
"""From sums to what is measured, along the first axis."""


@dataclass(frozen=True, eq=False)
class Sampled:
    """Something measured, with what is needed to say how far luck may have taken it.

    Parameters
    ----------
    value : float or None
        None where it cannot be measured.
    values : ndarray, shape (G,), or None
        Its pseudo-values, group by group; None where there are none.
    exact : bool
        Whether nothing was left to chance.
    """

    value: float | None
    values: Floats | None
    exact: bool

    @property
    def error(self) -> float | None:
        """Standard error; 0 where nothing is left to chance, None where it cannot be told."""
        if self.exact:
            return 0.0
        if self.values is None:
            return None
        return float(self.values.std(ddof=1) / np.sqrt(len(self.values)))

    @property
    def interval(self) -> tuple[float | None, float | None]:
        """Ends of the interval at `LEVEL`."""
        from scipy.special import stdtrit

        error = self.error
        if error is None or self.value is None:
            return None, None
        freedom = 1 if self.values is None else len(self.values) - 1
        half = float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
        return self.value - half, self.value + half


def combined(found: Sequence[Sampled], weights: Sequence[float]) -> Sampled:
    """Give a weighted sum of what was measured with the same luck.

    Parameters
    ----------
    found : sequence of Sampled
        With pseudo-values of the same groups of repetitions.
    weights : sequence of float
        How much each counts.
    """
    if any(x.value is None for x in found):
        return Sampled(None, None, exact=False)
    w = np.array(weights, dtype=float)
    value = _sum(w * np.array([x.value for x in found]))
    each = [x.values for x in found if x.values is not None]
    values = None if len(each) < len(found) else _sum(w[:, None] * np.array(each))
    return Sampled(float(value), values, all(x.exact for x in found))


def _sum(terms: Floats) -> Floats:
    """Sum along the first axis; what is nothing but rounding is nothing."""
    total = np.asarray(terms.sum(axis=0))
    return np.where(np.abs(total) <= ROUNDING * np.abs(terms).sum(axis=0), 0.0, total)


def possible(
    measure: str, low: float | None, high: float | None
) -> tuple[float | None, float | None]:
    """Cut the interval of a difference off where no difference can be: shares differ by 1 at most.

    Parameters
    ----------
    measure : str
        What differs.
    low, high : float or None
        The ends.
    """
    if low is None or high is None or measure in AMOUNTS:
        return low, high
    return max(low, -1.0), min(high, 1.0)


def arms_measured(experiment: Experiment, matches: pl.DataFrame) -> dict[str, dict[str, Sampled]]:
    """Measure each arm: by its name, and then by what of `MEASURES` it is.

    Parameters
    ----------
    experiment, matches
        As of `compare`.
    """
    parts = {arm.name: _rows_of(experiment, matches, arm.name) for arm in experiment.arms}
    watched = [rows.frame["watched"].drop_nulls().to_numpy() for rows in parts.values()]
    until = min((int(w.max()) for w in watched if len(w)), default=0)
    found = {}
    for arm in experiment.arms:
        rows = parts[arm.name]
        exact = _certain(arm.experiment, rows)
        found[arm.name] = {
            measure: Sampled(*_pseudo(rows, measure, until), exact) for measure in MEASURES
        }
    return found


def compare(experiment: Experiment, matches: pl.DataFrame) -> pl.DataFrame:
    """Compare the arms of an experiment.

    Parameters
    ----------
    experiment : Experiment
        With arms.
    matches : polars.DataFrame
        The table of all their matches, with the column ``arm``.

    Returns
    -------
    polars.DataFrame
        A row for each arm and each of `MEASURES`: ``arm``; ``measure``; ``value``;
        ``standard_error``, 0 where nothing is left to chance, null where it cannot be told;
        ``difference`` from the first arm, and ``low`` and ``high``, the ends of its interval at
        `LEVEL`, null for the first arm; and, where time is measured, ``log_rank``, the p-value of
        a log-rank test against the first arm that takes each match for an observation. What cannot
        be measured is null.
    """
    arms = arms_measured(experiment, matches)
    rows = {arm.name: _rows_of(experiment, matches, arm.name) for arm in experiment.arms}
    first, *others = experiment.arms
    out = []
    for measure in MEASURES:
        base = arms[first.name][measure]
        for arm in experiment.arms:
            found = arms[arm.name][measure]
            row = {"arm": arm.name, "measure": measure, "value": found.value}
            row["standard_error"] = found.error
            if arm in others and found.value is not None and base.value is not None:
                gap = combined([found, base], [1, -1])
                low, high = possible(measure, *gap.interval)
                row |= {"difference": gap.value, "low": low, "high": high}
            if arm in others and measure == "waiting":
                row["log_rank"] = _log_rank(rows[first.name], rows[arm.name])
            out.append(row)
    numbers = ("value", "standard_error", "difference", "low", "high", "log_rank")
    schema = {"arm": pl.String, "measure": pl.String, **dict.fromkeys(numbers, pl.Float64)}
    order = {arm.name: k for k, arm in enumerate(experiment.arms)}
    frame = pl.DataFrame(out, schema=schema)
    place = frame["arm"].replace_strict(order, return_dtype=pl.UInt32)
    return frame.with_columns(place.alias("place")).sort("place", maintain_order=True).drop("place")


def _rows_of(experiment: Experiment, matches: pl.DataFrame, arm: str) -> _Rows:
    frame, R = matches.filter(pl.col("arm") == arm), experiment.repetitions
    G = min(R, GROUPS)
    repetition = frame["repetition"].to_numpy().astype(np.int64)
    alone = frame["times"].to_numpy() == 1 if R > 1 else np.ones(len(frame), dtype=bool)
    sizes = np.bincount(np.arange(R) % G, minlength=G).astype(np.float64)
    return _Rows(frame, repetition % G, alone, sizes)


def _certain(experiment: Experiment, rows: _Rows) -> bool:
    """Whether nothing in an arm was left to chance."""
    if experiment.repetitions > 1:
        return not rows.alone.any()
    field = plan(experiment).field
    return all(deterministic(field.match(i, i)) for i in range(len(field.strategies)))


def _pseudo(rows: _Rows, measure: str, until: int) -> tuple[float | None, Floats | None]:
    """Give what is measured, and its pseudo-values; None where there are none."""
    sums, statistic = _sums(rows, measure, until)
    with np.errstate(invalid="ignore", divide="ignore"):
        total = sums.sum(axis=0, keepdims=True)
        value = float(statistic(total)[0])
        if np.isnan(value):
            return None, None
        G = len(sums)
        if G == 1:
            return value, None
        without = statistic(total - sums)
    values = G * value - (G - 1) * without
    return value, None if np.isnan(values).any() else values


def _sums(rows: _Rows, measure: str, until: int) -> tuple[Floats, Statistic]:
    frame = rows.frame
    if measure == "waiting":
        return _life_table(rows, until), _restricted_mean
    if measure in ("emergence", "lasting"):
        seen = frame["watched"].is_not_null()
        happened = seen & frame["emerged"].is_not_null()
        if measure == "lasting":
            happened &= frame["broke"].is_null()
        pair = [happened, seen]
    elif measure == "accommodates":
        pair = [frame["accommodated_first"] + frame["accommodated_second"], 2 * frame["periods"]]
    elif measure == "payoff":
        pair = [frame["score_first"] + frame["score_second"], 2 * frame["periods"]]
    else:
        is_that = frame["label"].cast(pl.String) == measure.replace("_", " ")
        pair = [is_that, pl.repeat(1, len(frame), eager=True)]
    values = np.stack([x.cast(pl.Float64).to_numpy() for x in pair], axis=1)
    return rows.sums(values), lambda s: s[:, 0] / s[:, 1]


def _life_table(rows: _Rows, until: int) -> Floats:
    """Count, for each group and each period up to a time, how many emerge and how many leave."""
    seen = rows.frame["watched"].is_not_null().to_numpy()
    emerged = rows.frame["emerged"].is_not_null().to_numpy()
    time = rows.frame.select(pl.coalesce("emerged", "watched").fill_null(0)).to_series().to_numpy()
    inside = seen & emerged & (time < until)
    leave = np.minimum(time, until).astype(np.int64)
    G = len(rows.sizes)
    out = np.zeros((G, until + 1, 2))
    for k, which in enumerate((inside, seen)):
        own = which & rows.alone
        np.add.at(out, (rows.group[own], leave[own], k), 1.0)
        shared = np.bincount(leave[which & ~rows.alone], minlength=until + 1)
        out[:, :, k] += np.multiply.outer(rows.sizes, shared)
    return out


def _restricted_mean(table: Floats) -> Floats:
    """Give the area under the Kaplan–Meier curve up to the last period."""
    events, leaving = table[:, :, 0], table[:, :, 1]
    at_risk = np.cumsum(leaving[:, ::-1], axis=1)[:, ::-1]
    at_all = np.where(at_risk[:, :1] > 0, 0.0, np.nan)
    survival = np.cumprod(1 - events / np.maximum(at_risk, 1), axis=1)
    # S(t) holds from t to t + 1; the last column is where watching ends.
    return np.asarray(survival[:, :-1].sum(axis=1) + at_all[:, 0])


def _log_rank(one: _Rows, other: _Rows) -> float | None:
    sides = [rows.frame.filter(pl.col("watched").is_not_null()) for rows in (one, other)]
    if any(side.is_empty() for side in sides):
        return None
    both = pl.concat([side.with_columns(arm=pl.lit(str(k))) for k, side in enumerate(sides)])
    time = both.select(pl.coalesce("emerged", "watched")).to_series()
    return log_rank(
        time.to_numpy(), both["emerged"].is_not_null().to_numpy(), both["arm"].to_list(),
        both["times"].to_numpy(),
    ).p  # fmt: skip
