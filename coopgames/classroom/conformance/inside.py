"""What runs in the process of the examined: its code is run here, and nowhere else.

Each finding is written down as soon as it is there, so that a process that hangs or dies tells how
far it came. A check that does not end is ended from outside Python's own loop, which no ``except``
can catch, and the line where it stood is written down.
"""

from __future__ import annotations

import faulthandler
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coopgames.classroom.conformance import checks
from coopgames.classroom.conformance.examined import Examined
from coopgames.classroom.conformance.faults import without_fault
from coopgames.classroom.conformance.finding import CHECKS, Finding
from coopgames.classroom.conformance.traits import as_declared
from coopgames.games import named_game
from coopgames.mistakes import Mistake
from coopgames.play import UNSHOWN, Horizon, Match, course
from coopgames.strategies import Python, Strategy, axelrod, missing, python_file

FOUND, STOOD, DID = "found.jsonl", "stood.txt", "did.json"
"""Files: what was found, where it stood when it was ended, and what it did in each match."""

ROOM = 2**31
"""Bytes that it may use above what is in use at the start, where the system can be told so."""

GROUPS: tuple[tuple[str, Callable[[Examined], Finding | None]], ...] = (
    ("determinism", checks.determined),
    ("order", checks.in_any_order),
    ("interleaving", checks.among_many),
    ("past", checks.without_peeking),
    ("traits", as_declared),
    ("memory", checks.within_memory),
)

ENDS = ("determinism", "order", "interleaving")
"""What breaks one of these breaks later ones too, for the same reason."""


def examine(source: str, folder: str, deadline: str) -> None:
    """Run all checks and write what they find into a folder."""
    with _writing(Path(folder), float(deadline)) as (write, within):
        _warm(source)
        _limit()
        with within("loads"):
            rule, name = _read(source)
        write({"strategy": name, "path": str(getattr(rule, "path", source))})
        if not isinstance(rule, Python):
            for check, what in CHECKS.items():
                write(asdict(Finding(check, passed=True, says=f"{what} No table can fail here.")))
            return
        assert rule.path is not None
        write(asdict(Finding("loads", passed=True, says=CHECKS["loads"])))
        path = rule.path
        x = Examined(lambda: python_file(path)[0] if source.endswith(".py") else rule, path)
        with within("time"):
            slow = checks.in_time(x)
        write(asdict(slow or Finding("time", passed=True, says=CHECKS["time"])))
        if slow:
            return
        with within("errors"):
            faults = {f.check: f for f in without_fault(x)}
        for check in ("errors", "actions", "arguments"):
            write(asdict(faults.get(check) or Finding(check, passed=True, says=CHECKS[check])))
        if "memory" in faults:
            write(asdict(faults["memory"]))
        if faults:
            return
        for check, looks in GROUPS:
            if check == "past":
                _engine()
            with within(check):
                found = looks(x)
            write(asdict(found or Finding(check, passed=True, says=CHECKS[check])))
            if found and check in ENDS:
                return
        did = checks.transcripts(x)
        (Path(folder) / DID).write_text(json.dumps(did), encoding="utf-8")


def replay(source: str, folder: str, deadline: str) -> None:
    """Play again, in a process of its own, what another one played."""
    with _writing(Path(folder), float(deadline)) as (write, within):
        _warm(source)
        with within("determinism"):
            own = source.endswith(".py")
            rule = python_file(Path(source))[0] if own else _read(source)[0]
        assert isinstance(rule, Python)
        assert rule.path is not None
        x = Examined(lambda: rule, rule.path)
        with within("determinism"):
            before = json.loads((Path(folder) / DID).read_text(encoding="utf-8"))
            found = checks.unlike(x, before, checks.transcripts(x))
        if found:
            write(asdict(found))


def _read(source: str) -> tuple[object, str]:
    from coopgames.specs import strategy_from

    strategy = strategy_from(source)
    rule = strategy.rule
    if isinstance(rule, Python) and rule.path is None:
        raise Mistake(f"{source} stands in no file of Python or TOML that could be checked")
    if strategy.reads_regime:
        raise Mistake(f"{source}: {UNSHOWN}")
    return rule, strategy.label


@contextmanager
def _writing(folder: Path, deadline: float) -> Iterator[tuple[Any, Any]]:
    found, stood = folder / FOUND, folder / STOOD
    with found.open("a", encoding="utf-8") as out, stood.open("w", encoding="utf-8") as trace:
        faulthandler.enable(trace)

        def write(line: dict[str, Any]) -> None:
            out.write(json.dumps(line) + "\n")
            out.flush()

        @contextmanager
        def within(check: str) -> Iterator[None]:
            write({"trying": check})
            faulthandler.dump_traceback_later(deadline, file=trace, exit=True)
            try:
                yield
            finally:
                faulthandler.cancel_dump_traceback_later()

        try:
            yield write, within
        except Mistake as mistake:
            write({"mistake": str(mistake)})
        faulthandler.disable()
        write({"done": True})


def _warm(source: str) -> None:
    """Load what takes long and is not the strategy's doing, before anything is timed."""
    path = Path(source)
    if path.is_file() and b"axelrod" in path.read_bytes() and not missing():
        axelrod()


def _engine() -> None:
    """Load, or compile, what plays a real match, before it is timed."""

    def act() -> int:
        return 0

    one = Strategy("one", Python(act))
    course(Match(named_game("prisoners-dilemma"), (one, one), Horizon(2)), seed=1)


def _limit() -> None:
    """Keep a strategy that asks for all memory from getting it; Linux only."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    most = pages * resource.getpagesize() + ROOM
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    {"examine": examine, "replay": replay}[sys.argv[1]](*sys.argv[2:])
