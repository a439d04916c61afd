"""Accounts: each against courses whose answer follows from its description by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from observed import course, luck
from reference_player import Player, answers, meet

from coopgames.mistakes import Mistake
from coopgames.specs import strategy_from
from coopgames.strategies import Automaton, strategy

courses = st.text("CD", min_size=1, max_size=60)


# Punishments that grow


def test_gradual_punishes_the_nth_offence_n_times_and_makes_peace_twice():
    assert answers("gradual", "D" * 16) == "C" + "DCC" + "DDCC" + "DDDCC" + "DDD"
    assert answers("gradual", "CDCCCCDCCCC") == "CCDCCCCDDCC"
    # Defections while it punishes, or at its first peace offer, are no new offence.
    assert answers("gradual", "DDDCCC") == "CDCCCC"
    assert answers("gradual", "DDDDCCCC") == "CDCCDDCC"


def test_strict_gradual_counts_what_gradual_lets_pass():
    # After D and two offers the other has withheld four times: four in a row, not two.
    assert answers("strict-gradual", "D" * 10) == "CDCC" + "DDDDCC"
    assert answers("strict-gradual", "CDCCCCDCCCC") == answers("gradual", "CDCCCCDCCCC")


@pytest.mark.parametrize(
    ("other", "own"),
    [
        ("CCCDCCCCCC", "CCCC" + "DDDDDD"),  # 1 of 4 is a quarter: 5 more after the first
        ("CCCD" + "C" * 7, "CCCC" + "DDDDDD" + "C"),
        ("C" * 19 + "D" + "C" * 3, "C" * 20 + "DDC"),  # 1 of 20: one more
        ("C" * 29 + "D" + "C" * 3, "C" * 30 + "DCC"),  # 20/30 of a period is none
    ],
)
def test_punisher_goes_by_the_share_of_defections(other, own):
    assert answers("punisher", other) == own


def test_how_long_the_longest_is_can_be_chosen():
    assert answers("punisher(longest=4)", "CCCDCCCC") == "CCCCDDCC"


def test_retaliate_until_it_is_ahead_ten_to_one():
    # Exploited once, it exploits until 1 > 0.1·n fails: ten times.
    assert answers("retaliate", "D" + "C" * 14) == "C" + "D" * 10 + "CCCC"
    assert answers("retaliate(share=0.5)", "D" + "C" * 6) == "CDDCCCC"
    # Mutual withholding exploits nobody.
    assert answers("retaliate(share=0.5)", "DDDDCCC") == "CDDDDDC"


def test_retaliation_has_a_limit():
    assert answers("limited-retaliation", "D" * 25) == "C" + "D" * 20 + "C" + "DDD"
    assert answers("limited-retaliation(limit=3)", "D" * 9) == "CDDDCDDDC"
    assert answers("limited-retaliation", "D" + "C" * 14) == answers("retaliate", "D" + "C" * 14)


# Shares


@given(other=courses)
def test_majorities(other):
    soft, hard = answers("soft-majority", other), answers("hard-majority", other)
    for t in range(len(other)):
        ahead = other[:t].count("C") - other[:t].count("D")
        assert soft[t] == ("C" if ahead >= 0 else "D")
        assert hard[t] == ("C" if ahead > 0 else "D")


@pytest.mark.parametrize("window", [1, 5, 8, 9, 20])
@pytest.mark.parametrize("kind", ["soft", "hard"])
@given(other=courses)
def test_majorities_of_the_last_periods(kind, window, other):
    own = answers(f"{kind}-majority(window={window})", other)
    for t in range(len(other)):
        past = other[:t][-window:]
        ahead = past.count("C") - past.count("D")
        assert own[t] == ("C" if ahead > 0 or (ahead == 0 and kind == "soft") else "D")


@pytest.mark.parametrize("name", ["soft-majority", "hard-majority", "diffuse-reciprocity"])
def test_a_short_window_is_a_table(name):
    assert isinstance(strategy(name, window=8).rule, Automaton)
    assert not isinstance(strategy(name, window=9).rule, Automaton)
    with pytest.raises(Mistake, match="window = -1 is too small"):
        strategy(name, window=-1)


@pytest.mark.parametrize("window", [0, 4, 12])
@given(other=courses)
def test_diffuse_reciprocity_answers_a_share(window, other):
    t = len(other)
    past = other[-window:] if window else other
    share = past.count("C") / len(past)
    for lot in (share - 1e-6, share + 1e-6):
        if 0 <= lot < 1:
            own = answers(f"diffuse-reciprocity(window={window})", other + "C", lot=lot)
            assert own[t] == ("C" if lot < share else "D")


@given(other=courses)
def test_those_that_tolerate_a_share(other):
    forgiver, level = answers("forgiver", other), answers("level-punisher", other)
    forgiving, double = answers("forgiving-tit-for-tat", other), answers("doubler", other)
    for t in range(len(other)):
        bad, last = other[:t].count("D"), other[:t][-1:]
        assert forgiver[t] == ("D" if 10 * bad > t else "C")
        assert level[t] == ("D" if t >= 10 and 5 * bad > t else "C")
        assert forgiving[t] == (last if 10 * bad > t else "C")
        assert double[t] == ("D" if last == "D" and t - bad <= 2 * bad else "C")


def test_dynamic_two_tits_for_tat_forgives_with_the_share():
    # 3 of 4 were kind: it forgives with 0.75 in the two periods after the one that was not.
    assert answers("dynamic-two-tits-for-tat", "CCCDCC", lot=0.76)[4:] == "DC"
    assert answers("dynamic-two-tits-for-tat", "CCCDCC", lot=0.74)[4:] == "CC"
    assert answers("dynamic-two-tits-for-tat", "CCDDCC", lot=0.55)[3:] == "CDD"


# Accounts


@pytest.mark.parametrize("tolerance", [0, 1, 3])
@given(other=courses, slips=st.sets(st.integers(0, 59), max_size=8))
def test_cumulative_reciprocity_keeps_a_balance(tolerance, other, slips):
    own = answers(f"cumulative-reciprocity(tolerance={tolerance})", other, slips)
    for t in range(len(other)):
        balance = other[:t].count("D") - own[:t].count("D")
        assert (own[t] == ("D" if balance > tolerance else "C")) != (t in slips)


def test_getting_even():
    assert answers("getting-even", "DDCCC") == "CDDCC"
    assert answers("CURE", "DDCCC") == "CCDCC"


def test_omega_breaks_a_feud_and_tit_for_tat_does_not():
    # Against suspicious tit for tat: D C D C …; the third change of the other's action is the
    # deadlock, and two accommodating moves end it.
    own, other = meet("omega-tit-for-tat", "suspicious-tit-for-tat", 12)
    assert own == "CDCDCCCCCCCC"
    assert other == "DCDCDCCCCCCC"
    assert meet("tit-for-tat", "suspicious-tit-for-tat", 6)[0] == "CDCDCD"


def test_omega_gives_up_on_a_madman():
    # Ten periods of CD: each change counts one, and so does acting differently, but for the two
    # moves in each five with which it tries to end a deadlock.
    own = answers("omega-tit-for-tat", "CD" * 30)
    assert own[-20:] == "D" * 20


def test_inverse_fades():
    lots = {1: "D", 2: "D", 3: "C", 4: "C"}  # 1 − 1/n against a lot of 0.6
    own = answers("inverse", "DCCCC", lot=0.6)
    assert own == "C" + "".join(lots.values())
    assert answers("inverse", "DCCD", lot=0.6) == "CDDC"
    assert answers("inverse", "CCCC", lot=0.999) == "CCCC"


def test_grumpy_is_slow_to_sour_and_slow_to_sweeten():
    own = answers("grumpy(threshold=2)", "DDD" + "C" * 8)
    assert own == "CCC" + "D" * 6 + "CC"  # 3 > 2, and then −3 < −2 after six more
    assert answers("grumpy", "D" * 12) == "C" * 11 + "D"


def test_resurrection_gives_up_after_five_of_its_own():
    assert answers("resurrection", "DDDDDCCC") == "CDDDDDDD"
    assert answers("resurrection", "DDDDCCCC") == "CDDDDCCC"
    assert answers("resurrection(n=2)", "DDCC") == "CDDD"
    # Its hand slips back just in time.
    assert answers("resurrection", "DDDDDCCC", slips={5}) == "CDDDDCCC"


# The end


@pytest.mark.parametrize("k", [0, 1, 3])
def test_tit_for_tat_until_the_end_is_near(k):
    label = f"end-game-tit-for-tat(k={k})"
    assert answers(label, "CDCCCCCC", horizon=8) == "CCDCCCCC"[: 8 - k] + "D" * k
    assert answers(label, "CDCCCCCC") == "CCDCCCCC"


def test_eugine_nier_counts_to_five():
    assert answers("eugine-nier", "DCDCDCDCDCCC") == "CDCDCDCDCDDD"
    assert answers("eugine-nier", "DCDCDCDCCCCC", horizon=12) == "CDCDCDCDCCCD"


def test_backstabber_bears_three_and_leaves_without_good_bye():
    assert answers("backstabber", "DDDCDCCC") == "CCCCCDDD"
    assert answers("backstabber", "C" * 6, horizon=6) == "CCCCDD"
    assert answers("backstabber(patience=0, last=0)", "CDC", horizon=3) == "CCD"


@pytest.mark.parametrize("name", ["diffuse-reciprocity", "dynamic-two-tits-for-tat", "inverse"])
def test_luck_is_used_and_nothing_else(name):
    s = strategy_from(name)
    assert s.stochastic
    other = "CDDC" * 15
    assert course(s, other, luck(1, 60)) == course(s, other, luck(1, 60))
    assert len({course(s, other, luck(run, 60)) for run in range(5)}) > 1
    assert Player(s).rule.responds
