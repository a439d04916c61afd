"""Runs: the same bytes whatever happens, and nothing played twice."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from small_field import FIELD, Write

from coopgames.experiments import Progress, run
from coopgames.experiments import run as run_experiment
from coopgames.mistakes import Mistake
from coopgames.store import Results

TABLES = ("matches.parquet", "standings.csv", "accommodation.csv")


def contents(folder: Path, *more: str) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (*TABLES, "manifest.json", *more)}


def played(folder: Path) -> list[dict[str, object]]:
    sessions: list[dict[str, object]] = json.loads((folder / "run.json").read_text())["sessions"]
    return sessions


def python_file(folder: Path) -> str:
    path = folder / "mine.py"
    path.write_text(
        "def strategy(mine, theirs, chance):\n"
        "    return 1 if theirs and theirs[-1] and chance.random() < 0.9 else 0\n"
    )
    return f'"{path.name}"'


def test_same_bytes_for_any_number_of_workers(written: Write, tmp_path: Path) -> None:
    path = written([*FIELD, python_file(tmp_path)], repetitions=3, noise=0.02)
    for workers in (1, 2, 3):
        run(path, folder=tmp_path / f"r{workers}", workers=workers)
    one = contents(tmp_path / "r1")
    assert contents(tmp_path / "r2") == one
    assert contents(tmp_path / "r3") == one


def test_the_order_of_the_entrants_changes_nothing(written: Write, tmp_path: Path) -> None:
    run(written(FIELD, repetitions=3), folder=tmp_path / "a")
    run(written(FIELD[::-1], repetitions=3), folder=tmp_path / "b")
    for name in TABLES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_run_again_and_nothing_is_played(written: Write, tmp_path: Path) -> None:
    path = written(FIELD, repetitions=2)
    run(path, folder=tmp_path / "r")
    before = contents(tmp_path / "r")
    run(path, folder=tmp_path / "r")
    assert contents(tmp_path / "r") == before
    assert [(s["played"], s["reused"]) for s in played(tmp_path / "r")] == [(36, 0), (0, 36)]


def test_a_new_entrant_plays_its_own_matches_only(written: Write, tmp_path: Path) -> None:
    run(written(FIELD[:-1], repetitions=2), folder=tmp_path / "r")
    run(written(FIELD, repetitions=2), folder=tmp_path / "r")
    assert [(s["played"], s["reused"]) for s in played(tmp_path / "r")] == [(28, 0), (8, 28)]
    run(written(FIELD, repetitions=2), folder=tmp_path / "fresh")
    assert contents(tmp_path / "r") == contents(tmp_path / "fresh")


def test_what_changed_is_played_anew(written: Write, tmp_path: Path) -> None:
    mine = python_file(tmp_path)
    path = written([*FIELD[:3], mine])
    run(path, folder=tmp_path / "r", workers=1)
    source = (tmp_path / "mine.py").read_text()
    (tmp_path / "mine.py").write_text(source.replace("0.9", "0.8"))
    run(path, folder=tmp_path / "r", workers=1)
    assert [(s["played"], s["reused"]) for s in played(tmp_path / "r")] == [(10, 0), (4, 6)]


def test_the_manifest_says_what_made_the_results(written: Write, tmp_path: Path) -> None:
    import hashlib

    results = run(written(FIELD), folder=tmp_path / "r")
    manifest = results.manifest
    assert manifest["experiment"]["seed"] == 1
    assert set(manifest["versions"]) >= {"coopgames", "python", "numpy", "numba", "polars"}
    assert len(manifest["strategies"]) == len(FIELD)
    for name, digest in manifest["tables"].items():
        assert hashlib.sha256((tmp_path / "r" / name).read_bytes()).hexdigest() == digest


def start(path: Path, folder: Path, **limits: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "coopgames", "run", str(path), "-o", str(folder), "--json"]

    if "fsize" in limits:
        size = limits["fsize"]
        command[1:3] = [
            "-c",
            (
                f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
                "from coopgames.cli import main; main()"
            ),
        ]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )  # fmt: skip


def slow_experiment(written: Write, tmp_path: Path) -> Path:
    """Some seconds of play: Python strategies on many pairs."""
    path = tmp_path / "slow.py"
    path.write_text(
        "import time\n\ndef strategy(theirs):\n    time.sleep(0.002)\n"
        "    return theirs[-1] if theirs else 0\n"
    )
    field = [f'{{name = "random", p = {p / 40}}}' for p in range(40)]
    return written([*field, '"slow.py"'], horizon="periods = 20")


def test_kill_it_and_it_goes_on(written: Write, tmp_path: Path) -> None:
    path, folder = slow_experiment(written, tmp_path), tmp_path / "r"
    for delay in random.Random(5).sample(range(8, 32), 4):
        process = start(path, folder)
        time.sleep(delay / 10)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    out, err = start(path, folder).communicate(timeout=60)
    assert json.loads(out)["folder"] == str(folder), err
    chunks = [pl.read_parquet(p) for p in (folder / "chunks").glob("*.parquet")]
    rows = pl.concat(chunks).select("key", "repetition")
    assert rows.is_unique().all()  # nothing finished was played twice
    assert sum(int(str(s["played"])) for s in played(folder)) <= 41 * 42 // 2
    run(path, folder=tmp_path / "whole")
    assert contents(folder) == contents(tmp_path / "whole")


def test_interrupt_it_and_it_says_how_to_go_on(written: Write, tmp_path: Path) -> None:
    path, folder = slow_experiment(written, tmp_path), tmp_path / "r"
    process = start(path, folder)
    deadline = time.monotonic() + 30
    while not list((folder / "chunks").glob("*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"matches are kept in" in err
    assert b"to go on: coopgames run" in err
    assert b"Traceback" not in err
    kept = pl.concat([pl.read_parquet(p) for p in (folder / "chunks").glob("*.parquet")])
    run(path, folder=folder)
    assert played(folder)[-1]["reused"] == kept["key"].n_unique()


@pytest.mark.parametrize("damage", ["flip", "truncate", "empty"])
def test_a_damaged_chunk_is_played_again(written: Write, tmp_path: Path, damage: str) -> None:
    path, folder = written(FIELD[:-1], repetitions=3), tmp_path / "r"
    run(path, folder=folder)
    whole = written(FIELD, repetitions=3)
    run(whole, folder=folder)
    before = contents(folder)
    victim = max((folder / "chunks").glob("*.parquet"), key=lambda p: p.stat().st_size)
    data = bytearray(victim.read_bytes())
    if damage == "flip":
        data[len(data) // 2] ^= 1
    victim.write_bytes(bytes(data if damage == "flip" else data[: 100 * (damage == "truncate")]))
    seen: list[Progress] = []
    run(whole, folder=folder, progress=seen.append)
    assert seen[0].damaged == (victim,)
    assert (seen[0].reused, seen[-1].done) == (8, 36)
    assert contents(folder) == before


def test_a_full_disk_is_one_line_and_loses_nothing(written: Write, tmp_path: Path) -> None:
    path, folder = written(FIELD[:4], repetitions=2), tmp_path / "r"
    run(path, folder=folder)
    before = contents(folder)
    many = written(FIELD, name="small", repetitions=40)
    process = start(many, folder, fsize=20_000)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert b"cannot be written" in err
    assert b"Traceback" not in err
    assert contents(folder)["matches.parquet"] == before["matches.parquet"]
    assert not list(folder.rglob("*.part"))


def test_folders_of_something_else_are_refused(written: Write, tmp_path: Path) -> None:
    run(written(FIELD[:2]), folder=tmp_path / "r")
    other = written(FIELD[:2], name="other")
    with pytest.raises(Mistake, match="holds results of the experiment 'small', not of 'other'"):
        run(other, folder=tmp_path / "r")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("precious")
    with pytest.raises(Mistake, match="holds files but no results"):
        run(other, folder=tmp_path / "full")
    (tmp_path / "file").write_text("")
    with pytest.raises(Mistake, match="cannot be written"):
        run(other, folder=tmp_path / "file" / "r")
    manifest = json.loads((tmp_path / "r" / "manifest.json").read_text())
    (tmp_path / "r" / "manifest.json").write_text(json.dumps({**manifest, "engine": 0}))
    with pytest.raises(Mistake, match="made by engine version 0"):
        run(written(FIELD[:2]), folder=tmp_path / "r")
    (tmp_path / "r" / "manifest.json").write_text("{")
    with pytest.raises(Mistake, match="damaged"):
        run(written(FIELD[:2]), folder=tmp_path / "r")


def test_a_manifest_runs_again(written: Write, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    mine = python_file(tmp_path)
    run("small.toml" if written([*FIELD, mine], repetitions=2) else "", folder="a", workers=1)
    run(Path("a/manifest.json"), folder="b", workers=1)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    (tmp_path / "mine.py").write_text("def strategy():\n    return 0\n")
    with pytest.raises(Mistake, match=r"mine\.py: has changed"):
        run(Path("a/manifest.json"), folder="c")
    (tmp_path / "none.json").write_text("{}")
    with pytest.raises(Mistake, match="is no manifest"):
        run(Path("none.json"), folder="c")


def test_strategies_by_value_can_be_added(written: Write, tmp_path: Path) -> None:
    from coopgames.strategies import Python, Strategy

    def spiteful(theirs: Any) -> int:
        return 1 if 1 in theirs else 0

    own = Strategy("spiteful", Python(spiteful))
    results = run(written(FIELD), folder=tmp_path / "r", adds=[own])
    table = results.standings
    rows = {row["strategy"]: row for row in table.iter_rows(named=True)}
    assert len(rows) == len(FIELD) + 1
    assert "spiteful" in rows


def test_play_without_end_is_refused_before_anything_is_written(
    written: Write, tmp_path: Path
) -> None:
    with pytest.raises(Mistake, match="play without end cannot be"):
        run(written(FIELD[:2], horizon="infinite = true"), folder=tmp_path / "r")
    assert not (tmp_path / "r").exists()


def test_a_continuation_probability_is_played(written: Write, tmp_path: Path) -> None:
    results = run(
        written(FIELD, horizon="continuation = 0.95", repetitions=20), folder=tmp_path / "r"
    )
    lengths = results.matches["periods"]
    assert lengths.min() >= 1
    # Mean 20, over more than 500 courses: five standard errors.
    n = len(lengths)
    assert n > 500
    assert abs(lengths.mean() - 20) < 5 * (0.95**0.5 / 0.05) / n**0.5
    assert (
        results.accommodation["actions"].sum()
        == 2 * (results.matches["periods"] * results.matches["times"]).sum()
    )


def test_any_executor_will_do(written: Write, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    path = written(FIELD, repetitions=2)
    with ThreadPoolExecutor(2) as executor:
        run_experiment(path, folder=tmp_path / "a", executor=executor)
    run_experiment(path, folder=tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_fault_in_a_strategy_keeps_what_was_played(written: Write, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("def strategy(theirs):\n    return 7\n")
    path = written([*FIELD, '"bad.py"'], repetitions=2)
    with pytest.raises(Mistake, match=r"bad\.py: in period 1 against .* returned 7"):
        run(path, folder=tmp_path / "r", workers=2)
    run(written(FIELD, repetitions=2), folder=tmp_path / "r")
    assert played(tmp_path / "r")[-1]["played"] == 0


def test_results_open_as_typed_tables(written: Write, tmp_path: Path) -> None:
    run(written(FIELD), folder=tmp_path / "r")
    results = Results(tmp_path / "r")
    assert results.standings.schema["rank"] == pl.UInt32
    assert results.standings.schema["emergence"] == pl.Float64
    assert results.standings.schema["standard_error"] == pl.Float64
    assert isinstance(results.matches.schema["label"], pl.Enum)
    with pytest.raises(Mistake, match="cannot be read"):
        _ = Results(tmp_path / "nowhere").matches
