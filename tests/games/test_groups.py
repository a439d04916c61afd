"""Families of n actors. Numbers are from the sources named in the modules, or enumerated here."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games import catalog, named_game, structure
from coopgames.games.groups.commons import efforts
from coopgames.games.groups.provision import nobody_volunteers
from coopgames.games.groups.schelling import crossing, k_group, most_valuable, regime
from coopgames.mistakes import Mistake

HARMONY, MIXED, OPPOSED = "harmony", "mixed-interests", "opposed-interests"


def label(name):
    found = structure(named_game(name))
    return found.category, found.subtype


class TestPublicGoods:
    @pytest.mark.parametrize(
        ("n", "r", "expected"),
        [(3, 0.5, (OPPOSED, "two-sided")), (3, 1.5, (MIXED, "dilemma")),
         (4, 3.9, (MIXED, "dilemma")), (3, 4, (HARMONY, None))],
    )  # fmt: skip
    def test_a_dilemma_between_one_and_n(self, n, r, expected):
        assert label(f"public-goods(n={n}, r={r})") == expected

    @pytest.mark.parametrize(
        ("r", "w", "expected"),
        [
            (2, 1, (MIXED, "dilemma")),
            (2, 1.5, (MIXED, "assurance")),
            # The first contribution pays its giver and the second does not, 6/4 > 1 > 6/4 · ½, but
            # it pays all of them, 6 · ½ > 1; with w = .1 it does not.
            (6, 0.5, (MIXED, "dilemma")),
            (6, 0.1, (MIXED, "coordination-distributive")),
            # Even the fourth pays: 40/4 · (½)³ > 1.
            (40, 0.5, (HARMONY, None)),
        ],
    )
    def test_the_production_function_decides(self, r, w, expected):
        assert label(f"public-goods-synergy(r={r}, w={w})") == expected

    @given(st.integers(2, 6), st.floats(0.1, 9), st.floats(0, 3), st.floats(0.1, 4))
    def test_each_contribution_adds_w_times_the_last(self, n, r, w, cost):
        contribute, keep = catalog()["public-goods-synergy"](n=n, r=r, w=w, cost=cost).payoffs
        added = contribute + cost - keep
        assert added == pytest.approx([r * cost / n * w**k for k in range(n)])
        assert keep[0] == 0

    def test_without_synergy_it_is_the_linear_one(self):
        one = catalog()["public-goods-synergy"](w=1.0)
        assert one.payoffs == pytest.approx(catalog()["public-goods"]().payoffs)


class TestVolunteers:
    @pytest.mark.parametrize(
        ("n", "nobody"), [(2, 0.25), (3, 0.354), (5, 0.42), (10, 0.463), (100, 0.497)]
    )
    def test_help_is_less_likely_the_more_could_give_it(self, n, nobody):  # T4, b = 2c
        assert nobody_volunteers(n, 2.0, 1.0) == pytest.approx(nobody, abs=5e-4)

    @pytest.mark.parametrize("n", [2, 3, 7])
    def test_at_those_odds_nobody_would_rather_do_the_other(self, n):
        b, c = 3.0, 1.0
        q = nobody_volunteers(n, b, c) ** (1 / n)
        volunteer, wait = catalog()["volunteers-dilemma"](n=n, b=b, c=c).payoffs
        number = np.random.default_rng(1).binomial(n - 1, 1 - q, 400_000)
        mean, spread = wait[number].mean(), wait[number].std() / np.sqrt(400_000)
        assert abs(mean - volunteer[0]) < 5 * spread  # false alarm: 6e-7

    def test_at_rest_with_exactly_one(self):
        found = structure(named_game("volunteers-dilemma(n=4)"))
        assert (found.category, found.subtype) == (MIXED, "coordination-distributive")
        assert {sum(a == 0 for a in e) for e in found.equilibria} == {1}
        assert len(found.equilibria) == 4


class TestThresholds:
    @pytest.mark.parametrize("m", [2, 3, 4])
    def test_the_stag_hunt_of_several(self, m):
        found = structure(named_game(f"threshold-stag-hunt(m={m})"))
        assert (found.category, found.subtype) == (MIXED, "assurance")
        assert set(found.equilibria) == {(0,) * 4, (1,) * 4}

    def test_two_of_two_is_a_stag_hunt(self):
        stag, hare = catalog()["threshold-stag-hunt"](n=2, m=2).payoffs
        assert stag[1] > hare[1] == hare[0] > stag[0]

    def test_if_one_is_enough_nobody_needs_anybody(self):
        assert label("threshold-stag-hunt(m=1)") == ("independence", None)


class TestEfforts:
    @pytest.mark.parametrize(
        ("name", "counts", "lowest", "b", "c", "constant"),
        [("weakest-link", min, 0, 2, 1, 0), ("best-shot", max, 0, 2, 1, 0),
         ("minimum-effort", min, 1, 0.2, 0.1, 0.6)],
    )  # fmt: skip
    def test_payoffs(self, name, counts, lowest, b, c, constant):
        game = catalog()[name](levels=4)
        whole = game.as_game()
        assert [int(x) for x in game.actions] == [lowest + k for k in (3, 2, 1, 0)]
        for profile in product(range(4), repeat=3):
            e = [int(game.actions[a]) for a in profile]
            expected = [b * counts(e) - c * own + constant for own in e]
            assert whole.payoffs[(slice(None), *profile)] == pytest.approx(expected)

    def test_the_experiment_of_van_huyck_and_others(self):
        # American Economic Review 80 (1990), payoff table A: 1.30 for all at 7, 0.70 for all at 1,
        # 0.10 for who does 7 where another does 1.
        game = catalog()["minimum-effort"](levels=7)
        whole = game.as_game().payoffs[0]
        top, bottom = game.actions.index("7"), game.actions.index("1")
        assert whole[top, top, top] == pytest.approx(1.30)
        assert whole[bottom, bottom, bottom] == pytest.approx(0.70)
        assert whole[top, top, bottom] == pytest.approx(0.10)

    def test_every_common_effort_is_at_rest(self):
        found = structure(named_game("minimum-effort"), feasible="pure")
        assert set(found.equilibria) == {(a,) * 3 for a in range(4)}
        assert (found.category, found.subtype) == (MIXED, "assurance")

    def test_the_best_shot_with_two_levels_is_the_volunteers_dilemma(self):
        one = catalog()["best-shot"](levels=2)
        assert one.payoffs == pytest.approx(catalog()["volunteers-dilemma"]().payoffs)

    def test_in_the_best_shot_one_does_all(self):
        found = structure(named_game("best-shot"), feasible="pure")
        assert found.subtype == "coordination-distributive"
        assert sorted(set(found.equilibria)) == [(0, 2, 2), (2, 0, 2), (2, 2, 0)]


class TestCommons:
    def test_the_experiments_of_ostrom_gardner_and_walker(self):
        best, nash, nothing = efforts(8, a=23, b=0.25, w=5)
        assert (best, nash, nothing) == (4.5, 8, 9)
        rent = [8 * x * (23 - 5 - 0.25 * 8 * x) for x in (best, nash)]
        assert rent == [324, 128]
        assert rent[1] / rent[0] == pytest.approx(4 * 8 / 9**2)

    def test_three_fishers(self):
        game = catalog()["common-pool"]()
        assert game.actions == ("0", "12", "18", "24")
        found = structure(game)
        assert (found.category, found.subtype) == (MIXED, "dilemma")
        assert (2, 2, 2) in found.equilibria
        u = found.game.payoffs
        assert u[:, 1, 1, 1].tolist() == [108] * 3
        assert u[:, 2, 2, 2].tolist() == [81] * 3

    @pytest.mark.parametrize("n", [2, 3, 4, 6])
    def test_what_is_best_for_all_and_what_is_at_rest_are_on_the_grid(self, n):
        game = catalog()["common-pool"](n=n, levels=3)
        best, nash, _ = efforts(n, 23, 0.25, 5)
        x = np.array([float(name) for name in game.actions])
        for level in (best, nash):
            assert np.abs(x - level).min() < 0.005 * level
        at = int(np.abs(x - nash).argmin())
        whole = game.as_game().payoffs[0]
        assert whole[(slice(None), *[at] * (n - 1))].argmax() == at


class TestBinaryChoices:
    def test_among_two_it_is_axelrods_dilemma(self):
        whole = catalog()["binary-choices"](n=2).as_game()
        assert whole.payoffs.tolist() == named_game("prisoners-dilemma").payoffs.tolist()

    @pytest.mark.parametrize(
        ("given", "kind", "share", "expected"),
        [
            ("", "uniform", None, (MIXED, "dilemma")),
            ("join_1=6", "tipping", 0.5, (MIXED, "assurance")),
            ("join_0=2", "congestion", 1 / 3, (MIXED, "dilemma")),
            ("stay_0=4", "uniform", None, (OPPOSED, "two-sided")),
            ("join_0=6, join_1=7", "uniform", None, (HARMONY, None)),
        ],
    )
    def test_schellings_regimes(self, given, kind, share, expected):
        lines = {"join_0": 0.0, "join_1": 3.0, "stay_0": 1.0, "stay_1": 5.0}
        for part in filter(None, given.split(", ")):
            key, _, value = part.partition("=")
            lines[key] = float(value)
        assert regime(**lines) == kind
        assert crossing(**lines) == pytest.approx(share)
        assert label(f"binary-choices({given})") == expected
        if share is not None:
            J = lines["join_0"] + (lines["join_1"] - lines["join_0"]) * share
            S = lines["stay_0"] + (lines["stay_1"] - lines["stay_0"]) * share
            assert pytest.approx(S) == J

    @pytest.mark.parametrize(("c_over_b", "k"), [(0.9, 1), (1.0, 1), (1.5, 2), (2.0, 2), (3.2, 4)])
    def test_the_smallest_group_that_gains(self, c_over_b, k):  # C10: k = ⌈c/b⌉
        n = 6
        game = catalog()["public-goods"](n=n, r=n / c_over_b)
        assert k_group(game) == k

    def test_no_group_at_all(self):
        assert k_group(catalog()["public-goods"](n=4, r=0.9)) is None
        with pytest.raises(Mistake, match="has 3 actions"):
            k_group(catalog()["best-shot"]())

    @given(st.lists(st.floats(-5, 5), min_size=4, max_size=4), st.integers(2, 7))
    def test_the_best_number_by_enumeration(self, lines, n):
        try:
            game = catalog()["binary-choices"](
                n=n, join_0=lines[0], join_1=lines[1], stay_0=lines[2], stay_1=lines[3]
            )
        except Mistake:  # joining only harms: the names of the two are the wrong way round
            return
        whole = game.as_game().payoffs.sum(axis=0)
        totals = [whole[(*[0] * k, *[1] * (n - k))] for k in range(n + 1)]
        assert totals[most_valuable(game)] == pytest.approx(max(totals))
