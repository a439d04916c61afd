"""A class of a hundred: 100 honest submissions, 200 periods, 5 games a pair.

    python benchmarks/classroom.py                      # in processes of their own
    python benchmarks/classroom.py --runner hardened    # in pydantic-monty
    python benchmarks/classroom.py --students 400

The whole command is timed, as a user would run it: Python, reading, playing, playing again, the
results and the pages; then the same after one student handed in again.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

KINDS = (
    "def strategy(mine, theirs):\n    return 1 if theirs.count(1) > {a} + len(theirs) / 2 else 0\n",
    "def strategy(theirs, chance):\n    return 1 if chance.random() < 0.{a:02d} else"
    " (theirs[-1] if theirs else 0)\n",
    "class Strategy:\n    def __init__(self):\n        self.patience = {a}\n\n"
    "    def act(self, theirs):\n        if theirs and theirs[-1] == 1:\n"
    "            self.patience -= 1\n        return 0 if self.patience > 0 else 1\n",
    "def strategy(mine, theirs, memory):\n    hurt = memory.get('hurt', 0)\n"
    "    if theirs and theirs[-1] == 1:\n        hurt = {a} % 7 + 1\n"
    "    memory['hurt'] = max(0, hurt - 1)\n    return 1 if hurt else 0\n",
    "def strategy(mine, theirs, period):\n    if period % ({a} + 5) == {a}:\n        return 'D'\n"
    "    return 'C' if sum(theirs[-5:]) < 3 else 'D'\n",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--runner", default="process")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        class_ = Path(folder) / "class"
        class_.mkdir()
        for i in range(asked.students):
            source = KINDS[i % len(KINDS)].format(a=i // len(KINDS))
            (class_ / f"student-{i:03d}.py").write_text(source, encoding="utf-8")
        timed(class_, asked.runner, "the whole class")
        again = KINDS[1].format(a=77)
        (class_ / "student-007.py").write_text(again, encoding="utf-8")
        timed(class_, asked.runner, "after one handed in again")


def timed(class_: Path, runner: str, what: str) -> None:
    command = ["class", "run", str(class_), "--runner", runner, "-o", f"{class_}-out", "--json"]
    start, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    before = used.ru_utime + used.ru_stime
    code = "import sys; from coopgames.cli import main; sys.argv[0] = 'coopgames'; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *command], check=True, stdout=subprocess.PIPE, text=True
    )
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    computed = used.ru_utime + used.ru_stime - before
    found = json.loads(done.stdout)
    out = [row["student"] for row in found["grades"] if row["status"] != "played"]
    took = f"{seconds:.1f} s ({computed:.1f} s of computing)"
    print(f"{what}: {took}, {found['played']:,} matches played, {len(out)} out {out[:5]}")


if __name__ == "__main__":
    main()
