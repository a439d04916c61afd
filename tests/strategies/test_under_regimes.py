"""Strategies that read what a regime shows: what each does, label by label and period by period."""

from typing import Any

import numpy as np
import pytest

from coopgames.games import two_by_two
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, course
from coopgames.regimes import anyone_breaks, reversion, standing
from coopgames.strategies import (
    FREE,
    Automaton,
    Guided,
    Label,
    Strategy,
    memory_one,
    regime_library,
    strategy,
)

PD = two_by_two("pd", R=3, S=0, T=5, P=1)
GOOD, OWN_BAD = Label(0), Label(0, own=False)
OTHER_BAD, BOTH_BAD = Label(FREE, other=False), Label(0, own=False, other=False)
BROKEN = Label(FREE)


@pytest.mark.parametrize(
    ("name", "does"),
    [
        # what it does when: all good, own standing bad, the other's bad, both bad, nothing asked
        ("compliance", "CCDCD"),
        ("conditional-compliance", "CCDDD"),
        ("standing-reciprocity", "CCDCC"),
        ("free-riding", "DCDCD"),
    ],
)
def test_what_they_do_about_each_label(name: str, does: str) -> None:
    rule = strategy(name).rule
    assert isinstance(rule, Guided)
    shown = [GOOD, OWN_BAD, OTHER_BAD, BOTH_BAD, BROKEN]
    acts = [rule.mix[0, rule.labels.index(label)].argmax() for label in shown]
    assert "".join("CD"[a] for a in acts) == does


def own(pair: tuple[Strategy, Strategy], periods: int, regime: Any) -> str:
    played = course(Match(PD, pair, Horizon(periods), regime=regime), seed=0)
    return "".join("CD"[profile // 2] for profile in played)


def kind() -> Strategy:
    return strategy("always-accommodate")


def test_testing_the_limits_goes_on_until_it_is_noticed() -> None:
    tests = strategy("testing-the-limits", calm=2)
    # Two calm periods, a test; noticed, a period of amends, then two calm ones again.
    assert own((tests, kind()), 10, standing()) == "CCD" + "CCCD" + "CCC"
    assert own((tests, kind()), 8, standing(hit=0.0)) == "CC" + "D" * 6


def test_free_riding_mends_its_name_every_other_period() -> None:
    assert own((strategy("free-riding"), kind()), 6, standing()) == "DCDCDC"
    assert own((strategy("free-riding"), kind()), 6, standing(hit=0.0)) == "DDDDDD"


@pytest.mark.parametrize(("m", "course_"), [(0, "CCDDDDDD"), (2, "CCDDCCCC")])
def test_the_alarm_trigger_hears_alarms_only(m: int, course_: str) -> None:
    once = Automaton(np.eye(2)[[0, 1, 0]], [[[1, 1]] * 2, [[2, 2]] * 2, [[2, 2]] * 2])
    pair = (strategy("alarm-trigger", m=m), Strategy("once", once))
    # Its own withholding sets off no alarm here.
    regime = reversion([[False, True], [False, True]])
    assert own(pair, 8, regime) == course_
    assert own(pair, 8, reversion([[False, True], [False, True]], hit=0.0)) == "C" * 8


def test_with_more_actions_they_do_the_one_that_is_asked() -> None:
    game_free = strategy("compliance", k=4, otherwise=2).rule
    assert isinstance(game_free, Guided)
    acts = [game_free.mix[0, game_free.labels.index(Label(a))].argmax() for a in (0, 1, 3, FREE)]
    assert acts == [0, 1, 3, 2]
    with pytest.raises(Mistake, match="otherwise = 4 is none of the actions 0 to 3"):
        strategy("compliance", k=4, otherwise=4)
    with pytest.raises(Mistake, match="k = 1 is too small"):
        strategy("compliance", k=1)
    with pytest.raises(Mistake, match="calm = 0"):
        strategy("testing-the-limits", calm=0)


AUTOMATA = [e for e in regime_library().values() if "expectations" not in e.name]


@pytest.mark.parametrize("entry", AUTOMATA, ids=lambda e: e.name)
def test_none_draws_lots_and_all_respond(entry: Any) -> None:
    rule = entry().rule
    assert rule.deterministic
    assert rule.responds
    assert not rule.constant
    assert entry().form == "guided"
    assert entry().reads_regime and entry().needs_regime


def test_what_responds_and_what_does_not() -> None:
    def guided(mix: Any, to: Any, labels: Any = ()) -> Guided:
        return Guided(mix, to, labels)

    flat = np.zeros((1, 2, 2, 1, 1))
    assert not guided([[[1, 0]] * 2], flat, (GOOD, OWN_BAD)).responds, "two labels, one action"
    assert guided([[[1, 0]] * 2], flat, (GOOD, OWN_BAD)).constant
    assert guided([[[1, 0], [0, 1]]], flat, (GOOD, OWN_BAD)).responds
    # Labels may matter later only, by the state that they lead to.
    later = np.zeros((2, 2, 2, 1, 1))
    later[:, 1] = 1
    assert guided(np.eye(2)[:, None].repeat(2, axis=1), later, (GOOD, OWN_BAD)).responds
    tft = memory_one(1, 1, 0, 1, 0)
    assert guided(tft.mix[:, None], tft.next[:, None, :, :, None]).responds


def test_tables_that_fit_nothing_are_named() -> None:
    one = np.zeros((1, 1, 2, 1, 1))
    with pytest.raises(Mistake, match="are no tables of states × labels × actions"):
        Guided([[1, 0]], one)
    with pytest.raises(Mistake, match="tables are for 2 labels, so it needs 2 different ones"):
        Guided([[[1, 0]] * 2], np.zeros((1, 2, 2, 1, 1)), (GOOD,))
    with pytest.raises(Mistake, match=r"bad.* has probability 1\.5"):
        Guided([[[1.5, -0.5]]], one, (BOTH_BAD,))
    with pytest.raises(Mistake, match="state 'q0', label 0, own action 0, observed 0, signal 0"):
        Guided([[[1, 0]]], one + 1)
    with pytest.raises(Mistake, match="initial state 1 of 1 states"):
        Guided([[[1, 0]]], one, initial=1)
    with pytest.raises(Mistake, match="1 states need 1 different names"):
        Guided([[[1, 0]]], one, states=("a", "b"))


def test_equal_tables_are_one_strategy() -> None:
    made = strategy("compliance").rule
    assert made == strategy("compliance").rule
    assert hash(made) == hash(strategy("compliance").rule)
    assert made != strategy("conditional-compliance").rule
    assert made != strategy("compliance", otherwise=0).rule
    assert anyone_breaks((2, 2)).tolist() == [[False, True], [True, True]]
