"""Games of other libraries: nashpy, Gambit and quantecon. Each is imported where it is used.

Their payoffs are the goal payoffs; for those that drive choice, give them `by_choice` of a game.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np

from coopgames.games.gambit import from_nfg, to_nfg
from coopgames.games.game import Game
from coopgames.mistakes import Mistake


def to_nashpy(game: Game) -> Any:
    """Make the `nashpy.Game` of a game of two actors; it has no names."""
    nashpy = _library("nashpy", "nashpy")
    if game.n != 2:
        raise Mistake(f"game {game.name!r} has {game.n} actors; a game of nashpy has two")
    return nashpy.Game(game.payoffs[0].copy(), game.payoffs[1].copy())


def from_nashpy(
    other: Any, name: str = "from nashpy", actions: Sequence[Sequence[str]] = ()
) -> Game:
    """Make a game of a `nashpy.Game`.

    Parameters
    ----------
    other : nashpy.Game
        The game.
    name : str
        What to call it.
    actions : sequence of sequence of str, optional
        What to call the actions.
    """
    return Game(name, np.array(other.payoff_matrices), actions)


def to_pygambit(game: Game) -> Any:
    """Make the `pygambit` game of a game of any number of actors, with its names."""
    return _library("pygambit", "pygambit").read_nfg(io.StringIO(to_nfg(game)))


def from_pygambit(other: Any, name: str = "from pygambit") -> Game:
    """Make a game of a `pygambit` game, a tree being taken in its strategic form.

    Parameters
    ----------
    other : pygambit.Game
        The game.
    name : str
        What to call it if it has no title.
    """
    return from_nfg(other.to_nfg(), "pygambit", name)


def to_quantecon(game: Game) -> Any:
    """Make the `quantecon.game_theory.NormalFormGame` of a game; it has no names."""
    theory = _library("quantecon.game_theory", "'coopgames[quantecon]'")
    # A player's axes are its own actions, then those of the players after it, cyclically.
    return theory.NormalFormGame(
        [
            theory.Player(np.ascontiguousarray(u.transpose(_from(seat, game.n))))
            for seat, u in enumerate(game.payoffs)
        ]
    )


def from_quantecon(
    other: Any, name: str = "from quantecon", actions: Sequence[Sequence[str]] = ()
) -> Game:
    """Make a game of a `quantecon.game_theory.NormalFormGame`.

    Parameters
    ----------
    other : quantecon.game_theory.NormalFormGame
        The game.
    name : str
        What to call it.
    actions : sequence of sequence of str, optional
        What to call the actions.
    """
    arrays = [
        np.asarray(u).transpose(np.argsort(_from(seat, len(other.payoff_arrays))))
        for seat, u in enumerate(other.payoff_arrays)
    ]
    return Game(name, arrays, actions)


def _from(seat: int, n: int) -> list[int]:
    """List the seats from this one on, cyclically."""
    return [(seat + i) % n for i in range(n)]


def _library(module: str, package: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise Mistake(
            f"{module.partition('.')[0]} is not installed; to install it: pip install {package}"
        ) from None
