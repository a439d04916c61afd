"""Survival of "not yet coordinated": worked and published numbers, and laws."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf, logrank

from coopgames.mistakes import Mistake
from coopgames.readings import (
    aalen_johansen,
    kaplan_meier,
    log_rank,
    median_time,
    nelson_aalen,
    restricted_mean,
    wilson,
)

WORKED = ([4, 7, 7, 12, 20, 20], [1, 1, 0, 1, 0, 0])
"""theory.md 1.4.3: times 4, 7, 7+, 12, 20+, 20+."""

# Remission of acute leukaemia in weeks, 6-MP against placebo: Freireich et al. (1963), Blood 21:
# 699-716, the textbooks' example.
DRUG = ([6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
        [1] * 9 + [0] * 12)  # fmt: skip
PLACEBO = ([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [1] * 21)


def test_the_worked_example() -> None:
    times, survival = kaplan_meier(*WORKED)
    assert times.tolist() == [4, 7, 12]
    assert survival == pytest.approx([5 / 6, 2 / 3, 4 / 9])
    assert median_time(*WORKED) == 12
    # 4 · 1 + 3 · 5/6 + 5 · 2/3 + 8 · 4/9
    assert restricted_mean(*WORKED, until=20).value == pytest.approx(13.389, abs=5e-4)


def test_the_variance_of_the_worked_example() -> None:
    # What is left of the area at 4, 7 and 12, squared, times d/(n(n − d)).
    left = [3 * 5 / 6 + 5 * 2 / 3 + 8 * 4 / 9, 5 * 2 / 3 + 8 * 4 / 9, 8 * 4 / 9]
    expected = left[0] ** 2 / (6 * 5) + left[1] ** 2 / (5 * 4) + left[2] ** 2 / (3 * 2)
    assert restricted_mean(*WORKED, until=20).variance == pytest.approx(expected)


def test_the_published_example() -> None:
    assert median_time(*DRUG) == 23
    assert median_time(*PLACEBO) == 8
    time, event = ([*DRUG[i], *PLACEBO[i]] for i in (0, 1))
    found = log_rank(time, event, ["drug"] * 21 + ["placebo"] * 21)
    assert found.statistic == pytest.approx(16.79, abs=5e-3)  # as textbooks print it
    assert found.freedom == 1
    assert found.p == pytest.approx(4.17e-5, abs=5e-8)


def test_the_hazard_is_added_up_by_hand() -> None:
    found = nelson_aalen(*WORKED)
    assert found.cumulative == pytest.approx([1 / 6, 1 / 6 + 1 / 5, 1 / 6 + 1 / 5 + 1 / 3])
    assert found.variance == pytest.approx(np.cumsum([1 / 36, 1 / 25, 1 / 9]))


def test_what_competes_is_added_up_by_hand() -> None:
    times, incidence = aalen_johansen([1, 2, 2, 3, 4], [1, 2, 0, 1, 0])
    assert times.tolist() == [1, 2, 3]
    assert incidence == pytest.approx(np.array([[0.2, 0.2, 0.5], [0, 0.2, 0.2]]))
    # The others taken for censored, the two would add up to more than everyone.
    alone = [1 - kaplan_meier([1, 2, 2, 3, 4], np.array([1, 2, 0, 1, 0]) == k)[1] for k in (1, 2)]
    assert alone[0][-1] > 0.5
    assert alone[1][-1] > 0.2


def test_where_fewer_than_half_emerge_there_is_no_median() -> None:
    assert median_time([1, 2, 9, 9, 9], [1, 1, 0, 0, 0]) is None
    assert median_time([9, 9], [0, 0]) is None
    assert median_time([3, 9], [1, 0]) == 3


def test_nothing_ever_emerges() -> None:
    assert restricted_mean([9, 9], [0, 0], until=9).value == 9
    assert aalen_johansen([9, 9], [0, 0])[1].shape == (0, 0)
    assert log_rank([9, 9], [0, 0], "ab").p == 1
    with pytest.raises(Mistake, match="one group"):
        log_rank([1, 2], [1, 1], "aa")


def test_wilson() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3.
    for successes, trials, low, high in (
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):  # fmt: skip
        assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)
    with pytest.raises(Mistake, match="no trials"):
        wilson(0, 0)


observed = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2)), min_size=1, max_size=30)


@settings(deadline=None)
@given(observed)
def test_agrees_with_scipy(data: list[tuple[int, int]]) -> None:
    time, event = (np.array(x) for x in zip(*data, strict=True))
    times, survival = kaplan_meier(time, event)
    if not event.any():
        assert len(times) == 0
        return
    peer = ecdf(CensoredData(uncensored=time[event > 0], right=time[event == 0])).sf
    assert survival == pytest.approx(peer.evaluate(times))


@settings(deadline=None)
@given(observed, observed)
@example([(0, 0)], [(0, 0)] * 24 + [(0, 1), (1, 0), (1, 1)])  # singular but for rounding
def test_the_log_rank_test_agrees_with_scipys(
    one: list[tuple[int, int]], two: list[tuple[int, int]]
) -> None:
    sides = [np.array(data) for data in (one, two)]
    given_ = [CensoredData(x[x[:, 1] > 0, 0], right=x[x[:, 1] == 0, 0]) for x in sides]
    time, event = np.concatenate(sides).T
    found = log_rank(time, event, ["a"] * len(one) + ["b"] * len(two))
    with np.errstate(invalid="ignore"):
        peer = logrank(*given_).statistic ** 2
    if np.isfinite(peer):
        assert found.statistic == pytest.approx(peer, abs=1e-9)


@settings(deadline=None)
@given(observed, st.integers(1, 4))
def test_a_weight_is_so_many_observations(data: list[tuple[int, int]], n: int) -> None:
    time, kind = (np.array(x) for x in zip(*data, strict=True))
    weight = np.full(len(time), n)
    often = (np.repeat(time, n), np.repeat(kind, n))
    group, groups = time % 2 == kind % 2, np.repeat(time % 2 == kind % 2, n)
    for f in (kaplan_meier, aalen_johansen):
        assert f(time, kind, weight)[1] == pytest.approx(f(*often)[1])
    assert nelson_aalen(time, kind, weight).variance == pytest.approx(nelson_aalen(*often).variance)
    one, other = restricted_mean(time, kind, 8, weight), restricted_mean(*often, 8)
    assert (one.value, one.variance) == pytest.approx((other.value, other.variance))
    if len(set(group)) == 2:
        found = log_rank(time, kind, group, weight).statistic
        assert found == pytest.approx(log_rank(*often, groups).statistic, abs=1e-9)


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.integers(1, 12))
def test_without_censoring_it_is_the_plain_mean(times: list[int], until: int) -> None:
    cut = np.minimum(times, until)
    found = restricted_mean(times, np.ones(len(times)), until)
    assert found.value == pytest.approx(cut.mean())
    assert found.variance == pytest.approx(cut.var() / len(times))


@settings(deadline=None)
@given(observed)
def test_all_that_can_come_first_makes_one(data: list[tuple[int, int]]) -> None:
    time, kind = (np.array(x) for x in zip(*data, strict=True))
    survival = kaplan_meier(time, kind > 0)[1]
    assert aalen_johansen(time, kind)[1].sum(axis=0) + survival == pytest.approx(1)


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(1, 50), st.floats(0.5, 0.999))
def test_an_interval_holds_its_share_and_mirrors(k: int, more: int, level: float) -> None:
    n = k + more
    low, high = wilson(k, n, level)
    assert 0 <= low <= k / n <= high <= 1
    assert wilson(n - k, n, level) == pytest.approx((1 - high, 1 - low))
