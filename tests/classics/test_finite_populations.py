"""Cycles, catalysts and conventions in finite populations.

classics-iterated.md, entries 28 (L. A. Imhof, D. Fudenberg & M. A. Nowak, Evolutionary cycles of
cooperation and defection, PNAS 102 (2005): 10797-10800), 32 (C. Hilbe, M. A. Nowak & K. Sigmund,
Evolution of extortion in iterated prisoner's dilemma games, PNAS 110 (2013): 6913-6918; C. Adami &
A. Hintze, Nature Communications 4 (2013): 2193) and 35, and classics-international.md C34 (M.
Kandori, G. J. Mailath & R. Rob, Econometrica 61 (1993): 29-56; H. P. Young, ibid.: 57-84). The
models are theirs; the numbers are recomputed, and no tables of theirs.
"""

import numpy as np
import pytest

from coopgames.experiments import payoffs_between
from coopgames.games import two_by_two
from coopgames.play import Horizon
from coopgames.populations import best_reply_chain, ecology, fermi, moran, rare_mutations, stability
from coopgames.strategies import Strategy, memory_one, strategy

# Entry 28

CYCLE = [[30, 1, 30], [50, 10, 14], [29.2, 8.3, 29.2]]
"""AllC, AllD and a tit for tat that costs .8, over ten rounds of 5, 3, 1, 0.1."""


@pytest.mark.parametrize(
    ("N", "shares"),
    [
        (10, (0.1018, 0.3785, 0.5197)),
        (20, (0.0763, 0.3527, 0.5710)),
        (50, (0.0454, 0.4189, 0.5357)),
        (100, (0.0276, 0.5776, 0.3948)),
        (500, (0.0006, 0.991, 0.0085)),
    ],
)
def test_cycles(N: int, shares: tuple[float, ...]) -> None:
    assert rare_mutations(CYCLE, N, moran()).shares == pytest.approx(shares, abs=5e-4)


def test_weak_selection_favours_tit_for_tat() -> None:
    found = rare_mutations(CYCLE, 100, moran(0.01)).shares
    assert found == pytest.approx((0.056, 0.3546, 0.5893), abs=5e-4)


def test_the_payoffs_of_the_cycle() -> None:
    game = two_by_two("cycle", R=3, S=0.1, T=5, P=1)
    players = [strategy(x) for x in ("always-accommodate", "always-defect", "tit-for-tat")]
    found = payoffs_between(players, game, Horizon(10)).matrix
    assert found - 0.8 * np.array([[0], [0], [1]]) == pytest.approx(np.array(CYCLE), abs=1e-9)


def test_without_chance_defection_is_left() -> None:
    """Starting with all alike, the replicator dynamics end with always-defect."""
    assert ecology(CYCLE, 2000).end == pytest.approx([0, 1, 0], abs=1e-6)


# Entry 32


def test_zero_determinant_strategies_are_not_stable() -> None:
    """(a) At the payoffs 3, 0, 5, 1."""
    zd = Strategy("zd", memory_one(0.99, 0.99, 0.97, 0.02, 0.01))
    pavlov = Strategy("pavlov", memory_one(1, 1, 0, 0, 1))
    game = two_by_two("pd", R=3, S=0, T=5, P=1)
    found = payoffs_between([zd, pavlov], game, Horizon()).matrix
    assert found == pytest.approx(np.array([[2, 27 / 11], [2, 3]]), abs=1e-6)
    mine, theirs = stability(found.tolist())
    assert (mine.kind, theirs.kind) == ("invaded", "strict")
    assert mine.invaders == (1,)


DONATION = two_by_two("donation", R=2, S=-1, T=3, P=0)
FIVE = [
    Strategy("extort-2", memory_one(0, 0.8, 0.3, 0.5, 0)),
    *(strategy(x) for x in ("always-accommodate", "always-defect", "tit-for-tat")),
    strategy("win-stay-lose-shift"),
]
SHARES = {
    2: (0.248, 0.139), 3: (0.185, 0.194), 5: (0.099, 0.309), 10: (0.030, 0.521),
    20: (0.006, 0.790), 50: (0.0, 0.993),
}  # fmt: skip
"""Of extortion and of win-stay lose-shift, by the size of the population."""


def matrix_of_five() -> np.ndarray:
    """Give the long-run payoffs where slips are as rare as can be."""
    return payoffs_between(FIVE, DONATION, Horizon(), noise=1e-9).matrix


def test_what_extortion_gets() -> None:
    found = matrix_of_five()
    assert (found[0, 1], found[1, 0]) == pytest.approx((16 / 7, 8 / 7), abs=1e-7)
    assert (found[0, 4], found[4, 0]) == pytest.approx((16 / 19, 8 / 19), abs=1e-7)
    assert found[0, [0, 2, 3]] == pytest.approx([0, 0, 0], abs=1e-7)


def test_extortion_is_a_catalyst() -> None:
    """(b) It is common in small populations only, and win-stay lose-shift then takes its place."""
    matrix = matrix_of_five()
    found = {N: rare_mutations(matrix, N, fermi(1)).shares[[0, 4]] for N in SHARES}
    for N, shares in SHARES.items():
        assert found[N] == pytest.approx(shares, abs=2e-3)
    course = np.array(list(found.values()))
    assert (np.diff(course[:, 0]) < 0).all()
    assert (np.diff(course[:, 1]) > 0).all()


# Entry 35 and C34


def majority(payoffs: list[list[float]], mistakes: float, **more: bool) -> float:
    """The share of time in which more than half of ten take the first action."""
    return float(best_reply_chain(payoffs, 10, mistakes, **more)[6:].sum())


@pytest.mark.parametrize(
    ("mistakes", "stag"), [(0.2, 0.0066), (0.1, 1.5e-4), (0.05, 3e-6)]
)  # fmt: skip
def test_the_stag_hunt_ends_with_hares(mistakes: float, stag: float) -> None:
    found = majority([[4, 0], [3, 3]], mistakes, including_oneself=True)
    assert found == pytest.approx(stag, rel=0.05)


def test_the_risk_dominant_convention_lasts() -> None:
    """35: stag is risk-dominant at 5, 0, 3, 1.5; everyone replies to the mix of all."""
    course = [
        majority([[5, 0], [3, 1.5]], e, including_oneself=True) for e in (0.2, 0.1, 0.05, 0.02)
    ]
    assert course == pytest.approx([0.811, 0.916, 0.958, 0.983], abs=1e-3)
    assert course == sorted(course)
    assert majority([[5, 0], [3, 1.5]], 1e-6, including_oneself=True) > 1 - 2e-6


@pytest.mark.parametrize(
    ("payoffs", "shares", "limit"),
    [
        ([[4, 0], [3, 2]], (0.0082, 0.0002), 0),
        ([[5, 0], [3, 1]], (0.9645, 0.9983, 0.9999), 1),
        ([[4, 1], [3, 2]], (0.481,), 0.5),
    ],
)
def test_conventions(payoffs: list[list[float]], shares: tuple[float, ...], limit: float) -> None:
    """C34: everyone replies to the mix of the others; the first lasts iff a + b > c + d."""
    for mistakes, share in zip((0.2, 0.1, 0.05), shares, strict=False):
        assert majority(payoffs, mistakes) == pytest.approx(share, abs=5.1e-4)
    assert majority(payoffs, 1e-5) == pytest.approx(limit, abs=1e-6)
