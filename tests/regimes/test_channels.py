"""What is left of a public state when channels are switched off."""

import itertools

import pytest

from coopgames import named_game, strategy
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, course, expect
from coopgames.regimes import (
    CHANNELS,
    anyone_breaks,
    channelled,
    channels_of,
    reversion,
    silent,
    standing,
)

PD = named_game("prisoners-dilemma")


def test_channels_of_standing() -> None:
    assert channels_of(standing(hit=0.9)) == (
        "expectations", "monitoring", "reputation", "sanctions",
    )  # fmt: skip
    assert channels_of(reversion(anyone_breaks((2, 2)))) == (
        "expectations", "monitoring", "sanctions",
    )  # fmt: skip
    assert channels_of(silent(standing())) == ()


def test_a_silent_regime_asks_for_nothing_and_raises_no_alarm() -> None:
    quiet = silent(standing(hit=0.9, false_alarm=0.1))
    assert all(
        label.asked == -1 and label.own and label.other for row in quiet.label for label in row
    )
    assert (quiet.signal[..., 0] == 1).all()


def test_switching_off_in_any_order_comes_to_the_same() -> None:
    regime = standing(hit=0.8, false_alarm=0.1)
    for on in itertools.chain(*(itertools.combinations(CHANNELS, n) for n in range(6))):
        for first in itertools.combinations(CHANNELS, 4):
            both = [name for name in first if name in on]
            assert channelled(channelled(regime, first), both) == channelled(regime, both)


def test_without_sanctions_nobody_is_free_to_answer() -> None:
    """Conditional compliers then withhold for standing alone; compliers do what is asked."""
    regime = channelled(standing(), ["expectations", "monitoring", "reputation"])
    assert {label.asked for row in regime.label for label in row} == {0}
    both = strategy("compliance"), strategy("compliance")
    assert expect(Match(PD, both, Horizon(), noise=0.1, regime=regime)).means[0] == pytest.approx(
        0.9**2 * 3 + 0.09 * 5 + 0.01 * 1  # R, T and P at slips of .1, whoever slipped before
    )


def test_a_silent_regime_is_no_regime_to_who_reads_none() -> None:
    pair = strategy("tit-for-tat"), strategy("generous-tit-for-tat")
    plain = course(Match(PD, pair, Horizon(200), noise=0.05), seed=3)
    for regime in (standing(hit=0.9), silent(standing(hit=0.9))):
        shown = course(Match(PD, pair, Horizon(200), noise=0.05, regime=regime), seed=3)
        assert (plain == shown).all()


def test_unknown_channel() -> None:
    with pytest.raises(Mistake, match="monitoring"):
        channelled(standing(), ["monitorin"])
