"""The Evolution of Trust, to the integer: classics-iterated.md, entry 9.

N. Case (2017), ncase.me/trust, CC0; rules and the claim of (d) read from its repository (`PD.js`,
`Tournament.js`, `words.html`, commit 78e6793), the numbers recomputed independently.
"""

import numpy as np
import pytest

from coopgames.experiments import payoffs_between
from coopgames.games import two_by_two
from coopgames.play import Horizon
from coopgames.populations import contests
from coopgames.strategies import strategy

CHARACTERS = {
    "copycat": "tit-for-tat", "grudger": "grim", "cheat": "always-defect",
    "detective": "trust-detective", "cooperate": "always-accommodate",
}  # fmt: skip
SEEDS = 200


def matrix(names: list[str], rounds: int, R: float = 2) -> np.ndarray:
    game = two_by_two("trust", R=R, S=-1, T=3, P=0)
    players = [strategy(CHARACTERS[name]) for name in names]
    found = payoffs_between(players, game, Horizon(rounds))
    assert found.exact
    return found.matrix


def test_five_characters() -> None:
    scores = matrix(list(CHARACTERS), 10)
    total = (scores.sum(axis=1) - np.diag(scores)).tolist()
    assert dict(zip(CHARACTERS, total, strict=True)) == {
        "copycat": 57, "grudger": 46, "cheat": 45, "detective": 45, "cooperate": 29,
    }  # fmt: skip


TRIO = ["cooperate", "cheat", "copycat"]


@pytest.mark.parametrize("rounds", range(1, 12))
def test_how_many_rounds_it_takes(rounds: int) -> None:
    """(b) In the tournament of five, cheat is ahead of copycat up to 5 rounds and level at 6."""
    scores = matrix(list(CHARACTERS), rounds)
    total = dict(zip(CHARACTERS, scores.sum(axis=1) - np.diag(scores), strict=True))
    ahead = total["copycat"] - total["cheat"]
    assert np.sign(ahead) == np.sign(rounds - 6)
    if rounds == 6:
        assert total["copycat"] == total["cheat"] == 33


def runs(scores: np.ndarray, start: list[int]) -> list[list[list[int]]]:
    return [
        contests(scores, start, replaced=5, generations=60, seed=seed).tolist()
        for seed in range(SEEDS)
    ]


def test_copycat_inherits_from_those_who_ate_the_others() -> None:
    """(c) The end is the same for every seed, and so is the way, but for one tie.

    At (5, 15, 5) cheat and copycat have 165 points each, so that chance decides who of these twenty
    is copied five times. The entry has the commonest case, in which it is copycat twice.
    """
    courses = runs(matrix(TRIO, 10), [15, 5, 5])
    for course in courses:
        assert course[:3] == [[15, 5, 5], [10, 10, 5], [5, 15, 5]]
        (cooperates, cheats, copies), *later = course[3:]
        assert (cooperates, cheats + copies) == (0, 25)
        assert 5 <= copies <= 10
        assert [c for _, _, c in later] == [
            min(25, copies + 5 * (g + 1)) for g in range(len(later))
        ]
        assert (course[-1], len(course)) == ([0, 0, 25], 7 if copies == 10 else 8)
    copied = [[0, 18, 7], [0, 13, 12], [0, 8, 17], [0, 3, 22], [0, 0, 25]]
    assert copied in [course[3:] for course in courses]


@pytest.mark.parametrize("rounds", range(1, 5))
def test_too_few_rounds(rounds: int) -> None:
    for course in runs(matrix(TRIO, rounds), [15, 5, 5]):
        assert course[-1] == [0, 25, 0]
        assert len(course) == 5


@pytest.mark.parametrize("rounds", range(1, 12))
def test_five_or_less_always_cheat_dominates(rounds: int) -> None:
    """(d) The site's own words: "(here: 5 or less)"."""
    winner = [0, 25, 0] if rounds <= 5 else [0, 0, 25]
    assert all(c[-1] == winner for c in runs(matrix(TRIO, rounds), [23, 1, 1]))


def test_a_lower_reward() -> None:
    """(e) The reward cut from 2 to 1: cheat takes over."""
    assert all(c[-1] == [0, 25, 0] for c in runs(matrix(TRIO, 10, R=1), [23, 1, 1]))
