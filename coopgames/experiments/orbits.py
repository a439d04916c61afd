"""A round robin of many automata, straight to disk.

Where nothing is left to chance a match is an orbit, and tens of millions of them are a matter of
seconds. They are written in parts as they are found, so that memory does not grow with their
number; a part that is there already, whole, is not made again.

    manifest.json      the game, the horizon, the rule, versions and hashes
    entrants.parquet   the number, name and hash of each automaton
    pairs/NNNNN.parquet  the matches in canonical order: each automaton against itself and all later
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from coopgames import __version__
from coopgames.games import Game, accommodation
from coopgames.mistakes import Mistake
from coopgames.play import ENGINE, sweep
from coopgames.readings import Rule, lens
from coopgames.store import read_json, write_frame, write_json
from coopgames.strategies import Automaton, Strategy

PART = 1 << 22
"""Matches in a part."""


def round_robin(
    strategies: Sequence[Strategy],
    game: Game,
    periods: int,
    folder: str | Path,
    *,
    rule: Rule | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Path:
    """Let every automaton meet every other and itself, and write what came of it.

    Parameters
    ----------
    strategies : sequence of Strategy
        Automata with two actions that draw no lots, with different names.
    game : Game
        What they play; two actors with two actions and roles. The earlier of a pair sits in seat 0.
    periods : int
        How long.
    folder : str or Path
        Where the results go.
    rule : Rule, optional
        When coordination has emerged.
    workers : int, optional
        Threads.
    progress : callable, optional
        Told how many matches are done, and how many there are.

    Returns
    -------
    Path
        The folder. Each part has the columns ``first`` and ``second`` (places in
        ``entrants.parquet``), ``score_first`` and ``score_second`` (payoff per game), ``emerged``
        and ``broke`` (periods before coordination emerged and broke down; null if never, or where
        it cannot be measured). Acts of adjustment are not asked for.

    Raises
    ------
    Mistake
        If a strategy is none of these, or the folder belongs to something else.
    """
    roles, rule = accommodation(game), rule or Rule()
    if roles is None or game.shape != (2, 2):
        raise Mistake(f"game {game.name!r} is not one of two actors with two actions and roles")
    automata = [_table(strategy) for strategy in strategies]
    names = [strategy.label for strategy in strategies]
    if len(set(names)) < len(names):
        raise Mistake("two of the strategies have one name; give each its own")
    target = Path(folder)
    manifest = {
        "engine": ENGINE, "coopgames": __version__, "game": game.digest, "periods": periods,
        "rule": asdict(rule), "strategies": len(names), "part": PART,
    }  # fmt: skip
    entrants = pl.DataFrame({"strategy": names, "digest": [a.digest for a in automata]})
    _claim(target, manifest, entrants)
    counting = lens(game, rule).counting
    order = np.arange(4).reshape(2, 2)[np.ix_(*roles)].ravel()
    payoffs = game.payoffs.reshape(2, 4)[:, order]
    n = len(names)
    total = n * (n + 1) // 2
    for part, begin in enumerate(range(0, total, PART)):
        end = min(begin + PART, total)
        path = target / "pairs" / f"{part:05d}.parquet"
        if not path.exists():  # parts are written whole or not at all
            pairs = _pairs(n, begin, end)
            counts = sweep.orbit_counts(automata, periods, pairs, workers=workers)
            timing = sweep.orbit_emergence(
                automata, periods, counting.holds[order], rule.L, rule.m, pairs, workers=workers
            )
            write_frame(path, _frame(pairs, counts, timing, payoffs))
        progress(end, total)
    return target


def _table(strategy: Strategy) -> Automaton:
    rule = strategy.rule
    if not isinstance(rule, Automaton) or not rule.deterministic:
        raise Mistake(f"{strategy.name} is no automaton that draws no lots; use an experiment")
    return rule


def _claim(target: Path, manifest: dict[str, object], entrants: pl.DataFrame) -> None:
    """Make the folder this round robin's, or find that it is."""
    path = target / "manifest.json"
    if path.exists():
        same = read_json(path) == manifest
        if not same or not pl.read_parquet(target / "entrants.parquet").equals(entrants):
            raise Mistake(f"{target}: holds another round robin; choose another folder")
        return
    if target.is_dir() and any(target.iterdir()):
        raise Mistake(f"{target}: holds files but no round robin; choose an empty folder")
    try:
        (target / "pairs").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Mistake(f"{target}: cannot be written: {error.strerror}") from None
    write_frame(target / "entrants.parquet", entrants)
    write_json(path, manifest)


def _pairs(n: int, begin: int, end: int) -> NDArray[np.int64]:
    """List matches number `begin` to `end` in canonical order."""
    row = np.arange(n, dtype=np.int64)
    offset = row * n - row * (row - 1) // 2  # the number of (i, i)
    number = np.arange(begin, end)
    first = np.searchsorted(offset, number, side="right") - 1
    return np.stack([first, number - offset[first] + first], axis=1)


def _frame(
    pairs: NDArray[np.int64],
    counts: NDArray[np.int64],
    timing: NDArray[np.int32],
    payoffs: NDArray[np.float64],
) -> pl.DataFrame:
    never = pl.when(pl.col("emerged", "broke") >= 0).then(pl.col("emerged", "broke"))
    scores = [sum(counts[:, p] * u[p] for p in range(4)) for u in payoffs]
    return pl.DataFrame(
        {
            "first": pairs[:, 0].astype(np.uint32),
            "second": pairs[:, 1].astype(np.uint32),
            "score_first": scores[0],
            "score_second": scores[1],
            "emerged": timing[:, 0],
            "broke": timing[:, 1],
        }
    ).with_columns(never)
