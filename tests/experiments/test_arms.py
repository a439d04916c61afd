"""Arms: played once where they are the same, compared pair by pair of luck."""

import json

import numpy as np
import polars as pl
import pytest
from scipy.stats import ttest_rel
from small_field import FIELD, Write

from coopgames.experiments import run
from coopgames.readings import restricted_mean
from coopgames.specs import load
from coopgames.store import Results

NOISY = ["arms.noisy.noise=0.05"]
EXPECTED = {"matches.parquet", "standings.csv", "accommodation.csv", "arms.csv"}


def sessions(folder):
    return json.loads((folder / "run.json").read_text())["sessions"]


def row(results, arm, measure):
    table = results.arms
    return table.filter((pl.col("arm") == arm) & (pl.col("measure") == measure)).to_dicts()[0]


@pytest.fixture
def noisy(written: Write, tmp_path):
    path = written(FIELD, repetitions=12, noise=0.01)
    return run(path, sets=NOISY, folder=tmp_path / "r")


def test_every_table_says_of_which_arm(noisy):
    assert set(noisy.manifest["tables"]) == EXPECTED
    for table in (noisy.matches, noisy.standings, noisy.accommodation, noisy.arms):
        assert table.columns[0] == "arm"
        assert table["arm"].unique(maintain_order=True).to_list() == ["base", "noisy"]


@pytest.mark.parametrize("arm", ["base", "noisy"])
def test_an_arm_is_the_experiment_by_itself(noisy, written: Write, tmp_path, arm):
    noise = {"base": 0.01, "noisy": 0.05}[arm]
    alone = run(written(FIELD, repetitions=12, noise=noise), folder=tmp_path / "alone")
    part = noisy.of(arm)
    assert part.matches.equals(alone.matches)
    assert part.standings.equals(alone.standings)
    assert part.accommodation.equals(alone.accommodation)
    assert alone.arms is None


def test_what_arms_have_in_common_is_played_once(written: Write, tmp_path):
    less = f"arms.less.strategies=[{', '.join(FIELD[:3])}]"
    path = written(FIELD, repetitions=2)
    results = run(path, sets=[less], folder=tmp_path / "r")
    n = len(FIELD) * (len(FIELD) + 1) // 2
    assert [(s["matches"], s["played"]) for s in sessions(tmp_path / "r")] == [(n, n)]
    assert len(results.of("less").standings) == 3
    run(path, sets=[less, "arms.alone.self_play=false"], folder=tmp_path / "r")
    assert sessions(tmp_path / "r")[-1]["played"] == 0


def test_the_same_bytes_for_any_number_of_workers(written: Write, tmp_path):
    path = written(FIELD, repetitions=3, noise=0.02)
    for workers in (1, 3):
        run(path, sets=NOISY, folder=tmp_path / f"r{workers}", workers=workers)
    for name in (*EXPECTED, "manifest.json"):
        assert (tmp_path / "r1" / name).read_bytes() == (tmp_path / "r3" / name).read_bytes()


@pytest.mark.parametrize("measure", ["payoff", "emergence", "discord"])
def test_the_difference_is_that_of_a_paired_t_test(noisy, measure):
    """An independent computation: means of each repetition, then scipy."""
    by_repetition = []
    for arm in ("base", "noisy"):
        m = noisy.of(arm).matches
        assert m["times"].max() == 1
        value = {
            "payoff": (m["score_first"] + m["score_second"]) / (2 * m["periods"]),
            "emergence": m["emerged"].is_not_null().cast(pl.Float64),
            "discord": (m["label"].cast(pl.String) == "discord").cast(pl.Float64),
        }[measure]
        table = m.select("repetition", value=value).group_by("repetition").mean()
        by_repetition.append(table.sort("repetition")["value"].to_numpy())
    peer = ttest_rel(by_repetition[1], by_repetition[0])
    interval = peer.confidence_interval(0.95)
    found = row(noisy, "noisy", measure)
    assert found["difference"] == pytest.approx(by_repetition[1].mean() - by_repetition[0].mean())
    assert (found["low"], found["high"]) == pytest.approx((interval.low, interval.high))
    alone = by_repetition[1].std(ddof=1) / np.sqrt(12)
    assert found["standard_error"] == pytest.approx(alone)


def test_waiting_is_the_restricted_mean(noisy):
    for arm in ("base", "noisy"):
        m = noisy.of(arm).matches
        time = m.select(pl.coalesce("emerged", "watched")).to_series()
        mean = restricted_mean(time, m["emerged"].is_not_null(), until=51)  # 60 - 10 + 1
        assert row(noisy, arm, "waiting")["value"] == pytest.approx(mean.value)


def test_waiting_with_lengths_left_to_chance(written: Write, tmp_path):
    path = written(FIELD, repetitions=30, horizon="continuation = 0.98")
    results = run(path, sets=["arms.shorter.continuation=0.97"], folder=tmp_path / "r")
    m = {arm: results.of(arm).matches for arm in ("base", "shorter")}
    m = {arm: x.filter(pl.col("watched").is_not_null()) for arm, x in m.items()}
    until = min(x["watched"].max() for x in m.values())
    for arm, seen in m.items():
        time = seen.select(pl.coalesce("emerged", "watched")).to_series()
        mean = restricted_mean(time, seen["emerged"].is_not_null(), until, seen["times"])
        assert row(results, arm, "waiting")["value"] == pytest.approx(mean.value)


def test_common_luck_narrows_the_interval(written: Write, tmp_path):
    """Slips with 0.02 are among those with 0.03: the same coins, held to another number."""
    path = written(FIELD, repetitions=100, noise=0.02)
    results = run(path, sets=["arms.noisy.noise=0.03"], folder=tmp_path / "r")
    base, other = (row(results, arm, "accommodates") for arm in ("base", "noisy"))
    apart = (base["standard_error"] ** 2 + other["standard_error"] ** 2) ** 0.5
    assert other["high"] - other["low"] < 2 * 1.98 * apart * 0.95


CERTAIN = ['"tit-for-tat"', '"always-defect"', '"grim"']


@pytest.mark.parametrize("repetitions", [1, 5])
def test_where_nothing_is_left_to_chance_the_difference_is_exact(
    written: Write, tmp_path, repetitions
):
    path = written(CERTAIN, repetitions=repetitions)
    results = run(path, sets=["arms.longer.periods=100"], folder=tmp_path / "r")
    found = row(results, "longer", "emergence")
    assert (found["value"], found["standard_error"]) == (0.5, 0)  # three of six pairs
    assert (found["difference"], found["low"], found["high"]) == (0, 0, 0)


def test_one_game_by_chance_tells_no_interval(written: Write, tmp_path):
    results = run(written(FIELD, noise=0.02), sets=NOISY, folder=tmp_path / "r")
    found = row(results, "noisy", "payoff")
    assert found["difference"] is not None
    assert (found["standard_error"], found["low"], found["high"]) == (None, None, None)


def test_what_cannot_be_measured_in_an_arm_is_empty(written: Write, tmp_path):
    sets = ["arms.harmony.game=harmony"]
    results = run(written(CERTAIN, repetitions=2), sets=sets, folder=tmp_path / "r")
    for measure in ("emergence", "lasting", "waiting"):
        found = row(results, "harmony", measure)
        assert (found["value"], found["difference"]) == (None, None)
    assert row(results, "harmony", "harmony")["value"] is not None


def test_results_open_by_arm(noisy):
    results = Results(noisy.folder, "noisy")
    assert results.standings.equals(noisy.of("noisy").standings)


class TestNever:
    def test_it_is_proved_where_nothing_is_left_to_chance(self, written: Write, tmp_path):
        results = run(written([*CERTAIN, '"random"'], repetitions=2), folder=tmp_path / "r")
        table = {(r["first"], r["second"]): r["never_from"] for r in results.matches.to_dicts()}
        assert table["always-defect", "always-defect"] == 0
        assert table["always-defect", "grim"] == 1  # C against D once, then D against D
        assert table["always-defect", "tit-for-tat"] == 1
        assert table["grim", "tit-for-tat"] is None  # it emerged
        assert table["always-defect", "random"] is None  # not proved

    def test_with_noise_nothing_is(self, written: Write, tmp_path):
        results = run(written(CERTAIN, noise=0.01), folder=tmp_path / "r")
        assert results.matches["never_from"].null_count() == len(results.matches)


class TestLengths:
    def test_each_length_is_a_game_and_counts_alike(self, written: Write, tmp_path):
        path = written(CERTAIN, horizon="periods = [40, 60, 110]")
        results = run(path, folder=tmp_path / "r")
        assert sorted(results.matches["periods"].unique()) == [40, 60, 110]
        score = dict(results.standings.select("strategy", "score").iter_rows())
        # Tit for tat: 3 a period with grim and itself; n − 1 against always defect.
        games = (3 * n * 2 + (n - 1) for n in (40, 60, 110))
        assert score["tit-for-tat"] == pytest.approx(sum(games) / 3 / 3)

    def test_each_length_has_luck_of_its_own(self, written: Write, tmp_path):
        path = written(['"random"', '"joss"'], horizon="periods = [60, 60]", repetitions=3)
        rows = run(path, folder=tmp_path / "r").matches
        first, second = rows[: len(rows) // 2], rows[len(rows) // 2 :]
        assert first["repetition"].equals(second["repetition"])
        assert not first["score_first"].equals(second["score_first"])

    def test_the_first_length_is_played_as_if_it_were_the_only_one(self, written: Write, tmp_path):
        both = run(written(FIELD, horizon="periods = [60, 90]"), folder=tmp_path / "a").matches
        one = run(written(FIELD), folder=tmp_path / "b").matches
        assert both.filter(pl.col("periods") == 60).equals(one)

    def test_accommodation_over_time_is_that_of_all_lengths(self, written: Write, tmp_path):
        path = written(FIELD, horizon="periods = [40, 100]", repetitions=2)
        results = run(path, folder=tmp_path / "r")
        m = results.matches
        actions = 2 * (m["periods"] * m["times"]).sum()
        kind = ((m["accommodated_first"] + m["accommodated_second"]) * m["times"]).sum()
        assert results.accommodation["actions"].sum() == actions
        assert results.accommodation["accommodating"].sum() == kind
        assert results.accommodation["to_period"].max() == 102  # 34 blocks of 3

    def test_what_would_have_won_asks_for_one_length(self, written: Write):
        from coopgames.experiments import winner
        from coopgames.mistakes import Mistake

        with pytest.raises(Mistake, match="several lengths"):
            winner(load(written(CERTAIN, horizon="periods = [40, 60]")))
