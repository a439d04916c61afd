"""What a regime makes of an issue-area, by solving repeated play under it.

Thresholds are roots of the solver's, or bisected on its verdicts; the formulas that they are held
to stand here and are our derivations. Scenarios S3, S4 and S5; Green & Porter (1984).
"""

import numpy as np
import pytest

from coopgames.games import Game, count_game, named_game, two_by_two
from coopgames.games.scenarios.gatt import brought, cost, nash_tariff
from coopgames.games.scenarios.oil import tug_of_war
from coopgames.games.scenarios.payments import joint_devaluation, nash_devaluation
from coopgames.play import (
    GroupMatch,
    Horizon,
    Match,
    critical_continuation,
    deviation_gain,
    expect,
    expect_group,
    group_critical_continuation,
    group_deviation_gain,
    is_subgame_perfect,
)
from coopgames.regimes import (
    PublicRegime,
    anyone_of_the_group_breaks,
    reversion,
    standing,
    watched,
)
from coopgames.strategies import ACCOMMODATE, Guided, Label, Strategy, group_never, strategy

# Payments: one norm, four ways to watch it


@pytest.fixture(scope="module")
def payments() -> tuple[Game, int, int]:
    """The game, and which of its devaluations, in role order, are d_C and d_N."""
    game = named_game("balance-of-payments")
    d = np.array([float(name) for name in game.actions[0]])
    a, b, omega = 1.0, 0.8, 0.5
    return game, *(
        int(np.abs(d - rule(a, b, omega)).argmin())
        for rule in (joint_devaluation, nash_devaluation)
    )


@pytest.mark.parametrize("criterion", ["nash", "subgame-perfect"])
@pytest.mark.parametrize(
    ("hit", "false_alarm", "threshold"),
    [(1.0, 0.0, 0.377), (0.95, 0.02, 0.397), (0.5, 0.2, 0.772), (0.4, 0.05, 0.654)],
    ids=["perfect", "pegged", "floating", "informal"],
)
def test_the_same_norm_is_the_harder_to_keep_the_worse_it_is_watched(
    payments: tuple[Game, int, int],
    hit: float,
    false_alarm: float,
    threshold: float,
    criterion: str,
) -> None:
    """All of the game's devaluations are open to whoever deviates."""
    game, joint, nash = payments
    k = game.shape[0]
    breaks = (np.indices((k, k)) != joint).any(axis=0)
    regime = reversion(breaks, asked=joint, instead=nash, hit=hit, false_alarm=false_alarm)
    comply = strategy("compliance", k=k)
    found = critical_continuation(game, comply, comply, criterion=criterion, regime=regime)
    assert found == pytest.approx(threshold, abs=5e-4)


# Trade: two norms that need each other


def mfn(tariffs: tuple[float, ...], n: int = 3):
    """The tariff game of n countries with one tariff each for all."""
    own, harm = (f(np.array(tariffs), *args) for f, args in ((brought, ()), (cost, (1.0,))))
    return count_game(
        "mfn", n, lambda a, others: (n - 1) * own[a] - np.dot(others, harm), ("open", "closed")
    )


def test_nondiscrimination_makes_free_riders_and_reciprocity_removes_them() -> None:
    game, comply = mfn((0.0, nash_tariff())), strategy("compliance")
    breaks, closed = anyone_of_the_group_breaks(3), game.payoffs[1, 0]
    # The norm alone: all are asked to be open to all, whatever anybody does.
    norm = PublicRegime([[0, 0]], [[Label(ACCOMMODATE)]], watched(breaks))
    horizon = Horizon(continuation=0.9)
    ridden = expect_group(GroupMatch(game, (comply, comply, group_never(3)), horizon, regime=norm))
    gains = np.array(ridden.means) - closed
    assert gains == pytest.approx([-1 / 72, -1 / 72, 5 / 36])  # −.0139, −.0139, +.1389
    assert group_critical_continuation(game, comply, regime=norm) is None
    # With reciprocity: who closes frees the others.
    both = reversion(breaks)
    together = expect_group(GroupMatch(game, (comply,) * 3, horizon, regime=both))
    assert np.array(together.means) - closed == pytest.approx([1 / 18] * 3)  # +.0556
    assert group_critical_continuation(game, comply, regime=both) == pytest.approx(0.6)
    # Nor can two of three hold on to the norm by themselves.
    pair = expect_group(GroupMatch(game, (comply, comply, group_never(3)), horizon, regime=both))
    assert max(pair.means[:2]) < closed


def test_reciprocity_without_nondiscrimination_is_a_pact_of_two() -> None:
    """Two who open to each other alone gain 1/36 each, as in a game of their own."""
    own, harm = brought(np.array([0.0, nash_tariff()])), cost(np.array([0.0, nash_tariff()]), 1.0)
    u = own[:, None] - harm[None, :]
    game, comply = Game("pact", [u, u.T], roles=[(0, 1)] * 2), strategy("compliance")
    regime = reversion([[False, True], [True, True]])
    match = Match(game, (comply, comply), Horizon(), regime=regime)
    assert np.array(expect(match).means) - u[1, 1] == pytest.approx([1 / 36] * 2)  # +.0278
    assert critical_continuation(game, comply, comply, regime=regime) == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("share", "needed"), [(0.8, 0.143), (0.6, 0.273), (0.4, 0.391), (0.2, 0.5), (0.0, 0.6)]
)
def test_the_ladder_of_gradual_liberalisation(share: float, needed: float) -> None:
    nash = nash_tariff()
    game = mfn((share * nash, nash))
    regime = reversion(anyone_of_the_group_breaks(3))
    found = group_critical_continuation(game, strategy("compliance"), regime=regime)
    assert found == pytest.approx(needed, abs=5e-4)


# Oil: how many can be held together


@pytest.mark.parametrize(
    ("n", "threshold"), [(3, 0.571), (5, 0.643), (7, 0.696), (10, 0.752), (13, 0.790), (20, 0.846)]
)
def test_the_more_companies_the_more_the_future_must_weigh(n: int, threshold: float) -> None:
    game, comply = tug_of_war(n), strategy("compliance", k=3)
    regime = reversion(anyone_of_the_group_breaks(n, 3), instead=1)
    found = group_critical_continuation(game, comply, regime=regime)
    assert found == pytest.approx(threshold, abs=5e-4)


def test_the_shares_hold_up_to_nine_companies_and_break_at_the_tenth() -> None:
    comply, horizon = strategy("compliance", k=3), Horizon(continuation=0.75)
    gains = [
        group_deviation_gain(
            tug_of_war(n),
            comply,
            horizon,
            regime=reversion(anyone_of_the_group_breaks(n, 3), instead=1),
        )
        for n in range(2, 13)
    ]
    assert [n for n, gain in enumerate(gains, 2) if gain < 1e-12] == list(range(2, 10))


def test_one_impatient_newcomer_breaks_them_and_then_nobody_keeps_to_anything() -> None:
    """Six companies at δ = .75 would hold; one of them at δ = .6 is better off without."""
    n, comply = 6, strategy("compliance", k=3)
    game, regime = tug_of_war(n), reversion(anyone_of_the_group_breaks(n, 3), instead=1)
    assert group_deviation_gain(game, comply, Horizon(continuation=0.75), regime=regime) < 1e-12
    assert group_deviation_gain(game, comply, Horizon(continuation=0.6), regime=regime) > 0.01
    rides = strategy("compliance", k=3, otherwise=1)
    newcomer = group_never(n, 3)
    match = GroupMatch(game, (newcomer, *[rides] * (n - 1)), Horizon(), regime=regime)
    kept = [row[ACCOMMODATE].sum() for row in expect_group(match).lived]
    assert kept == [0.0] * n


# Trigger strategies under noise


@pytest.mark.parametrize(
    ("alpha", "shortest"), [(0.05, 2), (0.1, 2), (0.2, 3), (0.25, 4), (0.3, 5)]
)
def test_the_shortest_price_war_that_deters(alpha: float, shortest: int) -> None:
    """Green & Porter in J. Tirole's version (1988, The Theory of Industrial Organization, 6.7.1).

    With probability α there is no demand; whoever sells nothing cannot tell why, and both know it.
    1 ≤ 2(1 − α)δ + (2α − 1)δ^(T+1), δ = .8. Price wars come although nobody cheats.
    """
    assert lengths(alpha, 0.8)[0] == shortest


def lengths(alpha: float, w: float) -> list[int]:
    game = two_by_two("prices", R=(1 - alpha) / 2, S=0, T=1 - alpha, P=0)
    comply = strategy("compliance")
    found = []
    for T in range(1, 12):
        regime = reversion([[False, True], [True, True]], false_alarm=alpha, periods=T)
        match = Match(game, (comply, comply), Horizon(continuation=w), regime=regime)
        holds = 2 * (1 - alpha) * w + (2 * alpha - 1) * w ** (T + 1) >= 1
        assert is_subgame_perfect(match) == holds
        if holds:
            found.append(T)
    return found


def test_no_war_is_long_enough_where_the_future_weighs_too_little() -> None:
    """α = .3 needs δ ≥ 1/(2(1 − α)) = .714."""
    assert lengths(0.3, 0.7) == []
    assert lengths(0.3, 0.72)


def test_price_wars_happen_on_the_path() -> None:
    """Suspended for T periods after an alarm of probability α: a share Tα/(1 + Tα) of the time."""
    game, comply = two_by_two("prices", R=0.4, S=0, T=0.8, P=0), strategy("compliance")
    regime = reversion([[False, True], [True, True]], false_alarm=0.2, periods=3)
    at_war = expect(Match(game, (comply, comply), Horizon(), regime=regime)).frequency[1, 1]
    assert at_war == pytest.approx(0.6 / 1.6)


# Imperfect enforcement


@pytest.mark.parametrize(("T", "value"), [(1, 2.48), (3, 1.98), (10, 1.37), (None, 1.07)])
def test_the_shortest_punishment_is_the_best_where_some_breaches_are_not_deterred(
    T: int | None, value: float
) -> None:
    """C21 (a), after G. Downs & D. Rocke (1995); the set-up is our own.

    A tenth of the time keeping the agreement costs so much, 20, that nothing deters a breach, which
    costs the other 1; no one can see why it was breached. Cooperation is worth 1 a period, and
    nothing is while it is suspended. δ = .9.
    """
    g, loss, q = 20.0, 1.0, 0.1
    u = np.array([[1, 1 - loss, 0], [1 + g, 1 + g - loss, 0], [0, 0, 0]])  # keep, breach, suspend
    game = Game("shocks", [u, u.T], roles=[(0, 1, 2)] * 2)
    labels = (Label(0), Label(2))
    member = Guided([[[1 - q, q, 0], [0, 0, 1]]], np.zeros((1, 2, 3, 1, 1)), labels)
    pair = (Strategy("member", member),) * 2
    regime = reversion((np.indices((3, 3)) == 1).any(axis=0), instead=2, periods=T)
    means = expect(Match(game, pair, Horizon(continuation=0.9), regime=regime)).means
    assert means == pytest.approx([value] * 2, abs=5e-3)


# Standing


def test_standing_repairs_what_a_slip_begins() -> None:
    """Where hands slip, tit for tat comes to the mean of all outcomes and standing does not.

    A slip costs one period of amends: with slips of probability e the pair is in good standing but
    for a share of order e, and so what is lost is of order e.
    """
    pd, e = named_game("prisoners-dilemma"), 0.001
    tft, ours = strategy("tit-for-tat"), strategy("standing-reciprocity")
    feud = expect(Match(pd, (tft, tft), Horizon(), noise=e))
    amends = expect(Match(pd, (ours, ours), Horizon(), noise=e, regime=standing()))
    assert feud.means == pytest.approx([2.25] * 2, abs=1e-9)
    assert 1 - amends.frequency[0, 0] == pytest.approx(4 * e, rel=0.02)


def test_it_is_an_equilibrium_where_tit_for_tat_is_none() -> None:
    """R. Boyd (1989): mistakes make contrite reciprocity stable."""
    pd = named_game("prisoners-dilemma")
    ours = strategy("standing-reciprocity")
    match = Match(pd, (ours, ours), Horizon(continuation=0.9), noise=0.01, regime=standing())
    assert is_subgame_perfect(match)
    tft = strategy("tit-for-tat")
    assert not is_subgame_perfect(Match(pd, (tft, tft), Horizon(continuation=0.9), noise=0.01))


def test_free_riding_pays_where_nobody_is_watching() -> None:
    """It is a reply to standing that loses, until violations are seen too seldom."""
    pd, ours = named_game("prisoners-dilemma"), strategy("standing-reciprocity")
    gains = []
    for hit in (1.0, 0.6, 0.2, 0.0):
        regime = standing(hit=hit)
        match = Match(pd, (ours, ours), Horizon(continuation=0.9), regime=regime)
        gains.append(deviation_gain(match, 0))
    assert gains[0] == pytest.approx(0, abs=1e-9)
    assert gains[-1] == pytest.approx(2 / 0.1)  # T − R = 2 in every period
    assert gains == sorted(gains)
