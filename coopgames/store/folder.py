"""A folder of results.

    manifest.json      the full spec, seed, versions and content hashes: what made the results
    matches.parquet    a row for each match (or each repetition, where they differ)
    standings.csv      the standings
    accommodation.csv  how much each strategy accommodates as play goes on
    arms.csv           what the arms of the experiment come to, and by how much they differ
    effects.csv        what each channel of a regime contributes, where the arms are its channels
    run.json           what each session did and how long it took
    chunks/            the matches as they were played, so that nothing is played twice

A chunk's name is the digest of its bytes, so a flipped bit is seen; a match in it is known by its
key, a hash of the contents of everything that decides it. All but run.json is the same to the
byte whenever the same experiment is run.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import polars as pl

from coopgames.mistakes import Mistake
from coopgames.store.files import (
    digest,
    explained,
    read_json,
    write_by_digest,
    write_json,
    write_whole,
)

TEXTS = ("arm", "measure", "strategy", "effect", "channels", "method")
"""The columns of tables that are no numbers."""


@dataclass(frozen=True)
class Results:
    """The results of an experiment, as they stand in a folder.

    Parameters
    ----------
    folder : Path
        Where they stand.
    arm : str, optional
        Of which arm the tables are to be, where the experiment has some; of all by default, with
        the column ``arm``.
    """

    folder: Path
    arm: str | None

    def __init__(self, folder: str | Path, arm: str | None = None) -> None:
        object.__setattr__(self, "folder", Path(folder))
        object.__setattr__(self, "arm", arm)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The spec, seed, versions and content hashes."""
        manifest: dict[str, Any] = read_json(self.folder / "manifest.json")
        return manifest

    @cached_property
    def matches(self) -> pl.DataFrame:
        """A row for each match, or each repetition where they differ."""
        path = self.folder / "matches.parquet"
        with explained(path, "read"):
            return self._of_arm(pl.read_parquet(path))

    @cached_property
    def arms(self) -> pl.DataFrame | None:
        """What the arms come to, and by how much they differ; None where there are none."""
        if "arms.csv" not in self.manifest.get("tables", {}):
            return None
        return self._csv("arms.csv")

    @cached_property
    def effects(self) -> pl.DataFrame | None:
        """What each channel of a regime contributes; None where that was not asked."""
        if "effects.csv" not in self.manifest.get("tables", {}):
            return None
        return self._csv("effects.csv")

    def of(self, arm: str) -> Results:
        """Give the results of one arm."""
        return Results(self.folder, arm)

    @cached_property
    def standings(self) -> pl.DataFrame:
        """A row for each strategy, best first."""
        return self._csv("standings.csv", rank=pl.UInt32, quoted_rank=pl.UInt32)

    @cached_property
    def accommodation(self) -> pl.DataFrame:
        """How much each strategy accommodates as play goes on: a row for each block of periods."""
        counts = ("from_period", "to_period", "actions", "accommodating")
        return self._csv("accommodation.csv", **dict.fromkeys(counts, pl.UInt64))

    def _csv(self, name: str, **types: type[pl.DataType]) -> pl.DataFrame:
        """Read a table in which all but names is a number."""
        path = self.folder / name
        with explained(path, "read"):
            text = pl.read_csv(path, infer_schema=False)
        numbers = [c for c in text.columns if c not in TEXTS]
        table = text.with_columns(pl.col(c).cast(types.get(c, pl.Float64)) for c in numbers)
        return self._of_arm(table)

    def _of_arm(self, table: pl.DataFrame) -> pl.DataFrame:
        if self.arm is None or "arm" not in table.columns:
            return table
        return table.filter(pl.col("arm") == self.arm).drop("arm")


@dataclass
class Chunks:
    """The matches that are there already."""

    folder: Path
    frames: list[pl.DataFrame] = field(default_factory=list)
    damaged: list[Path] = field(default_factory=list)

    def keys(self) -> set[str]:
        """Keys of all matches that are there."""
        return {key for frame in self.frames for key in frame["key"].unique()}

    def add(self, frame: pl.DataFrame) -> None:
        """Write rows as a chunk of their own."""
        write_by_digest(self.folder, ".parquet", partial(_write, frame))
        self.frames.append(frame)


@dataclass
class Session:
    """What one session does, kept in run.json: the only file that knows the time."""

    folder: Path
    workers: int
    matches: int
    reused: int
    played: int = 0
    finished: bool = False
    started: float = field(default_factory=time.time)

    def __post_init__(self) -> None:
        path = self.folder / "run.json"
        self._earlier = read_json(path)["sessions"] if path.exists() else []

    def note(self, **changes: Any) -> None:
        """Record what changed."""
        for key, value in changes.items():
            setattr(self, key, value)
        now = {
            "started": datetime.fromtimestamp(self.started, UTC).isoformat(timespec="seconds"),
            "seconds": round(time.time() - self.started, 3),
            "workers": self.workers, "matches": self.matches, "reused": self.reused,
            "played": self.played, "finished": self.finished,
        }  # fmt: skip
        write_json(self.folder / "run.json", {"sessions": [*self._earlier, now]})


def open_folder(folder: Path, manifest: dict[str, Any]) -> Chunks:
    """Make a folder ready for an experiment and find what is there already.

    Parameters
    ----------
    folder : Path
        Made if it does not exist.
    manifest : dict
        What is about to be run; ``manifest["experiment"]["name"]`` and ``manifest["engine"]``
        must be those of what the folder holds.

    Returns
    -------
    Chunks
        Damaged ones are set aside and named in ``damaged``; their matches count as not played.

    Raises
    ------
    Mistake
        If the folder belongs to something else, or cannot be written.
    """
    old = folder / "manifest.json"
    if old.exists():
        _check_same(folder, read_json(old), manifest)
    elif folder.is_dir() and any(folder.iterdir()):
        raise Mistake(
            f"{folder}: holds files but no results of coopgames; choose an empty folder with -o"
        )
    with explained(folder, "written"):
        (folder / "chunks").mkdir(parents=True, exist_ok=True)
    if not old.exists():
        # Whose folder it is, before anything is played; completed when all is.
        write_json(old, manifest)
    chunks = Chunks(folder / "chunks")
    for path in sorted(chunks.folder.glob("*.parquet")):
        with explained(path, "read"):
            if digest(path) == path.stem:
                chunks.frames.append(pl.read_parquet(path))
            else:
                chunks.damaged.append(path)
                path.rename(path.with_suffix(".damaged"))
    return chunks


def _check_same(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
    try:
        name, engine = old["experiment"]["name"], old["engine"]
    except (KeyError, TypeError):
        raise Mistake(f"{folder / 'manifest.json'}: is no manifest of coopgames") from None
    if name != new["experiment"]["name"]:
        raise Mistake(
            f"{folder}: holds results of the experiment {name!r}, not of "
            f"{new['experiment']['name']!r}; choose another folder with -o"
        )
    if engine != new["engine"]:
        raise Mistake(
            f"{folder}: was made by engine version {engine}, this is {new['engine']}; choose "
            "another folder with -o, or move this one away"
        )


def _write(frame: pl.DataFrame, path: Path) -> None:
    # Fixed, so that the same rows are the same bytes.
    frame.write_parquet(path, compression="zstd", compression_level=3, row_group_size=1 << 18)


def write_frame(path: Path, frame: pl.DataFrame) -> None:
    """Write a table as Parquet, whole or not at all, the same rows as the same bytes."""
    write_whole(path, partial(_write, frame))


def finish(folder: Path, manifest: dict[str, Any], tables: Mapping[str, pl.DataFrame]) -> Results:
    """Write the tables by file name, and the manifest with their hashes."""
    for name, frame in tables.items():
        if name.endswith(".csv"):
            write_whole(folder / name, frame.write_csv)
        else:
            write_frame(folder / name, frame)
    hashes = {name: digest(folder / name) for name in tables}
    write_json(folder / "manifest.json", {**manifest, "tables": hashes})
    return Results(folder)
