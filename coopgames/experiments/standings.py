"""Who did how well, and what Keohane's distinction says of its matches."""

from __future__ import annotations

import numpy as np
import polars as pl

from coopgames.play import BLOCKS, block_width
from coopgames.readings import LABELS, median_time
from coopgames.specs import Experiment

SHARES = LABELS[:-1]
"""The outcomes whose shares are reported; independence is a property of the game."""


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
    seats = _by_seat(matches)
    entrants = {entrant.name: entrant for entrant in experiment.entrants}
    rows = [
        _row(name, seats.filter(pl.col("strategy") == name), experiment.repetitions)
        for name in sorted(entrants)
    ]
    rows.sort(key=lambda row: (-row["score"], row["strategy"]))
    quoted = experiment.quoted
    for rank, row in enumerate(rows, start=1):
        row["rank"] = rank
        if quoted:
            row["quoted_score"] = quoted.score(entrants[row["strategy"]])
            row["quoted_rank"] = quoted.rank(entrants[row["strategy"]])
    schema = {
        "rank": pl.UInt32, "strategy": pl.String, "score": pl.Float64,
        "standard_error": pl.Float64, "accommodates": pl.Float64,
        **{label.replace(" ", "_"): pl.Float64 for label in SHARES},
        "emergence": pl.Float64,
    }  # fmt: skip
    if quoted:
        schema |= {"quoted_score": pl.Float64, "quoted_rank": pl.UInt32}
    return pl.DataFrame(rows, schema=schema)


def _by_seat(matches: pl.DataFrame) -> pl.DataFrame:
    """Give every match from the point of view of each of its seats."""
    views = []
    for seat, other in (("first", "second"), ("second", "first")):
        views.append(
            matches.select(
                strategy=seat, opponent=other, repetition="repetition", times="times",
                periods="periods", score=f"score_{seat}", accommodated=f"accommodated_{seat}",
                label="label", emerged="emerged", watched="watched",
            )
        )  # fmt: skip
    return pl.concat(views)


def _row(name: str, seats: pl.DataFrame, repetitions: int) -> dict[str, object]:
    """Sum up one entrant's matches."""
    # A match that is played once for all repetitions stands in each; self-play has two rows a
    # repetition, whose mean counts.
    score = np.zeros(repetitions)
    opponents = seats.partition_by("opponent", maintain_order=True)
    for games in opponents:
        total, rows = np.zeros(repetitions), np.zeros(repetitions)
        for r, times, x in games.select("repetition", "times", "score").iter_rows():
            total[r : r + times] += x
            rows[r : r + times] += 1
        score += total / rows
    score /= len(opponents)
    weight = seats["times"].to_numpy().astype(np.float64)
    weight = np.where((seats["opponent"] == name).to_numpy(), weight / 2, weight)
    periods = seats["periods"].to_numpy().astype(np.float64)
    label = seats["label"].cast(pl.String).to_numpy()
    watched = seats["watched"].is_not_null().to_numpy()
    emerged = seats["emerged"].is_not_null().to_numpy()[watched]
    time = seats.select(pl.coalesce("emerged", "watched")).to_series().to_numpy()[watched]
    return {
        "strategy": name,
        "score": float(score.mean()),
        "standard_error": (
            float(score.std(ddof=1) / np.sqrt(repetitions)) if repetitions > 1 else None
        ),
        "accommodates": float(
            (seats["accommodated"].to_numpy() * weight).sum() / (periods * weight).sum()
        ),
        **{
            kind.replace(" ", "_"): float(weight[label == kind].sum() / weight.sum())
            for kind in SHARES
        },
        "emergence": median_time(time, emerged, weight[watched]) if watched.any() else None,
    }


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
    width = block_width(experiment.horizon)
    rows = []
    for name in sorted(entrant.name for entrant in experiment.entrants):
        actions, kind = np.zeros(BLOCKS, dtype=np.int64), np.zeros(BLOCKS, dtype=np.int64)
        for seat in ("first", "second"):
            own = matches.filter(pl.col(seat) == name)
            if own.is_empty():
                continue
            times, periods = own["times"].to_numpy().astype(np.int64), own["periods"].to_numpy()
            pace = np.array(own[f"pace_{seat}"].to_list(), dtype=np.int64)
            kind += (pace * times[:, None]).sum(axis=0)
            begin = np.arange(BLOCKS) * width
            inside = np.clip(periods[:, None].astype(np.int64) - begin, 0, width)
            inside[:, -1] = np.clip(periods.astype(np.int64) - begin[-1], 0, None)
            actions += (inside * times[:, None]).sum(axis=0)
        rows += [
            (name, b * width + 1, (b + 1) * width, int(actions[b]), int(kind[b]))
            for b in range(BLOCKS)
            if actions[b]
        ]
    schema = {
        "strategy": pl.String, "from_period": pl.UInt32, "to_period": pl.UInt32,
        "actions": pl.UInt64, "accommodating": pl.UInt64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")
