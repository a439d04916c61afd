"""The key `regime`: what is in force, in the file, in arms, on the command line, in the canon."""

import json
import tomllib
from pathlib import Path

import pytest

from coopgames.games import named_game
from coopgames.mistakes import Mistake
from coopgames.regimes import CHANNELS, Arrangement, standing
from coopgames.specs import (
    as_spec,
    in_force,
    load,
    loads_canonical,
    regime_from,
    schema,
    shipped,
    spec_digest,
    toml_text,
)

HERE = Path(__file__).parent
FULL = HERE / "experiments/valid/regime-in-force.toml"
PD = named_game("prisoners-dilemma")
PLEDGE = Arrangement(regime_from("pledge")).settled(PD)
BASE = """
name = "small"
title = "Small"
seed = 1
game = "prisoners-dilemma"
strategies = ["compliance", "grim"]
horizon = { periods = 50 }
"""


@pytest.fixture
def read(tmp_path):
    def read(more="", **options):
        path = tmp_path / "small.toml"
        path.write_text(BASE + more)
        return load(path, **options)

    return read


def arm(experiment, name):
    return {arm.name: arm.experiment for arm in experiment.arms}[name]


def test_a_name_is_enough(read):
    assert read('regime = "pledge"').regime == PLEDGE
    assert read('[regime]\nname = "pledge"').regime == PLEDGE
    assert PLEDGE.on == CHANNELS


def test_a_path_starts_where_the_file_is(read, tmp_path, monkeypatch):
    (tmp_path / "ours").mkdir()
    text = (HERE / "regimes/valid/shortest.toml").read_text().replace("stag-hunt", PD.name)
    (tmp_path / "ours/own.toml").write_text(text)
    assert read('regime = "ours/own.toml"').regime.regime.name == "shortest"
    monkeypatch.chdir(tmp_path / "ours")  # on the command line it starts where one is
    assert read('regime = "pledge"', sets=["regime=own.toml"]).regime.regime.name == "shortest"


def test_without_one_the_canonical_form_is_what_it_was():
    plain = [e for e in map(load, shipped().values()) if e.regime is None]
    assert len(plain) >= 16
    for experiment in plain:
        assert "regime" not in as_spec(experiment)


def test_it_is_written_out_whole():
    experiment = load(FULL)
    spec = as_spec(experiment)
    assert spec["regime"]["declared"]["injunction"][1]["prescribe"] == ["C"]
    assert spec["regime"] | {"declared": 0} == {
        "declared": 0, "issue": "promise", "answer": "standing", "review": 0.5, "values": 0.1,
        "channels": ["expectations", "monitoring", "reputation", "values"],
        "members": ["compliance", "grim"],
    }  # fmt: skip
    assert spec["arms"]["suspended"]["regime"]["periods"] == 3
    assert spec["arms"]["for-good"]["regime"]["periods"] == "for good"
    assert set(spec["arms"]["switched-off"]) == {"regime"}


def test_as_toml_it_is_the_same_experiment():
    experiment = load(FULL)
    again = loads_canonical(tomllib.loads(toml_text(as_spec(experiment))))
    assert again == experiment
    assert spec_digest(again) == spec_digest(experiment)


def test_the_schema_allows_it_spelt_out_too():
    validators = pytest.importorskip("jsonschema").validators
    made = schema()
    validator = validators.validator_for(made)(made)
    validator.validate(json.loads(json.dumps(as_spec(load(FULL)))))
    assert not validator.is_valid(tomllib.loads(BASE + 'regime = { answer = "standing" }'))
    assert not validator.is_valid(tomllib.loads(BASE + 'regime = "pledges"'))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ('regime = "none"', PLEDGE.muted),
        ("regime.channels = ['costs']", Arrangement(PLEDGE.regime, channels=("costs",))),
        ("regime.answer = 'none'", Arrangement(PLEDGE.regime, answer="none")),
        ("regime.answer = 'suspension'", Arrangement(PLEDGE.regime, answer="suspension")),
        (
            "regime = { answer = 'suspension', periods = 2 }",
            Arrangement(PLEDGE.regime, answer="suspension", periods=2),
        ),
        ("regime.values = 0.5", Arrangement(PLEDGE.regime, values=0.5)),
    ],
)
def test_an_arm_changes_one_thing(read, change, expected):
    whole = read(f'regime = "pledge"\n[arms.other]\n{change}\n')
    assert whole.regime == PLEDGE
    assert arm(whole, "other").regime == expected.settled(PD)


def test_another_answer_takes_the_length_of_the_suspension_away(read):
    whole = read(
        '[regime]\nname = "pledge"\nanswer = "suspension"\nperiods = 4\n'
        "[arms.other]\nregime.answer = 'standing'\n"
    )
    assert (whole.regime.periods, arm(whole, "other").regime.periods) == (4, None)


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        (["regime.answer=none"], {"answer": "none"}),
        (["answer=suspension", "regime.periods=3"], {"answer": "suspension", "periods": 3}),
        (["regime=none"], {"channels": ()}),
        (['regime.channels=["monitoring"]'], {"channels": ("monitoring",)}),
        (["review=0.5"], {"review": 0.5}),
    ],
)
def test_it_is_set_on_the_command_line(read, sets, expected):
    made = Arrangement(PLEDGE.regime, **expected).settled(PD)
    assert read('regime = "pledge"', sets=sets).regime == made
    assert read('regime = { name = "pledge" }', sets=sets).regime == made


def test_periods_are_those_of_the_horizon(read):
    assert read('regime = "pledge"', sets=["periods=7"]).horizon.periods == 7


def test_none_without_a_regime_is_none(read):
    with pytest.raises(Mistake, match="compliance reads what a regime shows"):
        read('regime = "none"')
    assert read('regime = "none"', sets=['strategies=["grim"]']).regime is None


def test_a_single_match_takes_it_in_any_form():
    public = standing(hit=0.9, false_alarm=0.02)
    assert in_force(None, PD).public is None
    assert in_force(public, PD).public is public
    by_name = in_force("pledge", PD)
    assert by_name.public == in_force(PLEDGE.regime, PD).public == PLEDGE.public(PD)
    assert by_name.arrangement == PLEDGE
    members = Arrangement(PLEDGE.regime, members=("a", "b"), values=0.5)
    assert in_force(members, PD, ("a", "b")).game.choice is not None
    assert in_force(members, PD, ("a", "c")).game == PD
    assert in_force(members, PD, ("a", "c")).public == PLEDGE.muted.public(PD)
    with pytest.raises(Mistake, match="did you mean pledge"):
        in_force("pledg", PD)


OTHER = """
[arms.with-it]
[arms.stag]
game = "stag-hunt"
regime = "none"
"""


def test_none_in_an_arm_of_another_game(read, tmp_path):
    """Of whose actions the regime does not speak: there is none, and it is written as such."""
    path = tmp_path / "other.toml"
    text = BASE.replace("compliance", "wary-expectations") + 'regime = "pledge"' + OTHER
    path.write_text(text)
    experiment = load(path)
    assert experiment.regime == PLEDGE
    assert arm(experiment, "stag").regime is None
    assert loads_canonical(as_spec(experiment)) == experiment
    path.write_text(text.replace("wary-expectations", "compliance"))
    with pytest.raises(Mistake, match="stag / hare"):
        load(path)
