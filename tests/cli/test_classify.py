"""``coopgames classify``."""

import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from coopgames.cli.classify import classify
from coopgames.mistakes import Mistake

DILEMMA = "3,3 0,5 / 5,0 1,1"


def run(*arguments):
    return CliRunner().invoke(classify, arguments)


def as_json(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_it_is_a_click_command():
    assert isinstance(classify, click.Command)
    assert classify.name == "classify"


def test_the_prisoners_dilemma_as_json():
    # issue 2, acceptance 3; numbers of theory.md 1.1.2, 1.1.6
    found = as_json("prisoners-dilemma")
    assert found.pop("intensity")["k_index"] == pytest.approx(0.4)
    assert found.pop("power")["shares"] == [0.5, 0.5]
    assert found == {
        "game": "prisoners-dilemma",
        "category": "mixed-interests",
        "without_adjustment": "discord",
        "with_adjustment": "cooperation",
        "subtype": "dilemma",
        "baseline": "rationalizable",
        "feasible": "hull",
        "hindrance": "realised",
        "by": "goal",
        "strict": False,
        "shares": {"harmony": 0, "latent": 0, "mixed": 1, "opposed": 0},
        "grid_sensitive": None,
        "self_regarding": [["D", "D"]],
        "profiles": [
            {
                "actions": ["D", "D"],
                "cell": "mixed",
                "hindrance": [[0.0, 4.0], [4.0, 0.0]],
                "facilitation": [[None, 0.0], [0.0, None]],
                "compatibility": 0.0,
                "gain": 0.4,
                "gain_weak": 0.8,
            }
        ],
        "flags": {
            "near_harmony": False,
            "opportunity_grievance": 0.0,
            "side_payment_gain": 4.0,
            "linkage_opportunity": False,
            "baseline_fell_back": False,
        },
    }


def test_a_table_says_what_the_name_says():
    by_name, by_table = as_json("prisoners-dilemma"), as_json("--payoffs", DILEMMA)
    assert by_table["game"] == "from the command line"
    for key in ("category", "without_adjustment", "with_adjustment", "subtype", "flags"):
        assert by_table[key] == by_name[key]
    assert by_table["self_regarding"] == [["1", "1"]]


def test_options_reach_the_structure():
    found = as_json("turn-taking-deadlock", "--feasible", "pure")
    assert (found["category"], found["feasible"]) == ("opposed-interests", "pure")
    found = as_json("battle-of-the-sexes", "--baseline", "nash")
    assert (found["category"], found["baseline"]) == ("harmony", "nash")
    assert found["self_regarding"] == [["boxing", "boxing"], ["ballet", "ballet"]]
    assert as_json("matching-pennies", "--hindrance", "opportunity")["category"] == "harmony"


def test_what_is_undefined_is_null():
    found = as_json("independence")
    assert found["category"] == "independence"
    assert found["subtype"] is None
    assert found["profiles"][0]["compatibility"] is None
    assert found["profiles"][0]["facilitation"] == [[None, None], [None, None]]


def test_payoffs_may_begin_with_a_minus():
    assert as_json("--payoffs", "-1,1 1,-1 / 1,-1 -1,1")["subtype"] == "multiple"


def test_people_get_the_sentence_first_then_the_table_then_what_to_do():
    said = run("prisoners-dilemma").stdout
    sentence = said.index("mixed interests, a dilemma")
    table = said.index("1, 1 •")
    following = said.index("Next")
    assert sentence < table < following
    assert "5, 0  " in said
    assert "40 %" in said
    assert "80 %" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["stag-hunt"],
        ["independence"],
        ["matching-pennies", "--baseline", "nash"],
        ["--payoffs", " ".join(["1,1"] * 20) + " / " + " ".join(["2,0"] * 20)],
        ["--payoffs", "10,1 8,0 / 9,.5 7.9,100"],
        ["--payoffs", "8,3 3,4 / 6,1 1,2"],
    ],
)
def test_every_kind_of_game_can_be_shown(arguments):
    result = run(*arguments)
    assert result.exit_code == 0
    assert "nan" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "which game"),
        (["staghunt"], "did you mean stag-hunt"),
        (["chicken", "--payoffs", DILEMMA], "not both"),
        (["--payoffs", "3,3 0,x"], "row 1, column 2"),
        (["--payoffs", ""], "the table is empty"),
    ],
)
def test_mistakes_are_raised_for_the_handler(arguments, said):
    result = run(*arguments)
    assert isinstance(result.exception, Mistake)
    assert said in str(result.exception)
    assert not result.stdout


def test_unknown_options_are_usage_errors():
    assert run("chicken", "--feasible", "curb").exit_code == 2


def test_loading_the_command_loads_nothing_heavy():
    code = (
        "import sys; import coopgames.cli.classify; "
        "assert not {'numpy', 'scipy', 'rich', 'numba'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_explanation():
    text = " ".join(run("stag-hunt", "--explain").output.split())
    assert "each may play stag or hare" in text
    assert "50 % sure that the other goes along" in text
    assert 4 <= len(as_json("stag-hunt", "--explain")["explanation"]) <= 8
    assert "explanation" not in as_json("stag-hunt")


@pytest.mark.parametrize(
    ("arguments", "category"),
    [
        (("stag-hunt", "--baseline", "status-quo=stag,stag"), "harmony"),
        (("stag-hunt", "--baseline", "hare,hare"), "mixed-interests"),
        (("battle-of-the-sexes", "--baseline", "boxing,boxing;ballet,ballet"), "harmony"),
        (("prisoners-dilemma", "--baseline", "dominant"), "mixed-interests"),
        (("battle-of-the-sexes", "--baseline", "curb"), "mixed-interests"),  # 1.1.1
        (("navigation-acts(sigma=0.5)",), "harmony"),
        (("mercantilism(r=1.0)", "--by", "choice"), "opposed-interests"),
        (("mercantilism(r=1.0)",), "mixed-interests"),
    ],
)
def test_readings(arguments, category):
    assert as_json(*arguments)["category"] == category


def test_gifts_hinder_nobody():
    table = "4,4 3,3 / 3,3 2,2"
    assert as_json("--payoffs", table)["category"] == "harmony"
    with_gift = "4,4 3,3 5,1 / 3,3 2,2 4,0 / 1,5 0,4 2,2"
    assert as_json("--payoffs", with_gift)["category"] == "opposed-interests"
    assert as_json("--payoffs", with_gift, "--gift", "2")["category"] == "harmony"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("stag-hunt", "--baseline", "curbb"), "did you mean curb"),
        (("stag-hunt", "--baseline", "stag,stagg"), "actor 2: no action"),
        (("stag-hunt", "--baseline", "stag,stag,stag"), "names 3 actions"),
        (("stag-hunt", "--baseline", "dominant"), "no action of actor 1 and actor 2"),
        (("stag-hunt", "--gift", "rabbit"), "--gift: no action"),
    ],
)
def test_readings_that_cannot_be(arguments, message):
    result = run(*arguments)
    assert isinstance(result.exception, Mistake)
    assert message in str(result.exception)
