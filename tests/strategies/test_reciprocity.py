"""Tit for tat and its relatives against their definitions, slips of one's own hand included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_player import answers, meet, score, withholdings

from coopgames.mistakes import Mistake
from coopgames.strategies import library, strategy

# What is meant, given what was realised before: (own, other) -> action.
LAWS = {
    "tit-for-tat": lambda _, other: other[-1:] or "C",
    "suspicious-tit-for-tat": lambda _, other: other[-1:] or "D",
    "tit-for-two-tats": lambda _, other: "D" if other[-2:] == "DD" else "C",
    "grim": lambda _, other: "D" if "D" in other else "C",
    "win-stay-lose-shift": lambda own, other: "C" if own[-1:] == other[-1:] else "D",
}


@pytest.mark.parametrize("name", LAWS)
@given(other=st.text("CD", min_size=1, max_size=40), slips=st.sets(st.integers(0, 39), max_size=8))
def test_laws(name, other, slips):
    own = answers(name, other, slips)
    for t in range(len(other)):
        meant = LAWS[name](own[:t], other[:t])
        assert (own[t] == meant) != (t in slips)


@pytest.mark.parametrize("name", [*LAWS, "gradual", "contrite-tit-for-tat"])
def test_only_generosity_draws_lots(name):
    assert not strategy(name).stochastic
    assert strategy("generous-tit-for-tat").stochastic


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


# gradual


def test_gradual_punishes_the_nth_offence_n_times_and_makes_peace_twice():
    assert answers("gradual", "D" * 16) == "C" + "DCC" + "DDCC" + "DDDCC" + "DDD"
    assert answers("gradual", "CDCCCCDCCCC") == "CCDCCCCDDCC"
    # Defections while it punishes, or at its first peace offer, are no new offence.
    assert answers("gradual", "DDDCCC") == "CDCCCC"
    assert answers("gradual", "DDDDCCCC") == "CDCCDDCC"


# Beaufils, Delahaye & Mathieu (1997): scores over 1000 periods, as classics-iterated.md, entry 10,
# has them.
SCORES_1997 = {
    ("gradual", "always-accommodate"): 3000,
    ("gradual", "always-defect"): 915,
    ("gradual", "tit-for-tat"): 3000,
    ("gradual", "grim"): 3000,
    ("gradual", "suspicious-tit-for-tat"): 2996,
    ("gradual", "gradual"): 3000,
    ("gradual", "win-stay-lose-shift"): 3000,
    ("tit-for-tat", "gradual"): 3000,
    ("tit-for-tat", "suspicious-tit-for-tat"): 2500,
    ("tit-for-tat", "always-defect"): 999,
}


@pytest.mark.parametrize(("pair", "points"), SCORES_1997.items(), ids=str)
def test_scores_of_1997(pair, points):
    assert score(*meet(*pair, 1000)) == points


@pytest.mark.parametrize(
    ("name", "cycle", "points"),
    [("gradual", "DDC", 2219), ("gradual", "CCD", 3472), ("tit-for-tat", "DDC", 1998)],
)
def test_scores_of_1997_against_cycles(name, cycle, points):
    other = (cycle * 334)[:1000]
    assert score(answers(name, other), other) == points


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
