"""A round robin straight to disk: the same numbers as play, in parts that are never made twice."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from coopgames.experiments import round_robin
from coopgames.experiments.orbits import _pairs
from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, sample
from coopgames.readings import Rule, lens
from coopgames.strategies import Automaton, Strategy, strategy

PD = named_game("prisoners-dilemma")


def field(n: int) -> list[Strategy]:
    rng = np.random.default_rng(3)
    found = []
    for i in range(n):
        k = int(rng.integers(1, 9))
        withholds = rng.integers(0, 2, k)
        rule = Automaton(np.stack([1 - withholds, withholds], 1), rng.integers(0, k, (k, 2, 2)))
        found.append(Strategy(f"a{i}", rule))
    return found


def rows(folder: Path) -> pl.DataFrame:
    return pl.concat([pl.read_parquet(p) for p in sorted((folder / "pairs").glob("*.parquet"))])


TURNED = Game("turned", PD.payoffs[:, ::-1, :], actions=(("D", "C"), ("C", "D")))


@pytest.mark.parametrize("game", [PD, named_game("stag-hunt"), TURNED])
@pytest.mark.parametrize("periods", [30, 200])
def test_it_is_what_play_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, game: Game, periods: int
) -> None:
    monkeypatch.setattr("coopgames.experiments.orbits.PART", 50)
    entrants, rule = field(20), Rule(L=5)
    found = rows(round_robin(entrants, game, periods, tmp_path / "r", rule=rule))
    assert len(found) == 210
    seen = lens(game, rule)
    for row in found.iter_rows(named=True):
        pair = (entrants[row["first"]], entrants[row["second"]])
        tally = sample(
            Match(game, pair, Horizon(periods)), seen.counting, seed=1, repetitions=range(1)
        )
        assert row["score_first"] == (tally.counts[0] * seen.payoffs[0]).sum()
        assert row["score_second"] == (tally.counts[0] * seen.payoffs[1]).sum()
        for name in ("emerged", "broke"):
            when = int(getattr(tally, name)[0])
            assert row[name] == (None if when < 0 else when)


def test_matches_are_numbered_row_by_row() -> None:
    expected = [(i, j) for i in range(7) for j in range(i, 7)]
    assert [tuple(p) for p in _pairs(7, 0, 28).tolist()] == expected
    assert [tuple(p) for p in _pairs(7, 5, 19).tolist()] == expected[5:19]


def test_whole_parts_are_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coopgames.experiments.orbits.PART", 50)
    entrants = field(20)
    folder = round_robin(entrants, PD, 100, tmp_path / "r")
    before = {p.name: p.read_bytes() for p in (folder / "pairs").iterdir()}
    lost = sorted((folder / "pairs").iterdir())[2]
    lost.unlink()
    kept = {p: p.stat().st_mtime_ns for p in (folder / "pairs").iterdir()}
    told: list[tuple[int, int]] = []
    round_robin(entrants, PD, 100, folder, progress=lambda *done: told.append(done))
    assert {p.name: p.read_bytes() for p in (folder / "pairs").iterdir()} == before
    assert all(p.stat().st_mtime_ns == when for p, when in kept.items())
    assert told[-1] == (210, 210)


def test_what_it_cannot_do_it_says(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="random is no automaton that draws no lots"):
        round_robin([strategy("random")], PD, 10, tmp_path / "r")
    with pytest.raises(Mistake, match="one name"):
        round_robin([strategy("grim")] * 2, PD, 10, tmp_path / "r")
    with pytest.raises(Mistake, match="not one of two actors with two actions and roles"):
        round_robin(field(2), named_game("matching-pennies"), 10, tmp_path / "r")
    round_robin(field(3), PD, 10, tmp_path / "r")
    with pytest.raises(Mistake, match="another round robin"):
        round_robin(field(4), PD, 10, tmp_path / "r")
    with pytest.raises(Mistake, match="another round robin"):
        round_robin(field(3), PD, 11, tmp_path / "r")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    with pytest.raises(Mistake, match="no round robin"):
        round_robin(field(3), PD, 10, tmp_path / "full")
