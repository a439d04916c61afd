"""Expectations of the other and of the future: by the formulas of each module, reckoned by hand."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_player import PRISONERS, answers
from replayed import CHICKEN, STAG_HUNT, memory_after, odds, symmetric

from coopgames.games import two_by_two
from coopgames.mistakes import Mistake
from coopgames.strategies import beliefs, strategy

PD = two_by_two("pd", R=3, S=0, T=5, P=1)
GAMES = {"dilemma": PRISONERS, "stag hunt": STAG_HUNT, "chicken": CHICKEN}
courses = st.integers(0, 14).flatmap(
    lambda n: st.tuples(*[st.text("CD", min_size=n, max_size=n)] * 2)
)


def logit(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def believed(s, own: str, observed: str) -> list[float]:
    """What it expects in each period of a course in the prisoner's dilemma, and in the next."""
    own_, seen = (["CD".index(x) for x in [*course, "C"]] for course in (own, observed))
    return beliefs(s, own_, seen, PD)[:, 0].tolist()


# A belief and its future: with δ = 0.8, δ/(1 − δ) (R − P) = 8, so accommodating beside one who
# accommodates gains 3 − 5 + 8 = 6, and beside one who withholds it costs 1. It pays from e = 1/7.


def test_shadow_of_the_future_goes_by_a_threshold():
    for start, first in ((1 / 7 + 1e-9, "C"), (1 / 7 - 1e-9, "D")):
        assert answers(f"shadow-of-the-future(start={start})", "C")[0] == first
    # 0.5, then 0.7 of it after each D: 0.35, 0.245, 0.1715, 0.12005, 0.084; C adds 0.3 of the rest.
    s = strategy("shadow-of-the-future")
    expected = [0.5, 0.35, 0.245, 0.1715, 0.12005, 0.084035, 0.084035 + 0.3 * 0.915965]
    assert believed(s, "CCCCDD", "DDDDDC") == pytest.approx(expected)
    assert answers("shadow-of-the-future", "DDDDDCC") == "CCCCDDC"


@given(
    lost=st.floats(0.1, 5), tempting=st.floats(0.1, 5), worth=st.floats(0.1, 5),
    side=st.sampled_from([-1, 1]),
)  # fmt: skip
def test_its_threshold_is_one_half_where_neither_choice_dominates_by_risk(
    lost, tempting, worth, side
):
    # Blonski, Ockenfels & Spagnolo (2011): δ* = (T − R + P − S)/(T − S).
    S, P, R, T = 0, lost, lost + worth, lost + worth + tempting
    delta = (T - R + P - S) / (T - S)
    s = strategy("shadow-of-the-future", delta=delta, start=0.5 + side * 1e-6)
    assert odds(s, "", "", symmetric(R, S, T, P)) == (side > 0)


def test_shadow_of_the_future_by_the_logit():
    s = strategy("shadow-of-the-future", precision=0.5)
    assert odds(s, "", "") == pytest.approx(logit(0.5 * (7 * 0.5 - 1)))
    assert odds(s, "C", "D") == pytest.approx(logit(0.5 * (7 * 0.35 - 1)))
    # Without a future only the game is left: (3 − 5) e − (1 − e).
    blind = strategy("shadow-of-the-future", delta=0, precision=1)
    assert odds(blind, "", "") == pytest.approx(logit(-1.5))


# Trust. With an error of 1/20 an action speaks 19 times as much for one type as for the other,
# where they would do different things: after one has accommodated, and at the beginning.


@given(courses)
def test_trust_follows_bayes_rule(course):
    own, observed = course
    balance = sum(
        1 if o == "C" else -1
        for before, o in zip("C" + own, observed, strict=False)
        if before == "C"
    )
    trust = 19.0**balance / (1 + 19.0**balance)
    reciprocator = 0.95 if ("C" + own)[-1] == "C" else 0.05
    expected = trust * reciprocator + (1 - trust) * 0.05
    assert believed(strategy("trusting"), own, observed)[-1] == pytest.approx(expected)


def test_trusting_acts_on_trust():
    assert answers("trusting", "DDDC") == "CDDD", "1/20 is too little, and no more is learnt"
    assert answers("trusting", "CDC") == "CCC", "back to one half"
    assert answers("trusting", "CDDC") == "CCCD"
    # Errors as frequent as meaning leave trust at 0.13: too little for 7 e ≥ 1 beside one who will
    # accommodate, enough for 8 e ≥ 1 beside one who will withhold as one did oneself.
    assert answers("trusting(trust=0.13, error=0.5)", "CCCCC") == "DCDCD"


def test_what_neither_type_would_have_done_tells_nothing():
    s = strategy("trusting", error=0)
    assert believed(s, "CCC", "CDD") == [0.5, 1, 1, 1]


def test_trusting_by_the_logit():
    s = strategy("trusting", precision=2)
    assert odds(s, "C", "D") == pytest.approx(logit(2 * (0.05 * 6 - 0.95)))
    assert odds(s, "D", "D") == pytest.approx(logit(2 * (0.05 * 7 - 0.95)))


def test_belief_threshold():
    # 0.5, 0.35, 0.545, 0.3815, 0.26705, 0.486935, 0.6408545
    assert answers("belief-threshold", "DCDDCCC") == "CDCDDDC"
    assert believed(strategy("belief-threshold"), "CDC", "DCD") == pytest.approx(
        [0.5, 0.35, 0.545, 0.3815]
    )
    assert answers("belief-threshold(threshold=0)", "DDDD") == "CCCC"
    other = answers("belief-threshold", "DCDDCCC", payoffs=CHICKEN)
    assert other == "CDCDDDC", "payoffs do not count"


# Plans


def planned(p: np.ndarray, u: np.ndarray, delta: float) -> np.ndarray:
    """Find (1 − δ) q(s, a) by value iteration; s is 2 · own + other's."""
    q = np.zeros((4, 2))
    to = 2 * np.arange(2)[:, None] + np.arange(2)  # by a and o
    for _ in range(200 if delta else 1):
        worth = (1 - delta) * u + delta * q.max(axis=1)[to]
        q = p[:, None] * worth[:, 0] + (1 - p)[:, None] * worth[:, 1]
    return q


@pytest.mark.parametrize("game", GAMES)
@pytest.mark.parametrize("name", ["reciprocal-expectations", "outcome-expectations"])
@given(course=courses, delta=st.sampled_from([0.0, 0.5, 0.9]), trust=st.sampled_from([0.6, 0.9]))
def test_plans_are_best_for_ever(name, game, course, delta, trust):
    own, observed = course
    pasts = [2 * "CD".index(a) + "CD".index(o) for a, o in zip(*course, strict=True)]
    counts, kind = np.full(4, 2.0), 2.0 * np.array([trust, trust, 0.1, 0.1])
    for s, now in pairwise([0, *pasts]):
        same = [s & 2, s | 1] if name == "reciprocal-expectations" else [s]
        counts[same] += 1
        kind[same] += 1 - now % 2
    p, now = kind / counts, [0, *pasts][-1]
    who = strategy(name, delta=delta, trust=trust, precision=2)
    q = planned(p, GAMES[game][0], delta)[now]
    assert odds(who, own, observed, GAMES[game]) == pytest.approx(
        logit(2 * (q[0] - q[1])), abs=1e-6
    )
    assert believed(who, own, observed)[-1] == pytest.approx(p[now])


def test_reciprocal_expectations_take_turns_with_who_always_withholds():
    # p(C), p(D) = 0.9, 0.1: for ever C is worth 2.7, D 1.4. After one D p(C) = 1.8/3 = 0.6: for
    # ever C is worth 1.8; D now, C next, in turns (3.4 + 0.9 · 0.3)/1.9 = 1.93. Then p(C) = 1.8/4 =
    # 0.45: in turns (0.3 + 0.9 · 2.8)/1.9 = 1.48 against 1.4. Then p(D) = 0.2/3, and D is next.
    assert answers("reciprocal-expectations", "DDDD") == "CDCD"
    own, s = "CDC", strategy("reciprocal-expectations")
    assert believed(s, own, "DDD") == pytest.approx([0.9, 0.6, 0.1, 0.45])


def test_plans_last_with_who_answers():
    for name in ("reciprocal-expectations", "outcome-expectations", "farsighted-bayesian"):
        assert answers(name, "C" * 30) == "C" * 30


# Reasoning from the game alone


TEMPTED = symmetric(R=3, S=2, T=6, P=1)
"""A chicken in which going straight is the reply to even odds."""


@pytest.mark.parametrize(
    ("name", "game", "action"),
    [
        ("pessimist", PRISONERS, "D"), ("pessimist", STAG_HUNT, "D"), ("pessimist", CHICKEN, "C"),
        ("optimist", PRISONERS, "D"), ("optimist", STAG_HUNT, "C"), ("optimist", CHICKEN, "D"),
        ("least-regret", PRISONERS, "D"),
        # At worst C falls short by P − S and D by R − T.
        ("least-regret", symmetric(R=4, S=0, T=3, P=2), "D"),
        ("least-regret", symmetric(R=6, S=1, T=3, P=2), "C"),
        ("least-regret", STAG_HUNT, "C"),
        ("superrational", PRISONERS, "C"), ("superrational", symmetric(R=1, S=0, T=3, P=2), "D"),
        ("level-k(level=1)", TEMPTED, "D"), ("level-k(level=2)", TEMPTED, "C"),
        ("level-k(level=3)", TEMPTED, "D"), ("level-k(level=4)", PRISONERS, "D"),
        # With τ = 1.5 levels 0, 1, 2 are as 1 : 1.5 : 1.125. Level 2 expects C with 0.5/2.5: C is
        # worth 2.2 and D 2. Level 3 expects 1.625/3.625: 2.45 and 3.24.
        ("cognitive-hierarchy(level=1)", TEMPTED, "D"), ("cognitive-hierarchy", TEMPTED, "C"),
        ("cognitive-hierarchy(level=3)", TEMPTED, "D"),
    ],
)  # fmt: skip
def test_reasoning(name, game, action):
    assert answers(name, "CDDC", payoffs=game) == action * 4


def expectation(s, game: np.ndarray) -> float:
    return float(memory_after(s, "C", "D", game)[0][s.rule.belief])


def test_what_is_expected_by_reasoning():
    assert [expectation(strategy("level-k", level=k), TEMPTED) for k in (1, 2, 3)] == [0.5, 0, 1]
    hierarchy = [expectation(strategy("cognitive-hierarchy", level=k), TEMPTED) for k in (1, 2, 3)]
    assert hierarchy == pytest.approx([0.5, 0.5 / 2.5, 1.625 / 3.625])
    assert expectation(strategy("superrational"), PRISONERS) == 1


def test_the_other_reasons_from_its_own_payoffs():
    # It is in a dilemma and withholds at level 1; one is on a stag hunt oneself.
    mixed = np.stack([STAG_HUNT[0], PRISONERS[1]])
    assert answers("level-k(level=1)", "C", payoffs=mixed) == "C"
    assert answers("level-k(level=2)", "C", payoffs=mixed) == "D"
    assert expectation(strategy("level-k", level=2), mixed) == 0
    # Level 0 : level 1 = 1 : 1.5, and of these only level 0 ever brings C.
    assert expectation(strategy("cognitive-hierarchy"), mixed) == pytest.approx(0.2)


# Quantal response: p = logit(λ g(q)), q = logit(λ g'(p)).


@pytest.mark.parametrize("precision", [0.0, 0.3, 1.0, 4.0])
@pytest.mark.parametrize(
    "game",
    [PRISONERS, STAG_HUNT, TEMPTED, symmetric(6, 1, 3, 2), np.stack([STAG_HUNT[0], PRISONERS[1]])],
)
def test_quantal_response_is_an_equilibrium(precision, game):
    s = strategy("quantal-response", precision=precision)
    p, q = odds(s, "", "", game), expectation(s, game)
    mine = q * (game[0, 0, 0] - game[0, 1, 0]) + (1 - q) * (game[0, 0, 1] - game[0, 1, 1])
    theirs = p * (game[1, 0, 0] - game[1, 0, 1]) + (1 - p) * (game[1, 1, 0] - game[1, 1, 1])
    assert p == pytest.approx(logit(precision * mine), abs=1e-7)
    assert q == pytest.approx(logit(precision * theirs), abs=1e-7)


def test_quantal_response_goes_where_even_odds_point():
    s = strategy("quantal-response", precision=5)
    assert odds(s, "", "", symmetric(R=6, S=1, T=3, P=2)) > 0.99, "the stag"
    assert odds(s, "", "", symmetric(R=4, S=-2, T=3, P=2)) < 0.01, "the hare"


# Mistakes


@pytest.mark.parametrize(
    ("name", "parameters", "words"),
    [
        ("shadow-of-the-future", {"delta": 1.0}, "delta = 1 must be at least 0 and less than 1"),
        ("shadow-of-the-future", {"start": 2.0}, "start = 2 is no probability"),
        ("trusting", {"trust": -1.0}, "trust = -1 is no probability"),
        ("trusting", {"error": 1.5}, "error = 1.5 is no probability"),
        ("belief-threshold", {"rate": 3.0}, "rate = 3 is no probability"),
        ("reciprocal-expectations", {"strength": 0.0}, "a belief needs some weight to begin with"),
        ("outcome-expectations", {"mercy": 1.1}, "mercy = 1.1 is no probability"),
        ("level-k", {"level": 0}, "level = 0 is too small"),
        ("cognitive-hierarchy", {"tau": -1.0}, "tau = -1 is no weight"),
        ("quantal-response", {"precision": math.inf}, "a logit equilibrium needs a finite one"),
    ],
)
def test_mistakes(name, parameters, words):
    with pytest.raises(Mistake, match=words):
        strategy(name, **parameters)
