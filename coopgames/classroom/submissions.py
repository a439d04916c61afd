"""Who handed in what: from files to entries, one a student, and what is set aside.

Three arrangements are known, and may be mixed:

- a file a student, ``ada.py``;
- a folder (or a zip) a student, ``ada/strategy.py``;
- what a learning platform packs. Moodle: ``Ada Lovelace_1234567_assignsubmission_file_/…`` or the
  same as one name. Canvas: ``lovelaceada_LATE_12345_678910_strategy-2.py``; of several attempts
  the last counts.

A student's number on the platform is a part of the name under which the strategy plays, so that
two of one name are told apart, and neither depends on whether the other is there.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from coopgames.classroom.archive import Found, files

MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<rest>.*)", re.DOTALL
)
CANVAS = re.compile(
    r"(?P<name>[^_]+?)(?:_late)?_(?P<id>\d+)_(?:question_\d+_)?\d+_(?P<rest>.+)",
    re.DOTALL | re.IGNORECASE,
)
ATTEMPT = re.compile(r"(?P<stem>.+)-(?P<number>\d{1,3})(?P<end>\.\w+)")

USUAL = ("strategy.py", "main.py", "player.py")
"""The file that counts, where a student handed in several."""
NO_ENTRY = re.compile(r"(test_.*|.*_test|conftest|setup|__init__)\.py", re.IGNORECASE)

LONGEST = 80


@dataclass(frozen=True)
class Entry:
    """What a student handed in.

    Parameters
    ----------
    who : str
        The name that it plays under and that decides its luck.
    student, number : str
        Name, and number on the learning platform, if there is one.
    file : str
        The name of its file, as handed in.
    contents : tuple of (str, bytes)
        The file's content first, then other modules beside it, by their names.
    """

    who: str
    student: str
    number: str
    file: str
    contents: tuple[tuple[str, bytes], ...]

    @property
    def digest(self) -> str:
        """SHA-256 of all that was handed in."""
        whole = hashlib.sha256()
        for name, content in self.contents:
            whole.update(f"{name}\n{len(content)}\n".encode())
            whole.update(content)
        return whole.hexdigest()


@dataclass(frozen=True)
class SetAside:
    """What was handed in and does not play.

    Parameters
    ----------
    who, student, number, file : str
        As in `Entry`.
    reason : str
        Why, in a sentence without its subject.
    """

    who: str
    student: str
    number: str
    file: str
    reason: str


@dataclass(frozen=True)
class _File:
    """A file with its owner."""

    name: str
    number: str
    rest: tuple[str, ...]
    found: Found


def collect(source: str | Path) -> tuple[list[Entry], list[SetAside]]:
    """Read what a class handed in.

    Parameters
    ----------
    source : str or Path
        A folder or a zip.

    Returns
    -------
    entries, set_aside : list
        Each in the order of the names.

    Raises
    ------
    Mistake
        If there is no such folder or zip.
    """
    owned: dict[tuple[str, str], list[_File]] = defaultdict(list)
    for found in _unwrapped(files(Path(source))):
        file = _owned(found)
        owned[file.name, file.number].append(file)
    results = [_entry(student, number, theirs) for (student, number), theirs in owned.items()]
    entries = [x for x in results if isinstance(x, Entry)]
    aside = [x for x in results if isinstance(x, SetAside)]
    return sorted(entries, key=lambda x: x.who), sorted(aside, key=lambda x: x.who)


def _unwrapped(found: list[Found]) -> list[Found]:
    """Leave out a folder that holds all the others."""
    while found and len({x.parts[0] for x in found}) == 1:
        inside = [x.parts[1:] for x in found]
        several = len({p[0] for p in inside if p}) > 1
        if not all(inside) or not (several or all(len(p) > 1 for p in inside)):
            break  # one student's file, or one student's folder
        if _platform(found[0].parts[0]) or _one_students(inside):
            break
        found = [replace(x, parts=x.parts[1:]) for x in found]
    return found


def _one_students(inside: Iterable[tuple[str, ...]]) -> bool:
    """Whether files look like those of one student: one of them is the usual one."""
    return any(len(p) == 1 and p[0].lower() in USUAL for p in inside)


def _platform(part: str) -> re.Match[str] | None:
    return MOODLE.fullmatch(part) or CANVAS.fullmatch(part)


def _owned(found: Found) -> _File:
    first, *rest = found.parts
    match = _platform(first)
    if match:
        inside = [match["rest"], *rest] if match["rest"] else rest
        return _File(_words(match["name"]), match["id"], tuple(inside) or (first,), found)
    if rest:
        # A zip is a folder that was handed in as a file.
        return _File(_words(re.sub(r"\.zip$", "", first, flags=re.I)), "", tuple(rest), found)
    return _File(_words(re.sub(r"\.\w+$", "", first)), "", (first,), found)


def _words(name: str) -> str:
    return " ".join(name.split()) or "?"


def _entry(student: str, number: str, theirs: list[_File]) -> Entry | SetAside:
    who = label(student, number)

    def aside(file: str, reason: str) -> SetAside:
        return SetAside(who, student, number, file, reason)

    sound = [x for x in theirs if not x.found.wrong and x.rest[-1].lower().endswith(".py")]
    python = _last_attempts(sound)
    candidates = [x for x in python if not NO_ENTRY.fullmatch(x.rest[-1])] or python
    usual = [x for x in candidates if x.rest[-1].lower() in USUAL]
    contents = {x.found.content for x in candidates}
    wrong = [x for x in theirs if x.found.wrong]
    if not candidates and wrong:
        return aside("/".join(wrong[0].rest), wrong[0].found.wrong)
    if not candidates:
        names = ", ".join(sorted({x.rest[-1] for x in theirs})[:3])
        return aside(names, "is no Python file (a name that ends in .py is needed)")
    if len(contents) > 1 and len(usual) != 1:
        names = " and ".join(sorted("/".join(x.found.parts) for x in candidates)[:3])
        return aside(
            names,
            "are several files of one student; only one counts, or name that one strategy.py",
        )
    main = usual[0] if len(usual) == 1 else candidates[0]
    beside = {
        x.rest[-1]: x.found.content
        for x in python
        if x is not main and x.rest[:-1] == main.rest[:-1]
    }
    name = main.rest[-1]
    if not main.found.content.strip():
        return aside(name, "is empty")
    contents_ = ((name, main.found.content), *sorted(beside.items()))
    return Entry(who, student, number, name, contents_)


def _last_attempts(python: list[_File]) -> list[_File]:
    """Keep the last of several attempts, as Canvas numbers them."""
    last: dict[tuple[str, ...], tuple[int, _File]] = {}
    for file in python:
        match = ATTEMPT.fullmatch(file.rest[-1]) if file.number else None
        rest, attempt = file.rest, 0
        if match:
            rest, attempt = (*rest[:-1], match["stem"] + match["end"]), int(match["number"])
        key = tuple(p.lower() for p in rest)
        if key not in last or last[key][0] <= attempt:
            last[key] = attempt, replace(file, rest=rest)
    return [file for _, file in last.values()]


def label(student: str, number: str) -> str:
    """Make the name that an entry plays under; it depends on nobody else's."""
    whole = f"{student} {number}".strip()
    plain = " ".join(re.sub(r"[#()\x00-\x1f\x7f]", " ", whole).split())
    if plain == whole and len(plain) <= LONGEST:
        return plain
    tail = hashlib.sha256(whole.encode()).hexdigest()[:6]
    return f"{plain[: LONGEST - 7].strip()} {tail}".strip()
