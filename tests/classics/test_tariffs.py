"""Tariff wars.

classics-international.md:

- C14. H. G. Johnson, "Optimum tariffs and retaliation", Review of Economic Studies 21 (1953);
  J. Kennan and R. Riezman, "Do big countries win tariff wars?", International Economic Review 29
  (1988; the claim V-S). All numbers V-R.
- C15. A. Dixit, "Strategic aspects of trade policy" (1987). Numbers V-R, one of them corrected; the
  claim MEM.
- C16. K. Bagwell and R. W. Staiger, "A theory of managed trade", American Economic Review 80
  (1990), and The Economics of the World Trading System (2002). Numbers V-R; that the linear example
  is theirs MEM.
"""

import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar

from coopgames.games import Game, friedman_threshold, named_game, structure
from coopgames.games.scenarios.hegemony import critical_size, war_gain, war_tariffs, welfare
from coopgames.games.scenarios.trade import (
    brought,
    cost,
    most_cooperative,
    nash_tariff,
    needed_discount,
    political_tariff,
)


def utility(t, s, size=1.0, e=9.0, seat=0):
    """Welfare of one country, in an economy whose goods add up to one where sizes are equal."""
    return float(welfare(np.array(t), np.array(s), size, e)[seat]) / (1 + e)


class TestOptimumTariff:  # C14 (a)
    @pytest.mark.parametrize(("eta", "tariff"), [(0.5, 2), (1, 1), (2, 0.5), (4, 0.25)])
    def test_it_is_the_inverse_of_the_elasticity(self, eta, tariff):
        # Imports q are offered at p = q^(1/η); a country that values them at 2√q buys what is best.
        best = minimize_scalar(
            lambda q: q ** (1 + 1 / eta) - 2 * np.sqrt(q), bounds=(1e-6, 10), method="bounded",
            options={"xatol": 1e-12},
        ).x  # fmt: skip
        at_home, abroad = 1 / np.sqrt(best), best ** (1 / eta)
        assert at_home / abroad - 1 == pytest.approx(tariff, abs=1e-4)

    def test_small_countries_have_none(self):
        assert war_tariffs(1e9)[1] == pytest.approx(0, abs=1e-6)


class TestWar:  # C14 (b, c)
    def test_equals_lose(self):
        for a, tariff, change in ((0.9, 2, -0.134), (0.6, 0.2247, -0.0051)):
            e = a / (1 - a)
            assert war_tariffs(1.0, e) == pytest.approx((tariff, tariff), abs=5e-5)
            assert war_gain(1.0, e) == pytest.approx((change, change), abs=5e-4)

    @pytest.mark.parametrize("size", [1.0, 1.7, 2.5, 4.0, 8.0])
    @pytest.mark.parametrize("e", [2.0, 9.0, 19.0])
    def test_the_closed_form_is_an_equilibrium(self, size, e):
        # 1 + t_A = √(b/(1−a)), 1 + t_B = √(a/(1−b)), with endowments as shares of each good.
        t, s = war_tariffs(size, e)
        a, b = size * e / (size * e + 1), e / (size + e)
        assert (1 + t, 1 + s) == pytest.approx((np.sqrt(b / (1 - a)), np.sqrt(a / (1 - b))))
        grid = np.linspace(-0.5, 15, 155_001)
        own = welfare(grid, np.array(s), size, e)[0]
        other = welfare(np.array(t), grid, size, e)[1]
        assert own.max() <= welfare(np.array(t), np.array(s), size, e)[0] * (1 + 1e-12)
        assert grid[own.argmax()] == pytest.approx(t, abs=2e-4)
        assert grid[other.argmax()] == pytest.approx(s, abs=2e-4)

    @pytest.mark.parametrize(("e", "size"), [(9, 2.241), (2, 1.555), (4, 1.742), (19, 3.227)])
    def test_from_which_size_on_the_large_one_gains(self, e, size):
        found = brentq(lambda x: war_gain(x, e)[0], 1, 20)
        assert found == pytest.approx(size, abs=1e-3)
        assert critical_size(e) == pytest.approx(found, abs=1e-9)

    def test_at_three_times_the_size(self):
        assert war_gain(3.0) == pytest.approx((0.034, -0.343), abs=5e-4)


class TestAutarky:  # C15
    def test_both_markets_closed_is_an_equilibrium(self):
        # 1 + t ≥ 81 ends trade alone, so that nothing which the other does matters.
        assert utility(80, 80) == pytest.approx(0.3)
        assert max(utility(t, 80) for t in np.linspace(0, 80, 2001)) == pytest.approx(0.3)
        assert utility(79, 0) > 0.3

    def test_two_high_tariffs_are_none(self):
        # classics-international.md gives .30097 for a deviation to 0. That is the best deviation,
        # to t = .2253; a deviation to 0 yields .30038. Either way 50 and 50 is no equilibrium.
        assert utility(50, 50) == pytest.approx(0.3)
        assert utility(0, 50) == pytest.approx(0.30038, abs=5e-6)
        best = minimize_scalar(lambda t: -utility(t, 50), bounds=(0, 0.58), method="bounded")
        assert (best.x, -best.fun) == pytest.approx((0.2253, 0.30097), abs=5e-5)

    def test_the_stronger_threat_needs_less_future(self):
        free = utility(0, 0)
        best = minimize_scalar(lambda t: -utility(t, 0), bounds=(0, 60), method="bounded")
        cheating = -best.fun
        war = utility(2, 2)
        thresholds = [(cheating - free) / (cheating - x) for x in (war, 0.3)]
        assert thresholds == pytest.approx([0.5209, 0.2670], abs=1e-3)
        # The same, as a game of four tariffs: none, war's, the best against none, prohibitive.
        t = np.array([0.0, 2.0, best.x, 80.0])
        game = Game("tariffs", welfare(t[:, None], t[None, :], 1.0))
        assert set(structure(game).equilibria) >= {(1, 1), (3, 3)}
        for fallback, expected in ((1, 0.5209), (3, 0.2670)):
            found = friedman_threshold(game, (0, 0), (fallback, fallback))
            assert found == pytest.approx(expected, abs=1e-3)


class TestManagedTrade:  # C16
    @pytest.mark.parametrize("D", [0.3, 1.0, 2.5])
    def test_the_threshold_is_three_fifths(self, D):
        t = nash_tariff(D=D)
        assert t == pytest.approx(D / 3)
        assert float(brought(np.array(t), D=D)) == pytest.approx(D**2 / 24)  # by deviating from 0
        assert float(brought(np.array(t), D=D) - cost(np.array(t), D)) == pytest.approx(
            -(D**2) / 36
        )
        game = named_game(f"liberal-trade(D={D}, levels=13)")
        ((war, _),) = structure(game).self_regarding
        assert friedman_threshold(game, (0, 0), (war, war)) == pytest.approx(3 / 5)

    @pytest.mark.parametrize(
        ("delta", "tariff"), [(0.2, 0.2381), (0.4, 0.1282), (0.5, 0.0667), (0.55, 0.0340)]
    )
    def test_the_most_cooperative_tariff(self, delta, tariff):
        assert most_cooperative(delta) == pytest.approx(tariff, abs=5e-5)
        assert needed_discount(tariff) == pytest.approx(delta, abs=5e-4)

        def holds(t):
            at = np.array([t, 1 / 3])
            own, harm = brought(at), cost(at)
            agreed, cheating, war = own[0] - harm[0], own[1] - harm[0], own[1] - harm[1]
            return agreed - ((1 - delta) * cheating + delta * war)

        assert brentq(holds, 0, 1 / 3 - 1e-4) == pytest.approx(most_cooperative(delta), abs=1e-9)

    @pytest.mark.parametrize("gamma", [1.0, 1.5, 2.0, 2.9])
    def test_only_the_terms_of_trade_need_an_agreement(self, gamma):
        D, x = 1.0, 0.5
        gap = nash_tariff(1.0, gamma, x, D) - political_tariff(gamma, x, D)
        assert gap == pytest.approx((D - (gamma - 1) * x) / 3)
        assert gap > 0

    @pytest.mark.parametrize(("delta", "high"), [(0.45, 0.2304), (0.6, 0.1174)])
    def test_protection_rises_with_a_surge_of_trade(self, delta, high):
        """Volumes D are .6 or 1.4 with equal odds, and known before tariffs are set.

        In state D a government gains (3/8)(D/3 − t)² by cheating and loses δV/(1−δ), with
        V = E[D²/36 − t_c(D)²/4]: each state's tariff depends on what both promise for the future.
        """
        volumes = np.array([0.6, 1.4])
        t = np.zeros(2)
        for _ in range(10_000):  # down from free trade, to the most cooperative fixed point
            V = (volumes**2 / 36 - t**2 / 4).mean()
            t = np.clip(volumes / 3 - np.sqrt(8 * delta * V / (3 * (1 - delta))), 0, None)
        assert t == pytest.approx([0, high], abs=5e-5)

    def test_the_gain_from_cheating_in_it(self):
        for D, t in ((0.6, 0.05), (1.4, 0.2)):
            gain = brought(np.array(D / 3), D=D) - brought(np.array(t), D=D)
            assert float(gain) == pytest.approx(3 / 8 * (D / 3 - t) ** 2)
            both = brought(np.array(t), D=D) - cost(np.array(t), D)
            assert float(both) == pytest.approx(-(t**2) / 4)
