"""Institutions without coercion: what they ask for is a best reply, step by step.

classics-international.md, C21 (b), C23, C24, C29. The sources are named in the modules; the
constraints there are derived, and the numbers recomputed. What is checked here is computed in
another way: stages are played out for every plan that an actor might have, and chains are solved.
"""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games import after_gains, peaceful_gap
from coopgames.mistakes import Mistake
from coopgames.regimes import (
    cheaters_wage,
    escape_fees,
    escape_value,
    holds_without_escape,
    honest_wage,
    judgments,
    law_merchant_threshold,
)

SHARE = st.floats(0.05, 0.95)


def turning_point(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Find where `holds`, false at `low` and true at `high`, becomes true."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


# C21 (b): the escape clause


CLAUSE = {"ordinary": 0.5, "pressed": 3.0, "chance": 0.2, "loss": 1.0}
KEEP, ESCAPE, BREACH = range(3)


def best_plan(
    fee: float, ordinary: float, pressed: float, chance: float, loss: float, delta: float
) -> tuple[int, int]:
    """Solve the nine plans (usually, under pressure) against one who does what is expected.

    The value of a plan is that of its chain: in the agreement, or out of it for good.
    """
    values = {}
    for plan in product((KEEP, ESCAPE, BREACH), repeat=2):
        now, stay = -chance * loss, 0.0
        for act, odds, gain in zip(plan, (1 - chance, chance), (ordinary, pressed), strict=True):
            now += odds * (1 + (0, gain - fee, gain)[act])
            stay += odds * (act != BREACH)
        values[plan] = now / (1 - delta * stay)
    return max(values, key=lambda plan: values[plan])


@pytest.mark.parametrize(
    ("delta", "fees", "without"),
    [(0.5, (0.5, 1.167), False), (0.7, (0.5, 2.227), False), (0.8, (0.5, 3.0), True)],
)
def test_neither_too_cheap_nor_too_expensive(
    delta: float, fees: tuple[float, float], without: bool
) -> None:
    assert escape_fees(**CLAUSE, continuation=delta) == pytest.approx(fees, abs=5e-4)
    assert holds_without_escape(3.0, delta) == without


@pytest.mark.parametrize("delta", [0.3, 0.5, 0.7, 0.8])
def test_fees_by_going_through_all_plans(delta: float) -> None:
    found = escape_fees(**CLAUSE, continuation=delta)
    for fee in np.linspace(0.05, 3.5, 70) + 1e-4:
        works = best_plan(fee, *CLAUSE.values(), delta) == (KEEP, ESCAPE)
        assert works == (found is not None and found[0] <= fee <= found[1]), fee


@given(SHARE, st.floats(0.1, 1), st.floats(1.1, 5), SHARE, st.floats(0, 3))
def test_the_cheapest_fee_that_works_is_the_best(delta, ordinary, pressed, chance, loss) -> None:
    clause = {"ordinary": ordinary, "pressed": pressed, "chance": chance, "loss": loss}
    found = escape_fees(**clause, continuation=delta)
    if found is not None:
        low, high = found
        assert escape_value(low, **clause) >= escape_value(high, **clause)
        # It is paid of one's own accord: being out saves the fee and is worth nothing.
        for fee in (low, high):
            assert fee <= delta * escape_value(fee, **clause) / (1 - delta) + 1e-9


def test_an_agreement_that_is_worth_nothing_holds_nobody() -> None:
    assert escape_fees(ordinary=0.5, pressed=3, chance=0.9, loss=9, continuation=0.9) is None
    assert escape_fees(**CLAUSE, continuation=0.3) is not None
    assert escape_fees(**CLAUSE, continuation=0.2) is None
    with pytest.raises(Mistake, match="the second must be larger"):
        escape_fees(ordinary=3, pressed=3, chance=0.2, loss=1, continuation=0.5)


# C23: the law merchant


PLANS = tuple(product((True, False), repeat=4))
"""Whether one asks, trades honestly, appeals if it was cheated, pays if it must."""
ASKED = (True,) * 4


def stage(mine: tuple, theirs: tuple, *, cheat, victim, query, appeal, award):
    """Play a period between two whose record is clean: what I get, and if my record stays so."""
    u, clean = -query * mine[0], True
    if not (mine[0] and theirs[0]):
        return u, clean  # without a remedy for both nobody is honest: as good as no trade
    u += {(1, 1): 1, (0, 1): cheat, (1, 0): -victim, (0, 0): 0}[mine[1], theirs[1]]
    if mine[1] and not theirs[1] and mine[2]:
        u += award * theirs[3] - appeal
    if theirs[1] and not mine[1] and theirs[2]:
        u -= award * mine[3]
        clean = mine[3]
    return u, clean


def holds(delta: float, award: float, *, cheat: float, query: float, appeal: float) -> bool:
    """Whether no plan pays against one who does what is asked, even after someone cheated.

    With an unpaid judgment nobody trades with one: worth 0 from then on.
    """
    costs = {"cheat": cheat, "victim": 1.0, "query": query, "appeal": appeal, "award": award}
    good = stage(ASKED, ASKED, **costs)[0] / (1 - delta)

    def value(mine: tuple, theirs: tuple) -> float:
        u, clean = stage(mine, theirs, **costs)
        return u + delta * good * clean

    if max(value(plan, ASKED) for plan in PLANS) > good + 1e-9:
        return False
    cheated = (True, False, True, True)  # what it did already, and what it is asked to do now
    # Who was cheated, and who has cheated: all that is still open to them.
    to_appeal = [value((True, True, a, True), cheated) for a in (True, False)]
    to_pay = [value((True, False, True, p), ASKED) for p in (True, False)]
    return all(yes >= no - 1e-9 for yes, no in (to_appeal, to_pay))


COURTS = [
    (2.0, 0.1, 0.2, 0.526),
    (2.0, 0.3, 0.2, 0.588),
    (2.0, 0.1, 1.6, 0.64),
]


@pytest.mark.parametrize(("cheat", "query", "appeal", "delta"), COURTS)
def test_the_law_merchant(cheat: float, query: float, appeal: float, delta: float) -> None:
    court = {"cheat": cheat, "query": query, "appeal": appeal}
    found = law_merchant_threshold(**court)
    assert found == pytest.approx(delta, abs=5e-4)
    awards = np.linspace(0, 4, 401)  # both α − 1 and C are on the grid

    def some_award_will_do(d: float) -> bool:
        return any(holds(d, award, **court) for award in awards)

    assert turning_point(some_award_will_do, 0.01, 0.99) == pytest.approx(found, abs=1e-8)


def test_which_awards_will_do() -> None:
    court = {"cheat": 2.0, "query": 0.1, "appeal": 0.2}
    found = judgments(**court, continuation=0.6)
    assert found == pytest.approx((1, 1.35))
    for award in np.linspace(0.9, 1.5, 61) + 1e-4:
        assert holds(0.6, award, **court) == (found[0] <= award <= found[1])


@given(st.floats(1.1, 4), st.floats(0, 0.9), st.floats(0, 4), st.floats(0.01, 0.97), SHARE)
def test_every_award_by_going_through_all_plans(cheat, query, appeal, delta, share) -> None:
    court = {"cheat": cheat, "query": query, "appeal": appeal}
    found = judgments(**court, continuation=delta)
    least = law_merchant_threshold(**court)
    if abs(delta - least) < 1e-9:
        return  # rounding decides
    assert (found is not None) == (delta >= least)
    if found is None:
        assert not holds(delta, max(appeal, cheat - 1) + 1e-6, **court)
    else:
        low, high = found
        assert holds(delta, low + share * (high - low), **court)
        assert not holds(delta, high + 1e-3, **court)
        assert not holds(delta, low - 1e-3, **court)


def test_who_must_pay_more_for_asking_than_trade_brings_does_not_ask() -> None:
    assert law_merchant_threshold(cheat=2, query=1.0, appeal=0) is None
    assert judgments(cheat=2, query=1.2, appeal=0, continuation=0.99) is None
    with pytest.raises(Mistake, match="needs no court"):
        judgments(cheat=1, query=0.1, appeal=0, continuation=0.9)


# C24: the Maghribi traders


BASE = {
    "hired": 0.5, "cheater_hired": 0.1, "turnover": 0.1, "outside": 0.2, "loot": 2.0,
    "discount": 0.9,
}  # fmt: skip


def career(wage: float, cheats: int | None, base: dict[str, float], *, forgiven: bool = True):
    """Solve the chain of an employed agent that cheats so many more times; None for ever.

    Nodes are (employed, looking as honest, looking as a cheater) by how often it will still cheat.
    Looking for work, it is hired at the beginning of a period or lives on what there is outside.
    Whoever is hired again is as good as new, or else has always been a cheater and stays one.
    """
    most = 1 if cheats is None else cheats
    n = 3 * (most + 1)
    P, r = np.zeros((n, n)), np.zeros(n)
    for left in range(most + 1):
        employed, honest, cheater = 3 * left, 3 * left + 1, 3 * left + 2
        if left:
            after = 3 * (left if cheats is None else left - 1) + 2
            r[employed], P[employed, after] = base["loot"], 1
        else:
            pool = honest if forgiven else cheater
            r[employed] = wage
            P[employed, [employed, pool]] = 1 - base["turnover"], base["turnover"]
        for looking, h in ((honest, base["hired"]), (cheater, base["cheater_hired"])):
            # One who is hired does in that period what one who is employed does.
            r[looking] = h * r[employed] + (1 - h) * base["outside"]
            P[looking] = h * P[employed]
            P[looking, looking] += 1 - h
    return float(np.linalg.solve(np.eye(n) - base["discount"] * P, r)[3 * most])


@pytest.mark.parametrize(
    ("change", "wage"),
    [
        ({"cheater_hired": 0.5}, 1.271),  # bilateral
        ({"cheater_hired": 0.0}, 0.395),  # multilateral
        ({}, 0.570),
        ({"discount": 0.95}, 0.485),
        ({"hired": 0.7}, 0.555),
        ({"cheater_hired": 0.2}, 0.745),
        ({"turnover": 0.2}, 0.598),
        ({"outside": 0.4}, 0.729),
        ({"loot": 3.0}, 0.776),
    ],
)
def test_what_an_honest_agent_must_be_paid(change: dict[str, float], wage: float) -> None:
    base = {**BASE, **change}
    found = honest_wage(**base)
    assert found == pytest.approx(wage, abs=5e-4)
    by_chain = turning_point(lambda w: career(w, 0, base) >= career(w, 1, base), -5.0, 9.0)
    assert found == pytest.approx(by_chain, abs=1e-9)
    # Nor does it pay there to cheat twice, or for ever.
    assert career(found, 0, base) >= max(career(found, m, base) for m in (2, None)) - 1e-9


@given(SHARE, SHARE, st.floats(0.01, 0.99), st.floats(0, 1), st.floats(1, 4), SHARE)
def test_six_signs_and_who_is_shunned(h, c, turnover, outside, loot, discount) -> None:
    base = {
        "hired": max(h, c), "cheater_hired": min(h, c), "turnover": turnover, "outside": outside,
        "loot": loot, "discount": discount,
    }  # fmt: skip
    if honest_wage(**base) <= outside:  # honesty must be worth more than no work
        return
    few = 1e-3

    def slope(key: str) -> float:
        return (honest_wage(**{**base, key: base[key] + few}) - honest_wage(**base)) / few

    assert slope("discount") <= 1e-9
    assert slope("hired") <= 1e-9
    assert min(slope(k) for k in ("cheater_hired", "turnover", "outside", "loot")) >= -1e-9
    # No merchant has to be told to shun a cheater: it would cost more.
    known = {k: v for k, v in base.items() if k != "hired"}
    needed = cheaters_wage(**known)
    assert needed >= honest_wage(**base) - 1e-9
    honest, cheats = (career(needed, m, base, forgiven=False) for m in (0, 1))
    assert honest == pytest.approx(cheats)


def test_a_cheater_costs_more_where_all_shun_it_and_no_more_where_one_does() -> None:
    def extra(cheater_hired: float) -> float:
        base = {**BASE, "cheater_hired": cheater_hired}
        del base["hired"]
        return cheaters_wage(**base) - honest_wage(**base, hired=0.5)

    assert extra(0.5) == pytest.approx(0)
    assert extra(0.0) > 0.05


# C29: gains that can be turned into force (Grieco's and Snidal's: test_relative_gains.py)


@pytest.mark.parametrize(("conversion", "stake", "cost"), [(0.1, 2.0, 0.3), (0.05, 10, 0.2)])
def test_behaviour_follows_constraints(conversion: float, stake: float, cost: float) -> None:
    war = {"conversion": conversion, "stake": stake, "cost": cost}
    gap = peaceful_gap(**war)
    assert gap == pytest.approx(cost / (conversion * stake))

    def peaceful(g: float) -> bool:
        u = after_gains(1 + g, 1, **war).payoffs
        return u[0, 0, 0] >= u[0, 1, 0] and u[1, 0, 0] >= u[1, 0, 1]

    assert turning_point(lambda x: not peaceful(x), 0.0, 9.0) == pytest.approx(gap, abs=1e-9)


def test_where_war_is_costly_relative_gains_do_not_matter() -> None:
    cheap, dear = ({"conversion": 0.1, "stake": 2.0, "cost": c} for c in (0.1, 1.0))
    for g in (0.0, 0.4, 5.0, 100.0):
        assert (0, 0) in pure(after_gains(1 + g, 1, **dear))
        assert ((0, 0) in pure(after_gains(1 + g, 1, **cheap))) == (g <= 0.5)
        assert ((0, 0) in pure(after_gains(1, 1 + g, **cheap))) == (g <= 0.5)
    assert peaceful_gap(**dear) == np.inf
    with pytest.raises(Mistake, match="none can be negative"):
        peaceful_gap(conversion=0.1, stake=-1, cost=0)


def pure(game) -> list[tuple[int, ...]]:
    u = game.payoffs
    return [
        (a, b)
        for a, b in np.ndindex(2, 2)
        if u[0, a, b] >= u[0, 1 - a, b] - 1e-9 and u[1, a, b] >= u[1, a, 1 - b] - 1e-9
    ]
