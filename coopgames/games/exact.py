"""Payoffs as fractions, where a tie must be a tie.

A payoff is a float: 0.1 and 1/3 as near as the computer can hold them, 0.1 + 0.2 a little beside
0.3. Whether three actions are equally good against a mixture hangs on such last digits. So each
payoff is taken as the simplest fraction nearby, simplest meaning the smallest denominator, within
`NEAR` of the seat's range: 1/10, 1/3, 3/10. That is far less than what counts as a difference
(`levels`), and from there on nothing is rounded.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from coopgames.games.game import Game
from coopgames.games.levels import levelled, ranges

NEAR = Fraction(1, 10**9)
"""So near, as a share of the seat's range, a fraction stands for a payoff."""


def exact_payoffs(game: Game, kept: tuple[list[int], list[int]]) -> list[list[list[Fraction]]]:
    """Give each seat's payoffs as fractions.

    Parameters
    ----------
    game : Game
        Two actors.
    kept : tuple of list of int
        For each seat the actions that are wanted.

    Returns
    -------
    list
        For each seat a row for each action of the first, as in the game's payoffs.
    """
    exact = []
    for own, width in zip(levelled(game).payoffs, ranges(game).tolist(), strict=True):
        table, slack = own[np.ix_(*kept)], NEAR * Fraction(width)
        known = {
            x: simplest(Fraction(x) - slack, Fraction(x) + slack) for x in np.unique(table).tolist()
        }
        exact.append([[known[x] for x in row] for row in table.tolist()])
    return exact


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """Find the fraction with the smallest denominator from `low` to `high`.

    Where several have it, the one nearest to 0. Its continued fraction begins as those of both
    ends do, and goes on with the smallest whole number that parts them.
    """
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest(-high, -low)
    a, b, c, d = low.numerator, low.denominator, high.numerator, high.denominator
    wholes = []
    while True:
        whole, rest = divmod(a, b)
        if rest == 0 or (whole + 1) * d <= c:
            wholes.append(whole + (rest > 0))
            break
        wholes.append(whole)
        a, b, c, d = d, c - whole * d, b, rest  # between the inverses of what is left
    top, bottom = wholes[-1], 1
    for whole in reversed(wholes[:-1]):
        top, bottom = whole * top + bottom, top
    return Fraction(top, bottom)
