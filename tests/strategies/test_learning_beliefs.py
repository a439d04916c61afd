"""Learning from the other's record: beliefs by the formulas of the module, and replies to them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_player import PRISONERS, answers
from replayed import CHICKEN, STAG_HUNT, memory_after, odds, share, symmetric

from coopgames.games import two_by_two
from coopgames.mistakes import Mistake
from coopgames.strategies import beliefs, strategy

courses = st.text("CD", max_size=12)
HUNT = two_by_two("hunt", R=4, S=1, T=3, P=2)


def believed(s, observed: str) -> list[float]:
    """What it expects in each period and in the next, whatever it does itself."""
    seen = ["CD".index(o) for o in observed] + [0]
    return beliefs(s, [0] * len(seen), seen, HUNT)[:, 0].tolist()


# Beliefs


def test_fictitious_play_counts():
    assert believed(strategy("fictitious-play"), "CCD") == [1 / 2, 2 / 3, 3 / 4, 3 / 5]
    prior = strategy("fictitious-play", kind=3, unkind=0.5)
    assert believed(prior, "D") == [3 / 3.5, 3 / 4.5]


def test_the_last_action_is_all_that_counts_to_the_best_reply():
    assert believed(strategy("best-reply"), "CDD") == [1 / 2, 1, 0, 0]
    assert believed(strategy("logit-best-reply"), "CDD") == [1 / 2, 1, 0, 0]


def test_weights_fade():
    # w(C): 1, 1.5, 0.75; w(D): 1, 0.5, 1.25.
    s = strategy("weighted-fictitious-play", memory=0.5)
    assert believed(s, "CD") == pytest.approx([1 / 2, 0.75, 0.375])


@given(observed=courses)
def test_between_all_and_the_last(observed):
    one, zero = (strategy("weighted-fictitious-play", memory=m) for m in (1, 0))
    assert believed(one, observed) == believed(strategy("fictitious-play"), observed)
    assert believed(zero, observed) == believed(strategy("best-reply"), observed)


# Best replies: a stag pays if the other comes with probability 1/2 at least, 4b + (1 − b) ≥ 3b +
# 2(1 − b); swerving does if it does with 1/2 at most.


@pytest.mark.parametrize("name", ["fictitious-play", "weighted-fictitious-play", "best-reply"])
def test_nothing_pays_but_withholding_in_a_dilemma(name):
    assert answers(name, "CDCCDDC") == "D" * 7


@pytest.mark.parametrize(
    ("name", "other", "own"),
    [
        ("fictitious-play", "DDCCCD", "CDDDCC"),  # b = 1/2, 1/3, 1/4, 2/5, 1/2, 4/7
        ("best-reply", "DDCCCD", "CDDCCC"),
        ("weighted-fictitious-play", "DDCCCD", "CDDDCC"),
    ],
)
def test_best_replies_in_a_stag_hunt(name, other, own):
    assert answers(name, other, payoffs=STAG_HUNT) == own


def test_best_replies_in_chicken():
    assert answers("best-reply", "CDDC", payoffs=CHICKEN) == "CDCC"
    assert answers("fictitious-play", "CCDDDD", payoffs=CHICKEN) == "CDDDCC"


def test_two_who_play_fictitiously_find_the_mixed_equilibrium():
    # Matching pennies (Brown 1951, Robinson 1951): frequencies tend to 1/2.
    pennies = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]])
    mirrored = np.ascontiguousarray(pennies[::-1].transpose(0, 2, 1))
    one, two = "", ""
    for _ in range(300):
        a = answers("fictitious-play", two + "C", payoffs=pennies)[-1]
        two += answers("fictitious-play", one + "C", payoffs=mirrored)[-1]
        one += a
    assert abs(one.count("C") / 300 - 1 / 2) < 0.1
    assert abs(two.count("C") / 300 - 1 / 2) < 0.1


# Logit replies: 1/(1 + e^(−λg))


@pytest.mark.parametrize("precision", [0.0, 0.5, 1.0, 3.0])
def test_logit_replies_in_a_dilemma(precision):
    # After C it gains 3 − 5, after D 0 − 1; at even odds −1.5.
    s = strategy("logit-best-reply", precision=precision)
    for own, observed, gain in (("", "", -1.5), ("C", "C", -2), ("D", "C", -2), ("C", "D", -1)):
        expected = 1 / (1 + math.exp(-precision * gain))
        assert odds(s, own, observed) == pytest.approx(expected, abs=1e-9)


def test_smooth_fictitious_play():
    s = strategy("smooth-fictitious-play", precision=2)
    gain = 3 / 5 * (4 - 3) + 2 / 5 * (1 - 2)
    expected = 1 / (1 + math.exp(-2 * gain))
    assert odds(s, "CDC", "CCD", STAG_HUNT) == pytest.approx(expected, abs=1e-9)


@given(observed=courses)
def test_an_infinite_precision_is_the_best_reply(observed):
    sharp = strategy("smooth-fictitious-play", precision=math.inf)
    assert not sharp.stochastic
    own = "C" * len(observed)
    best = odds(strategy("fictitious-play"), own, observed, STAG_HUNT)
    assert odds(sharp, own, observed, STAG_HUNT) == best


def test_huge_payoffs_do_not_overflow():
    s = strategy("logit-best-reply", precision=10)
    huge = symmetric(3e9, 0, 5e9, 1e9)
    assert odds(s, "C", "C", huge) < 1e-9
    assert odds(s, "C", "C", huge[:, ::-1].copy()) == 1


# Adaptive play


def test_adaptive_play_samples_what_it_remembers():
    s = strategy("adaptive-play", memory=4, sample=2, error=0)
    # Of D D C C a sample of two holds two D with probability 1/6; else a stag pays (b ≥ 1/2).
    estimate = share(s, "CCCC", "DDCC", payoffs=STAG_HUNT)
    assert abs(estimate - 5 / 6) < 5 * math.sqrt(5 / 36 / 4000)
    # What is older is forgotten, and three kind of four leave no sample without one.
    assert share(s, "C" * 9, "DDDDD" + "CCCD", 200, STAG_HUNT) == 1
    # While less than a sample is known, all of it counts.
    assert share(s, "C", "D", 200, STAG_HUNT) == 0
    assert share(s, "", "", 200, STAG_HUNT) == 1


def test_adaptive_play_errs():
    s = strategy("adaptive-play", error=0.2)
    estimate = share(s, "DD", "CD")  # withholding is best
    assert abs(estimate - 0.1) < 5 * math.sqrt(0.09 / 4000)


# Anticipation


def test_anticipating_replies_to_the_reply():
    # In chicken the other swerves from who went straight, and goes straight at who swerved.
    s = strategy("anticipating")
    assert [odds(s, own, "C", CHICKEN) for own in "CD"] == [1, 0]
    assert memory_after(s, "CD", "CC", CHICKEN)[0][s.rule.belief] == 0, "expected after C: D"
    # In a stag hunt it expects the other to follow, and follows.
    assert [odds(s, own, "D", STAG_HUNT) for own in "CD"] == [1, 0]
    assert answers("anticipating", "CDC") == "DDD"


# Mistakes


@pytest.mark.parametrize(
    ("name", "parameters", "words"),
    [
        ("fictitious-play", {"kind": 0.0, "unkind": 0.0}, "a belief needs some weight"),
        ("fictitious-play", {"kind": -1.0}, "kind = -1 is no weight"),
        ("fictitious-play", {"unkind": math.inf}, "unkind = inf is no weight"),
        ("smooth-fictitious-play", {"precision": -1.0}, "precision = -1 must be at least 0"),
        ("logit-best-reply", {"precision": math.nan}, "precision = nan must be at least 0"),
        ("weighted-fictitious-play", {"memory": 1.5}, "memory = 1.5 is no probability"),
        ("adaptive-play", {"sample": 9}, "sample = 9 of the last 8 periods"),
        ("adaptive-play", {"memory": 0}, "memory = 0 is too small"),
    ],
)
def test_mistakes(name, parameters, words):
    with pytest.raises(Mistake, match=words):
        strategy(name, **parameters)


def test_payoffs_of_a_dilemma_are_as_thought():
    assert PRISONERS[0].tolist() == [[3, 0], [5, 1]]
