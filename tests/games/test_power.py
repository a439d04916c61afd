"""Power, intensity and choice payoffs. Expected values: theory.md 1.1.9, 1.3 and 1.5.8–1.5.9."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import (
    Game,
    control,
    domestic_pressure,
    fate_control,
    intensity,
    named_game,
    positional,
    power,
    regard_needed,
    relative_gains,
    structure,
    two_by_two,
    with_choice,
)
from coopgames.mistakes import Mistake

UNEQUAL = Game("unequal", [[[6, 5], [7, 5.5]], [[6, 8], [0, 2]]])  # 1.5.8


def test_power_of_the_unequal():
    raw = power(UNEQUAL, comparable=True)
    assert fate_control(UNEQUAL)[0, 1] == 6
    assert fate_control(UNEQUAL)[1, 0] == 1.5
    assert raw.shares == pytest.approx([0.8, 0.2])
    assert raw.concentration == pytest.approx(0.36)
    assert raw.hegemonic
    scaled = power(UNEQUAL)
    assert scaled.shares == pytest.approx([0.5, 0.5])
    assert scaled.concentration == pytest.approx(0)
    assert not scaled.hegemonic


def test_nobody_has_power_where_nobody_matters():
    found = power(named_game("independence"))
    assert np.isnan(found.shares).all()
    assert math.isnan(found.concentration)
    assert not found.hegemonic


def test_one_who_decides_for_all_has_all_power():
    table = np.zeros((3, 2, 1, 1))
    table[1:, 1] = 1.0
    found = power(Game("dictator", table))
    assert found.shares.tolist() == [1, 0, 0]
    assert found.concentration == pytest.approx(1)


def test_regard_needed_in_the_dilemma():  # 1.1.9
    pd = named_game("prisoners-dilemma")
    assert regard_needed(pd, 0, 1, (0, 0)) == pytest.approx(2 / 3)
    assert regard_needed(pd, 0, 1, (0, 1)) == pytest.approx(1 / 4)
    assert regard_needed(pd, 0, 1, (1, 1)) == 0
    assert regard_needed(pd, 1, 0, (0, 0)) == pytest.approx(2 / 3)


def test_no_regard_brings_about_what_harms_both():
    # To withhold in harmony costs oneself and the other.
    assert regard_needed(named_game("harmony"), 0, 1, (1, 0)) == math.inf


def test_regard_can_be_too_much():
    # Action 1 is best only if the other counts, but not too much: 2 takes over from λ = 1/2.
    game = Game("middle", [[[3], [2], [0]], [[0], [4], [8]]])
    assert regard_needed(game, 0, 1, (1, 0)) == pytest.approx(1 / 4)
    # ... and if 2 already takes over at λ = 1/8, never.
    game = Game("never", [[[3], [2], [2.5]], [[0], [4], [8]]])
    assert regard_needed(game, 0, 1, (1, 0)) == math.inf


def test_intensity_of_the_dilemma():  # 1.1.9
    found = intensity(structure(named_game("prisoners-dilemma")))
    assert found.compatibility == 0
    assert found.weighted_hindrance == pytest.approx(0.8)
    assert found.gain == pytest.approx(0.4)
    assert found.k_index == pytest.approx(0.4)


def test_common_interest():
    zero_sum = intensity(structure(named_game("matching-pennies")))
    assert zero_sum.common_interest == pytest.approx(0)
    shared = intensity(structure(named_game("pure-coordination")))
    assert shared.common_interest == pytest.approx(1)


def test_control_of_the_dilemma():
    # u = 3, 0 / 5, 1: mean 2.25; own effect ∓.75, other's ±1.75, interaction ∓.25.
    found = control(named_game("prisoners-dilemma"))
    total = 0.75**2 + 1.75**2 + 0.25**2
    assert found.reflexive == pytest.approx([0.75**2 / total] * 2)
    assert found.fate[1, 0] == pytest.approx(1.75**2 / total)
    assert found.behaviour == pytest.approx([0.25**2 / total] * 2)


@settings(max_examples=50)
@given(st.integers(0, 10**6), st.integers(2, 4))
def test_shares_of_control_add_up(seed, n):
    rng = np.random.default_rng(seed)
    game = Game("random", rng.normal(size=(n, *(3,) * n)))
    found = control(game)
    assert found.reflexive + found.fate.sum(axis=0) + found.behaviour == pytest.approx([1] * n)


def label(game, by="choice"):
    found = structure(game, by=by)
    return found.category, found.subtype


RELATIVE = [  # 1.5.9: game, r, label by choice
    ((4, 3, 2, 1), 0.49, ("harmony", None)),
    ((4, 3, 2, 1), 0.5, ("independence", None)),
    ((4, 3, 2, 1), 0.51, ("opposed-interests", "two-sided")),
    ((4, 2, 3, 1), 0.49, ("harmony", None)),
    ((4, 2, 3, 1), 0.5, ("mixed-interests", "assurance")),
    ((4, 2, 3, 1), 0.51, ("mixed-interests", "dilemma")),
    ((4, 2, 3, 1), 1.0, ("opposed-interests", "two-sided")),
    ((4, 1, 3, 2), 0.33, ("mixed-interests", "assurance")),
    ((4, 1, 3, 2), 0.34, ("mixed-interests", "dilemma")),
    ((4, 1, 3, 2), 1.0, ("opposed-interests", "two-sided")),
    ((3, 1, 4, 2), 0.99, ("mixed-interests", "dilemma")),
    ((3, 1, 4, 2), 1.0, ("opposed-interests", "two-sided")),
]


@pytest.mark.parametrize(("payoffs", "r", "expected"), RELATIVE)
def test_relative_gains(payoffs, r, expected):
    R, S, T, P = payoffs
    assert label(relative_gains(two_by_two("g", R=R, S=S, T=T, P=P), r)) == expected


def test_goals_stay_as_they_are_where_choice_changes():
    game = named_game("prisoners-dilemma")
    driven = relative_gains(game, 1.0)
    assert (driven.payoffs == game.payoffs).all()
    assert label(driven, by="goal") == ("mixed-interests", "dilemma")
    assert driven.digest != game.digest
    assert relative_gains(game, 0.0) == game


def test_grieco_orders_alike():
    # U = V − k(W − V) = (1 + k)(V − r W) with r = k/(1 + k).
    game, k = named_game("chicken"), 1.5
    V, W = game.payoffs
    expected = (V - k * (W - V)) / (1 + k)
    assert relative_gains(game, k / (1 + k)).choice[0] == pytest.approx(expected)


def test_rank_alone_is_constant_sum():
    game = Game("three", np.arange(24.0).reshape(3, 2, 2, 2) % 5)
    assert positional(game, 1.0).choice.sum(axis=0) == pytest.approx(np.full((2, 2, 2), 1.5))
    # The first is ahead of one and level with the other: (1 + 1/2)/2.
    level = Game("level", np.array([2.0, 2.0, 1.0]).reshape(3, 1, 1, 1))
    assert positional(level, 1.0).choice.ravel().tolist() == [0.75, 0.75, 0]


def test_pressure_adds_a_weighted_surplus():
    game = named_game("stag-hunt")
    surplus = np.ones((2, 2, 2)) * [[[0, 1], [2, 3]]]
    driven = domestic_pressure(game, surplus, [2.0, 1.0])
    assert driven.choice[0] == pytest.approx(game.payoffs[0] + surplus[0])
    assert driven.choice[1] == pytest.approx(game.payoffs[1])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda g: relative_gains(g, 1.5), "r = 1.5"),
        (lambda g: relative_gains(g, math.nan), "r = nan"),
        (lambda g: positional(g, -0.1), "p = -0.1"),
        (lambda g: domestic_pressure(g, [[1]], 2), "surplus has shape"),
        (lambda g: domestic_pressure(g, g.payoffs, -1), "weight"),
        (lambda g: with_choice(g, [[[1.0]], [[1.0]]]), "do not fit"),
        (lambda g: with_choice(g, g.payoffs * np.nan), "choice payoff nan"),
    ],
)
def test_what_cannot_drive_choice_is_refused(make, message):
    with pytest.raises(Mistake, match=message):
        make(named_game("prisoners-dilemma"))
