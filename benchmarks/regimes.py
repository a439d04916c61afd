"""The speed of play under a regime: one command, one table.

    OPENBLAS_NUM_THREADS=1 python benchmarks/regimes.py [--runs N]

Two guided automata of 8 states, which read all of a regime's labels, the other's action and the
public signal, under a regime of 8 states whose signal errs: all of them random, every transition
uniform, so that most of the 512 joint states are reached. What is measured is the processor time of
one thread, so that what else goes on counts less; linear algebra is held to that thread too.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median

import numpy as np

from coopgames import Rule
from coopgames.games import compatibility, named_game
from coopgames.play import (
    Horizon,
    Match,
    Perception,
    all_systems,
    critical_continuation,
    emergence,
    expect,
    late_share,
    mediation,
    reputation_outcome,
    sample,
)
from coopgames.readings import lens
from coopgames.regimes import Arrangement, PublicRegime, anyone_breaks, reversion, standing
from coopgames.specs import regime_from
from coopgames.strategies import Guided, Strategy, all_labels, strategy

PD, LABELS, STATES = named_game("prisoners-dilemma"), all_labels(2), 8
COUNTING = lens(PD, Rule(L=10, q=0.8)).counting


def random_guided(rng: np.random.Generator) -> Strategy:
    p = rng.uniform(0.05, 0.95, (STATES, len(LABELS)))
    to = rng.integers(0, STATES, (STATES, len(LABELS), 2, 2, 2))
    return Strategy("random", Guided(np.stack([p, 1 - p], axis=-1), to, LABELS))


def random_regime(rng: np.random.Generator) -> PublicRegime:
    shown = [[LABELS[i] for i in rng.integers(0, len(LABELS), 2)] for _ in range(STATES)]
    alarm = rng.uniform(0.05, 0.95, (2, 2))
    to = rng.integers(0, STATES, (STATES, 2))
    return PublicRegime(to, shown, np.stack([1 - alarm, alarm], axis=-1))


def seconds(work: Callable[[int], object], runs: int) -> float:
    """Median processor time of some runs on a match each, after one that is not timed."""
    work(0)
    times = []
    for run in range(1, runs + 1):
        start = time.thread_time()
        work(run)
        times.append(time.thread_time() - start)
    return median(times)


def cases(runs: int) -> Iterator[tuple[str, float, float | None]]:
    """Give each case, our time in seconds and what it may be."""
    rng = np.random.default_rng(1)
    drawn = [
        ((random_guided(rng), random_guided(rng)), random_regime(rng)) for _ in range(runs + 1)
    ]
    for name, horizon in (
        ("in the long run", Horizon()),
        ("at a continuation probability", Horizon(continuation=0.95)),
        ("200 periods", Horizon(200)),
    ):
        matches = [Match(PD, pair, horizon, regime=regime) for pair, regime in drawn]
        work = seconds(lambda run, matches=matches: expect(matches[run]), runs)
        yield f"a random pair solved, {name}", work, 0.05
    finite = [Match(PD, pair, Horizon(200), regime=regime) for pair, regime in drawn]
    turns = seconds(
        lambda run: sample(finite[run], COUNTING, seed=run, repetitions=range(1000)), runs
    )
    yield "a random pair sampled, 1,000 games of 200 periods", turns, None
    ours = strategy("standing-reciprocity")
    watched = Match(
        PD, (ours, ours), Horizon(200), 0.01, regime=standing(hit=0.9, false_alarm=0.05)
    )
    law = seconds(lambda _: emergence(watched, COUNTING, 200), runs)
    yield "the law of emergence under a record of standing", law, None
    comply = strategy("compliance")
    agreed = reversion(anyone_breaks((2, 2)), hit=0.95, false_alarm=0.02)
    critical = seconds(lambda _: critical_continuation(PD, comply, comply, regime=agreed), runs)
    yield "the critical continuation probability of an agreement", critical, None
    expecting = strategy("regime-shaped-expectations")
    dim = Match(PD, (expecting, expecting), Horizon(50), perception=Perception(0.4))
    seen = replace(dim, regime=standing(hit=0.9, false_alarm=0.02))
    yield (
        "two that form expectations, under that record",
        seconds(lambda _: expect(seen), runs),
        None,
    )
    money = named_game("balance-of-payments")
    pegs = Arrangement(regime_from("payments-1958-71")).public(money)
    states = Match(money, (expecting, expecting), Horizon(60), regime=pegs)
    yield "the same with 28 actions, under the pegs", seconds(lambda _: expect(states), runs), None
    share = late_share(compatibility(PD), 50)
    ways = seconds(lambda _: mediation(dim, seen, share), runs)
    yield "what of the record's effect goes through beliefs", ways, None
    systems = all_systems()
    yield "all 4,096 reputation systems", seconds(lambda _: reputation_outcome(systems), runs), None


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--runs", type=int, default=9)
    runs = options.parse_args().runs
    print("| case | ms | target | reached |\n|---|---|---|---|")
    for name, took, target in cases(runs):
        goal = "–" if target is None else f"≤ {target * 1e3:.0f}"
        reached = "" if target is None else ("yes" if took <= target else "no")
        print(f"| {name} | {took * 1e3:.1f} | {goal} | {reached} |")


if __name__ == "__main__":
    main()
