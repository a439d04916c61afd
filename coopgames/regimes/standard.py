"""Two public states that much of the theory is about: an agreement with reversion, and standing.

*Reversion.* All are asked for one action. After an alarm everyone is free for some periods, or for
ever, and then the agreement holds again. If whoever is free does what is best for itself, this is
the trigger of J. W. Friedman (Rev. Econ. Studies 38, 1971) and, where the alarm errs, that of
E. J. Green and R. H. Porter, "Noncooperative collusion under imperfect price information",
Econometrica 52, 1984.

*Standing.* Who does what is asked is in good standing; who does not loses it, until it has done so
again. Towards somebody in bad standing whoever is in good standing is free (R. Sugden, The
Economics of Rights, Co-operation and Welfare, 1986, ch. 6; R. Boyd, "Mistakes allow evolutionary
stability in the repeated prisoner's dilemma game", J. Theor. Biol. 136, 1989).

In both the regime *permits* an answer to a violation. Whether there is one, and what it costs, is
the actors' business.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games import tallies
from coopgames.mistakes import Mistake
from coopgames.regimes.public import PublicRegime
from coopgames.strategies import ACCOMMODATE, FREE, Label

Floats = NDArray[np.float64]
Rate = float | tuple[float, float]
T = TypeVar("T")


def anyone_breaks(shape: tuple[int, ...], asked: int = ACCOMMODATE) -> NDArray[np.bool_]:
    """Say in which profiles of seats with so many actions somebody withholds more than is asked."""
    return np.asarray((np.indices(shape) > asked).any(axis=0))


def anyone_of_the_group_breaks(n: int, k: int = 2, asked: int = ACCOMMODATE) -> NDArray[np.bool_]:
    """Say in which tallies of n actors with k actions somebody withholds more than is asked."""
    return np.asarray(tallies(n + 1, k)[:, asked + 1 :].any(axis=1))


def watched(breaks: ArrayLike, hit: float = 1.0, false_alarm: float = 0.0) -> Floats:
    """Give the signals of a watch: quiet (0), or one alarm for all (1).

    Parameters
    ----------
    breaks : array_like of bool
        Whether a profile is a violation, profile by profile.
    hit, false_alarm : float
        Probability of an alarm after a violation, and after none.

    Returns
    -------
    ndarray, shape (*profiles, 2)
    """
    alarm = np.where(np.asarray(breaks, dtype=bool), *_rates(hit, false_alarm))
    return np.stack([1 - alarm, alarm], axis=-1)


def _rates(hit: float, false_alarm: float) -> tuple[float, float]:
    for name, p in (("hit", hit), ("false_alarm", false_alarm)):
        if not 0 <= p <= 1:
            raise Mistake(f"{name} = {p:g} is no probability; it must lie in [0, 1]")
    return hit, false_alarm


def reversion(
    breaks: ArrayLike,
    *,
    asked: int | Sequence[int] = ACCOMMODATE,
    instead: int | Sequence[int] = FREE,
    hit: float = 1.0,
    false_alarm: float = 0.0,
    periods: int | None = None,
) -> PublicRegime:
    """Make an agreement that is suspended after an alarm.

    Parameters
    ----------
    breaks : array_like of bool
        Which profiles are violations, as of `watched`.
    asked : int or sequence of int
        What the agreement asks of everybody, or of each seat, in role order.
    instead : int or sequence of int
        What is asked while it is suspended; by default nothing is.
    hit, false_alarm : float
        As of `watched`.
    periods : int, optional
        For how many periods it is suspended; for ever by default.

    Returns
    -------
    PublicRegime
    """
    if periods is not None and periods < 1:
        raise Mistake(f"periods = {periods}; an agreement is suspended for at least 1")
    T = 1 if periods is None else periods
    names = ["broken"] if periods is None else [f"{T - t} to go" for t in range(T)]
    following = [[1, 1]] if periods is None else [[(t + 2) % (T + 1)] * 2 for t in range(T)]
    first, second = _each(asked, instead)
    label = [[Label(a) for a in first], *[[Label(a) for a in second]] * T]
    return PublicRegime(
        [[0, 1], *following], label, watched(breaks, hit, false_alarm), 0,
        ["agreed", *names], ("quiet", "alarm"),
    )  # fmt: skip


def _each(*asked: int | Sequence[int]) -> list[list[int]]:
    """Give what is asked of each seat, for as many seats as anything is asked for."""
    return [row.tolist() for row in np.broadcast_arrays(*map(np.atleast_1d, asked))]


def standing(
    shape: tuple[int, int] = (2, 2),
    *,
    asked: int | tuple[int, int] = ACCOMMODATE,
    hit: Rate = 1.0,
    false_alarm: Rate = 0.0,
    breaks: Sequence[ArrayLike] | None = None,
) -> PublicRegime:
    """Make a public record of each seat's standing.

    Parameters
    ----------
    shape : tuple of int
        Number of actions of each seat.
    asked : int or tuple of int
        What is asked of everybody, or of each; `FREE` for nothing.
    hit, false_alarm : float or tuple of float
        Probability that a seat is reported after a violation, and after none, for all or for each;
        independently for each seat, and the same report for both.
    breaks : sequence of array_like of bool, optional
        For each seat, which of its actions are violations; by default those that withhold more
        than is asked. Who is asked for nothing is never reported.

    Returns
    -------
    PublicRegime
        With a state for each pair of standings and a signal for each pair of reports.
    """
    lines = _both(asked)
    rates = [_rates(*pair) for pair in zip(_both(hit), _both(false_alarm), strict=True)]
    if breaks is None:
        breaks = [np.arange(k) > line for k, line in zip(shape, lines, strict=True)]
    reported = [
        np.where(np.asarray(broken, dtype=bool), *rate) * (line != FREE)
        for line, broken, rate in zip(lines, breaks, rates, strict=True)
    ]
    kinds = list(product((False, True), repeat=2))  # seat by seat, whether it is reported
    either = [np.stack([1 - p, p]) for p in reported]  # (not reported or reported) × actions
    signal = np.einsum("ra,sb->abrs", *either).reshape(*shape, 4)
    states = list(product((True, False), repeat=2))
    number = {state: m for m, state in enumerate(states)}

    def after(state: tuple[bool, ...], kind: tuple[bool, ...]) -> int:
        free = [state[i] and not state[1 - i] for i in range(2)]
        return number[tuple(free[i] or not kind[i] for i in range(2))]

    def shown(seat: int, own: bool, other: bool) -> Label:
        return Label(FREE if own and not other else lines[seat], own, other)

    word = {True: "good", False: "bad"}
    return PublicRegime(
        [[after(state, kind) for kind in kinds] for state in states],
        [[shown(0, a, b), shown(1, b, a)] for a, b in states],
        signal,
        0,
        [f"{word[a]}, {word[b]}" for a, b in states],
        ("none reported", "the second", "the first", "both"),
    )


def _both(value: T | tuple[T, T]) -> tuple[T, T]:
    return value if isinstance(value, tuple) else (value, value)
