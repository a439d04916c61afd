"""The long run of finite populations against whole chains written out."""

from math import comb

import numpy as np
import pytest
from brute import states, stationary, transition
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.mistakes import Mistake
from coopgames.populations import (
    compositions,
    fermi,
    fixations,
    group_game,
    long_run,
    moran,
    rare_mutations,
    why_not,
)

A = [[3, 0.2, 3], [5, 1, 1.5], [2.8, 0.9, 3]]
FOUR = [[1, 2, 0, 4], [2, 1, 3, 1], [0.5, 4, 1, 2], [1, 1, 2, 2.5]]


@pytest.mark.parametrize("process", [fermi(0.7), moran(0.6)])
@pytest.mark.parametrize(
    ("matrix", "N"), [([[3, 0], [5, 1]], 30), (A, 2), (A, 12), (FOUR, 6)]
)  # fmt: skip
@pytest.mark.parametrize("mu", [0.3, 0.01])
def test_the_whole_chain(process, matrix, N, mu):
    listed, P = transition(matrix, N, mu, process.kind, process.strength)
    found = long_run(matrix, N, mu, process)
    assert found.states.tolist() == [list(c) for c in listed]
    assert found.weights == pytest.approx(stationary(P), rel=1e-8, abs=1e-13)
    # It stays where it is.
    assert found.weights @ P == pytest.approx(found.weights, abs=1e-15)


@pytest.mark.parametrize("process", [fermi(0.7), moran(0.6)])
def test_rare_mutations_are_the_limit(process):
    rare = rare_mutations(A, 12, process).shares
    errors = [np.abs(long_run(A, 12, mu, process).shares - rare).max() for mu in (1e-4, 1e-6)]
    assert errors[0] < 2e-2
    assert errors[1] < 1.1e-2 * errors[0] + 1e-12
    assert long_run(A, 12, 1e-12, process).shares == pytest.approx(rare, abs=1e-8)


def test_rare_mutations_by_hand():
    """The chain of Fudenberg & Imhof (2006), solved as any other."""
    rho = fixations(A, 20, fermi(0.5))
    P = rho.T / 2
    np.fill_diagonal(P, 0)
    np.fill_diagonal(P, 1 - P.sum(axis=1))
    assert rare_mutations(A, 20, fermi(0.5)).shares == pytest.approx(stationary(P), rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 5), st.integers(2, 40), st.integers(0, 2**32 - 1), st.floats(0, 300))
def test_who_is_called_what_changes_nothing(n, N, seed, beta):
    rng = np.random.default_rng(seed)
    matrix, order = rng.uniform(0, 5, (n, n)), rng.permutation(n)
    one = rare_mutations(matrix, N, fermi(beta)).shares
    other = rare_mutations(matrix[np.ix_(order, order)], N, fermi(beta)).shares
    assert one[order] == pytest.approx(other, rel=1e-6, abs=1e-12)
    assert one.sum() == pytest.approx(1)


def test_two_types_balance():
    """x_A ρ_BA = x_B ρ_AB, and however strong selection is one of them is left."""
    for beta in (0.01, 1.0, 1e3, 1e6):
        found = rare_mutations([[4, 1], [3, 2]], 50, fermi(beta))
        logs = np.log(np.maximum(found.shares, 1e-300))
        if found.shares.min() > 1e-290:
            gap = found.log_fixation[0, 1] - found.log_fixation[1, 0]
            assert logs[0] - logs[1] == pytest.approx(gap, abs=1e-9)
        assert found.shares.argmax() == 1
    assert found.shares.tolist() == [0, 1]


def test_the_advantage_is_in_units_of_chance():
    found = rare_mutations([[1, 1], [1, 1]], 37, moran())
    assert found.advantage == pytest.approx(np.ones((2, 2)))
    assert found.fixation == pytest.approx(np.full((2, 2), 1 / 37))


def test_groups_of_two_are_pairs():
    game = group_game(lambda own, others: A[own][others.index(1)], types=3, size=2)
    for process in (fermi(0.7), moran(0.6)):
        one, other = (rare_mutations(x, 15, process).log_fixation for x in (game, A))
        assert one == pytest.approx(other, rel=1e-12)
        one, other = (long_run(x, 8, 0.05, process).weights for x in (game, A))
        assert one == pytest.approx(other, rel=1e-10)


def test_groups_by_listing_them():
    """Mean payoffs against all ways in which a group can be drawn, one individual after another."""
    from itertools import combinations

    rng = np.random.default_rng(5)
    worth = rng.uniform(0, 1, (3, 5, 5))
    game = group_game(lambda own, others: worth[own, others[0], others[1]], types=3, size=4)
    counts = (3, 1, 4)
    population = [k for k, c in enumerate(counts) for _ in range(c)]
    found = game.within(counts)
    for k in range(3):
        left = list(population)
        left.remove(k)
        groups = [[g.count(j) for j in range(3)] for g in combinations(left, 3)]
        mean = np.mean([worth[k, g[0], g[1]] for g in groups])
        assert found[k] == pytest.approx(mean, rel=1e-12)
    # Shares of a population without end are the limit.
    many = game.within(np.array(counts) * 100_000)
    assert game.among(np.array(counts) / 8) == pytest.approx(many, abs=1e-4)
    assert np.isnan(game.within((0, 4, 4))[0])


@pytest.mark.parametrize(("N", "n"), [(1, 2), (5, 3), (4, 5)])
def test_compositions(N, n):
    found = compositions(N, n)
    assert found.tolist() == [list(c) for c in states(N, n)]
    assert len(found) == comb(N + n - 1, n - 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: long_run(A, 10, 0.0), "must be a probability above 0"),
        (lambda: long_run(A, 10, 1.1), "must be a probability"),
        (
            lambda: long_run(np.ones((9, 9)), 100, 0.1),
            "can be put together in 352,025,629,371 ways",
        ),
        (lambda: long_run(A, 1, 0.1), "takes two at least"),
        (lambda: rare_mutations([[0, 0], [0, 0]], 10, moran()), "can never take over"),
        (lambda: group_game(lambda *_: 0.0, types=1, size=3), "two at least of either"),
    ],
)
def test_mistakes(wrong, said):
    with pytest.raises(Mistake, match=said):
        wrong()
    assert why_not(100, 3) is None
