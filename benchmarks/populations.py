"""The speed of populations beside EGTtools: one command, one table.

    python benchmarks/populations.py [--peer PYTHON] [--runs N]

All on one thread, in processor time, so that other work on the machine matters little. EGTtools is
measured in the same run, in the interpreter that `--peer` names or
else in this one; it computes the same numbers, and where both do they are compared.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import NamedTuple

import numpy as np

from coopgames.populations import (
    Process,
    fermi,
    fixation,
    long_run,
    moran,
    rare_mutations,
    sample_population,
)

BETA = 0.1
STEPS = 2_000_000
THREE = np.random.default_rng(3).uniform(0, 5, (3, 3))
NINE = np.random.default_rng(9).uniform(0, 5, (9, 9))

EGTTOOLS = """
import sys, time
import numpy as np
import egttools as egt
from egttools.analytical import PairwiseComparison
from egttools.games import Matrix2PlayerGameHolder
from egttools.numerical import PairwiseComparisonNumerical
from egttools.utils import calculate_stationary_distribution
case, size, mu = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
n = 9 if case == "rare" else 3
A = np.random.default_rng(n).uniform(0, 5, (n, n))
game = Matrix2PlayerGameHolder(n, A)  # it crashes if nobody else holds the game
model = PairwiseComparison(size, game)
def clock(work, runs):
    times = []
    for _ in range(runs):
        start = time.process_time()
        value = work()
        times.append(time.process_time() - start)
    return sorted(times)[len(times) // 2], value
if case == "fixation":
    print(*clock(lambda: model.calculate_fixation_probability(0, 1, 0.1), 21))
elif case == "rare":
    def rare():
        moves, _ = model.calculate_transition_and_fixation_matrix_sml(0.1)
        return calculate_stationary_distribution(moves.transpose())[0]
    print(*clock(rare, 5))
elif case == "chain":
    def chain():
        moves = model.calculate_transition_matrix(0.1, mu).transpose()
        weights = calculate_stationary_distribution(moves.toarray())
        return sum(w * egt.sample_simplex(i, size, 3)[0] for i, w in enumerate(weights)) / size
    print(*clock(chain, 1))
else:
    walk = PairwiseComparisonNumerical(size, game, 100_000)
    start, steps = np.array([34, 33, 33]), 200_000
    taken, _ = clock(lambda: walk.evolve(steps, 0.1, mu, start), 3)
    print(taken / steps, 0)
"""


class Row(NamedTuple):
    """A line of the table: what, how long ours took, what it may take, and the peer's."""

    what: str
    ours: float
    target: float | None
    peer: str
    unit: str


def seconds(work: Callable[[], object], runs: int) -> float:
    """Median time of some runs, after one that is not timed."""
    work()
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return median(times)


def beside(peer: str, case: str, size: int, mu: float, ours: float, value: float | None) -> str:
    """Measure EGTtools; say by how much it is slower, and whether it finds another number."""
    one = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [peer, "-c", EGTTOOLS, case, str(size), str(mu)],
        capture_output=True, text=True, check=False, env={**os.environ, **one},
    )  # fmt: skip
    if done.returncode:
        return (
            "EGTtools is missing"
            if "No module" in done.stderr
            else f"EGTtools fails: {done.stderr[-200:]}"
        )
    taken, found = map(float, done.stdout.split()[-2:])
    other = ""
    if value is not None and abs(found - value) > 1e-6 * abs(value) + 1e-12:
        other = f", which finds {found:.6g} and not {value:.6g}"
    return f"{told(taken)} ({taken / ours:,.0f}×){other}"


def told(taken: float) -> str:
    """Write a time."""
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)):
        if taken >= scale:
            return f"{taken / scale:.3g} {unit}"
    return f"{taken:.2g} s"


def rows(peer: str, runs: int) -> Iterator[Row]:
    """Give each case."""
    many = np.random.default_rng(2).uniform(0, 5, (20_000, 2, 2))
    pair = THREE[:2, :2]
    processes: list[tuple[str, Process]] = [("fermi", fermi(BETA)), ("moran", moran())]
    for size in (50, 100):
        for name, process in processes:
            taken = seconds(lambda s=size, p=process: fixation(many, s, p), runs) / len(many)
            rho = float(fixation(pair, size, process))
            theirs = "–" if name == "moran" else beside(peer, "fixation", size, 0, taken, rho)
            yield Row(f"a fixation probability, {name}, N = {size}", taken, 1.5e-6, theirs, "s")
    taken = seconds(lambda: fixation(pair, 100, fermi(BETA)), 200)
    yield Row("  called for one pair alone, N = 100", taken, None, "–", "s")
    for size in (50, 100):
        taken = seconds(lambda s=size: rare_mutations(NINE, s, fermi(BETA)), 100)
        share = float(rare_mutations(NINE, size, fermi(BETA)).shares[0])
        theirs = beside(peer, "rare", size, 0, taken, share)
        yield Row(f"rare mutations, 9 strategies, N = {size}", taken, 1e-4, theirs, "s")
    for size, target in ((30, None), (100, 0.04)):
        taken = seconds(lambda s=size: long_run(THREE, s, 0.01, fermi(BETA)), runs)
        share = float(long_run(THREE, size, 0.01, fermi(BETA)).shares[0])
        theirs = beside(peer, "chain", size, 0.01, taken, share) if size == 30 else "–"
        yield Row(f"all compositions of 3 strategies, N = {size}", taken, target, theirs, "s")
    for mu in (0.0001, 0.01, 0.1, 1.0):
        for name, process in processes:
            taken = seconds(
                lambda m=mu, p=process: sample_population(
                    THREE, (34, 33, 33), steps=STEPS, mutation=m, process=p
                ),
                runs,
            ) / STEPS  # fmt: skip
            theirs = "–" if name == "moran" else beside(peer, "walk", 100, mu, taken, None)
            target = 1 / 14e6 if name == "fermi" else None
            yield Row(f"a step, {name}, mutation {mu:g}, N = 100", taken, target, theirs, "steps/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--peer", default=sys.executable, help="interpreter that has EGTtools")
    parser.add_argument("--runs", type=int, default=7, help="runs of which the median is shown")
    given = parser.parse_args()
    print("| case | ours | target | reached | EGTtools |")
    print("|---|---|---|---|---|")
    for row in rows(given.peer, given.runs):
        per = row.unit == "steps/s"
        ours = f"{1e-6 / row.ours:,.1f} M steps/s" if per else told(row.ours)
        target = "–"
        if row.target:
            target = f"≥ {1e-6 / row.target:.0f} M" if per else f"≤ {told(row.target)}"
        reached = "–" if not row.target else "yes" if row.ours <= row.target else "no"
        print(f"| {row.what} | {ours} | {target} | {reached} | {row.peer} |", flush=True)


if __name__ == "__main__":
    main()
