"""Entries of the second tournament from rank 31 on, against courses answered by hand.

As test_axelrod_1980b.py for the ranks before.
"""

import pytest
from reference_player import answers
from test_axelrod_1980b import CERTAIN, certainty, echo

from coopgames.strategies import strategy


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
