"""How far a ranking holds, against the same computed by hand or by running again."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from small_field import Write

from coopgames.experiments import robustness, run
from coopgames.experiments.robustness import by_order
from coopgames.games import named_game, two_by_two
from coopgames.play import Horizon, Match, expect
from coopgames.specs import load

AUTOMATA = ['"tit-for-tat"', '"always-defect"', '"grim"', '"always-accommodate"', '"joss"']


def ranks(results):
    return dict(results.standings.select("strategy", "rank").iter_rows())


def table(found):
    return {row["strategy"]: row for row in found.iter_rows(named=True)}


def test_leaving_one_out_is_running_without_it(written: Write, tmp_path):
    """Nothing is left to chance, so that it can be run again without each."""
    field = [*AUTOMATA[:4], '"gradual"', '"prober"']
    path = written(field, name="whole")
    whole = run(path, folder=tmp_path / "whole")
    found, before = table(robustness(load(path), whole)), ranks(whole)
    shifts = {name: [0] for name in before}
    for k, left in enumerate(field):
        other = run(
            written(field[:k] + field[k + 1 :], name=f"without-{k}"), folder=tmp_path / str(k)
        )
        gone = before[left.strip('"')]
        for name, rank in ranks(other).items():
            shifts[name].append(rank - (before[name] - (gone < before[name])))
    for name, moved in shifts.items():
        expected = (before[name] + min(moved), before[name] + max(moved))
        assert (found[name]["best"], found[name]["worst"]) == expected, name


def expected_ranks(experiment, periods, self_play=True):
    """Rank by the solved totals of every pair; equal ones by name."""
    field = {e.name: e.strategy for e in experiment.entrants}
    scores = {}
    for name, one in field.items():
        totals = [
            np.mean([
                expect(Match(experiment.game, (one, other), Horizon(n), experiment.noise)).totals[0]
                for n in periods
            ])
            for opponent, other in field.items()
            if self_play or opponent != name
        ]  # fmt: skip
        scores[name] = round(float(np.mean(totals)), 9)
    ordered = sorted(field, key=lambda name: (-scores[name], name))
    return {name: place for place, name in enumerate(ordered, 1)}


def test_noise_and_order_are_solved(written: Write, tmp_path):
    path = written(AUTOMATA, repetitions=3)
    spec = load(path)
    found = table(robustness(spec, run(path, folder=tmp_path / "r")))
    by_rank = two_by_two("pd", R=3, S=1, T=4, P=2)
    for column, other in (
        ("noise", replace(spec, noise=0.01)), ("order", replace(spec, game=by_rank)),
    ):  # fmt: skip
        assert {n: row[column] for n, row in found.items()} == expected_ranks(other, [60])


def test_the_order_of_payoffs():
    found = by_order(named_game("prisoners-dilemma"))
    assert found.payoffs[0].tolist() == [[3, 1], [4, 2]]
    assert by_order(named_game("stag-hunt")).payoffs[0].tolist() == [[4, 1], [3, 2]]


def test_ranks_by_luck(written: Write, tmp_path):
    path = written(['"random"', '{name = "random", p = 0.51}', '"always-defect"'], repetitions=20)
    found = table(robustness(load(path), run(path, folder=tmp_path / "r")))
    # Always to defect against coins is best for certain; which coin is second is luck.
    assert [found["always-defect"][c] for c in ("rank", "low", "high")] == [1, 1, 1]
    coins = [found[name] for name in ("random", "random(p=0.51)")]
    assert all((row["low"], row["high"]) == (2, 3) for row in coins)


@pytest.mark.parametrize("repetitions", [1, 4])
def test_too_few_games_say_nothing_of_luck(written: Write, tmp_path, repetitions):
    path = written(AUTOMATA, repetitions=repetitions)
    found = robustness(load(path), run(path, folder=tmp_path / "r"))
    assert found["low"].null_count() == len(found)


def test_what_is_no_automaton_is_not_solved(written: Write, tmp_path):
    path = written([*AUTOMATA, '"gradual"'])
    found = robustness(load(path), run(path, folder=tmp_path / "r"))
    assert found.select(pl.col("noise", "order").null_count()).row(0) == (6, 6)


def test_several_lengths_and_no_self_play(written: Write, tmp_path):
    path = written(AUTOMATA[:4], horizon="periods = [5, 90]", self_play="false")
    results = run(path, folder=tmp_path / "r")
    found = table(robustness(load(path), results))
    noisy = replace(load(path), noise=0.01)
    expected = expected_ranks(noisy, [5, 90], self_play=False)
    assert {name: row["noise"] for name, row in found.items()} == expected
