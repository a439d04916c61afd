"""Emergence and breakdown along one course, spells, and change points."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games import two_by_two
from coopgames.play import count
from coopgames.readings import Rule, change_points, lens, passages
from coopgames.readings.passages import coordinated
from coopgames.readings.spells import cut, lower_end

PD = two_by_two("pd", R=3, S=0, T=5, P=1)
TURNS = two_by_two("deadlock 7,3,2,1", R=2, S=1, T=7, P=3)


def bits(text: str) -> np.ndarray:
    return np.array([c == "1" for c in text])


def test_the_emergence_example() -> None:
    # Theory.md 1.4.2: L = 5, so m = 4; periods from 0.
    assert passages(bits("0010011011111011000100000"), 5, 4) == [5, 16]
    assert passages(bits("01" * 10), 5, 4) == []  # never, and censored at 16 of 20
    assert cut(bits("0010011011111011000100000"), 5, 4) == [(0, 5), (5, 16), (16, 25)]
    assert cut(bits("1" * 20), 5, 4) == [(0, 20)]


def test_a_record_of_fewer_than_four_windows_is_not_measured() -> None:
    assert passages(bits("1" * 19), 5, 4) == []
    assert passages(bits("1" * 20), 5, 4) == [0]


@given(st.lists(st.booleans(), min_size=1, max_size=80), st.integers(1, 8), st.data())
def test_passages_are_what_the_definition_says(Z: list, L: int, data: st.DataObject) -> None:
    m = data.draw(st.integers(1, L))
    found: list[int] = []
    start = -1
    while len(Z) >= 4 * L:
        up = len(found) % 2 == 0
        after = [
            t for t in range(start + 1, len(Z) - L + 1)
            if (Z[t] and sum(Z[t : t + L]) >= m if up else not Z[t] and sum(Z[t : t + L]) <= L - m)
        ]  # fmt: skip
        if not after:
            break
        start = after[0]
        found.append(start)
    assert passages(np.array(Z), L, m) == found


@given(st.lists(st.integers(0, 3), min_size=20, max_size=80))
def test_the_first_two_are_those_of_a_tournament(played: list) -> None:
    rule = Rule(L=5)
    seen = lens(PD, rule)
    tally = count(np.array(played), seen.counting)
    found = [*passages(seen.holds[played], rule.L, rule.m), -1, -1]
    assert (tally.emerged[0], tally.broke[0]) == (found[0], found[1])


def test_taking_turns_is_coordination_over_two_periods() -> None:
    seen = lens(TURNS, Rule())
    played = np.array([3, 3, 1, 2, 1, 2, 2, 2])
    assert not coordinated(seen, played).any()
    assert coordinated(seen, played, 2).tolist() == [
        False, False, False, True, True, True, False, False,
    ]  # fmt: skip
    assert not coordinated(seen, played[:1], 2).any()


@pytest.mark.parametrize("n", [1, 2, 3, 6, 7])
def test_the_interval_goes_through_all_layouts(n: int) -> None:
    values = np.random.default_rng(n).random(n)
    size, means = min(2, n), []
    for starts in product(range(n), repeat=-(-n // size)):
        drawn = [values[(s + k) % n] for s in starts for k in range(size)][:n]
        means.append(np.mean(drawn))
    expected = np.sort(means)[int(np.ceil(0.05 * len(means))) - 1]
    assert lower_end(values) == pytest.approx(expected)


def test_a_long_window_is_sampled() -> None:
    values = np.tile([0.0, 1.0], 50)
    assert lower_end(values) == pytest.approx(0.5)  # every stretch holds one round of turns
    rng = np.random.default_rng(1)
    values = rng.random(100)
    assert values.mean() - 0.1 < lower_end(values) < values.mean()


def test_a_level_that_changes_is_dated() -> None:
    rng = np.random.default_rng(2)
    noise = rng.normal(0, 0.1, 90)
    level = np.repeat([0.1, 0.9, 0.3], 30) + noise
    assert change_points(level) == [30, 60]
    assert change_points(np.repeat([0.0, 1.0], 20)) == [20]
    assert change_points(np.ones(40)) == []
    assert change_points(np.array([1.0] * 20 + [0.0] + [1.0] * 20)) == []
    assert change_points(np.ones(2)) == []


def test_noise_of_one_level_is_seldom_taken_for_two() -> None:
    # 4,000 such series gave 0.5 %. At 1 %, more than 14 of 200 would have probability below 1e-6.
    rng = np.random.default_rng(3)
    found = [bool(change_points(rng.normal(0.5, 0.2, 100))) for _ in range(200)]
    assert sum(found) <= 14
