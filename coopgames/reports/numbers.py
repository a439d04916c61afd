"""The numbers behind each figure, from the tables; a figure and its text share them.

Sums run in the order of the rows, so that the bits are always the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from coopgames.readings import kaplan_meier, median_time
from coopgames.store import Results

LEAVES = (
    ("independence", ""), ("harmony", "structural"),
    ("cooperation", "tacit"), ("cooperation", "adaptive"), ("cooperation", "negotiated"),
    ("cooperation", "deferential"), ("imposed adjustment", ""), ("discord", "intensified"),
    ("discord", "resisted"), ("discord", "untried"), ("convention", "silent"),
)  # fmt: skip
"""Where Figure 1 can lead, in the order in which its branches do not cross."""

UNTRIED = frozenset({("discord", "untried"), ("convention", "silent")})
"""What happened though nobody attempted to adjust."""

SELF_EVIDENT = frozenset({"harmony", "independence"})
"""What needs no adjustment."""


@dataclass(frozen=True, eq=False)
class Duel:
    """Mean scores of each strategy against each.

    Parameters
    ----------
    names : tuple of str
        The strategies, best first.
    scores : ndarray, shape (n, n)
        The row's mean payoff per game against the column; NaN where they did not meet.
    """

    names: tuple[str, ...]
    scores: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Curve:
    """A share that has not yet seen something happen, over time.

    Parameters
    ----------
    times, share : ndarray
        S(t) from each time on; before the first it is 1.
    end : float
        How long anyone was watched.
    median : float or None
        When the share has fallen to one half.
    matches : int
        How many matches it is about.
    """

    times: NDArray[np.float64]
    share: NDArray[np.float64]
    end: float
    median: float | None
    matches: int

    @property
    def last(self) -> float:
        """The share at the end."""
        return float(self.share[-1]) if len(self.share) else 1.0

    def at(self, time: float) -> float:
        """Give the share after a time."""
        before = int(np.searchsorted(self.times, time, side="right"))
        return float(self.share[before - 1]) if before else 1.0


@dataclass(frozen=True, eq=False)
class Pace:
    """How much one strategy, or all, accommodated as play went on.

    Parameters
    ----------
    begin, end : ndarray
        The first and last period of each block, numbered from 1.
    share : ndarray
        The share of actions in it that accommodated.
    """

    begin: NDArray[np.float64]
    end: NDArray[np.float64]
    share: NDArray[np.float64]

    @property
    def middle(self) -> NDArray[np.float64]:
        """The middle of each block."""
        return (self.begin + self.end) / 2


def duels(results: Results) -> Duel:
    """Work out the mean score of each strategy against each."""
    names = tuple(results.standings.sort("rank")["strategy"])
    place = {name: i for i, name in enumerate(names)}
    total, games = np.zeros((len(names),) * 2), np.zeros((len(names),) * 2)
    for seat, other in (("first", "second"), ("second", "first")):
        m = results.matches
        i, j = ([place[name] for name in m[side]] for side in (seat, other))
        times = m["times"].to_numpy().astype(np.float64)
        np.add.at(total, (i, j), times * m[f"score_{seat}"].to_numpy())
        np.add.at(games, (i, j), times)
    with np.errstate(invalid="ignore"):
        return Duel(names, total / games)


def flow(matches: pl.DataFrame) -> dict[tuple[str, str], float]:
    """Give the share of matches that ended in each place of Figure 1, those of none left out."""
    times = matches["times"].to_numpy().astype(np.int64)
    label, qualifier = (matches[c].cast(pl.String).to_numpy() for c in ("label", "qualifier"))
    counts = {
        leaf: int(times[(label == leaf[0]) & (qualifier == leaf[1])].sum()) for leaf in LEAVES
    }
    return {leaf: n / int(times.sum()) for leaf, n in counts.items() if n}


def outcomes(matches: pl.DataFrame) -> dict[str, float]:
    """Give the share of matches that had each outcome, those of none left out."""
    shares: dict[str, float] = {}
    for (label, _), share in flow(matches).items():
        shares[label] = shares.get(label, 0.0) + share
    return shares


def waiting(matches: pl.DataFrame) -> Curve | None:
    """Give the share of matches without coordination yet; None where it cannot be measured."""
    seen = matches.filter(pl.col("watched").is_not_null())
    time = seen.select(pl.coalesce("emerged", "watched")).to_series()
    return _curve(time, seen["emerged"].is_not_null(), seen["watched"], seen["times"])


def lasting(matches: pl.DataFrame) -> Curve | None:
    """Give the share still coordinated a time after coordination emerged; None if it never did."""
    seen = matches.filter(pl.col("watched").is_not_null() & pl.col("emerged").is_not_null())
    since = [
        pl.col(c).cast(pl.Int64) - pl.col("emerged").cast(pl.Int64) for c in ("broke", "watched")
    ]
    time = seen.select(pl.coalesce(since)).to_series()
    return _curve(
        time, seen["broke"].is_not_null(), seen.select(since[1]).to_series(), seen["times"]
    )


def _curve(time: pl.Series, event: pl.Series, watched: pl.Series, times: pl.Series) -> Curve | None:
    if time.is_empty():
        return None
    t, e, n = time.to_numpy(), event.to_numpy(), times.to_numpy()
    at, share = kaplan_meier(t, e, n)
    end = float(watched.to_numpy().max())
    return Curve(at, share, end, median_time(t, e, n), int(n.sum()))


def paces(results: Results) -> dict[str, Pace]:
    """Give each strategy's accommodation over time, best first."""
    table = _ended(results)
    names = results.standings.sort("rank")["strategy"]
    return {name: _pace(table.filter(pl.col("strategy") == name)) for name in names}


def pace_of_all(results: Results) -> Pace:
    """Give the accommodation over time of all strategies together."""
    together = (
        _ended(results)
        .group_by("from_period", "to_period")
        .agg(pl.col("actions", "accommodating").sum())
    )
    return _pace(together)


def _ended(results: Results) -> pl.DataFrame:
    """Give the table of accommodation, its last block ending with play where that is fixed."""
    spec = results.manifest["experiment"]
    if results.arm is not None:
        spec = {**spec, **spec["arms"].get(results.arm, {})}
    periods = spec["horizon"].get("periods")
    if isinstance(periods, list):
        periods = max(periods)
    to = pl.col("to_period")
    return results.accommodation.with_columns(
        to if periods is None else to.clip(upper_bound=periods)
    )


def _pace(table: pl.DataFrame) -> Pace:
    table = table.sort("from_period")
    begin, end, actions, kind = (
        table[c].to_numpy().astype(np.float64)
        for c in ("from_period", "to_period", "actions", "accommodating")
    )
    return Pace(begin, end, kind / actions)
