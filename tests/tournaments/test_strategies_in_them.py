"""What the tournaments about strategies ask to be noticed, against theory and published figures."""

from itertools import product

import numpy as np
import polars as pl
import pytest

from coopgames import strategy
from coopgames.games import named_game
from coopgames.play import Horizon, Match, Perception, expect
from coopgames.specs import load

PD = named_game("prisoners-dilemma")
FOR_EVER = Horizon()


def duel(m, one, other):
    """Mean scores of two entrants against each other, `one` first."""
    rows = m.filter(
        ((pl.col("first") == one) & (pl.col("second") == other))
        | ((pl.col("first") == other) & (pl.col("second") == one))
    )
    weight = rows["times"] / rows["times"].sum()
    first, second = ((rows[f"score_{x}"] * weight).sum() for x in ("first", "second"))
    return (first, second) if rows["first"][0] == one else (second, first)


class TestEndOfTheWorld:
    def test_each_is_undercut_by_the_next(self, results):
        m = results("end-of-the-world").of("known-end").matches
        names = [e.name for e in load("end-of-the-world").entrants]
        scores = np.array([[duel(m, a, b)[0] for b in names] for a in names])
        # Playing T_k against T_j: n − k or n − j friendly periods, and one temptation at most.
        for k, j in product(range(11), range(11)):
            friendly = 50 - max(k, j)
            expected = (
                3 * friendly + (0 if k == j else 5 if k > j else 0) + 1 * (max(k, j) - (k != j))
            )
            assert scores[k, j] == expected, (k, j)
        assert scores.argmax(axis=0)[:10].tolist() == list(range(1, 11))

    def test_the_ends_of_the_table(self, results):
        found = results("end-of-the-world")
        unknown = found.of("unknown-end")
        assert (unknown.standings["score"] == 150).all()
        known = found.of("known-end").standings["strategy"].to_list()
        assert known[0] == "end-game-tit-for-tat(k=2)"
        assert known[-1] == "end-game-tit-for-tat(k=10)"
        matches = found.of("known-end").matches
        assert matches["emerged"].to_list() == [0] * len(matches)
        broken = matches.filter(pl.col("broke").is_not_null())
        assert len(broken) == 11  # those of the one who stops ten early
        assert broken.select(pl.any_horizontal(pl.col("first", "second").str.contains("k=10")))[
            "first"
        ].all()


class TestNoise:
    @pytest.mark.parametrize("noise", [1e-4, 0.01, 0.05])
    def test_tit_for_tat_gets_what_coins_get(self, noise):
        rule = strategy("tit-for-tat")
        mean = expect(Match(PD, (rule, rule), FOR_EVER, noise)).means[0]
        assert mean == pytest.approx((5 + 3 + 1 + 0) / 4)
        grim = strategy("grim")
        assert expect(Match(PD, (grim, grim), FOR_EVER, noise)).means[0] < mean

    @pytest.mark.parametrize(
        "name", ["generous-tit-for-tat", "tit-for-two-tats", "contrite-tit-for-tat"]
    )
    def test_who_forgives_keeps_nearly_all(self, name):
        rule = strategy(name)
        assert expect(Match(PD, (rule, rule), FOR_EVER, 0.05)).means[0] > 0.95 * 3

    def test_without_slips_all_accommodate(self, results):
        m = results("noise-and-generosity").of("no-slips").matches
        assert (m["accommodated_first"] == 200).all()
        assert (m["accommodated_second"] == 200).all()


class TestMisperception:
    def means(self, name):
        rule = strategy(name)
        return [
            expect(Match(PD, (rule, rule), FOR_EVER, noise, perception=seen)).means[0]
            for noise, seen in (
                (0.05, Perception()), (0.0, Perception(0.05)), (0.0, Perception(0.05, True)),
            )
        ]  # fmt: skip

    def test_contrition_mends_slips_and_not_what_each_sees_alone(self):
        slips, alone, all_ = self.means("contrite-tit-for-tat")
        assert slips > 0.9 * 3
        assert all_ > 0.9 * 3
        assert alone == pytest.approx(2.25)
        assert self.means("tit-for-tat") == pytest.approx([2.25] * 3)

    def test_generosity_helps_with_any(self):
        assert min(self.means("generous-tit-for-tat")) > 0.95 * 3

    def test_they_meet_under_these_conditions(self):
        arms = {arm.name: arm.experiment for arm in load("misperception").arms}
        seen = [(e.noise, e.perception) for e in arms.values()]
        assert seen == [
            (0.05, Perception()), (0, Perception(0.05)), (0, Perception(0.05, True)),
        ]  # fmt: skip


class TestEvolutionOfTrust:
    """classics-iterated.md, entry 9 a and b: exact integers, from the guide's own code."""

    @pytest.mark.parametrize(
        ("arm", "expected"),
        [
            ("ten-rounds", {"tit-for-tat": 57, "grim": 46, "always-defect": 45,
                            "trust-detective": 45, "always-accommodate": 29}),
            ("six-rounds", {"tit-for-tat": 33, "always-defect": 33}),
        ],
    )  # fmt: skip
    def test_the_scores_of_the_guide(self, arm, expected, results):
        standings = results("evolution-of-trust").of(arm).standings
        scores = {name: 4 * x for name, x in standings.select("strategy", "score").iter_rows()}
        assert {name: scores[name] for name in expected} == expected

    def test_trust_needs_time(self, results):
        for arm, sign in (("seven-rounds", 1), ("six-rounds", 0), ("five-rounds", -1)):
            standings = results("evolution-of-trust").of(arm).standings
            scores = dict(standings.select("strategy", "score").iter_rows())
            assert np.sign(scores["tit-for-tat"] - scores["always-defect"]) == sign


class TestStewartPlotkin:
    def test_the_generous_come_first(self, results):
        names = results("stewart-plotkin-2012").standings["strategy"].to_list()
        assert names[:3] == ["zdgtft-2", "generous-tit-for-tat", "tit-for-tat"]
        assert set(names[-2:]) == {"extort-2", "always-defect"}

    @pytest.mark.parametrize("name", ["ALLC", "GTFT", "ZDGTFT-2", "WSLS", "joss", "RANDOM"])
    def test_the_extortioner_takes_twice_the_surplus(self, name):
        match = Match(PD, (strategy("EXTORT-2"), strategy(name)), FOR_EVER)
        own, other = expect(match).means
        assert own - 1 == pytest.approx(2 * (other - 1))


class TestGradual:
    """Published: Beaufils, Delahaye & Mathieu; classics-iterated.md, entry 10."""

    def test_first_and_second(self, results):
        assert results("gradual-1997").standings["strategy"].to_list()[:2] == [
            "gradual", "tit-for-tat",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("other", "points"),
        [("always-accommodate", 3000), ("always-defect", 915), ("tit-for-tat", 3000),
         ("grim", 3000), ("cycler(cycle='DDC')", 2219), ("cycler", 3472), ("soft-majority", 3000),
         ("suspicious-tit-for-tat", 2996), ("prober", 2999), ("win-stay-lose-shift", 3000)],
    )  # fmt: skip
    def test_its_row_of_the_published_table(self, other, points, results):
        assert duel(results("gradual-1997").matches, "gradual", other)[0] == points
