"""Readings, at scale: python benchmarks/readings.py.

There is no peer: no other software reads what a course of play was. One thread; the best of three
after one that is not timed.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from coopgames.games import named_game
from coopgames.readings import account, read_courses


def best_of(run: Callable[[], object], times: int = 3) -> float:
    run()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    rng = np.random.default_rng(1)
    dilemma = named_game("prisoners-dilemma")
    for name in ("prisoners-dilemma", "liberal-trade"):
        game = named_game(name)
        courses = rng.integers(game.payoffs[0].size, size=(100_000, 200))
        seconds = best_of(lambda game=game, courses=courses: read_courses(game, courses))
        print(f"100,000 courses of 200 periods, {name:<18} {seconds:6.2f} s")
    one = rng.integers(2, size=(200, 2))
    seconds = best_of(lambda: account(dilemma, one))
    print(f"an account of one record of 200 periods          {1000 * seconds:6.1f} ms")


if __name__ == "__main__":
    main()
