"""Writing files so that what is there is whole, and reading them back with one line for a fault."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from coopgames.mistakes import Mistake


@contextmanager
def explained(path: Path, doing: str) -> Iterator[None]:
    """Turn what the operating system refuses into one line for the user."""
    try:
        yield
    except OSError as error:
        raise Mistake(f"{path}: cannot be {doing}: {error.strerror or error}") from None
    except pl.exceptions.PolarsError as error:
        # What the operating system said stands last: "…: No space left on device (os error 28)".
        reason = str(error).splitlines()[0].rpartition(": ")[2]
        raise Mistake(f"{path}: cannot be {doing}: {reason}") from None


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under another name, sync it, and only then give it its own.

    Whoever looks at `path` finds the old file or the new one, never a part.
    """
    with _part(path) as part:
        _synced(part, write)
        part.replace(path)


def write_by_digest(folder: Path, suffix: str, write: Callable[[Path], object]) -> Path:
    """Write a file whole, under the digest of its bytes, and return its path."""
    with _part(folder / f"new{suffix}") as part:
        _synced(part, write)
        return part.replace(folder / f"{digest(part)}{suffix}")


@contextmanager
def _part(path: Path) -> Iterator[Path]:
    # Two processes that write the same file must not write the same part of it.
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with explained(path, "written"):
        try:
            yield part
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _synced(part: Path, write: Callable[[Path], object]) -> None:
    write(part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def write_json(path: Path, content: Any) -> None:
    """Write JSON, keys in their order, readable."""
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    write_whole(path, lambda part: part.write_text(text, encoding="utf-8"))


def write_text(path: Path, text: str) -> None:
    """Write text in UTF-8, whole or not at all, with line feeds."""
    write_whole(path, lambda part: part.write_text(text, encoding="utf-8", newline="\n"))


def read_json(path: Path) -> Any:
    """Read JSON, or say that the file is damaged."""
    with explained(path, "read"):
        text = path.read_bytes()
    try:
        return json.loads(text)
    except ValueError:
        raise Mistake(f"{path}: is damaged (not valid JSON)") from None


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
