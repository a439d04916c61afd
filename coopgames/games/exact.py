"""Payoffs as fractions, where a tie must be a tie.

A payoff is a float: 0.1 and 1/3 as near as the computer can hold them, 0.1 + 0.2 a little beside
0.3. Whether three actions are equally good against a mixture hangs on such last digits. So each
payoff is taken as the simplest fraction nearby, simplest meaning the smallest denominator, within
`NEAR` of the seat's range: 1/10, 1/3, 3/10. That is far less than what counts as a difference
(`levels`), and from there on nothing is rounded.
"""

from __future__ import annotations

from fractions import Fraction

from coopgames.games.game import Game
from coopgames.games.levels import levelled, ranges

NEAR = Fraction(1, 10**9)
"""So near, as a share of the seat's range, a fraction stands for a payoff."""


def exact_payoffs(game: Game) -> list[list[Fraction]]:
    """Give each seat's payoffs as fractions, profiles in the order of the game's actions."""
    table = levelled(game).payoffs.reshape(game.n, -1)
    exact = []
    for own, width in zip(table.tolist(), ranges(game).tolist(), strict=True):
        slack = NEAR * Fraction(width)
        known = {x: simplest(Fraction(x) - slack, Fraction(x) + slack) for x in set(own)}
        exact.append([known[x] for x in own])
    return exact


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """Find the fraction with the smallest denominator from `low` to `high`.

    Where several have it, the one nearest to 0. Its continued fraction begins as those of both
    ends do.
    """
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest(-high, -low)
    whole = low.numerator // low.denominator
    if whole == low or whole + 1 <= high:
        return Fraction(whole if whole == low else whole + 1)
    return whole + 1 / simplest(1 / (high - whole), 1 / (low - whole))
