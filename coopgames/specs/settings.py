"""What ``--set KEY=VALUE`` changes in an experiment before it is read."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from coopgames.mistakes import Mistake, unknown
from coopgames.specs.arms import drop_horizon
from coopgames.specs.arrangement_table import ArrangementTable, switched
from coopgames.specs.game_file import READ
from coopgames.specs.game_table import GameTable
from coopgames.specs.horizon import HorizonTable
from coopgames.specs.model import ExperimentFile, PerceptionTable, QuotedTable, ReadingTable
from coopgames.specs.source import Source
from coopgames.specs.table import Table

_TABLES: dict[str, type[Table]] = {
    "game": GameTable,
    "regime": ArrangementTable,
    "horizon": HorizonTable,
    "perception": PerceptionTable,
    "reading": ReadingTable,
    "quoted": QuotedTable,
}
KEYS = (
    *ExperimentFile.model_fields,
    *(f"{name}.{key}" for name, table in _TABLES.items() for key in table.model_fields),
)


def dotted_key(text: str) -> str:
    """Find the one key that `text` means: a dotted key, or a last part that is unique.

    Parameters
    ----------
    text : str
        E.g. ``"noise"``, ``"horizon.periods"`` or ``"periods"``; after ``arms.NAME.`` of an arm.

    Raises
    ------
    Mistake
        If there is none or more than one.
    """
    if text.startswith("arms."):
        _, name, *rest = text.split(".", 2)
        return f"arms.{name}" + "".join(f".{dotted_key(part)}" for part in rest)
    if text in KEYS:
        return text
    ends = [key for key in KEYS if key.endswith(f".{text}")]
    if len(ends) > 1:  # a key of the regime is meant only where nothing else can be
        ends = [key for key in ends if not key.startswith("regime.")]
    if len(ends) > 1:
        raise Mistake(f'"{text}" could be {" or ".join(ends)}; write the whole key')
    if not ends:
        near = KEYS if "." in text else {key.rpartition(".")[2] for key in KEYS}
        raise Mistake(unknown("key", text, near))
    return ends[0]


def toml_value(text: str) -> Any:
    """Parse a TOML value; a bare word is text.

    Parameters
    ----------
    text : str
        E.g. ``"0.2"``, ``"true"``, ``"[1, 2]"`` or ``"stag-hunt"``.

    Raises
    ------
    Mistake
        If it opens a string, an array or a table and does not end it.
    """
    try:
        content = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        content = {}
    if list(content) == ["value"]:
        return content["value"]
    if text.lstrip()[:1] in {"", '"', "'", "[", "{"}:
        raise Mistake(f"{text.strip() or 'nothing'} is no TOML value")
    return text.strip()


def with_settings(source: Source, sets: Sequence[str]) -> tuple[Source, list[str]]:
    """Apply settings to what a file says.

    A setting of one kind of horizon replaces the kind that the file has, and that it is known.

    Parameters
    ----------
    source : Source
        What the file says.
    sets : sequence of str
        ``KEY=VALUE``.

    Returns
    -------
    Source
        With the settings in its content.
    list of str
        Mistakes in the settings, one line each; settings with a mistake are left out.
    """
    given: list[tuple[str, str, Any]] = []
    problems: list[str] = []
    for text in sets:
        key, equals, value = text.partition("=")
        try:
            if not equals:
                raise Mistake("a setting is KEY=VALUE")
            given.append((f"--set {text}", dotted_key(key.strip()), toml_value(value)))
        except Mistake as mistake:
            problems.append(f"--set {text}: {mistake}")
    content, overrides = copy.deepcopy(source.content), dict(source.overrides)
    paths = [tuple(key.split(".")) for _, key, _ in given]
    for *inside, name in {path[:-1] for path in paths if path[-2:-1] == ("horizon",)}:
        holder = _table(content, inside)
        if holder and isinstance(holder.get(name), dict):
            drop_horizon(holder[name], {p[-1] for p in paths if p[:-1] == (*inside, name)})
    for (text, key, value), (*inside, last) in zip(given, paths, strict=True):
        if key in ("game", "game.base") and isinstance(value, str) and value.endswith(READ):
            value = str(Path.cwd() / value)  # noqa: PLW2901 — what a shell says starts there
        if key in ("regime", "regime.name") and isinstance(value, str) and value.endswith(".toml"):
            value = str(Path.cwd() / value)  # noqa: PLW2901
        if inside[-1:] == ["regime"]:
            holder = _table(content, inside[:-1])
            if holder and isinstance(holder.get("regime"), str):
                holder["regime"] = {"name": holder["regime"]}
        if inside[-1:] == ["game"] and last != "payoffs":
            holder = _table(content, inside[:-1])
            if holder and isinstance(holder.get("game"), str):
                holder["game"] = {"base": holder["game"]}  # a named game, changed
        table = _table(content, inside)
        if table is None:
            parent = ".".join(inside)
            problems.append(f"{text}: {parent} is not written as a table; set {parent} itself")
            continue
        table[last] = switched(table.get(last), value) if key == "regime" else value
        overrides[*inside, last] = text
    return replace(source, content=content, overrides=overrides), problems


def _table(content: dict[str, Any], path: Sequence[str]) -> dict[str, Any] | None:
    """Find a table, made where there is none; None where something else stands in its place."""
    table: Any = content
    for part in path:
        table = table.setdefault(part, {})
        if not isinstance(table, dict):
            return None
    return content if not path else table
