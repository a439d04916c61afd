"""Regimes in files: a corpus of right and wrong ones, the canonical form, the schema."""

import json
import tomllib
from pathlib import Path

import pytest

from coopgames.mistakes import Mistake
from coopgames.regimes import Between, Flagged, Listed, Monitoring, NoMore, Regime, Within
from coopgames.specs import (
    regime_from,
    regime_of,
    regime_schema,
    regime_table_of,
    regime_toml,
    shipped_regimes,
)

HERE = Path(__file__).parent / "regimes"
VALID = [*sorted(HERE.glob("valid/*.toml")), *shipped_regimes().values()]
INVALID = sorted(HERE.glob("invalid/*.toml"))


def stem(path):
    return path.stem


def prose(r: Regime):
    return r.name, r.title, r.story, r.sources, r.coding, r.follows, [q.says for q in r.injunctions]


@pytest.mark.parametrize("path", INVALID, ids=stem)
def test_all_its_mistakes_at_once(path):
    expected = [
        line.removeprefix("# mistake: ")
        for line in path.read_text().splitlines()
        if line.startswith("# mistake: ")
    ]
    with pytest.raises(Mistake) as mistake:
        regime_from(path.name, path.parent)
    said = str(mistake.value).splitlines()
    assert said == [
        f"{path}, {line}" if line.startswith("line ") else f"{path}: {line}" for line in expected
    ]


@pytest.mark.parametrize("path", VALID, ids=stem)
def test_round_trips(path, tmp_path):
    made = regime_from(path.name, path.parent)
    canonical = regime_of(json.loads(json.dumps(regime_table_of(made))))
    copy = tmp_path / "copy.toml"
    copy.write_text(regime_toml(made), encoding="utf-8")
    for again in (canonical, regime_from(str(copy))):
        assert again == made
        assert again.digest == made.digest
        assert prose(again) == prose(made)
    assert regime_toml(regime_from(str(copy))) == copy.read_text(encoding="utf-8")


def test_every_key_is_read():
    r = regime_from("every-key.toml", HERE / "valid")
    openness, never, like, retaliation, rounds = r.injunctions
    assert openness.demand == Within(0, 0.4)
    assert openness.monitoring == Monitoring(0.9, 0.1, 2, shared=True)
    assert (openness.implicit, openness.stake, openness.formerly) == (True, 0.4, "closure")
    assert (openness.addressees, openness.refused_by) == (("actor *",), ("actor 2",))
    assert r.refusing(openness) == (1,)
    assert (never.demand, never.when, never.serves) == (
        NoMore("own"), Between(2, 9), ("openness",),
    )  # fmt: skip
    assert like.when == Flagged("like for like", "own", None, unless=True)
    assert retaliation.when == Flagged("openness", "another", 3)
    assert (retaliation.deontic, retaliation.excepts) == ("permit", ("openness", "never back"))
    assert (rounds.deontic, rounds.demand) == ("proscribe", Listed(("stay away",)))
    assert r.issues[1].seats == ("actor 1", "actor 2")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gatt-1948", r'no regime "gatt-1948" \(did you mean gatt-1947'),
        ("missing.toml", "there is no such file"),
    ],
)
def test_what_is_not_there(name, message, tmp_path):
    with pytest.raises(Mistake, match=message):
        regime_from(name, tmp_path)


class TestSchema:
    def test_every_key_is_described(self):
        made = regime_schema()
        for table in [made, *made["$defs"].values()]:
            assert table["description"]
            for name, part in table["properties"].items():
                assert part.get("description"), name

    def test_it_accepts_and_refuses_what_we_do(self):
        validators = pytest.importorskip("jsonschema").validators
        made = regime_schema()
        validator = validators.validator_for(made)(made)
        validator.check_schema(made)
        for path in VALID:
            validator.validate(tomllib.loads(path.read_text(encoding="utf-8")))
            validator.validate(regime_table_of(regime_from(path.name, path.parent)))
        assert not validator.is_valid(tomllib.loads((HERE / "invalid/shapes.toml").read_text()))
