"""``coopgames games``."""

import json

import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.games import catalog
from coopgames.mistakes import Mistake


def run(*arguments):
    return CliRunner().invoke(coopgames, ["games", *arguments], standalone_mode=False)


def as_json(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_list_has_every_named_game_with_its_verdicts():
    rows = {row["name"]: row for row in as_json("list")}
    assert list(rows) == list(catalog())
    assert rows["prisoners-dilemma"] == {
        "name": "prisoners-dilemma",
        "category": "mixed-interests",
        "subtype": "dilemma",
        "without_adjustment": "discord",
        "with_adjustment": "cooperation",
        "story": catalog()["prisoners-dilemma"].story,
    }


def test_people_see_the_games_by_what_they_encode():
    said = run("list").stdout
    at = [said.index(x) for x in ("harmony ", "mixed interests ", "opposed interests ", "Next")]
    assert at == sorted(at)
    assert all(name in said for name in catalog())


@pytest.mark.parametrize("name", catalog())
def test_every_game_has_a_card(name):
    result = run("show", name)
    assert result.exit_code == 0
    assert name in result.stdout
    card = as_json("show", name)
    assert card["story"]
    assert card["notice"]
    assert "nan" not in result.stdout


def test_a_card_says_what_classify_says_and_more():
    classified = CliRunner().invoke(coopgames, ["classify", "suasion", "--json"])
    card = as_json("show", "suasion")
    assert card.items() >= json.loads(classified.stdout).items()
    assert card["payoffs"] == [[[4, 3], [2, 1]], [[3, 4], [1, 2]]]
    assert card["accommodation"] == [["C", "D"], ["C", "D"]]
    assert card["equilibria"] == [["C", "D"]]


def test_where_no_action_accommodates_there_is_no_order():
    assert as_json("show", "matching-pennies")["accommodation"] is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("prisoners-dilemma", "D is best for each, whatever the other does."),
        ("prisoners-dilemma", "Only (D, D) is at rest"),
        ("prisoners-dilemma", "moving together, both could gain"),
        ("stag-hunt", "both like (stag, stag) best"),
        ("chicken", "they disagree over which is best"),
        ("pure-coordination", "they do not care which"),
        ("battle-of-the-sexes", "Were each sure what the other will do, it would be harmony"),
        ("turn-taking-deadlock", "they gain only by lot or by taking turns"),
        ("matching-pennies", "No outcome is at rest"),
        ("matching-pennies", "No action accommodates as such"),
        ("suasion", "C is best for actor 1"),
    ],
)
def test_what_to_notice(name, said):
    assert any(said in line for line in as_json("show", name)["notice"])


@pytest.mark.parametrize(
    ("name", "not_said"),
    [
        ("deadlock", "both could gain"),
        ("prisoners-dilemma", "taking turns"),
        ("chicken", "is best for"),
        ("stag-hunt", "harmony"),
    ],
)
def test_what_is_not_to_be_noticed(name, not_said):
    assert not any(not_said in line for line in as_json("show", name)["notice"])


def test_a_card_begins_with_the_sentence_and_ends_with_what_to_do():
    said = run("show", "stag-hunt").stdout
    parts = ("mixed interests, a problem of assurance", "4, 4 •", "left to itself", "·", "Next")
    at = [said.index(x) for x in parts]
    assert at == sorted(at)
    assert "--game stag-hunt" in said


def test_no_match_is_suggested_where_none_can_be_played():
    assert "coopgames match" not in run("show", "matching-pennies").stdout


def test_an_unknown_game_gets_the_nearest_names():
    result = run("show", "staghunt")
    assert isinstance(result.exception, Mistake)
    assert "did you mean stag-hunt" in str(result.exception)
