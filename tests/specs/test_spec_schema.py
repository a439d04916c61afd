import tomllib
from pathlib import Path

import pytest

from coopgames.games import catalog
from coopgames.specs import as_spec, load, schema, shipped, shipped_regimes
from coopgames.specs.settings import KEYS
from coopgames.strategies import library, regime_library

HERE = Path(__file__).parent


def resolve(part):
    return schema()["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part


def test_every_key_is_described():
    made = schema()
    for table in [made, *made["$defs"].values()]:
        for name, part in table["properties"].items():
            assert part.get("description"), name
        assert table["description"]


def test_it_lists_what_can_be_completed():
    keys = schema()["properties"]
    assert keys["game"]["oneOf"][0]["anyOf"][0]["enum"] == sorted(catalog())
    assert keys["strategies"]["items"]["oneOf"][0]["anyOf"][0]["enum"] == [
        *library(),
        *(alias for entry in library().values() for alias in entry.aliases),
        *regime_library(),
    ]
    assert keys["regime"]["oneOf"][0]["anyOf"][0]["enum"] == [*shipped_regimes(), "none"]


def test_its_keys_are_those_that_can_be_set():
    made = schema()
    tables = {
        name: part.get("$ref", part.get("anyOf", [part])[0].get("$ref", "")).rpartition("/")[2]
        for name, part in made["properties"].items()
    } | {"game": "GameTable", "regime": "ArrangementTable"}
    dotted = {
        f"{name}.{key}"
        for name, table in tables.items()
        if table
        for key in made["$defs"][table]["properties"]
    }
    assert {*made["properties"], *dotted} == set(KEYS)


def test_it_says_what_is_required():
    assert schema()["required"] == ["name", "title", "seed", "strategies", "game", "horizon"]


@pytest.mark.parametrize("folder", ["valid", "shipped", "canonical", "invalid"])
def test_it_accepts_and_refuses_what_we_do(folder):
    validators = pytest.importorskip("jsonschema").validators
    made = schema()
    validator = validators.validator_for(made)(made)
    validator.check_schema(made)
    if folder == "canonical":
        contents = [as_spec(load(path)) for path in shipped().values()]
    else:
        paths = (
            shipped().values() if folder == "shipped" else HERE.glob(f"experiments/{folder}/*.toml")
        )
        contents = []
        for path in paths:
            try:
                contents.append(tomllib.loads(path.read_text()))
            except tomllib.TOMLDecodeError:
                assert folder == "invalid"
    assert contents
    if folder != "invalid":  # what only we can see, such as a game without roles, it lets pass
        for content in contents:
            validator.validate(content)
    else:
        assert sum(not validator.is_valid(content) for content in contents) >= len(contents) / 2
