"""Evolutionary stability, against the definition tried out on many mixtures."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.populations import stability

F = Fraction


def kinds(matrix):
    return [verdict.kind for verdict in stability(matrix)]


def test_the_standard_cases():
    """Maynard Smith (1982): prisoner's dilemma, stag hunt, hawk and dove."""
    assert kinds([[3, 0], [5, 1]]) == ["invaded", "strict"]
    assert kinds([[4, 1], [3, 2]]) == ["strict", "strict"]
    assert kinds([[-1, 4], [0, 2]]) == ["invaded", "invaded"]


def test_equally_good_at_first():
    """What they get from the mutant decides."""
    assert kinds([[3, 3], [3, 3]]) == ["neutrally stable"] * 2
    assert kinds([[3, 2], [3, 1]]) == ["evolutionarily stable", "invaded"]
    assert kinds([[3, 1], [3, 2]]) == ["invaded", "strict"]
    first, _ = stability([[3, 3], [3, 3]])
    assert (first.drifters, first.invaders) == ((1,), ())


def test_two_together():
    """Neither invades alone, since it does badly with its like; both do well with each other."""
    M = [[0, 0, 0], [0, -1, 3], [0, 3, -1]]
    first = stability(M)[0]
    assert (first.kind, first.invaders, first.mixture) == ("invaded", (), (1, 2))
    # Half as well with each other, and they drift in; less, and they die out.
    assert kinds([[0, 0, 0], [0, -1, 1], [0, 1, -1]])[0] == "neutrally stable"
    assert kinds([[0, 0, 0], [0, -1, F(99, 100)], [0, F(99, 100), -1]])[0] == (
        "evolutionarily stable"
    )


def margin(M, i, z):
    """u(i, y) − u(y, y) for y close to i: of first order, and of second where that is 0."""
    n = len(M)
    first = sum(z[j] * (M[i][i] - M[j][i]) for j in range(n))
    second = sum(z[j] * z[k] * (M[i][k] - M[j][k]) for j in range(n) for k in range(n))
    return (first, second)


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 5), st.integers(0, 2**32 - 1))
def test_no_mixture_contradicts_the_verdict(n, seed):
    rng = np.random.default_rng(seed)
    M = rng.integers(-2, 3, (n, n))
    M[:, 0] = np.minimum(M[:, 0], M[0, 0]) if rng.random() < 0.7 else M[:, 0]
    M = M.tolist()
    verdict = stability(M)[0]
    mixtures = [[0, *w] for w in rng.multinomial(12, np.ones(n - 1) / (n - 1), 60).tolist()]
    mixtures += [[0, *row] for row in np.eye(n - 1, dtype=int).tolist()]
    values = [margin(M, 0, z) for z in mixtures if any(z)]
    if verdict.kind == "strict":
        assert all(first > 0 for first, _ in values)
    elif verdict.kind == "evolutionarily stable":
        assert all(first > 0 or (first == 0 and second > 0) for first, second in values)
    elif verdict.kind == "neutrally stable":
        assert all(first > 0 or (first == 0 and second >= 0) for first, second in values)
    elif verdict.mixture is None:
        found = [margin(M, 0, row) for row in np.eye(n, dtype=int)[1:].tolist()]
        assert any(first < 0 or (first == 0 and second < 0) for first, second in found)
    else:  # some mixture of these invades; look on a fine grid
        steps = 24
        grid = rng.multinomial(steps, np.ones(len(verdict.mixture)) / len(verdict.mixture), 4000)
        best = min(
            margin(M, 0, [w.get(j, 0) for j in range(n)])[1]
            for w in (dict(zip(verdict.mixture, row, strict=True)) for row in grid.tolist())
        )
        assert best < 0


def test_fractions_decide_what_rounding_would_not():
    close = [[1, 1], [1 + F(1, 10**30), 0]]
    assert kinds(close) == ["invaded", "invaded"]
    assert kinds([[float(x) for x in row] for row in close]) == ["evolutionarily stable", "invaded"]


def test_rounding_of_the_engine_is_no_difference():
    assert (
        kinds([[29.999999999999993, 30.0], [30.0, 30.000000000000004]]) == ["neutrally stable"] * 2
    )


@pytest.mark.parametrize(("gap", "kind"), [(0.1, "neutrally stable"), (1.0, "invaded")])
def test_what_is_sampled_must_differ_by_four_errors(gap, kind):
    errors = [[0.1, 0.1], [0.1, 0.1]]
    assert stability([[3, 3], [3 + gap, 3]], errors)[0].kind == kind


def test_many_that_do_equally_well():
    verdict = stability(np.full((12, 12), 3))[0]
    assert (verdict.kind, len(verdict.drifters), verdict.mixtures) == (
        "neutrally stable",
        11,
        False,
    )
