"""The five issue-areas of After Hegemony: what each tournament asks to be noticed.

Thresholds are worked out here from payoffs; shares of actions are solved from the joint chains,
where the tournament plays; what is said to differ must differ by more than luck may explain.
"""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from coopgames import named_game, structure
from coopgames.experiments import run
from coopgames.experiments.pairs import parts
from coopgames.games.scenarios.oil import cartel_threshold
from coopgames.games.scenarios.proliferation import tipping_share
from coopgames.play import expect
from coopgames.specs import load, regime_from

WITHOUT = {
    "gatt-1947": {"self-help"},
    "bretton-woods": {"self-help"},
    "oil-1928-1974": {"self-help-1928", "self-help-1974"},
    "non-proliferation": {"self-help", "prestige-self-help", "suppliers-self-help"},
    "cotton-textiles": {"self-help", "some-leakage-self-help", "much-leakage-self-help"},
}


def row(table, arm, measure):
    return table.filter((pl.col("arm") == arm) & (pl.col("measure") == measure)).to_dicts()[0]


def value(table, arm, measure):
    return row(table, arm, measure)["value"]


def solved(experiment):
    """Payoffs of each seat and the shares of all profiles, each match counted alike."""
    matches = {
        pair.key: given.field.match(pair.first, pair.second)
        for given, wanted in parts(experiment)
        for pair in wanted
    }
    found = [expect(match) for match in matches.values()]
    return np.mean([x.means for x in found], axis=0), np.mean([x.frequency for x in found], axis=0)


def accommodates(frequency):
    """Share of actions that accommodate: here the first of each seat is the one that does."""
    return (frequency[0].sum() + frequency[:, 0].sum()) / 2


def arms(name):
    return {arm.name: arm.experiment for arm in load(name).arms}


@pytest.mark.parametrize("name", WITHOUT)
def test_each_has_both_arms_and_says_what_it_cannot_show(name):
    found = arms(name)
    silent = {arm for arm, experiment in found.items() if experiment.regime.silent}
    assert silent == WITHOUT[name]
    with_one = [e for arm, e in found.items() if arm not in silent]
    for arm in silent:  # the same game and actors with a regime, in some other arm
        alone = found[arm]
        assert any((e.game, e.entrants) == (alone.game, alone.entrants) for e in with_one)
    experiment = load(name)
    assert "What it cannot show: " in experiment.notice
    assert "ch. 4" in experiment.story
    assert "two actors" in experiment.remark


@pytest.mark.parametrize("name", ["non-proliferation", "cotton-textiles"])
def test_what_is_played_is_what_is_solved(name, results):
    m = results(name).matches
    periods = load(name).horizons[0].periods
    assert (m["times"] == 1).all()
    share = (pl.col("accommodated_first") + pl.col("accommodated_second")) / (2 * periods)
    for arm, experiment in arms(name).items():
        _, frequency = solved(experiment)
        assert frequency.sum() == pytest.approx(1)
        each = (
            m.filter(pl.col("arm") == arm).group_by("repetition").agg(share.mean().alias("x"))["x"]
        )
        error = each.std() / np.sqrt(len(each))
        # Student's t with 14 degrees of freedom lies beyond 9 in one of three million draws.
        assert abs(each.mean() - accommodates(frequency)) < 9 * error + 1e-9, arm


class TestGATT:
    def test_free_trade_is_worth_the_war_and_half_way_is_worth_more(self):
        game = arms("gatt-1947")["bindings"].game
        at = {name: i for i, name in enumerate(game.actions[0])}
        both = {t: game.payoffs[0][at[t], at[t]] for t in ("0", "0.25", "0.5")}
        own, harm = lambda t: 0.375 * t - 0.375 * t**2, lambda t: t / 4 - t**2 / 8
        for t, got in both.items():
            assert got == pytest.approx(own(float(t)) - harm(float(t)))
        assert both["0"] == pytest.approx(both["0.5"])
        assert both["0.25"] == pytest.approx(1 / 64)
        # 0.5 is best whatever the other does, and grim reaction holds 0.25 from 3/5 on.
        assert (game.payoffs[0].argmax(axis=0) == at["0.5"]).all()
        gain = own(0.5) - own(0.25)
        assert gain / (gain + both["0.25"] - both["0.5"]) == pytest.approx(3 / 5)

    def test_what_emerges(self, results):
        table = results("gatt-1947").arms
        assert value(table, "bindings", "emergence") == pytest.approx(0.6, abs=0.02)
        assert value(table, "bindings", "lasting") == pytest.approx(0.6, abs=0.02)
        for arm in ("self-help", "free-trade-at-once"):
            assert value(table, arm, "emergence") == 0
            assert value(table, arm, "discord") == 1
            assert row(table, arm, "emergence")["high"] < 0
        assert row(table, "hidden-barriers", "emergence")["high"] < 0
        assert value(table, "hidden-barriers", "lasting") < 0.15
        assert row(table, "hidden-barriers", "lasting")["high"] < -0.4
        assert value(table, "hidden-but-reported", "lasting") == pytest.approx(0.6, abs=0.03)

    def test_pressure_in_one_country_breaks_the_binding(self):
        found = arms("gatt-1947")
        game = found["pressure-at-home"].game
        assert game.actions == found["bindings"].game.actions
        at = {name: i for i, name in enumerate(game.actions[0])}
        # Country A alone counts (γ − 1)x = 0.625 for its producers, and answers anything with 0.75.
        assert (game.payoffs[0].argmax(axis=0) == at["0.75"]).all()
        war = game.payoffs[0][at["0.75"], at["0.5"]]
        assert war > game.payoffs[0][at["0.25"], at["0.25"]] + 0.05
        few = {arm: replace(e, entrants=e.entrants[1:2]) for arm, e in found.items()}
        _, before = solved(few["bindings"])
        _, after = solved(few["pressure-at-home"])
        kept = slice(0, at["0.25"] + 1)
        assert before[kept].sum() > 0.8
        assert after[kept].sum() < 0.05


class TestBrettonWoods:
    @pytest.mark.parametrize(
        ("regime", "needed"), [("payments-1958-71", 0.397), ("payments-1973", 0.772)]
    )
    def test_the_same_norm_takes_more_where_it_is_seen_less(self, regime, needed):
        """The alarm ends it for good: δ* = g/((h − f)(u_C − u_N) + (1 − f) g)."""
        seen = regime_from(regime).injunction("nonmanipulation").monitoring

        def u(own, other):  # a = x = 1, b = 0.8, ω = 0.5
            return -((-1 + own - 0.8 * other) ** 2) - 0.5 * own**2

        joint, nash = 0.2 / 0.54, 1 / 0.7
        gain = u((1 + 0.8 * joint) / 1.5, joint) - u(joint, joint)
        kept = u(joint, joint) - u(nash, nash)
        h, f = seen.hit, seen.false_alarm
        assert gain / ((h - f) * kept + (1 - f) * gain) == pytest.approx(needed, abs=5e-4)

    def test_what_emerges_and_lasts(self, results):
        table = results("bretton-woods").arms
        assert value(table, "pegged", "emergence") == 1
        assert value(table, "pegged", "lasting") > 0.9
        assert value(table, "self-help", "emergence") < 0.06
        assert row(table, "self-help", "emergence")["high"] < -0.9
        floating = row(table, "floating", "emergence")
        assert floating["high"] < 0
        assert 0.7 < floating["value"] < 0.9
        assert row(table, "floating", "lasting")["high"] < -0.4
        assert 0.2 < value(table, "floating", "lasting") < 0.45
        assert value(table, "no-alarms", "lasting") > 0.97
        assert row(table, "no-alarms", "payoff")["low"] > 0

    def test_with_less_future_pegs_emerge_less_often(self, tmp_path):
        experiment = load("bretton-woods")
        fields = [e.strategy.name for e in experiment.entrants]
        assert all(name == "regime-shaped-expectations" for name in fields)
        less = [
            f'"regime-shaped-expectations(prior={p}, trust=10, future=0.75, temperature=0.01, '
            'otherwise=20)"'
            for p in (0.3, 0.6, 0.9)
        ]
        changed = load("bretton-woods", sets=[f"strategies=[{', '.join(less)}]"])
        table = run(changed, folder=tmp_path / "less").arms
        gap = row(table, "floating", "emergence")
        assert gap["low"] > 0
        assert gap["value"] > value(table, "pegged", "emergence") + 0.15


class TestOil:
    def test_thresholds(self):
        def needed(game):
            (R, _), (T, P) = game
            return (T - R) / (T - P)

        oil = named_game("tug-of-war(n=2)").payoffs[0]
        as_is, compete, overrun = 0, 1, 2
        table = (oil[as_is, [as_is, compete]], (oil[overrun, as_is], oil[compete, compete]))
        assert needed(table) == pytest.approx(9 / 17)
        assert cartel_threshold(2) == pytest.approx(9 / 17)
        assert cartel_threshold(10) == pytest.approx(121 / 161)  # .752
        # q = .2, a loss of 1 alone, 1/4 each if it is borne by two.
        share = named_game("oil-sharing(n=2)").payoffs[0]
        assert share.ravel() == pytest.approx([-0.05, -0.125, -0.025, -0.1])
        assert needed(share) == pytest.approx(1 / 3)

    def test_what_emerges_and_lasts(self, results):
        table = results("oil-1928-1974").arms
        assert value(table, "as-is-1928", "emergence") == 1
        assert value(table, "as-is-1928", "lasting") > 0.99
        assert value(table, "self-help-1928", "lasting") < 0.5
        for arm in ("self-help-1928", "tug-of-war-1970", "newcomers-accept", "self-help-1974"):
            assert row(table, arm, "emergence")["high"] < 0
            assert row(table, arm, "lasting")["high"] < 0
        assert value(table, "sharing-1974", "emergence") > 0.97
        assert value(table, "self-help-1974", "emergence") < 0.2

    @pytest.mark.parametrize("arm", ["tug-of-war-1970", "newcomers-accept"])
    def test_it_is_left_among_the_old_ones(self, arm, results):
        m = results("oil-1928-1974").of(arm).matches
        newcomer = pl.any_horizontal(
            pl.col("first", "second").str.contains("future=0.3)", literal=True)
        )
        pairs = m.select("first", "second").unique()
        assert (len(pairs), len(pairs.filter(~newcomer))) == (21, 10)
        assert m.filter(newcomer)["emerged"].is_not_null().sum() == 0
        assert m.filter(~newcomer)["emerged"].is_not_null().mean() > 0.98


class TestNonProliferation:
    def test_prestige_takes_more_confidence(self):
        """Abstaining pays from (P − S)/((P − S) + (R − T)) on: one less the tipping share."""
        for label, T, needed in (
            ("non-proliferation(n=2)", 3, 1 / 2), ("non-proliferation(n=2, T=3.9)", 3.9, 1 / 1.1),
        ):  # fmt: skip
            (R, S), (tempted, P) = named_game(label).payoffs[0]
            assert tempted == T
            least = (P - S) / ((P - S) + (R - T))
            assert least == pytest.approx(needed)
            assert tipping_share(T) == pytest.approx(1 - needed)
        assert structure(named_game("suppliers")).subtype == "dilemma"

    def test_who_fears_and_who_is_tempted(self):
        found = {arm: accommodates(solved(e)[1]) for arm, e in arms("non-proliferation").items()}
        assert found["regime"] > 0.97
        assert found["uninspected"] > 0.97
        assert found["self-help"] == pytest.approx(0.64, abs=0.015)
        assert found["prestige-self-help"] == pytest.approx(0.51, abs=0.015)
        assert 1 - found["suppliers-self-help"] == pytest.approx(0.9, abs=0.02)
        assert 1 - found["suppliers-regime"] == pytest.approx(1 / 7, abs=0.03)
        assert found["suppliers-uninspected"] == pytest.approx(0.5, abs=0.02)

    def test_beyond_luck(self, results):
        table = results("non-proliferation").arms
        for arm in (
            "self-help",
            "prestige-self-help",
            "suppliers-self-help",
            "suppliers-uninspected",
        ):
            assert row(table, arm, "discord")["low"] > 0.15
        assert value(table, "regime", "discord") < 0.02
        assert value(table, "regime", "convention") > 0.5  # from the start, nothing to adjust


class TestCottonTextiles:
    def test_where_interests_turn(self):
        found = [structure(e.game) for e in arms("cotton-textiles").values()]
        assert [s.category for s in found] == ["mixed-interests"] * 4 + ["opposed-interests"] * 2
        game = named_game("cotton-textiles").payoffs
        assert game.mean(axis=(1, 2)) == pytest.approx([2.5, 2.5])  # each mixes half and half

    def test_rents_and_leakage(self):
        found = {arm: solved(e) for arm, e in arms("cotton-textiles").items()}
        means = {arm: m for arm, (m, _) in found.items()}
        assert means["arrangement"] == pytest.approx([3.9, 3.0], abs=0.05)
        assert means["arrangement"] - means["much-leakage"] == pytest.approx([1, 1], abs=0.06)
        gap = means["much-leakage"] - means["much-leakage-self-help"]
        assert (abs(gap) < 0.12).all()
        for arm in ("much-leakage", "much-leakage-self-help"):
            assert found[arm][1][0].sum() < 0.05  # the importer accepts hardly ever

    def test_beyond_luck(self, results):
        table = results("cotton-textiles").arms
        assert value(table, "arrangement", "discord") == 0
        assert value(table, "self-help", "discord") == pytest.approx(0.3, abs=0.1)
        assert row(table, "self-help", "discord")["low"] > 0.1
        assert value(table, "some-leakage", "discord") < 0.05
        for arm in ("some-leakage-self-help", "much-leakage", "much-leakage-self-help"):
            assert row(table, arm, "discord")["low"] > 0.3
