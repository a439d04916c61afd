"""What play costs, against pairs, states and periods: a figure.

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

from coopgames.play import Horizon, sample_field
from coopgames.play.sweep import (
    luck,
    memory_one_payoffs,
    orbit_counts,
    orbit_emergence,
    play_counts,
)

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="a PNG or SVG file")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    figure, (pairs, states, periods) = plt.subplots(1, 3, figsize=(13, 4.2), layout="constrained")
    everything = list(WAYS)
    runs = arguments.runs
    panel(pairs, "pairs (8 states, 200 periods)", [10, 100, 1_000, 10_000, 100_000],
          lambda n: (n, 8, T), everything, runs)  # fmt: skip
    panel(states, "states (10,000 pairs, 200 periods)", [2, 4, 8, 16, 32, 64, 128],
          lambda n: (10_000, n, T), everything[:4], runs)  # fmt: skip
    panel(periods, "periods (1,000 pairs, 8 states)", [10, 100, 1_000, 10_000, 100_000],
          lambda n: (1_000, 8, n), everything[:4], runs)  # fmt: skip
    pairs.legend(fontsize=8)
    figure.suptitle("What a pair costs on one thread")
    figure.savefig(arguments.output, dpi=150)


if __name__ == "__main__":
    main()
