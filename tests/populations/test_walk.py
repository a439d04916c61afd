"""Populations that change by chance: against the chain, and what luck may not depend on."""

import numpy as np
import pytest
from brute import chances

from coopgames.mistakes import Mistake
from coopgames.populations import fermi, long_run, moran, sample_population

A = [[3, 0.2, 3], [5, 1, 1.5], [2.8, 0.9, 3]]
START = (4, 3, 5)


@pytest.mark.parametrize("process", [fermi(0.7), fermi(30.0), moran(0.6)])
@pytest.mark.parametrize("mu", [0.0, 0.2, 1.0])
def test_one_step(process, mu):
    """How often each change happens, within six standard errors (2e-9 for each of 13 counts)."""
    runs = 40_000
    walk = sample_population(
        A, START, steps=1, mutation=mu, process=process, runs=runs, marks=2, seed=7
    )
    expected = chances(A, START, mu, process.kind, process.strength)
    change = walk.counts[:, 1] - walk.counts[:, 0]
    for a in range(3):
        for b in range(3):
            if a != b:
                to = np.zeros(3, int)
                to[a] -= 1
                to[b] += 1
                share = (change == to).all(axis=1).mean()
                p = expected[a, b]
                assert abs(share - p) <= 6 * np.sqrt(p * (1 - p) / runs) + 1e-9, (a, b)


@pytest.mark.parametrize("mu", [0.5, 0.3])
def test_the_first_mutation_of_those_who_are_all_alike(mu):
    """It comes after a geometric time, and brings each other type as often."""
    runs = 20_000
    walk = sample_population(
        A, (12, 0, 0), steps=3, mutation=mu, process=fermi(0.0), runs=runs, marks=4, seed=3
    )
    alike = walk.counts[:, :, 0] == 12
    for step in (1, 2, 3):
        still = alike[:, : step + 1].all(axis=1).mean()
        p = (1 - mu) ** step
        assert abs(still - p) < 6 * np.sqrt(p * (1 - p) / runs)
    first = walk.counts[~alike[:, 1], 1, 1]
    assert abs(first.mean() - 0.5) < 6 * 0.5 / np.sqrt(len(first))


@pytest.mark.parametrize("process", [fermi(0.7), moran(0.6)])
@pytest.mark.parametrize("mu", [0.3, 0.01, 0.001])
def test_over_time_it_is_as_solved(process, mu):
    """Six standard errors, with t for 40 runs: a false alarm in some two million."""
    walk = sample_population(
        A, START, steps=300_000, mutation=mu, process=process, runs=40, seed=11
    )
    solved = long_run(A, 12, mu, process).shares
    assert walk.standard_errors is not None
    # Beginning elsewhere costs a little; with these lengths less than a tenth of an error.
    assert (np.abs(walk.shares - solved) < 6 * walk.standard_errors + 1e-4).all()


def test_luck_depends_on_seed_and_run_only():
    more = {"mutation": 0.05, "process": moran(0.5), "seed": 9}
    three = sample_population(A, START, steps=5000, runs=3, marks=11, **more)
    five = sample_population(A, START, steps=9000, runs=5, marks=19, **more)
    assert (five.counts[:3, :11] == three.counts).all()
    assert (three.steps == five.steps[:11]).all()
    assert len({tuple(row[-1]) for row in five.counts}) > 1
    other = sample_population(A, START, steps=5000, runs=3, marks=11, mutation=0.05, seed=10)
    assert (other.counts != three.counts).any()


def test_what_is_noted():
    walk = sample_population(A, START, steps=1000, mutation=0.1, marks=1001)
    assert (walk.counts[0, 0] == START).all()
    assert (walk.counts.sum(axis=2) == 12).all()
    assert walk.counts.min() >= 0
    assert np.abs(np.diff(walk.counts[0], axis=0)).sum(axis=1).max() == 2
    assert walk.shares == pytest.approx(walk.counts[0, 1:].mean(axis=0) / 12)
    assert walk.standard_errors is None


def test_without_mutation_one_is_left():
    walk = sample_population([[1, 1], [1, 1]], (6, 6), steps=10_000, runs=400, process=moran())
    ends = walk.counts[:, -1]
    assert set(map(tuple, ends.tolist())) == {(12, 0), (0, 12)}
    assert abs((ends[:, 0] == 12).mean() - 0.5) < 5 * 0.5 / 20


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": (1, 2)}, "of each of 3 types"),
        ({"start": (-1, 2, 3)}, "none or more"),
        ({"mutation": 1.5}, "must be a probability"),
        ({"steps": 0}, "0 steps"),
        ({"runs": 0}, "0 runs"),
    ],
)
def test_mistakes(change, said):
    with pytest.raises(Mistake, match=said):
        sample_population(A, **{"start": START, "steps": 10, **change})
