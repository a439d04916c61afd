"""``coopgames games solve``, ``convert`` and ``plot``."""

import json
import subprocess
import sys

import numpy as np
import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.games import Game, catalog, named_game
from coopgames.mistakes import Mistake
from coopgames.specs import game_from, write_game


def run(*arguments):
    return CliRunner().invoke(coopgames, ["games", *arguments], standalone_mode=False)


def solved(*arguments):
    result = run("solve", *arguments, "--json")
    assert result.exit_code == 0, result.exception
    return json.loads(result.stdout)


def said(*arguments):
    result = run(*arguments)
    assert result.exit_code == 0, result.exception
    return " ".join(result.stdout.split())


@pytest.fixture
def written(tmp_path):
    def write(game, ending=".toml"):
        return str(write_game(game, tmp_path / f"game{ending}"))

    return write


# --- solve ----------------------------------------------------------------------------------------


def test_the_prisoners_dilemma_as_json():
    # classics-iterated.md, entries 2 and 3.
    found = solved("prisoners-dilemma", "--repeated", "0.6")
    assert found["equilibria"] == [
        {
            "actions": ["D", "D"], "mix": [[0.0, 1.0], [0.0, 1.0]],
            "exact": [["0", "1"], ["0", "1"]], "payoffs": [1.0, 1.0],
        }
    ]  # fmt: skip
    assert (found["mixed"], found["degenerate"], found["infinite"]) == (True, False, False)
    assert found["sets"] == [[0]]
    assert [x["actions"] for x in found["efficient"]] == [["C", "C"], ["C", "D"], ["D", "C"]]
    assert (found["before"], found["bargain"]) == ([1, 1], [3, 3])
    assert found["minmax"] == {"mixed": [1, 1], "pure": [1, 1]}
    assert found["correlated"]["sum"]["lottery"] == [{"actions": ["D", "D"], "probability": 1.0}]
    assert found["feasible"]["area"] == pytest.approx(10)
    assert found["rational"]["area"] == pytest.approx(20 / 3)
    repeated = found["repeated"]
    assert np.allclose(repeated["vertices"], [(1, 1), (13 / 3, 1), (3, 3), (1, 13 / 3)])
    assert repeated["thresholds"] == pytest.approx({"grim": 1 / 2, "tit-for-tat": 2 / 3})
    assert found["remarks"] == []


def test_mixed_equilibria_are_exact():
    found = solved("battle-of-the-sexes")["equilibria"][-1]
    assert found["exact"] == [["3/5", "2/5"], ["2/5", "3/5"]]
    assert found["actions"] is None
    assert found["payoffs"] == pytest.approx([1.2, 1.2])


def test_infinitely_many_equilibria_are_told_as_sets(written):
    flat = Game("flat", [[[1, 1], [1, 1]], [[1, 1], [1, 1]]])
    path = written(flat)
    found = solved(path)
    assert (found["infinite"], found["degenerate"], found["sets"]) == (True, True, [[0, 1, 2, 3]])
    text = said("solve", path)
    assert "infinitely many equilibria: 4 are listed" in text
    assert "any mixture of what one actor plays goes with any mixture" in text


def test_a_degenerate_game_with_few_equilibria_is_told_so(written):
    # The second actor's replies are equal against 0, which is dominated by nothing: but no
    # equilibrium uses the tie.
    game = Game("g", [[[1, 1], [1, 2]], [[0, 0], [0, 1]]])
    text = said("solve", written(game))
    assert "The game is degenerate" in text


def test_three_actors(written):
    found = solved("volunteers-dilemma")
    assert not found["mixed"]
    assert found["degenerate"] is None
    assert found["sets"] is None
    assert len(found["equilibria"]) == 3
    assert found["equilibria"][0]["mix"] is None
    assert found["feasible"] is None
    assert "mixed equilibria are computed for two" in found["remarks"][0]
    text = said("solve", "volunteers-dilemma")
    assert "3 equilibria in pure actions" in text
    assert "held to by the others together" in text
    assert "games plot" not in text


def test_what_is_too_large_is_left_out_with_a_remark(written):
    rng = np.random.default_rng(0)
    path = written(Game("large", rng.normal(size=(2, 16, 16))), ".csv")
    found = solved(path)
    assert "more than 8,000 mixtures" in found["remarks"][0]
    assert not found["mixed"]
    assert found["equilibria"][0]["mix"] is None
    assert "one equilibrium in pure actions: (10, 8)." in said("solve", path)
    assert found["minmax"]["mixed"]


def test_choice_decides_and_goals_are_told(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text('base = "stag-hunt"\nrelative_gains = 0.5\n')
    found = solved(str(path))
    assert [e["actions"] for e in found["equilibria"]] == [["hare", "hare"]]
    assert found["equilibria"][0]["payoffs"] == [2, 2]
    text = said("solve", str(path), "--repeated", "0.9")
    assert "payoffs are those of the goals" in text
    assert "In (stag, stag) both would be better off than in it." in text


def test_thresholds_follow_what_drives_choice(tmp_path):
    # theory.md 1.5.9: in the dilemma 4, 3, 2, 1 grim needs (1 + 2r)/(2 + r).
    path = tmp_path / "m.toml"
    path.write_text(
        'name = "pd"\npayoffs = [[[3, 1], [4, 2]], [[3, 4], [1, 2]]]\nrelative_gains = 0.5\n'
    )
    found = solved(str(path), "--repeated", "0.9")
    assert found["repeated"]["thresholds"]["grim"] == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("prisoners-dilemma", "has one equilibrium: (D, D). In (C, C) both would be better off"),
        ("stag-hunt", "has 3 equilibria: (stag, stag), (hare, hare) and one in mixed actions."),
        ("matching-pennies", "one equilibrium, in mixed actions: actor 1 plays heads 1/2"),
        ("matching-pennies", "nothing is better for both"),
        ("deadlock", "has one equilibrium: (D, D). "),
        ("battle-of-the-sexes", "1.2, 1.2; in pure actions 2, 2"),
        ("battle-of-the-sexes", "in sum; 2.5, 2.5 for the worst-off"),
        ("common-pool", "Beside each of them there is an outcome that is better for all."),
        ("public-goods", "all would be better off than in it."),
    ],
)
def test_people_are_told_in_words(name, words):
    assert words in said("solve", name)


def test_the_sentence_comes_first_and_what_to_do_last():
    text = run("solve", "stag-hunt", "--repeated", "0.5").stdout
    parts = ("has 3 equilibria", "4, 4 •", "plays", "efficient outcomes", "repeated, δ", "Next")
    at = [text.index(x) for x in parts]
    assert at == sorted(at)


def test_repeated_play_in_words(written):
    assert "only (1, 1)" in said("solve", "prisoners-dilemma", "--repeated", "0.2")
    pennies = said("solve", "matching-pennies", "--repeated", "0.9")
    assert "no equilibrium in pure actions" in pennies
    harmony = said("solve", "harmony", "--repeated", "0.5")
    assert "grim is an equilibrium however short play is" in harmony
    assert "tit-for-tat is never an equilibrium" in said("solve", "deadlock", "--repeated", "0.9")


@pytest.mark.parametrize("name", catalog())
def test_every_named_game_is_solved(name):
    result = run("solve", name)
    assert result.exit_code == 0, result.exception
    assert "nan" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["staghunt"], "did you mean stag-hunt"),
        (["nowhere.nfg"], "nowhere.nfg: there is no such file"),
        (["chicken", "--repeated", "1"], "delta = 1 is no discount factor"),
        (["public-goods", "--repeated", "0.5"], "has 4 actors"),
    ],
)
def test_mistakes_are_one_line(arguments, words):
    result = run("solve", *arguments)
    assert isinstance(result.exception, Mistake)
    assert words in str(result.exception)
    assert len(str(result.exception).splitlines()) == 1
    assert not result.stdout


# --- convert --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".toml", ".csv", ".nfg"])
def test_what_is_converted_can_be_solved(tmp_path, ending):
    path = tmp_path / f"chicken{ending}"
    result = run("convert", "chicken", "-o", str(path))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == str(path)
    assert np.array_equal(game_from(str(path)).payoffs, named_game("chicken").payoffs)
    assert solved(str(path))["equilibria"] == solved("chicken")["equilibria"]


@pytest.mark.parametrize("ending", [".tex", ".html"])
def test_tables_for_slides(tmp_path, ending):
    path = tmp_path / f"chicken{ending}"
    assert run("convert", "chicken", "-o", str(path)).exit_code == 0
    assert "swerve" in path.read_text()
    assert isinstance(run("solve", str(path)).exception, Mistake)


def test_what_is_left_out_is_said(written, tmp_path):
    driven = game_from(written(named_game("chicken")))
    game = Game("g", driven.payoffs, roles=[[0, 1]] * 2, story="s", choice=driven.payoffs + 1)
    path = written(game)

    def lost(ending):
        out = str(tmp_path / f"x{ending}")
        result = run("convert", path, "-o", out, "--json")
        assert json.loads(result.stdout)["file"] == out
        return json.loads(result.stdout)["left_out"]

    assert lost(".toml") == []
    assert lost(".csv") == ["its name", "its story", "its roles"]
    assert lost(".nfg") == ["its roles", "what drives choice"]
    assert lost(".html") == ["its story", "its roles", "what drives choice"]
    text = said("convert", path, "-o", str(tmp_path / "x.nfg"))
    assert text.endswith("has no place for it: its roles and what drives choice.")


def test_an_unknown_ending_is_a_mistake(tmp_path):
    result = run("convert", "chicken", "-o", str(tmp_path / "x.xlsx"))
    assert 'no kind of file ".xlsx"' in str(result.exception)
    assert not list(tmp_path.iterdir())


# --- plot -----------------------------------------------------------------------------------------


def test_a_picture_is_written(tmp_path):
    path = tmp_path / "chicken.svg"
    result = run("plot", "chicken", "-o", str(path), "--json")
    assert json.loads(result.stdout) == {"file": str(path), "game": "chicken"}
    assert path.read_text().startswith("<?xml")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["public-goods", "-o", "x.png"], "has 4 actors"),
        (["chicken", "-o", "x.gif"], 'no kind of picture ".gif"'),
        (["chicken", "-o", "no/x.png"], "cannot be written"),
    ],
)
def test_mistakes_of_pictures(tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    result = run("plot", *arguments)
    assert isinstance(result.exception, Mistake)
    assert words in str(result.exception)
    assert not list(tmp_path.iterdir())


# --- the others take files too --------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".toml", ".csv", ".nfg"])
def test_show_and_classify_take_files(written, ending):
    path = written(named_game("stag-hunt"), ending)
    card = json.loads(run("show", path, "--json").stdout)
    assert (card["category"], card["subtype"]) == ("mixed-interests", "assurance")
    assert card["source"] == path
    text = run("show", path).stdout
    assert f"coopgames classify {path}" in text
    assert "coopgames match" not in text
    result = CliRunner().invoke(coopgames, ["classify", path, "--json"], standalone_mode=False)
    assert json.loads(result.stdout)["subtype"] == "assurance"


def test_loading_the_commands_loads_nothing_heavy():
    code = (
        "import sys; import coopgames.cli.games.solve, coopgames.cli.games.convert; "
        "import coopgames.cli.games.plot; "
        "assert not {'numpy', 'scipy', 'rich', 'numba', 'matplotlib'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
