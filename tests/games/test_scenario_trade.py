"""Trade: S1 and S2 of scenarios.md, and theory.md 1.5.10. All numbers are theirs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import (
    Game,
    accommodation,
    by_choice,
    catalog,
    domestic_pressure,
    friedman_threshold,
    named_game,
    structure,
)
from coopgames.games.grids import grid
from coopgames.games.scenarios.trade import (
    brought,
    cost,
    joint_tariff,
    mercantilist_tariff,
    mercantilist_threshold,
    nash_tariff,
    political_tariff,
    trade_threshold,
)
from coopgames.play.solve import critical_continuation
from coopgames.strategies import Automaton, Strategy

MIXED, OPPOSED = "mixed-interests", "opposed-interests"


def reversion(k, agreed, war):
    """Keep to one action until anybody does another, then play the other for ever."""
    to = np.ones((2, k, k), dtype=int)
    to[0, agreed, agreed] = 0
    return Strategy("reversion", Automaton(np.eye(k)[[agreed, war]], to))


class TestTheMarketBehindIt:
    """Demand 1 − p in both countries, endowments e and e + D of the good."""

    @staticmethod
    def welfare(t, x=0.5, D=0.4, e=0.2):
        abroad = 1 - e - D / 2 - t / 2  # what clears both markets, the tariff being the wedge
        home = abroad + t
        imports = (1 - home) - e
        assert imports == pytest.approx((e + D) - (1 - abroad))
        importer = (1 - home) ** 2 / 2 + home * e + t * imports
        exporter = (1 - abroad) ** 2 / 2 + abroad * (e + D)
        return importer, exporter, home * x

    @pytest.mark.parametrize("t", [0.05, 0.2, 0.4])
    def test_gains_and_losses_are_those_of_the_market(self, t):
        D, x = 0.4, 0.3
        (w0, e0, p0), (w1, e1, p1) = self.welfare(0.0, x), self.welfare(t, x)
        assert brought(np.array(t), 1.0, 0.0, D) == pytest.approx(w1 - w0)
        assert cost(np.array(t), D) == pytest.approx(e0 - e1)
        gamma = 1.7
        assert brought(np.array(t), 1.0, (gamma - 1) * x, D) == pytest.approx(
            w1 - w0 + (gamma - 1) * (p1 - p0)
        )

    @pytest.mark.parametrize("D", [0.1, 0.4])
    def test_imports_end_at_the_difference_in_endowments(self, D):
        # Then demand at home is what is there: 1 − p = e.
        e = 0.2
        importer, _, _ = self.welfare(D, D=D, e=e)
        assert importer == pytest.approx(e**2 / 2 + (1 - e) * e)


class TestLiberalTrade:
    @pytest.mark.parametrize(
        ("theta", "gamma", "tariff", "gain", "C"),
        [(1, 1, 1 / 3, 0.095, 0.44), (1, 1.5, 0.5, 0.071, 0.25), (1, 2.5, 5 / 6, 0.0045, 0.028)],
    )
    def test_pressure_at_home(self, theta, gamma, tariff, gain, C):
        found = structure(named_game(f"liberal-trade(theta={theta}, gamma={gamma})"))
        assert (found.category, found.subtype) == (MIXED, "dilemma")
        assert nash_tariff(theta, gamma) == pytest.approx(tariff)
        (report,) = found.profiles
        a, b = report.actions
        assert a == b
        assert found.game.actions[0][a] == f"{tariff:.3g}"
        assert report.gain == pytest.approx(gain, abs=5e-4)
        assert report.compatibility == pytest.approx(C, abs=5e-3)

    def test_without_politics_and_terms_of_trade_it_is_harmony(self):
        found = structure(named_game("liberal-trade(theta=0)"))
        assert (found.category, found.self_regarding) == ("harmony", ((0, 0),))
        assert found.profiles[0].compatibility == 1

    @pytest.mark.parametrize(
        ("theta", "gamma"), [(0.01, 1), (0, 1.01), (0, 2.5), (0.5, 2.9), (1, 2.9), (1, 1)]
    )
    def test_anything_else_is_a_dilemma(self, theta, gamma):
        found = structure(named_game(f"liberal-trade(theta={theta}, gamma={gamma})"))
        assert (found.category, found.subtype) == (MIXED, "dilemma")

    @pytest.mark.parametrize(("theta", "gamma", "x"), [(1, 3, 0.5), (0.2, 4, 0.5), (0, 2, 1)])
    def test_until_pressure_ends_trade(self, theta, gamma, x):
        # Not in scenarios.md: at (γ − 1)x ≥ D imports end, and both would have the other open.
        found = structure(named_game(f"liberal-trade(theta={theta}, gamma={gamma}, x={x})"))
        assert (found.category, found.subtype) == (OPPOSED, "two-sided")

    @pytest.mark.parametrize(
        ("theta", "near", "h", "gain"), [(0.1, True, 0.032, 0.030), (0.2, False, 0.062, None)]
    )
    def test_a_trifle_of_terms_of_trade_is_nearly_harmony(self, theta, near, h, gain):  # 1.1.2
        found = structure(named_game(f"liberal-trade(theta={theta})"))
        (report,) = found.profiles
        assert found.flags.near_harmony == near
        assert report.weighted_hindrance == pytest.approx(h, abs=5e-4)
        assert gain is None or report.gain == pytest.approx(gain, abs=5e-4)

    @pytest.mark.parametrize(
        ("gamma", "t_N", "t_PO"), [(1, 1 / 3, 0), (1.5, 0.5, 0.25), (2.5, 5 / 6, 0.75)]
    )
    def test_the_efficient_tariff_is_not_free_trade(self, gamma, t_N, t_PO):  # 1.5.10
        assert nash_tariff(1, gamma) == pytest.approx(t_N)
        assert political_tariff(gamma) == pytest.approx(t_PO)
        assert joint_tariff(1, gamma) == pytest.approx(t_PO)

        def both(t):
            return float(brought(np.array(t), 1, (gamma - 1) / 2) - cost(np.array(t)))

        assert both(t_PO) == max(both(t) for t in (*np.linspace(0, 1, 1001), t_PO))
        # Free trade is worth 0; at γ = 1.5 exactly the war's payoff, at 2.5 less than that.
        war = {1: -1 / 36, 1.5: 0, 2.5: 0.139}[gamma]
        assert both(t_N) == pytest.approx(war, abs=2e-4)

    @pytest.mark.parametrize("gamma", [1.5, 2.5])
    def test_pressure_is_a_group_that_counts_more(self, gamma):  # v = W + (γ − 1) PS
        whole = named_game(f"liberal-trade(gamma={gamma})")
        t = grid(0.0, 1.0, 25, nash_tariff(1, gamma), political_tariff(gamma))
        surplus = 0.5 * t / 2  # x producers gain half of the tariff by the price at home
        plain = brought(t)[:, None] - cost(t)[None, :]
        welfare = Game("welfare", [plain, plain.T], whole.actions)
        both = np.broadcast_to(surplus[:, None], plain.shape)
        driven = domestic_pressure(welfare, [both, both.T], gamma)
        assert by_choice(driven).payoffs == pytest.approx(whole.payoffs)
        assert structure(driven).self_regarding == structure(whole).self_regarding

    @pytest.mark.parametrize("gamma", [1, 1.5, 2.5])
    @pytest.mark.parametrize(("theta", "printed"), [(1, 0.6), (0.2, None)])
    def test_the_threshold_does_not_depend_on_pressure(self, theta, gamma, printed):
        game = named_game(f"liberal-trade(theta={theta}, gamma={gamma}, levels=9)")
        t = [float(name) for name in game.actions[0]]
        agreed, war = (
            int(np.abs(np.array(t) - x).argmin())
            for x in (political_tariff(gamma), nash_tariff(theta, gamma))
        )
        pair = reversion(len(t), agreed, war)
        found = critical_continuation(game, pair, pair, criterion="subgame-perfect")
        assert found == pytest.approx(trade_threshold(theta), abs=1e-8)
        assert friedman_threshold(game, (agreed,) * 2, (war,) * 2) == pytest.approx(found)
        assert printed is None or found == pytest.approx(printed)

    @settings(max_examples=50, deadline=None)
    @given(
        st.floats(0, 1), st.floats(1, 6), st.floats(0, 2), st.floats(0, 2), st.floats(0.1, 5),
        st.integers(2, 9),
    )  # fmt: skip
    def test_its_points_are_on_the_grid_whatever_the_parameters(
        self, theta, gamma, surge, x, D, levels
    ):
        game = catalog()["liberal-trade"](
            theta=theta, gamma=gamma, surge=surge, x=x, D=D, levels=levels
        )
        for seat, g in enumerate((gamma + surge, gamma)):
            u = game.payoffs[seat] if seat == 0 else game.payoffs[seat].T
            own = u[:, 0]  # against free trade
            for t in (nash_tariff(theta, g, x, D), political_tariff(g, x, D),
                      joint_tariff(theta, g, x, D)):  # fmt: skip
                value = brought(np.array(t), theta, (g - 1) * x, D)
                assert np.abs(own - value).min() <= 1e-9 * (1 + np.abs(own).max())
            best = brought(np.array(nash_tariff(theta, g, x, D)), theta, (g - 1) * x, D)
            assert own.max() <= best + 1e-9 * (1 + np.abs(own).max())

    def test_a_surge_moves_one_country_only(self):
        found = structure(named_game("liberal-trade(surge=1.5)"))
        assert [found.game.actions[i][a] for i, a in enumerate(found.self_regarding[0])] == [
            "0.833", "0.333",
        ]  # fmt: skip


class TestMercantilism:
    @pytest.mark.parametrize(
        ("r", "tariff", "threshold"),
        [(0, 0.333, 0.600), (0.25, 0.385, 0.684), (0.5, 0.429, 0.778), (0.75, 0.467, 0.882),
         (0.9, 0.487, 0.951), (1, 0.5, 1)],
    )  # fmt: skip
    def test_the_table_of_s2(self, r, tariff, threshold):
        game = named_game(f"mercantilism(r={r})")
        by_goal, chosen = structure(game), structure(game, by="choice")
        assert (by_goal.category, by_goal.subtype) == (MIXED, "dilemma")
        assert (chosen.category, chosen.subtype) == (
            (MIXED, "dilemma") if r < 1 else (OPPOSED, "two-sided")
        )
        assert by_goal.self_regarding == chosen.self_regarding
        ((a, b),) = by_goal.self_regarding
        assert a == b
        assert float(game.actions[0][a]) == pytest.approx(tariff, abs=5e-4)
        assert mercantilist_tariff(r) == pytest.approx(tariff, abs=5e-4)
        assert mercantilist_threshold(r) == pytest.approx(threshold, abs=5e-4)
        v = by_choice(game).payoffs[0]
        assert v[a, a] == pytest.approx(-(1 - r) * mercantilist_tariff(r) ** 2 / 4)
        assert v[:, 0].max() == pytest.approx((1 + r) ** 2 / (8 * (3 + r)))
        if r < 1:
            # Actions keep the order of what they do to the other's goals.
            driven = Game("driven", by_choice(game).payoffs, roles=accommodation(game))
            pair = reversion(len(v), 0, a)
            found = critical_continuation(driven, pair, pair, criterion="subgame-perfect")
            assert found == pytest.approx(mercantilist_threshold(r), abs=1e-8)

    def test_what_they_aim_at_stays_what_it_was(self):
        # Same grid of 25, one other point: the goal payoffs of the common levels are S1's.
        one, other = named_game("mercantilism"), named_game("liberal-trade")
        at = [one.actions[0].index(name) for name in other.actions[0]]
        assert one.payoffs[0][np.ix_(at, at)] == pytest.approx(other.payoffs[0])
