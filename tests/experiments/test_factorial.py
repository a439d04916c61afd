"""Contributions of factors: against their definitions, and against games solved by hand."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.experiments import alone_and_last, factorial_effects, shapley, subsets

THREE = ("a", "b", "c")
tables = st.lists(st.floats(-10, 10), min_size=8, max_size=8)


def table(numbers: list[float]) -> dict[frozenset[str], float]:
    return dict(zip(subsets(THREE), numbers, strict=True))


def test_the_gloves_game() -> None:
    """One left and two right gloves; a pair is worth 1: values 2/3, 1/6, 1/6 (Shapley)."""
    worth = {S: float("a" in S and len(S) > 1) for S in subsets(THREE)}
    assert shapley(worth, THREE) == pytest.approx({"a": 2 / 3, "b": 1 / 6, "c": 1 / 6})
    assert alone_and_last(worth, THREE) == {"a": (0, 1), "b": (0, 0), "c": (0, 0)}


def test_two_factors_by_hand() -> None:
    """Yates: main effects are half the sums of differences, interaction half their difference."""
    values = dict(zip(subsets(("a", "b")), (1.0, 4.0, 2.0, 9.0), strict=True))
    assert factorial_effects(values, ("a", "b")) == {
        ("a",): ((4 - 1) + (9 - 2)) / 2,
        ("b",): ((2 - 1) + (9 - 4)) / 2,
        ("a", "b"): ((9 - 2) - (4 - 1)) / 2,
    }


@given(tables)
def test_shapley_is_the_mean_over_all_orders(numbers: list[float]) -> None:
    values = table(numbers)
    added = dict.fromkeys(THREE, 0.0)
    for order in permutations(THREE):
        on: frozenset[str] = frozenset()
        for name in order:
            added[name] += (values[on | {name}] - values[on]) / 6
            on |= {name}
    found = shapley(values, THREE)
    assert found == pytest.approx(added, abs=1e-9)
    assert sum(found.values()) == pytest.approx(values[frozenset(THREE)] - values[frozenset()])


@given(tables)
def test_effects_put_the_values_together_again(numbers: list[float]) -> None:
    """Y(S) = mean + ½ Σ_A ± e_A, with a minus for each factor of A that is off."""
    values, effects = table(numbers), factorial_effects(table(numbers), THREE)
    mean = sum(numbers) / 8
    for S, value in values.items():
        terms = ((-1) ** len(set(A) - S) * effect / 2 for A, effect in effects.items())
        assert mean + sum(terms) == pytest.approx(value, abs=1e-9)


def test_a_factor_that_does_nothing_gets_nothing() -> None:
    values = {S: 3.0 * ("a" in S) - 1.0 * ("c" in S) for S in subsets(THREE)}
    assert shapley(values, THREE) == pytest.approx({"a": 3, "b": 0, "c": -1})
    assert factorial_effects(values, THREE)["b",] == 0


def test_arrays_are_taken_element_by_element() -> None:
    values = {S: np.array([len(S), 2.0 * len(S)]) for S in subsets(THREE)}
    assert shapley(values, THREE)["b"] == pytest.approx([1, 2])
