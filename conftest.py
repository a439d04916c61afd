"""Run the documents: every snippet of README.md and docs/ does what it says.

A document is one test, in a folder of its own, since its snippets build on one another. Of its
fenced blocks,

- ``python`` is run (as a doctest where it begins with ``>>>``), with the names of earlier blocks;
- ``console`` runs what follows ``$ coopgames``, and what is printed must be the words below it,
  where ``...`` stands for any; lines may be broken elsewhere. It must exit with 0, or with 2 if an
  error is shown;
- a block below ``<!-- file: NAME -->`` is written to the file NAME;
- a block below ``<!-- needs: MODULE -->`` is left out where the module is not installed.

Blocks in other languages are only read. pytest asks no conftest file but those above a document,
and README.md has this folder above it; hence its place.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sybil import Document, Example, Region
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.evaluators.python import PythonEvaluator
from sybil.example import SybilFailure
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.region import Lexeme

BLOCK = re.compile(
    r"(^<!-- (?P<word>file|needs): (?P<value>\S+) -->\n)?"
    r"^```(?P<language>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
COLUMNS = 160
"""Width of the terminal, so that nothing is cut off."""

run_python = PythonEvaluator()
doctests = DocTestStringParser(
    DocTestEvaluator(doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.FAIL_FAST)
)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a document."""
    if file_path.suffix != ".md":
        return None
    return DocumentFile.from_parent(parent, path=file_path)


class DocumentFile(pytest.File):
    """A document."""

    def collect(self) -> Iterator[pytest.Item]:
        """Give its one test, if it has snippets."""
        if list(Document.parse(str(self.path), snippets)):
            yield Snippets.from_parent(self, name="snippets")


class Snippets(pytest.Item):
    """The snippets of a document, in their order."""

    def runtest(self) -> None:
        """Run them in a folder of their own."""
        with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            patch.setenv("COLUMNS", str(COLUMNS))
            for example in Document.parse(str(self.path), snippets):
                example.evaluate()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> object:
        """Show what was shown and what was printed, without a traceback."""
        if isinstance(excinfo.value, SybilFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Say which document it is."""
        return self.path, 0, f"snippets of {self.path.name}"


def snippets(document: Document) -> Iterator[Region]:
    """Find the snippets of a document."""
    for block in BLOCK.finditer(document.text):
        word, value = block["word"], block["value"]
        if word == "needs" and find_spec(value) is None:
            continue
        at, end = block.span("body")
        body = Lexeme(block["body"], at, -1)  # line numbers count from the fence
        if word == "file":
            yield Region(at, end, (value, body), write_file)
        elif block["language"] == "console":
            yield Region(at, end, body, run_console)
        elif block["language"] == "python" and body.startswith(">>>"):
            for region in doctests(body, document.path):
                yield Region(at + region.start, at + region.end, region.parsed, region.evaluator)
        elif block["language"] == "python":
            yield Region(at, end, body, run_python)


def write_file(example: Example) -> None:
    """Write a file that a document shows."""
    name, text = example.parsed
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run_console(example: Example) -> str | None:
    """Run the commands of a console block; say what is not as shown."""
    for part in re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == "coopgames", f"only coopgames is run in a console block, not {command!r}"
        code, out, err = run_command(arguments)
        expected = 2 if re.search("^coopgames: ", shown, re.MULTILINE) else 0
        if code != expected:
            return f"$ {command}\nexit code {code} instead of {expected}\n{err}{out}"
        # What is said on the way, such as that something is compiled, need not be shown.
        if shown.strip() and not (matches(shown, out) or matches(shown, err + out)):
            return f"$ {command}\nshown:\n{shown}\nprinted:\n{err}{out}"
    return None


def run_command(arguments: list[str]) -> tuple[int, str, str]:
    """Run the command line in this process; give its exit code, output and messages."""
    from coopgames.cli import main

    out, err, code = StringIO(), StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["coopgames", *arguments])
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return code, out.getvalue().replace(os.sep, "/"), err.getvalue().replace(os.sep, "/")


def matches(shown: str, printed: str) -> bool:
    """Say whether the words printed are those shown, from the first to the last."""
    first, *others = (" ".join(part.split()) for part in shown.split("..."))
    rest = " ".join(printed.split())
    if not others:
        return rest == first
    if not rest.startswith(first):
        return False
    rest = rest.removeprefix(first)
    for part in others[:-1]:
        _, found, rest = rest.partition(part) if part else ("", True, rest)
        if not found:
            return False
    return rest.endswith(others[-1])
