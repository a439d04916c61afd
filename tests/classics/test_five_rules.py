"""Five rules for the evolution of cooperation: classics-iterated.md, entry 20.

M. A. Nowak, Five rules for the evolution of cooperation, Science 314 (2006): 1560-1563, table 1
(quoted from memory, recomputed). Each rule makes of the donation game, benefit b and cost c, a
matrix [[α, β], [γ, δ]] of cooperators and defectors. Cooperators are an ESS if α > γ,
risk-dominant if α + β > γ + δ, and advantageous if α + 2β > γ + 2δ.
"""

from collections.abc import Callable
from fractions import Fraction

import pytest

from coopgames.populations import fixation, fixations, moran, rare_mutations, stability

F = Fraction
Matrix = list[list[Fraction]]


def kin(b: Fraction, r: Fraction) -> Matrix:
    return [[(b - 1) * (1 + r), b * r - 1], [b - r, F(0)]]


def direct(b: Fraction, w: Fraction) -> Matrix:
    return [[(b - 1) / (1 - w), F(-1)], [b, F(0)]]


def indirect(b: Fraction, q: Fraction) -> Matrix:
    return [[b - 1, -(1 - q)], [b * (1 - q), F(0)]]


def network(b: Fraction, k: Fraction) -> Matrix:
    H = ((b - 1) * k - 2) / ((k + 1) * (k - 2))
    return [[b - 1, H - 1], [b - H, F(0)]]


def group(b: Fraction, n_over_m: Fraction) -> Matrix:
    n, m = n_over_m, F(1)
    return [[(b - 1) * (n + m), (b - 1) * m - n], [b * n, F(0)]]


Rule = Callable[[Fraction, Fraction], Matrix]
TABLE: list[tuple[Rule, Fraction, Fraction, Fraction, Fraction]] = [
    *((kin, r, 1 / r, 1 / r, 1 / r) for r in (F(1, 2), F(1, 8))),
    *((direct, w, 1 / w, (2 - w) / w, (3 - 2 * w) / w) for w in (F(9, 10), F(1, 3))),
    *((indirect, q, 1 / q, (2 - q) / q, (3 - 2 * q) / q) for q in (F(3, 4), F(1, 5))),
    *((network, k, k, k, k) for k in (F(3), F(4), F(10))),
    *((group, x, 1 + x, 1 + x, 1 + x) for x in (F(1, 2), F(3))),
]
"""A rule, its parameter, and the thresholds of b/c for ESS, risk dominance and advantage."""

STEP = F(1, 10**6)


@pytest.mark.parametrize(("rule", "x", "ess", "dominant", "advantageous"), TABLE)
def test_thresholds(
    rule: Rule, x: Fraction, ess: Fraction, dominant: Fraction, advantageous: Fraction
) -> None:
    def margins(b: Fraction) -> tuple[Fraction, Fraction, Fraction]:
        (a, s), (t, p) = rule(b, x)
        return a - t, a + s - t - p, a + 2 * s - t - 2 * p

    for i, threshold in enumerate((ess, dominant, advantageous)):
        assert margins(threshold)[i] == 0
        assert margins(threshold - STEP)[i] < 0 < margins(threshold + STEP)[i]
    # And as the functions see it: exactly at the threshold no longer, and just above it.
    strict = {"strict", "evolutionarily stable"}
    assert stability(rule(ess + STEP, x))[0].kind in strict
    assert stability(rule(ess - STEP, x))[0].kind == "invaded"
    # Weak selection in a large population: the one-third law, and who takes over whom more easily.
    N, weak = 4000, moran(1e-9)
    for sign in (-1, 1):
        b = advantageous * (1 + sign * F(1, 20))
        assert (float(fixation(floats(rule(b, x)), N, weak)) * N - 1) * sign > 0
        b = dominant * (1 + sign * F(1, 20))
        rho = fixations(floats(rule(b, x)), N, weak)
        assert (rho[0, 1] - rho[1, 0]) * sign > 0
        assert (rare_mutations(floats(rule(b, x)), N, weak).shares[0] - 0.5) * sign > 0


def floats(matrix: Matrix) -> list[list[float]]:
    return [[float(x) for x in row] for row in matrix]
