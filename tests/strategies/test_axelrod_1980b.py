"""Entries of the second tournament against courses whose answer follows by hand from the rule.

Whole tournaments are held against the records in tests/classics/test_second_tournament.py, and
those that Axelrod-Python has, against it, move for move.
"""

import pytest
from reference_player import answers

from coopgames.strategies import Automaton, strategy

CERTAIN = 1 - 2**-32


def certainty(name: str, other: str, p: float, **conditions) -> bool:
    """Whether in the last period it accommodates with probability `p`: just below, just above."""
    below = answers(name, other, lot=max(p - 1e-6, 0), **conditions)
    above = answers(name, other, lot=min(p + 1e-6, CERTAIN), **conditions)
    return below[-1] == "C" and above[-1] == "D"


def echo(other: str, first: str = "C") -> str:
    return first + other[:-1]


def accommodates_after(name: str, other: str) -> float:
    rule = strategy(name).rule
    assert isinstance(rule, Automaton)
    state = rule.initial
    for move in other:
        state = rule.next[state, 0, "CD".index(move)]
    return float(rule.mix[state, 0])


# Ranks 2 to 9


def test_champion_forgives_by_desert():
    assert answers("champion", "D" * 12) == "C" * 10 + "DD"
    assert answers("champion", "C" * 14 + "DCDC") == "C" * 15 + "DCD"
    # 10 defections of 25 are 40 %: answered unless the lot is higher. 9 of 25 never are.
    assert answers("champion", "C" * 15 + "D" * 11, lot=0.39)[-1] == "D"
    assert answers("champion", "C" * 15 + "D" * 11, lot=0.41)[-1] == "C"
    assert answers("champion", "C" * 16 + "D" * 10, lot=0)[-1] == "C"


def test_borufsen_breaks_off_mutual_defection():
    assert answers("borufsen", "C" + "D" * 8) == "CCDDDCDDD"


def test_borufsen_breaks_off_echoes():
    assert answers("borufsen", "DCDCDC") == "CDCDCC"


def test_borufsen_gives_up_and_comes_back():
    own = answers("borufsen", "D" * 60)
    assert own == ("CDDD" * 7)[:26] + "D" * 34
    own = answers("borufsen", "D" * 26 + "C" * 30)
    assert own[26:54] == "D" * 26 + "CC", "25 moves, and the first after them"


def test_borufsen_gives_up_who_seems_random():
    # Ten accommodating moves by move 27, all in answer to defections but the first two.
    other = "CC" + "DCD" * 8 + "C"
    own = answers("borufsen", other)
    after_C = sum(a + b == "CC" for a, b in zip(own[:25], other[1:26], strict=True))
    kind = other[1:26].count("C")
    assert 8 <= kind <= 17
    assert after_C / kind < 0.7
    assert answers("borufsen", other + "CCC")[26:] == "DDDD"


def test_cave_answers_by_halves_then_surely():
    assert answers("cave", "D" * 25, lot=0.4) == "C" * 18 + "D" * 7
    assert answers("cave", "D" * 25, lot=0.6) == "C" + "D" * 24
    # 16 of 40 moves: above 39 % from move 40 on, whatever came last.
    assert answers("cave", "D" * 16 + "C" * 24, lot=0.4)[38:] == "CD"


def test_adams_counts_to_four_seven_and_nine():
    assert answers("adams", "D" * 12) == "CCCCCDCCDCDC"
    assert answers("adams", "CDDDDCC") == "CCCCCDD", "as long as the count stands"
    assert certainty("adams", "D" * 12, 1 / 2)
    assert certainty("adams", "D" * 13, 1 / 4)


def test_graaskamp_katzen_leaves_if_the_books_are_poor():
    # Tit for tat against C D C D … has 23 points after ten moves and 48 after twenty.
    other = "CD" * 15
    assert answers("graaskamp-katzen", other) == echo(other)[:20] + "D" * 10
    assert answers("graaskamp-katzen", "C" * 60 + "D" + "C" * 60)[60:] == "CD" + "C" * 59


def test_weiner_overlooks_a_move_after_an_odd_run():
    assert answers("weiner", "DCDCC") == "CDCCC"
    assert answers("weiner", "DDCDC") == "CDDCD", "a run of two is even"
    assert answers("weiner", "DCDCDCDC") == "CDCCCDCD", "still sour from the first favour"


def test_weiner_strikes_at_five_in_twelve():
    assert answers("weiner", "DDDDD" + "C" * 12) == "C" + "D" * 13 + "CCC"


def test_harrington_tries_it_in_move_37_and_again():
    assert answers("harrington", "C" * 48, lot=0.9) == "C" * 36 + "D" + "C" * 11
    assert answers("harrington", "C" * 48, lot=0) == "C" * 36 + "DCC" * 4
    assert answers("harrington", "C" * 48, lot=0.26) == "C" * 36 + "D" + "C" * 11
    # 0.25 is the first probability, 0.30 the second.
    assert answers("harrington", "C" * 43, lot=0.25) == "C" * 36 + "DCC" + "DCC" + "D"


def test_harrington_stops_when_it_is_answered():
    assert answers("harrington", "C" * 37 + "D" + "C" * 12, lot=0) == "C" * 36 + "D" + "C" * 13


def test_harrington_spares_its_twin():
    assert answers("harrington", "C" * 36 + "D" + "C" * 20, lot=0) == "C" * 36 + "D" + "C" * 20


def test_harrington_breaks_echoes():
    # Every second move is a set: by move 6 and 7 each has two defections of its own and three of
    # the other's in a row, and is broken off.
    assert answers("harrington", "D" * 12) == "CDDDDCCDDDDC"


def test_tideman_chieruzzi_ask_for_more_each_time():
    assert answers("tideman-chieruzzi-1980b", "CDCC") == "CCDC"
    assert answers("tideman-chieruzzi-1980b", "CDCCDCCC") == "CCDCCDDC"


def test_tideman_chieruzzi_begin_again_after_ten_moves():
    own = answers("tideman-chieruzzi-1980b", "D" * 14)
    assert own == "C" + "D" * 8 + "CC" + "DDD"
    # Six defections of nine might be a coin's: no fresh start.
    assert answers("tideman-chieruzzi-1980b", "DDDDCCDDCDD")[9:] == "DD"


# Ranks 10 to 18


def test_kluepfel_answers_in_kind_the_surer_the_longer():
    assert answers("kluepfel", "DDDC", lot=0.95) == "CCCD"
    assert answers("kluepfel", "DCCC", lot=0.65) == "CCCC"
    assert answers("kluepfel", "DCCC", lot=0.8) == "CCDC"
    assert answers("kluepfel", "DCCC", lot=0.55) == "CDCC"


def test_kluepfel_gives_up_who_pays_no_heed():
    other = "CCDD" * 10  # always the contrary of what it did two moves before
    assert answers("kluepfel", other) == echo(other)[:27] + "D" * 13


@pytest.mark.parametrize(("other", "p"), [("D", 0.5), ("DC", 0.75), ("DD", 0.25), ("CDC", 0.75)])
def test_getzler_forgets_by_halves(other, p):
    assert certainty("getzler", other + "C", p)


@pytest.mark.parametrize(
    ("last", "p"),
    [("DD", 0.25), ("DDD", 0.25), ("DCC", 1), ("DCD", 1), ("DDC", 1), ("CDC", 0), ("D", 0.5)],
)
def test_leyvraz_answers_three_moves(last, p):
    assert accommodates_after("leyvraz", "CCC" + last) == p


def test_white_is_slow_to_anger():
    assert answers("white", "D" * 15) == "C" * 10 + "D" * 5
    assert answers("white", "D" * 11 + "CC") == "C" * 10 + "DDC"
    # In move 12 it takes six of them (ln 12 = 2.48); in move 20 seven of them would do.
    assert answers("white", "C" * 6 + "D" * 5 + "D")[-1] == "C"
    assert answers("white", "C" * 5 + "D" * 6 + "D")[-1] == "D"


def test_eatherley_answers_by_the_share():
    assert certainty("eatherley", "CDC", 1 / 2)
    assert certainty("eatherley", "CCDC", 2 / 3)
    assert answers("eatherley", "DDD", lot=0) == "CDD"
    assert answers("eatherley", "DDC" + "C", lot=CERTAIN)[-1] == "C"


@pytest.mark.parametrize(("n", "p"), [(0, 1), (1, 1), (2, 0.88), (3, 0.68), (4, 0.4), (5, 0.04)])
def test_black_goes_by_five_moves(n, p):
    assert accommodates_after("black", "D" * n + "C" * (5 - n)) == pytest.approx(p, abs=1e-12)
    assert accommodates_after("black", "D" * 9 + "C" * (5 - n) + "D" * n) == pytest.approx(p)


def test_black_accommodates_for_five_moves():
    assert answers("black", "D" * 5, lot=0.999) == "CCCCC"


def test_richard_hufford_tests_after_21_and_then_after_14():
    # It supposes two accommodating moves before the first; one test was answered by accommodating.
    assert answers("richard-hufford", "C" * 36) == "C" * 19 + "D" + "C" * 15 + "D"


def test_richard_hufford_withholds_from_who_disagrees():
    # The other defects after C and accommodates after D: agreement falls below 62.5 %.
    own, other = "", ""
    for _ in range(12):
        other += "D" if own[-1:] in {"", "C"} else "C"
        own = answers("richard-hufford", other)
    assert own[-4:] == "DDDD"


def test_yamachi_looks_up_what_followed():
    assert answers("yamachi", "D" * 8) == "CCCDCDDD"
    assert answers("yamachi", "CD" * 25)[40:] == "D" * 10


def test_colbert_strikes_twice_and_offers_twice():
    assert answers("colbert", "C" * 15) == "CCCCCDCC" + "C" * 7
    assert answers("colbert", "C" * 8 + "D" + "C" * 6) == "CCCCCDCC" + "CDDCCCC"
    assert answers("colbert", "C" * 8 + "DDDD" + "CCC") == "CCCCCDCC" + "CDDCCCC"
    assert answers("colbert", "C" * 8 + "DCCC" + "DC") == "CCCCCDCC" + "CDDCCD"


# Ranks 20 to 28


def test_mikkelson_gives_credit():
    assert answers("mikkelson", "D" * 7) == "CCCCDCD"
    assert answers("mikkelson", "C" * 12 + "D" * 6) == "C" * 16 + "DD"
    # Without credit too, but 5 of 36 moves are less than 15 %, and 6 of 37 are more.
    assert answers("mikkelson", "C" * 30 + "D" * 7) == "C" * 36 + "D"


def test_rowsam_warns_and_leaves():
    assert answers("rowsam", "D" * 14) == "CCCCCDCDCCCDDD"
    assert answers("rowsam", "C" * 30) == "C" * 30
    assert answers("rowsam", "DCCCCCCC" + "C" * 6) == "CCCCCDCD" + "C" * 6


def test_appold_answers_as_it_was_answered():
    assert answers("appold", "DDDDDC") == "CCCCCD", "five kindnesses, no kind answer"
    assert certainty("appold", "CCCCDD" + "C", 4 / 6)


def test_ambuehl_and_hickey_go_by_a_majority_of_five():
    assert answers("ambuehl-hickey", "DCDCDCC") == "CDCDCCD"


def test_tranquilizer_takes_a_little():
    assert certainty("tranquilizer", "C" * 5, 0.95 + 1 / 25)
    assert answers("tranquilizer", "C" * 7, lot=0.995)[4:] == "DCD"
    # 15 points in 6 moves, the last a defection: 0.95 − (a + b − 5)/15 + 1/36 − 1/4.
    assert certainty("tranquilizer", "C" * 10 + "D" + "C", 0.95 + 1 / 144 - 1 / 4)


def test_grofman_bears_two_while_at_peace_and_one_while_not():
    assert answers("grofman-1980b", "DDDCCCCCCCC") == "CCDDCCCDDDC"
    assert answers("grofman-1980b", "DCDCCCCCC") == "CCCDCCCCC"


# From rank 31 on


def test_nydegger_accommodates_as_listed_in_the_program():
    listed = {0, 27, 28, 32, *range(40, 45), *range(46, 49), 56, 57, 59, 60, 62, 63}
    rule = strategy("nydegger-1980b").rule
    for sums in range(64):
        state = rule.initial
        for outcome in (sums // 16, sums // 4 % 4, sums % 4):
            state = rule.next[state, outcome // 2, outcome % 2]
        assert rule.mix[state, 0] == (sums in listed)


def test_nydegger_opens_as_in_the_first_tournament():
    assert answers("nydegger-1980b", "CDC") == "CCD"
    assert answers("nydegger-1980b", "DCC") == "CDD"
    assert answers("nydegger-1980b", "DCC", slips={0}) == "DDC"


def test_pebley_is_hard_after_a_difference():
    rule = strategy("pebley").rule
    assert rule.mix[rule.next[0].ravel(), 0].tolist() == [1, 0.2, 0.2, 0]


def test_weiderman_leaves_after_three_in_a_row():
    assert answers("weiderman", "DDCDDDCC") == "CCCCCCDD"


def test_dawes_and_batell_weigh_the_record():
    # 1.6667^4 · 0.882 = 6.8; three make 4.1, and with one more kindness between them 3.6.
    assert answers("dawes-batell", "D" * 6) == "CCCCDD"
    # 1.6667^5 · 0.882^8 = 4.7 and 1.6667^5 · 0.882^7 = 5.3.
    assert answers("dawes-batell", "C" * 7 + "D" * 5 + "C") == "C" * 13
    assert answers("dawes-batell", "C" * 6 + "D" * 5 + "C") == "C" * 11 + "D"


def test_lefevre_bears_one_in_five():
    assert answers("lefevre", "DCCCC") == "CDDDC"
    assert answers("lefevre", "CCCCDCCC") == "C" * 8


def test_anderson_is_forbearing_for_fifteen_moves():
    assert answers("anderson", "D" * 5) == "CDDDC"
    assert answers("anderson", "C" * 28) == "C" * 15 + "D" + "CCCD" * 3


def test_anderson_spares_its_twin_and_strikes_back():
    assert answers("anderson", "C" * 15 + "D" + "C" * 12) == "C" * 15 + "D" + "C" * 12
    assert answers("anderson", "CCD" * 6)[15:] == "DDD", "a third of its kindness was ill rewarded"


def test_zimmerman_keeps_to_its_course():
    assert answers("zimmerman", "DDDD" + "C" * 9) == "CCCC" + "D" * 8 + "C"
    assert answers("zimmerman", "DCDCDCDC") == "C" * 7 + "D"
    # It came back with 40 points in 13 moves: 4 − 3 + 3 defections turn it again.
    assert answers("zimmerman", "DDDD" + "C" * 9 + "DDDD")[12:] == "CCCCC"
    assert answers("zimmerman", "DDDD" + "C" * 8 + "DDDDC")[12:] == "CCCCD"


def test_newman_tries_kindness_after_spite():
    assert answers("newman", "D" * 7) == "CCDDDDC"
    assert answers("newman", "C" * 9) == "C" * 9
    # Answered C by D once in four: a = 3/4 is 2.5 worth of C, 2 of turns; 1/3 is 0 and 1/3.
    assert answers("newman", "CCDDC") == "CCCCD"


def test_schurmann_hopes_by_the_outcome():
    assert answers("schurmann", "C" * 5, lot=CERTAIN) == "C" * 5
    assert certainty("schurmann", "DC", 0.25)
    assert certainty("schurmann", "DDC", 0.74 * 0.25 + 0.104)
    assert certainty("schurmann", "DCC", 0.57 * 0.25 + 0.43, slips={1})


@pytest.mark.parametrize(
    ("n", "p"),
    list(enumerate([0, 0.23, 0.87, 0.915, 0.915, 0.87, 0.87, 0.87, 0.915, 0.94, 0.94])),
)
def test_nussbacher_goes_by_ten_moves(n, p):
    other = "C" * 3 + "D" * n + "C" * (10 - n)
    if n:
        assert certainty("nussbacher", other + "C", 1 - p)
    else:
        assert answers("nussbacher", other + "C", lot=CERTAIN)[-1] == "C"
    assert answers("nussbacher", "D" * 10, lot=CERTAIN) == "C" * 10


def test_tester_exploits_or_apologises():
    assert answers("tester", "C" * 7) == "DCCDCDC"
    assert answers("tester", "DDCD") == "DCDC"


def test_batell_leaves_when_two_fall_close_together():
    assert answers("batell", "DCCCDCC") == "CCCCCDD"
    assert answers("batell", "DCCCCDCC") == "C" * 8
    assert answers("batell", "DCCCC" * 9 + "DC") == "C" * 46 + "D"


def test_smith_cuts_off_runs_and_slips():
    assert answers("smith", "D" * 16, lot=0.06) == "CC" + "DDDD" + "C" + "D" * 7 + "CD"
    assert answers("smith", "CCC", lot=0.05) == "DDD"


def test_hollander_lapses_every_so_often():
    assert answers("hollander", "C" * 46, lot=CERTAIN) == "C" * 22 + "D" + "C" * 22 + "D"
    assert answers("hollander", "C" * 4, lot=0) == "DDDD"
    assert answers("hollander", "DDCDD" + "C", lot=CERTAIN) == "CCDCCD"


def test_smoody_is_kind_to_the_unkind():
    rule = strategy("smoody").rule
    assert rule.mix[rule.initial, 0] == 0.9
    assert rule.mix[rule.next[0].ravel(), 0].tolist() == [0.9, 1, 0.9, 1]


def test_feld_tries_its_manners():
    # Tit for tat yields 60 in twenty moves; an untried manner promises 100.
    other = "C" * 19 + "D" + "C" * 22
    assert answers("feld-1980b", other, lot=0.5)[:20] == "C" * 20
    assert answers("feld-1980b", "C" * 22, lot=0.5) == "C" * 22
    assert answers("feld-1980b", "C" * 22, lot=0.9) == "C" * 20 + "DD"
    # Answering by 3/4 with the lots at 0.9 yields 100 in moves 21 to 40, no less than the brute's.
    assert answers("feld-1980b", "C" * 42, lot=0.9)[40:] == "DD"


def test_rabbie_studies_and_exploits():
    assert answers("rabbie", "C" * 26) == "CCDD" * 5 + "CC" + "DDDD"
    own = ""
    for _ in range(30):
        own = answers("rabbie", echo(own + "C"))
    assert own == "CCDD" * 5 + "CC" + "C" * 8, "tit for tat is best met with kindness"
    twin = "CCDD" * 5 + "CC" + "C" * 4
    assert answers("rabbie", twin) == twin


def test_hill_stings():
    assert answers("hill", "CCCCCC") == "CDCDCD"
    assert answers("hill", "DCCDDCC") == "CCCDDDC"


def test_hotz_is_seldom_kind():
    assert answers("hotz", "C" * 320, lot=0.09) == "C" * 99 + "D" * 100 + "C" * 100 + "D" * 21
    assert answers("hotz", "C" * 320, lot=0.12) == "D" * 199 + "C" * 100 + "D" * 21
