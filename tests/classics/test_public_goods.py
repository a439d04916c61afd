"""Cooperation among many, by solving and not from the formula.

classics-iterated.md, entry 3; classics-international.md, C1, C2 (n up to 50) and C3; theory.md
1.4.3. Formulas stand here only as what solving has to come to.
"""

from itertools import pairwise

import pytest

from coopgames.games import CountGame, count_game, public_goods
from coopgames.play import (
    Horizon,
    expect_lumped,
    group_best_reply,
    group_critical_continuation,
    group_deviation_gain,
)
from coopgames.strategies.group import group_never, group_tit_for_tat, trigger

T, R, P, S = 5, 3, 1, 0
PD = CountGame("pd", [[S, R], [P, T]])


def test_two_actors() -> None:
    # C1: (T−R)/(T−P) for grim, max of that and (T−R)/(R−S) for tit for tat.
    assert group_critical_continuation(PD, trigger(2, own=True)) == pytest.approx(1 / 2, abs=1e-9)
    perfect = group_critical_continuation(PD, trigger(2, own=True), criterion="subgame-perfect")
    assert perfect == pytest.approx(1 / 2, abs=1e-9)
    assert group_critical_continuation(PD, group_tit_for_tat(2)) == pytest.approx(2 / 3, abs=1e-9)
    assert group_critical_continuation(PD, group_never(2)) == 0


@pytest.mark.parametrize("r", [1.5, 2, 5])
@pytest.mark.parametrize("n", [6, 10, 25, 50])
@pytest.mark.parametrize("own", [False, True])
def test_grim_among_many(n: int, r: float, own: bool) -> None:
    # Entry 3: (N−r)/(r(N−1)), which tends to 1/r.
    critical = group_critical_continuation(public_goods(n, r), trigger(n, own=own))
    assert critical == pytest.approx((n - r) / (r * (n - 1)), abs=1e-9)


@pytest.mark.parametrize(
    ("n", "fixed_share", "fixed_total", "trembling"),
    [
        (3, 0.50, 0.25, 0.2656),
        (5, 0.25, 0.375, 0.4149),
        (10, 0.111, 0.444, 0.5439),
        (50, 0.0204, 0.490, None),
    ],
)
def test_more_actors_make_it_harder_or_easier(
    n: int, fixed_share: float, fixed_total: float, trembling: float | None
) -> None:
    # C2, rounded as printed there. What a contribution is worth to each: b = .5, or b = 2/n.
    easier = group_critical_continuation(public_goods(n, 0.5 * n), trigger(n))
    assert easier == pytest.approx(fixed_share, abs=5e-4)
    assert easier == pytest.approx((1 - 0.5) / ((n - 1) * 0.5), abs=1e-9)
    harder = group_critical_continuation(public_goods(n, 2), trigger(n))
    assert harder == pytest.approx(fixed_total, abs=5e-4)
    # An intended contribution fails with probability .02, and a single failure ends it.
    critical = group_critical_continuation(
        public_goods(n, 2), trigger(n, own=True), noise=(0.02, 0.0)
    )
    formula = (1 - 2 / n) / ((n - 1) * 2 / n) / 0.98**n
    if trembling is None:
        assert critical is None
        assert formula == pytest.approx(1.345, abs=1e-3)
    else:
        assert critical == pytest.approx(trembling, abs=1e-4)
        assert critical == pytest.approx(formula, abs=1e-9)


def test_below_the_threshold_one_keeps_and_above_it_contributes() -> None:
    n, r = 50, 2
    critical = (n - r) / (r * (n - 1))
    game, grim = public_goods(n, r), trigger(n)
    for w, first in ((critical - 0.01, [0, 1]), (critical + 0.01, [1, 0])):
        horizon = Horizon(continuation=w)
        reply = group_best_reply(game, grim, horizon)
        assert reply.automaton.mix[0].tolist() == first
        gain = group_deviation_gain(game, grim, horizon)
        assert (gain > 1e-6) == (w < critical)
        assert reply.total is not None
        assert gain == pytest.approx(reply.total - (r - 1) / (1 - w), abs=1e-9)


@pytest.mark.parametrize("threshold", [9, 7, 5])
def test_the_more_who_may_fail_the_less_tit_for_tat_deters(threshold: int) -> None:
    # One who keeps when threshold < n−1 sets nobody off, so a group that tolerates it is no match
    # for a free rider at any continuation probability.
    critical = group_critical_continuation(public_goods(10, 5), group_tit_for_tat(10, threshold))
    assert (critical is None) == (threshold < 9)


def cournot(n: int) -> CountGame:
    """Demand 1 − Q without costs: a share of the monopoly, the Nash quantity, the best deviation.

    The deviation is the best reply to the others' cartel quantities.
    """
    cartel, nash = 1 / (2 * n), 1 / (n + 1)
    quantity = [cartel, nash, (1 - (n - 1) * cartel) / 2]

    def profit(own: int, others: tuple[int, ...]) -> float:
        total = quantity[own] + sum(c * q for c, q in zip(others, quantity, strict=True))
        return quantity[own] * max(1 - total, 0.0)

    return count_game("cournot", n, profit, actions=("cartel", "nash", "cheat"))


@pytest.mark.parametrize(
    ("n", "printed"),
    [(2, 0.5294), (3, 0.5714), (5, 0.6429), (7, 0.6957), (10, 0.7516), (13, 0.7903)],
)  # fmt: skip
def test_cournot_cartels(n: int, printed: float) -> None:
    # C3, Friedman (1971): (n+1)²/((n+1)²+4n).
    friedman = trigger(n, k=3, punishment=1)
    critical = group_critical_continuation(cournot(n), friedman)
    assert critical == pytest.approx((n + 1) ** 2 / ((n + 1) ** 2 + 4 * n), abs=1e-9)
    assert critical == pytest.approx(printed, abs=5e-5)


@pytest.mark.parametrize("n", [2, 3, 10, 50])
def test_bertrand_cartels(n: int) -> None:
    # C3: 1 − 1/n. Whoever undercuts takes the whole market; at cost nobody earns.
    def profit(own: int, others: tuple[int, ...]) -> float:
        if own == 2 or others[2]:
            return 0.0
        if own == 1:
            return 1 / (1 + others[1])
        return 0.0 if others[1] else 1 / n

    game = count_game("bertrand", n, profit, actions=("monopoly price", "undercut", "at cost"))
    critical = group_critical_continuation(game, trigger(n, k=3))
    assert critical == pytest.approx(1 - 1 / n, abs=1e-9)


@pytest.mark.parametrize(("n", "printed"), [(2, 50.3), (5, 20.4), (10, 10.5), (50, 2.5)])
def test_how_long_a_trembling_group_holds(n: int, printed: float) -> None:
    # theory.md 1.4.3: spells of 1/(1−(1−ε)^n) periods, the one in which it breaks included.
    T = 20_000
    e = expect_lumped(public_goods(n, 2), trigger(n, own=True), Horizon(T), noise=(0.01, 0.0))
    spell = e.frequency[0, n - 1] * T + 1
    assert spell == pytest.approx(1 / (1 - 0.99**n), abs=1e-8)
    assert spell == pytest.approx(printed, abs=0.06)


def test_it_tends_to_the_inverse_of_what_a_unit_is_worth_to_all() -> None:
    critical = [group_critical_continuation(public_goods(n, 2), trigger(n)) for n in (10, 20, 50)]
    gaps = [1 / 2 - c for c in critical if c is not None]
    assert len(gaps) == 3
    assert all(later < earlier for earlier, later in pairwise(gaps))
