"""Hegemonic trade: one country several times as large as the other.

Two goods, utility √(c_1 c_2) in both countries; A owns λ(e, 1) of them and B (1, e), so that each
exports the good it has more of. A puts a tariff t on its imports and B one of s, and each gives the
revenue back to its people. With good 1 as numeraire the price of good 2 abroad is

    p = [a_1/(2+t) + b_1(1+s)/(2+s)] / [a_2(1+t)/(2+t) + b_2/(2+s)]

and trade ends at (1+t)(1+s) = a_1 b_2/(a_2 b_1). In equilibrium

    1 + t_N = √(e(λe+1)/(λ+e))     1 + s_N = √(e(λ+e)/(λe+1))

(found numerically and confirmed to every digit; H. G. Johnson, "Optimum tariffs and retaliation",
Review of Economic Studies 21, 1953, and J. Kennan and R. Riezman, "Do big countries win tariff
wars?", International Economic Review 29, 1988, ask the question). From λ* on, 2.241 at e = 9, A
does better in a tariff war than under free trade, so that free trade is no bargain; but both still
gain if B opens and A lowers its tariff into a certain range.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from coopgames.games.game import Game
from coopgames.games.grids import grid, named
from coopgames.games.levels import Floats
from coopgames.games.registry import Parameter, entry
from coopgames.games.scenarios.trade import KEOHANE, countries


def war_tariffs(size: float, e: float = 9.0) -> tuple[float, float]:
    """Compute t_N and s_N, the tariffs of A and of B in equilibrium."""
    ratio = (size * e + 1) / (size + e)
    return float(np.sqrt(e * ratio)) - 1, float(np.sqrt(e / ratio)) - 1


def welfare(t: Floats, s: Floats, size: float, e: float = 9.0) -> tuple[Floats, Floats]:
    """Compute the utilities of A and of B.

    Parameters
    ----------
    t, s : ndarray
        Tariffs of A and of B, as shares of the price abroad; they may be broadcast.
    size : float
        λ, how many times as large A is.
    e : float
        How much of its export good a country has, per unit of the other.
    """
    t, s = np.broadcast_arrays(t, s)
    (a1, a2), (b1, b2) = (size * e, size), (1.0, e)
    p = (a1 / (2 + t) + b1 * (1 + s) / (2 + s)) / (a2 * (1 + t) / (2 + t) + b2 / (2 + s))
    in_a, in_b = a1 + p * a2, b1 + p * b2
    with_trade = in_a / (2 + t) * np.sqrt((1 + t) / p), in_b / (2 + s) * np.sqrt((1 + s) / p)
    closed = (1 + t) * (1 + s) >= a1 * b2 / (a2 * b1)
    alone = float(np.sqrt(a1 * a2)), float(np.sqrt(b1 * b2))
    return np.where(closed, alone[0], with_trade[0]), np.where(closed, alone[1], with_trade[1])


def war_gain(size: float, e: float = 9.0) -> tuple[float, float]:
    """Compute by which share A and B do better in a tariff war than under free trade."""
    t, s = war_tariffs(size, e)
    free, war = (welfare(np.array(x), np.array(y), size, e) for x, y in ((0.0, 0.0), (t, s)))
    return float(war[0] / free[0]) - 1, float(war[1] / free[1]) - 1


def critical_size(e: float = 9.0) -> float:
    """Compute λ*, from which on A does better in a tariff war than under free trade."""
    return _root(lambda size: war_gain(size, e)[0], 1.0, 1e3)


def bargains(size: float, e: float = 9.0) -> tuple[float, float]:
    """Compute the lowest and the highest t at which A and B are no worse off than in a tariff war.

    B has no tariff then.
    """
    t, s = war_tariffs(size, e)
    before = welfare(np.array(t), np.array(s), size, e)

    def gain(seat: int, tariff: float) -> float:
        return float(welfare(np.array(tariff), np.array(0.0), size, e)[seat] - before[seat])

    low = 0.0 if gain(0, 0.0) >= 0 else _root(lambda x: gain(0, x), 0.0, t)
    return low, _root(lambda x: -gain(1, x), 0.0, t) if gain(1, t) < 0 else t


def hegemonic_bargain(size: float, e: float = 9.0) -> float:
    """Compute the t of the Nash bargain from the tariff war, B's tariff being 0."""
    low, high = bargains(size, e)
    t_war, s_war = war_tariffs(size, e)
    before = [float(u) for u in welfare(np.array(t_war), np.array(s_war), size, e)]
    for _ in range(60):  # the product of gains has one top between them
        t = np.linspace(low, high, 5)
        u = welfare(t, np.array(0.0), size, e)
        best = int(np.argmax((u[0] - before[0]) * (u[1] - before[1])))
        low, high = t[max(best - 1, 0)], t[min(best + 1, 4)]
    return float((low + high) / 2)


def _root(f: Callable[[float], float], low: float, high: float) -> float:
    """Find where f, below 0 at `low` and above at `high`, is 0."""
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return (low + high) / 2


@entry(
    "hegemonic-trade",
    title="Hegemonic trade",
    encodes=("mixed-interests", "dilemma"),
    story="A large country and a small one set tariffs, and the large one would not lose a tariff "
    "war.",
    source=f"{KEOHANE}: hegemonic cooperation is not a contradiction in terms. H. G. Johnson, "
    "Review of Economic Studies 21 (1953); J. Kennan and R. Riezman, International Economic "
    "Review 29 (1988).",
    parameters={
        "size": Parameter("how many times as large A is as B", 1, unit="times"),
        "e": Parameter("how much of its export good a country has, per unit of the other", 1,
                       above=True, unit="goods"),
        "levels": Parameter("evenly spaced tariffs, besides those of the formulas", 2),
    },
    notice=(
        "The large country does better in a tariff war than under free trade, so free trade is no "
        "bargain. But both gain if the small one opens and the large one keeps a lower tariff: "
        "asymmetric adjustment, mutual gain.",
        "At three times the size every tariff of A between 0.22 and 2.93 with B open is better for "
        "both than war; the Nash bargain is 0.998.",
    ),
    vary=("size: up to 2.241 both can gain by free trade, beyond it only by an unequal bargain.",),
)  # fmt: skip
def hegemonic_trade(size: float = 3.0, e: float = 9.0, levels: int = 13) -> Game:
    """Make the tariff game of two exchange economies, with tariffs up to twice those of war."""
    t_war, s_war = war_tariffs(size, e)
    t = grid(0.0, 2 * t_war, levels, t_war, *bargains(size, e), hegemonic_bargain(size, e))
    s = grid(0.0, 2 * s_war, levels, s_war)
    return Game(
        "hegemonic-trade", welfare(t[:, None], s[None, :], size, e), actions=[named(t), named(s)],
        seats=countries(2),
    )  # fmt: skip
