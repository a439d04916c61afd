"""Expected counts of many pairs, against the chains of single ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sample import PD, automata

from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, expect, forward
from coopgames.strategies import Automaton, Strategy, strategy

HORIZONS = [Horizon(1), Horizon(17), Horizon(continuation=0.0), Horizon(continuation=0.93)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(automata(), min_size=2, max_size=4),
    st.sampled_from(HORIZONS),
    st.sampled_from([0.0, 0.1, (0.2, 0.05)]),
)
def test_counts_are_those_of_the_chain(
    field: list[Automaton], horizon: Horizon, noise: float | tuple[float, float]
) -> None:
    pairs = list(np.ndindex(len(field), len(field)))
    counts = forward.expected_counts(field, pairs, horizon, noise=noise)
    for (i, j), row in zip(pairs, counts, strict=True):
        match = Match(PD, (Strategy("a", field[i]), Strategy("b", field[j])), horizon, noise)
        e = expect(match)
        assert e.totals is not None
        assert row / row.sum() == pytest.approx(e.frequency.ravel(), abs=1e-12)
        assert row @ PD.payoffs.reshape(2, 4).T == pytest.approx(e.totals, rel=1e-11)


def test_threads_change_nothing() -> None:
    field = [strategy(x).rule for x in ("grofman", "joss", "win-stay-lose-shift")]
    pairs = np.random.default_rng(1).integers(0, 3, (500, 2))
    one, three = (forward.expected_counts(field, pairs, Horizon(50), workers=n) for n in (1, 3))
    assert (one == three).all()


def test_there_is_no_end_to_go_to() -> None:
    with pytest.raises(Mistake, match="without end"):
        forward.expected_counts([strategy("random").rule], [(0, 0)], Horizon())
