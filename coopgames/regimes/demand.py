"""What an injunction speaks of: a set of actions, perhaps by what was done last.

    form               the actions of seat i                                          memory
    Listed(actions)    those of these names                                           1
    Within(low, high)  those whose names are numbers from low to high                 1
    NoMore("own")      none that withholds more than its own last action              kⁿ
    NoMore("others")   none that withholds more than the others' most withholding     kⁿ
                       last action

The last two go by the game's order from the most accommodating to the most withholding action
(`coopgames.games.accommodation`). "own" is a standstill: no step back, as in a move towards ever
freer trade. "others" is reciprocity: nobody needs to do better than another did. In the first
period they demand nothing.

*Cases.* A set may depend on what was done last, so it is a table: ``[p, r, a]`` says whether action
*a* is in the set if one's own last action was the p-th in that order and the others' most
withholding one the r-th. Axes that do not matter have length 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.regimes.when import Mask


@dataclass(frozen=True)
class Listed:
    """Actions by their names."""

    actions: tuple[str, ...]


@dataclass(frozen=True)
class Within:
    """Actions whose names are numbers, from `low` to `high`, both included."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class NoMore:
    """Actions that withhold no more than one's own last, or the others' most withholding last."""

    than: Literal["own", "others"]


Demand = Listed | Within | NoMore


def cases(demand: Demand, actions: Sequence[str], order: Sequence[int] | None) -> Mask:
    """Make the table of the actions that a demand speaks of.

    Parameters
    ----------
    demand : Demand
        What is spoken of.
    actions : sequence of str
        The names of the seat's actions.
    order : sequence of int or None
        Its actions from the most accommodating to the most withholding, if there is such an order.

    Returns
    -------
    ndarray of bool, shape (k or 1, k or 1, k)
        See the module.

    Raises
    ------
    Mistake
        If an action's name is no number where numbers are needed, or there is no order where one
        is.
    """
    k = len(actions)
    if isinstance(demand, Listed):
        return np.isin(list(actions), demand.actions).reshape(1, 1, k)
    if isinstance(demand, Within):
        levels = _numbers(actions)
        low = -np.inf if demand.low is None else demand.low
        high = np.inf if demand.high is None else demand.high
        return ((low <= levels) & (levels <= high)).reshape(1, 1, k)
    if order is None:
        raise Mistake(
            "the game does not say which of its actions withhold more; give it roles, or list the "
            "actions"
        )
    place = np.empty(k, dtype=int)
    place[list(order)] = range(k)
    table = place[None, :] <= np.arange(k)[:, None]
    return table[:, None, :] if demand.than == "own" else table[None, :, :]


def at(table: Mask, own: int, others: int) -> Mask:
    """Give the set in one case.

    Parameters
    ----------
    table : ndarray of bool
        What `cases` makes.
    own, others : int
        The place of one's own last action, and of the others' most withholding, in the order.
    """
    p, r = (i if length > 1 else 0 for i, length in zip((own, others), table.shape, strict=False))
    return np.asarray(table[p, r])


def _numbers(actions: Sequence[str]) -> np.ndarray:
    try:
        return np.array([float(a) for a in actions])
    except ValueError:
        other = next(a for a in actions if not _number(a))
        raise Mistake(
            f'action "{other}" is no number, so there are none from one to another; list the '
            "actions"
        ) from None


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
