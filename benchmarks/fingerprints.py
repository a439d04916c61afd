"""The speed of fingerprints and of the search for what would have won: one command, one table.

    python benchmarks/fingerprints.py [--peer PYTHON] [--runs N]

Fingerprints have Axelrod-Python's default grid, 101 × 101 points. There a point is played, 10 games
of 50 turns; a coarser grid is timed, and the time taken in proportion to the points.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

import numpy as np

from coopgames.experiments import winner
from coopgames.games import named_game
from coopgames.play import fingerprint
from coopgames.specs import load
from coopgames.strategies import Automaton, Strategy, strategy

PD, PROBE = named_game("prisoners-dilemma"), strategy("tit-for-tat")
POINTS, COARSE = 101 * 101, 21 * 21

AXELROD = """
import time
import axelrod as axl
taken = axl.AshlockFingerprint(axl.WinStayLoseShift, axl.TitForTat)
start = time.perf_counter()
taken.fingerprint(turns=50, repetitions=10, step=0.05, progress_bar=False, seed=1, processes=1)
print(time.perf_counter() - start)
"""


def seconds(work: Callable[[], object], runs: int) -> float:
    """Median time of some runs, after one that is not timed."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def lottery(states: int) -> Strategy:
    """Make a random automaton: every state draws lots, every transition is uniform."""
    rng = np.random.default_rng(states)
    p = rng.random(states)
    rule = Automaton(np.stack([p, 1 - p], axis=1), rng.integers(0, states, (states, 2, 2)))
    return Strategy(f"random automaton, {states} states that draw lots", rule)


def fingerprints(runs: int) -> Iterator[tuple[str, float, float]]:
    """Give each case, our time and what it may be."""
    named = ("win-stay-lose-shift", "nydegger", "davis", "generous-tit-for-tat")
    for who in [*map(strategy, named), lottery(16), lottery(32)]:
        taken = seconds(lambda s=who: fingerprint(s, PROBE, PD), runs)
        yield f"fingerprint: {who.name}", taken, 1.0


def searches(runs: int) -> Iterator[tuple[str, float, float]]:
    """Give each case, our time and what it may be."""
    sure = ["strategies=['tit-for-tat', 'grim', 'always-defect', 'davis', 'win-stay-lose-shift']"]
    field = load("axelrod-1980", sets=sure)
    yield "best reply to 5 automata, 200 periods", seconds(lambda: winner(field), runs), 1.0
    small = seconds(lambda: winner(field, among="automata"), runs)
    yield "  best of 1,054 automata of up to 3 states", small, 5.0
    whole = seconds(lambda: winner(load("axelrod-1980"), among="automata"), 1)
    yield "  the same in axelrod-1980, 7 of 15 being played", whole, 30.0
    bred = seconds(lambda: winner(load("axelrod-1980"), among="bred"), 1)
    yield "  a memory-one rule bred for axelrod-1980", bred, 30.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each row")
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON")
    arguments = parser.parse_args()
    print("| case | ours | target | reached |\n|---|---|---|---|")
    ours = {}
    for part in (fingerprints, searches):
        for case, taken, target in part(arguments.runs):
            ours[case] = taken
            reached = "yes" if taken <= target else "NO"
            print(f"| {case} | {taken:.3f} s | ≤ {target:g} s | {reached} |", flush=True)
    done = subprocess.run(
        [arguments.peer, "-c", AXELROD], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print("\nAxelrod-Python is missing.")
        return
    peer = float(done.stdout.split()[-1]) * POINTS / COARSE
    times = peer / ours["fingerprint: win-stay-lose-shift"]
    print(f"\nAxelrod-Python, win-stay-lose-shift: {peer:.0f} s ({times:,.0f}×), and sampled.")


if __name__ == "__main__":
    main()
