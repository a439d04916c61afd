"""Strategies for groups: as their rules say, and with two actors as those for two."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games import CountGame, public_goods, two_by_two
from coopgames.mistakes import Mistake
from coopgames.play import (
    GroupMatch,
    Horizon,
    Match,
    expect,
    expect_group,
    group_course,
    sample_group,
)
from coopgames.strategies import (
    Automaton,
    Strategy,
    group_all_or_none,
    group_generous_tit_for_tat,
    group_limited_punishment,
    group_never,
    group_proportional,
    group_tits_for_tats,
    group_win_stay_lose_shift,
    strategy,
)

T, R, P, S = 5.0, 3.0, 1.0, 0.0
BY_COUNT, PD = CountGame("pd", [[S, R], [P, T]]), two_by_two("pd", R=R, S=S, T=T, P=P)


def own_course(who: Strategy, others: list[int], slips: tuple[int, ...] = ()) -> str:
    """Play against fixed numbers of others who accommodated; without chance."""
    rule, course = who.rule, ""
    state = rule.initial
    for t, o in enumerate(others):
        assert rule.mix[state, 0] in {0, 1}
        own = int(rule.mix[state, 1]) ^ (t in slips)
        course += "CD"[own]
        state = rule.next[state, own, o]
    return course


# Two actors


@pytest.mark.parametrize(
    ("group", "two"),
    [
        (group_generous_tit_for_tat(2, 0.2), strategy("generous-tit-for-tat", q=0.2)),
        (group_tits_for_tats(2), strategy("tit-for-two-tats")),
        (group_tits_for_tats(2, 1), strategy("tit-for-tat")),
        (group_win_stay_lose_shift(2), strategy("win-stay-lose-shift")),
        (group_all_or_none(2), strategy("win-stay-lose-shift")),
        (group_proportional(2), strategy("tit-for-tat")),
        (group_proportional(2, 0.0), strategy("suspicious-tit-for-tat")),
    ],
    ids=lambda s: s.label,
)
def test_with_two_actors_they_are_those_for_two(group, two):
    against = strategy("random", p=0.7)
    coin = Strategy("coin", Automaton([[0.7, 0.3]], np.zeros((1, 2, 2))))
    horizon = Horizon(30)
    one = expect_group(GroupMatch(BY_COUNT, (group, coin), horizon, 0.03))
    other = expect(Match(PD, (two, against), horizon, 0.03))
    assert one.means == pytest.approx(other.means, abs=1e-12)


# By their rules, in a group of four


def test_tits_for_tats_wait_for_m_bad_periods_in_a_row():
    others = [3, 2, 3, 2, 2, 1, 3, 0, 0]
    assert own_course(group_tits_for_tats(4), others) == "CCCCCDDCC"
    assert own_course(group_tits_for_tats(4, 1), others) == "CCDCDDDCD"
    assert own_course(group_tits_for_tats(4, 2, threshold=2), others) == "CCCCCCCCC"
    assert own_course(group_tits_for_tats(4, 2, threshold=2), [1, 1, 1, 2, 1]) == "CCDDC"


def test_win_stay_lose_shift_keeps_what_was_done():
    assert own_course(group_win_stay_lose_shift(4), [3, 2, 3, 3, 0, 3]) == "CCDDDC"
    assert own_course(group_win_stay_lose_shift(4, 2), [3, 2, 1, 3, 0, 3]) == "CCCDDC"
    assert own_course(group_win_stay_lose_shift(4), [3, 3, 3], slips=(0,)) == "DDD"


def test_all_or_none_counts_itself():
    assert own_course(group_all_or_none(4), [3, 2, 0, 3, 3]) == "CCDCC"
    assert own_course(group_all_or_none(4), [0, 0, 1, 0]) == "CDCD"
    assert own_course(group_all_or_none(4), [3, 3, 0], slips=(0,)) == "DDD"


def test_limited_punishment_lasts_as_long_as_is_said():
    others = [3, 2, 3, 0, 2, 3, 3, 3]
    assert own_course(group_limited_punishment(4), others) == "CCDDCDDC"
    assert own_course(group_limited_punishment(4, 1), others) == "CCDCDCCC"
    assert own_course(group_limited_punishment(4, 3, 1), others) == "CCCCDDDC"
    assert own_course(group_limited_punishment(4), [3] * 5, slips=(1,)) == "CDCCC"
    assert own_course(group_limited_punishment(4, own=True), [3] * 5, slips=(1,)) == "CDDDC"


@given(o=st.integers(0, 4))
def test_proportional_answers_with_the_share_of_the_others(o):
    rule = group_proportional(5, 0.6).rule
    assert rule.mix[rule.initial, 0] == 0.6
    assert rule.mix[rule.next[rule.initial, 0, o], 0] == o / 4


def test_generosity_forgives_whatever_was_missing():
    rule = group_generous_tit_for_tat(4, 0.3, threshold=2).rule
    after = [rule.mix[rule.next[0, 0, o], 0] for o in range(4)]
    assert after == [0.3, 0.3, 1, 1]


# Solved and played


def test_proportional_beside_a_free_rider():
    # Three diffuse reciprocators and one who never gives: each sees 2 of 3, then on average 2/3 of
    # what it saw, so that the expected share falls as (2/3)^t.
    four = (*(group_proportional(4),) * 3, group_never(4))
    for periods in (1, 2, 5):
        solved = expect_group(GroupMatch(public_goods(4, 2), four, Horizon(periods)))
        given_ = sum(3 * (2 / 3) ** t for t in range(periods)) / periods
        assert solved.means[3] == pytest.approx(2 * given_ / 4, abs=1e-12)
        assert solved.means[0] == pytest.approx(2 * given_ / 4 - given_ / 3, abs=1e-12)


def test_all_or_none_recovers_from_a_slip_in_one_period():
    # Somebody slips: all withhold in the next period, and all come back.
    match = GroupMatch(public_goods(3, 2), (group_all_or_none(3),) * 3, Horizon(400), noise=0.02)
    course = group_course(match, seed=3)
    slipped = [t for t in range(1, 399) if len(set(course[t - 1])) == 1 < len(set(course[t]))]
    quiet = [t for t in slipped if len(set(course[t + 1])) == 1]
    assert len(quiet) > 5
    assert all((course[t + 1] == 1).all() for t in quiet)


@pytest.mark.parametrize(
    "who",
    [
        group_generous_tit_for_tat(4),
        group_tits_for_tats(4),
        group_win_stay_lose_shift(4),
        group_all_or_none(4),
        group_limited_punishment(4, own=True),
        group_proportional(4),
    ],
    ids=lambda s: s.name,
)
def test_sampled_as_solved(who):
    match = GroupMatch(public_goods(4, 2), (who,) * 3 + (group_never(4),), Horizon(20), noise=0.05)
    solved = expect_group(match).means
    played = sample_group(match, seed=11, repetitions=range(400)).totals / 20
    spread = played.std(axis=0, ddof=1) / np.sqrt(400)
    # 5.3 standard errors: six groups of four seats, a false alarm in some 10⁵ runs.
    assert (np.abs(played.mean(axis=0) - solved) <= 5.3 * spread + 1e-12).all()


# Names and mistakes


def test_a_label_says_what_is_not_as_usual():
    assert group_generous_tit_for_tat(4).label == "group-generous-tit-for-tat(n=4)"
    assert group_tits_for_tats(4, 3, 2).label == "group-tits-for-tats(n=4, m=3, threshold=2)"
    assert group_limited_punishment(4).label == "group-limited-punishment(n=4)"
    label = group_limited_punishment(4, 1, 2, own=True).label
    assert label == "group-limited-punishment(n=4, periods=1, tolerance=2, own=1)"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: group_proportional(1), "a group of 1 is none"),
        (lambda: group_proportional(3, 1.5), "opening = 1.5 is no probability"),
        (lambda: group_generous_tit_for_tat(3, -1), "q = -1 is no probability"),
        (lambda: group_tits_for_tats(3, 0), "m = 0 is too small"),
        (lambda: group_limited_punishment(3, 0), "periods = 0 is too small"),
        (lambda: group_win_stay_lose_shift(3, -1), "threshold = -1 is too small"),
    ],
)
def test_mistakes(wrong, words):
    with pytest.raises(Mistake, match=words):
        wrong()
