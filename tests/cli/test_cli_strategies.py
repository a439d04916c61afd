"""``coopgames strategies``."""

import json
import math
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.mistakes import Mistake
from coopgames.strategies import library, regime_library

ALTERNATES_AFTER_A_SLIP = """
name = "my <own> & only"
voice = "Mine [bold] alone."
initial = "a"
[[state]]
name = "a"
accommodate = 1.0
next = {CC = "a", CD = "b", DC = "a", DD = "b"}
[[state]]
name = "b"
accommodate = 0.25
next = {CC = "a", CD = "b", DC = "a", DD = "b"}
"""


def run(*arguments):
    return CliRunner().invoke(coopgames, ["strategies", *arguments], standalone_mode=False)


def as_json(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def traits(name):
    return as_json("show", name)["traits"]


def test_the_list_has_the_whole_library():
    said = run("list").stdout.splitlines()
    listed = [line.split()[0].rstrip("°") for line in said if line[:2] == "  " and line[2] != " "]
    assert sorted(listed) == sorted({*library(), *regime_library()})
    assert max(map(len, said)) <= 100


def test_the_list_as_json_has_what_a_card_has_but_its_text_and_its_table():
    rows = as_json("list")
    assert [row["name"] for row in rows] == [*library(), *regime_library()]
    for row in rows[::20]:
        card = as_json("show", row["name"])
        assert row == {key: card[key] for key in row if key != "problem"} | {"problem": None}
        assert {"aliases", "traits", "stance", "parameters", "form", "family"} <= set(row)


def test_a_family_is_listed_with_its_voices():
    members = [e for e in library().values() if e.family == "tit_for_tat"]
    assert [r["name"] for r in as_json("list", "--family", "tit-for-tat")] == [
        e.name for e in members
    ]
    said = " ".join(run("list", "--family", "tit-for-tat").stdout.split())
    assert all(f"“{e.voice}”" in said for e in members)
    assert "always-defect" not in said


def test_who_reads_a_regime_is_a_family_apart():
    rows = as_json("list", "--family", "under-regimes")
    assert [row["name"] for row in rows] == list(regime_library())
    assert {row["form"] for row in rows} == {"guided", "expecting"}
    said = " ".join(run("show", "compliance").stdout.split())
    assert "Do what is asked; where nothing is, do otherwise." in said
    assert "an automaton that reads what a regime shows" in said
    assert "coopgames match compliance tit-for-tat --regime pledge" in said


def test_a_family_that_does_not_exist():
    mistake = run("list", "--family", "expctations").exception
    assert isinstance(mistake, Mistake)
    assert "did you mean expectations" in str(mistake)


@pytest.mark.parametrize("name", library())
def test_every_strategy_has_a_card(name):
    said = run("show", name).stdout
    entry = library()[name]
    assert said.index(name) < said.index(entry.voice.split()[0]) < said.index("source")
    card = as_json("show", name)
    assert card["name"] == card["label"] == name
    assert card["voice"] == entry.voice
    assert card["description"] == entry.description
    usual = {k: "inf" if v == math.inf else v for k, v in entry.defaults.items()}
    assert card["parameters"] == card["usual"] == usual
    assert (card["automaton"] is None) == (card["form"] != "automaton")


# Nice: Axelrod (1980) counts as nice tit for tat, Tideman & Chieruzzi, Nydegger, Grofman, Shubik,
# Stein & Rapoport, Friedman and Davis; Joss is his example of one that is not.
@pytest.mark.parametrize(
    ("name", "nice"),
    [
        ("tit-for-tat", True),
        ("tit-for-two-tats", True),
        ("generous-tit-for-tat", True),
        ("contrite-tit-for-tat", True),
        ("win-stay-lose-shift", True),
        ("grim", True),
        ("always-accommodate", True),
        ("nydegger", True),
        ("grofman", True),
        ("friedman", True),
        ("davis", True),
        ("suspicious-tit-for-tat", False),
        ("joss", False),
        ("random", False),
        ("random(p=1.0)", True),
        ("alternator", False),
        ("always-defect", False),
        ("tullock", False),
        ("gradual", True),
    ],
)
def test_who_is_nice(name, nice):
    assert traits(name)["nice"] is nice


@pytest.mark.parametrize(
    ("name", "without_slips", "with_slips"),
    [("tit-for-tat", 1, 1), ("grim", 1, None), ("tit-for-two-tats", 2, 2), ("gradual", None, None)],
)
def test_how_far_back_it_remembers(name, without_slips, with_slips):
    found = traits(name)
    assert (found["memory"], found["memory_with_slips"]) == (without_slips, with_slips)


def test_traits_are_told_in_words():
    said = " ".join(run("show", "grim").stdout.split())
    assert "a single withholding can provoke it" in said
    assert "the last period decides; if hands slip, no number of last periods suffices" in said
    assert "if hands slip" not in run("show", "gradual").stdout


def test_a_short_name_shows_the_strategy():
    card = as_json("show", "TFT")
    assert card["name"] == card["label"] == "tit-for-tat"
    assert "TFT" in card["aliases"]
    assert "also called TFT" in " ".join(run("show", "tit-for-tat").stdout.split())


def test_who_draws_lots_and_who_responds():
    assert traits("random")["stochastic"] is True
    assert traits("random")["responds"] is False
    assert traits("alternator")["deterministic"] is True
    assert traits("joss")["responds"] is True
    assert traits("tullock")["stochastic"] is True


def test_the_states_of_an_automaton():
    automaton = as_json("show", "grim")["automaton"]
    never = {"CC": "never", "CD": "never", "DC": "never", "DD": "never"}
    trust = {"CC": "trust", "CD": "never", "DC": "trust", "DD": "never"}
    assert automaton == {
        "initial": "trust",
        "states": [
            {"name": "trust", "accommodate": 1.0, "next": trust},
            {"name": "never", "accommodate": 0.0, "next": never},
        ],
    }
    lines = run("show", "grim").stdout.splitlines()
    (row,) = [line.split() for line in lines if line.startswith("→  trust")]
    assert row == ["→", "trust", "100", "%", "trust", "never", "trust", "never"]


def test_many_states_are_cut_in_the_terminal_only():
    assert "And 61 more states" in run("show", "nydegger").stdout
    assert len(as_json("show", "nydegger")["automaton"]["states"]) == 85


def test_parameters_can_be_given():
    card = as_json("show", "generous-tit-for-tat(q=0.25)")
    assert card["parameters"] == {"q": 0.25}
    assert card["usual"] == {"q": 1 / 3}
    assert card["automaton"]["states"][1]["accommodate"] == 0.25
    assert "q = 0.25 (usually 0.3333)" in run("show", "generous-tit-for-tat(q=0.25)").stdout


def test_a_toml_file(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(ALTERNATES_AFTER_A_SLIP)
    said = run("show", str(file)).stdout
    assert "Mine [bold] alone." in said
    card = as_json("show", str(file))
    assert (card["name"], card["family"]) == ("my <own> & only", "own")
    assert card["description"] == card["source"] == ""
    assert card["traits"]["nice"] is True
    drawn = tmp_path / "mine.svg"
    run("show", str(file), "-o", str(drawn))
    assert ET.parse(drawn).getroot()[0].text == "my <own> & only"


def test_a_python_file(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(
        'DESCRIPTION = "As I like."\ndef strategy(mine):\n    """Give."""\n    return 0\n'
    )
    card = as_json("show", str(file))
    assert (card["form"], card["voice"], card["description"]) == ("python", "As I like.", "Give.")
    assert set(card["traits"].values()) == {None}
    assert "not known" in run("show", str(file)).stdout


def test_a_drawing_is_written(tmp_path):
    file = tmp_path / "tit.svg"
    result = run("show", "tit-for-tat", "-o", str(file))
    assert "Drawn" in result.stdout
    assert ET.parse(file).getroot().tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tit-for-tatt"], "did you mean tit-for-tat"),
        (["random(q=1)"], 'no parameter of random "q"'),
        (["no.toml"], "there is no such file"),
        (["tullock", "-o", "x.svg"], "only an automaton has states to draw"),
        (["nydegger", "-o", "x.svg"], "--json"),
        (["grim", "-o", "x.png"], "must end in .svg"),
        (["grim", "-o", "no/folder/x.svg"], "cannot be written"),
    ],
)
def test_mistakes_are_raised_for_the_handler(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("show", *arguments)
    assert isinstance(result.exception, Mistake)
    assert said in str(result.exception)
    assert not list(tmp_path.iterdir())
