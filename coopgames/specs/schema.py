"""The JSON Schema of an experiment file, with which editors complete and check it."""

from __future__ import annotations

from typing import Any

from coopgames.games import catalog
from coopgames.specs.model import ExperimentFile
from coopgames.strategies import library, strategy_plugins


def schema() -> dict[str, Any]:
    """Make the JSON Schema of an experiment file.

    Returns
    -------
    dict
        A schema (draft 2020-12) in which every key has its description, and which lists the names
        of the library and of the games, so that an editor can complete them.
    """
    made = ExperimentFile.model_json_schema()
    aliases = [alias for entry in library().values() for alias in entry.aliases]
    strategies = {"enum": [*library(), *aliases]}
    # A strategy may also be a path or a label with parameters.
    free: list[dict[str, Any]] = [
        {"pattern": r"\.toml$"},
        {"pattern": r"\(.*\)$"},
        {"pattern": "^axelrod:"},
    ]
    if others := strategy_plugins():
        free.append({"enum": [*others]})
    keys = made["properties"]
    _text_of(keys["strategies"]["items"]["oneOf"])["anyOf"] = [strategies, *free]
    games = [
        {"enum": sorted(catalog())},
        {"pattern": r"\(.*\)$"},
        {"pattern": r"\.(toml|csv|nfg)$"},
    ]
    base = made["$defs"]["GameTable"]["properties"]["base"]
    for place in (_text_of(keys["game"]["oneOf"]), _text_of(base["anyOf"])):
        place["anyOf"] = games
    made["$defs"]["LibraryStrategy"]["properties"]["name"] |= strategies
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _text_of(alternatives: list[dict[str, Any]]) -> dict[str, Any]:
    """Find the alternative that is a string."""
    found: dict[str, Any] = next(a for a in alternatives if a.get("type") == "string")
    return found
