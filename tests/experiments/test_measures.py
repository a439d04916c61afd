"""Measures: what they are shown, what they come to, and what is said of wrong ones."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.experiments import measured
from coopgames.games import two_by_two
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match
from coopgames.strategies import strategy

# Action 0 withholds in this game, so that roles and numbers of actions differ.
GAME = two_by_two("turned", R=1, S=5, T=0, P=3)
ALIKE = "def measure(record):\n    a, b = record.actions\n    return (a == b).mean()\n"


def match(first: str, second: str, periods: int) -> Match:
    return Match(GAME, (strategy(first), strategy(second)), Horizon(periods))


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "mine.py"
    path.write_text(text)
    return str(path)


def test_it_is_shown_what_happened(tmp_path: Path) -> None:
    text = (
        "def measure(record):\n    a, b = record.actions\n"
        "    return {'kind': (a == 0).sum(), 'cross': (b == 1).sum(),\n"
        "            'got': record.payoffs[0].sum(), 'n': len(record.labels[0])}\n"
    )
    found = measured(match("tit-for-tat", "always-defect", 10), [written(tmp_path, text)])
    # Tit for tat gives once and is taken from: 0; then both take nine times: 1 each.
    assert {k: v.mean for k, v in found.items()} == {
        "mine.kind": 1, "mine.cross": 10, "mine.got": 9, "mine.n": 11,
    }  # fmt: skip
    assert all((v.courses, v.standard_error) == (1, None) for v in found.values())


def test_with_chance_it_is_a_mean_with_its_error(tmp_path: Path) -> None:
    pair = match("random", "always-defect", 100)
    found = measured(pair, [written(tmp_path, ALIKE)], courses=200)["mine"]
    # Each period alike with probability 1/2: the mean of 20,000 throws, error 1/2/√20000.
    error = 0.5 / np.sqrt(20_000)
    assert abs(found.mean - 0.5) < 5 * error
    assert found.standard_error == pytest.approx(error, rel=0.3)
    assert found == measured(pair, [written(tmp_path, ALIKE)], courses=200)["mine"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = 1\n", r"defines no function measure\(record\)"),
        ("def measure(record):\n    return 1 / 0\n", r"mine failed: ZeroDivisionError: .*line 2"),
        ("def measure(record):\n    return 'much'\n", "mine returned 'much', which is no number"),
        ("def measure(record):\n    return True\n", "mine returned True, which is no number"),
        ("def measure(record):\n    return float('nan')\n", "nan; a finite number is needed"),
    ],
)
def test_what_is_said_of_wrong_ones(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(Mistake, match=says):
        measured(match("tit-for-tat", "always-defect", 10), [written(tmp_path, text)])


def test_unknown_ones() -> None:
    with pytest.raises(Mistake, match='no measure "warmth"'):
        measured(match("tit-for-tat", "always-defect", 10), ["warmth"])


def test_the_command(tmp_path: Path) -> None:
    command = ["match", "tit-for-tat", "always-defect", "--measure", written(tmp_path, ALIKE)]
    assert " mine " in run_command(command)[1]
    found = json.loads(run_command([*command, "--json"])[1])
    assert found["measures"] == {"mine": {"mean": 199 / 200, "standard_error": None, "courses": 1}}
    with pytest.raises(Mistake, match="play without end has no record to measure"):
        measured(
            Match(GAME, (strategy("grim"), strategy("grim")), Horizon()), [written(tmp_path, ALIKE)]
        )


def run_command(arguments: list[str]) -> tuple[int, str, str]:
    """Run the command line; give its exit code, output and messages."""
    done = CliRunner().invoke(coopgames, arguments)
    return done.exit_code, done.stdout, done.stderr
