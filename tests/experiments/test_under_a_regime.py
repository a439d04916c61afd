"""Experiments under a regime: what it changes is what those do who read it, and nothing else."""

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from coopgames.experiments import payoffs, payoffs_in, run, solved_emergence
from coopgames.experiments.contest import contest
from coopgames.experiments.pairs import parts, plan
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, total_moments
from coopgames.regimes import Arrangement, Monitoring, silent, standing
from coopgames.specs import load, loads_canonical

BLIND = ['"tit-for-tat"', '"joss"', '"random"', '"grim"']
READERS = ['"compliance"', '"conditional-compliance"', '"free-riding"', '"testing-the-limits"']
PLEDGE = '"pledge"'
BY_MATCH = ["first", "second", "repetition"]


def bytes_of(results):
    return {name: (results.folder / name).read_bytes() for name in results.manifest["tables"]}


def played(written, tmp_path, strategies, name="small", sets=(), workers=1, **keys):
    path = written(strategies, name=name, **keys)
    return run(path, sets=sets, folder=tmp_path / f"{name}-{workers}", workers=workers)


# The placebo


def test_a_regime_that_nobody_reads_changes_no_byte(written, tmp_path):
    keys = {"repetitions": 5, "noise": 0.02, "perception": "{ error = 0.01 }"}
    without = played(written, tmp_path, BLIND, "without", **keys)
    under = played(written, tmp_path, BLIND, "under", regime=PLEDGE, **keys)
    assert bytes_of(without) == bytes_of(under)


def test_who_reads_no_regime_plays_as_without_one_beside_who_does(written, tmp_path):
    keys = {"repetitions": 4, "noise": 0.02}
    without = played(written, tmp_path, BLIND, "without", **keys)
    under = played(
        written, tmp_path, BLIND + READERS, "under", regime=PLEDGE,
        sets=["arms.none.regime=none"], **keys,
    )  # fmt: skip
    names = without.matches["first"].unique().to_list()
    for arm in ("base", "none"):
        rows = under.of(arm).matches.filter(
            pl.col("first").is_in(names) & pl.col("second").is_in(names)
        )
        assert rows.sort(BY_MATCH).equals(without.matches.sort(BY_MATCH))


def test_none_in_an_arm_is_a_silent_regime(written):
    path = written(READERS, regime=PLEDGE)
    whole = load(path, sets=["arms.none.regime=none"])
    base, none = (arm.experiment for arm in whole.arms)
    assert base.regime is not None
    assert none.regime == base.regime.muted
    assert plan(none).field.regime == silent(plan(base).field.regime)


def test_under_a_silent_regime_who_complies_does_what_suits_it(written, tmp_path):
    results = played(written, tmp_path, ['"compliance"', '"free-riding"'],
                     regime="{ name = 'pledge', channels = [] }")  # fmt: skip
    assert results.matches["accommodated_first"].sum() == 0


# The same to the byte


def test_the_number_of_workers_changes_nothing(written, tmp_path):
    keys = {"repetitions": 30, "noise": 0.01, "regime": PLEDGE}
    one, three = (
        played(written, tmp_path, READERS + BLIND, workers=workers, **keys) for workers in (1, 3)
    )
    assert bytes_of(one) == bytes_of(three)


def test_the_manifest_holds_the_regime_whole(written, tmp_path):
    results = played(written, tmp_path, READERS, regime=PLEDGE, repetitions=2)
    again = run(results.folder / "manifest.json", folder=tmp_path / "again", workers=1)
    assert bytes_of(again) == bytes_of(results)
    spec = json.loads((results.folder / "manifest.json").read_text())["experiment"]
    assert spec["regime"]["declared"]["title"] == "The pledge"
    assert spec["regime"]["answer"] == "standing"
    assert loads_canonical(spec).regime == load(written(READERS, regime=PLEDGE)).regime


def test_what_is_played_under_another_regime_is_not_taken_for_this(written):
    digests = {
        plan(load(written(READERS, regime=regime))).digest
        for regime in (
            PLEDGE, "{ name = 'pledge', answer = 'none' }", "{ name = 'pledge', channels = [] }",
            "{ name = 'pledge', review = 0.5 }", "{ name = 'pledge', answer = 'suspension' }",
            "{ name = 'pledge', answer = 'suspension', periods = 3 }",
        )
    }  # fmt: skip
    assert len(digests) == 6


# Exact and sampled


def test_what_is_sampled_is_what_is_solved(written, tmp_path):
    """The report errs; six standard errors of 3,000 games: 2 in 10⁹ a comparison."""
    R, T = 3000, 30
    results = played(
        written, tmp_path, READERS[:3], regime=PLEDGE, repetitions=R, noise=0.02,
        horizon=f"periods = {T}",
    )  # fmt: skip
    experiment = load(written(READERS[:3], regime=PLEDGE))
    strategies = {e.name: e.strategy for e in experiment.entrants}
    regime = standing(hit=0.9, false_alarm=0.02)
    for (first, second), rows in results.matches.group_by("first", "second"):
        pair = (strategies[first], strategies[second])
        exact = total_moments(Match(experiment.game, pair, Horizon(T), 0.02, regime=regime))
        for seat, score in enumerate(("score_first", "score_second")):
            mean = (rows[score] * rows["times"]).sum() / R
            bound = 6 * np.sqrt(exact.variance[seat] / R)
            assert mean == pytest.approx(exact.mean[seat], abs=max(bound, 1e-9))
            assert bound < 5, "tight enough to tell a regime from none"


# Payoffs, seats, members


def test_payoffs_are_the_same_and_values_change_what_drives_choice_only(written):
    base = load(written(BLIND))
    under = load(written(READERS, regime=PLEDGE))
    valued = load(written(READERS, regime="{ name = 'pledge', values = 0.25 }"))
    u = base.game.payoffs
    for experiment in (under, valued):
        game = plan(experiment).field.game
        assert np.abs(game.payoffs - u).max() == 0
    assert plan(under).field.game.choice is None
    assert plan(valued).field.game.choice == pytest.approx(0.75 * u + 0.25 * u[::-1])


ONE_SIDED = """
name = "one-sided"
[[issue]]
name = "stage"
game = "prisoners-dilemma"
[[injunction]]
name = "duty"
level = "rule"
prescribe = ["C"]
addressees = ["actor 1"]
"""


def test_a_regime_for_one_seat_is_played_both_ways_round(written, tmp_path):
    (tmp_path / "one.toml").write_text(ONE_SIDED)
    both = ['"compliance"', '"tit-for-tat"']
    results = played(written, tmp_path, both, regime='"one.toml"', horizon="periods = 10")
    rows = {(r["first"], r["second"]): r for r in results.matches.to_dicts()}
    assert len(rows) == 4
    # asked in the first seat only: there it complies, and else it defects from the start
    assert rows["compliance", "tit-for-tat"]["accommodated_first"] == 10
    assert rows["tit-for-tat", "compliance"]["accommodated_second"] == 0
    assert rows["compliance", "compliance"]["accommodated_first"] == 10
    assert rows["compliance", "compliance"]["accommodated_second"] == 0


def test_it_binds_members_among_themselves_only(written, tmp_path):
    three = ['"compliance"', '"conditional-compliance"', '"free-riding"']
    regime = "{ name = 'pledge', members = ['compliance', 'free-riding'] }"
    keys = {"repetitions": 3}
    results = played(written, tmp_path, three, "some", regime=regime, **keys)
    everybody = played(written, tmp_path, three, "all", regime=PLEDGE, **keys)
    nobody = played(
        written, tmp_path, three, "none", regime="{ name = 'pledge', channels = [] }", **keys
    )
    members = pl.all_horizontal(pl.col("first", "second") != "conditional-compliance")
    expected = pl.concat([everybody.matches.filter(members), nobody.matches.filter(~members)])
    assert results.matches.sort(BY_MATCH).equals(expected.sort(BY_MATCH))
    assert len(results.standings) == 3
    assert [len(wanted) for _, wanted in parts(load(written(three, regime=regime)))] == [3, 3]


# What is not worked out under a regime says so


def test_what_would_have_won_is_refused_and_spreading_goes_by_results(written, tmp_path):
    path = written(READERS, regime=PLEDGE, repetitions=2)
    with pytest.raises(Mistake, match="what would have won under one is not worked out"):
        contest(load(path))
    with pytest.raises(Mistake, match="run it, and name their folder instead"):
        payoffs(load(path))
    assert payoffs_in(run(path, folder=tmp_path / "r", workers=1)).matrix.shape == (4, 4)
    # but a regime that nobody reads is no reason to refuse
    blind = load(written(BLIND, regime=PLEDGE))
    assert np.array_equal(payoffs(blind).matrix, payoffs(load(written(BLIND))).matrix)


def test_emergence_is_solved_under_it(written):
    """All keep an unerring word from the first period on."""
    experiment = load(written(['"compliance"', '"conditional-compliance"'], regime=PLEDGE))
    perfect = replace(
        experiment,
        regime=Arrangement(
            replace(
                experiment.regime.regime,
                injunctions=tuple(
                    replace(q, monitoring=Monitoring())
                    for q in experiment.regime.regime.injunctions
                ),
            )
        ),
    )
    assert solved_emergence(perfect).share == pytest.approx(1)
    assert solved_emergence(replace(experiment, regime=experiment.regime.muted)).share == 0
