"""Bayesian learning over six types: their play, Bayes' rule and what an action is worth, anew."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_player import PRISONERS, answers
from replayed import CHICKEN, STAG_HUNT, odds

from coopgames.games import two_by_two
from coopgames.mistakes import Mistake
from coopgames.strategies import beliefs, strategy

PD = two_by_two("pd", R=3, S=0, T=5, P=1)
ERROR = 0.05

# What a type means to do after one did a and it did o, and meant x; the coin means nothing.
MEANS = {
    "always-accommodate": lambda x, a, o: 0,
    "always-defect": lambda x, a, o: 1,
    "tit for tat": lambda x, a, o: a,
    "grim": lambda x, a, o: 1 if 1 in {x, a} else 0,
    "win-stay-lose-shift": lambda x, a, o: o if a == 0 else 1 - o,
    "coin": lambda x, a, o: 0,
}
courses = st.integers(0, 8).flatmap(
    lambda n: st.tuples(*[st.text("CD", min_size=n, max_size=n)] * 2)
)


def kindness(name: str, x: int) -> float:
    """Give P(C | x)."""
    return 0.5 if name == "coin" else (1 - ERROR, ERROR)[x]


def worths(name: str, u: np.ndarray, delta: float) -> np.ndarray:
    """Find q(x, a) against a type that is known, by value iteration."""
    q = np.zeros((2, 2))
    for _ in range(250 if delta else 1):
        q = np.array([
            [
                sum(
                    p * (u[a, o] + delta * q[MEANS[name](x, a, o)].max())
                    for o, p in enumerate((kindness(name, x), 1 - kindness(name, x)))
                )
                for a in (0, 1)
            ]
            for x in (0, 1)
        ])  # fmt: skip
    return q


WORTHS = {
    (game, delta): {name: worths(name, u[0], delta) for name in MEANS}
    for game, u in {"dilemma": PRISONERS, "stag hunt": STAG_HUNT, "chicken": CHICKEN}.items()
    for delta in (0.0, 0.9)
}
PAYOFFS = {"dilemma": PRISONERS, "stag hunt": STAG_HUNT, "chicken": CHICKEN}


def posterior(own: str, observed: str) -> tuple[dict[str, float], dict[str, int]]:
    """Give the weights of all types after a course, and what each means to do next."""
    weights = dict.fromkeys(MEANS, 1 / 6)
    means = {name: int(name == "always-defect") for name in MEANS}
    for moves in zip(own, observed, strict=True):
        a, o = map("CD".index, moves)
        for name, rule in MEANS.items():
            p = kindness(name, means[name])
            weights[name] *= (p, 1 - p)[o]
            means[name] = rule(means[name], a, o)
    total = sum(weights.values())
    return {name: w / total for name, w in weights.items()}, means


@pytest.mark.parametrize("name", ["bayesian", "farsighted-bayesian"])
@given(courses)
def test_beliefs_follow_bayes_rule(name, course):
    weights, means = posterior(*course)
    own, observed = (["CD".index(x) for x in [*moves, "C"]] for moves in course)
    replayed = beliefs(strategy(name), own, observed, PD)[-1]
    expected = sum(w * kindness(n, means[n]) for n, w in weights.items())
    assert replayed == pytest.approx([expected, 1 - expected])


def test_beliefs_by_hand():
    # Five are about to accommodate with 0.95, 0.95, 0.95, 0.95 and 0.5, one with 0.05.
    s = strategy("bayesian")
    first = (4 * 0.95 + 0.05 + 0.5) / 6
    peace = (4 * 0.95**2 + 0.05**2 + 0.5**2) / (6 * first)
    assert beliefs(s, [0, 0], [0, 0], PD)[:, 0] == pytest.approx([first, peace])
    # After D all but always-accommodate mean D; having exploited, so does win-stay-lose-shift.
    exploited = (0.95**2 + 3 * 0.95 * 0.05 + 0.05**2 + 0.5**2) / (6 * first)
    assert beliefs(s, [1, 0], [0, 0], PD)[1, 0] == pytest.approx(exploited)


@pytest.mark.parametrize("game", PAYOFFS)
@pytest.mark.parametrize(("name", "delta"), [("bayesian", 0.0), ("farsighted-bayesian", 0.9)])
@given(course=courses)
def test_the_action_is_worth_most(name, delta, game, course):
    weights, means = posterior(*course)
    gain = sum(w * np.diff(WORTHS[game, delta][n][means[n]])[0] * -1 for n, w in weights.items())
    if abs(gain) > 1e-6:
        assert odds(strategy(name), *course, PAYOFFS[game]) == (gain > 0)


def test_only_a_future_makes_it_kind():
    assert answers("bayesian", "CDCC") == "DDDD"
    assert answers("farsighted-bayesian", "CCCC") == "CCCC"
    assert answers("farsighted-bayesian", "D" * 20)[-10:] == "D" * 10


def test_mistakes():
    with pytest.raises(Mistake, match=r"error = 1.5 is no probability"):
        strategy("bayesian", error=1.5)
    with pytest.raises(Mistake, match="delta = 1 must be at least 0 and less than 1"):
        strategy("farsighted-bayesian", delta=1.0)
