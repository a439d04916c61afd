"""Worked numbers of theory.md 1.5.6; 1.5.8, burdens and gains; 1.5.12; and laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import spearmanr

from coopgames.games import Game, Power, named_game, power
from coopgames.games.scenarios.hegemony import hegemonic_bargain, war_tariffs, welfare
from coopgames.mistakes import Mistake
from coopgames.regimes import (
    Injunction,
    Issue,
    Listed,
    Regime,
    accuracy,
    agreement,
    convergence,
    dirichlet_beliefs,
    distances_from_ideal,
    focus,
    leadership,
    legitimacy,
    proposers_advantage,
    rank_correlation,
    second_order_gap,
    shares,
    sharpness,
)

BEFORE = [(0.6, 0.2, 0.2), (0.2, 0.2, 0.6)]
AFTER = [(0.85, 0.1, 0.05), (0.8, 0.15, 0.05)]
AGREED_DISCORD = [(0.05, 0.05, 0.9)] * 2
IGNORANCE = [(1 / 3, 1 / 3, 1 / 3)] * 2


class TestWorkedNumbers:  # three policy levels, the injunction is level 1
    @pytest.mark.parametrize(
        ("beliefs", "Ag", "Sh", "F", "E"),
        [
            (BEFORE, 0.849, 0.135, 0.40, 0.340),
            (AFTER, 0.996, 0.485, 0.825, 0.822),
            (AGREED_DISCORD, 1, 0.64, 0.05, 0.05),
            (IGNORANCE, 1, 0, 1 / 3, 0.333),
        ],
    )
    def test_convergence(self, beliefs, Ag, Sh, F, E):
        assert agreement(beliefs) == pytest.approx(Ag, abs=5e-4)
        assert sharpness(beliefs) == pytest.approx(Sh, abs=2e-3)
        assert focus(beliefs, {0}) == pytest.approx(F)
        assert convergence([beliefs], [{0}]) == pytest.approx(E, abs=5e-4)

    def test_over_actors_it_is_the_mean(self):
        found = convergence([BEFORE, AFTER], [{0}, {0}])
        assert found == pytest.approx((0.340 + 0.822) / 2, abs=5e-4)


def test_one_observer_agrees_with_itself():
    assert agreement([(0.2, 0.8)]) == 1


@given(arrays(float, (3, 4), elements=st.floats(0.01, 1)))
def test_agreement_and_sharpness_are_shares(raw):
    b = raw / raw.sum(axis=1, keepdims=True)
    assert -1e-9 <= agreement(b) <= 1 + 1e-9
    assert -1e-9 <= sharpness(b) <= 1 + 1e-9


def test_no_agreement_at_all():
    assert agreement(np.eye(3)) == pytest.approx(0)


def test_accuracy_is_briers():
    assert accuracy([(0.7, 0.3)], 0) == pytest.approx(0.3**2 + 0.3**2)
    assert accuracy([[(1, 0)], [(1, 0)]], [0, 1]) == pytest.approx((0 + 2) / 2)


def test_second_order():
    assert second_order_gap(0.9, 0.6) == pytest.approx(0.3)


def test_counting_with_decay():
    found = dirichlet_beliefs([0, 0, 1], 2, prior=1, decay=0.5)
    assert found[0].tolist() == [0.5, 0.5]
    # counts (1.5, .5), (1.75, .25), (.875, 1.125)
    assert found[1:, 0] == pytest.approx([0.75, 0.875, 0.875 / 2])


@pytest.mark.parametrize("beliefs", [[(0.5, 0.6)], [0.5, 0.5], [(1.5, -0.5)]])
def test_what_are_no_beliefs(beliefs):
    with pytest.raises(Mistake, match="beliefs are a row for each observer"):
        agreement(beliefs)


class TestHegemony:  # 1.5.8
    def test_three_times_as_large(self):
        war, t = war_tariffs(3.0), hegemonic_bargain(3.0)
        removed = [1 - t / war[0], 1.0]
        assert removed[0] == pytest.approx(0.72, abs=5e-3)
        assert shares(removed)[1] == pytest.approx(0.58, abs=5e-3)
        before = [float(w) for w in welfare(np.array(war[0]), np.array(war[1]), 3.0)]
        after = [float(w) for w in welfare(np.array(t), np.array(0.0), 3.0)]
        gains = [a / b - 1 for a, b in zip(after, before, strict=True)]
        assert gains == pytest.approx([0.064, 0.239], abs=5e-4)
        found = leadership(Power(np.zeros((2, 2)), np.array([0.8, 0.2]), 0.36), removed, gains)
        # A bears .42 of the adjustment and has .21 of the gains.
        assert (found.leader, found.kind) == (0, "benevolent")
        assert found.burden == pytest.approx(0.42, abs=5e-3)
        assert found.gain == pytest.approx(0.064 / 0.303, abs=5e-3)

    def test_power_in_raw_units_and_scaled(self):
        game = Game("unequal", [[[6, 5], [7, 5.5]], [[6, 8], [0, 2]]])
        raw, scaled = power(game, comparable=True), power(game)
        assert (raw.shares.tolist(), round(raw.concentration, 2)) == ([0.8, 0.2], 0.36)
        assert (scaled.shares.tolist(), scaled.concentration) == ([0.5, 0.5], 0)
        assert leadership(raw, [1, 3], [3, 1]).kind == "coercive"
        assert leadership(raw, [1, 1], [1, 1]).kind == "even"
        assert leadership(raw, [1, 3], [3, 1], followed=False).kind == ""
        assert not leadership(scaled, [1, 3], [3, 1]).hegemonic

    def test_burdens_add_up_over_time(self):
        assert shares([[1, 0], [0, 2], [1, 0]]).tolist() == [0.5, 0.5]
        assert np.isnan(shares([1, -1])).all()

    def test_without_power_no_leader(self):
        alone = power(Game("alone", [[[1, 1], [0, 0]], [[1, 0], [1, 0]]]))
        with pytest.raises(Mistake, match="no leader"):
            leadership(alone, [1, 1], [1, 1])


class TestRulesAndPower:  # 1.5.12
    def test_in_whose_favour_institutions_are(self):
        gains, power = [6, 3, 1], [0.7, 0.2, 0.1]
        assert proposers_advantage(gains, [0]) == pytest.approx(0.6 - 0.2)
        # At given power it is the second whom the rules favour.
        assert proposers_advantage(gains, [0], power) == pytest.approx(-0.1 - 0.05)
        assert proposers_advantage(gains, [1], power) == pytest.approx(0.1 + 0.05)
        with pytest.raises(Mistake, match="some of each"):
            proposers_advantage(gains, [0, 1, 2])

    def test_what_an_injunction_keeps_one_from(self):
        dilemma = named_game("prisoners-dilemma")
        C, _ = dilemma.actions[0]
        q = Injunction("accommodate", "norm", Listed((C,)))
        both = Regime("r", (Issue("stage", dilemma),), (q,))
        assert distances_from_ideal(both, q) == pytest.approx([2 / 5, 2 / 5])  # 5 to 3, of 5
        one = Injunction("accommodate", "norm", Listed((C,)), addressees=("actor 2",))
        only = Regime("r", (Issue("stage", dilemma),), (one,))
        assert distances_from_ideal(only, one) == pytest.approx([0, 2 / 5])

    def test_rules_that_follow_power(self):
        assert rank_correlation([0.1, 0.2, 0.7], [0.9, 0.5, 0.0]) == -1
        assert rank_correlation([1, 2, 2, 3], [1, 2, 3, 4]) == pytest.approx(3 / math.sqrt(10))
        assert math.isnan(rank_correlation([1, 1], [1, 2]))

    @given(st.lists(st.integers(0, 5), min_size=3, max_size=8), st.randoms())
    def test_rank_correlation_is_spearmans(self, values, random):
        other = [random.randint(0, 5) for _ in values]
        if len({*values}) > 1 and len({*other}) > 1:
            expected = spearmanr(values, other).statistic
            assert rank_correlation(values, other) == pytest.approx(expected)

    def test_legitimacy_is_what_the_link_adds(self):
        assert legitimacy([0.9, 0.8], [0.5, 0.6]) == pytest.approx(0.3)
        with pytest.raises(Mistake, match="some of each"):
            legitimacy([0.9], [])
