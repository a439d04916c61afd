"""Survival of "not yet coordinated"."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from coopgames.readings import kaplan_meier, median_time


def test_the_worked_example() -> None:  # theory.md 1.4.3: times 4, 7, 7+, 12, 20+, 20+
    times, survival = kaplan_meier([4, 7, 7, 12, 20, 20], [1, 1, 0, 1, 0, 0])
    assert times.tolist() == [4, 7, 12]
    assert survival == pytest.approx([5 / 6, 2 / 3, 4 / 9])
    assert median_time([4, 7, 7, 12, 20, 20], [1, 1, 0, 1, 0, 0]) == 12


def test_where_fewer_than_half_emerge_there_is_no_median() -> None:
    assert median_time([1, 2, 9, 9, 9], [1, 1, 0, 0, 0]) is None
    assert median_time([9, 9], [0, 0]) is None
    assert median_time([3, 9], [1, 0]) == 3


observed = st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=30)


@given(observed)
def test_agrees_with_scipy(data: list[tuple[int, bool]]) -> None:
    time, event = (np.array(x) for x in zip(*data, strict=True))
    times, survival = kaplan_meier(time, event)
    if not event.any():
        assert len(times) == 0
        return
    peer = ecdf(CensoredData(uncensored=time[event], right=time[~event])).sf
    assert survival == pytest.approx(peer.evaluate(times))


@given(observed, st.integers(1, 4))
def test_a_weight_is_so_many_observations(data: list[tuple[int, bool]], n: int) -> None:
    time, event = (np.array(x) for x in zip(*data, strict=True))
    weighted = kaplan_meier(time, event, np.full(len(time), n))[1]
    assert weighted == pytest.approx(kaplan_meier(np.repeat(time, n), np.repeat(event, n))[1])
