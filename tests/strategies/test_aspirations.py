"""Aspirations, moods and the relatives of win-stay-lose-shift, by their rules."""

import math

import pytest
from reference_player import Player, answers
from replayed import STAG_HUNT, odds, share

from coopgames.strategies import Automaton, strategy

# Aspirations


def test_fixed_aspirations():
    assert answers("fixed-aspiration", "CDDCC") == answers("win-stay-lose-shift", "CDDCC")
    # In a stag hunt a hare (3 or 2) is above a third of the way from 1 to 4, in part.
    low = strategy("fixed-aspiration", aspiration=1 / 3)
    assert [odds(low, a, o, STAG_HUNT) for a in "CD" for o in "CD"] == [1, 0, 0, 0]
    high = strategy("fixed-aspiration", aspiration=0.9)
    assert [odds(high, a, o, STAG_HUNT) for a in "CD" for o in "CD"] == [1, 0, 1, 1]


def test_moving_aspirations_get_used_to_things():
    s = strategy("moving-aspiration", aspiration=0.5, rate=0.5)
    # r = 0.6: content, A = 0.55. Then r = 1: content, A = 0.775; then 0.6 is not enough.
    assert odds(s, "C", "C") == 1
    assert odds(s, "CD", "CC") == 0
    assert odds(s, "CDC", "CCC") == 0
    assert odds(s, "CC", "CC") == 1
    # What stays the same is good enough for ever.
    assert answers("moving-aspiration", "C" * 60) == "C" * 60


def test_yesterday_changes_when_things_get_worse():
    s = strategy("yesterday")
    assert odds(s, "C", "C") == 1, "0.6 is more than half-way"
    assert odds(s, "CC", "CC") == 1
    assert odds(s, "CC", "CD") == 0
    assert odds(s, "CCD", "CDD") == 0, "1 is better than 0"
    assert odds(s, "CCDD", "CDDC") == 0
    assert odds(s, "DD", "CD") == 1, "5, then 1"


def test_satisficing_changes_by_what_is_missing():
    s = strategy("satisficing", tremble=0)
    assert odds(s, "", "") == 1
    assert odds(s, "C", "C") == 1
    # P is 0.2 where 0.5 is asked; half of what is missing is the probability of a change.
    assert odds(s, "D", "D") == pytest.approx(0.5 * 0.3)
    assert odds(s, "C", "D") == pytest.approx(1 - 0.5 * 0.5)
    # The aspiration fell to 0.475 with the sucker's payoff.
    assert odds(s, "CD", "DD") == pytest.approx(0.5 * (0.475 - 0.2))


def test_satisficing_asks_for_anything_at_times():
    s = strategy("satisficing", tremble=1)
    # Asked is uniform: E max(A − 0.6, 0) = 0.4²/2 = 0.08, and half of it is the change.
    estimate = share(s, "C", "C", runs=20000)
    assert abs(estimate - 0.96) < 5 * math.sqrt(0.96 * 0.04 / 20000)


MOODS = {0: "content", 1: "hopeful", 2: "watchful", 3: "discontent"}


def mood(own: str, observed: str, **memory: float) -> tuple[str, str, float]:
    """The mood after a course that began with a benchmark: (mood, action, payoff)."""
    s = strategy("trial-and-error", experiments=0)
    player = Player(s, lot=0.999999)
    player.memory[:] = [0, memory["mood"], memory["action"], memory["payoff"]]
    player.period = 1
    for a, o in zip(own, observed, strict=True):
        player.see("CD".index(a), "CD".index(o))
        player.act()
    return MOODS[int(player.memory[1])], "CD"[int(player.memory[2])], float(player.memory[3])


@pytest.mark.parametrize(
    ("own", "observed", "before", "after"),
    [
        # Content with C at 0.6: no news, worse, better; a trial that fails, one that pays.
        ("C", "C", (0, 0, 0.6), ("content", "C", 0.6)),
        ("C", "D", (0, 0, 0.6), ("watchful", "C", 0.6)),
        ("C", "C", (0, 0, 0.5), ("hopeful", "C", 0.5)),
        ("D", "D", (0, 0, 0.6), ("content", "C", 0.6)),
        ("D", "C", (0, 0, 0.6), ("content", "D", 1.0)),
        # Hopeful: it was true, it was nothing, it was the contrary.
        ("C", "C", (1, 0, 0.5), ("content", "C", 0.6)),
        ("C", "C", (1, 0, 0.6), ("content", "C", 0.6)),
        ("C", "D", (1, 0, 0.6), ("watchful", "C", 0.6)),
        # Watchful: twice let down, a false alarm, the contrary.
        ("C", "D", (2, 0, 0.6), ("discontent", "C", 0.6)),
        ("C", "C", (2, 0, 0.6), ("content", "C", 0.6)),
        ("C", "C", (2, 0, 0.5), ("hopeful", "C", 0.5)),
    ],
)
def test_moods(own, observed, before, after):
    given_ = dict(zip(("mood", "action", "payoff"), before, strict=True))
    assert mood(own, observed, **given_) == after


def test_discontent_settles_the_sooner_the_better_it_gets():
    s = strategy("trial-and-error", experiments=0)
    assert odds(s, "", "") == 0.5
    # After C, C the payoff is 0.6 and the benchmark 0: it settles with probability 0.65, and is
    # then sure to repeat it; else it tosses a coin.
    estimate = share(s, "C", "C", runs=20000)
    expected = 0.65 + 0.35 / 2
    assert abs(estimate - expected) < 5 * math.sqrt(expected * (1 - expected) / 20000)


# Pavlovs


def test_n_pavlov_moves_by_one():
    rule = strategy("n-pavlov", n=3).rule
    assert isinstance(rule, Automaton)
    state, seen = rule.initial, []
    for own, other in ("CC", "CD", "CD", "DC", "DC", "DD", "DD"):
        seen.append(float(rule.mix[state, 0]))
        state = rule.next[state, "CD".index(own), "CD".index(other)]
    assert seen == pytest.approx([1, 1, 2 / 3, 1 / 3, 0, 0, 1 / 3])
    assert (
        strategy("n-pavlov", n=1).rule.minimal() == strategy("win-stay-lose-shift").rule.minimal()
    )


def test_adaptive_pavlovs_tell_what_the_other_is():
    tails = "CCCCCC"
    for name in ("adaptive-pavlov-2006", "adaptive-pavlov-2011"):
        assert answers(name, "C" * 6 + "CDC" + "CC") == "C" * 6 + "CCD" + "CC"
        assert answers(name, "D" * 6 + tails) == "C" + "D" * 5 + "D" * 6
        assert answers(name, "CCDCCC" + tails) == "CCCDCC" + "D" * 6, "random"
    assert answers("adaptive-pavlov-2006", "DCDCDC" + "DDDDDD") == "CDCDCD" + "CCDDDD"
    assert answers("adaptive-pavlov-2006", "DDCDDC" + tails) == "CDDCDD" + "DCCCCC"
    assert answers("adaptive-pavlov-2011", "DCDCDC" + "DDDCCC") == "CDCDCD" + "CCDDCC"


def test_adaptors_keep_a_balance():
    brief, long = strategy("adaptor-brief"), strategy("adaptor-long")
    assert odds(brief, "", "") == pytest.approx(0.99)
    # −1.001505 is below −1; then exploiting adds 0.992107 and it is inside again.
    assert odds(brief, "C", "D") == pytest.approx(0.01)
    assert odds(brief, "CD", "DC") == pytest.approx(0.99)
    # 1.888159 is above 1; mutual defection brings it down by 0.995703 at a time.
    assert odds(long, "C", "D") == pytest.approx(0.01)
    assert odds(long, "CD", "DD") == pytest.approx(0.99)
    assert not strategy("adaptor-brief", error=0).stochastic
