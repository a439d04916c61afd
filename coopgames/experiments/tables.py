"""The tables of an experiment: its own, or those of all its arms under one another."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from coopgames.experiments.comparison import compare
from coopgames.experiments.effects import crossed_channels, effects
from coopgames.experiments.never import proved
from coopgames.experiments.pairs import INTERNAL, gather, parts
from coopgames.experiments.standings import accommodation_over_time, standings
from coopgames.specs import Experiment


def compared(experiment: Experiment) -> list[Experiment]:
    """List the experiments that are played: the arms, or the one there is."""
    return [arm.experiment for arm in experiment.arms] or [experiment]


def tables(experiment: Experiment, frames: Sequence[pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Make the tables of an experiment, by the name of their file.

    Parameters
    ----------
    experiment : Experiment
        What was played.
    frames : sequence of polars.DataFrame
        Rows of matches, its own among them.
    """
    made = [_one(e, frames) for e in compared(experiment)]
    if not experiment.arms:
        return made[0]
    names = [arm.name for arm in experiment.arms]
    together = {
        file: pl.concat(
            [_named(name, part[file]) for name, part in zip(names, made, strict=True)],
            how="diagonal",
        )
        for file in made[0]
    }
    matches = together["matches.parquet"]
    together["arms.csv"] = compare(experiment, matches)
    if crossed_channels(experiment) is not None:
        together["effects.csv"] = effects(experiment, matches)
    return together


def _one(experiment: Experiment, frames: Sequence[pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Make the tables of an experiment without arms."""
    found = []
    for number in range(len(experiment.horizons)):
        for given, wanted in parts(experiment, number):
            rows = gather(wanted, frames)
            found.append(rows.with_columns(proved(given.field, given.rule, rows)))
    rows = pl.concat(found)
    return {
        "matches.parquet": rows.drop(INTERNAL),
        "standings.csv": standings(experiment, rows),
        "accommodation.csv": accommodation_over_time(experiment, rows),
    }


def _named(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.lit(name).alias("arm"), pl.all())
