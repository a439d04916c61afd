"""What one act does to all that follows: interventions, exactly (theory.md 1.5.11).

do(a_i,t = C) makes an actor mean to take an action in a period, whatever its strategy says, and
leaves all else as it is. For automata that is another automaton, which counts the periods up to the
last act; so the course under an intervention is solved like any other, slips and misperceptions
included. (A hand that slips does so in a compelled period too.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from coopgames.games import compatibility
from coopgames.mistakes import Mistake
from coopgames.play import Match, outcomes_over_time
from coopgames.regimes import order_effect, residue
from coopgames.strategies import Automaton, Strategy

Floats = NDArray[np.float64]
Acts = Mapping[int, int]
"""Actions by period; both are counted from 0, and action 0 accommodates."""


def compelled(strategy: Strategy, acts: Acts) -> Strategy:
    """Make the strategy that does certain things in certain periods and else what it would do.

    Parameters
    ----------
    strategy : Strategy
        An automaton.
    acts : mapping of int to int
        What it does, in role order, by period.

    Raises
    ------
    Mistake
        If it is no automaton, or there is no such action or period.
    """
    rule = strategy.rule
    if not isinstance(rule, Automaton):
        raise Mistake(f"{strategy.name} is no automaton; only the acts of these are solved")
    for period, action in acts.items():
        if period < 0 or not 0 <= action < rule.k:
            raise Mistake(
                f"action {action} in period {period}: periods count from 0, and {strategy.name} "
                f"has actions 0 to {rule.k - 1}"
            )
    last = max(acts, default=-1)
    S = len(rule.mix)
    # State s at clock t has number t·S + s; from last + 1 on the clock stands.
    mix = np.tile(rule.mix, (last + 2, 1))
    to = np.concatenate([rule.next + S * min(t + 1, last + 1) for t in range(last + 2)])
    for period, action in acts.items():
        mix[period * S : (period + 1) * S] = np.eye(rule.k)[action]
    return replace(strategy, rule=Automaton(mix, to, rule.initial), family="own")


def compatibility_over_time(
    match: Match, periods: int, acts: Mapping[int, Acts] | None = None
) -> Floats:
    """Compute E[C_t], how compatible play is, period by period.

    Parameters
    ----------
    match : Match
        Two automata; its horizon doesn't matter.
    periods : int
        How many periods to look at.
    acts : mapping of int to mapping, optional
        For a seat, what it is made to do by period.

    Returns
    -------
    ndarray, shape (periods,)
        In a prisoner's dilemma the share of actors that accommodate; NaN where nobody can affect
        anybody.
    """
    given = acts or {}
    first, second = (
        compelled(s, given[i]) if given.get(i) else s for i, s in enumerate(match.strategies)
    )
    course = outcomes_over_time(replace(match, strategies=(first, second)), periods)
    return np.asarray(course @ compatibility(match.game).ravel())


def residue_of(match: Match, seat: int, period: int, periods: int) -> Floats:
    """Compute R(k), what an act leaves behind k periods later.

    Parameters
    ----------
    match : Match
        Two automata.
    seat : int
        Whose act.
    period : int
        When, counted from 0.
    periods : int
        For how many periods, that of the act included.

    Returns
    -------
    ndarray, shape (periods,)
        R(0), R(1), …: compatibility after accommodating less that after withholding.
    """
    withhold = match.game.shape[seat] - 1
    friendly, hostile = (
        compatibility_over_time(match, period + periods, {seat: {period: a}}) for a in (0, withhold)
    )
    return residue(friendly, hostile, period)


def order_effect_of(match: Match, seat: int, sequence: Acts, permuted: Acts, periods: int) -> float:
    """Compute the order effect: mean compatibility under some acts, less that in another order.

    Parameters
    ----------
    match : Match
        Two automata.
    seat : int
        Whose acts.
    sequence, permuted : mapping of int to int
        Each action by period; the same actions as often in both.
    periods : int
        Over how many periods the mean is taken.
    """
    if sorted(sequence.values()) != sorted(permuted.values()):
        raise Mistake("an order effect compares the same acts in another order")
    first, second = (
        compatibility_over_time(match, periods, {seat: acts}) for acts in (sequence, permuted)
    )
    return order_effect(first, second)
