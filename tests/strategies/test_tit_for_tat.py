"""Tit for tat and its relatives against their definitions, slips of one's own hand included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_player import answers, meet, score, withholdings

from coopgames.mistakes import Mistake
from coopgames.specs import strategy_from
from coopgames.strategies import library, strategy

# What is meant, given what was realised before: (own, other) -> action.
LAWS = {
    "tit-for-tat": lambda _, other: other[-1:] or "C",
    "suspicious-tit-for-tat": lambda _, other: other[-1:] or "D",
    "tit-for-two-tats": lambda _, other: "D" if other[-2:] == "DD" else "C",
    "two-tits-for-tat": lambda _, other: "D" if "D" in other[-2:] else "C",
    "hard-tit-for-tat": lambda _, other: "D" if "D" in other[-3:] else "C",
    "hard-tit-for-two-tats": lambda _, other: "D" if "DD" in other[-3:] else "C",
    "tits-for-tats(n=1, m=3)": lambda _, other: "D" if other[-3:] == "DDD" else "C",
    "tits-for-tats(n=3, m=2)": lambda _, other: "D" if "DD" in other[-4:] else "C",
    "anti-tit-for-tat": lambda _, other: {"C": "D", "D": "C"}[other[-1:] or "D"],
    "spiteful-tit-for-tat": lambda _, other: "D" if "DD" in other else other[-1:] or "C",
}


@pytest.mark.parametrize("name", LAWS)
@given(other=st.text("CD", min_size=1, max_size=40), slips=st.sets(st.integers(0, 39), max_size=8))
def test_laws(name, other, slips):
    own = answers(name, other, slips)
    for t in range(len(other)):
        meant = LAWS[name](own[:t], other[:t])
        assert (own[t] == meant) != (t in slips)


def test_who_draws_lots():
    family = [e() for e in library().values() if e.family == "tit_for_tat"]
    assert {s.name for s in family if s.stochastic} == {
        "generous-tit-for-tat",
        "random-tit-for-tat",
    }


# tits for tats


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("tits-for-tats(n=1, m=1)", "tit-for-tat"),
        ("tits-for-tats(n=1, m=1, opening='D')", "suspicious-tit-for-tat"),
        ("tits-for-tats(n=1, m=2)", "tit-for-two-tats"),
        ("tits-for-tats(n=2, m=1)", "two-tits-for-tat"),
        ("tits-for-tats(n=2, m=2)", "hard-tit-for-two-tats"),
    ],
)
def test_the_family_has_its_members(label, name):
    assert strategy_from(label).rule.minimal() == strategy(name).rule.minimal()


def test_an_opening_by_withholding_changes_the_first_period_only():
    assert answers("DTF2T", "DDCDD") == "DCDCC"
    assert answers("DTF3T", "DDDCD") == "DCCDC"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("tits-for-tats(n=0)", "n = 0 is too small"),
        ("tits-for-tats(m=0)", "m = 0 is too small"),
        ("tits-for-tats(opening='E')", "opening = 'E' is no action"),
        ("random-tit-for-tat(p=2)", "p = 2 is no probability"),
    ],
)
def test_mistakes(label, said):
    with pytest.raises(Mistake, match=said):
        strategy_from(label)


# slow-tit-for-tat, random-tit-for-tat


@pytest.mark.parametrize(
    ("other", "own"),
    [
        ("DDDD", "CCDD"),
        ("CDCDCD", "CCCCCC"),
        ("DDCDCCC", "CCDDDDC"),
    ],
)
def test_slow_tit_for_tat_wants_to_see_it_twice(other, own):
    assert answers("slow-tit-for-tat", other) == own


def test_slow_tit_for_tat_keeps_to_what_its_hand_really_did():
    # It slips in period 2; the other differs from period to period, so the slip is repeated.
    assert answers("slow-tit-for-tat", "CDCDCD", slips={2}) == "CCDDDD"


def test_random_tit_for_tat_answers_every_other_period():
    assert answers("random-tit-for-tat", "DDCCCCC", lot=0.9) == "CDDCDCD"
    assert answers("random-tit-for-tat", "DDCDDDD", lot=0.1) == "CDCCCDC"
    assert answers("random-tit-for-tat(p=0.2)", "CCC", lot=0.25) == "CCD"


# generous-tit-for-tat


@pytest.mark.parametrize("q", [1 / 3, 0.1])
def test_generous_tit_for_tat_forgives_with_probability_q(q):
    rule = strategy("generous-tit-for-tat", q=q).rule
    after_defection = rule.next[rule.initial, 0, 1]
    assert rule.mix[after_defection, 0] == q
    assert answers("generous-tit-for-tat", "DDD", lot=0.34) == "CDD"
    assert answers("generous-tit-for-tat", "DDD", lot=0.33) == "CCC"


def test_without_generosity_it_is_tit_for_tat():
    assert strategy("generous-tit-for-tat", q=0).rule == strategy("tit-for-tat").rule
    assert strategy("generous-tit-for-tat", q=1 / 3) == strategy("generous-tit-for-tat")


@pytest.mark.parametrize("q", [-0.1, 1.1, float("nan")])
def test_generosity_is_a_probability(q):
    with pytest.raises(Mistake, match=r"q = .* between 0 and 1"):
        strategy("generous-tit-for-tat", q=q)


# contrite-tit-for-tat


@given(other=st.text("CD", min_size=1, max_size=40))
def test_contrite_tit_for_tat_is_tit_for_tat_without_slips(other):
    assert answers("contrite-tit-for-tat", other) == answers("tit-for-tat", other)


def test_a_slip_between_contrite_players_costs_one_retaliation():
    own, other = meet("contrite-tit-for-tat", "contrite-tit-for-tat", 10, slips=({3}, ()))
    assert (withholdings(own), withholdings(other)) == ([3], [4])
    own, other = meet("tit-for-tat", "tit-for-tat", 10, slips=({3}, ()))
    assert (withholdings(own), withholdings(other)) == ([3, 5, 7, 9], [4, 6, 8])


def test_contrite_until_it_has_accommodated():
    # It slips again while contrite; the other stays provoked until it has seen a C.
    own, other = meet("contrite-tit-for-tat", "contrite-tit-for-tat", 10, slips=({3, 4, 5}, ()))
    assert (withholdings(own), withholdings(other)) == ([3, 4, 5], [4, 5, 6])


def test_a_common_slip_provokes_neither():
    own, other = meet("contrite-tit-for-tat", "contrite-tit-for-tat", 10, slips=({3}, {3}))
    assert own == other == "CCCDCCCCCC"


def test_contrite_takes_no_more_than_is_due():
    # After its slip in period 1 it takes period 2, and answers what comes from period 3 on.
    assert answers("contrite-tit-for-tat", "CCDDDC", slips={1}) == "CDCCDD"


def test_provoked_until_the_other_accommodates_whatever_its_own_hand_does():
    assert answers("contrite-tit-for-tat", "DDDC" + "CC", slips={2}) == "CDCDCC"


# tit for tat never wins


@given(other=st.text("CD", min_size=1, max_size=60))
def test_tit_for_tat_is_never_ahead_and_never_far_behind(other):
    own = answers("tit-for-tat", other)
    assert score(other, own) - score(own, other) in {0, 5}


@pytest.mark.parametrize("horizon", [1, 2, 7, 200])
@pytest.mark.parametrize("name", library())
def test_tit_for_tat_against_the_library(name, horizon):
    own, other = meet("tit-for-tat", name, horizon)
    assert score(other, own) - score(own, other) in {0, 5}
