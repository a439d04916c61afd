"""Nondiscrimination and reciprocity: S3 of scenarios.md. All numbers are its."""

import numpy as np
import pytest

from coopgames.games import (
    coalitions,
    count_game,
    friedman_threshold,
    named_game,
    structure,
)
from coopgames.games.scenarios.gatt import coalition_cut, coalition_gain, outsider_gain
from coopgames.games.scenarios.trade import brought, cost, most_cooperative, needed_discount
from coopgames.play import group_critical_continuation
from coopgames.strategies.group import trigger

MIXED = "mixed-interests"


class TestGatt:
    game = named_game("gatt")

    def payoffs(self, *tariffs):
        profile = tuple(self.game.actions[0].index(t) for t in tariffs)
        return self.game.payoffs[(slice(None), *profile)]

    def test_a_dilemma_with_the_gain_of_two(self):
        found = structure(self.game)
        assert (found.category, found.subtype) == (MIXED, "dilemma")
        (report,) = found.profiles
        assert {self.game.actions[0][a] for a in report.actions} == {"0.333"}
        assert report.gain == pytest.approx(0.0952, abs=5e-5)

    def test_the_two_norms_need_each_other(self):
        war = self.payoffs("0.333", "0.333", "0.333")
        two = self.payoffs("0", "0", "0.333") - war
        assert two == pytest.approx([-0.0139, -0.0139, 0.1389], abs=5e-5)
        assert two == pytest.approx([-1 / 72, -1 / 72, 5 / 36])
        best = self.payoffs("0.2", "0.2", "0.333") - war
        assert best == pytest.approx([0.0111, 0.0111, 0.0489], abs=5e-5)
        assert self.payoffs("0.0667", "0.0667", "0.333")[0] == pytest.approx(war[0])
        assert self.payoffs("0", "0", "0") - war == pytest.approx([1 / 18] * 3)

    def test_pairs_can_gain_down_to_a_fifth(self):
        pairs = coalitions(structure(self.game))
        assert [c.parties for c in pairs] == [(0, 1), (0, 2), (1, 2)]
        assert not any(c.deal.injurious for c in pairs)
        for c in pairs:
            cuts = {self.game.actions[i][c.deal.profile[i]] for i in c.parties}
            assert cuts == {"0.2"}
            assert (c.structure.category, c.structure.subtype) == (MIXED, "dilemma")

    def test_discrimination_pays_pairs_and_hurts_nobody(self):
        found = structure(named_game("discriminatory-trade"))
        assert (found.category, found.subtype) == (MIXED, "dilemma")
        assert found.self_regarding == ((3, 3, 3),)
        pairs = coalitions(found)
        assert len(pairs) == 3
        for c in pairs:
            assert sorted(c.deal.effects) == pytest.approx([0, 1 / 36, 1 / 36])
        u = found.game.payoffs
        assert u[:, 0, 0, 0] - u[:, 3, 3, 3] == pytest.approx([1 / 18] * 3)

    @pytest.mark.parametrize(
        ("n", "k", "ratio"), [(3, 2, 0.6), (10, 5, 0.652), (10, 8, 0.3), (3, 3, 0), (4, 4, 0)]
    )
    def test_how_far_a_group_best_cuts(self, n, k, ratio):
        assert coalition_cut(n, k) == pytest.approx(ratio, abs=5e-4)
        tariffs = np.linspace(0, 1 / 3, 3001)
        gains = [coalition_gain(t, n, k) for t in tariffs]
        assert tariffs[int(np.argmax(gains))] * 3 == pytest.approx(coalition_cut(n, k), abs=1e-3)
        assert outsider_gain(0.0, k) == pytest.approx(k * 5 / 72)

    @pytest.mark.parametrize(
        ("share", "delta"), [(0.8, 0.143), (0.6, 0.273), (0.4, 0.391), (0.2, 0.5), (0, 0.6)]
    )
    def test_the_ladder_of_liberalisation(self, share, delta):
        t = share / 3
        assert needed_discount(t) == pytest.approx(delta, abs=5e-4)
        assert most_cooperative(needed_discount(t)) == pytest.approx(t)
        if share in (0, 0.6, 0.2):
            levels = {0: "0", 0.6: "0.2", 0.2: "0.0667"}
            a = self.game.actions[0].index(levels[share])
            war = self.game.actions[0].index("0.333")
            assert friedman_threshold(self.game, (a,) * 3, (war,) * 3) == pytest.approx(
                needed_discount(t)
            )

    @pytest.mark.parametrize("n", [2, 3, 10])
    def test_numbers_alone_do_not_make_it_harder(self, n):
        tariffs = np.array([0.0, 1 / 3])
        own, harm = brought(tariffs), cost(tariffs)
        mfn = count_game("mfn", n, lambda a, others: (n - 1) * own[a] - float(np.dot(others, harm)))
        critical = group_critical_continuation(mfn, trigger(n, own=True))
        assert critical == pytest.approx(0.6, abs=1e-9)
