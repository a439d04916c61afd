"""Ecology, replicator dynamics, rest points, basins and contests."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.mistakes import Mistake
from coopgames.populations import (
    basins,
    contests,
    ecology,
    replicator,
    rest_points,
)

RPS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]


def test_a_generation_by_hand():
    """x = (1/4, 3/4): payoffs (3/4, 2), mean 27/16."""
    went = ecology([[3, 0], [5, 1]], 1, [0.25, 0.75])
    assert went.end == pytest.approx([1 / 9, 8 / 9], rel=1e-15)
    assert went.leaders == [(0.0, 1)]


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_ratios_change_by_ratios_of_payoffs(n, seed):
    """Quotient rule: x_i'/x_j' = x_i/x_j · π_i/π_j, and who is not there does not come."""
    rng = np.random.default_rng(seed)
    A, x = rng.uniform(0.1, 5, (n, n)), rng.dirichlet(np.ones(n))
    x[0] = 0
    x /= x.sum()
    after = ecology(A, 1, x).end
    pi = A @ x
    assert after[1:] / after[-1] == pytest.approx(x[1:] / x[-1] * pi[1:] / pi[-1])
    assert after[0] == 0
    assert after.sum() == pytest.approx(1)


def test_two_types_in_closed_form():
    """A type that always gets s more grows logistically: x/(1 − x) = x₀/(1 − x₀) exp(st)."""
    went = replicator([[2, 2], [1.5, 1.5]], 40.0, [0.001, 0.999])
    odds = 0.001 / 0.999 * np.exp(0.5 * went.times)
    assert went.shares[:, 0] == pytest.approx(odds / (1 + odds), rel=1e-8)


def test_rock_paper_scissors_keeps_its_product():
    went = replicator(RPS, 200.0, [0.5, 0.3, 0.2])
    assert went.shares.prod(axis=1) == pytest.approx(np.full(201, 0.03), rel=1e-7)


def test_a_function_or_a_matrix_may_say_what_they_get():
    A = np.array(RPS, dtype=float)
    one = replicator(A, 10.0, [0.5, 0.3, 0.2])
    other = replicator(lambda x: A @ x, 10.0, [0.5, 0.3, 0.2])
    assert (one.shares == other.shares).all()


def test_rest_points_of_rock_paper_scissors():
    *corners, middle = rest_points(RPS)
    assert [point.kind for point in corners] == ["unstable"] * 3
    assert middle.shares == (Fraction(1, 3),) * 3
    # 1/√3 is the frequency of the linear motion (Hofbauer & Sigmund 1998).
    assert sorted(middle.eigenvalues.imag) == pytest.approx([-(3**-0.5), 3**-0.5])
    assert middle.kind == "not decided"


@pytest.mark.parametrize(("a", "kind"), [(-0.5, "unstable"), (0.5, "attracting")])
def test_good_and_bad_rock_paper_scissors(a, kind):
    """Where winning is worth more than losing costs, it spirals in (Zeeman 1980)."""
    matrix = [[0, -1, 1 + a], [1 + a, 0, -1], [-1, 1 + a, 0]]
    assert rest_points(matrix)[-1].kind == kind
    product = replicator(matrix, 30.0, [0.5, 0.3, 0.2]).shares.prod(axis=1)
    assert (product[-1] > product[0]) == (kind == "attracting")


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 4), st.integers(0, 2**32 - 1))
def test_at_rest_all_get_the_same(n, seed):
    A = np.random.default_rng(seed).integers(-9, 10, (n, n)).tolist()
    for point in rest_points(A):
        got = [sum(Fraction(a) * x for a, x in zip(row, point.shares, strict=True)) for row in A]
        assert len({got[k] for k in point.there}) == 1
        assert sum(point.shares) == 1
        better = [got[k] - got[point.there[0]] for k in range(n) if k not in point.there]
        if any(x > 0 for x in better):
            assert point.kind == "unstable"
        if point.kind == "attracting":
            nudged = np.array(point.shares, dtype=float) * 0.999 + 0.001 / n
            near = replicator(A, 400.0, nudged).end
            assert near == pytest.approx(np.array(point.shares, dtype=float), abs=2e-3)


def test_a_continuum_is_left_out():
    """AllC and tit for tat do equally well at any mix; only the ends are given."""
    assert [p.shares for p in rest_points([[3, 3], [3, 3]])] == [(1, 0), (0, 1)]


def test_basins_of_a_stag_hunt():
    """All beginnings above 1/2 lead to the one; six standard errors."""
    draws = 4000
    found = basins([[4, 1], [3, 2]], draws=draws)
    assert [basin.types for basin in sorted(found, key=lambda b: b.types)] == [(0,), (1,)]
    assert all(abs(basin.share - 0.5) < 6 * 0.5 / np.sqrt(draws) for basin in found)
    assert sum(basin.count for basin in found) == draws
    assert basins([[4, 1], [3, 2]], draws=draws) == found
    assert basins([[4, 1], [3, 2]], draws=draws, seed=2) != found


def test_basins_of_three():
    """Snowdrift rests at its mix; rock, paper and scissors circle; neutral types drift."""
    (mixed,) = basins([[2, 1], [3, 0]], draws=50)
    assert (mixed.types, mixed.rests, mixed.share) == ((0, 1), True, 1)
    (round_,) = basins(RPS, draws=3)
    assert (round_.types, round_.rests) == ((0, 1, 2), False)
    found = {b.types for b in basins([[30, 9, 30], [14, 10, 50], [30, 0, 30]], draws=300)}
    # Always-defect; or tit for tat, with some who always give or none.
    assert {(1,), (0, 2)} <= found <= {(1,), (0, 2), (0,)}


def test_contests():
    """The worst two go, the best two are copied, until there is one type."""
    course = contests([[3, 0], [5, 1]], [4, 2], replaced=2, generations=10)
    assert course.tolist() == [[4, 2], [2, 4], [0, 6]]
    # Of equals chance decides: one of three types that all score the same is copied.
    seen = {
        tuple(contests(np.ones((3, 3)), [2, 2, 2], replaced=1, generations=1, seed=s)[-1])
        for s in range(200)
    }
    assert len(seen) == 7  # nobody changes, or one of six moves
    assert course.sum(axis=1).tolist() == [6, 6, 6]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: ecology([[1, -1], [0, 0]], 5), "cannot be negative"),
        (lambda: ecology([[0, 0], [0, 0]], 5), "nobody scores anything in generation 0"),
        (lambda: ecology([[1, 1], [1, 1]], 5, [0.5, 0.4]), "add up to 0.9"),
        (lambda: ecology([[1, 1], [1, 1]], 5, [1.0]), "there are 2 types"),
        (lambda: ecology([[1, 1], [1, 1]], -1), "-1 generations"),
        (lambda: replicator(RPS, 0.0, [1, 0, 0]), "time must pass"),
        (lambda: replicator(RPS, 1.0, [1, 0]), "there are 3 types"),
        (lambda: rest_points(np.eye(13)), "among up to 12"),
        (lambda: basins([[1, 1], [1, 1]], draws=0), "0 draws"),
        (lambda: contests([[1, 1], [1, 1]], [2, 2], replaced=9, generations=1), "no more than"),
    ],
)
def test_mistakes(wrong, said):
    with pytest.raises(Mistake, match=said):
        wrong()
