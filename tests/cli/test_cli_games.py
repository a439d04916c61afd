"""``coopgames games``."""

import json
import re
import subprocess
import sys

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
    assert rows["cotton-textiles"] == {
        "name": "cotton-textiles",
        "family": "scenario",
        "category": "mixed-interests",
        "subtype": "cyclic",
        "without_adjustment": "discord",
        "with_adjustment": "cooperation",
        "parameters": {"leakage": 0.0},
        "story": catalog()["cotton-textiles"].story,
        "provider": None,
        "problem": None,
    }


def test_people_see_the_games_by_family_and_by_what_they_encode():
    said = run("list").stdout
    at = [said.index(x) for x in ("Two actors", "Any number", "After Hegemony", "Next")]
    assert at == sorted(at)
    classics = said[at[0] : at[1]]
    at = [classics.index(x) for x in ("harmony ", "mixed interests ", "opposed interests ")]
    assert at == sorted(at)
    assert all(name in said for name in catalog())


def test_the_list_is_made_without_working_anything_out():
    code = (
        "import sys; from coopgames.cli import coopgames; "
        "coopgames(['games', 'list'], standalone_mode=False); "
        "assert not {'scipy', 'numba', 'pydantic', 'nashpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize("name", catalog())
def test_every_game_has_a_card(name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    result = run("show", name)
    assert result.exit_code == 0
    assert name in result.stdout
    assert all(len(line) <= 100 for line in result.stdout.splitlines() if "coopgames" not in line)
    assert not re.search(r"\bnan\b", result.stdout)
    entry, card = catalog()[name], as_json("show", name)
    assert card["story"] == entry.story
    assert card["source"] == entry.source
    assert card["notice"][-len(entry.notice) :] == list(entry.notice) or not entry.notice
    assert len(card["notice"]) >= 2
    assert card["vary"] == list(entry.vary)
    assert (card["category"], card["subtype"]) == entry.encodes
    for key, parameter in entry.parameters.items():
        assert card["parameters"][key]["usual"] == entry.defaults[key]
        assert parameter.meaning.split()[0] in result.stdout


def test_a_card_of_a_game_with_parameters():
    card = as_json("show", "navigation-acts(sigma=3)")
    assert card["game"] == "navigation-acts(sigma=3.0)"
    assert card["parameters"]["sigma"] == {
        "value": 3, "usual": 0.5, "low": 0, "high": None, "unit": "weight",
        "meaning": "how much relative shipping counts, as security",
    }  # fmt: skip
    assert card["category"] == "mixed-interests"
    said = run("show", "navigation-acts(sigma=3)").stdout
    assert "--game 'navigation-acts(sigma=3.0)'" in said


def test_a_parameter_that_cannot_be():
    result = run("show", "gatt(n=1, D=0)")
    assert isinstance(result.exception, Mistake)
    assert str(result.exception).splitlines() == [
        "gatt: n = 1; it is at least 3",
        "gatt: D = 0; it is above 0",
    ]


def test_where_choice_is_driven_by_something_else_both_readings_are_shown():
    card = as_json("show", "mercantilism(r=1)")
    assert card["category"] == "mixed-interests"
    assert card["by_choice"] == {"category": "opposed-interests", "subtype": "two-sided"}
    said = run("show", "mercantilism(r=1)").stdout
    assert "by what drives choice  opposed interests, two sided" in said
    assert as_json("show", "chicken")["by_choice"] is None


def test_what_some_could_agree_on_is_shown_beside_the_label():
    (pair,) = as_json("show", "alliance")["coalitions"]
    assert pair == {
        "parties": ["ally A", "ally B"],
        "category": "mixed-interests",
        "subtype": "dilemma",
        "deal": ["contribute", "contribute", "press"],
        "effects": [1, 1, -2],
        "injurious": True,
    }
    said = " ".join(run("show", "alliance").stdout.split())
    assert (
        "for some of them ally A and ally B: mixed interests, dilemma; injurious to rival" in said
    )
    assert as_json("show", "chicken")["coalitions"] == []


class TestPayoffs:
    def lines(self, name, monkeypatch, width=100):
        monkeypatch.setenv("COLUMNS", str(width))
        return run("show", name).stdout

    def test_a_grid_is_abridged_and_keeps_what_tells(self, monkeypatch):
        said = self.lines("liberal-trade(gamma=1.7)", monkeypatch)
        table = said[said.index("country A ↓") : said.index("• where")]
        rows = [line.split()[0] for line in table.splitlines()[1:]]
        assert {"0", "0.35", "0.567", "1"} <= set(rows)  # t_PO and t_N
        assert len(rows) <= 7
        assert "Of 27 × 27 actions the telling ones are shown" in " ".join(said.split())

    def test_three_actors_are_shown_as_blocks(self, monkeypatch):
        said = self.lines("alliance", monkeypatch)
        for block in ("rival: hold", "rival: press"):
            assert block in said
        assert "-4, -4, 3 •" in said

    def test_interchangeable_actors_are_shown_by_counts(self, monkeypatch):
        said = self.lines("public-goods", monkeypatch)
        assert "how many others contribute →" in said
        assert "0.5" in said[said.index("keep ") :].splitlines()[0]
        assert as_json("show", "public-goods")["counts"] == [[-0.5, 0, 0.5, 1], [0, 0.5, 1, 1.5]]

    def test_by_counts_with_more_actions(self, monkeypatch):
        said = self.lines("best-shot", monkeypatch)
        assert "the others ↓" in said
        assert "2, 0 " in said

    @pytest.mark.parametrize("width", [60, 80, 160])
    def test_any_width(self, width, monkeypatch):
        for name in ("hegemonic-trade", "gatt", "public-goods(n=7)"):
            said = self.lines(name, monkeypatch, width)
            assert max(len(x) for x in said.splitlines() if "coopgames" not in x) <= width


def test_a_card_says_what_classify_says_and_more():
    classified = CliRunner().invoke(coopgames, ["classify", "suasion", "--json"])
    card, found = as_json("show", "suasion"), json.loads(classified.stdout)
    assert found.pop("grid_sensitive") is None  # it has no grid
    assert {key: card[key] for key in found} == found
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
