"""Axelrod's first tournament, here and in Axelrod-Python, in one run.

    python benchmarks/first_tournament.py [--runs N] [--peer PYTHON]

Each command is timed as a whole process, imports included, several times in turn. Axelrod-Python
is measured in this interpreter, or in another one that `--peer` names; where it is not installed,
the table says so.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from statistics import median

PEER = """
import sys, time
import axelrod as a
start = time.perf_counter()
names = ("TitForTat FirstByTidemanAndChieruzzi FirstByNydegger FirstByGrofman FirstByShubik "
         "FirstBySteinAndRapoport Grudger FirstByDavis FirstByGraaskamp FirstByDowning FirstByFeld "
         "FirstByJoss FirstByTullock FirstByAnonymous Random").split()
players = [getattr(a, name)() for name in names]
tournament = a.Tournament(players, turns=200, repetitions=int(sys.argv[1]), seed=1)
tournament.play(progress_bar=False, processes=1)
print(time.perf_counter() - start)
"""

TURNS = 120 * 200
"""Periods of one repetition."""


def ours(repetitions: int, *, cold: bool = False) -> float:
    """Seconds of `coopgames run axelrod-1980` with so many repetitions on one thread."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"NUMBA_CACHE_DIR": folder} if cold else {}
        command = [sys.executable, "-m", "coopgames", "run", "axelrod-1980", "--json", "--workers",
                   "1", "--set", f"repetitions={repetitions}", "-o", f"{folder}/r"]  # fmt: skip
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=_environment(environment))
        return time.perf_counter() - start


def _environment(more: dict[str, str]) -> dict[str, str]:
    import os

    return {**os.environ, **more}


def theirs(python: str, repetitions: int) -> tuple[float, float] | None:
    """Seconds of the whole process, and of its play, or None where the peer is missing."""
    start = time.perf_counter()
    done = subprocess.run(
        [python, "-c", PEER, str(repetitions)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return None
    return time.perf_counter() - start, float(done.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer", default=sys.executable)
    arguments = parser.parse_args()
    ours(1)  # compiled before anything is timed
    five, thousand, peer = [], [], []
    for _ in range(arguments.runs):
        five.append(ours(5))
        thousand.append(ours(1000))
        peer.append(theirs(arguments.peer, 5))
    print(f"median of {arguments.runs} runs, one thread, whole processes")
    print(f"first run ever, compiling, 5 repetitions   {ours(5, cold=True):8.2f} s")
    print(f"5 repetitions                              {median(five):8.2f} s")
    print(f"1,000 repetitions                          {median(thousand):8.2f} s")
    marginal = 995 * TURNS / (median(thousand) - median(five))
    print(f"turns a second at the margin               {marginal / 1e6:8.2f} M")
    measured = [p for p in peer if p]
    if not measured:
        print("Axelrod-Python: missing (pip install 'axelrod<4.14', or --peer PYTHON)")
        return
    whole, play = (median(column) for column in zip(*measured, strict=True))
    print(f"Axelrod-Python, 5 repetitions              {whole:8.2f} s")
    print(f"  its play alone, turns a second           {5 * TURNS / play / 1e6:8.2f} M")
    print(f"ratio, whole process                       {whole / median(five):8.1f} ×")
    print(f"ratio, turns a second                      {marginal / (5 * TURNS / play):8.0f} ×")


if __name__ == "__main__":
    main()
