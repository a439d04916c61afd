"""Issues that are linked: sums in a period, and pooled slack over time."""

import numpy as np
import pytest

from coopgames.games import Game, accommodation, linked, named_game, structure, two_by_two
from coopgames.mistakes import Mistake
from coopgames.play import critical_continuation
from coopgames.regimes import reversion
from coopgames.strategies import strategy

HARD = two_by_two("hard", R=3, S=0, T=5, P=1)  # (T − R)/(T − P) = 1/2
EASY = two_by_two("easy", R=3, S=0, T=3.5, P=1)  # 1/5


def test_payoffs_add_up_action_by_action() -> None:
    rng = np.random.default_rng(1)
    a = Game("a", rng.integers(0, 9, (3, 2, 3, 2)), roles=[(1, 0), (0, 1, 2), (0, 1)])
    b = Game("b", rng.integers(0, 9, (3, 2, 2, 3)), roles=[(0, 1), (1, 0), (2, 1, 0)])
    both = linked(a, b)
    assert both.shape == (4, 6, 6)
    for profile in np.ndindex(both.shape):
        one, other = zip(
            *(divmod(x, k) for x, k in zip(profile, b.shape, strict=True)), strict=True
        )
        for i in range(3):
            assert both.payoffs[(i, *profile)] == a.payoffs[(i, *one)] + b.payoffs[(i, *other)]
    assert both.actions[0][1] == f"{a.actions[0][0]} + {b.actions[0][1]}"
    assert accommodation(both) == ((2, 3, 0, 1), (1, 0, 3, 2, 5, 4), (2, 1, 0, 5, 4, 3))


def test_in_a_single_period_nothing_is_gained() -> None:
    both = linked(HARD, EASY)
    assert structure(both).subtype == structure(HARD).subtype == "dilemma"
    assert (both.payoffs[:, 3, 3] == [2, 2]).all()


def threshold(game: Game) -> float | None:
    k = game.shape[0]
    regime = reversion((np.indices((k, k)) > 0).any(axis=0), instead=k - 1)
    member = strategy("compliance", k=k)
    return critical_continuation(game, member, member, regime=regime)


def test_over_time_the_slack_of_one_makes_up_for_the_other() -> None:
    assert threshold(HARD) == pytest.approx(1 / 2)
    assert threshold(EASY) == pytest.approx(1 / 5)
    assert threshold(linked(HARD, EASY)) == pytest.approx(2.5 / 6.5)
    # Alike issues pool nothing.
    assert threshold(linked(HARD, HARD)) == pytest.approx(1 / 2)


def test_between_the_same_actors_only() -> None:
    with pytest.raises(Mistake, match="'hard' has 2 actors and 'gatt' 3"):
        linked(HARD, named_game("gatt"))
