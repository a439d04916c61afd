"""What games encode. Expected values are those of theory.md, by section."""

import math
import subprocess
import sys
from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from coopgames.games import (
    Game,
    catalog,
    compatibility,
    facilitation,
    game_from_text,
    grievance,
    hindered,
    named_game,
    nash_bargain,
    self_regarding,
    sentence,
    structure,
    two_by_two,
)
from coopgames.games.dominance import undominated
from coopgames.mistakes import Mistake

HARMONY, MIXED, OPPOSED = "harmony", "mixed-interests", "opposed-interests"
INDEPENDENCE = "independence"
ALL = ((0, 0), (0, 1), (1, 0), (1, 1))

# Table 1.1.6: label, subtype, label with pure F, with the Nash baseline, with opportunity
# hindrance only, Δ at a profile of U, C at CC, CD, DC, DD.
TABLE = {
    "harmony": (HARMONY, None, HARMONY, HARMONY, HARMONY, ((0, 0), 0), (1, 0.5, 0.5, 0)),
    "concord": (HARMONY, None, HARMONY, HARMONY, HARMONY, ((0, 0), 0), (1, 0.5, 0.5, 0)),
    "prisoners-dilemma": (
        MIXED, "dilemma", MIXED, MIXED, MIXED, ((1, 1), 0.4), (1, 0.5, 0.5, 0),
    ),
    "deadlock": (
        OPPOSED, "two-sided", OPPOSED, OPPOSED, OPPOSED, ((1, 1), 0), (1, 0.5, 0.5, 0),
    ),
    "turn-taking-deadlock": (
        MIXED, "dilemma", OPPOSED, MIXED, MIXED, ((1, 1), 1 / 6), (1, 0.5, 0.5, 0),
    ),
    "stag-hunt": (MIXED, "assurance", MIXED, MIXED, MIXED, ((1, 1), 2 / 3), (1, 0.5, 0.5, 0)),
    "chicken": (
        MIXED, "coordination-distributive", MIXED, OPPOSED, MIXED, ((1, 1), 2 / 3),
        (1, 0.5, 0.5, 0),
    ),
    "battle-of-the-sexes": (
        MIXED, "coordination-distributive", MIXED, HARMONY, MIXED, ((0, 0), 0), (1, 0, 0, 1),
    ),
    "pure-coordination": (MIXED, "assurance", MIXED, HARMONY, MIXED, ((1, 1), 0), (1, 0, 0, 1)),
    "hi-lo": (MIXED, "assurance", MIXED, MIXED, MIXED, ((1, 1), 1 / 3), (1, 0, 0, 1)),
    "matching-pennies": (
        OPPOSED, "multiple", OPPOSED, OPPOSED, HARMONY, ((0, 0), 0), (0.5, 0.5, 0.5, 0.5),
    ),
    "suasion": (
        OPPOSED, "one-sided", OPPOSED, OPPOSED, OPPOSED, ((0, 1), 0), (1, 0.5, 0.5, 0),
    ),
    "independence": (
        INDEPENDENCE, None, INDEPENDENCE, INDEPENDENCE, INDEPENDENCE, ((0, 0), 0),
        (math.nan,) * 4,
    ),
}  # fmt: skip
VERDICTS = {  # 1.1.4
    HARMONY: ("harmony", "harmony"),
    MIXED: ("discord", "cooperation"),
    OPPOSED: ("discord", "discord"),
    INDEPENDENCE: ("none", "none"),
}


def at(found, profile):
    return next(p for p in found.profiles if p.actions == profile)


class TestTableOfNamedGames:
    def test_it_covers_the_catalog(self):
        assert set(TABLE) == {e.name for e in catalog().values() if e.family == "classic"}

    @pytest.mark.parametrize("name", TABLE)
    def test_each_column(self, name):
        label, subtype, pure, nash, opportunity, (profile, gain), C = TABLE[name]
        game = named_game(name)
        found = structure(game)
        assert (found.category, found.subtype) == (label, subtype)
        assert (found.without_adjustment, found.with_adjustment) == VERDICTS[label]
        assert structure(game, feasible="pure").category == pure
        assert structure(game, baseline="nash").category == nash
        assert structure(game, hindrance="opportunity").category == opportunity
        assert at(found, profile).gain == pytest.approx(gain, abs=1e-12)
        assert found.compatibility.ravel() == pytest.approx(C, nan_ok=True)

    @pytest.mark.parametrize("name", sorted(set(TABLE) - {"turn-taking-deadlock"}))
    def test_pure_feasible_sets_give_the_same_subtype(self, name):
        assert structure(named_game(name), feasible="pure").subtype == TABLE[name][1]

    @pytest.mark.parametrize(
        ("name", "U"),
        [
            ("harmony", ((0, 0),)),
            ("prisoners-dilemma", ((1, 1),)),
            ("stag-hunt", ALL),
            ("chicken", ALL),
            ("matching-pennies", ALL),
            ("suasion", ((0, 1),)),
        ],
    )
    def test_self_regarding_profiles(self, name, U):
        assert structure(named_game(name)).self_regarding == U

    def test_the_prisoners_dilemma_in_full(self):
        found = structure(named_game("prisoners-dilemma"))  # 1.1.9
        (report,) = found.profiles
        assert report.cell == "mixed"
        assert report.hindrance.tolist() == [[0, 4], [4, 0]]
        assert report.weighted_hindrance == pytest.approx(0.8)
        assert report.compatibility == 0
        assert report.gain == pytest.approx(0.4)
        assert found.shares == {"harmony": 0, "latent": 0, "mixed": 1, "opposed": 0}
        assert found.before.tolist() == [1, 1]
        assert found.bargain.tolist() == [3, 3]
        assert found.best_reply[:, 1, 1].all()
        assert not found.best_reply[:, 0, 0].any()

    def test_the_low_equilibrium_of_hi_lo_is_a_trap(self):
        assert at(structure(named_game("hi-lo")), (1, 1)).cell == "latent"  # 1.1.5

    def test_nash_falls_back_where_there_is_no_equilibrium(self):
        found = structure(named_game("matching-pennies"), baseline="nash")
        assert found.self_regarding == ALL
        assert found.flags.baseline_fell_back
        assert not structure(named_game("chicken"), baseline="nash").flags.baseline_fell_back

    @pytest.mark.parametrize(
        ("cells", "label", "subtype", "U", "gain"),
        [
            # scenarios.md S6: nuclear and non-nuclear states; S7: cotton, importer × exporter.
            ("3,4 1,2 / 4,2 2,3", MIXED, "dilemma", ((1, 1),), None),
            ("1,4 4,3 / 2,1 3,2", MIXED, "cyclic", ALL, ((1, 0), 2 / 3)),
            ("1,4 2.5,3 / 2,1 3,2", OPPOSED, "one-sided", ((1, 1),), None),  # S7, leakage s = 1/2
        ],
    )
    def test_games_of_the_scenarios(self, cells, label, subtype, U, gain):
        found = structure(game_from_text(cells))
        assert (found.category, found.subtype, found.self_regarding) == (label, subtype, U)
        if gain:
            assert at(found, gain[0]).gain == pytest.approx(gain[1])

    @pytest.mark.parametrize(
        ("sigma", "label", "subtype"),
        [(0.5, HARMONY, None), (1, MIXED, "assurance"), (1.5, MIXED, "dilemma")],
    )
    def test_navigation_acts(self, sigma, label, subtype):
        game = two_by_two("acts", R=4, S=3 - 2 * sigma, T=2 + 2 * sigma, P=1)  # scenarios.md S8
        found = structure(game)
        assert (found.category, found.subtype) == (label, subtype)


def tariffs(theta):
    """Scenario S1 with γ = 1 and D = 1: two countries, 25 tariffs, t_N and t_PO = 0."""
    t = np.unique([*np.linspace(0, 1, 25), theta / (2 + theta)])
    own = theta * (t / 4 - t**2 / 8) - t**2 / 4
    harm = t / 4 - t**2 / 8
    payoff = own[:, None] - harm[None, :]
    return Game("tariffs", [payoff, payoff.T]), t


class TestTariffs:
    def test_without_terms_of_trade_trade_is_harmony(self):
        assert structure(tariffs(0.0)[0]).category == HARMONY

    def test_with_them_it_is_a_dilemma(self):
        game, t = tariffs(1.0)
        found = structure(game)
        assert (found.category, found.subtype) == (MIXED, "dilemma")
        ((a, b),) = found.self_regarding
        assert t[a] == pytest.approx(1 / 3)
        assert a == b
        (report,) = found.profiles
        assert report.gain == pytest.approx(0.095, abs=5e-4)
        assert report.compatibility == pytest.approx(0.44, abs=5e-3)

    @pytest.mark.parametrize(("theta", "near", "h"), [(0.1, True, 0.032), (0.2, False, 0.062)])
    def test_a_trifle_of_them_is_nearly_harmony(self, theta, near, h):  # 1.1.2
        found = structure(tariffs(theta)[0])
        assert found.category == MIXED
        assert max(p.weighted_hindrance for p in found.profiles) == pytest.approx(h, abs=5e-4)
        assert found.flags.near_harmony == near


class TestFlags:
    def test_near_harmony(self):  # 1.1.2
        game = Game("trifle", [[[10, 9], [9, 8]], [[9.999, 5], [10, 5]]])
        found = structure(game)
        assert (found.category, found.subtype) == (OPPOSED, "one-sided")
        assert found.profiles[0].weighted_hindrance == pytest.approx(0.0002)
        assert found.flags.near_harmony
        assert "nearly harmony" in sentence(found)
        assert not structure(named_game("prisoners-dilemma")).flags.near_harmony
        assert not structure(named_game("harmony")).flags.near_harmony
        assert not structure(named_game("independence")).flags.near_harmony

    def test_opportunity_grievance(self):  # 1.1.4
        game = Game("grievance", [[[10, 8], [9, 7.9]], [[1, 0], [0.5, 100]]])
        found = structure(game)
        assert found.category == HARMONY
        assert found.flags.opportunity_grievance == pytest.approx(0.99)
        assert grievance(game, found.profiles) == (pytest.approx(0.99), 0, 1)
        assert (
            "though actor 2 could have had 99 % of its range more had actor 1 acted otherwise"
            in sentence(game)
        )
        assert structure(named_game("harmony")).flags.opportunity_grievance == 0

    def test_linkage(self):
        # Suasion in which the free rider's help would be worth 5 to the other and cost it 1.
        found = structure(game_from_text("8,3 3,4 / 6,1 1,2"))
        assert (found.category, found.subtype) == (OPPOSED, "one-sided")
        assert found.flags.side_payment_gain == pytest.approx(4)
        assert found.flags.linkage_opportunity
        assert not structure(named_game("suasion")).flags.linkage_opportunity
        assert not structure(named_game("prisoners-dilemma")).flags.linkage_opportunity


def ordinal_games(swap):
    """The strict ordinal 2×2 games up to relabelling rows and columns, and up to swapping seats."""
    seen = {}
    for one in permutations(range(1, 5)):
        for other in permutations(range(1, 5)):
            u = np.array([one, other]).reshape(2, 2, 2)
            seats = [u, u[::-1].transpose(0, 2, 1)] if swap else [u]
            same = [v[:, ::r, ::c] for v in seats for r in (1, -1) for c in (1, -1)]
            seen.setdefault(min(tuple(v.ravel()) for v in same), u)
    return [Game("ordinal", u) for u in seen.values()]


@pytest.fixture(scope="module", params=[False, True], ids=["144", "78"])
def census(request):
    games = ordinal_games(request.param)
    return int(request.param), games, [structure(g, feasible="pure") for g in games]


class TestCensus:
    """Table 1.1.8; each pair is the count among the 144 and among the 78."""

    def test_number_of_games(self, census):
        which, games, _ = census
        assert len(games) == (144, 78)[which]

    def test_equilibria(self, census):
        which, _, found = census
        number = Counter(len(s.equilibria) for s in found)
        assert (number[1], number[2], number[0]) == ((108, 18, 18), (57, 12, 9))[which]

    def test_labels_and_subtypes(self, census):
        which, _, found = census
        labels = Counter(s.category for s in found)
        assert (labels[HARMONY], labels[MIXED], labels[OPPOSED]) == ((39, 41, 64), (21, 24, 33))[
            which
        ]
        kinds = Counter(s.subtype for s in found)
        mixed = ("dilemma", "assurance", "coordination-distributive", "cyclic")
        assert tuple(kinds[k] for k in mixed) == ((7, 9, 9, 16), (4, 6, 6, 8))[which]
        opposed = ("one-sided", "two-sided", "multiple")
        assert tuple(kinds[k] for k in opposed) == ((50, 12, 2), (25, 7, 1))[which]

    def test_win_win_games(self, census):
        which, games, found = census
        win = [bool((g.payoffs == 4).all(axis=0).any()) for g in games]
        assert sum(win) == (36, 21)[which]
        if which:
            by_label = Counter(
                (w, s.category, s.subtype if w else None) for w, s in zip(win, found, strict=True)
            )
            assert by_label == {
                (True, HARMONY, None): 15,
                (True, MIXED, "assurance"): 6,
                (False, HARMONY, None): 6,
                (False, MIXED, None): 18,
                (False, OPPOSED, None): 33,
            }

    def test_grievances_are_the_harmonies_without_a_best_outcome_for_both(self, census):
        which, _, found = census
        aggrieved = [s for s in found if s.flags.opportunity_grievance]
        assert len(aggrieved) == (12, 6)[which]  # 39 − 27 and 21 − 15
        for s in aggrieved:
            (profile,) = s.self_regarding
            assert sorted(s.game.payoffs[:, profile[0], profile[1]]) == [3, 4]

    def test_other_readings(self, census):
        which, games, _ = census
        either = [structure(g, feasible="pure", hindrance="either") for g in games]
        assert sum(s.category == HARMONY for s in either) == (27, 15)[which]
        nash = Counter(structure(g, feasible="pure", baseline="nash").category for g in games)
        assert (nash[HARMONY], nash[MIXED], nash[OPPOSED]) == ((43, 32, 69), (24, 18, 36))[which]


def summary(s):
    """What 1.1.7 calls invariant, whatever the order of profiles and seats."""
    cells = sorted(
        (
            p.cell,
            *(
                round(-1.0 if math.isnan(x) else x, 6) + 0.0
                for x in (p.compatibility, p.gain, p.gain_weak, p.weighted_hindrance)
            ),
            *sorted(round(-1.0 if math.isnan(x) else x, 6) + 0.0 for x in p.facilitation.ravel()),
        )
        for p in s.profiles
    )
    flags = (s.flags.near_harmony, round(s.flags.opportunity_grievance, 6) + 0.0)
    return s.category, s.subtype, flags, cells


@st.composite
def games(draw):
    shape = (2, draw(st.integers(1, 3)), draw(st.integers(1, 3)))
    size = math.prod(shape)
    payoffs = draw(st.lists(st.integers(-3, 3), min_size=size, max_size=size))
    return Game("drawn", np.array(payoffs, dtype=float).reshape(shape))


readings = st.fixed_dictionaries(
    {
        "baseline": st.sampled_from(["rationalizable", "nash"]),
        "feasible": st.sampled_from(["hull", "pure"]),
        "hindrance": st.sampled_from(["realised", "opportunity", "either"]),
    }
)
scales = st.floats(0.01, 100)
shifts = st.floats(-50, 50)


class TestInvariances:
    """1.1.7."""

    @settings(deadline=None)
    @given(games(), readings, st.tuples(scales, scales), st.tuples(shifts, shifts))
    def test_units_of_payoffs(self, game, reading, scale, shift):
        factor = np.array(scale)[:, None, None]
        other = Game("other", game.payoffs * factor + np.array(shift)[:, None, None])
        one, two = structure(game, **reading), structure(other, **reading)
        assert summary(one) == summary(two)
        assert one.self_regarding == two.self_regarding
        assert two.compatibility == pytest.approx(one.compatibility, nan_ok=True)
        assert (two.best_reply == one.best_reply).all()
        assert two.before == pytest.approx(one.before * scale + shift, abs=1e-6)
        assert (one.bargain is None) == (two.bargain is None)
        if one.bargain is not None:
            assert two.bargain == pytest.approx(one.bargain * scale + shift, abs=1e-4)

    @settings(deadline=None)
    @given(games(), readings)
    def test_who_sits_where(self, game, reading):
        other = Game("other", game.payoffs[::-1].transpose(0, 2, 1))
        one, two = structure(game, **reading), structure(other, **reading)
        assert summary(one) == summary(two)
        assert two.compatibility == pytest.approx(one.compatibility.T, nan_ok=True)

    @settings(deadline=None)
    @given(games(), readings, st.data())
    def test_names_of_actions(self, game, reading, data):
        rows, columns = (data.draw(st.permutations(range(k))) for k in game.shape)
        other = Game("other", game.payoffs[:, rows][:, :, columns])
        one, two = structure(game, **reading), structure(other, **reading)
        assert summary(one) == summary(two)
        assert two.compatibility == pytest.approx(one.compatibility[rows][:, columns], nan_ok=True)
        assert (two.regarding == one.regarding[rows][:, columns]).all()

    @settings(deadline=None)
    @given(games(), readings, st.data())
    def test_actions_written_twice(self, game, reading, data):
        row = data.draw(st.integers(0, game.shape[0] - 1))
        where = data.draw(st.integers(0, game.shape[0]))
        u = np.insert(game.payoffs, where, game.payoffs[:, row], axis=1)
        one, two = structure(game, **reading), structure(Game("other", u), **reading)
        assert summary(one) == summary(two)
        assert two.before == pytest.approx(one.before)
        assert len(two.self_regarding) == len(one.self_regarding)
        doubled = row + (where <= row)
        assert (two.regarding[where] == two.regarding[doubled]).all()

    def test_the_category_is_no_function_of_best_replies(self):
        dilemma = named_game("prisoners-dilemma")
        u = dilemma.payoffs.copy()
        u[0, :, 0] -= 6
        u[1, 0, :] -= 6
        found = structure(Game("other", u))
        assert (found.best_reply == structure(dilemma).best_reply).all()
        assert found.category == HARMONY
        assert found.self_regarding == ((1, 1),)


class TestEdgeCases:
    """1.1.6, those with two actors."""

    def test_a_dilemma_with_withholding_written_twice(self):
        found = structure(game_from_text("3,3 0,5 0,5 / 5,0 1,1 1,1 / 5,0 1,1 1,1"))
        assert (found.category, found.subtype) == (MIXED, "dilemma")
        assert found.self_regarding == ((1, 1),)
        assert found.equilibria == ((1, 1),)
        assert found.before.tolist() == [1, 1]
        assert found.regarding.tolist() == [[False] * 3, [False, True, True], [False, True, True]]

    def test_weak_dominance_eliminates_nothing(self):
        game = game_from_text("1,1 1,0 / 1,0 0,0")
        assert self_regarding(game) == ALL

    def test_a_mixture_can_dominate(self):
        assert undominated(np.array([[3.0, 0], [0, 3], [1, 1]]), 1e-7).tolist() == [1, 1, 0]
        # ½ of each gives exactly as much: no strict dominance.
        assert undominated(np.array([[3.0, 0], [0, 3], [1.5, 1.5]]), 1e-7).all()
        game = game_from_text("3,0 0,0 / 0,0 3,0 / 1,5 1,5")
        assert {a for a, _ in self_regarding(game)} == {0, 1}

    def test_what_no_mixture_beats_is_best_against_some_belief(self):
        # Pearce (1984), lemma 3, as a linear programme over beliefs.
        rng = np.random.default_rng(1)
        for _ in range(100):
            k, m = rng.integers(2, 6, size=2)
            table = rng.normal(size=(k, m))
            for row, stays in enumerate(undominated(table, 1e-9)):
                belief = linprog(
                    np.zeros(m),
                    A_ub=table - table[row],
                    b_ub=np.zeros(k),
                    A_eq=np.ones((1, m)),
                    b_eq=[1],
                )
                assert stays == (belief.status == 0)

    def test_elimination_goes_on_after_a_mixture(self):
        # The last row falls to a mixture; then the last column, best against it only, falls too.
        game = game_from_text("3,1 0,1 3,0 / 0,1 3,1 0,0 / 1,0 1,0 1,9")
        assert self_regarding(game) == ((0, 0), (0, 1), (1, 0), (1, 1))

    def test_a_constant_payoff_is_never_hindered(self):
        found = structure(game_from_text("0,7 1,7 / 3,7 4,7"))
        assert not any(1 in hindered(p) for p in found.profiles)
        assert found.bargain is None
        assert found.ranges.tolist() == [4, 0]

    def test_all_payoffs_equal(self):
        found = structure(game_from_text("2,5 2,5 / 2,5 2,5"))
        assert found.category == INDEPENDENCE
        assert found.self_regarding == ((0, 0),)
        assert found.regarding.all()
        assert found.profiles[0].gain == 0
        assert np.isnan(found.compatibility).all()

    def test_an_actor_without_a_choice(self):
        found = structure(game_from_text("2,0 / 1,5"))
        assert (found.category, found.subtype) == (OPPOSED, "one-sided")
        assert hindered(found.profiles[0]) == (1,)
        assert found.compatibility.ravel().tolist() == [0, 1]

    def test_one_outcome(self):
        assert structure(game_from_text("2,3")).category == INDEPENDENCE

    def test_rounding_does_not_part_what_is_the_same(self):
        rounded = Game("rounded", [[[0.3, 0], [0.1 + 0.2, 0.1]], [[0.3, 0.1 + 0.2], [0, 0.1]]])
        exact = Game("exact", [[[3, 0], [3, 1]], [[3, 3], [0, 1]]])
        assert summary(structure(rounded)) == summary(structure(exact))

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"baseline": "nsah"}, 'no baseline "nsah"'),
            ({"feasible": "tu"}, 'no feasible "tu"'),
            ({"hindrance": "realized"}, "did you mean realised"),
        ],
    )
    def test_unknown_options(self, options, said):
        with pytest.raises(Mistake, match=said):
            structure(named_game("chicken"), **options)

    def test_results_cannot_be_changed(self):
        found = structure(named_game("chicken"))
        for array in (found.compatibility, found.before, found.bargain, found.best_reply,
                      found.regarding, found.ranges, found.profiles[0].hindrance,
                      found.profiles[0].facilitation):  # fmt: skip
            assert not array.flags.writeable


def test_facilitation_falls_back_on_opportunity():
    # Definition 4: where j's move leaves i's payoff as it is, what counts is whether it would let i
    # do better. In row 0 the column changes nothing for actor 1; in row 1 it does.
    game = game_from_text("1,0 1,0 / 0,0 3,0")
    phi = facilitation(game)
    assert phi[1, 0].tolist() == [[0, 1], [0, 1]]
    assert np.isnan(phi[0, 1]).all()
    assert compatibility(game).tolist() == [[0, 1], [0, 1]]


def test_the_cooperators_share_is_compatibility_in_the_games_of_cooperation():
    # 1.1.2: in a 2×2 Prisoner's Dilemma or Stag Hunt C(a) is exactly the share of cooperators.
    rng = np.random.default_rng(1)
    for _ in range(50):
        P, S, R, T = np.sort(rng.normal(size=4))[[1, 0, 2, 3]]
        for game in (
            two_by_two("dilemma", R=R, S=S, T=T, P=P),
            two_by_two("stag hunt", R=T, S=S, T=R, P=P),
        ):
            assert compatibility(game).ravel() == pytest.approx([1, 0.5, 0.5, 0])


def test_the_bargain_starts_from_the_payoffs_before_adjustment():
    found = structure(named_game("chicken"))
    assert found.before == pytest.approx([2.5, 2.5])  # 1.2.4: mean 3 against 2.5
    assert found.bargain == pytest.approx(nash_bargain(found.game, (2.5, 2.5)))


@pytest.mark.parametrize("name", TABLE)
def test_the_sentence_says_the_category(name):
    said = sentence(named_game(name))
    assert TABLE[name][0].replace("-", " ") in said
    assert said.endswith(".")


def test_two_by_two_games_need_no_scipy():
    code = (
        "import sys; from coopgames.games import named_game, structure; "
        "structure(named_game('chicken')); assert 'scipy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
