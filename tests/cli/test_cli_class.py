"""``coopgames class run``."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.mistakes import Mistake

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes of their own need POSIX")

SMALL = ("--periods", "10", "--repetitions", "2", "--house", "tit-for-tat", "--house",
         "always-defect")  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(coopgames, ["class", "run", *arguments], standalone_mode=False)


@pytest.fixture
def submissions(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "week 3"
    folder.mkdir()
    (folder / "ada.py").write_text("def strategy():\n    return 0\n", encoding="utf-8")
    (folder / "ben.py").write_text("def strategy():\n    return 1\n", encoding="utf-8")
    (folder / "eve.py").write_text("def strategy():\n    return None\n", encoding="utf-8")
    (folder / "notes.txt").write_text("hello", encoding="utf-8")
    return folder


def test_it_says_who_did_well_who_is_out_and_what_to_do_next(submissions):
    done = run(str(submissions), *SMALL)
    assert done.exception is None
    said = " ".join(done.stdout.split())
    assert "2 strategies of the class play, and 2 of the house." in said
    assert "eve (eve.py): In period 1 against" in said
    assert "returned None, which is no action" in said
    assert "notes: notes.txt is no Python file" in said
    assert "Next show leaderboard.html" in said
    out = Path("results/week 3")
    assert {p.name for p in out.iterdir()} >= {
        "leaderboard.html", "grades.csv", "key.csv", "feedback", "results",
    }  # fmt: skip
    again = run(str(submissions), *SMALL)
    assert "6 of 6 matches were there already." in again.stderr


def test_json(submissions):
    done = run(str(submissions), *SMALL, "-o", "out", "--json")
    content = json.loads(done.stdout)
    assert (content["played"], content["reused"], content["runner"]) == (10, 0, "process")
    assert [(r["student"], r["status"]) for r in content["grades"]] == [
        ("ada", "played"), ("ben", "played"), ("eve", "out"), ("notes", "set aside"),
    ]  # fmt: skip
    assert content["grades"][2]["score"] is None


def test_names_are_shown_only_if_asked_for(submissions):
    run(str(submissions), *SMALL, "-o", "out")
    assert ">ada<" not in Path("out/leaderboard.html").read_text(encoding="utf-8")
    run(str(submissions), *SMALL, "-o", "out", "--names")
    assert ">ada<" in Path("out/leaderboard.html").read_text(encoding="utf-8")


def test_conditions_from_an_experiment(submissions):
    done = run(str(submissions), "--experiment", "axelrod-1980", "--set", "periods=5",
               "--set", "repetitions=1", "-o", "out", "--json")  # fmt: skip
    assert json.loads(done.stdout)["grades"][0]["baselines"] == 15


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), "nowhere: there is no such folder or zip"),
        (("week 3", "--house", "tit-for-tatt"), "did you mean tit-for-tat"),
        (("week 3", "--periods", "0"), "periods"),
        (("week 3", "--game", "nonsense"), 'no game "nonsense"'),
        (("week 3", "--set", "horizon.infinite=true"), "games that end"),
    ],
)
def test_mistakes_are_said_in_a_line(submissions, arguments, words):
    done = run(*arguments)
    assert isinstance(done.exception, Mistake)
    assert words in str(done.exception)
