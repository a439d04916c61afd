"""The Python API: which names there are, and that asking for none of them costs nothing."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import coopgames

NAMES = [
    "Automaton", "Game", "Mistake", "Python", "Results", "Rule", "Strategy", "catalog", "draw",
    "figures", "library", "load", "memory_one", "named_game", "open_results", "play_match", "run",
    "strategy", "structure", "two_by_two", "write_report",
]  # fmt: skip


def test_the_names_are_these() -> None:
    assert coopgames.__all__ == NAMES
    assert dir(coopgames) == sorted([*NAMES, "__version__"])


@pytest.mark.parametrize("name", NAMES)
def test_each_says_what_it_is(name: str) -> None:
    assert getattr(coopgames, name).__doc__


def test_type_checkers_are_told_the_same_names() -> None:
    stub = ast.parse(Path(coopgames.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    told = {
        name.asname: getattr(importlib.import_module(str(line.module)), name.name)
        for line in stub.body
        if isinstance(line, ast.ImportFrom)
        for name in line.names
    }
    assert told == {name: getattr(coopgames, name) for name in NAMES}


def test_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'classify'"):
        coopgames.classify  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ["numpy", "numba", "polars", "scipy", "pydantic", "click", "rich", "matplotlib"]
    code = f"import sys, coopgames; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
