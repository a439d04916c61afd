"""The players of Axelrod-Python that do not take long, all against all, there and here.

    python benchmarks/bridge.py theirs FILE.json          # Axelrod-Python plays; some four minutes
    python benchmarks/bridge.py ours FILE.json            # we play, and compare
    python benchmarks/bridge.py ours FILE.json --repetitions 20

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
import warnings
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from coopgames.experiments.pairs import Pair, Plan, pairs, plan, play
from coopgames.games import named_game
from coopgames.play import Horizon, prepare
from coopgames.readings import Rule
from coopgames.specs import Entrant, Experiment
from coopgames.strategies import AXELROD, Python, axelrod, axelrod_players, axelrod_strategy

PERIODS = 200


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
            scores.append(match.final_score())
        print(f"{i + 1} of {len(names)}", f"{sum(seconds):.0f} s", flush=True)
    return {"players": names, "scores": scores, "seconds": seconds}


def ours(names: list[str], repetitions: int) -> tuple[Any, dict[str, float], dict[int, float]]:
    """Play; give the rows, the seconds of each kind of match, and of each player run by its code."""
    entrants = tuple(Entrant(name, axelrod_strategy(name)) for name in names)
    experiment = Experiment(
        name="bridge", title="The bridge", seed=1, game=named_game("prisoners-dilemma"),
        entrants=entrants, repetitions=repetitions, horizon=Horizon(PERIODS, known=True),
        rule=Rule(),
    )  # fmt: skip
    given = plan(experiment)
    own = {i for i, s in enumerate(given.field.strategies) if isinstance(s.rule, Python)}
    prepare(given.field.strategies)
    wanted = pairs(experiment)
    once = [next(p for p in wanted if {p.first, p.second} & own == {i}) for i in sorted(own)]
    play(given, [*once, *[p for p in wanted if not {p.first, p.second} & own][:300]])  # made ready
    frames, seconds, each = [], defaultdict(float), defaultdict(float)
    kinds: dict[str, list[Pair]] = defaultdict(list)
    for pair in wanted:
        kinds["own code" if {pair.first, pair.second} & own else "compiled"].append(pair)
    frames.append(_timed(given, kinds["compiled"], "compiled", seconds))
    for pair in kinds["own code"]:
        before = seconds["own code"]
        frames.append(_timed(given, [pair], "own code", seconds))
        who = {pair.first, pair.second} & own
        for i in who:
            each[i] += (seconds["own code"] - before) / len(who)
    return frames, seconds, {given.field.labels[i]: s for i, s in each.items()}
