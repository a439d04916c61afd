"""Monetary interdependence.

classics-international.md:

- C17. K. Hamada, "A strategic analysis of monetary interdependence", J. Political Economy 84
  (1976); M. B. Canzoneri and J. A. Gray, International Economic Review 26 (1985). The reduced form
  is ours (OWN), the numbers V-R, the claim V-S.
- C18. K. Rogoff, "Can international monetary policy cooperation be counterproductive?",
  J. International Economics 18 (1985). The toy is ours (OWN), the numbers V-R, the title V-S.
"""

import numpy as np
import pytest

from coopgames.games import Game, deals, named_game, structure
from coopgames.games.scenarios.payments import joint_devaluation, loss, nash_devaluation


class TestHamada:  # C17; a devaluation here is a contraction of money there, d = −m
    @pytest.mark.parametrize(
        ("b", "ratio"), [(0, 1), (0.25, 1.0204), (0.5, 1.1111), (0.75, 1.36), (-0.5, 1.04)]
    )
    def test_how_much_more_is_lost_without_agreement(self, b, ratio):
        nash, joint = nash_devaluation(1, b, 1), joint_devaluation(1, b, 1)
        lost = [float(loss(np.array(d), np.array(d), 1, b, 1)) for d in (nash, joint)]
        assert lost[0] / lost[1] == pytest.approx(ratio, abs=5e-5)
        # Too much where it is at the other's expense, too little where it pulls the other along.
        assert np.sign(nash - joint) == np.sign(b)

    @pytest.mark.parametrize("b", [-0.5, 0.25, 0.5, 0.75])
    def test_the_formulas_against_first_order_conditions(self, b):
        h = 1e-6

        def own(d, e):
            return float(loss(np.array(d), np.array(e), 1, b, 1))

        nash, joint = nash_devaluation(1, b, 1), joint_devaluation(1, b, 1)
        assert own(nash + h, nash) - own(nash - h, nash) == pytest.approx(0, abs=1e-10)
        assert own(joint + h, joint + h) - own(joint - h, joint - h) == pytest.approx(0, abs=1e-10)

    @pytest.mark.parametrize("b", [0.25, 0.5, 0.75, -0.5])
    def test_playing_with_policies_is_a_dilemma(self, b):
        found = structure(named_game(f"balance-of-payments(b={b}, omega=1)"))
        assert (found.category, found.subtype) == ("mixed-interests", "dilemma")


class TestRogoff:  # C18
    """Two central banks under discretion, and a public that sets wages beforehand.

    Bank i loses (y_i − k)² + ω q_i², where output is y_i = π_i − π^e and what it pays for inflation
    rises by c with a depreciation: q_i = π_i + c(π_i − π_j). The public loses by surprises. Alone a
    bank stops at k/(ω(1 + c)), since more would depreciate its currency; together at k/ω.
    """

    k = omega = 1.0

    def bank_loss(self, own, other, expected, c):
        paid = own + c * (own - other)
        return (own - expected - self.k) ** 2 + self.omega * paid**2

    def inflation(self, c):
        return self.k / (self.omega * (1 + c)), self.k / self.omega

    @pytest.mark.parametrize(("c", "alone"), [(0.5, 1.444), (1.0, 1.25)])
    def test_cooperation_is_worse_for_both_once_it_is_expected(self, c, alone):
        nash, joint = self.inflation(c)
        assert self.bank_loss(nash, nash, nash, c) == pytest.approx(alone, abs=5e-4)
        assert self.bank_loss(joint, joint, joint, c) == pytest.approx(2.0)

    @pytest.mark.parametrize("c", [0.5, 1.0])
    def test_where_each_stops(self, c):
        nash, joint = self.inflation(c)
        pi = np.linspace(0, 2, 200_001)
        assert pi[self.bank_loss(pi, nash, nash, c).argmin()] == pytest.approx(nash, abs=2e-5)
        together = pi[self.bank_loss(pi, pi, joint, c).argmin()]
        assert together == pytest.approx(joint, abs=2e-5)

    @pytest.mark.parametrize("c", [0.5, 1.0])
    def test_it_is_a_deal_of_two_that_injures_the_third(self, c):
        nash, joint = self.inflation(c)
        surprise = (self.k + nash) / (1 + self.omega)  # best for both, wages being set already
        pi = np.array([nash, surprise, joint])
        a, b, expected = pi[np.indices((3, 3, 3))]
        game = Game(
            "discretion",
            [
                -self.bank_loss(a, b, expected, c), -self.bank_loss(b, a, expected, c),
                -(((a + b) / 2 - expected) ** 2),
            ],
            seats=["bank A", "bank B", "public"],
        )  # fmt: skip
        alone = (0, 0, 0)
        assert alone in structure(game, feasible="pure").equilibria
        made = {d.profile: d for d in deals(game, alone, (0, 1))}
        assert set(made) == {(1, 1, 0)}
        assert made[1, 1, 0].injurious
        assert made[1, 1, 0].effects[2] == pytest.approx(-((surprise - nash) ** 2))
        # And where it ends, once expectations follow, both banks are worse off than alone.
        u = game.payoffs
        assert (u[:2, 2, 2, 2] < u[:2, 0, 0, 0]).all()
