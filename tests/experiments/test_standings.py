"""Standings against a plain recount of the matches."""

import math
from collections import defaultdict
from statistics import mean, stdev

import polars as pl
import pytest
from small_field import FIELD, Write

from coopgames.experiments import pairs, plan, play, standings
from coopgames.play import course
from coopgames.specs import load

LOPSIDED = (
    'game = {name = "lopsided", payoffs = [[[3, 0], [5, 1]], [[4, 6], [0, 1]]],'
    " roles = [[0, 1], [0, 1]]}"
)


def recount(matches: pl.DataFrame, repetitions: int) -> dict[str, dict[str, float]]:
    """Score, error and shares of each strategy from lists of its games."""
    games: dict[str, dict[str, dict[int, list[float]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    labels: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for m in matches.iter_rows(named=True):
        for own, other in (("first", "second"), ("second", "first")):
            for r in range(m["repetition"], m["repetition"] + m["times"]):
                games[m[own]][m[other]][r].append(m[f"score_{own}"])
    for m in matches.iter_rows(named=True):
        for own, other in (("first", "second"), ("second", "first")):
            for r in range(m["repetition"], m["repetition"] + m["times"]):
                share = 1 / len(games[m[own]][m[other]][r])
                labels[m[own]].append((m["label"], share))
    table = {}
    for name, against in games.items():
        per_repetition = [
            mean(mean(by_repetition[r]) for by_repetition in against.values())
            for r in range(repetitions)
        ]
        weight = sum(w for _, w in labels[name])
        table[name] = {
            "score": mean(per_repetition),
            "standard_error": stdev(per_repetition) / math.sqrt(repetitions),
            "discord": sum(w for x, w in labels[name] if x == "discord") / weight,
            "cooperation": sum(w for x, w in labels[name] if x == "cooperation") / weight,
        }
    return table


@pytest.mark.parametrize("keys", [{}, {"self_play": "false"}, {"noise": 0.1}, {"game": LOPSIDED}])
def test_standings_are_what_a_recount_says(written: Write, keys: dict[str, object]) -> None:
    if "game" in keys:
        keys = {"game": str(keys["game"]).removeprefix("game = ")}
    experiment = load(written(FIELD, repetitions=4, **keys))
    matches = play(plan(experiment), pairs(experiment))
    table = standings(experiment, matches)
    expected = recount(matches, 4)
    assert table["rank"].to_list() == list(range(1, len(FIELD) + 1))
    assert table["score"].is_sorted(descending=True)
    for row in table.iter_rows(named=True):
        for key, value in expected[row["strategy"]].items():
            assert row[key] == pytest.approx(value), (row["strategy"], key)


def test_who_meets_whom(written: Write) -> None:
    experiment = load(written(FIELD))
    n = len(FIELD)
    assert len(pairs(experiment)) == n * (n + 1) // 2
    assert len(pairs(load(written(FIELD, self_play="false")))) == n * (n - 1) // 2
    lopsided = load(written(FIELD, game=LOPSIDED.removeprefix("game = ")))
    assert len(pairs(lopsided)) == n * n


def test_a_row_is_its_course(written: Write) -> None:
    experiment = load(written(FIELD, repetitions=3, noise=0.05))
    given = plan(experiment)
    wanted = pairs(experiment)
    matches = play(given, wanted)
    names = given.field.labels
    u = experiment.game.payoffs.reshape(2, -1)
    for pair in wanted[::5]:
        rows = matches.filter(first=names[pair.first], second=names[pair.second])
        assert rows["repetition"].to_list() == [0, 1, 2]
        for row in rows.iter_rows(named=True):
            match = given.field.match(pair.first, pair.second)
            played = course(match, seed=experiment.seed, repetition=row["repetition"])
            assert row["score_first"] == u[0][played].sum()
            assert row["score_second"] == u[1][played].sum()
            assert row["accommodated_first"] == (played < 2).sum()
            assert row["accommodated_second"] == (played % 2 == 0).sum()
            assert sum(row["pace_first"]) == row["accommodated_first"]


def test_one_repetition_has_no_standard_error(written: Write) -> None:
    experiment = load(written(FIELD))
    table = standings(experiment, play(plan(experiment), pairs(experiment)))
    assert table["standard_error"].null_count() == len(FIELD)


def test_adding_an_entrant_leaves_the_other_matches_as_they_were(written: Write) -> None:
    few = load(written(FIELD[:5], repetitions=3))
    many = load(written(FIELD, repetitions=3))
    a, b = (play(plan(e), pairs(e)) for e in (few, many))
    both = b.join(a.select("key").unique(), on="key", maintain_order="left")
    assert both.equals(a)
