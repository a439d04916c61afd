"""How often luck passes for coordination: theory.md 1.4.2, brute force, and simulation."""

from itertools import product
from math import sqrt

import numpy as np
import pytest

from coopgames.mistakes import Mistake
from coopgames.readings import Rule, false_alarm, passages, shortest_window


@pytest.mark.parametrize(
    ("p", "L", "printed"),
    [
        (0.25, 5, 0.812), (0.25, 7, 0.141), (0.25, 10, 0.040), (0.25, 9, 0.013),
        (0.5, 5, 1.000), (0.5, 7, 0.991), (0.5, 10, 0.956),
    ],
)  # fmt: skip
def test_the_table(p: float, L: int, printed: float) -> None:
    assert false_alarm(p, 200, Rule(L=L)) == pytest.approx(printed, abs=5e-4)


def test_the_shortest_windows() -> None:
    assert shortest_window(0.25, 200) == 8
    assert shortest_window(0.25, 1000) == 12


def test_where_chance_alone_exceeds_the_share_no_window_helps() -> None:
    assert shortest_window(0.8, 200) is None
    assert shortest_window(0.9, 200) is None
    # However long: by the law of large numbers the share of a window tends to p.
    chances = [false_alarm(0.85, 200, Rule(L=L)) for L in (5, 10, 15)]
    assert min(chances) > 0.99


def test_a_window_that_would_be_too_long_is_said() -> None:
    with pytest.raises(Mistake, match="no window of up to 8 periods"):
        shortest_window(0.5, 200, longest=8)


@pytest.mark.parametrize(("L", "T"), [(1, 4), (2, 8), (3, 12)])
@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
def test_all_series_of_a_few_periods(L: int, T: int, p: float) -> None:
    rule = Rule(L=L)
    total = sum(
        p ** sum(Z) * (1 - p) ** (T - sum(Z))
        for Z in product((0, 1), repeat=T)
        if passages(np.array(Z, dtype=bool), L, rule.m)
    )
    assert false_alarm(p, T, rule) == pytest.approx(total)


@pytest.mark.parametrize(("p", "L"), [(0.25, 7), (0.4, 10)])
def test_simulated(p: float, L: int) -> None:
    runs, rule = 4000, Rule(L=L)
    Z = np.random.default_rng(L).random((runs, 200)) < p
    share = np.mean([bool(passages(z, L, rule.m)) for z in Z])
    chance = false_alarm(p, 200, rule)
    # Five standard errors: a false alarm below 1e-6.
    assert abs(share - chance) < 5 * sqrt(chance * (1 - chance) / runs)
