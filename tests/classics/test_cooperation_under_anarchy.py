"""Mutuality of interest, the shadow of the future, and the number of players.

R. Axelrod and R. O. Keohane, "Achieving cooperation under anarchy", World Politics 38 (1985); K. A.
Oye, ed., Cooperation under Anarchy (1986). classics-international.md, C1 (thresholds V-R,
attribution MEM), C2 (V-R, the set-up ours) and C3 (J. W. Friedman 1971; V-R). More of the three
stands in `test_thresholds` and `test_public_goods`; here they are asked of games of the catalogue.

For C2 it matters what is held fixed. Grim reaction, a pot that is multiplied by r and shared by n:
with the share r/n fixed more players make it easier, with the total r fixed they make it harder.
"""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import catalog, friedman_threshold, structure, two_by_two
from coopgames.games.scenarios.oil import cartel_threshold
from coopgames.play import group_critical_continuation
from coopgames.play.solve import critical_continuation
from coopgames.strategies import strategy
from coopgames.strategies.group import trigger

TFT = strategy("tit-for-tat")
gaps = st.floats(0.1, 5)


def dilemma(a, b, c):
    """Make a prisoner's dilemma from its gaps: S = 0, P = a, R = a + b, T = R + c."""
    return two_by_two("pd", R=a + b, S=0, T=a + b + c, P=a)


class TestMutuality:  # C1
    @given(gaps, gaps, gaps)
    def test_grim(self, a, b, c):
        game = dilemma(a, b, c)
        assert structure(game).subtype == "dilemma"
        assert friedman_threshold(game, (0, 0), (1, 1)) == pytest.approx(c / (b + c))

    @settings(max_examples=15, deadline=None)
    @given(gaps, gaps, gaps)
    def test_tit_for_tat(self, a, b, c):
        # Cheating for ever, or every other period: max{(T−R)/(T−P), (T−R)/(R−S)}.
        expected = max(c / (b + c), c / (a + b))
        found = critical_continuation(dilemma(a, b, c), TFT, TFT)
        if expected < 0.995:
            assert found == pytest.approx(expected, abs=1e-7)
        elif expected > 1:
            assert found is None

    @given(gaps, gaps, gaps, st.floats(0.01, 1))
    def test_better_mutuality_lowers_the_bar(self, a, b, c, more):
        def bar(*gaps):
            return friedman_threshold(dilemma(*gaps), (0, 0), (1, 1))

        assert bar(a, b + more, c) < bar(a, b, c)  # R further above P
        assert bar(a, b, c + more) > bar(a, b, c)  # T further above R


class TestNumbers:  # C2
    @staticmethod
    def threshold(n, r):
        return group_critical_continuation(catalog()["public-goods"](n=n, r=r), trigger(n))

    def test_with_each_share_fixed_more_players_make_it_easier(self):
        found = [self.threshold(n, 0.5 * n) for n in (3, 5, 10, 50)]
        assert found == pytest.approx([0.50, 0.25, 0.1111, 0.0204], abs=1e-4)
        assert all(later < earlier for earlier, later in pairwise(found))

    def test_with_the_total_fixed_they_make_it_harder(self):
        found = [self.threshold(n, 2.0) for n in (3, 5, 10, 50)]
        assert found == pytest.approx([0.25, 0.375, 0.4444, 0.4898], abs=1e-4)
        assert all(later > earlier for earlier, later in pairwise(found))

    def test_with_trembles_a_large_group_cannot(self):
        found = [
            group_critical_continuation(
                catalog()["public-goods"](n=n, r=2.0), trigger(n, own=True), noise=(0.02, 0.0)
            )
            for n in (3, 5, 10, 50)
        ]
        assert found[:3] == pytest.approx([0.2656, 0.4149, 0.5439], abs=1e-4)
        assert found[3] is None


@pytest.mark.parametrize(
    ("n", "printed"),
    [(2, 0.5294), (3, 0.5714), (5, 0.6429), (7, 0.6957), (10, 0.7516), (13, 0.7903)],
)
def test_cartels(n, printed):  # C3
    assert cartel_threshold(n) == pytest.approx(printed, abs=5e-5)
    cartel = catalog()["tug-of-war"](n=n)
    found = group_critical_continuation(cartel, trigger(n, k=3, punishment=1))
    assert found == pytest.approx(cartel_threshold(n), abs=1e-9)
