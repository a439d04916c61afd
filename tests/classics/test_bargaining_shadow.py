"""Fearon (1998): a long shadow of the future helps to enforce a deal, and hinders making one.

Int. Organization 52:269–305; classics-international.md, C26 (the claim from memory; the variant
with complete information recomputed). Two deals with flows h and l to either side, status quo 0:
who gives way gets l, and patience makes it worth while to hold out. In continuous time with
interest r either side gives way at rate λ = rl/(h − l), so that agreement takes (h − l)/(2rl) on
average. But a deal holds only if r ≤ l/G, where G is what a breach would gain. So cooperation soon
is likeliest in between.

Here time goes in steps of dt, and nothing of this is known to the program: that holding out is an
equilibrium is solved, and so is when coordination emerges.
"""

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from scipy.optimize import brentq

from coopgames.games import Game
from coopgames.play import Horizon, Match, emergence, expect, is_nash, outcomes_over_time
from coopgames.readings import Rule, lens
from coopgames.strategies import Automaton, Strategy

H, L, G, DT = 3.0, 1.0, 4.0, 0.02
INSIST, YIELD = 0, 1
DEALS = Game(
    "two deals", [[[0, H], [L, 0]], [[0, L], [H, 0]]], [("insist", "yield")] * 2,
    roles=((YIELD, INSIST), (YIELD, INSIST)),
)  # fmt: skip
"""Both giving way is no deal yet; they try again."""


def attrition(p: float) -> Strategy:
    """Insist, give way with probability p a step, and keep to what was agreed.

    Actions of an automaton are in roles: 0 gives way. What is observed is one's own action first.
    """
    hold, won, lost = 0, 1, 2
    mix = [[p, 1 - p], [0, 1], [1, 0]]
    after = [[hold, lost], [won, hold]]
    return Strategy("attrition", Automaton(mix, [after, [[won] * 2] * 2, [[lost] * 2] * 2]))


def indifferent(r: float) -> float:
    """The probability of giving way at which the other is indifferent, from its two equations."""
    d = exp(-r * DT)

    def difference(p: float) -> float:
        hold = p * H / (1 - d) / (1 - (1 - p) * d)
        give = (1 - p) * L / (1 - d) + p * d * hold
        return hold - give

    return float(brentq(difference, 1e-12, 0.5))


def match(r: float) -> Match:
    p = indifferent(r)
    return Match(DEALS, (attrition(p), attrition(p)), Horizon(continuation=exp(-r * DT)))


RATES = (0.5, 0.1, 0.02)


@pytest.mark.parametrize("r", RATES)
def test_holding_out_is_an_equilibrium_at_the_rate_of_the_formula(r: float) -> None:
    assert is_nash(match(r))
    # λ = rl/(h − l), but for terms of order dt.
    assert indifferent(r) / DT == pytest.approx(r * L / (H - L), rel=r * DT * 2)
    assert not is_nash(
        Match(DEALS, (attrition(2 * indifferent(r)),) * 2, Horizon(continuation=exp(-r * DT)))
    )


@pytest.mark.parametrize("r", RATES)
def test_what_it_is_worth_does_not_depend_on_patience(r: float) -> None:
    # E e^{−rτ} = 2l/(h + l) = 1/2, of (h + l)/2 = 2 for each; so l = 1 a period, what giving way
    # at once would bring.
    assert expect(match(r)).means == pytest.approx((L, L), rel=3 * r * DT)


@pytest.mark.parametrize(("r", "agreed"), [(0.5, 0.918), (0.1, 0.394), (0.02, 0.095)])
def test_patience_delays_agreement(r: float, agreed: float) -> None:
    periods = round(5 / DT)
    outcomes = outcomes_over_time(match(r), periods)
    assert outcomes[-1, 1:3].sum() == pytest.approx(agreed, abs=4e-3)
    # So does the search for emergence, if a deal counts as coordination. (By the usual χ it does
    # not: l is what acting at random would bring, so that who gave way gains nothing.)
    dealt = replace(lens(DEALS, Rule(L=1)).counting, holds=np.array([0, 1, 1, 0], dtype=np.uint8))
    found = emergence(match(r), dealt, periods)
    assert found is not None
    assert found.emerged.sum() == pytest.approx(agreed, abs=4e-3)
    assert found.broke.sum() == 0


@pytest.mark.parametrize(("r", "delay"), [(0.5, 2), (0.1, 10), (0.02, 50)])
def test_the_mean_delay(r: float, delay: float) -> None:
    p = indifferent(r)
    step = 2 * p * (1 - p)  # one of them, and only one, gives way
    assert DT / step == pytest.approx(delay, rel=0.02)


def test_cooperation_soon_is_likeliest_in_between() -> None:
    rates = np.array([0.5, 0.3, 0.25, 0.2, 0.1, 0.01])
    soon = [
        outcomes_over_time(match(r), round(5 / DT))[-1, 1:3].sum() if r <= L / G else 0.0
        for r in rates
    ]
    assert soon == pytest.approx([0, 0, 0.713, 0.632, 0.394, 0.049], abs=4e-3)
