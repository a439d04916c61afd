"""Games of nashpy, Gambit and quantecon; Gambit's are tested in test_gambit.py."""

import sys

import numpy as np
import pytest

from coopgames.games import (
    Game,
    from_nashpy,
    from_quantecon,
    to_nashpy,
    to_pygambit,
    to_quantecon,
)
from coopgames.mistakes import Mistake

THREE = Game("three", np.random.default_rng(3).normal(size=(3, 2, 3, 4)))
TWO = Game("two", np.random.default_rng(2).normal(size=(2, 3, 4)))


def test_nashpy_and_back():
    nashpy = pytest.importorskip("nashpy")
    theirs = to_nashpy(TWO)
    assert isinstance(theirs, nashpy.Game)
    x, y = np.array([0.5, 0.5, 0]), np.array([0, 0, 0, 1])
    assert theirs[x, y].tolist() == [float(x @ u @ y) for u in TWO.payoffs]
    again = from_nashpy(theirs, "two")
    assert again == TWO
    zero_sum = from_nashpy(nashpy.Game(TWO.payoffs[0]), actions=[list("abc"), list("wxyz")])
    assert (zero_sum.payoffs.sum(axis=0) == 0).all()
    assert zero_sum.actions == (("a", "b", "c"), ("w", "x", "y", "z"))
    with pytest.raises(Mistake, match="'three' has 3 actors; a game of nashpy has two"):
        to_nashpy(THREE)


def test_a_game_of_nashpy_is_a_copy():
    theirs = to_nashpy(TWO)
    theirs.payoff_matrices[0][:] = 0
    assert TWO.payoffs[0].any()


@pytest.mark.parametrize("game", [TWO, THREE, Game("alone", [[1, 2]])], ids=lambda g: g.name)
def test_quantecon_and_back(game):
    pytest.importorskip("quantecon")
    theirs = to_quantecon(game)
    for profile in np.ndindex(game.shape):
        paid = np.ravel(theirs[profile if game.n > 1 else profile[0]])
        assert paid.tolist() == [u[profile] for u in game.payoffs]
    assert from_quantecon(theirs, game.name) == game


@pytest.mark.parametrize(
    ("make", "module", "package"),
    [
        (to_nashpy, "nashpy", "nashpy"),
        (to_pygambit, "pygambit", "pygambit"),
        (to_quantecon, "quantecon", "'coopgames\\[quantecon\\]'"),
    ],
)
def test_what_is_not_installed_is_a_mistake_with_the_command(monkeypatch, make, module, package):
    for name in (module, f"{module}.game_theory"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(Mistake, match=f"{module} is not installed.*pip install {package}"):
        make(TWO)
