"""On which line of a file it went wrong, or probably did."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

CLOCKS = {"random", "time", "datetime", "secrets", "uuid", "os", "set", "hash", "id", "frozenset"}
"""What differs from run to run, wherever it is used."""

PEEKING = {"_getframe", "inspect", "gc", "f_locals", "f_back", "currentframe", "get_objects"}
"""What can be used to look elsewhere than at what is shown."""

MUTABLE = (ast.List, ast.Dict, ast.Set)


def code_at(path: Path, line: int | None) -> str:
    """Give what stands on a line."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[line - 1].strip() if line and line <= len(lines) else ""


def raising(error: BaseException | None, path: Path) -> int | None:
    """Give the innermost line of the file that an error came through."""
    trace, line = error.__traceback__ if error else None, None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path.resolve()):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def last_return(run: Callable[[], Any], path: Path) -> int | None:
    """Run something and give the line of the file that it returned from last."""
    line, file = None, str(path.resolve())

    def watch(frame: FrameType, event: str, _: Any) -> None:
        nonlocal line
        if event == "return" and frame.f_code.co_filename == file:
            line = frame.f_lineno

    sys.setprofile(watch)
    try:
        run()
    except Exception:  # noqa: S110 — what it raises was found before
        pass
    finally:
        sys.setprofile(None)
    return line


def using(path: Path, words: set[str]) -> int | None:
    """Find the first line, below the imports, that uses one of these words."""
    for node in _nodes(path):
        used = {getattr(node, "id", None), getattr(node, "attr", None)}
        if isinstance(node, ast.Name | ast.Attribute) and used & words:
            return node.lineno
        if isinstance(node, ast.Set):
            return node.lineno if "set" in words else None
    return None


def keeping(path: Path) -> int | None:
    """Find a line that keeps something from match to match, outside the strategy's own memory."""
    tree = _tree(path)
    outside = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            return node.lineno
        if isinstance(node, ast.FunctionDef):
            kept: list[ast.expr] = [d for d in node.args.defaults if isinstance(d, MUTABLE)]
            kept += [n for n in ast.walk(node) if _changes(n) in outside]  # type: ignore[misc]
        elif isinstance(node, ast.ClassDef):
            given = [n.value for n in node.body if isinstance(n, ast.Assign)]
            kept = [value for value in given if isinstance(value, MUTABLE)]
        else:
            continue
        if kept:
            return kept[0].lineno
    return None


def _changes(node: ast.AST) -> str | None:
    """Name what a node changes: ``x.append(…)``, ``x[i] = …``, ``x += …``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return getattr(node.func.value, "id", None)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        return getattr(node.value, "id", None)
    return None


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def _nodes(path: Path) -> Iterator[ast.expr]:
    """Give all expressions in the order of their lines."""
    nodes = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.expr)]
    yield from sorted(nodes, key=lambda node: (node.lineno, node.col_offset))


def defining(path: Path) -> int | None:
    """Find the line on which the strategy begins."""
    named = ("strategy", "Strategy")
    for node in _tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in named:
            return node.lineno
    return None
