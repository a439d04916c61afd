"""What the tournaments about other games than the dilemma ask to be noticed."""

import polars as pl
import pytest

from coopgames import strategy
from coopgames.games import named_game, structure
from coopgames.play import Horizon, Match, expect
from coopgames.specs import load


def labels(found, arm):
    m = found.of(arm).matches
    counted = m.group_by(pl.col("label").cast(pl.String)).agg(pl.col("times").sum())
    return dict(counted.iter_rows())


class TestThreeWorlds:
    def test_harmony_is_no_cooperation_and_deadlock_is_discord(self, results):
        found = results("three-worlds")
        assert labels(found, "harmony") == {"harmony": 15}
        assert labels(found, "deadlock") == {"discord": 15}
        assert set(labels(found, "dilemma")) == {"cooperation", "discord"}

    def test_the_three_games_are_the_three_categories(self):
        games = {arm.name: arm.experiment.game for arm in load("three-worlds").arms}
        found = {name: structure(game).category for name, game in games.items()}
        assert found == {
            "dilemma": "mixed-interests", "harmony": "harmony", "deadlock": "opposed-interests",
        }  # fmt: skip


class TestAssurance:
    BELIEFS = (0.55, 0.65, 0.75, 0.85, 0.95)

    @pytest.mark.parametrize(
        ("arm", "need"), [("costs-little", 1 / 2), ("costs-more", 2 / 3), ("costs-much", 4 / 5)]
    )
    def test_a_single_doubter_is_enough(self, arm, need, results):
        game = {a.name: a.experiment.game for a in load("assurance").arms}[arm]
        (R, S), (T, P) = game.payoffs[0]
        assert need == pytest.approx((P - S) / (P - S + R - T))
        assert structure(game).subtype == "assurance"
        k = sum(belief >= need for belief in self.BELIEFS)
        together = k * (k + 1) // 2
        expected = {"convention": together, "discord": 15 - together}
        assert labels(results("assurance"), arm) == {x: n for x, n in expected.items() if n}


class TestChicken:
    @pytest.mark.parametrize(
        ("game", "yields", "never"), [("chicken", 4, 2), ("prisoners-dilemma", 5, 0)]
    )
    def test_what_the_bully_gets(self, game, yields, never):
        bully = strategy("bully")
        for other, mean in (("always-accommodate", yields), ("always-defect", never)):
            match = Match(named_game(game), (bully, strategy(other)), Horizon())
            assert expect(match).means[0] == pytest.approx(mean)

    def test_never_to_swerve_is_worst_and_a_dear_friend_best(self, results):
        found = results("chicken")
        names = found.standings["strategy"].to_list()
        assert set(names[:2]) == {"grim", "brinkmanship"}
        assert names[-1] == "always-defect"
        m = found.matches.filter(
            (pl.col("first") == "always-defect") & (pl.col("second") == "always-defect")
        )
        assert (m["score_first"] / m["periods"]).to_list() == [1.0]
