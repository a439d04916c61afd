"""Writing files so that what is there is whole, and reading them back with one line for a fault."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coopgames.mistakes import Mistake


@contextmanager
def explained(path: Path, doing: str) -> Iterator[None]:
    """Turn what the operating system refuses into one line for the user."""
    try:
        yield
    except OSError as error:
        # polars raises OSError without an errno; its first line says what happened.
        reason = error.strerror or str(error).splitlines()[0]
        raise Mistake(f"{path}: cannot be {doing}: {reason}") from None


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under another name, sync it, and only then give it its own.

    Whoever looks at `path` finds the old file or the new one, never a part.
    """
    part = path.with_name(f".{path.name}.part")
    with explained(path, "written"):
        try:
            write(part)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def write_json(path: Path, content: Any) -> None:
    """Write JSON, keys in their order, readable."""
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    write_whole(path, lambda part: part.write_text(text, encoding="utf-8"))


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
