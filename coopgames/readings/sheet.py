"""A table in a file, as rows of text: what a spreadsheet or a laboratory writes.

The text is UTF-8, with or without a byte-order mark. The first row names the columns; cells are
parted by commas, semicolons or tabs, whichever the first row has. A cell that holds one stands in
double quotes. Rows are numbered as a spreadsheet does, from 1, the heading included.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from coopgames.mistakes import Mistake

SEPARATORS = ",;\t"

WIDEST = 60
"""So many characters of a row are shown in a message."""


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file.

    Parameters
    ----------
    name : str
        What to call it in a message: the path as the user gave it.
    head : tuple of str
        The names of the columns.
    rows : tuple of (int, list of str)
        The number of each row in the file, and its cells.
    """

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]


def read_sheet(path: str | Path) -> Sheet:
    """Read a table from a file.

    Parameters
    ----------
    path : str or Path
        The file.

    Raises
    ------
    Mistake
        If it is not there, empty, no text in UTF-8 or no table.
    """
    name = str(path)
    text = _text(Path(path), name)
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=lambda s: (first.count(s), s == ","))
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True
    )
    rows, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Mistake(f"{name}, row {line}: no row of a table: {error}") from None
    if not rows:
        raise Mistake(f"{name}: is empty; its first row names the columns")
    (_, head), *body = rows
    return Sheet(name, tuple(head), tuple(body))


def shown(text: str, width: int = WIDEST) -> str:
    """Shorten a text for a message."""
    return text if len(text) <= width else text[: width - 1] + "…"


def _text(path: Path, name: str) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Mistake(f"{name}: there is no such file") from None
    except IsADirectoryError:
        raise Mistake(f"{name}: is a folder; a file is needed") from None
    except OSError as error:
        raise Mistake(f"{name}: cannot be read ({error.strerror})") from None
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        row = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise Mistake(f"{name}, row {row}: holds a zero byte; that is no text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise Mistake(
            f"{name}, row {row}: is not in UTF-8 (byte {raw[error.start]:#04x}); save it as UTF-8"
        ) from None
