"""The chain of those who reply to one another and make mistakes, against all it can do."""

import subprocess
import sys
from itertools import product

import numpy as np
import pytest
from brute import stationary

from coopgames.mistakes import Mistake
from coopgames.populations import best_reply_chain


def by_listing(payoffs, N, eps, *, including_oneself):
    """Everyone's choice, one by one, over all 2^N profiles."""
    P = np.zeros((N + 1, N + 1))
    for i in range(N + 1):
        chance = []
        for person in range(N):
            takes = person < i
            seen = [
                i - (takes and not including_oneself),
                N - i - (not takes) * (not including_oneself),
            ]
            values = [sum(p * s for p, s in zip(row, seen, strict=True)) for row in payoffs]
            best = 0.5 if values[0] == values[1] else float(values[0] > values[1])
            chance.append(best * (1 - eps) + (1 - best) * eps)
        for profile in product((0, 1), repeat=N):
            P[i, sum(profile)] += np.prod(
                [p if a else 1 - p for p, a in zip(chance, profile, strict=True)]
            )
    return stationary(P)


@pytest.mark.parametrize("including_oneself", [False, True])
@pytest.mark.parametrize("payoffs", [[[4, 1], [3, 2]], [[5, 0], [3, 1]], [[1, 2], [2, 1]]])
def test_everyone_one_by_one(payoffs, including_oneself):
    found = best_reply_chain(payoffs, 6, 0.1, including_oneself=including_oneself)
    expected = by_listing(payoffs, 6, 0.1, including_oneself=including_oneself)
    assert found == pytest.approx(expected, abs=1e-12)


def test_mistakes():
    with pytest.raises(Mistake, match="above 0"):
        best_reply_chain([[1, 0], [0, 1]], 6, 0)
    with pytest.raises(Mistake, match="3 actions"):
        best_reply_chain(np.eye(3), 6, 0.1)


def test_nothing_heavy_is_loaded_with_the_room():
    code = (
        "import sys, coopgames.populations\n"
        "assert not {'numba', 'scipy', 'matplotlib'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
