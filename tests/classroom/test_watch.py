"""A match period by period: the same course as `match`, and what happened in it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from coopgames.classroom import watch
from coopgames.cli import coopgames
from coopgames.experiments import play_match


def test_under_a_regime_too() -> None:
    pair = ("compliance", "free-riding")
    seen = watch(*pair, noise=0.02, seed=4, periods=50, regime="pledge")
    result = play_match(*pair, noise=0.02, seed=4, periods=50, regime="pledge")
    assert result.course is not None
    assert (seen.actions[0] * 2 + seen.actions[1] == result.course).all()


SLOW_START = """
def strategy(mine):
    return 1 if len(mine) < 12 or len(mine) >= 60 else 0
"""


@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_it_is_the_course_of_match(noise: float) -> None:
    seen = watch("generous-tit-for-tat", "joss", noise=noise, seed=4, periods=50)
    result = play_match("generous-tit-for-tat", "joss", noise=noise, seed=4, periods=50)
    assert result.course is not None
    assert (seen.actions[0] * 2 + seen.actions[1] == result.course).all()
    table = np.array([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    assert (seen.payoffs == table[:, seen.actions[0], seen.actions[1]]).all()


def test_it_says_when_coordination_emerges_and_breaks_down(tmp_path: Path) -> None:
    path = tmp_path / "slow.py"
    path.write_text(SLOW_START)
    seen = watch(str(path), "tit-for-tat", periods=100)
    # Both accommodate from period 14 to 60; by the window of ten, eight of which suffice, and the
    # first and the last of which must hold, that is when it emerges; from 61 on the one, and from
    # 62 on the other withholds, so that the window from 61 on is the first that does not hold.
    assert (seen.emerged, seen.broke) == (14, 61)
    assert not seen.fault


def test_what_comes_before_a_fault_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "late.py"
    path.write_text("def strategy(mine):\n    return [0, 1, 1][len(mine)]\n")
    for names, seat in (((str(path), "tit-for-tat"), 0), (("tit-for-tat", str(path)), 1)):
        seen = watch(*names)
        assert seen.actions[seat].tolist() == [0, 1, 1]
        assert seen.actions[1 - seat].tolist() == [0, 0, 1]
        assert "in period 4 against tit-for-tat failed: IndexError" in seen.fault
        assert seen.fault.endswith("(line 2)")
    path.write_text("def strategy(theirs):\n    return theirs[-1]\n")
    assert watch(str(path), "tit-for-tat").actions.shape == (2, 0)
    code, out, _ = run_command(["play", str(path), "tit-for-tat"])
    assert code == 0
    assert "Play broke off." in out
    assert "Next  coopgames check" in out


def test_long_stretches_are_folded() -> None:
    _, out, _ = run_command(["play", "tit-for-tat", "always-defect"])
    assert [line.split()[0] for line in out.splitlines() if "■" in line or "·" in line][:5] == [
        "1", "2", "3", "4", "40",
    ]  # fmt: skip
    assert "35 periods the same" in out
    _, out, _ = run_command(["play", "tit-for-tat", "always-defect", "--all"])
    assert all(f"\n     {t:>2}  " in out for t in range(1, 41))


def test_it_fits_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    names = ["suspicious-tit-for-tat", "generous-tit-for-tat(q=0.2)"]
    _, out, _ = run_command(["play", *names, "--noise", "0.1"])
    assert max(map(len, out.splitlines())) <= 80


def test_the_keys_of_its_json() -> None:
    _, out, _ = run_command(["play", "tit-for-tat", "always-defect", "--periods", "3", "--json"])
    assert json.loads(out) == {
        "strategies": ["tit-for-tat", "always-defect"],
        "game": "prisoners-dilemma",
        "periods": 3,
        "actions": [["C", "D", "D"], ["D", "D", "D"]],
        "accommodates": [[True, False, False], [False, False, False]],
        "payoffs": [[0.0, 1.0, 1.0], [5.0, 1.0, 1.0]],
        "totals": [2.0, 7.0],
        "label": "discord",
        "emerged": None,
        "broke": None,
        "fault": None,
        "regime": None,
    }


def run_command(arguments: list[str]) -> tuple[int, str, str]:
    """Run the command line; give its exit code, output and messages."""
    done = CliRunner().invoke(coopgames, arguments)
    return done.exit_code, done.stdout, done.stderr
