"""What can be said of how a strategy behaves.

The traits of an automaton are read off its table. Those of compiled code are declared where it is
entered, and the tests hold its behaviour against them.

All but memory look at one probe: the other accommodates in every period but perhaps one. Against
it an automaton is a small Markov chain, in which K[s, s'] is the probability that state s' follows
s if the other accommodates; W_k = Kᵏ w, with w the probability of withholding in each state, is
how likely it withholds k periods later. That two states differ in no W_k with k < S means that they
never differ (Cayley & Hamilton).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton


@dataclass(frozen=True)
class Traits:
    """How a strategy for two actions behaves, nobody's hand slipping and no horizon being known.

    Parameters
    ----------
    memory : int or None
        The least n such that what it does is a function of the outcomes of the last n periods
        (or of all, while there have been fewer); None if no number suffices. With chance in it,
        what it does is how likely it accommodates.
    nice : bool
        As long as both have always accommodated, it accommodates with probability one: it is
        never the first to withhold.
    retaliating : bool
        There is a period in which the other, accommodating before and after, can withhold once
        and be answered: the first time that this makes a difference, it is that it withholds with
        a higher probability than it would have.
    forgiving : bool
        In whatever period the other withholds once, accommodating before and ever after, it comes
        to accommodate for good, with probability one.
    uses_horizon : bool
        It may act differently where it is told how long play lasts.
    """

    memory: int | None
    nice: bool
    retaliating: bool
    forgiving: bool
    uses_horizon: bool = False


def automaton_traits(rule: Automaton) -> Traits | None:
    """Read the traits of an automaton off its table; None if it is not for two actions."""
    if rule.next.shape[1:] != (2, 2):
        return None
    return Traits(
        memory(rule, slips=False), is_nice(rule), _is_retaliating(rule), _is_forgiving(rule)
    )


def is_nice(rule: Automaton) -> bool:
    """Whether it never withholds first, as long as nobody's hand slips.

    As long as both have accommodated there is one state that it can be in, so these states are a
    path.
    """
    state, seen = rule.initial, set()
    while state not in seen:
        if rule.mix[state, 0] < 1:
            return False
        seen.add(state)
        state = int(rule.next[state, 0, 0])
    return True


def memory(rule: Automaton, *, slips: bool) -> int | None:
    """Give the number of last periods whose outcomes decide what an automaton does.

    Two states are confused by n outcomes if each can be reached by some course that ends with
    them. Those confused by n + 1 are among those confused by n, so the search ends.

    Parameters
    ----------
    rule : Automaton
        Who decides.
    slips : bool
        Whether an outcome counts that it would have to slip for. Without slips grim remembers one
        period: after a slip back to accommodating it still has not forgotten.

    Returns
    -------
    int or None
        None if no number suffices.
    """
    may = np.ones_like(rule.mix, dtype=bool) if slips else rule.mix > 0
    differ = (rule.mix[:, None] != rule.mix[None]).any(axis=-1)
    reached = _reached(rule, {rule.initial}, may)
    confused = np.outer(reached, reached)
    for n in count():
        if not (confused & differ).any():
            return n
        further = np.zeros_like(confused)
        for a in range(rule.k):
            one, two = np.nonzero(confused & np.outer(may[:, a], may[:, a]))
            for o in range(rule.next.shape[2]):
                further[rule.next[one, a, o], rule.next[two, a, o]] = True
        if (further == confused).all():
            break
        confused = further
    return None


def _reached(
    rule: Automaton, start: set[int], may: NDArray[np.bool_], *, kind: bool = False
) -> NDArray[np.bool_]:
    """Mark the states that can be reached by own actions that `may` be; by a kind other only."""
    seen, frontier = set(start), list(start)
    while frontier:
        s = frontier.pop()
        rows = rule.next[s, may[s], :1] if kind else rule.next[s, may[s]]
        new = {int(x) for x in rows.ravel()} - seen
        seen |= new
        frontier += new
    return np.isin(np.arange(len(rule.mix)), list(seen))


def _crossed(rule: Automaton) -> list[tuple[int, int]]:
    """List what a single withholding can come to: the state after it, and that without it."""
    may = rule.mix > 0
    peace = np.flatnonzero(_reached(rule, {rule.initial}, may, kind=True))
    return [
        (int(rule.next[s, a, 1]), int(rule.next[s, a, 0]))
        for s in peace
        for a in np.flatnonzero(may[s])
    ]


def _is_retaliating(rule: Automaton) -> bool:
    after, without = np.array(_crossed(rule)).T
    W, to = rule.mix[:, 1], rule.next[:, :, 0]
    open_ = np.ones(len(after), dtype=bool)  # no difference so far
    for _ in range(len(rule.mix)):
        more = W[after] - W[without]
        if (open_ & (more > 1e-12)).any():
            return True
        open_ &= more >= -1e-12
        W = (rule.mix * W[to]).sum(axis=1)
    return False


def _is_forgiving(rule: Automaton) -> bool:
    may, to = rule.mix > 0, rule.next[:, :, 0]
    # For good: the greatest set of accommodating states that a kind other does not lead out of.
    good = ~may[:, 1]
    while (left := good & ~good[to[:, 0]]).any():
        good = good & ~left
    home = good
    while (back := ~home & (may & home[to]).any(axis=1)).any():
        home = home | back
    after = _reached(rule, {s for s, _ in _crossed(rule)}, may, kind=True)
    return bool(home[after].all())
