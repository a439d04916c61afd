"""Whether a strategy keeps to the rules, said so that whoever wrote it can put it right.

The code under examination is run in a process of its own, with a deadline for each check; this one
only reads what that one wrote. It is no sandbox: it protects from mistakes, not from malice.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coopgames.classroom.conformance.finding import CHECKS, Finding, Report
from coopgames.classroom.conformance.lines import code_at
from coopgames.mistakes import Mistake

__all__ = ["CHECKS", "Finding", "Report", "check", "conforms"]

DEADLINE = 10.0
"""Seconds that each check may take."""

PATIENCE = 600.0
"""Seconds for all of it, the engine's compilation included."""

FIRST = "Not tried; put right first what was found."
MODULE = "coopgames.classroom.conformance.inside"


def check(source: str | Path, *, deadline: float = DEADLINE) -> Report:
    """Examine a strategy.

    Parameters
    ----------
    source : str or Path
        The file of a strategy, ``.py`` or ``.toml``, or the name of a plugin's.
    deadline : float
        Seconds that each check may take.

    Returns
    -------
    Report
        What each check found.

    Raises
    ------
    Mistake
        If there is no such file or name.
    """
    text = str(source)
    if text.endswith((".py", ".toml")) and not Path(text).is_file():
        raise Mistake(f"{text}: there is no such file")
    if Path(text).is_dir():
        raise Mistake(f"{text}: is a folder; check its files one by one")
    with TemporaryDirectory() as folder:
        notes = _run("examine", text, Path(folder), deadline)
        report = _report(text, notes, Path(folder))
        if report.conforms and (Path(folder) / "did.json").exists():
            again = _run("replay", text, Path(folder), deadline)
            changed = {n["check"]: Finding(**n) for n in again if "check" in n}
            findings = tuple(changed.get(f.check, f) for f in report.findings)
            report = Report(text, report.strategy, findings)
    return report


def conforms(source: str | Path) -> None:
    """Fail, as a test does, unless a strategy keeps to the rules; the one line of a plugin's test.

    Parameters
    ----------
    source : str or Path
        As for `check`.

    Raises
    ------
    AssertionError
        Saying what is wrong, where, and how to put it right.
    """
    report = check(source)
    if not report.conforms:
        raise AssertionError(report.text())


def _run(task: str, source: str, folder: Path, deadline: float) -> list[dict[str, Any]]:
    """Run a task in a process of its own and give what it wrote."""
    # Another seed of text hashes in each, so that the order of a set shows.
    env = {**os.environ, "PYTHONHASHSEED": "1" if task == "examine" else "2"}
    (folder / "found.jsonl").unlink(missing_ok=True)
    try:
        done = subprocess.run(  # noqa: S603 — our own interpreter and our own module
            [sys.executable, "-P", "-m", MODULE, task, source, str(folder), str(deadline)],
            env=env, timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        )  # fmt: skip
        code, err = done.returncode, done.stderr
    except subprocess.TimeoutExpired:
        code, err = -1, ""
    path = folder / "found.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    notes: list[dict[str, Any]] = [json.loads(line) for line in lines]
    if not notes:
        raise RuntimeError(f"the examination could not be begun (exit code {code}): {err}")
    return [*notes, {"code": code}]


def _report(source: str, notes: list[dict[str, Any]], folder: Path) -> Report:
    found = {n["check"]: Finding(**n) for n in notes if "check" in n}
    name = next((n["strategy"] for n in notes if "strategy" in n), "")
    ended = any("done" in n for n in notes)
    if mistake := next((n["mistake"] for n in notes if "mistake" in n), None):
        found["loads"] = _unreadable(source, mistake)
    elif not ended:
        trying = [n["trying"] for n in notes if "trying" in n] or ["loads"]
        path = next((n["path"] for n in notes if "path" in n), source)
        stopped = _stopped(path, trying[-1], notes[-1]["code"], folder)
        found[stopped.check] = stopped
    findings = (found.get(c) or Finding(c, passed=None, says=FIRST) for c in CHECKS)
    return Report(source, name, tuple(findings))


def _unreadable(source: str, mistake: str) -> Finding:
    at = re.search(r"line (\d+)", mistake)
    line = int(at[1]) if at else None
    if not Path(source).is_file() and not mistake.startswith(source):
        raise Mistake(mistake)
    says = mistake.removeprefix(f"{source}: ").removeprefix(f"{source}, ")
    remedy = (
        "Python itself cannot read the line; look at it and at the one above: a bracket, a "
        "quotation mark or a colon may be missing."
        if "not valid Python" in mistake
        else "coopgames new strategy NAME writes a file to begin with."
    )
    code = code_at(Path(source), line) if Path(source).is_file() else ""
    return Finding("loads", passed=False, says=f"It cannot be used: {says}.", line=line, code=code,
                   remedy=remedy)  # fmt: skip


def _stopped(path: str, trying: str, code: int, folder: Path) -> Finding:
    """Say why the examined process did not come to its end."""
    trace = folder / "stood.txt"
    stood = trace.read_text(encoding="utf-8", errors="replace") if trace.exists() else ""
    places = re.findall(r'File "(.+?)", line (\d+)', stood)
    whole = str(Path(path).resolve())
    line = next((int(number) for file, number in places if file == whole), None)
    here = code_at(Path(path), line) if line else ""
    if stood.startswith("Timeout"):
        return Finding(
            "time", passed=False, line=line, code=here,
            says="It does not come to an end: it was still at work after the deadline.",
            remedy="A loop has no way out. Make sure that what `while` waits for comes about, or "
            "loop over something that ends, such as theirs.",
        )  # fmt: skip
    how = "crashed Python itself" if stood else f"ended the whole program (exit code {code})"
    return Finding(
        "loads" if trying == "loads" else "errors", passed=False, line=line, code=here,
        says=f"It {how}.",
        remedy="Take out what ends or breaks the program, such as os._exit or ctypes; a strategy "
        "only says what it does next.",
    )  # fmt: skip
