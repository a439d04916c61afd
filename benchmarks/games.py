"""What games encode, at scale: python benchmarks/games.py.

There is no peer: no other software reads what a game encodes. Times are of one process with one
thread, the best of three.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from coopgames.games import Game, categories, structure
from coopgames.mistakes import Mistake


def best_of(run: Callable[[], object], times: int = 3) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def million() -> None:
    payoffs = np.random.default_rng(0).normal(size=(10**6, 2, 2, 2))
    seconds = best_of(lambda: categories(payoffs))
    print(f"1,000,000 games of two actors with two actions   {seconds:.2f} s")


def one_by_one() -> None:
    games = [Game("g", p) for p in np.random.default_rng(1).normal(size=(1000, 2, 2, 2))]
    seconds = best_of(lambda: [structure(game) for game in games], 1)
    print(f"the same one by one, with all that is known       {1000 * seconds:.0f} µs a game")


def six_actors_with_ten_actions() -> None:
    given = np.indices((10,) * 6) / 9.0
    games = {
        "public good": 2.0 * given.sum(axis=0) / 6 - given,
        "Cournot": np.stack([own * (1.9 - given.sum(axis=0)) for own in given]),
        "random": np.random.default_rng(2).normal(size=(6, *(10,) * 6)),
    }
    for name, payoffs in games.items():
        start = time.perf_counter()
        try:
            said = structure(Game(name, payoffs)).category
        except Mistake as mistake:
            said = f"refused: {mistake}"
        print(f"6 actors, 10 actions, {name}: {time.perf_counter() - start:.1f} s, {said}")


if __name__ == "__main__":
    million()
    one_by_one()
    six_actors_with_ten_actions()
