"""Levels of what can be varied by degrees."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games.grids import grid, named

ends = st.floats(-100, 100)
widths = st.floats(0.01, 1000)


@given(ends, widths, st.integers(2, 60), st.lists(st.floats(-2000, 2000), max_size=6))
def test_a_grid_has_its_levels_and_its_points(low, width, levels, points):
    high = low + width
    x = grid(low, high, levels, *points)
    assert (x[0], x[-1]) == (low, high)
    assert (np.diff(x) > 0).all()
    for wanted in (*np.linspace(low, high, levels), *np.clip(points, low, high)):
        assert np.abs(x - wanted).min() <= 2e-9 * width
    assert levels <= len(x) <= levels + len(points)


@given(ends, widths, st.integers(2, 40))
def test_a_point_that_stands_apart_is_kept_to_the_last_digit(low, width, levels):
    high = low + width
    point = low + width / (2 * (levels - 1))  # halfway to the first level
    assert point in grid(low, high, levels, point)


def test_a_point_takes_the_place_of_a_level_that_all_but_coincides():
    third = 1 / 3
    x = grid(0.0, 1.0, 4, third + 1e-13)
    assert len(x) == 4
    assert x[1] == third + 1e-13


def test_points_beyond_the_ends_are_the_ends():
    assert grid(0.0, 1.0, 3, -5.0, 7.0).tolist() == [0, 0.5, 1]


def test_names_are_short_and_differ():
    assert named(np.array([0.0, 1 / 3, 0.5, 1.0])) == ("0", "0.333", "0.5", "1")
    assert named(np.array([0.1111, 0.1112])) == ("0.1111", "0.1112")
    assert named(np.array([1234.5, 2000.0])) == ("1230", "2000")
    assert named(np.array([0.5, 1e-7])) == ("0.5", "0.0000001")
