"""What `coopgames new` writes works as it stands, as a file and as a package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coopgames.classroom import new_package, new_strategy
from coopgames.games import named_game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, course
from coopgames.specs import strategy_from
from coopgames.strategies import strategy


def test_the_file_is_a_strategy_that_plays_what_it_says(tmp_path: Path) -> None:
    path = new_strategy("my-strategy", tmp_path)
    assert path == tmp_path / "my_strategy.py"
    mine = strategy_from(str(path))
    assert mine.label == "my-strategy"
    # What it says of itself is generous tit for tat, which lets one in ten pass.
    other, pd = strategy("random"), named_game("prisoners-dilemma")
    like = strategy("generous-tit-for-tat", q=0.1)
    played = [
        course(Match(pd, (s, other), Horizon(2000), labels=("a", "b")), seed=1).tolist()
        for s in (mine, like)
    ]
    withholds = [[p // 2 for p in course_] for course_ in played]
    after = [t + 1 for t, p in enumerate(played[0][:-1]) if p % 2]
    let_pass = sum(withholds[0][t] == 0 for t in after) / len(after)
    # Five standard deviations: left with a probability below 1e-6.
    assert abs(let_pass - 0.1) < 5 * (0.09 / len(after)) ** 0.5


@pytest.mark.parametrize("make", [new_strategy, new_package])
def test_nothing_is_overwritten(tmp_path: Path, make: object) -> None:
    path = make("mine", tmp_path)  # type: ignore[operator]
    before = {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()}
    with pytest.raises(Mistake, match=f"{path.name}: is there already; nothing was written"):
        make("mine", tmp_path)  # type: ignore[operator]
    assert {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()} == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("My Strategy", '"My Strategy" is no name for a strategy; write small letters'),
        ("../mine", "is no name for a strategy"),
        ("tit-for-tat", "the library has a strategy tit-for-tat already"),
        ("class", '"class" is a word of Python\'s own'),
    ],
)
def test_names_that_are_none(tmp_path: Path, name: str, says: str) -> None:
    for make in (new_strategy, new_package):
        with pytest.raises(Mistake, match=says):
            make(name, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_package_installs_is_listed_plays_and_its_test_passes(tmp_path: Path) -> None:
    package = new_package("patience", tmp_path)
    site = tmp_path / "site"
    run(
        "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index",
        "--disable-pip-version-check", "--target", str(site), str(package),
    )  # fmt: skip
    there = {"PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])}

    rows = json.loads(run("-m", "coopgames", "strategies", "list", "--json", **there))
    (row,) = [r for r in rows if r["name"] == "patience"]
    assert (row["provider"], row["problem"]) == ("coopgames-patience 0.1.0", None)

    result = json.loads(
        run("-m", "coopgames", "match", "patience", "always-accommodate", "--json", **there)
    )
    assert result["totals"] == [600.0, 600.0]

    said = run("-m", "pytest", "-q", "-p", "no:cacheprovider", str(package), **there)
    assert "1 passed" in said


def run(*arguments: str, **env: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False,
        env={**os.environ, **env},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout
