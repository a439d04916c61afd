"""Each entry of 1980 against courses whose answer follows from its description by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_player import PRISONERS, answers, meet, score, withholdings

from coopgames.strategies import strategy

courses = st.text("CD", min_size=1, max_size=60)
slips = st.sets(st.integers(0, 59), max_size=8)


def defecting_at(*periods: int, length: int = 100) -> str:
    return "".join("D" if t in periods else "C" for t in range(length))


def certainty(name: str, other: str, p: float, **conditions) -> bool:
    """Whether in the last period it accommodates with probability `p`: just below, just above."""
    below = answers(name, other, lot=max(p - 1e-6, 0), **conditions)
    above = answers(name, other, lot=min(p + 1e-6, 1 - 1e-6), **conditions)
    return below[-1] == "C" and above[-1] == "D"


# Published scores (Axelrod 1980, as usually quoted), of the cells that need neither luck nor a
# lost program: (one, two) -> (score of one, score of two) over 200 periods.
NICE = ("tit-for-tat", "shubik", "friedman", "davis", "nydegger", "grofman")
CELLS = {
    **{(a, b): (600, 600) for a in NICE for b in NICE},
    **{
        (a, b): (595, 600)
        for a in ("tit-for-tat", "shubik", "friedman", "davis")
        for b in ("tideman-chieruzzi", "stein-rapoport")
    },
    ("tideman-chieruzzi", "tideman-chieruzzi"): (596, 596),
    ("tideman-chieruzzi", "stein-rapoport"): (596, 596),
    ("stein-rapoport", "stein-rapoport"): (596, 596),
    ("tit-for-tat", "downing"): (597, 597),
}


@pytest.mark.parametrize(("pair", "scores"), CELLS.items(), ids=str)
def test_scores_of_1980(pair, scores):
    one, two = meet(*pair, 200)
    assert (score(one, two), score(two, one)) == scores


# tideman-chieruzzi


def test_tideman_chieruzzi_punishes_longer_each_time():
    own = answers("tideman-chieruzzi", defecting_at(1, 5, 9, length=20))
    assert own == "CCDCCCDDCCDDDCCCCCCC"
    assert answers("tideman-chieruzzi", "D" * 12) == "C" + "D" * 11


# Defections at 20, 30 and 40 cost the other −5+5, −5+10, …: by period 43 it is 10 behind.
LAGGARD = defecting_at(20, 30, 40, 50)


def test_tideman_chieruzzi_gives_a_fresh_start():
    own = answers("tideman-chieruzzi", LAGGARD, horizon=200)
    assert withholdings(own) == [21, 31, 32, 41, 42, 51]


@pytest.mark.parametrize(("horizon", "fresh"), [(-1, False), (53, False), (54, True)])
def test_tideman_chieruzzi_needs_ten_more_periods_for_a_fresh_start(horizon, fresh):
    own = answers("tideman-chieruzzi", LAGGARD[:50], horizon=horizon)
    assert (own[43] == "C") == fresh


def test_tideman_chieruzzi_goes_by_the_payoffs_of_the_game():
    # At half the payoffs the third punishment leaves it 7.5 behind; the fourth is cut short.
    own = answers("tideman-chieruzzi", LAGGARD, horizon=200, payoffs=PRISONERS / 2)
    assert withholdings(own) == [21, 31, 32, 41, 42, 43, 51, 52]


def test_tideman_chieruzzi_gives_no_fresh_start_to_a_coin():
    # 10 behind at period 12 too, but 3 defections of 12 are within 3 deviations (5.2) of 6.
    own = answers("tideman-chieruzzi", defecting_at(1, 5, 9, length=40), horizon=200)
    assert own[10:13] == "DDD"


def test_tideman_chieruzzi_waits_twenty_periods_between_fresh_starts():
    other = defecting_at(20, 30, 40, 50, 54, 58, 62)
    own = answers("tideman-chieruzzi", other, horizon=200)
    assert withholdings(own) == [21, 31, 32, 41, 42, 51, 55, 56, 59, 60, 61, 63]


@pytest.mark.parametrize("name", ["tideman-chieruzzi", "stein-rapoport"])
@given(other=courses)
def test_both_end_game_players_defect_in_the_last_two_periods(name, other):
    assert answers(name, other, horizon=len(other))[-2:] == "DD"[: len(other)]


@pytest.mark.parametrize("name", ["tideman-chieruzzi", "stein-rapoport"])
def test_without_a_known_horizon_there_is_no_end(name):
    assert answers(name, "C" * 200) == "C" * 200


# nydegger


def test_nydegger_answers_every_three_outcomes_as_listed():
    listed = {1, 6, 7, 17, 22, 23, 26, 29, 30, 31, 33, 38, 39, 45, 49, 54, 55, 58, 61}
    rule = strategy("nydegger").rule
    for sums in range(64):
        latest, middle, first = sums // 16, sums // 4 % 4, sums % 4
        state = rule.initial
        for outcome in (first, middle, latest):
            state = rule.next[state, outcome % 2, outcome // 2]
        assert rule.mix[state, 1] == (sums in listed)


def test_nydegger_opens_with_tit_for_tat_but_for_one_case():
    assert answers("nydegger", "CDC") == "CCD"
    assert answers("nydegger", "DDC") == "CDD"
    assert answers("nydegger", "DCC") == "CDD", "tit for tat would accommodate in move 3"
    assert answers("nydegger", "DCC", slips={0}) == "DDC", "it was not alone in move 1"


def test_nydegger_forgives_constant_defection():
    # From move 4 the sums are 62, 47, 43, 42, 42, …: none is on the list.
    assert answers("nydegger", "D" * 10) == "CDDCCCCCCC"


# grofman, joss, name-withheld


def test_grofman_accommodates_with_two_sevenths_after_a_difference():
    assert answers("grofman", "CCD", lot=0.999) == "CCC"
    assert certainty("grofman", "DC", 2 / 7)
    assert certainty("grofman", "CC", 2 / 7, slips={0})
    assert answers("grofman", "DC", slips={0}, lot=0.999) == "DC"


def test_joss_slips_into_one_defection_in_ten():
    assert certainty("joss", "CC", 0.9)
    assert answers("joss", "DC", lot=0.0) == "CD"
    assert answers("joss", "D", lot=0.999) == "C"


def test_name_withheld_is_a_fair_coin():
    withheld = strategy("name-withheld")
    assert withheld.rule == strategy("random").rule
    assert withheld.stochastic
    assert not withheld.rule.responds


# shubik


def test_shubik_punishes_the_nth_departure_n_times():
    assert answers("shubik", "D" * 15) == "CDCDDCDDDCDDDDC"
    assert answers("shubik", "CDCCCCDCCCCC") == "CCDCCCCDDCCC"


def test_shubik_does_not_count_defections_against_its_punishment():
    assert answers("shubik", "DDCCC") == "CDCCC"
    assert answers("shubik", "CDCCC", slips={1}) == "CDCCC"


# stein-rapoport


def test_stein_rapoport_accommodates_four_times_then_plays_tit_for_tat():
    assert answers("stein-rapoport", "DDDDCDC") == "CCCCDCD"


@pytest.mark.parametrize(("defections", "even"), [(3, False), (4, True), (10, True), (11, False)])
def test_stein_rapoport_tests_for_a_coin_at_move_15(defections, even):
    # (2d − 14)²/14 against 3.841: within the bounds for d from 4 to 10.
    other = "D" * defections + "C" * (14 - defections) + "C"
    assert answers("stein-rapoport", other)[14] == "CD"[even]


def test_stein_rapoport_tests_again_every_fifteen_moves():
    own = answers("stein-rapoport", "DDDD" + "C" * 36)
    assert withholdings(own) == [4, *range(14, 29)]


# friedman, davis


@given(other=courses, slips=slips)
def test_friedman_trusts_until_the_first_defection(other, slips):
    own = answers("friedman", other, slips)
    for t in range(len(other)):
        assert own[t] == "CD"[("D" in other[:t]) ^ (t in slips)]


@given(other=courses, slips=slips)
def test_davis_does_so_after_ten_moves_of_grace(other, slips):
    own = answers("davis", other, slips)
    for t in range(len(other)):
        assert own[t] == "CD"[(t >= 10 and "D" in other[:t]) ^ (t in slips)]


# graaskamp


def test_graaskamp_defects_in_move_51():
    assert withholdings(answers("graaskamp", "C" * 56)) == [50]
    assert answers("graaskamp", "D" * 50 + "CDCDCD")[50:] == "DCDCDC"


@pytest.mark.parametrize(("lot", "gap"), [(0.0, 5), (0.5, 10), (0.999, 15)])
def test_graaskamp_defects_every_5_to_15_moves(lot, gap):
    own = answers("graaskamp", "C" * 120, lot=lot)
    assert withholdings(own) == [50, *range(56 + gap, 120, gap)]


def test_graaskamp_plays_tit_for_tat_with_tit_for_tat():
    own, other = meet("graaskamp", "tit-for-tat", 120)
    assert own == "C" * 50 + "DC" * 35
    assert other == "C" * 50 + "CD" * 35


def test_graaskamp_plays_tit_for_tat_with_its_twin():
    own, other = meet("graaskamp", "graaskamp", 120)
    assert own == other == "C" * 50 + "D" * 70


def test_graaskamp_never_trusts_a_coin_again():
    # 28 of 56 are even; a hundred accommodating moves later it still withholds.
    assert answers("graaskamp", "CD" * 28 + "C" * 100)[56:] == "D" * 100


def test_graaskamp_tests_for_a_coin_at_every_move():
    # 20 of 56: (40 − 56)²/56 = 4.57, not even. 22 of 58: 196/58 = 3.38, even.
    other = "D" * 20 + "C" * 36 + "DD" + "C" * 40
    own = answers("graaskamp", other, lot=0.999)
    assert own[56] == "C"
    assert own[58:] == "D" * 40


# downing


@pytest.mark.parametrize(
    ("other", "own"),
    [
        # Estimates after C and D: 1, ½ (a tie: it changes), ½, 1, then 1 and ⅔, ¾, …
        ("CCCCCCC", "DDCDDDD"),
        ("DDDDDDD", "DDDDDDD"),
        # 1, 0; then ½, 0; then ⅓, 0 where both are worth 1: it changes from C to D, and so on.
        ("CDDDDD", "DDCCDC"),
    ],
)
def test_downing_does_what_pays(other, own):
    assert answers("downing", other) == own


def test_downing_goes_by_the_payoffs_of_the_game():
    tempting = np.array([[[3.0, 0.0], [6.0, 1.0]]] * 2)
    assert answers("downing", "CCC", payoffs=tempting) == "DDD"


def test_downing_sees_every_tie():
    # The other accommodates once and never again, so that after n accommodating moves α is
    # 1/(n + 1). With R = 49 both actions are worth 1 at n = 48, and 49·(1/49) is not 1 in floating
    # point. From there it only changes its action, for as long as α stays what it is.
    steep = np.array([[[49.0, 0.0], [50.0, 1.0]]] * 2)
    own = answers("downing", "C" + "D" * 60, payoffs=steep)
    assert own[:52] == "DD" + "C" * 48 + "DC"


# feld, tullock


@pytest.mark.parametrize(("period", "p"), [(1, 0.9975), (100, 0.75), (199, 0.5025), (300, 0.5)])
def test_feld_tires_along_a_straight_line(period, p):
    assert certainty("feld", "C" * (period + 1), p)
    assert answers("feld", "C" * (period - 1) + "DC", lot=0.0)[-1] == "D"


def test_tullock_is_kind_for_eleven_moves():
    assert answers("tullock", "D" * 12, lot=0.999) == "C" * 11 + "D"


@pytest.mark.parametrize(
    ("other", "p"),
    [
        ("C" * 11, 0.9),
        ("D" + "C" * 10, 0.9),  # the first of eleven moves is forgotten
        ("C" * 6 + "D" * 5, 0.4),
        ("CCDCDCCCDCCDDD", 0.4),
    ],
)
def test_tullock_is_a_tenth_less_kind_than_the_last_ten_moves(other, p):
    assert certainty("tullock", other + "C", p)


@pytest.mark.parametrize("kind", [0, 1])
def test_tullock_is_never_less_than_not_kind(kind):
    assert answers("tullock", "D" * 11 + "C" * kind + "C", lot=0.0)[-1] == "D"


@pytest.mark.parametrize(
    "name", ["grofman", "graaskamp", "feld", "joss", "tullock", "name-withheld"]
)
def test_who_draws_lots(name):
    assert strategy(name).stochastic


@pytest.mark.parametrize(
    "name",
    ["tideman-chieruzzi", "nydegger", "shubik", "stein-rapoport", "friedman", "davis", "downing"],
)
def test_who_does_not(name):
    assert not strategy(name).stochastic
