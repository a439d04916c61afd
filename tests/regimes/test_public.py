"""A regime as a public state: what it holds, what it refuses, and the two that are shipped."""

from typing import Any

import numpy as np
import pytest

from coopgames.mistakes import Mistake
from coopgames.regimes import (
    PublicRegime,
    anyone_breaks,
    anyone_of_the_group_breaks,
    delayed,
    reversion,
    standing,
    watched,
)
from coopgames.strategies import FREE, Label

ASKED, LEFT = Label(0), Label(FREE)
QUIET_OR_ALARM = watched([[False, True], [True, True]], 0.9, 0.1)


def regime(**changes: Any) -> PublicRegime:
    given: dict[str, Any] = {
        "next": [[0, 1], [1, 1]], "label": [[ASKED], [LEFT]], "signal": QUIET_OR_ALARM,
        "states": ("agreed", "broken"), "signals": ("quiet", "alarm"),
    }  # fmt: skip
    return PublicRegime(**{**given, **changes})


def test_it_is_a_value() -> None:
    assert regime() == regime()
    assert hash(regime()) == hash(regime())
    assert regime() == regime(states=("x", "y")), "names do not count"
    for changes in (
        {"initial": 1}, {"next": [[0, 1], [0, 1]]}, {"label": [[ASKED], [ASKED]]},
        {"signal": watched([[False, True], [True, True]], 0.9, 0.2)},
    ):  # fmt: skip
        assert regime(**changes) != regime()
    with pytest.raises(ValueError, match="read-only"):
        regime().signal[0, 0, 0] = 1
    with pytest.raises(AttributeError):
        regime().initial = 1  # type: ignore[misc]


def test_whether_it_errs() -> None:
    assert regime().errs
    assert not regime(signal=watched([[False, True], [True, True]])).errs


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"next": [[0, 1, 1], [1, 1, 1]]}, r"next of shape \(2, 3\) and signal of shape"),
        ({"label": [[ASKED]]}, "2 states need a row of labels each"),
        ({"label": [[ASKED], [ASKED, LEFT]]}, "as long as all others"),
        ({"next": [[0, 2], [1, 1]]}, "state 'agreed', signal 'alarm' leads to 2"),
        ({"next": [[0, 0.5], [1, 1]]}, "leads to 0.5"),
        ({"initial": 2}, "initial state 2 of 2"),
        ({"states": ("a", "a")}, r"2 states need 2 different names, not \['a', 'a'\]"),
        ({"signals": ("a",)}, "2 signals need 2 different names"),
        ({"signal": np.full((2, 2, 2), 0.6)}, r"after profile \(0, 0\) have probabilities"),
        ({"signal": np.full((2, 2, 2), [-0.5, 1.5])}, "must be at least 0 and sum to 1"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(Mistake, match=message):
        regime(**changes)


def test_each_seat_is_shown_its_own_or_all_the_same() -> None:
    assert regime().shown(1) == (ASKED, LEFT)
    own = regime(label=[[ASKED, LEFT], [LEFT, ASKED]])
    assert own.shown(0) == (ASKED, LEFT)
    assert own.shown(1) == (LEFT, ASKED)
    assert own.mirrored().shown(0) == (LEFT, ASKED)
    assert own.mirrored().mirrored() == own


# Monitoring


def test_a_watch_is_one_alarm_for_all() -> None:
    assert QUIET_OR_ALARM[..., 1].tolist() == [[0.1, 0.9], [0.9, 0.9]]
    assert anyone_breaks((2, 3), asked=1).tolist() == [[False, False, True]] * 2
    assert anyone_of_the_group_breaks(2).tolist() == [True, True, False]
    with pytest.raises(Mistake, match=r"false_alarm = 1.5 is no probability"):
        watched([True], 1.0, 1.5)


def walked(regime: PublicRegime, signals: list[int]) -> list[str]:
    """Name the states that a course of signals leads through."""
    m, names = regime.initial, []
    for y in signals:
        names.append(regime.states[m])
        m = int(regime.next[m, y])
    return [*names, regime.states[m]]


def test_how_long_an_agreement_is_suspended() -> None:
    breaks = anyone_breaks((2, 2))
    forever = reversion(breaks)
    assert walked(forever, [0, 1, 0, 0]) == ["agreed", "agreed", *["broken"] * 3]
    two = reversion(breaks, periods=2)
    assert walked(two, [1, 1, 1, 0]) == ["agreed", "2 to go", "1 to go", "agreed", "agreed"]
    assert [label.asked for label in two.shown(0)] == [0, FREE, FREE]
    with pytest.raises(Mistake, match="periods = 0"):
        reversion(breaks, periods=0)


def test_a_delay_keeps_what_is_on_its_way() -> None:
    rule = delayed(reversion(anyone_breaks((2, 2)), periods=1), 2)
    asked = [rule.label[rule.initial][0].asked]
    m = rule.initial
    for y in (1, 0, 0, 0, 0):
        m = int(rule.next[m, y])
        asked.append(rule.label[m][0].asked)
    assert asked == [0, 0, 0, FREE, 0, 0], "an alarm in the first period is known two periods late"
    assert delayed(rule, 0) == rule
    with pytest.raises(Mistake, match="a delay of -1 periods"):
        delayed(rule, -1)


# Standing


def test_standing_is_lost_by_what_one_does_and_won_back_by_what_is_asked() -> None:
    rule, number = standing(), {name: i for i, name in enumerate(standing().states)}

    def after(state: str, first: int, second: int) -> str:
        y = int(rule.signal[first, second].argmax())
        return rule.states[int(rule.next[number[state], y])]

    assert after("good, good", 0, 0) == "good, good"
    assert after("good, good", 0, 1) == "good, bad"
    assert after("good, good", 1, 1) == "bad, bad"
    # Towards one in bad standing one is free, and keeps one's own.
    assert after("good, bad", 1, 0) == "good, good"
    assert after("good, bad", 1, 1) == "good, bad"
    assert after("good, bad", 0, 0) == "good, good"
    # Both in bad standing make amends each for itself.
    assert after("bad, bad", 0, 1) == "good, bad"
    assert after("bad, bad", 0, 0) == "good, good"
    labels = rule.label[number["good, bad"]]
    assert labels == (Label(FREE, own=True, other=False), Label(0, own=False, other=True))


def test_reports_err_independently() -> None:
    rule = standing(hit=0.8, false_alarm=0.1)
    assert rule.signal[0, 1] == pytest.approx([0.9 * 0.2, 0.9 * 0.8, 0.1 * 0.2, 0.1 * 0.8])
    assert rule.signals == ("none reported", "the second", "the first", "both")
    assert standing((3, 2), asked=1, hit=0.8).signal[1, 1].tolist() == [1, 0, 0, 0]
