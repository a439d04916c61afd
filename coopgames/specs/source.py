"""Where in a TOML file a value stands.

`tomllib` says what a file holds but not on which line. `lines` reads the text once more, knowing
already that it is valid TOML, and notes the line of every key and every item of an array, so that
a mistake can be shown where it was made.
"""

from __future__ import annotations

import math
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from coopgames.mistakes import Mistake

Location = tuple[str | int, ...]


class ElsewhereMistake(Mistake):
    """Mistakes in a file, whose lines already say where."""


@dataclass(frozen=True)
class Source:
    """What was written, and where.

    Parameters
    ----------
    name : str
        What to call it in a message: the path as the user gave it.
    text : str
        What it holds, in TOML.
    content : dict
        The same, parsed.
    overrides : dict, optional
        For locations that were set on the command line, how they were set.
    """

    name: str
    text: str
    content: dict[str, Any]
    overrides: Mapping[Location, str] = field(default_factory=dict)

    @cached_property
    def _lines(self) -> dict[Location, int]:
        return lines(self.text)

    def place(self, location: Location) -> tuple[float, str]:
        """Say where `location` was written, e.g. ``mine.toml, line 7`` or ``--set periods=0``.

        Returns
        -------
        float
            The line, by which places can be sorted; infinite where there is none.
        str
            The place in words: of the innermost part of `location` that was written.
        """
        for end in range(1, len(location) + 1):
            if location[:end] in self.overrides:
                return math.inf, self.overrides[location[:end]]
        for end in range(len(location), 0, -1):
            if line := self._lines.get(location[:end]):
                return line, f"{self.name}, line {line}"
        return math.inf, self.name


def read(path: Path) -> Source:
    """Read a TOML file.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    Mistake
        One line, if it cannot be read, is empty or is not TOML.
    """
    text = text_of(path)
    try:
        content = tomllib.loads(text)
    except RecursionError:
        raise ElsewhereMistake(
            f"{path}: tables or arrays are nested too deeply to be read"
        ) from None
    except ValueError as error:
        # tomllib ends its messages with "(at line 3, column 5)" or "(at end of document)".
        what, _, at = str(error).removesuffix(")").rpartition(" (at ")
        line, _, column = at.partition(", ")
        place = f"{path}, {line}" if column else str(path)
        raise ElsewhereMistake(
            f"{place}: not valid TOML: {what or error} ({column or 'at its end'})"
        ) from None
    if not content:
        raise ElsewhereMistake(f"{path}: the file is empty")
    return Source(str(path), text, content)


def text_of(path: Path, kind: str = "TOML") -> str:
    """Read a file of text, in UTF-8.

    Parameters
    ----------
    path : Path
        The file.
    kind : str
        What it should hold, e.g. ``"TOML"``.

    Raises
    ------
    Mistake
        One line, if it cannot be read or is no text.
    """
    article = "an" if kind == "nfg" else "a"
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise ElsewhereMistake(f"{path}: is a folder; {article} {kind} file is needed")
        if not stat.S_ISREG(mode):
            raise ElsewhereMistake(f"{path}: is no ordinary file; {article} {kind} file is needed")
        content = path.read_bytes()
    except FileNotFoundError:
        raise ElsewhereMistake(f"{path}: there is no such file") from None
    except OSError as error:
        raise ElsewhereMistake(f"{path}: cannot be read: {error.strerror}") from None
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ElsewhereMistake(f"{path}: is not a text file ({kind} is text in UTF-8)") from None


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r\n]+|\#[^\n]*)
      | (?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\])*" | '[^']*')
      | (?P<mark>[\[\]{}=,])
      | (?P<bare>[^\s\[\]{}=,\#"']+)""",
    re.VERBOSE | re.DOTALL,
)


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "blank":
            yield _Token(match.lastgroup or "", match.group(), line)
        line += match.group().count("\n")


class _Reader:
    """Reads valid TOML from left to right; what is wrong with it, `tomllib` has already said."""

    def __init__(self, text: str) -> None:
        self.tokens = [*_tokens(text), _Token("end", "", 0)]
        self.at = 0
        self.lines: dict[Location, int] = {}
        self.counts: dict[Location, int] = {}

    def next(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self, text: str) -> bool:
        return self.tokens[self.at].text == text and self.tokens[self.at].kind == "mark"

    def document(self) -> None:
        table: Location = ()
        while self.tokens[self.at].kind != "end":
            if self.peek("["):
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> Location:
        line = self.next().line
        several = self.peek("[")
        if several:
            self.next()
        path: Location = ()
        parts = self.key("]")
        for i, part in enumerate(parts):
            path = (*path, part)
            self.lines.setdefault(path, line)
            if several and i == len(parts) - 1:
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:  # [state.next] means the last [[state]] so far
                path = (*path, self.counts[path] - 1)
                self.lines.setdefault(path, line)
        if several:
            self.next()
        return path

    def key(self, end: str) -> list[str]:
        parts: list[str] = []
        while not self.peek(end):
            token = self.next()
            if token.kind == "string":
                parts.append(tomllib.loads(f"key = {token.text}")["key"])
            else:
                parts += [part for part in token.text.split(".") if part]
        self.next()
        return parts

    def pair(self, table: Location) -> None:
        line = self.tokens[self.at].line
        path = table
        for part in self.key("="):
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.value(path)

    def value(self, path: Location) -> None:
        token = self.next()
        if token.kind == "mark":
            close = {"[": "]", "{": "}"}[token.text]
            number = 0
            while not self.peek(close):
                if close == "}":
                    self.pair(path)
                else:
                    self.lines[*path, number] = self.tokens[self.at].line
                    self.value((*path, number))
                    number += 1
                if self.peek(","):
                    self.next()
            self.next()
        elif token.kind == "bare":  # a date and a time may be parted by a blank
            following = self.tokens[self.at]
            if following.kind == "bare" and following.line == token.line:
                self.next()


def lines(text: str) -> dict[Location, int]:
    """Line of every key and array item of valid TOML.

    Parameters
    ----------
    text : str
        TOML that `tomllib` accepts.

    Returns
    -------
    dict
        From locations such as ``("strategies", 1, "q")`` to lines, counted from 1.
    """
    reader = _Reader(text)
    reader.document()
    return reader.lines
