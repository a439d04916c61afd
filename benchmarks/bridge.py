"""The players of Axelrod-Python that do not take long, all against all, there and here.

    python benchmarks/bridge.py theirs FILE.json          # Axelrod-Python plays; some four minutes
    python benchmarks/bridge.py ours FILE.json            # we play, and compare
    python benchmarks/bridge.py ours FILE.json --repetitions 50

The field is `axelrod.short_run_time_strategies`: 222 players, each against each and itself, 200
periods, the length known, one game a pair. Timed is processor time of play, since the machine is
shared: of `axelrod.Match.play` there, of `experiments.play` here, which also reads every match.
Imports and compiling are not in it.

Compared are the scores. A pair in which nothing draws lots has to score the same in both, to the
last point. Of the rest, each player's mean is compared with the mean of several of our games, and
the difference is held against its standard deviation.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import t

from coopgames.experiments import pairs, plan, play
from coopgames.games import named_game
from coopgames.play import Horizon, prepare
from coopgames.specs import Entrant, Experiment
from coopgames.strategies import Python, axelrod, axelrod_players, axelrod_strategy

PERIODS = 200
SOME = (
    "EvolvedLookerUp2_2_2", "EvolvedHMM5", "Grudger", "TitForTat", "WinStayLoseShift", "Defector",
)  # fmt: skip
"""Trained and classic, for which there are figures from elsewhere (see README.md)."""


def field() -> list[str]:
    return sorted(
        name
        for name, (player, found) in axelrod_players().items()
        if not player.slow and found.runs != "not"
    )


def theirs() -> dict[str, Any]:
    package, names = axelrod(), field()
    scores, seconds = [], []
    for i, first in enumerate(names):
        for j, second in enumerate(names[: i + 1]):
            seats = [getattr(package, name)() for name in (first, second)]
            match = package.Match(seats, turns=PERIODS, seed=1000 * i + j)
            start = time.process_time()
            match.play()
            seconds.append(time.process_time() - start)
            scores.append([float(score) for score in match.final_score()])
        print(f"{i + 1} of {len(names)}, {sum(seconds):.0f} s", flush=True)
    return {"players": names, "scores": scores, "seconds": seconds}


def experiment(names: list[str], repetitions: int, seed: int) -> Experiment:
    return Experiment(
        name="bridge", title="The bridge", seed=seed, game=named_game("prisoners-dilemma"),
        entrants=tuple(Entrant(name, axelrod_strategy(name)) for name in names),
        horizon=Horizon(PERIODS, known=True), repetitions=repetitions,
    )  # fmt: skip


def square(names: list[str], rows: list[tuple[str, str, float, float]]) -> np.ndarray:
    """Put the scores of all pairs into a table, each player's own in its row."""
    place, table = {name: i for i, name in enumerate(names)}, np.zeros((len(names),) * 2)
    for first, second, one, two in rows:
        table[place[first], place[second]] = one
        table[place[second], place[first]] = two if first != second else (one + two) / 2
    return table


def ours(names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Play; give the scores of all pairs and the seconds that each took."""
    what = experiment(names, 1, seed=1)
    given, wanted = plan(what), pairs(what)
    own = {i for i, s in enumerate(given.field.strategies) if isinstance(s.rule, Python)}
    fast = [pair for pair in wanted if not {pair.first, pair.second} & own]
    slow = [pair for pair in wanted if {pair.first, pair.second} & own]
    # Those of each player that runs by its own code are timed together.
    groups = [fast, *([p for p in slow if min(own & {p.first, p.second}) == i] for i in own)]
    # Compiled, imported, teams found: once, and not timed.
    prepare(given.field.strategies)
    play(given, fast)
    play(given, [pair for pair in slow if pair.second == max(own)])
    frames, seconds = [], np.zeros((len(names),) * 2)
    for group in groups:
        start = time.process_time()
        frames.append(play(given, group))
        places = tuple(np.transpose([(pair.first, pair.second) for pair in group]))
        seconds[places] = (time.process_time() - start) / len(group)
    rows = pl.concat(frames).select("first", "second", "score_first", "score_second").rows()
    return square(names, rows), seconds


def shares(names: list[str], seconds: np.ndarray, most: int = 8) -> list[tuple[str, float]]:
    """Say who costs most: what two players cost adds up; least squares finds whose it is."""
    n = len(names)
    i, j = np.nonzero(seconds)
    design = np.zeros((len(i), n))
    np.add.at(design, (np.arange(len(i)), i), 1.0)
    np.add.at(design, (np.arange(len(i)), j), 1.0)
    cost = np.linalg.lstsq(design, seconds[i, j], rcond=None)[0] * (n + 1)
    order = np.argsort(-cost)[:most]
    return [(names[k], float(cost[k] / seconds.sum())) for k in order]


def compare(names: list[str], there: np.ndarray, here: np.ndarray, repetitions: int) -> None:
    """Print whether both have the same scores, as far as luck lets them."""
    certain = np.array([not axelrod_players()[name][0].stochastic for name in names])
    both = certain[:, None] & certain[None, :]
    same = (there == here)[both]
    print(f"pairs in which nothing draws lots: {both.sum()}, of which the same: {same.sum()}")
    runs = []
    for seed in range(2, 2 + repetitions):
        what = experiment(names, 1, seed)
        rows = play(plan(what), pairs(what))
        columns = rows.select("first", "second", "score_first", "score_second").rows()
        runs.append(square(names, columns).mean(axis=1) / PERIODS)
    played = np.array(runs)
    off = there.mean(axis=1) / PERIODS - played.mean(axis=0)
    spread = played.std(axis=0, ddof=1) * np.sqrt(1 + 1 / repetitions)
    z = np.abs(off[spread > 0] / spread[spread > 0])
    print(f"players whose score varies: {len(z)}")
    for k in (2, 3, 4, 6):
        chance = len(z) * 2 * t.sf(k, repetitions - 1)
        print(
            f"  off by more than {k} standard deviations: {(z > k).sum()}; by chance {chance:.1f}"
        )
    print(f"largest difference of a player's mean a period: {np.abs(off).max():.4f}")
    ranks = [np.argsort(np.argsort(-m)) for m in (there.mean(axis=1), played.mean(axis=0))]
    print(f"correlation of ranks: {np.corrcoef(*ranks)[0, 1]:.5f}")
    for title, mean in (("there", there.mean(axis=1) / PERIODS), ("here", played.mean(axis=0))):
        first = ", ".join(f"{names[k]} {mean[k]:.3f}" for k in np.argsort(-mean)[:8])
        print(f"{title}: {first}")
        some = ", ".join(f"{name} {mean[names.index(name)]:.3f}" for name in SOME)
        print(f"  {some}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("side", choices=["theirs", "ours"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--repetitions", type=int, default=12)
    arguments = parser.parse_args()
    if arguments.side == "theirs":
        arguments.file.write_text(json.dumps(theirs()), encoding="utf-8")
        return
    saved = json.loads(arguments.file.read_text(encoding="utf-8"))
    names = saved["players"]
    index = [(i, j) for i in range(len(names)) for j in range(i + 1)]
    rows = [
        (names[i], names[j], *score) for (i, j), score in zip(index, saved["scores"], strict=True)
    ]
    taken = np.zeros((len(names),) * 2)
    taken[tuple(np.transpose(index))] = saved["seconds"]
    there = square(names, rows)
    here, seconds = ours(names)
    print(
        f"{len(names)} players, {len(index):,} matches of {PERIODS} periods, processor time of play"
    )
    for title, table in (("Axelrod-Python", taken), ("coopgames", seconds)):
        print(f"{title}: {table.sum():.1f} s")
        print("  " + ", ".join(f"{name} {share:.0%}" for name, share in shares(names, table)))
    print(f"ratio: {taken.sum() / seconds.sum():.1f}")
    compare(names, there, here, arguments.repetitions)


if __name__ == "__main__":
    main()
