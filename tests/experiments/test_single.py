"""One match by itself: exact against sampled, and what is told of it."""

import math

import pytest

from coopgames.experiments import play_match
from coopgames.experiments.pairs import Plan
from coopgames.games import named_game
from coopgames.play import Field, Horizon
from coopgames.readings import Rule
from coopgames.regimes import standing
from coopgames.strategies import strategy

PAIR = ("generous-tit-for-tat", "win-stay-lose-shift")


@pytest.mark.parametrize(
    "horizon", [{"periods": 60}, {"continuation": 0.95}], ids=["fixed", "continuation"]
)
def test_exact_and_sampled_agree(horizon: dict[str, float]) -> None:
    n = 4000
    exact = play_match(*PAIR, noise=0.05, **horizon)
    sampled = play_match(*PAIR, noise=0.05, repetitions=n, **horizon)
    assert (exact.method, sampled.method) == ("exact", "sampled")
    assert exact.standard_errors is None
    assert exact.totals is not None
    assert exact.variances is not None
    assert sampled.totals is not None
    assert sampled.standard_errors is not None
    for i in range(2):
        # Five standard errors of a mean of n courses: false alarm 6e-7 each.
        assert abs(exact.totals[i] - sampled.totals[i]) < 5 * math.sqrt(exact.variances[i] / n)
        assert abs(exact.means[i] - sampled.means[i]) < 5 * sampled.standard_errors[i]


def test_under_a_regime_exact_and_sampled_agree_too() -> None:
    n, regime = 4000, standing(hit=0.8, false_alarm=0.1)
    pair = ("testing-the-limits", "tit-for-tat")
    exact = play_match(*pair, noise=0.02, periods=40, regime=regime)
    sampled = play_match(*pair, noise=0.02, periods=40, regime=regime, repetitions=n)
    without = play_match("tit-for-tat", "tit-for-tat", noise=0.02, periods=40)
    assert (exact.method, sampled.method) == ("exact", "sampled")
    assert exact.variances is not None
    assert exact.totals is not None
    assert sampled.totals is not None
    for i in range(2):
        # Five standard errors of a mean of n courses: false alarm 6e-7 each.
        assert abs(exact.totals[i] - sampled.totals[i]) < 5 * math.sqrt(exact.variances[i] / n)
    # What the regime does shows in play, and in play alone: payoffs are those of the game.
    assert exact.match.game == without.match.game
    shared = play_match("tit-for-tat", "tit-for-tat", noise=0.02, periods=40, regime=regime)
    assert shared.means == without.means


def test_what_is_kept_depends_on_the_regime() -> None:
    conditions = {"noise": 0.02, "horizon": Horizon(5)}
    pair = (strategy("tit-for-tat"),) * 2
    plans = [
        Plan(Field(named_game("chicken"), pair, ("a", "b"), **conditions, regime=r), Rule(), 1, 1)
        for r in (None, standing(), standing(), standing(hit=0.5))
    ]
    none, one, same, other = (plan.digest for plan in plans)
    assert one == same
    assert len({none, one, other}) == 3


def test_emergence_is_solved_where_it_can_be() -> None:
    n = 4000
    exact = play_match(*PAIR, periods=60, noise=0.05).reading
    sampled = play_match(*PAIR, periods=60, noise=0.05, repetitions=n).reading
    assert exact is not None
    assert sampled is not None
    assert exact.emergence is not None
    assert sampled.emergence is not None
    assert (exact.emergence.method, sampled.emergence.method) == ("exact", "sampled")
    p = exact.emergence.share
    assert abs(p - sampled.emergence.share) < 5 * math.sqrt(p * (1 - p) / n) + 1e-9


def test_one_course_has_no_standard_error() -> None:
    result = play_match("tullock", "joss", periods=50, repetitions=1)
    assert result.standard_errors is None
    assert result.variances is None


def test_certain_play_is_exact_however_often_it_is_asked_for() -> None:
    result = play_match("tit-for-tat", "gradual", periods=50, repetitions=7)
    assert result.method == "exact"
    assert result.variances == (0.0, 0.0)
    assert result.reading is not None
    assert result.reading.method == "exact"


def test_a_match_too_long_to_be_played_is_solved() -> None:
    periods = 10**12
    result = play_match("tit-for-tat", "always-defect", periods=periods)
    assert result.totals == pytest.approx((periods - 1, periods + 4))
    assert result.reading is None
    noisy = play_match("win-stay-lose-shift", "win-stay-lose-shift", periods=periods, noise=0.05)
    assert noisy.means == pytest.approx((2.7765, 2.7765), abs=1e-6)


def test_play_without_end_is_solved() -> None:
    # Closed form at 5 % noise (style.md): 2.7765.
    result = play_match("win-stay-lose-shift", "win-stay-lose-shift", noise=0.05)
    assert result.means == pytest.approx((2.7765, 2.7765), abs=1e-9)
    assert result.totals is None


def test_players_are_named_as_on_the_command_line() -> None:
    named = play_match("generous-tit-for-tat(q=0.2)", "axelrod:Defector", periods=10)
    valued = play_match(strategy("generous-tit-for-tat", q=0.2), "always-defect", periods=10)
    # Ten periods against D: kind once for certain, then nine times with probability 0.2.
    assert named.totals == valued.totals == pytest.approx((9 * 0.8, 5 + 9 * (0.2 * 5 + 0.8)))
