"""Worked numbers of theory.md 1.5.2, 1.5.3 and 1.5.5, recomputed there, and laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake
from coopgames.regimes import (
    Injunction,
    Issue,
    Listed,
    Measured,
    Monitoring,
    NoMore,
    Regime,
    Within,
    coherence,
    coverage,
    detection_time,
    false_alarm_time,
    interdependence,
    interval_specificity,
    issue_areas,
    linked,
    links,
    measure,
    specificity,
    specificity_of,
    stake,
    successors,
    total_variation,
    youden,
)

LEVELS = [str(i) for i in range(11)]
TARIFFS = Game("tariffs", np.zeros((2, 11, 11)), [LEVELS] * 2, roles=[range(11)] * 2)


def regime(*injunctions, game=TARIFFS):
    return Regime("small", (Issue("tariffs", game),), injunctions)


class TestSpecificity:
    @pytest.mark.parametrize(("permitted", "s"), [(11, 0), (5, 0.329), (2, 0.711), (1, 1)])
    def test_of_eleven_levels(self, permitted, s):  # 1.5.2
        assert specificity(permitted, 11) == pytest.approx(s, abs=5e-4)

    @given(st.integers(1, 5), st.integers(0, 5))
    def test_halving_always_adds_the_same(self, halvings, more):
        k = 2 ** (halvings + more)
        step = specificity(k // 2, k)
        assert specificity(k // 2**halvings, k) == pytest.approx(halvings * step)

    @given(st.integers(1, 40), st.integers(1, 40))
    def test_an_interval_is_a_grid_of_its_steps(self, inside, outside):
        k = inside + outside
        found = interval_specificity((inside - 1) / 10, (k - 1) / 10, 0.1)
        assert found == pytest.approx(specificity(inside, k))

    def test_of_an_injunction_is_the_mean_over_what_was_done_last(self):
        # "tariffs not above last year's": 1, 2, …, 11 levels are left
        q = Injunction("standstill", "norm", NoMore("own"))
        expected = 1 - sum(math.log(k) for k in range(1, 12)) / 11 / math.log(11)
        assert specificity_of(regime(q), q) == pytest.approx(expected)

    def test_of_a_permission_is_none(self):
        q = Injunction("safeguard", "rule", Within(high=2), "permit")
        assert specificity_of(regime(q), q) == 0

    @pytest.mark.parametrize("permitted", [0, 12])
    def test_what_cannot_be(self, permitted):
        with pytest.raises(Mistake, match="of 11 actions comply"):
            specificity(permitted, 11)


def test_identifiability():  # 1.5.2
    pegged = Monitoring(hit=0.95, false_alarm=0.02)
    assert youden(pegged) == pytest.approx(0.93)
    assert detection_time(pegged) == pytest.approx(1.05, abs=5e-3)
    assert false_alarm_time(pegged) == pytest.approx(50)
    assert detection_time(Monitoring(hit=0.5, delay=3)) == 5
    assert math.isinf(detection_time(Monitoring(hit=0)))
    assert math.isinf(false_alarm_time(Monitoring()))


class TestSignificance:
    def test_the_stake_of_a_dilemma_is_what_a_violation_can_do_at_most(self):
        # T 5, R 3, P 1, S 0: the other falls from 3 to 0, or from 5 to 1, which is 4 of 5
        dilemma = named_game("prisoners-dilemma")
        assert stake(dilemma, 0, np.array([True, False])) == pytest.approx(4 / 5)

    def test_a_technical_rule_matters_to_nobody(self):
        sides = Game("sides", [[[1, 1], [1, 1]], [[1, 1], [1, 1]]], [("red", "blue")] * 2)
        q = Injunction("red ink", "rule", Listed(("red",)))
        found = measure(regime(q, game=sides), q)
        assert (found.specificity, found.identifiability, found.significance) == (1, 1, 0)
        assert not found.intermediate

    def test_a_far_reaching_principle_is_not_specific(self):
        q = Injunction("openness", "principle", Within(high=8), monitoring=Monitoring(0.9, 0.1))
        assert not measure(regime(q), q).intermediate

    def test_what_violates_nothing_matters_not(self):
        assert stake(TARIFFS, 0, np.ones(11, bool)) == 0

    def test_total_variation(self):
        assert total_variation([0.5, 0.5], [1, 0]) == pytest.approx(0.5)
        assert total_variation([[1, 0], [0, 0]], [[0, 0], [0, 1]]) == 1
        with pytest.raises(Mistake, match="two distributions over the same outcomes"):
            total_variation([1, 0], [0.5, 0.4])

    @pytest.mark.parametrize(
        ("s", "J", "g", "expected"),
        [
            (0.3, 0.5, 0.1, True),
            (0.29, 1, 1, False),
            (1, 0.49, 1, False),
            (1, 1, 0.09, False),
            (1, 1, math.nan, False),
        ],
    )
    def test_intermediate(self, s, J, g, expected):
        assert Measured("q", s, J, g).intermediate is expected


class TestCoherence:  # 1.5.3
    NORM = Injunction("not above last year's", "norm", Within(0, 5))

    @pytest.mark.parametrize(
        ("name", "low", "high", "fit"),
        [("5 % cut", 0, 4, 1.0), ("variable levy", 3, 9, 3 / 7)],
    )
    def test_does_the_rule_implement_the_norm(self, name, low, high, fit):
        rule = Injunction(name, "rule", Within(low, high), serves=(self.NORM.name,))
        found = regime(self.NORM, rule)
        assert coherence(found) == pytest.approx(fit)
        assert [(link.lower, link.higher) for link in links(found)] == [(name, self.NORM.name)]
        assert coverage(found) == 1

    def test_a_norm_that_nothing_serves_is_not_covered(self):
        other = Injunction("reciprocity", "norm", NoMore("others"))
        rule = Injunction("5 % cut", "rule", Within(0, 4), serves=(self.NORM.name,))
        assert coverage(regime(self.NORM, other, rule)) == 0.5

    def test_nothing_linked(self):
        assert math.isnan(coherence(regime(self.NORM)))
        assert math.isnan(coverage(regime()))


class TestIssueAreas:  # 1.5.5
    COTTON = ({"cotton"}, {"cotton"}, {"synthetics"}, {"cotton", "synthetics"}, {"money"})

    def test_weights_are_joint_negotiations_over_all(self):
        assert linked(self.COTTON) == {
            ("cotton", "money"): 0,
            ("cotton", "synthetics"): 1 / 4,
            ("money", "synthetics"): 0,
        }

    def test_areas_hang_together_by_links_of_a_quarter(self):
        assert issue_areas(self.COTTON) == (("cotton", "synthetics"), ("money",))
        assert issue_areas([*self.COTTON, {"cotton"}]) == (
            ("cotton",), ("money",), ("synthetics",),
        )  # fmt: skip

    def test_what_hangs_together_by_a_third_belongs_together(self):
        chain = [{"a", "b"}, {"b", "c"}]
        assert linked(chain)["a", "c"] == 0
        assert issue_areas(chain) == (("a", "b", "c"),)

    def test_areas_are_followed_by_what_they_share(self):
        old = (("cotton",), ("money",), ("sails",))
        new = (("cotton", "synthetics", "wool"), ("money", "oil"))
        assert successors(old, new) == {
            ("cotton",): new[0], ("money",): new[1], ("sails",): None,
        }  # fmt: skip

    def test_what_is_linked_in_substance(self):
        apart = np.add.outer([0, 1, 3], [0, 2])
        assert interdependence(apart) == 0
        assert interdependence([[0, 0], [0, 1]]) == 1
        # S7: of restraint and leakage, what the importer gets: 4 − 3s where it is accepted
        assert interdependence([[4, 1], [3, 3]]) == 1
        with pytest.raises(Mistake, match="two levels of two issues"):
            interdependence([1, 2])

    def test_a_threshold_is_a_share(self):
        with pytest.raises(Mistake, match="threshold = 0"):
            issue_areas(self.COTTON, 0)
