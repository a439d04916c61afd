"""Fixation probabilities against brute force, closed forms and laws."""

from fractions import Fraction

import numpy as np
import pytest
from brute import moran_fixation, transition
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.mistakes import Mistake
from coopgames.populations import (
    constant_fixation,
    fermi,
    fixation,
    fixation_along,
    fixations,
    moran,
)

payoff = st.floats(0, 10, allow_nan=False).map(lambda x: round(x, 3))
pairs = st.lists(payoff, min_size=4, max_size=4).map(lambda x: [x[:2], x[2:]])
sizes = st.integers(2, 120)


@pytest.mark.parametrize("N", [2, 3, 7, 30])
@pytest.mark.parametrize("w", [Fraction(1, 100), Fraction(1, 2), Fraction(1)])
def test_moran_in_fractions(N, w):
    rng = np.random.default_rng(N)
    for _ in range(5):
        exact = [[Fraction(int(x), 7) for x in row] for row in rng.integers(1, 60, (2, 2))]
        found = float(fixation(np.array(exact, dtype=float), N, moran(float(w))))
        assert found == pytest.approx(float(moran_fixation(exact, N, w)), rel=1e-12)


@pytest.mark.parametrize("process", [fermi(0.3), fermi(3.0), moran(0.4)])
def test_the_absorbing_chain(process):
    A, N = [[3.0, 0.5], [5.0, 1.0]], 15
    listed, P = transition(A, N, 0.0, process.kind, process.strength)
    inside = [i for i, c in enumerate(listed) if 0 < c[0] < N]
    won = listed.index((N, 0))
    ends = np.linalg.solve(np.eye(len(inside)) - P[np.ix_(inside, inside)], P[inside, won])
    first = inside.index(listed.index((1, N - 1)))
    assert float(fixation(A, N, process)) == pytest.approx(ends[first], rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(pairs, sizes, st.floats(0, 5))
def test_both_ways(payoffs, N, beta):
    """ρ_AB / ρ_BA is the product of all T⁺/T⁻, in closed form exp(β Σ (π_A − π_B))."""
    (a, b), (c, d) = payoffs
    one = fixation(payoffs, N, fermi(beta), log=True)
    other = fixation([[d, c], [b, a]], N, fermi(beta), log=True)
    i = np.arange(1, N)
    gaps = (a * (i - 1) + b * (N - i) - c * i - d * (N - i - 1)) / (N - 1)
    assert float(one - other) == pytest.approx(beta * gaps.sum(), rel=1e-9, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(pairs, sizes, st.floats(0, 5), st.floats(-50, 50))
def test_what_all_get_changes_nothing_in_pairwise_comparison(payoffs, N, beta, more):
    lifted = (np.array(payoffs) + more).tolist()
    one, other = (fixation(p, N, fermi(beta), log=True) for p in (payoffs, lifted))
    assert float(one) == pytest.approx(float(other), rel=1e-9, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(pairs, sizes, st.floats(0.01, 100))
def test_units_change_nothing_where_fitness_is_payoff(payoffs, N, unit):
    payoffs = np.array(payoffs) + 0.1
    one, other = (fixation(p, N, moran(), log=True) for p in (payoffs, payoffs * unit))
    assert float(one) == pytest.approx(float(other), rel=1e-9, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(pairs, st.integers(2, 60), st.sampled_from([fermi(0.7), fermi(80.0), moran(0.5)]))
def test_given_along_the_way_it_is_the_same(payoffs, N, process):
    (a, b), (c, d) = payoffs
    i = np.arange(1, N)
    mutant = (a * (i - 1) + b * (N - i)) / (N - 1)
    resident = (c * i + d * (N - i - 1)) / (N - 1)
    along = fixation_along(mutant, resident, process, log=True)
    assert float(fixation(payoffs, N, process, log=True)) == pytest.approx(
        along, rel=1e-9, abs=1e-9
    )


@pytest.mark.parametrize("N", [2, 10, 1000])
@pytest.mark.parametrize("process", [fermi(0), fermi(2), moran(0), moran(1)])
def test_neither_better_nor_worse(N, process):
    assert float(fixation([[2, 2], [2, 2]], N, process)) == pytest.approx(1 / N, rel=1e-12)
    found = fixations([[2, 0], [3, 1]], N, process)
    assert found.diagonal() == pytest.approx([1 / N] * 2)
    assert found[0, 1] == float(fixation([[2, 0], [3, 1]], N, process))
    assert found[1, 0] == float(fixation([[1, 3], [0, 2]], N, process))


@pytest.mark.parametrize("beta", [1.0, 10.0, 1e4])
def test_chances_that_are_no_numbers_keep_their_logarithms(beta):
    """Defectors lose c + b/(N − 1) everywhere: log ρ tends to −β (N − 1) D from above."""
    b, c, N = 3, 1, 100
    D = c + b / (N - 1)
    found = float(fixation([[b - c, -c], [b, 0]], N, fermi(beta), log=True))
    closed = -beta * (N - 1) * D + np.log(-np.expm1(-beta * D))
    assert found == pytest.approx(closed, rel=1e-12)
    assert float(fixation([[b - c, -c], [b, 0]], N, fermi(1e4))) == 0


@pytest.mark.parametrize("process", [moran(), fermi(0.01), fermi(1.0)])
@pytest.mark.parametrize(
    ("a", "b", "c", "d"), [(1000, 1, 1, 1000), (1, 1000, 1000, 1), (1, 1000, 900, 1)]
)
def test_a_valley_before_a_summit_and_a_summit_before_a_valley(process, a, b, c, d):
    """Products that rise above all numbers of a computer and fall below them, on the way."""
    N = 3002
    found = float(fixation([[a, b], [c, d]], N, process, log=True))
    i = np.arange(1, N)
    f = (a * (i - 1) + b * (N - i)) / (N - 1)
    g = (c * i + d * (N - i - 1)) / (N - 1)
    steps = np.log(g) - np.log(f) if process.kind == "moran" else process.strength * (g - f)
    exponents = np.r_[0, np.cumsum(steps)]
    top = exponents.max()
    assert np.ptp(exponents) > 1000
    expected = -(top + np.log(np.exp(exponents - top).sum()))
    assert found == pytest.approx(expected, rel=1e-11, abs=1e-9)


def test_no_offspring_at_all():
    assert float(fixation([[1, 0], [1, 1]], 2, moran())) == 0
    assert fixation_along([0.0], [1.0], moran()) == 0


def test_many_at_once():
    rng = np.random.default_rng(1)
    many = rng.uniform(0, 5, (3, 4, 2, 2))
    found = fixation(many, 20, fermi(0.5))
    assert found.shape == (3, 4)
    assert found[1, 2] == float(fixation(many[1, 2], 20, fermi(0.5)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: fermi(-1), "must not be negative"),
        (lambda: moran(1.5), "lies between 0"),
        (lambda: fixation([[1, 2]], 10), "two types"),
        (lambda: fixation([[1, 2], [3, 4]], 1), "takes two at least"),
        (lambda: fixation([[1, -2], [3, 4]], 10, moran()), "take a strength of at most 0.333"),
        (lambda: fixations([[1, 2, 3], [3, 4, 5]], 10), "a row and a column"),
        (lambda: fixations([[1, np.nan], [3, 4]], 10), "no finite number"),
        (lambda: constant_fixation(0, 10), "must be positive"),
    ],
)
def test_mistakes(wrong, said):
    with pytest.raises(Mistake, match=said):
        wrong()
