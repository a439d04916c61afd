"""S6, S7, S8, S9 and S11 of scenarios.md: arms, textiles, shipping, the guild, the alliance."""

import numpy as np
import pytest

from coopgames.games import (
    Game,
    among,
    catalog,
    coalitions,
    compatibility,
    deals,
    friedman_threshold,
    named_game,
    structure,
    two_by_two,
)
from coopgames.games.scenarios.alliance import alliance_threshold
from coopgames.games.scenarios.navigation import SWITCH, navigation_threshold
from coopgames.games.scenarios.proliferation import tipping_share
from coopgames.games.scenarios.textiles import COLLAPSE
from coopgames.play.solve import critical_continuation
from coopgames.strategies import Automaton, Strategy

HARMONY, MIXED, OPPOSED = "harmony", "mixed-interests", "opposed-interests"
GRIM = Strategy("grim", Automaton(np.eye(2), [[[0, 1], [1, 1]], [[1, 1], [1, 1]]]))
"""Grim as the theory has it: any defection sets it off, one's own included."""


def label(name):
    found = structure(named_game(name))
    return found.category, found.subtype


class TestNonProliferation:
    @pytest.mark.parametrize(
        ("T", "subtype"), [(3.0, "assurance"), (3.9, "assurance"), (4.5, "dilemma")]
    )
    def test_prestige_turns_assurance_into_a_dilemma(self, T, subtype):
        assert label(f"non-proliferation(T={T})") == (MIXED, subtype)

    @pytest.mark.parametrize(("T", "share"), [(3.0, 0.5), (3.9, 0.091)])
    def test_where_it_tips(self, T, share):
        assert tipping_share(T) == pytest.approx(share, abs=5e-4)
        n = 1001
        abstain, acquire = catalog()["non-proliferation"](n=n, T=T).payoffs
        armed = np.arange(n)[::-1] / (n - 1)  # number o: how many of the others abstain
        assert ((acquire > abstain) == (armed > tipping_share(T) + 1e-9)).all()

    def test_the_suppliers_have_a_prisoners_dilemma(self):
        assert label("suppliers") == (MIXED, "dilemma")
        expected = two_by_two("", R=3, S=1, T=4, P=2).payoffs
        assert named_game("suppliers").payoffs.tolist() == expected.tolist()

    def test_the_bargain(self):
        found = structure(named_game("nuclear-bargain"))
        assert (found.category, found.subtype) == (MIXED, "dilemma")
        assert found.self_regarding == ((1, 1),)
        u = found.game.payoffs
        assert (u[:, 0, 0] > u[:, 1, 1]).all()


class TestCottonTextiles:
    def test_the_chase(self):
        found = structure(named_game("cotton-textiles"))
        assert (found.category, found.subtype) == (MIXED, "cyclic")
        # One half each makes the other indifferent, and is worth 2.5 to both.
        u = found.game.payoffs
        half = np.array([0.5, 0.5])
        assert (u[0] @ half).tolist() == [2.5, 2.5]
        assert (half @ u[1]).tolist() == [2.5, 2.5]
        assert u[:, 0, 0].tolist() == [4, 3]
        unrestrained = next(p for p in found.profiles if p.actions == (1, 1))
        assert unrestrained.gain == pytest.approx(2 / 3)

    @pytest.mark.parametrize(
        ("leakage", "expected"),
        [(0.33, (MIXED, "cyclic")), (0.34, (OPPOSED, "one-sided")), (1.0, (OPPOSED, "one-sided"))],
    )
    def test_it_collapses_at_a_third(self, leakage, expected):
        assert label(f"cotton-textiles(leakage={leakage})") == expected
        assert (leakage > COLLAPSE) == (expected[0] == OPPOSED)

    def test_there_the_importer_does_not_care(self):
        u = catalog()["cotton-textiles"](leakage=COLLAPSE).payoffs
        assert u[0, 0, 0] == pytest.approx(u[0, 1, 0])

    def test_beyond_it_restraint_is_answered_by_restriction(self):
        found = structure(named_game("cotton-textiles(leakage=0.5)"))
        ((a, b),) = found.self_regarding
        names = found.game.actions
        assert (names[0][a], names[1][b]) == ("restrict", "restrain")


class TestNavigationActs:
    @pytest.mark.parametrize(
        ("sigma", "expected"),
        [(0.0, (HARMONY, None)), (0.99, (HARMONY, None)), (1.0, (MIXED, "assurance")),
         (1.01, (MIXED, "dilemma")), (3.0, (MIXED, "dilemma"))],
    )  # fmt: skip
    def test_harmony_vanishes_at_one(self, sigma, expected):
        assert label(f"navigation-acts(sigma={sigma})") == expected
        assert SWITCH == 1

    @pytest.mark.parametrize(("sigma", "delta"), [(0.5, 0), (1.5, 0.25), (3.0, 0.571)])
    def test_how_much_future_it_takes(self, sigma, delta):
        game = catalog()["navigation-acts"](sigma=sigma)
        assert navigation_threshold(sigma) == pytest.approx(delta, abs=5e-4)
        found = critical_continuation(game, GRIM, GRIM)
        assert found == pytest.approx(navigation_threshold(sigma), abs=1e-9)

    def test_without_opulence_interests_are_opposed(self):
        assert label("navigation-acts(sigma=1.0, opulence=0)") == (OPPOSED, "two-sided")


class TestInvisibleHand:
    found = structure(named_game("invisible-hand"))
    everybody, guild = (0, 0, 0, 0), (1, 1, 1, 0)

    def test_harmony(self):
        assert (self.found.category, self.found.self_regarding) == (HARMONY, (self.everybody,))
        assert self.found.profiles[0].compatibility == 1
        assert self.found.flags.opportunity_grievance == 0

    def test_exactly_one_deal_and_it_injures(self):
        (deal,) = deals(self.found.game, self.everybody)
        assert (deal.parties, deal.profile, deal.injurious) == ((0, 1, 2), self.guild, True)
        assert deal.effects == pytest.approx([0.25, 0.25, 0.25, -2.1])
        (reading,) = coalitions(self.found)
        assert (reading.structure.category, reading.structure.subtype) == (MIXED, "dilemma")

    def test_the_guild_makes_policies_less_compatible(self):
        assert compatibility(self.found.game)[self.guild] == pytest.approx(2 / 3)

    @pytest.mark.parametrize(
        ("c", "category", "made"), [(0.71, HARMONY, 1), (0.7, MIXED, 1), (1.0, HARMONY, 0),
                                    (1.5, HARMONY, 0)],
    )  # fmt: skip
    def test_what_restricting_costs(self, c, category, made):
        found = structure(named_game(f"invisible-hand(c={c})"))
        assert found.category == category
        assert len(list(deals(found.game, self.everybody))) == made

    def test_price_setters_are_opposed(self):
        # The contrast: each of two sellers names a price, and the buyer, who pays it in any case,
        # goes to the cheaper one. Each is hindered by the other's low price.
        u = np.zeros((3, 2, 2, 1))
        for low in np.ndindex(2, 2):
            price = [2.0 if a else 3.0 for a in low]
            sold = [0.5 if low[0] == low[1] else float(a) for a in low]
            u[:2, low[0], low[1], 0] = np.multiply(price, sold)
            u[2, low[0], low[1], 0] = 4 - min(price)
        found = structure(Game("price setters", u))
        assert found.category == OPPOSED
        assert found.self_regarding == ((1, 1, 0),)


class TestAlliance:
    found = structure(named_game("alliance"))
    alone = (1, 1, 1)  # apart, apart, press

    def test_opposed_for_all_and_mixed_for_the_allies(self):
        assert (self.found.category, self.found.subtype) == (OPPOSED, "one-sided")
        assert self.found.self_regarding == (self.alone,)
        (reading,) = coalitions(self.found)
        assert reading.parties == (0, 1)
        assert (reading.structure.category, reading.structure.subtype) == (MIXED, "dilemma")
        assert reading.deal.effects == (1, 1, -2)
        assert reading.deal.injurious

    def test_the_allies_payoffs(self):
        # −2, −3, −4, −5 are T, R, P and S of a prisoner's dilemma.
        inner = among(self.found.game, (0, 1), self.alone)
        expected = two_by_two("", R=-3, S=-5, T=-2, P=-4).payoffs
        assert inner.payoffs.tolist() == expected.tolist()
        assert friedman_threshold(inner, (0, 0), (1, 1)) == alliance_threshold() == 0.5
        assert critical_continuation(inner, GRIM, GRIM) == pytest.approx(0.5, abs=1e-9)

    def test_compatibility_is_a_third_before_and_after(self):
        C = compatibility(self.found.game)
        assert C[self.alone] == pytest.approx(1 / 3)
        assert C[0, 0, 1] == pytest.approx(1 / 3)

    def test_small_stakes_are_deterred(self):
        u = named_game("alliance(stake=1.5)").payoffs[2]
        assert u[0, 0, 1] < u[0, 0, 0]  # two contributions: the rival would rather hold
        assert u[1, 1, 1] > u[1, 1, 0]
        assert u[0, 1, 1] > u[0, 1, 0]

    def test_if_one_contribution_is_worth_its_cost_they_quarrel_over_whose(self):
        inner = structure(among(named_game("alliance(effect=3.5)"), (0, 1), self.alone))
        assert (inner.category, inner.subtype) == (MIXED, "coordination-distributive")

    def test_three_allies(self):
        found = structure(named_game("alliance(n=3, harm=6.0)"))
        assert (found.category, found.subtype) == (OPPOSED, "one-sided")
        assert any(c.parties == (0, 1, 2) and c.deal.injurious for c in coalitions(found))
