"""Worked numbers of theory.md 1.5.4: money against oil; and laws."""

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake
from coopgames.regimes import (
    LEVEL_WEIGHTS,
    Between,
    Flagged,
    Injunction,
    Issue,
    Listed,
    Monitoring,
    Regime,
    Within,
    change,
    depth,
    distance,
    jaccard,
    robustness,
    turning_weights,
)

MONEY, OIL = (0, 0, 0.905, 0.5), (0, 0.5, 1, 1)
OMEGA = list(LEVEL_WEIGHTS.values())
DILEMMA = Issue("dilemma", named_game("prisoners-dilemma"))
C, D = DILEMMA.actions[0]


class TestWorkedNumbers:
    @pytest.mark.parametrize(("d", "level"), [(MONEY, 0.231), (OIL, 0.45)])
    def test_level_depth(self, d, level):
        assert depth(OMEGA, d) == pytest.approx(level, abs=5e-4)

    @pytest.mark.parametrize(("d", "share"), [(MONEY, 0.20), (OIL, 0.75)])
    def test_share_of_weight_vectors_that_say_of(self, d, share):
        assert robustness(d) == pytest.approx(share, abs=5e-3)

    @pytest.mark.parametrize(("norm", "expected"), [(0.4, 0.578), (0.8, 0.442), (0.603, 0.5)])
    def test_the_verdict_on_money_turns_on_the_norm(self, norm, expected):
        # g J of the band, of consultation and of the norm, which was kept
        found = depth([0.744, 0.15, norm], [0.905, 0.5, 0])
        assert found == pytest.approx(expected, abs=5e-4)

    def test_at_which_weight_it_turns(self):
        found = turning_weights([0.744, 0.15, 0.4], [0.905, 0.5, 0])
        assert found[2] == pytest.approx(0.603, abs=5e-4)
        assert found[0] == pytest.approx(0.2 / 0.405)  # .405 x = .5 · .4
        assert np.isnan(found[1])  # at ½ its weight decides nothing

    def test_the_band_of_a_grid_of_21_levels(self):
        levels = np.arange(21)
        assert jaccard(levels < 2, levels < 21) == pytest.approx(0.905, abs=5e-4)


class TestRobustness:
    @given(st.lists(st.floats(0, 1), min_size=1, max_size=5), st.floats(0.05, 0.95))
    def test_is_a_share(self, d, threshold):
        assert -1e-9 <= robustness(d, threshold) <= 1 + 1e-9

    @given(st.lists(st.integers(0, 8), min_size=2, max_size=4), st.integers(1, 7))
    def test_is_what_a_fine_simplex_counts(self, numerators, theta):
        # Counted on the midpoint-free lattice of weights with denominator N; the error is O(1/N).
        d, N, k = np.array(numerators) / 8, 60, len(numerators)
        if len(set(numerators)) == 1:
            return
        bars = np.array(list(combinations(range(N + k - 1), k - 1)))
        parts = np.diff(
            np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), N + k - 1)])
        )
        level = (parts - 1) / N @ d
        assert len(level) == comb(N + k - 1, k - 1)
        at, half = level - theta / 8, np.abs(level - theta / 8) < 1e-12
        counted = ((at > 1e-12) + half / 2).mean()
        assert robustness(list(d), theta / 8) == pytest.approx(counted, abs=5 * k / N)

    def test_of_distinct_points_is_the_closed_form(self):
        # Σ_{d_i > θ} Π_{j≠i} (d_i − θ)/(d_i − d_j)
        d, theta = (0.1, 0.35, 0.6, 0.9), 0.5
        closed = sum(np.prod([(x - theta) / (x - y) for y in d if y != x]) for x in d if x > theta)
        assert robustness(d, theta) == pytest.approx(closed)

    @pytest.mark.parametrize(("d", "share"), [((0.6,) * 4, 1), ((0.5,) * 4, 0), ((0.4,) * 3, 0)])
    def test_all_alike(self, d, share):
        assert robustness(d) == share


def regime(name, *injunctions, issue=DILEMMA):
    return Regime(name, (issue,), injunctions)


def norm(**more):
    return Injunction("accommodate", "norm", Listed((C,)), **more)


class TestChange:
    def test_the_end_is_tested_first(self):
        found = change(regime("before", norm()), regime("after"))
        assert (found.existed, found.exists, found.verdict) == (True, False, "end")

    def test_refused_by_all_who_count_is_an_end_too(self):
        found = change(regime("before", norm()), regime("after", norm(refused_by=("*",))))
        assert found.verdict == "end"
        assert found.level_depth == 0

    @pytest.mark.parametrize(
        ("existed", "exists", "verdict"),
        [(False, True, "beginning"), (False, False, "none"), (True, True, "no change")],
    )
    def test_other_verdicts(self, existed, exists, verdict):
        same = regime("same", norm())
        found = change(same, same, existed=existed, exists=exists)
        assert (found.verdict, found.krasner, found.depth) == (verdict, "none", 0)

    def test_a_rule_that_turns_round_is_a_change_within_to_krasner(self):
        old = regime("old", norm(), Injunction("rule", "rule", Listed((C,))))
        new = regime("new", norm(), Injunction("rule", "rule", Listed((D,)), when=Flagged("rule")))
        found = change(old, new)
        assert found.krasner == "within"
        assert found.levels["norm"] == 0
        # Of the cases in which one holds: {C}→{D}, {C}→all; the new one never holds alone.
        assert found.levels["rule"] == pytest.approx((1 + 0.5 + 0.5) / 3)

    def test_a_new_name_can_be_told(self):
        old = regime("old", Injunction("peg", "rule", Listed((C,))))
        new = regime("new", Injunction("float", "rule", Listed((C,)), formerly="peg"))
        assert change(old, new).depth == 0
        unnamed = regime("new", Injunction("float", "rule", Listed((C,))))
        assert change(old, unnamed).depth == 1

    def test_the_weight_is_the_larger_of_before_and_after(self):
        old = regime("old", norm(monitoring=Monitoring(0.9)), Injunction("r", "rule", Listed((C,))))
        new = regime("new", norm(monitoring=Monitoring(0.2)))
        # the dilemma's stake is 4/5; the norm weighs 4/5 · .9 and is kept, the rule 4/5 and is gone
        assert change(old, new).depth == pytest.approx(1 / 1.9)

    def test_conditions_that_exclude_each_other(self):
        early = norm(when=Between(0, 5))
        late = norm(when=Between(5))
        d = distance(regime("a", early), early, regime("b", late), late)
        assert d == pytest.approx(0.5)  # {C} against all, twice

    def test_other_actors_are_a_change(self):
        mine, yours = norm(addressees=("actor 1",)), norm()
        assert distance(regime("a", mine), mine, regime("b", yours), yours) == 0.5

    def test_who_was_not_there_is_not_compared(self):
        three = Issue("dilemma", Game("three", np.zeros((3, 2, 2, 2)), [(C, D)] * 3))
        d = distance(regime("a", norm()), norm(), regime("b", norm(), issue=three), norm())
        assert d == 0

    def test_on_other_actions_regimes_cannot_be_compared(self):
        other = Issue("dilemma", Game("other", np.zeros((2, 3, 3)), [("0", "1", "2")] * 2))
        q = Injunction("accommodate", "norm", Within(0, 1))
        with pytest.raises(Mistake, match="compared on the same game"):
            change(regime("a", norm()), regime("b", q, issue=other))
