"""A class's folder: what is kept between one run and the next, and who is called what.

leaderboard.html   to show: pseudonyms only
grades.csv         yours: a row for each who handed in something
feedback/          a page for each, to hand back
key.csv            who is behind which pseudonym; keep it to yourself
results/           the ordinary folder of results, under the names of who handed in
class.json         what was found out about each file
submissions/       the files as they were played
openings/          how matches began
"""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coopgames.classroom.runner import Card, Trouble
from coopgames.classroom.submissions import Entry
from coopgames.mistakes import Mistake
from coopgames.store import read_json, write_json, write_text

FORMAT = 1


class ClassFolder:
    """The folder of a class.

    Parameters
    ----------
    path : Path
        Made if it does not exist.

    Raises
    ------
    Mistake
        If it holds something else, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        state = path / "class.json"
        self.known: dict[str, Any] = {"format": FORMAT, "cards": {}, "troubles": {}}
        if state.exists():
            self.known = read_json(state)
            if not isinstance(self.known, dict) or self.known.get("format") != FORMAT:
                raise Mistake(f"{state}: is of another version of coopgames; choose another --out")
        elif path.is_dir() and any(path.iterdir()):
            raise Mistake(f"{path}: holds files but no class; choose an empty folder with --out")
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Mistake(f"{path}: cannot be written: {error.strerror}") from None
        self.save()

    def save(self) -> None:
        """Write what is known."""
        write_json(self.path / "class.json", self.known)

    def card(self, entry: Entry) -> Card:
        """Give what an entry says of itself, as far as it is known."""
        return Card(**self.known["cards"].get(entry.digest, {}))

    def trouble(self, key: str) -> Trouble | None:
        """Give why an entry does not play, if that was found out earlier."""
        found = self.known["troubles"].get(key)
        return None if found is None else Trouble(**found)

    def note(self, key: str, entry: Entry, found: Card | Trouble) -> None:
        """Keep what was found out; that it was slow may have been this machine's fault."""
        if isinstance(found, Card):
            self.known["cards"][entry.digest] = asdict(found)
        elif found.kind != "time":
            self.known["troubles"][key] = asdict(found)

    def stage(self, entry: Entry) -> Path:
        """Write an entry's files under names that are harmless, and give the one that counts."""
        folder = self.path / "submissions" / entry.digest[:20]
        files = [(slug(Path(name).stem) + ".py", content) for name, content in entry.contents]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in reversed(files):  # the one that counts last, if names coincide
                if not (folder / name).exists() or (folder / name).read_bytes() != content:
                    (folder / name).write_bytes(content)
        except OSError as error:
            raise Mistake(f"{folder}: cannot be written: {error.strerror}") from None
        return folder / files[0][0]

    def pseudonyms(self, names: Iterable[str]) -> dict[str, str]:
        """Give each a pseudonym: the one it had, or a new one that says nothing."""
        path = self.path / "key.csv"
        old = _read_key(path) if path.exists() else {}
        left = sorted({f"{a} {b}" for a in COLOURS for b in BEASTS} - set(old.values()))
        for name in sorted(set(names) - set(old)):
            old[name] = left.pop(secrets.randbelow(len(left))) if left else secrets.token_hex(6)
        rows = [{"pseudonym": p, "name": n} for n, p in sorted(old.items(), key=lambda x: x[1])]
        write_csv(path, ["pseudonym", "name"], rows)
        return old


def _read_key(path: Path) -> dict[str, str]:
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        return {unguarded(row["name"]): row["pseudonym"] for row in rows}
    except (OSError, UnicodeDecodeError, KeyError, csv.Error, TypeError):
        raise Mistake(
            f"{path}: cannot be read as a table of pseudonym and name; mend it, or delete it for "
            "new pseudonyms"
        ) from None


def write_csv(path: Path, columns: list[str], rows: Iterable[dict[str, Any]]) -> None:
    """Write a table that a spreadsheet shows and never runs."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: guarded(value) for key, value in row.items()})
    write_text(path, text.getvalue())


def guarded(value: Any) -> Any:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in set("=+-@\t\r'") else value


def unguarded(text: str) -> str:
    """Undo `guarded`."""
    return text[1:] if text[:1] == "'" else text


def slug(name: str) -> str:
    """Make a name that any system takes for a file."""
    plain = re.sub(r"[^\w.-]+", "_", name).strip("._")[:60]
    reserved = re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)", plain, re.IGNORECASE)
    return f"_{plain}" if reserved or not plain else plain


COLOURS = (
    "amber", "ash", "azure", "black", "blue", "bronze", "brown", "coral", "cream", "crimson",
    "ebony", "gold", "green", "grey", "indigo", "ivory", "jade", "lemon", "lilac", "lime",
    "maroon", "mauve", "mint", "navy", "ochre", "olive", "orange", "pearl", "pink", "plum",
    "purple", "red", "ruby", "rust", "sand", "scarlet", "silver", "teal", "violet", "white",
)  # fmt: skip
BEASTS = (
    "badger", "bear", "beaver", "bison", "crane", "crow", "deer", "dove", "duck", "eagle",
    "falcon", "finch", "fox", "frog", "goat", "goose", "hare", "hawk", "heron", "horse",
    "ibex", "jay", "lark", "lynx", "mole", "moose", "mouse", "newt", "otter", "owl",
    "panda", "quail", "raven", "robin", "seal", "shrew", "stork", "swan", "tern", "toad",
    "trout", "vole", "weasel", "whale", "wolf", "wren", "yak", "zebra",
)  # fmt: skip
