"""Who would be left: Axelrod's ecological tournaments, and the game whose end is known.

classics-iterated.md, entries 6, 8 and 45b. R. Axelrod, More effective choice in the Prisoner's
Dilemma, J. Conflict Resolution 24 (1980): 379-403, and The Evolution of Cooperation (1984), for
the method. The matrix of the first tournament is quoted from memory, with the checksums of entry 5;
what follows from it is derived, and no published table.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from coopgames.experiments import payoffs_between
from coopgames.games import named_game
from coopgames.play import Horizon
from coopgames.populations import ecology
from coopgames.strategies import Automaton, Strategy

NAMES = ["TFT", "TIDE", "NYD", "GROF", "SHUB", "STEIN", "FRIED", "DAVIS", "GRAAS", "DOWN", "FELD",
         "JOSS", "TULL", "NAMEW", "RAND"]  # fmt: skip

FIRST = np.array(
    [
        [600, 595, 600, 600, 600, 595, 600, 600, 597, 597, 280, 225, 279, 359, 441],
        [600, 596, 600, 601, 600, 596, 600, 600, 310, 601, 271, 213, 291, 455, 573],
        [600, 595, 600, 600, 600, 595, 600, 600, 433, 158, 354, 374, 347, 368, 464],
        [600, 595, 600, 600, 600, 594, 600, 600, 376, 309, 280, 236, 305, 426, 507],
        [600, 595, 600, 600, 600, 595, 600, 600, 348, 271, 274, 272, 265, 448, 543],
        [600, 596, 600, 602, 600, 596, 600, 600, 319, 200, 252, 249, 280, 480, 592],
        [600, 595, 600, 600, 600, 595, 600, 600, 307, 207, 235, 213, 263, 489, 598],
        [600, 595, 600, 600, 600, 595, 600, 600, 307, 194, 238, 247, 253, 450, 598],
        [597, 305, 462, 375, 348, 314, 302, 302, 588, 625, 268, 238, 274, 466, 548],
        [597, 591, 398, 289, 261, 215, 202, 239, 555, 202, 436, 540, 243, 487, 604],
        [285, 272, 426, 286, 297, 255, 235, 239, 274, 704, 246, 236, 272, 420, 467],
        [230, 214, 409, 237, 286, 254, 213, 252, 244, 634, 236, 224, 273, 390, 469],
        [284, 287, 415, 293, 318, 271, 243, 229, 278, 193, 271, 260, 273, 416, 478],
        [362, 231, 397, 273, 230, 149, 133, 173, 187, 133, 317, 366, 345, 413, 526],
        [442, 142, 407, 313, 219, 141, 108, 137, 189, 102, 360, 416, 419, 300, 450],
    ]
)
"""Scores of the first tournament, row player's; see entry 5."""

MEANS = [504.5, 500.4, 485.5, 481.9, 480.7, 477.8, 473.4, 471.8, 400.7, 390.6, 327.6, 304.4, 300.5,
         282.2, 276.3]  # fmt: skip


def test_the_matrix_reproduces_the_published_means() -> None:
    off = np.abs(FIRST.mean(axis=1) - MEANS)
    assert (off < 0.14).sum() == 14
    assert NAMES[int(off.argmax())] == "NYD"
    # Tit for tat never scores more than the other, and never 5 less (entry 4).
    assert set((FIRST[:, 0] - FIRST[0])[:8]) <= {0, 1, 3, 5}


def test_the_nice_inherit_and_then_the_end_game_players_creep_up() -> None:
    went = ecology(FIRST, 1000)
    tft = went.shares[:, 0]
    assert [(t, NAMES[k]) for t, k in went.leaders if t][-1] == (188, "TIDE")
    assert (went.shares[1:188].argmax(axis=1) == 0).all()
    assert (went.shares[188:].argmax(axis=1) == 1).all()
    for g, share in {1: 0.0819, 5: 0.1390, 10: 0.1572, 100: 0.1569, 1000: 0.1236}.items():
        assert tft[g] == pytest.approx(share, abs=5e-4)
    assert (int(tft.argmax()), tft.max()) == (18, pytest.approx(0.1590, abs=5e-4))
    left = went.shares > 0.001
    assert left[10].sum() == 10
    assert left[20:, :8].all()
    assert not left[20:, 8:].any()
    end = dict(zip(NAMES, went.end, strict=True))
    assert end["TIDE"] == pytest.approx(0.2284, abs=5e-4)
    assert end["STEIN"] == pytest.approx(0.2162, abs=5e-4)


N = 10


def defects_last(k: int) -> Strategy:
    """T_k: tit for tat, but in the last k of N periods defect."""
    # State 2t + d: period t, and whether the other defected in the one before.
    mix = [[0, 1] if d or t >= N - k else [1, 0] for t in range(N) for d in range(2)]
    to = [[[2 * min(t + 1, N - 1) + o for o in range(2)]] * 2 for t in range(N) for _ in range(2)]
    return Strategy(f"T_{k}", Automaton(mix, to))


def test_a_known_end_unravels() -> None:
    """Luce & Raiffa (1957); Nachbar (1992), JEBO 19:307."""
    rules = [defects_last(k) for k in range(N + 1)]
    found = payoffs_between(rules, named_game("prisoners-dilemma"), Horizon(N, known=True))
    assert found.exact
    went = ecology(found.matrix, 6000)
    # The entry counts from the first generation in which shares differ; we from the beginning.
    assert [(t - 1, k) for t, k in went.leaders if t] == [
        (0, 2), (33, 3), (93, 4), (178, 5), (343, 6), (658, 7), (1253, 8), (2365, 9), (4420, 10),
    ]  # fmt: skip
    assert went.end[10] > 0.999


def test_the_second_tournament() -> None:
    """45b: the one that is not nice among the first fifteen lives on those who die out."""
    path = Path(__file__).with_name("second_tournament.csv")
    with path.open() as file:
        rows = list(csv.reader(file))
    names = [row[0] for row in rows]
    went = ecology(np.array([row[1:] for row in rows], dtype=float), 1000)
    turns = [(t, names[k]) for t, k in went.leaders]
    assert [name for _, name in turns] == ["k92r", "k75r", "k92r"]
    assert [t for t, _ in turns] == pytest.approx([0, 58, 214], abs=5)
    harrington = went.shares[:, names.index("k75r")]
    assert harrington.max() == pytest.approx(0.138, abs=0.01)
    assert abs(int(harrington.argmax()) - 166) <= 5
    assert harrington[-1] == pytest.approx(0.024, abs=0.01)
    end = dict(zip(names, went.end, strict=True))
    for name, share in {"k92r": 0.183, "k42r": 0.175, "k84r": 0.155}.items():
        assert end[name] == pytest.approx(share, abs=0.01)
