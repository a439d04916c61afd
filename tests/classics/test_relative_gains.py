"""Relative gains raise the price of cooperation.

J. M. Grieco, "Anarchy and the limits of cooperation", International Organization 42 (1988), with
U = V − k(W − V); D. Snidal, "Relative gains and the pattern of international cooperation", American
Political Science Review 85 (1991), for the number of actors. classics-iterated.md, entry 19: the
thresholds V-CALC and derived here, the utility form MEM. theory.md 1.5.9: V-R.
"""

import numpy as np
import pytest

from coopgames.games import (
    Game,
    by_choice,
    named_game,
    relative_gains,
    self_regarding,
    structure,
    two_by_two,
)
from coopgames.play.solve import critical_continuation
from coopgames.strategies import Automaton, Strategy, strategy

GRIM = Strategy("grim", Automaton(np.eye(2), [[[0, 1], [1, 1]], [[1, 1], [1, 1]]]))
TFT = strategy("tit-for-tat")
PD = named_game("prisoners-dilemma")


def driven(game, r):
    """Give the game of what drives choice, actions keeping the order of what they do to others."""
    return Game("driven", by_choice(relative_gains(game, r)).payoffs, roles=[(0, 1)] * 2)


@pytest.mark.parametrize("k", [0, 0.3, 1, 4, 50])
class TestGrieco:
    def test_the_dilemma_stays_one(self, k):
        found = structure(relative_gains(PD, k / (1 + k)), by="choice")
        assert (found.category, found.subtype) == ("mixed-interests", "dilemma")

    def test_grim(self, k):
        found = critical_continuation(driven(PD, k / (1 + k)), GRIM, GRIM)
        assert found == pytest.approx((2 + 5 * k) / (4 + 5 * k), abs=1e-8)

    def test_tit_for_tat(self, k):
        # The other condition, (T − R)/(R − S), is (2 + 5k)/(3 + 5k), and always the harder one.
        found = critical_continuation(driven(PD, k / (1 + k)), TFT, TFT)
        assert found == pytest.approx((2 + 5 * k) / (3 + 5 * k), abs=1e-8)

    def test_the_utility_orders_outcomes_as_ours_does(self, k):
        V, W = PD.payoffs
        assert V - k * (W - V) == pytest.approx((1 + k) * driven(PD, k / (1 + k)).payoffs[0])


def test_worked_values():
    values = [(2 + 5 * k) / (4 + 5 * k) for k in (0, 1, 1e9)]
    assert values == pytest.approx([1 / 2, 7 / 9, 1])


class TestTheTable:  # 1.5.9
    @pytest.mark.parametrize(
        ("r", "delta"), [(0, 0.5), (0.25, 0.667), (0.5, 0.8), (0.75, 0.909), (0.9, 0.966)]
    )
    def test_the_critical_discount_rises(self, r, delta):
        game = two_by_two("pd", R=3, S=1, T=4, P=2)
        found = critical_continuation(driven(game, r), GRIM, GRIM)
        assert found == pytest.approx((1 + 2 * r) / (2 + r), abs=1e-8)
        assert found == pytest.approx(delta, abs=5e-4)
        assert structure(relative_gains(game, r), by="choice").subtype == "dilemma"

    @pytest.mark.parametrize(
        ("payoffs", "r", "U"),
        [
            ((4, 3, 2, 1), 0.6, ((0, 0),)),  # harmony: still played, now as mutual hindrance
            ((4, 2, 3, 1), 0.4, ((0, 0),)),  # concord: what is played jumps
            ((4, 2, 3, 1), 0.6, ((1, 1),)),
            (
                (4, 1, 3, 2),
                0.3,
                ((0, 0), (0, 1), (1, 0), (1, 1)),
            ),  # the stag hunt becomes a dilemma
            ((4, 1, 3, 2), 0.34, ((1, 1),)),
        ],
    )
    def test_what_self_interest_leads_to(self, payoffs, r, U):
        R, S, T, P = payoffs
        game = relative_gains(two_by_two("g", R=R, S=S, T=T, P=P), r)
        assert self_regarding(game) == U

    @pytest.mark.parametrize(("n", "left"), [(2, 0.0), (3, 0.5), (5, 0.75), (11, 0.9)])
    def test_they_fade_with_numbers(self, n, left):
        """A deal of two worth G to each leaves 1 − r/(n − 1) of it, at r = 1."""
        G = 3.0
        u = np.zeros((n, *(2 if i < 2 else 1 for i in range(n))))
        u[:2, 1, 1] = G
        v = relative_gains(Game("deal", u), 1.0)
        value = by_choice(v).payoffs[(0, 1, 1, *[0] * (n - 2))]
        assert value == pytest.approx(G * left)
