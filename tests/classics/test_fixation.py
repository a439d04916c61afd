"""The one-third law, and closed forms of the Moran and the Fermi process.

classics-iterated.md, entries 21 and 22. M. A. Nowak, A. Sasaki, C. Taylor & D. Fudenberg, Emergence
of cooperation and evolutionary stability in finite populations, Nature 428 (2004): 646-650; P. A.
P. Moran (1958); A. Traulsen, M. A. Nowak & J. M. Pacheco, Physical Review E 74 (2006): 011909.
"""

from fractions import Fraction

import numpy as np
import pytest

from coopgames.experiments import payoffs_between
from coopgames.games import named_game
from coopgames.play import Horizon
from coopgames.populations import constant_fixation, fermi, fixation, moran
from coopgames.strategies import strategy

# Entry 21


def repeated(rounds: int) -> np.ndarray:
    """Tit for tat against always-defect."""
    players = [strategy("tit-for-tat"), strategy("always-defect")]
    return payoffs_between(players, named_game("prisoners-dilemma"), Horizon(rounds)).matrix


def test_weak_selection() -> None:
    """ρ > 1/N iff N(a + 2b − c − 2d) > 2a + b + c − 4d; 500 games, no mismatch."""
    rng = np.random.default_rng(21)
    w = 1e-6
    for _ in range(500):
        a, b, c, d = rng.uniform(0, 10, 4)
        N = int(rng.integers(2, 100))
        margin = N * (a + 2 * b - c - 2 * d) - (2 * a + b + c - 4 * d)
        slope = (float(fixation([[a, b], [c, d]], N, moran(w))) - 1 / N) / w
        assert slope == pytest.approx(margin / (6 * N), abs=1e-3)
        if abs(margin) > 0.1:
            assert np.sign(slope) == np.sign(margin)


@pytest.mark.parametrize(("N", "slope"), [(10, 1.61667), (50, 2.19)])
def test_slopes_of_tit_for_tat(N: int, slope: float) -> None:
    w = 1e-7
    found = (float(fixation(repeated(10), N, moran(w))) - 1 / N) / w
    assert found == pytest.approx(slope, abs=1e-3)


def test_how_small_a_population_may_be() -> None:
    """Below 1/3 iff more than three rounds; then from which N on ρ > 1/N."""
    least = {}
    for rounds in range(2, 11):
        (a, b), (c, d) = repeated(rounds).tolist()
        threshold = Fraction(d - b) / Fraction(a - b - c + d)
        assert threshold == Fraction(1, 2 * rounds - 3)
        assert (threshold < Fraction(1, 3)) == (rounds > 3)
        w = 1e-8
        better = [
            N for N in range(2, 200)
            if float(fixation([[a, b], [c, d]], N, moran(w))) * N - 1 > 1e-12
        ]  # fmt: skip
        least[rounds] = better[0] if better else None
        assert not better or better == list(range(better[0], 200))
    assert (least[2], least[3]) == (None, None)
    assert (least[4], least[5], least[10]) == (10, 6, 4)


# Entry 22


@pytest.mark.parametrize(
    ("r", "rho"), [(1.1, 0.0916902), (1.5, 0.3333333), (2.0, 0.5), (1.0, 1 / 50)]
)
def test_constant_fitness(r: float, rho: float) -> None:
    assert constant_fixation(r, 50) == pytest.approx(rho, abs=5e-8)
    found = float(fixation([[r, r], [1, 1]], 50, moran()))
    assert found == pytest.approx(constant_fixation(r, 50), rel=1e-12)


def absorbed(payoffs: list[list[float]], N: int, beta: float) -> float:
    """Solve the chain of the Fermi process for where it ends, in plain numpy."""
    (a, b), (c, d) = payoffs
    matrix = np.eye(N + 1)
    for i in range(1, N):
        one = (a * (i - 1) + b * (N - i)) / (N - 1)
        other = (c * i + d * (N - i - 1)) / (N - 1)
        meet = i * (N - i) / N / (N - 1)
        up = meet / (1 + np.exp(-beta * (one - other)))
        down = meet / (1 + np.exp(beta * (one - other)))
        matrix[i, [i - 1, i, i + 1]] = down, 1 - up - down, up
    inner = np.eye(N - 1) - matrix[1:N, 1:N]
    return float(np.linalg.solve(inner, matrix[1:N, N])[0])


@pytest.mark.parametrize(
    ("payoffs", "beta", "rho"),
    [
        ([[3, 0], [5, 1]], 0.1, 0.00738363),
        ([[3, 0], [5, 1]], 0.01, 0.0430451),
        ([[4, 1], [3, 2]], 0.1, 0.0330716),
        ([[4, 1], [3, 2]], 1.0, 0.0003915623),
        ([[2, -1], [3, 0]], 0.1, 0.0134414274),
    ],
)
def test_fermi(payoffs: list[list[float]], beta: float, rho: float) -> None:
    found = float(fixation(payoffs, 20, fermi(beta)))
    assert found == pytest.approx(rho, rel=2e-6)
    assert found == pytest.approx(absorbed(payoffs, 20, beta), rel=1e-9)


@pytest.mark.parametrize("beta", [1e-3, 0.1, 1.0])
@pytest.mark.parametrize("N", [2, 20, 100])
def test_donation_game_in_closed_form(beta: float, N: int) -> None:
    b, c = 3, 1
    D = c + b / (N - 1)
    closed = np.expm1(beta * D) / np.expm1(beta * N * D)
    found = float(fixation([[b - c, -c], [b, 0]], N, fermi(beta)))
    assert found == pytest.approx(closed, rel=1e-9)


def test_two_individuals_share_as_they_score() -> None:
    scores = repeated(200)
    turned = scores[::-1, ::-1]
    assert turned[0, 1] == 204
    assert float(fixation(turned, 2, moran())) == pytest.approx(204 / 403, rel=1e-14)
