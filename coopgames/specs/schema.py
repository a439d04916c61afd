"""The JSON Schema of an experiment file, with which editors complete and check it."""

from __future__ import annotations

from typing import Any

from coopgames.games import catalog
from coopgames.specs.arms import CHANGES
from coopgames.specs.arrangement_table import NONE
from coopgames.specs.model import ExperimentFile
from coopgames.specs.regime_file import shipped_regimes
from coopgames.specs.regime_table import RegimeTable
from coopgames.specs.table import SLUG
from coopgames.strategies import library, regime_library, strategy_plugins


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
    strategies = {"enum": [*library(), *aliases, *regime_library()]}
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
    games = _games()
    base = made["$defs"]["GameTable"]["properties"]["base"]
    for place in (_text_of(keys["game"]["oneOf"]), _text_of(base["anyOf"])):
        place["anyOf"] = games
    text_, table = keys["regime"]["anyOf"][0]["oneOf"]
    for place in (
        text_,
        _text_of(made["$defs"]["ArrangementTable"]["properties"]["name"]["anyOf"]),
    ):
        place["anyOf"] = _regimes()
    keys["regime"] = {"description": keys["regime"]["description"], "oneOf": [text_, table]}
    made["$defs"]["LibraryStrategy"]["properties"]["name"] |= strategies
    keys["arms"] = {"description": keys["arms"]["description"], **_arms(made)}
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


def _regimes() -> list[dict[str, Any]]:
    """List what names a regime: one that is shipped, none, or a path."""
    return [{"enum": [*shipped_regimes(), NONE]}, {"pattern": r"\.toml$"}]


def _text_of(alternatives: list[dict[str, Any]]) -> dict[str, Any]:
    """Find the alternative that is a string."""
    found: dict[str, Any] = next(a for a in alternatives if a.get("type") == "string")
    return found


def _arms(made: dict[str, Any]) -> dict[str, Any]:
    """Describe the arms: of a table they may change a key and leave the others."""
    keys = {}
    for name in CHANGES:
        key = made["properties"][name]
        if name in ("game", "regime"):
            name_of, table = key["oneOf"]
            key = {"description": key["description"], "anyOf": [name_of, _loose(made, table)]}
        elif "$ref" in key:
            key = {"description": key["description"], **_loose(made, key)}
        keys[name] = key
    arm = {"type": "object", "properties": keys, "additionalProperties": False}
    return {"type": ["object", "null"], "patternProperties": {SLUG: arm},
            "additionalProperties": False}  # fmt: skip


def _loose(made: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    """Give a table's description without what it must have."""
    table = made["$defs"][reference["$ref"].rpartition("/")[2]]
    return {key: part for key, part in table.items() if key not in ("oneOf", "required")}
