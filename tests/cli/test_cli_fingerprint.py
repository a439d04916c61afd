"""``coopgames strategies fingerprint``."""

import json

import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.mistakes import Mistake


def run(*arguments):
    command = ["strategies", "fingerprint", *arguments]
    return CliRunner().invoke(coopgames, command, standalone_mode=False)


def test_the_sentence_comes_first_then_the_table_then_what_is_next():
    said = " ".join(run("always-defect").stdout.split())
    # Closed form: 1 + 4x, whatever y.
    assert said.startswith(
        "Against tit-for-tat itself always-defect gets 1 a period, against one that always "
        "accommodates 5, against one that always withholds 1; over all noisy forms of "
        "tit-for-tat 3 on average."
    )
    row = "1.00 1.80 2.60 3.40 4.20 5.00"
    assert said.count(row) == 6
    assert said.index(row) < said.index("Solved exactly, for play without end")
    assert said.endswith("coopgames strategies fingerprint always-defect -o always-defect.svg")


def test_json_has_every_point():
    found = json.loads(run("always-accommodate", "--steps", "4", "--json").stdout)
    assert found["x"] == found["y"] == [0, 0.25, 0.5, 0.75, 1]
    assert found["means"] == [[3, 2.25, 1.5, 0.75, 0]] * 5
    assert (found["method"], found["standard_errors"]) == ("exact", None)


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_it_is_drawn(tmp_path, suffix):
    file = tmp_path / f"mine{suffix}"
    result = run("grim", "--probe", "generous-tit-for-tat(q=0.2)", "--steps", "20", "-o", str(file))
    assert result.exit_code == 0
    assert file.stat().st_size > 1000
    assert "generous-tit-for-tat(q=0.2) itself grim gets" in " ".join(result.stdout.split())


def test_what_is_no_automaton_is_played_if_asked_for():
    assert "feld is not known to be an automaton" in str(run("feld").exception)
    options = ["--sample", "--steps", "2", "--periods", "20", "--repetitions", "8", "--seed", "4"]
    said = " ".join(run("feld", *options).stdout.split())
    assert "Sampled: 8 games of 20 periods at each point. Standard errors are" in said
    assert said.endswith("coopgames strategies fingerprint feld --sample -o feld.svg")
    found = json.loads(run("feld", *options, "--json").stdout)
    assert found["method"] == "sampled"
    assert max(max(row) for row in found["standard_errors"]) > 0
    assert found == json.loads(run("feld", *options, "--json").stdout)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["grim", "--seed", "3"], "--seed is for --sample"),
        (["grim", "-o", "grim.txt"], "no kind of picture"),
        (["grim", "--steps", "0"], "0 steps along a side"),
        (["grimm"], "did you mean grim"),
    ],
)
def test_mistakes_are_one_line(arguments, said):
    mistake = run(*arguments).exception
    assert isinstance(mistake, Mistake)
    assert said in str(mistake)
    assert "\n" not in str(mistake)
