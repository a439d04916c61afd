"""``coopgames regimes``."""

import json

import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.mistakes import Mistake
from coopgames.specs import regime_from, regime_of, shipped_regimes


def run(*arguments):
    return CliRunner().invoke(coopgames, ["regimes", *arguments], standalone_mode=False)


def said(*arguments):
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def as_json(*arguments):
    return json.loads(run(*arguments, "--json").stdout)


def test_the_list_has_all():
    rows = as_json("list")
    assert [row["name"] for row in rows] == list(shipped_regimes())
    gatt = next(row for row in rows if row["name"] == "gatt-1947")
    assert gatt["games"] == ["gatt", "discriminatory-trade"]
    assert gatt["levels"] == {"principle": 1, "norm": 3, "rule": 3, "procedure": 1}
    assert all(name in said("list") for name in shipped_regimes())


@pytest.mark.parametrize("name", shipped_regimes())
def test_a_card_begins_with_a_sentence_and_ends_with_what_to_do(name):
    card = said("show", name)
    regime = regime_from(name)
    assert card.startswith(f"{regime.title} is ")
    assert f"coopgames regimes show {name} --json" in card
    assert as_json("show", name)["digest"] == regime.digest


def test_the_tug_of_war_is_no_regime():
    assert said("show", "oil-tug-of-war").startswith(
        "The tug of war over oil is no regime: what would make it one, no competition, is refused"
    )
    card = as_json("show", "oil-tug-of-war")
    assert (card["exists"], card["accepted"]) == (False, [])
    assert card["influential"]["output"] == [f"company {i}" for i in range(1, 6)]


def test_a_card_holds_the_whole_regime():
    assert regime_of(as_json("show", "gatt-1947")["regime"]) == regime_from("gatt-1947")


def test_money_and_oil():
    assert "there was a change within the regime: depth 0.48" in said(
        "change", "payments-1958-71", "payments-1973"
    )
    assert said("change", "as-is-oil-1928", "oil-tug-of-war").startswith(
        "The oil companies' regime of 1928 ended"
    )


def test_the_threshold_is_arbitrary():
    found = as_json("change", "payments-1958-71", "payments-1973", "--threshold", "0.4")
    assert found["verdict"] == "change of regime"
    assert found["threshold"] == 0.4
    assert len(found["turning_weights"]) == len(found["altered"]) == 4


def test_the_end_turns_on_no_weight():
    found = as_json("change", "as-is-oil-1928", "oil-tug-of-war")
    assert found["verdict"] == "end"
    assert found["turning_weights"] == [None] * 4


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("oil-tug-of-war", "as-is-oil-1928", "A regime began"),
        ("oil-tug-of-war", "oil-tug-of-war", "Neither the tug of war over oil nor"),
        ("gatt-1947", "gatt-1947", "no change"),
    ],
)
def test_other_verdicts(old, new, words):
    assert words in said("change", old, new)


def test_one_of_ones_own(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        'name = "mine"\n[[issue]]\nname = "stage"\ngame = "stag-hunt"\n'
        '[[injunction]]\nname = "hunt"\nlevel = "norm"\nprescribe = ["stag"]\nimplicit = true\n'
    )
    card = said("show", str(file))
    assert card.startswith("The regime mine is a weak regime: its one injunction is specific")
    assert 'norm "hunt": no rule implements it' in card


def test_a_mistake_names_its_place(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('name = "mine"\n[[issue]]\nname = "stage"\ngame = "stag-hunk"\n')
    result = run("show", str(file))
    assert isinstance(result.exception, Mistake)
    assert str(result.exception).startswith(f"{file}, line 4: issue.game: no game")


def test_the_schema_of_regimes():
    result = CliRunner().invoke(coopgames, ["schema", "--regime"], standalone_mode=False)
    assert json.loads(result.stdout)["required"] == ["name", "issue"]
