"""How generous one may be, and which rules nobody can do better against than to cooperate.

classics-iterated.md, entry 13. Molander (1985), J. Conflict Resolution 29:611; Nowak & Sigmund
(1992), Nature 355:250; Akin (2015), Games 6:175. All is solved in the long run.
"""

from itertools import product

import numpy as np
import pytest

from coopgames.games import two_by_two
from coopgames.play import Horizon, Match, expect
from coopgames.strategies import Strategy, library, memory_one, strategy

T, R, P, S = 5, 3, 1, 0
PD = two_by_two("pd", R=R, S=S, T=T, P=P)
MOST = min(1 - (T - R) / (R - S), (R - P) / (T - P))
PURE = [Strategy("pure", memory_one(0, *p)) for p in product((1.0, 0.0), repeat=4)]
"""Who opens by cooperating and goes on gets R from all that are nice; so let all open otherwise."""


def means(first: Strategy, second: Strategy) -> tuple[float, float]:
    one, two = expect(Match(PD, (first, second), Horizon())).means
    return float(one), float(two)


def test_the_usual_generosity_is_the_greatest_that_is_safe() -> None:
    assert pytest.approx(1 / 3) == MOST
    assert library()["generous-tit-for-tat"].defaults["q"] == pytest.approx(MOST)


@pytest.mark.parametrize("q", [0.0, 0.2, 1 / 3, 0.34, 0.5, 0.51, 0.8])
def test_what_it_pays_to_do_against_generosity(q: float) -> None:
    """To withhold always pays 1 + 4q, by turns (5 + 3q)/2, never 3."""
    generous = strategy("generous-tit-for-tat", q=q)
    paid = {
        name: means(generous, strategy(name))[1]
        for name in ("always-accommodate", "always-defect", "alternator")
    }
    assert paid == pytest.approx(
        {"always-accommodate": 3, "always-defect": 1 + 4 * q, "alternator": (5 + 3 * q) / 2}
    )
    best = max(means(generous, other)[1] for other in PURE)
    assert (best <= R + 1e-9) == (q <= MOST)
    if q in {0.34, 0.5}:  # what binds first is to withhold by turns, not to withhold always
        assert paid["alternator"] > R >= paid["always-defect"]


def is_good(p2: float, p3: float, p4: float) -> bool:
    """Akin's inequalities for a rule that goes on after mutual cooperation."""
    return p3 * (T - R) / (R - S) < 1 - p2 and p4 * (T - R) / (R - P) < 1 - p2


def nobody_gains(p2: float, p3: float, p4: float) -> bool:
    """Whether a pure opponent gets R or more only where both get R, by brute force."""
    rule = Strategy("p", memory_one(1.0, 1.0, p2, p3, p4))
    return all(
        theirs < R - 1e-9 or mine >= R - 1e-9
        for mine, theirs in (means(rule, other) for other in PURE)
    )


def test_akins_inequalities_agree_with_brute_force() -> None:
    luck = np.random.default_rng(13)
    rules = luck.uniform(0.001, 0.999, (60, 3))
    verdicts = [is_good(*p) for p in rules]
    assert verdicts == [nobody_gains(*p) for p in rules]
    assert 10 < sum(verdicts) < 50


@pytest.mark.parametrize(
    ("p", "good"),
    [
        ((0, 1, 0), True),  # tit for tat
        ((0, 0, 1), False),  # win-stay, lose-shift: on the boundary at these payoffs
        ((0.33, 1, 0.33), True),  # generous tit for tat
        ((0.34, 1, 0.34), False),
    ],
)
def test_who_is_good(p: tuple[float, float, float], good: bool) -> None:
    assert is_good(*p) is good
