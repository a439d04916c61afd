"""What play costs, against pairs, states, periods and actors: a figure.

    python benchmarks/plots.py -o costs.svg [--runs N]

One thread; each point is a median.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl

mpl.use("agg")

import matplotlib.pyplot as plt
import numpy as np
from engine import COUNTING, GAME, SEED, T, automata, cast, seconds

from coopgames.games import public_goods
from coopgames.play import GroupMatch, Horizon, expect_lumped, sample_field, sample_group
from coopgames.play.sweep import (
    luck,
    memory_one_payoffs,
    orbit_counts,
    orbit_emergence,
    play_counts,
)
from coopgames.strategies import group_tit_for_tat

Points = tuple[Sequence[float], list[float]]


def counted(pairs: int, states: int, periods: int) -> Callable[[], object]:
    """Count orbits."""
    field, seats = automata(60, states, states), _seats(pairs)
    return lambda: orbit_counts(field, periods, seats, workers=1)


def emerged(pairs: int, states: int, periods: int) -> Callable[[], object]:
    """Date emergence and breakdown on orbits."""
    field, seats = automata(60, states, states), _seats(pairs)
    return lambda: orbit_emergence(field, periods, COUNTING.holds, 10, 8, seats, workers=1)


def played(pairs: int, states: int, periods: int) -> Callable[[], object]:
    """Play with chance and count profiles."""
    field, seats = automata(60, states, states, lots=True), _seats(pairs)
    keys, lanes = luck([f"s{n}" for n in range(60)], seats, 0, seed=SEED)
    return lambda: play_counts(field, seats, keys, lanes, periods, workers=1)


def sampled(pairs: int, states: int, periods: int) -> Callable[[], object]:
    """Play with chance and count everything."""
    field = cast(automata(60, states, states, lots=True), Horizon(periods))
    seats = _seats(pairs).tolist()
    return lambda: sample_field(field, seats, COUNTING, seed=SEED, repetitions=range(1))


def solved(pairs: int, states: int, periods: int) -> Callable[[], object]:  # noqa: ARG001
    """Solve noisy memory-one pairs."""
    p, q = np.random.default_rng(1).random((2, pairs, 4))
    return lambda: memory_one_payoffs(p, q, GAME, noise=0.05, workers=1)


def _seats(pairs: int) -> Any:
    return np.random.default_rng(2).integers(0, 60, (pairs, 2))


WAYS: dict[str, Callable[[int, int, int], Callable[[], object]]] = {
    "deterministic, counts": counted,
    "deterministic, emergence": emerged,
    "stochastic, counts": played,
    "stochastic, everything (sample)": sampled,
    "noisy memory-one, solved": solved,
}


def panel(
    axes: Any, name: str, values: Sequence[int], cases: Callable[[int], tuple[int, int, int]],
    ways: Sequence[str], runs: int,
) -> None:  # fmt: skip
    """Draw the cost of a pair against something."""
    for way in ways:
        cost = []
        for value in values:
            case = cases(value)
            cost.append(seconds(WAYS[way](*case), runs) / case[0] * 1e9)
        axes.loglog(values, cost, marker="o", markersize=3, label=way)
    axes.set(xlabel=name, ylabel="nanoseconds a pair")
    axes.grid(alpha=0.3)


def group_panel(axes: Any, values: Sequence[int], runs: int) -> None:
    """Draw the cost of a course, or of an answer, against the number of actors."""
    noise, horizon = 0.05, Horizon(T)

    def courses(n: int) -> Callable[[], object]:
        match = GroupMatch(public_goods(n, 3), (group_tit_for_tat(n),) * n, horizon, noise)
        return lambda: sample_group(match, seed=SEED, repetitions=range(50))

    def lumped(n: int) -> Callable[[], object]:
        game, strategy = public_goods(n, 3), group_tit_for_tat(n)
        return lambda: expect_lumped(game, strategy, horizon, noise=noise)

    for name, way, share in (
        ("sampled, a course", courses, 50),
        ("solved, lumped chain", lumped, 1),
    ):
        cost = [seconds(way(n), runs) / share * 1e6 for n in values]
        axes.loglog(values, cost, marker="o", markersize=3, label=name)
    axes.set_xticks(values, [str(n) for n in values])
    axes.minorticks_off()
    axes.set(xlabel=f"actors ({T} periods, noise {noise})", ylabel="microseconds")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="a PNG or SVG file")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    figure, ((pairs, states), (periods, actors)) = plt.subplots(
        2, 2, figsize=(10, 8), layout="constrained"
    )
    everything = list(WAYS)
    runs = arguments.runs
    panel(pairs, "pairs (8 states, 200 periods)", [10, 100, 1_000, 10_000, 100_000],
          lambda n: (n, 8, T), everything, runs)  # fmt: skip
    panel(states, "states (10,000 pairs, 200 periods)", [2, 4, 8, 16, 32, 64, 128],
          lambda n: (10_000, n, T), everything[:4], runs)  # fmt: skip
    panel(periods, "periods (1,000 pairs, 8 states)", [10, 100, 1_000, 10_000, 100_000],
          lambda n: (1_000, 8, n), everything[:4], runs)  # fmt: skip
    group_panel(actors, [2, 3, 5, 10, 20, 50], runs)
    pairs.legend(fontsize=8)
    figure.suptitle("What play costs on one thread")
    figure.savefig(arguments.output, dpi=150)


if __name__ == "__main__":
    main()
