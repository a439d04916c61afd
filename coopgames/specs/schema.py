"""The JSON Schema of an experiment file, with which editors complete and check it."""

from __future__ import annotations

from typing import Any

from coopgames.games import catalog
from coopgames.specs.model import ExperimentFile
from coopgames.specs.regime_table import RegimeTable
from coopgames.strategies import library


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
    free = [{"pattern": r"\.toml$"}, {"pattern": r"\(.*\)$"}, {"pattern": "^axelrod:"}]
    keys = made["properties"]
    _text_of(keys["strategies"]["items"]["oneOf"])["anyOf"] = [strategies, *free]
    games = _games()
    base = made["$defs"]["GameTable"]["properties"]["base"]
    for place in (_text_of(keys["game"]["oneOf"]), _text_of(base["anyOf"])):
        place["anyOf"] = games
    made["$defs"]["LibraryStrategy"]["properties"]["name"] |= strategies
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def regime_schema() -> dict[str, Any]:
    """Make the JSON Schema of a regime's file.

    Returns
    -------
    dict
        As `schema`; it lists the names of the games.
    """
    made = RegimeTable.model_json_schema()
    game = made["$defs"]["IssueTable"]["properties"]["game"]["anyOf"][0]
    base = made["$defs"]["GameTable"]["properties"]["base"]
    for place in (_text_of(game["oneOf"]), _text_of(base["anyOf"])):
        place["anyOf"] = _games()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _games() -> list[dict[str, Any]]:
    """List what names a game: one of the catalogue, a label with parameters, a path."""
    return [
        {"enum": sorted(catalog())},
        {"pattern": r"\(.*\)$"},
        {"pattern": r"\.(toml|csv|nfg)$"},
    ]


def _text_of(alternatives: list[dict[str, Any]]) -> dict[str, Any]:
    """Find the alternative that is a string."""
    found: dict[str, Any] = next(a for a in alternatives if a.get("type") == "string")
    return found
