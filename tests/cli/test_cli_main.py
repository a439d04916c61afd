"""The command line: bad input is one clear line and exit code 2, and never a traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def coopgames(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coopgames", *arguments],
        capture_output=True, text=True, cwd=cwd, timeout=120, check=False,
    )  # fmt: skip


def toml(path: Path, text: str) -> None:
    path.write_text(text)


BAD = {
    "match tit-for-tatt joss": 'no strategy "tit-for-tatt" (did you mean tit-for-tat',
    "match tit-for-tat joss --game prisoner": "did you mean prisoners-dilemma?",
    "match tit-for-tat joss --noise 1.5": "noise = 1.5",
    "match tit-for-tat joss --noise nan": "noise = nan",
    "match tit-for-tat joss --periods 0": "a match of 0 periods",
    "match tit-for-tat joss --periods 5 --continuation 0.5": "exclude one another",
    "match tit-for-tat joss --continuation 1": "not in [0, 1)",
    "match tit-for-tat gradual --horizon infinite": "only solved",
    "match random(p=2) joss": "p = 2 is no probability",
    "match tit-for-tat tit-for-tat --game matching-pennies": "which action accommodates",
    "match tullock joss --periods 100000000000000": "too long to be played",
    "run axelrod-1980 --set periods=99999999999": "too long to be played",
    "run axelrod-1980 --set perception.error=3": "perception.error: 3 is too large",
    "classify": "which game?",
    "classify nothing": 'no game "nothing"',
    "classify --payoffs 3,3": None,
    "classify --payoffs 3,3_0,5/5,0": "row 2",
    "classify --payoffs 3,3_0,inf/5,0_1,1": "not a finite number",
    "read nobody.csv --game prisoners-dilemma": "nobody.csv: there is no such file",
    "run nothing": "there are: assurance, axelrod-1980",
    "run empty.toml": "empty.toml: the file is empty",
    "run unknown-key.toml": 'line 1: no key "colour"',
    "run axelrod-1980 --set period=3": "did you mean periods",
    "run axelrod-1980 --set noise=2": "noise: 2 is too large",
    "run axelrod-1980 --add nobody.toml": "nobody.toml: there is no such file",
    "run axelrod-1980 -o taken/r": "cannot be written",
    "report .": "is no folder of results",
    "plot . heatmap": "is no folder of results",
    "strategies show nobody": "no strategy",
    "games show nothing": "no game",
    "regimes show nothing": 'no regime "nothing" (there are: as-is-oil-1928',
    "regimes change gatt-1947 gatt": "did you mean gatt-1947",
    "tournaments copy nothing": "no shipped experiment",
    "frobnicate": 'no command "frobnicate"',
    "invade tit-for-tat joss --population 1": "coopgames: Invalid value for '--population': 1",
    "spread": "coopgames: Missing argument",
    "play tit-for-tat joss --period 5": "coopgames: No such option '--period'",
    "class run nowhere": "nowhere: there is no such folder or zip",
}


@pytest.mark.parametrize("command", BAD)
def test_bad_input_is_a_line_and_exit_code_2(command: str, tmp_path: Path) -> None:
    toml(tmp_path / "empty.toml", "")
    toml(tmp_path / "unknown-key.toml", 'colour = "red"\n')
    (tmp_path / "taken").write_text("a file, not a folder")
    says = BAD[command]
    done = coopgames(*(word.replace("_", " ") for word in command.split()), cwd=tmp_path)
    if says is None:
        assert done.returncode == 0, done.stderr
        return
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_companion_integers(tmp_path: Path) -> None:
    for first, second, totals in (
        ("tit-for-tat", "always-defect", [199.0, 204.0]),
        ("tit-for-tat", "tit-for-tat", [600.0, 600.0]),
        ("always-defect", "always-accommodate", [1000.0, 0.0]),
    ):
        done = coopgames("match", first, second, "--periods", "200", "--json", cwd=tmp_path)
        content = json.loads(done.stdout)
        assert content["totals"] == totals
        assert content["method"] == "exact"
        assert content["standard_errors"] is None
        assert content["means"] == [t / 200 for t in totals]


def test_run_add_and_set(tmp_path: Path) -> None:
    toml(
        tmp_path / "mine.toml",
        'name = "echo"\ninitial = "a"\n[[state]]\nname = "a"\naccommodate = 1\n'
        'next = {CC = "a", CD = "b", DC = "a", DD = "b"}\n[[state]]\nname = "b"\n'
        'accommodate = 0\nnext = {CC = "a", CD = "b", DC = "a", DD = "b"}\n',
    )
    done = coopgames(
        "run", "axelrod-1980", "--add", "mine.toml", "--set", "periods=50", "--json", cwd=tmp_path
    )
    content = json.loads(done.stdout)
    assert content["folder"] == str(Path("results") / "axelrod-1980")
    rows = {row["strategy"]: row for row in content["standings"]}
    assert len(rows) == 16
    # It is tit for tat by another name; only its luck against lotteries differs.
    assert abs(rows["echo"]["score"] - rows["tit-for-tat"]["score"]) < 15
    assert all(row["score"] <= 5 * 50 for row in rows.values())
    folder = tmp_path / "results" / "axelrod-1980"
    assert {p.name for p in folder.iterdir()} == {
        "accommodation.csv", "chunks", "manifest.json", "matches.parquet", "run.json",
        "standings.csv",
    }  # fmt: skip


def test_a_copied_experiment_runs_like_the_shipped_one(tmp_path: Path) -> None:
    assert coopgames("tournaments", "copy", "axelrod-1980", cwd=tmp_path).returncode == 0
    assert coopgames("tournaments", "copy", "axelrod-1980", cwd=tmp_path).returncode == 2
    one = coopgames("run", "axelrod-1980", "-o", "one", "--json", cwd=tmp_path)
    own = coopgames("run", "axelrod-1980.toml", "-o", "own", "--json", cwd=tmp_path)
    assert one.returncode == own.returncode == 0
    for name in ("matches.parquet", "standings.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "own" / name).read_bytes()


def test_every_command_has_help(tmp_path: Path) -> None:
    from coopgames.cli import coopgames as group

    for command in group.summaries:
        done = coopgames(command, "--help", cwd=tmp_path)
        assert done.returncode == 0
        assert "Usage:" in done.stdout


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'numpy', 'numba', 'scipy', 'polars', 'pydantic', 'matplotlib', 'rich'}"
    code = f"import sys, coopgames.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
