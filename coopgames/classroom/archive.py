"""The files of a folder or of a zip, read with care: nothing is unpacked, nothing large is read.

What is in an archive was made by somebody else. Its names are only ever labels, never paths that
are written to; links are not followed; what it says of its sizes is not believed.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coopgames.mistakes import Mistake

LARGEST, LARGEST_ZIP = 256 << 10, 32 << 20
"""So many bytes a Python file, and a zip within a folder or a zip, may have."""
MOST_FILES, MOST_BYTES = 20_000, 128 << 20
"""So many files are looked at, and so many bytes of them read."""

IGNORED = frozenset({"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini"})
"""What systems leave behind; so is all that begins with a dot."""


@dataclass(frozen=True)
class Found:
    """A file that was found.

    Parameters
    ----------
    parts : tuple of str
        Its path from the top, part by part.
    content : bytes
        What it holds; only that of Python files and of archives is read.
    wrong : str
        Why it cannot be used, if so, in words that follow its name.
    """

    parts: tuple[str, ...]
    content: bytes = b""
    wrong: str = ""


def files(source: Path) -> list[Found]:
    """Read the files of a folder or a zip, in the order of their names.

    Raises
    ------
    Mistake
        If there is no such thing, or far too much of it.
    """
    if source.is_dir():
        found = _of_folder(source)
    elif source.is_file() and zipfile.is_zipfile(source):
        found = _of_zip(source)
    elif source.exists():
        raise Mistake(f"{source}: is neither a folder nor a zip; class run takes one of them")
    else:
        raise Mistake(f"{source}: there is no such folder or zip")
    return sorted(_counted(found, source), key=lambda x: x.parts)


def _counted(found: Iterator[Found], source: Path) -> Iterator[Found]:
    total = 0
    for n, file in enumerate(found):
        total += len(file.content)
        if n >= MOST_FILES or total > MOST_BYTES:
            raise Mistake(
                f"{source}: holds more than {MOST_FILES:,} files or {MOST_BYTES >> 20} MB of them; "
                "is it the right one?"
            )
        yield file


def _of_folder(top: Path) -> Iterator[Found]:
    open_ = [top]
    while open_:
        folder = open_.pop()
        try:
            inside = sorted(folder.iterdir())
        except OSError as error:
            raise Mistake(f"{folder}: cannot be read: {error.strerror}") from None
        for path in inside:
            parts = tuple(map(tidy, path.relative_to(top).parts))
            if _ignored(parts):
                continue
            if path.is_symlink():
                yield Found(parts, wrong="is a link, and links are not followed")
            elif path.is_dir():
                # What a class's tournament wrote is nobody's submission, wherever it was put.
                if not (path / "class.json").exists():
                    open_.append(path)
            elif path.is_file():
                yield from _read(parts, path)


def _read(parts: tuple[str, ...], path: Path) -> Iterator[Found]:
    most = _most(parts)
    if not most:
        yield Found(parts)
        return
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        yield Found(parts, wrong=f"cannot be read: {error.strerror}")
        return
    yield from _opened(parts, content, most)


def _opened(parts: tuple[str, ...], content: bytes, most: int) -> Iterator[Found]:
    if len(content) > most:
        yield Found(parts, wrong=f"has more than {most >> 10:,} KB")
    elif parts[-1].lower().endswith(".zip"):
        yield from _of_zip(io.BytesIO(content), parts)
    else:
        yield Found(parts, content)


def _of_zip(source: Path | io.BytesIO, above: tuple[str, ...] = ()) -> Iterator[Found]:
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        yield Found(above, wrong="is a damaged zip")
        return
    with archive:
        for info in archive.infolist()[: MOST_FILES + 1]:
            raw = _decoded(info).replace("\\", "/")
            parts = (*above, *(tidy(p) for p in raw.split("/") if p not in ("", ".")))
            if info.is_dir() or raw.endswith("/") or _ignored(parts):
                continue
            most = _most(parts)
            if ".." in parts or raw.startswith("/") or (len(raw) > 1 and raw[1] == ":"):
                yield Found((*above, parts[-1]), wrong="has a name that leads out of its zip")
            elif info.external_attr >> 28 == 0o12:
                yield Found(parts, wrong="is a link, and links are not followed")
            elif most and above and parts[-1].lower().endswith(".zip"):
                yield Found(parts, wrong="is a zip within a zip within a zip")
            elif most:
                yield from _member(archive, info, parts, most)
            else:
                yield Found(parts)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, parts: tuple[str, ...], most: int
) -> Iterator[Found]:
    if info.flag_bits & 1:
        yield Found(parts, wrong="is protected by a password")
        return
    try:
        with archive.open(info) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
        yield Found(parts, wrong="is damaged in its zip")
        return
    yield from _opened(parts, content, most)


def _decoded(info: zipfile.ZipInfo) -> str:
    """Read a member's name: UTF-8 where it is, whatever the zip says of it."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def tidy(name: str) -> str:
    """Make a name that can be printed, one for what looks the same."""
    whole = name.encode("utf-8", "replace").decode("utf-8")  # bytes that are no text, become "?"
    return unicodedata.normalize("NFC", "".join(c if c.isprintable() else "?" for c in whole))


def _ignored(parts: tuple[str, ...]) -> bool:
    return any(p in IGNORED or (p.startswith(".") and p != "..") for p in parts)


def _most(parts: tuple[str, ...]) -> int:
    name = parts[-1].lower() if parts else ""
    return LARGEST if name.endswith(".py") else LARGEST_ZIP if name.endswith(".zip") else 0
