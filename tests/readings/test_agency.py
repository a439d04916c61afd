"""Actor or structure (theory.md 1.5.12), and what one and the same act means in three contexts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_figure1 import tariffs

from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, expect
from coopgames.readings import agency, lens
from coopgames.readings.rule import Rule
from coopgames.regimes import Injunction, Issue, Regime, Within, records
from coopgames.strategies import strategy


def test_a_table_by_hand():
    """Mean 4; rows 3 and 5, columns 2 and 6: variances 1 and 4 of 6, and 1 for both together."""
    found = agency([[0, 6], [4, 6]])
    assert (found.agency, found.structure, found.both) == pytest.approx((1 / 6, 4 / 6, 1 / 6))
    assert found.within == pytest.approx([2, 0])
    assert np.isnan(agency(np.ones((2, 3))).agency)
    with pytest.raises(Mistake, match="strategies × structures"):
        agency([1, 2])


@given(st.lists(st.floats(-5, 5), min_size=12, max_size=12))
def test_the_parts_add_up(values):
    y = np.round(values, 6).reshape(3, 4)
    found = agency(y)
    if y.var() < 1e-9:
        return
    assert found.agency + found.structure + found.both == pytest.approx(1)
    assert min(found.agency, found.structure, found.both) >= -1e-9
    rest = y - y.mean(axis=1, keepdims=True) - y.mean(axis=0) + y.mean()
    assert found.both == pytest.approx((rest**2).mean() / y.var())


def test_it_is_high_where_the_other_can_be_moved():
    """Against always-defect nothing helps; against a reciprocator everything hangs on oneself."""
    pd = named_game("prisoners-dilemma")
    own = [strategy(name) for name in ("always-defect", "always-accommodate")]
    faced = [strategy(name) for name in ("always-defect", "tit-for-tat")]
    y = [
        [expect(Match(pd, (s, o), Horizon())).frequency[:, 0].sum() for o in faced] for s in own
    ]  # how often the other accommodates
    found = agency(y)
    assert found.within == pytest.approx([0, 0.5])
    assert (found.agency, found.structure, found.both) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_one_act_three_meanings():
    """A tariff of 10 %: a concession after 20, an aggravation after 0, compliance with a binding.

    "Same act, different meaning by context".
    """
    levels = ("0", "10", "20", "50")
    game = tariffs(np.array([0.0, 0.1, 0.2, 0.5]))
    game = Game("tariffs", game.payoffs, [levels] * 2, roles=[range(4)] * 2)
    acts = lens(game, Rule()).acts
    number = {(a, b): 4 * a + b for a in range(4) for b in range(4)}

    def done(before: int):
        d = acts.between(np.array([number[before, 3]]), np.array([number[1, 3]]))
        return bool(d.concession[0, 1, 0]), bool(d.aggravation[0, 1, 0])

    assert done(2) == (True, False)
    assert done(0) == (False, True)
    bound = Injunction("binding", "rule", Within(0, 10))
    regime = Regime("bound", (Issue("trade", game),), (bound,))
    course = np.array([[2, 1], [1, 1], [0, 1], [1, 1]])
    kept = records(regime, course)
    assert kept["binding"].complied[:, 0].tolist() == [False, True, True, True]
