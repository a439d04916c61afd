"""What a strategy expects, period by period: its beliefs replayed from a course."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, accommodation
from coopgames.mistakes import Mistake
from coopgames.strategies.compiled import Compiled, Seen
from coopgames.strategies.guided import Label
from coopgames.strategies.strategy import Strategy


def beliefs(
    strategy: Strategy,
    own: Sequence[int],
    observed: Sequence[int],
    game: Game,
    *,
    seat: int = 0,
    horizon: int | None = None,
    labels: Sequence[Label] = (),
) -> NDArray[np.float64]:
    """Replay a course and say what a strategy expected the other to do in each period.

    Parameters
    ----------
    strategy : Strategy
        One that holds a belief: see ``strategy.rule.belief``.
    own, observed : sequence of int, length T
        What it did, as realised, and what it observed the other to do, period by period; 0 for
        the accommodating action and 1 for the withholding one.
    game : Game
        What was played; two actors with two actions each.
    seat : int
        Which seat of the game it had.
    horizon : int, optional
        The number of periods, where it was told.
    labels : sequence of Label, length T, optional
        What a regime showed it in each period, where there was one.

    Returns
    -------
    ndarray, shape (T, 2)
        In row t, the probabilities with which it expected the other to accommodate and to withhold
        in period t, before that happened.

    Raises
    ------
    Mistake
        If it holds no belief, or the courses do not fit each other or the game.
    """
    rule = strategy.rule
    if not isinstance(rule, Compiled) or rule.belief is None:
        raise Mistake(f"{strategy.name} holds no belief that could be replayed")
    if labels and len(labels) != len(own):
        raise Mistake(f"{strategy.name}: {len(own)} periods with {len(labels)} labels")
    if len(own) != len(observed) or not {*own, *observed} <= {0, 1}:
        raise Mistake(
            f"{strategy.name}: the two courses must be of one length, with 0 for accommodating and "
            "1 for withholding"
        )
    payoffs, memory = _as_seen(game, seat), np.array(rule.memory, dtype=np.float64)
    expected = np.empty((len(own), 2))
    before = (-1, -1)
    with np.errstate(over="ignore"):  # draws wrap round
        for t, now in enumerate(zip(own, observed, strict=True)):
            label = labels[t].code if labels else -1
            seen = Seen(*before, t, -1 if horizon is None else horizon, label)
            rule.function(memory, seen, payoffs, np.uint64(0))  # no belief depends on luck
            expected[t] = memory[rule.belief], 1 - memory[rule.belief]
            before = now
    return expected


def _as_seen(game: Game, seat: int) -> NDArray[np.float64]:
    """Give the payoffs as a strategy in a seat sees them: its own first, actions in role order."""
    roles = accommodation(game)
    if game.shape != (2, 2) or roles is None:
        raise Mistake(
            f"game {game.name!r} is not one of two actors with an accommodating and a withholding "
            "action each"
        )
    if seat not in range(2):
        raise Mistake(f"seat = {seat}: the seats of {game.name!r} are 0 and 1")
    payoffs = game.payoffs[np.ix_(range(2), *roles)]
    return np.ascontiguousarray(payoffs if seat == 0 else payoffs[::-1].transpose(0, 2, 1))
