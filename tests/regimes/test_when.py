"""The language of conditions: what each form says, and which can hold together."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.mistakes import Mistake
from coopgames.regimes import Always, Between, Flagged, holds, memory, together

conditions = st.one_of(
    st.just(Always()),
    st.builds(
        lambda a, b: Between(a, None if b is None else a + b),
        st.integers(0, 3),
        st.none() | st.integers(1, 2),
    ),
    st.builds(
        Flagged,
        st.just("q"),
        st.sampled_from(["own", "another", "any"]),
        st.none() | st.integers(1, 2),
        st.booleans(),
    ),
)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (Always(), [[1, 1], [1, 1], [1, 1], [1, 1]]),
        (Between(1, 3), [[0, 0], [1, 1], [1, 1], [0, 0]]),
        (Between(2), [[0, 0], [0, 0], [1, 1], [1, 1]]),
        (Flagged("q", "own", 1), [[0, 0], [1, 0], [0, 0], [0, 0]]),
        (Flagged("q", "own", 2), [[0, 0], [1, 0], [1, 0], [0, 0]]),
        (Flagged("q", "another", 2), [[0, 0], [0, 1], [0, 1], [0, 0]]),
        (Flagged("q", "any", None), [[0, 0], [1, 1], [1, 1], [1, 1]]),
        (Flagged("q", "another", 1, unless=True), [[1, 1], [1, 0], [1, 1], [1, 1]]),
    ],
)
def test_after_one_flag_on_the_first_in_the_first_period(when, expected):
    flags = np.zeros((4, 2), bool)
    flags[0, 0] = True
    assert [holds(when, t, flags).tolist() for t in range(4)] == expected


@given(conditions, conditions)
def test_they_hold_together_where_some_history_lets_them(first, second):
    """All histories of two actors over four periods are gone through; by then clocks have run."""
    histories = [
        np.array(bits, bool).reshape(4, 2) for bits in product((0, 1), repeat=8)
    ]  # fmt: skip
    found = any(
        (holds(first, t, flags) & holds(second, t, flags))[0]
        for flags in histories
        for t in range(5)
    )
    assert together(first, second) == found


@given(conditions, conditions)
def test_the_order_of_two_does_not_matter(first, second):
    assert together(first, second) == together(second, first)


@given(conditions)
def test_no_more_memory_is_needed_than_is_said(when):
    """Histories that the clocks cannot tell apart must lead to the same for ever after."""
    n, T = 2, 4
    histories = [np.array(b, bool).reshape(T, n) for b in product((0, 1), repeat=n * T)]
    quiet = np.zeros((4, n), bool)
    futures = set()
    for flags in histories:
        later = np.vstack([flags, quiet])
        futures.add(tuple(holds(when, t, later).tobytes() for t in range(T, T + 4)))
    assert len(futures) <= memory(when, n)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Between(3, 3), "which is never"),
        (lambda: Between(-1), "at least 0"),
        (lambda: Flagged("q", "mine"), "has no flags; these are own, another, any"),
        (lambda: Flagged("q", "own", 0), "0 periods; it is at least 1"),
    ],
)
def test_what_is_no_condition(make, message):
    with pytest.raises(Mistake, match=message):
        make()
