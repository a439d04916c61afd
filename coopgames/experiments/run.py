"""Run an experiment: plan its matches, play those that are not there yet, write the tables."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from coopgames import __version__
from coopgames.experiments.crew import crew
from coopgames.experiments.pairs import parts
from coopgames.experiments.tables import compared, tables
from coopgames.mistakes import Mistake
from coopgames.play import ENGINE
from coopgames.specs import Experiment, as_spec, load
from coopgames.store import Results, Session, finish, open_folder
from coopgames.strategies import Strategy

FLUSH = 1.0
"""Seconds between chunks: about as much play as can be lost when only the disk survives."""


MOST_MATCHES, MOST_ROWS = 3_000_000, 30_000_000
"""So many matches, and games, an experiment may have: its tables are made in memory."""


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Parameters
    ----------
    done, total : int
        Matches that are there, and matches wanted.
    reused : int
        Of those done, how many were there from before.
    damaged : tuple of Path
        Chunks that were found damaged; their matches are played again.
    """

    done: int
    total: int
    reused: int
    damaged: tuple[Path, ...] = ()


def run(
    experiment: Experiment | str | Path,
    *,
    folder: str | Path | None = None,
    sets: Sequence[str] = (),
    adds: Sequence[str | Strategy] = (),
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Results:
    """Run an experiment, or go on where it stopped.

    Parameters
    ----------
    experiment : Experiment, str or Path
        What to run: a value, the name of a shipped experiment, a TOML file, or the manifest.json
        of earlier results.
    folder : str or Path, optional
        Where the results go; ``results/NAME`` by default. Matches that are there already are
        not played again.
    sets, adds : sequence, optional
        As ``--set`` and ``--add`` on the command line, or strategies by value; see
        `coopgames.specs.load`.
    workers : int, optional
        How many matches are played at the same time, in threads, or in processes where a
        strategy is Python; as many as there are processors by default.
    executor : concurrent.futures.Executor, optional
        What plays instead: a cluster's, say.
    progress : callable, optional
        Told how far the run is, at the start and whenever matches are kept.

    Returns
    -------
    Results

    Raises
    ------
    Mistake
        If the experiment cannot be read or its folder not be used. What was played is kept.
    """
    if not isinstance(experiment, Experiment):
        experiment = load(experiment, sets=sets, adds=adds)
    if experiment.horizon.infinite:
        raise Mistake(
            "an experiment is played, and play without end cannot be: give its horizon periods or "
            "a continuation probability (coopgames match solves play without end)"
        )
    check_size(experiment)
    target = Path(folder) if folder is not None else Path("results") / experiment.name
    manifest = describe(experiment)
    chunks = open_folder(target, manifest)
    planned = [
        part for e in compared(experiment) for k in range(len(e.horizons)) for part in parts(e, k)
    ]
    there = chunks.keys()
    # What several arms have in common is played once.
    missing = {pair.key for _, wanted in planned for pair in wanted} - there
    total = len({pair.key for _, wanted in planned for pair in wanted})
    workers = workers or os.cpu_count() or 1
    session = Session(target, workers=workers, matches=total, reused=total - len(missing))

    def report() -> None:
        done = session.reused + session.played
        progress(Progress(done, total, session.reused, tuple(chunks.damaged)))

    report()
    for given, wanted in planned:
        todo = [pair for pair in wanted if pair.key in missing]
        missing -= {pair.key for pair in todo}
        with crew(given, todo, workers, executor) as play_all:
            for frame in _kept(play_all()):
                chunks.add(frame)
                session.note(played=session.played + frame["key"].n_unique())
                report()
    results = finish(target, manifest, tables(experiment, chunks.frames))
    session.note(finished=True)
    return results


def check_size(experiment: Experiment) -> None:
    """Refuse an experiment whose tables would not fit."""
    n = max(len(e.entrants) for e in compared(experiment))
    matches = n * (n + 1) // 2 * sum(len(e.horizons) for e in compared(experiment))
    if matches > MOST_MATCHES or matches * experiment.repetitions > MOST_ROWS:
        raise Mistake(
            f"{n:,} strategies with {experiment.repetitions:,} games a pair make {matches:,} "
            f"matches; an experiment keeps up to {MOST_MATCHES:,} of them and {MOST_ROWS:,} games "
            "(coopgames.experiments.round_robin goes through more, without chance)"
        )


def _kept(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Gather rows until they are worth a chunk; what is gathered is kept if play breaks off."""
    gathered: list[pl.DataFrame] = []
    since = time.monotonic()
    broken: BaseException | None = None
    while True:
        try:
            frame = next(frames, None)
        except BaseException as error:  # also Ctrl-C: what is done is kept first
            broken, frame = error, None
        if frame is not None:
            gathered.append(frame)
        if gathered and (frame is None or time.monotonic() - since >= FLUSH):
            yield pl.concat(gathered)
            gathered, since = [], time.monotonic()
        if broken:
            raise broken
        if frame is None:
            return


def describe(experiment: Experiment) -> dict[str, Any]:
    """Say what makes the results: spec, seed, versions and content hashes."""
    packages = ("numba", "numpy", "polars", "scipy")
    return {
        "engine": ENGINE,
        "experiment": as_spec(experiment),
        "game": experiment.game.digest,
        "strategies": {
            entrant.name: entrant.strategy.digest
            for e in compared(experiment)
            for entrant in e.entrants
        },
        "versions": {
            "coopgames": __version__,
            "python": platform.python_version(),
            **{package: version(package) for package in packages},
        },
    }
