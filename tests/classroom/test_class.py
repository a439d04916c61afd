"""A class's tournament: the same matches as in our own process, and only those that are new."""

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from coopgames.classroom import (
    Limits,
    conditions,
    leaderboard,
    rounds,
    standing,
    write_feedback,
    write_grades,
    write_leaderboard,
)
from coopgames.experiments import run
from coopgames.mistakes import Mistake
from coopgames.play import Horizon
from coopgames.reports import open_results, report
from coopgames.specs import Entrant
from coopgames.specs.strategy_file import python_strategy

CHANCE = ("repetitions=6",)
"""With these, games end by chance."""

CONDITIONS = [
    (), ("noise=0.1",), ("horizon.known=true",), ("game='deadlock'", "self_play=true"), CHANCE,
    ("perception.error=0.1",),
]  # fmt: skip


@pytest.fixture
def class_(honest, tmp_path):
    """A class whose files can be changed."""
    return Path(shutil.copytree(honest, tmp_path / "class"))


@pytest.fixture
def monty(monkeypatch):
    """The program of pydantic-monty, wherever its package is."""
    package = pytest.importorskip("pydantic_monty")
    beside = Path(package.__file__).parents[4] / "bin" / "monty"
    if beside.is_file():
        monkeypatch.setenv("MONTY_BIN", str(beside))


def in_process(folder, sets, out, horizon=None):
    """Play the same class with the ordinary engine, in this process."""
    base = conditions(None, ("periods=20", "repetitions=2", *sets),
                      ("tit-for-tat", "always-defect", "random"))  # fmt: skip
    base = replace(base, horizon=horizon or base.horizon)
    theirs = [Entrant(p.stem, replace(python_strategy(p), name=p.stem)) for p in
              sorted(folder.glob("*.py"))]  # fmt: skip
    return run(replace(base, entrants=(*base.entrants, *theirs)), folder=out, workers=1)


@pytest.mark.parametrize("sets", CONDITIONS, ids=lambda x: " ".join(x) or "plain")
def test_the_matches_are_those_of_our_own_process_to_the_byte(sets, honest, played, tmp_path):
    horizon = Horizon(continuation=0.9) if sets == CHANCE else None
    found = played(honest, tmp_path / "out", sets=sets, horizon=horizon)
    assert not found.out
    expected = in_process(honest, sets, tmp_path / "here", horizon)
    for name in ("matches.parquet", "standings.csv", "accommodation.csv"):
        first, second = (x.folder / name for x in (found.results, expected))
        assert first.read_bytes() == second.read_bytes(), name


def test_the_hardened_runner_plays_the_same(honest, played, monty, tmp_path):
    found = played(honest, tmp_path / "out", runner="hardened")
    assert not found.out
    expected = in_process(honest, (), tmp_path / "here")
    first, second = (x.folder / "matches.parquet" for x in (found.results, expected))
    assert first.read_bytes() == second.read_bytes()


def test_the_hardened_runner_names_culprits(played, monty, tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    sources = {
        "good": "def strategy(theirs):\n    return theirs[-1] if theirs else 0\n",
        "nonsense": "def strategy(mine):\n    return 1.0\n",
        "loop": "def strategy(mine):\n    while True:\n        pass\n",
        "hoard": "def strategy(mine):\n    x = []\n    while 1:\n        x.append('x' * 10**6)\n",
        "reads": "def strategy(mine):\n    return len(open('/etc/passwd').read())\n",
        "system": "import os\ndef strategy(mine):\n    return os.system('true')\n",
        "luck": "import random\ndef strategy(mine):\n    return random.randint(0, 1)\n",
    }
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    found = played(folder, tmp_path / "out", runner="hardened", limits=Limits(3, 20, 96))
    kinds = {x.entry.who: x.trouble.kind for x in found.out}
    assert kinds == {
        "nonsense": "mistake", "loop": "time", "hoard": "memory", "reads": "mistake",
        "system": "mistake", "luck": "differs",
    }  # fmt: skip
    assert [e.who for e in found.entries] == ["good"]


def test_after_one_handed_in_again_only_its_matches_are_played(class_, played, tmp_path):
    first = played(class_, tmp_path / "out")
    n = 6  # three of the class, three of the house
    assert (first.played, first.reused) == (n * (n - 1) // 2, 0)
    same = played(class_, tmp_path / "out")
    assert (same.played, same.reused) == (0, first.played)
    before = first.results.matches
    source = "def strategy(mine):\n    return 1\n"
    (class_ / "ada.py").write_text(source, encoding="utf-8")
    again = played(class_, tmp_path / "out")
    assert (again.played, again.reused) == (n - 1, first.played - (n - 1))
    others = (pl.col("first") != "ada") & (pl.col("second") != "ada")
    assert again.results.matches.filter(others).equals(before.filter(others))
    assert not again.results.matches.filter(~others).equals(before.filter(~others))


def test_a_culprit_is_not_tried_again_until_it_changes(class_, played, tmp_path):
    (class_ / "eve.py").write_text("def strategy():\n    return 7\n", encoding="utf-8")
    first = played(class_, tmp_path / "out")
    assert [x.entry.who for x in first.out] == ["eve"]
    same = played(class_, tmp_path / "out")
    assert same.played == 0
    assert same.out == first.out
    (class_ / "eve.py").write_text("def strategy():\n    return 1\n", encoding="utf-8")
    mended = played(class_, tmp_path / "out")
    assert not mended.out
    assert mended.played == 6


def test_what_is_done_is_kept_when_it_is_interrupted(class_, played, monkeypatch, tmp_path):
    monkeypatch.setattr(rounds, "COURSES", 8)  # several pieces
    seen = []

    def stop(progress):
        seen.append(progress)
        if progress.done >= 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        played(class_, tmp_path / "out", progress=stop)
    rest = played(class_, tmp_path / "out")
    assert 0 < rest.reused < 15
    assert rest.played == 15 - rest.reused
    whole = played(class_, tmp_path / "whole")
    assert whole.results.matches.equals(rest.results.matches)


def test_the_results_are_ordinary_and_reporting_them_runs_no_code(class_, played, tmp_path):
    found = played(class_, tmp_path / "out")
    trap = class_.parent / "ran"
    for path in (*class_.glob("*.py"), *found.folder.path.glob("submissions/*/*.py")):
        path.write_text(f"open({str(trap)!r}, 'w')\n", encoding="utf-8")
    assert "ada" in report(open_results(found.results.folder))
    assert not trap.exists()
    with pytest.raises(Mistake, match="coopgames class run plays it"):
        run(found.results.folder / "manifest.json", folder=tmp_path / "again", workers=1)


def test_the_pages(class_, played, tmp_path):
    (class_ / "eve.py").write_text("def strategy():\n    return 7\n", encoding="utf-8")
    (class_ / "=cmd.py").write_text("def strategy():\n    return 1\n", encoding="utf-8")
    (class_ / "notes.txt").write_text("hello", encoding="utf-8")
    shutil.copy(class_ / "ben.py", class_ / "bella.py")
    s = standing(played(class_, tmp_path / "out"))
    page = write_leaderboard(s).read_text(encoding="utf-8")
    names = {"ada", "ben", "bella", "cleo", "eve", "=cmd", "notes"}
    words = set(page.replace("<", " ").replace(">", " ").replace('"', " ").split())
    assert not words & names
    assert all(s.shown(name) in page for name in ("ada", "ben", "bella", "cleo", "=cmd"))
    assert s.shown("eve") not in page
    assert ">ada<" in leaderboard(s, names=True)

    with write_grades(s).open(encoding="utf-8") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"'=cmd", *names - {"=cmd"}}  # no spreadsheet takes it for a formula
    assert rows["ben"]["note"] == "the same file as bella"
    assert (rows["ada"]["status"], rows["ada"]["checks_passed"]) == ("played", "6")
    assert rows["eve"]["status"] == "out"
    assert rows["eve"]["reason"].endswith(
        "returned 7, which is no action; one of 0 (C), 1 (D) would be."
    )
    assert (
        rows["notes"]["reason"] == "notes.txt is no Python file (a name that ends in .py is needed)"
    )
    score = {row["strategy"]: row["score"] for row in s.tournament.results.standings.to_dicts()}
    for name in ("ada", "ben", "cleo"):
        row = rows[name]
        assert float(row["score"]) == pytest.approx(score[name], abs=5e-4)
        assert float(row["score_low"]) <= float(row["score"]) <= float(row["score_high"])
        assert int(row["rank_low"]) <= int(row["rank"]) <= int(row["rank_high"]) <= int(row["of"])
        lower = sum(score[h] < score[name] for h in ("tit-for-tat", "always-defect", "random"))
        assert int(row["baselines_beaten"]) == lower

    pages = {who: path.read_text(encoding="utf-8") for who, path in write_feedback(s).items()}
    assert set(pages) == names
    for who, text in pages.items():
        assert s.shown(who) in text
        assert not set(text.replace("*", " ").replace(",", " ").split()) & (names - {who})
    assert "returned 7, which is no action" in pages["eve"]
    assert "Three matches worth a look" in pages["ada"]


def test_pseudonyms_stay(class_, played, tmp_path):
    first = standing(played(class_, tmp_path / "out")).pseudonyms
    (class_ / "dora.py").write_text("def strategy():\n    return 1\n", encoding="utf-8")
    then = standing(played(class_, tmp_path / "out")).pseudonyms
    assert {name: then[name] for name in first} == dict(first)
    assert len(set(then.values())) == len(then)


def test_nobody_plays_under_the_name_of_the_house(class_, played, tmp_path):
    (class_ / "tit-for-tat.py").write_text("def strategy():\n    return 1\n", encoding="utf-8")
    found = played(class_, tmp_path / "out")
    assert "student tit-for-tat" in {e.who for e in found.entries}
    assert found.house == ("tit-for-tat", "always-defect", "random")


@pytest.mark.parametrize(
    ("sets", "words"),
    [
        (("noise=2",), "noise"),
        (("game='liberal-trade'",), "written for two actions"),
        (("regime=pledge",), "a class plays without a regime"),
    ],
)
def test_mistakes_of_the_settings(class_, played, sets, words, tmp_path):
    with pytest.raises(Mistake, match=words):
        played(class_, tmp_path / "out", sets=sets)


def test_a_folder_that_holds_something_else(class_, played, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("…", encoding="utf-8")
    with pytest.raises(Mistake, match="holds files but no class"):
        played(class_, tmp_path / "mine")


def test_nobody(tmp_path, played):
    (tmp_path / "class").mkdir()
    with pytest.raises(Mistake, match="nothing here can be played"):
        played(tmp_path / "class", tmp_path / "out")


def test_sessions_are_kept(class_, played, tmp_path):
    found = played(class_, tmp_path / "out")
    sessions = json.loads((found.results.folder / "run.json").read_text())["sessions"]
    assert [(x["played"], x["reused"], x["finished"]) for x in sessions] == [(15, 0, True)]
