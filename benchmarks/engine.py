"""The speed of the engine: one command, one table.

    python benchmarks/engine.py [--peer PYTHON]... [--runs N] [--full] [--json]

Each row is measured several times on one thread (the round robin on two) and the median is shown,
beside what must be reached, what a peer does in the same run, and the machine's limit: the
cheapest loop that could do the work. EGTtools and Axelrod-Python are measured in this interpreter
or in others that `--peer` names, one thread each; where one is not installed, the table says so.
README.md says what each row means.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numba import njit

from coopgames.games import named_game
from coopgames.play import Field, Horizon, Match, kernels, prepare, sample, sample_field
from coopgames.play.chance import GOLDEN
from coopgames.play.sweep import (
    luck,
    memory_one_payoffs,
    orbit_counts,
    orbit_emergence,
    play_counts,
)
from coopgames.readings import Rule, lens
from coopgames.strategies import (
    Automaton,
    Compiled,
    Python,
    Strategy,
    library,
    mix,
    strategy,
)

T = 200
GAME = named_game("prisoners-dilemma")
COUNTING = lens(GAME, Rule()).counting
SEED = 1
ONE = {"OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

# Peers print turns a second. EGTtools plays each pair i <= j once, or 10,000 times if stochastic
# (counted with a strategy that counts its calls).
EGTTOOLS = """
import sys, time
import numpy as np
from egttools.behaviors.NormalForm.TwoActions import TFT, Pavlov, GRIM, SuspiciousTFT, Random
from egttools.games import NormalFormGame
def turns(rounds, players, repetitions):
    start = time.perf_counter()
    NormalFormGame(rounds, np.array([[1.0, 5.0], [0.0, 3.0]]), players)
    n = len(players)
    return n * (n + 1) / 2 * rounds * repetitions / (time.perf_counter() - start)
if sys.argv[1] == "deterministic":
    players = [kind() for kind in (TFT, Pavlov, GRIM, SuspiciousTFT) for _ in range(50)]
    print(turns(200, players, 1))
else:
    print(turns(200, [Random(), Random()], 10_000))
"""

AXELROD = """
import sys, time
import axelrod as a
pairs = {
    "deterministic": [(a.TitForTat, a.WinStayLoseShift), (a.Grudger, a.SuspiciousTitForTat)],
    "stochastic": [(a.Random, a.Random), (a.GTFT, a.Random)],
    "compiled": [(a.FirstByDavis, a.FirstByShubik), (a.FirstByFeld, a.FirstByGrofman)],
}[sys.argv[1]]
start = time.perf_counter()
for seed in range(60):
    for one, other in pairs:
        a.Match((one(), other()), turns=200, seed=seed).play()
print(60 * len(pairs) * 200 / (time.perf_counter() - start))
"""

PEERS = {"EGTtools": ("egttools", EGTTOOLS), "Axelrod-Python": ("axelrod", AXELROD)}


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Parameters
    ----------
    case, unit : str
        What was done, and in what it is measured.
    ours, target : float
        What was measured, and what must be reached (at least, or where `less` at most).
    less : bool
        Whether less is better.
    peers : tuple of (str, float or None, float or None)
        Name, what it does (None where it is missing) and how often that much we do.
    limit : float, optional
        What the cheapest loop that could do the work reaches.
    remark : str
        What that loop is, and where the rest goes.
    """

    case: str
    unit: str
    ours: float
    target: float
    less: bool = False
    peers: tuple[tuple[str, float | None, float | None], ...] = ()
    limit: float | None = None
    remark: str = ""

    @property
    def reached(self) -> bool:
        """Whether the target is met."""
        return self.ours <= self.target if self.less else self.ours >= self.target


# How things are timed


def seconds(work: Callable[[], object], runs: int) -> float:
    """Median time of some runs, after one that is not timed."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


@cache
def interpreter(module: str, pythons: tuple[str, ...]) -> str | None:
    """Find the first interpreter that has a module."""
    for python in pythons:
        done = subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False)
        if not done.returncode:
            return python
    return None


@cache
def theirs(peer: str, case: str, pythons: tuple[str, ...], runs: int) -> float | None:
    """Measure turns a second of a peer; None where it is missing."""
    module, code = PEERS[peer]
    python = interpreter(module, pythons)
    if python is None:
        return None
    command = [python, "-c", code, case]
    environment = {**os.environ, **ONE}
    return median(
        float(subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
              .stdout.split()[-1])
        for _ in range(runs)
    )  # fmt: skip


@dataclass(frozen=True)
class Bench:
    """How to measure."""

    runs: int
    pythons: tuple[str, ...]
    entrants: int

    def seconds(self, work: Callable[[], object]) -> float:
        """Give the median time of so many runs."""
        return seconds(work, self.runs)

    def against(self, case: str, turns: float, *names: str) -> tuple[Any, ...]:
        """Set turns a second beside those of the peers."""
        rows = []
        for name in names:
            peer = theirs(name, case, self.pythons, self.runs)
            rows.append((name, peer, None if peer is None else turns / peer))
        return tuple(rows)


# Who plays


def automata(count: int, low: int, high: int, *, lots: bool = False) -> list[Automaton]:
    """Random automata of `low` to `high` states."""
    rng = np.random.default_rng(low * 100 + high)
    made = []
    for states in rng.integers(low, high + 1, count):
        p = rng.random(states) if lots else rng.integers(0, 2, states)
        made.append(Automaton(np.stack([p, 1 - p], 1), rng.integers(0, states, (states, 2, 2))))
    return made


def named(given: list[Automaton]) -> tuple[Strategy, ...]:
    return tuple(Strategy(f"s{n}", a) for n, a in enumerate(given))


# The machine's limits


@njit(nogil=True)
def bare_orbits(base: Any, states: Any, start: Any, leads: Any, seen: Any) -> Any:
    """Follow each pair to where it comes back, counting nothing."""
    tag, found = np.int64(0), 0
    for i in range(len(base)):
        for j in range(i, len(base)):
            tag += 1
            p, q = np.int64(start[i]), np.int64(start[j])
            while True:
                cell = (p >> 1) * np.int64(states[j]) + (q >> 1)
                if seen[cell] == tag:
                    break
                seen[cell] = tag
                a, b = p & 1, q & 1
                p = np.int64(leads[np.int64(base[i]) + (p ^ a | b)])
                q = np.int64(leads[np.int64(base[j]) + (q ^ b | a)])
            found += p
    return found


@njit(nogil=True)
def bare_words(n: int) -> Any:
    """Make a random word a period, one after the other."""
    total = np.uint64(0)
    for t in range(n):
        total ^= mix(GOLDEN * np.uint64(t))
    return total


@njit(nogil=True)
def bare_pairs(p: Any, q: Any, out: Any) -> None:
    """Read what there is of each memory-one pair, multiply it once, and write two numbers."""
    for n in range(len(p)):
        x = p[n, 0] * q[n, 0] + p[n, 1] * q[n, 2] + p[n, 2] * q[n, 1] + p[n, 3] * q[n, 3]
        out[n, 0], out[n, 1] = x, 1.0 - x


def always(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:  # noqa: ARG001
    """Withhold: the least that a compiled strategy can do."""
    return 1


def echo(theirs: Any) -> int:
    """Do what the other did: the least that a Python strategy can do and see."""
    return theirs[-1] if theirs else 0


# The rows


def deterministic(bench: Bench) -> Iterator[Row]:
    from coopgames.play.sweep import _Orbits

    count = 1500
    pairs = count * (count + 1) // 2
    for low, high, target, emergence in (
        (2, 2, 12e6, 6e6),
        (2, 16, 12e6, 6e6),
        (16, 16, 12e6, 6e6),
    ):
        field = automata(count, low, high)
        name = f"{low} states" if low == high else f"{low}–{high} states"
        orbits = _Orbits(field, T, None)
        tables = [np.array(x) for x in orbits.tables]
        seen = np.zeros(orbits.cells, np.int64)
        bare = pairs / bench.seconds(lambda t=tables, s=seen: (s.fill(0), bare_orbits(*t, s)))
        rate = pairs / bench.seconds(lambda f=field: orbit_counts(f, T, workers=1))
        yield Row(
            f"deterministic pairs, {name}", "pairs/s", rate, target, limit=bare,
            remark="limit: orbits without counting; the rest counts, closes and writes",
            peers=bench.against("deterministic", rate * T, "EGTtools", "Axelrod-Python"),
        )  # fmt: skip
        rate = pairs / bench.seconds(
            lambda f=field: orbit_emergence(f, T, COUNTING.holds, 10, 8, workers=1)
        )
        yield Row(
            f"  with emergence and breakdown, {name}", "pairs/s", rate, emergence, limit=bare,
            remark="limit: the same; the rest is bits and their windows",
        )  # fmt: skip
    field = cast(automata(200, 2, 16), Horizon(T))
    meeting = [(i, j) for i in range(200) for j in range(i, 200)]
    rate = len(meeting) / bench.seconds(
        lambda: sample_field(field, meeting, COUNTING, seed=SEED, repetitions=range(1))
    )
    yield Row(
        "  with all statistics (`sample`), 2–16 states", "pairs/s", rate, 0.0,
        remark="about 900 bytes of results a pair; no target",
    )  # fmt: skip


def cast(given: list[Automaton], horizon: Horizon, noise: float = 0.0) -> Field:
    strategies = named(given)
    return Field(GAME, strategies, tuple(s.name for s in strategies), horizon, noise)


def stochastic(bench: Bench) -> Iterator[Row]:
    words = 5_000_000
    bare = words / bench.seconds(lambda: bare_words(words))
    for states in (4, 16):
        given = automata(40, states, states, lots=True)
        rng = np.random.default_rng(states)
        meeting = rng.integers(0, 40, (400, 2))
        turns = len(meeting) * 100 * T
        rows, repetition = np.repeat(meeting, 100, axis=0), np.tile(np.arange(100), len(meeting))
        for noise in (0.0, 0.05):
            keys, lanes = luck([f"s{n}" for n in range(40)], rows, repetition, seed=SEED)
            rate = turns / bench.seconds(
                lambda g=given, r=rows, k=keys, la=lanes, e=noise: play_counts(
                    g, r, k, la, T, noise=e, workers=1
                )
            )
            peers = bench.against("stochastic", rate, "EGTtools", "Axelrod-Python")
            yield Row(
                f"stochastic automata, {states} states" + (f", noise {noise}" * bool(noise)),
                "turns/s", rate, 150e6, limit=bare, peers=peers if not noise else (),
                remark="limit: one random word a turn (noise needs two more); the rest looks up "
                "two tables a seat",
            )  # fmt: skip
        field = cast(given, Horizon(T))
        listed = meeting.tolist()
        rate = turns / bench.seconds(
            lambda f=field, m=listed: sample_field(
                f, m, COUNTING, seed=SEED, repetitions=range(100)
            )
        )
        yield Row(
            f"  with all statistics (`sample`), {states} states", "turns/s", rate, 80e6, limit=bare,
            remark="limit: the same; the rest counts, and writes 900 bytes a course",
        )  # fmt: skip


def memory_one_pairs(bench: Bench) -> Iterator[Row]:
    rng = np.random.default_rng(1)
    p, q = rng.random((1_000_000, 4)), rng.random((1_000_000, 4))
    out = np.empty((len(p), 2))
    rate = len(p) / bench.seconds(lambda: memory_one_payoffs(p, q, GAME, noise=0.05, workers=1))
    bare = len(p) / bench.seconds(lambda: bare_pairs(p, q, out))
    yield Row(
        "noisy memory-one pairs, solved", "pairs/s", rate, 10e6, limit=bare,
        remark="limit: reading and writing; the rest is four divisions and some 60 products",
    )  # fmt: skip


def functions(bench: Bench) -> Iterator[Row]:
    found = [strategy(name) for name in library()]
    given = [s for s in found if isinstance(s.rule, Compiled)]
    prepare(given)
    rates, repetitions = [], range(1000)
    for i, one in enumerate(given):
        for other in given[i:]:
            if not (one.stochastic or other.stochastic):
                continue  # played once, so that there is little to time
            match = Match(GAME, (one, other), Horizon(T))
            rates.append(
                len(repetitions) * T
                / seconds(lambda m=match: sample(m, COUNTING, seed=SEED, repetitions=repetitions),
                          max(1, bench.runs // 2))
            )  # fmt: skip
    least = kernels.compiled_strategy(always), np.zeros(1)
    payoffs, profile = np.zeros((2, 2, 2)), np.arange(4, dtype=np.uint16).reshape(2, 2)
    none, course = np.zeros(3, np.uint64), np.empty(1_000_000, np.uint16)
    bare = len(course) / bench.seconds(
        lambda: kernels.compiled_course(
            np.uint64(1), len(course), 0, -1, *least, *least, payoffs, payoffs, none, none,
            profile, course,
        )
    )  # fmt: skip
    rate = median(rates)
    yield Row(
        "compiled strategies (median pair of the library)", "turns/s", rate, 30e6, limit=bare,
        peers=bench.against("compiled", rate, "Axelrod-Python"),
        remark="limit: two calls that do nothing, uncounted; the rest is what they do, and counting"
        f" (slowest pair {min(rates) / 1e6:.0f} M, fastest {max(rates) / 1e6:.0f} M)",
    )  # fmt: skip


def interpreted(bench: Bench) -> Iterator[Row]:
    pair = (Strategy("a", Python(echo)), Strategy("b", Python(echo)))

    def per_turn(periods: int) -> float:
        match = Match(GAME, pair, Horizon(periods))
        work = lambda: sample(match, COUNTING, seed=SEED, repetitions=range(1))  # noqa: E731
        return bench.seconds(work) / periods

    def bare() -> None:
        views: tuple[list[int], list[int]] = ([], [])
        for _ in range(100_000):
            a, b = echo(views[1]), echo(views[0])
            views[0].append(a)
            views[1].append(b)

    short, long = per_turn(10_000), per_turn(100_000)
    yield Row(
        "Python strategies", "turns/s", 1 / short, 1.5e6,
        limit=100_000 / bench.seconds(bare),
        peers=bench.against("deterministic", 1 / short, "Axelrod-Python"),
        remark="limit: two calls and two appends; the rest is checks, views and counting",
    )  # fmt: skip
    yield Row(
        "  cost of a turn at 100,000 periods over that at 10,000", "×", long / short, 1.2,
        less=True,
        remark="1 where cost is linear in the horizon",
    )  # fmt: skip


def robin(bench: Bench) -> Iterator[Row]:
    n = bench.entrants
    command = [sys.executable, str(Path(__file__).resolve()), "--round-robin", str(n)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    got = json.loads(done.stdout.splitlines()[-1])
    pairs = n * (n + 1) / 2
    share = pairs / (10_000 * 10_001 / 2)
    yield Row(
        f"round robin of {n:,} automata to disk, two threads", "s", got["seconds"], 45.0 * share,
        less=True, remark=f"{pairs / got['seconds'] / 1e6:.2f} M pairs/s, tables of "
        f"{got['bytes'] / 1e6:.0f} MB; the target is 45 s for 10,000, in proportion",
    )  # fmt: skip
    yield Row("  peak memory", "GiB", got["peak"] / 2**30, 1.0, less=True)


def play_round_robin(n: int) -> dict[str, float]:
    """Write a round robin in this process; its time, size and peak memory."""
    from coopgames.experiments import round_robin

    with tempfile.TemporaryDirectory() as folder:
        round_robin(named(automata(10, 2, 16)), GAME, T, f"{folder}/small", workers=2)
        strategies = named(automata(n, 2, 16))
        start = time.perf_counter()
        round_robin(strategies, GAME, T, f"{folder}/robin", workers=2)
        took = time.perf_counter() - start
        size = sum(f.stat().st_size for f in Path(f"{folder}/robin").rglob("*") if f.is_file())
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return {"seconds": took, "bytes": size, "peak": peak}


def compilation(bench: Bench) -> Iterator[Row]:
    code = (
        "from coopgames.games import named_game; from coopgames.strategies import strategy; "
        "from coopgames.play import Horizon, Match, course; "
        "pair = strategy('random'), strategy('tit-for-tat'); "
        "course(Match(named_game('prisoners-dilemma'), pair, Horizon(9)), seed=1)"
    )
    swept = (
        f"{code}; from coopgames.play.sweep import *; from coopgames.games import named_game; "
        "s = [memory_one(.5, 0, 0, 0, 0), memory_one(1, 1, 0, 1, 0)]; "
        "orbit_counts(s[1:], 9); orbit_emergence(s[1:], 9, [1, 0, 0, 0], 2, 2); "
        "play_counts(s, [(0, 1)], *luck('ab', [(0, 1)], 0, seed=1), 9); "
        "memory_one_payoffs([.5] * 4, [.5] * 4, named_game('prisoners-dilemma'))"
    )
    for name, program, first, again in (
        ("the engine", code, 10.0, 1.5),
        ("the engine and all sweeps", swept, 0.0, 0.0),
    ):
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "NUMBA_CACHE_DIR": folder}

            def whole(program: str = program, environment: Any = environment) -> float:
                start = time.perf_counter()
                command = [sys.executable, "-c", program]
                subprocess.run(command, check=True, capture_output=True, env=environment)
                return time.perf_counter() - start

            cold, warm = whole(), median(whole() for _ in range(bench.runs))
        remark = "" if first else "no target"
        yield Row(f"compiling {name}, first use ever", "s", cold, first, less=True, remark=remark)
        yield Row(f"  {name} ready in a second process", "s", warm, again, less=True,
                  remark=remark or "imports included")  # fmt: skip


PARTS = {
    "deterministic": deterministic,
    "stochastic": stochastic,
    "memory-one": memory_one_pairs,
    "compiled": functions,
    "python": interpreted,
    "robin": robin,
    "compilation": compilation,
}


# The table


def amount(x: float | None, unit: str) -> str:
    if x is None:
        return "missing"
    if unit.endswith("/s"):
        return f"{x / 1e6:,.2f} M" if x < 1e8 else f"{x / 1e6:,.0f} M"
    return f"{x:.2f}"


def line(row: Row) -> str:
    less = "≤" if row.less else "≥"
    target = f"{less} {amount(row.target, row.unit)}" if row.target else "–"
    verdict = "" if not row.target else ("yes" if row.reached else "NO")
    peers = "; ".join(
        f"{name} missing"
        if rate is None
        else f"{name} {amount(rate, '/s')} turns/s ({ratio:,.0f}×)"
        for name, rate, ratio in row.peers
    )
    limit = "–" if row.limit is None else amount(row.limit, row.unit)
    share = "" if row.limit is None else f" ({row.ours / row.limit:.0%})"
    cells = (row.case, f"{amount(row.ours, row.unit)} {row.unit}", target, verdict, peers or "–",
             f"{limit}{share}", row.remark)  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def machine() -> str:
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python "
        f"{platform.python_version()}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each row")
    parser.add_argument("--peer", action="append", default=[], metavar="PYTHON")
    parser.add_argument("--full", action="store_true", help="round robin of 10,000, not 1,000")
    parser.add_argument("--only", choices=PARTS, action="append", help="some of the rows")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--round-robin", type=int, metavar="N", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.round_robin:
        print(json.dumps(play_round_robin(arguments.round_robin)))
        return
    entrants = 10_000 if arguments.full else 1_000
    bench = Bench(arguments.runs, (sys.executable, *arguments.peer), entrants)
    rows = []
    if not arguments.json:
        print(f"{machine()}; medians of {bench.runs} runs, one thread\n")
        print("| case | ours | target | reached | peers | machine's limit | remarks |")
        print("|---|---|---|---|---|---|---|")
    for name, part in PARTS.items():
        if arguments.only and name not in arguments.only:
            continue
        for row in part(bench):
            rows.append(row)
            if not arguments.json:
                print(line(row), flush=True)
    if arguments.json:
        print(json.dumps({"machine": machine(), "rows": [asdict(row) for row in rows]}, indent=2))


if __name__ == "__main__":
    main()
