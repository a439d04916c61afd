"""Revealed regard: what an actor gave up for another, per unit of the other's gain.

Of a step from action b to action a, what the others do being held,

    λ_ij = [u_i(b) − u_i(a)] / [u_j(a) − u_j(b)]

is the weight that i must have given to j's goals to be indifferent to it (theory.md 1.3): 0 where
it cost nothing, as in parametric adjustment; in a prisoner's dilemma with payoffs 5, 3, 1, 0 it is
2/3 to accommodate against one who accommodates, 1/4 against one who does not. A larger move is
taken level by level; its last step is the dearest that i was ready for.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, accommodation
from coopgames.readings.lens import Lens

Floats = NDArray[np.float64]


def revealed_regard(
    game: Game, seat: int, move: tuple[int, int], supposed: Sequence[int], toward: int
) -> Floats:
    """Give the regard that each step of a move reveals.

    Parameters
    ----------
    game : Game
        The game.
    seat : int
        Who moves.
    move : tuple of int
        From which action to which.
    supposed : sequence of int, length n
        What everybody does meanwhile; the entry of `seat` does not count.
    toward : int
        Whose gain is looked at.

    Returns
    -------
    ndarray
        One value a step, in the order of accommodation where there is one, else a single step. NaN
        where the other gains nothing.
    """
    levels = list(move)
    order = accommodation(game)
    if order is not None:
        first, last = (order[seat].index(a) for a in move)
        direction = 1 if last >= first else -1
        levels = [order[seat][k] for k in range(first, last + direction, direction)]
    at = np.array([[*supposed]] * len(levels))
    at[:, seat] = levels
    own, other = game.payoffs[seat][tuple(at.T)], game.payoffs[toward][tuple(at.T)]
    given, got = -np.diff(own), np.diff(other)
    regard = np.full(len(got), np.nan)
    np.divide(given, got, out=regard, where=got > 0)
    return regard


def regards(seen: Lens, course: NDArray[np.int64], before: int | None = None) -> list[list[Floats]]:
    """Give the regard that an actor's acts of forbearance and concession reveal.

    A forbearance is a step from the best reply that is kindest to the other, a concession one from
    the action before; where an act is both, the forbearance is taken. Of a larger move the last
    step counts.

    Parameters
    ----------
    seen : Lens
        How the game's profiles are read.
    course : ndarray of int, shape (T,)
        Numbers of profiles.
    before : int, optional
        The profile of the period before.

    Returns
    -------
    list of list of ndarray
        ``[i][j]``: one value for each such act of i towards j. Openings are left out, since there
        was nothing to suppose.
    """
    acts, game, best = seen.acts, seen.game, seen.structure.best_reply
    done = acts.along(course, before)
    earlier = np.concatenate([[-1 if before is None else before], course[:-1]])
    known: dict[tuple[int, int, int, int], float] = {}

    def one(i: int, j: int, was: int, now: int) -> float:
        key = (i, j, was, int(acts.supposed(i, np.array(was), np.array(now))))
        if key not in known:
            supposed = list(np.unravel_index(was, game.shape))
            a = int(acts.action(i, np.array(now)))
            start = int(supposed[i])
            if acts.forbears[i, j][key[3]]:
                line = (*supposed[:i], slice(None), *supposed[i + 1 :])
                gifts = np.where(best[i][line], game.payoffs[j][line], -np.inf)
                start = int(gifts.argmax())
            steps = revealed_regard(game, i, (start, a), [int(x) for x in supposed], j)
            known[key] = float(steps[-1])
        return known[key]

    return [
        [
            np.array(
                [
                    one(i, j, int(earlier[t]), int(course[t]))
                    for t in np.flatnonzero(done.kind[i, j])
                    if earlier[t] >= 0
                ]
            )
            for j in range(game.n)
        ]
        for i in range(game.n)
    ]
