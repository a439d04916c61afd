"""What can be said of how a strategy behaves.

The traits of an automaton are read off its table; those of compiled code are declared where it is
entered, and tested against its behaviour.
"""

from __future__ import annotations

from dataclasses import dataclass

from coopgames.strategies.automaton import Automaton


@dataclass(frozen=True)
class Traits:
    """How a strategy for two actions behaves, nobody's hand slipping.

    Parameters
    ----------
    memory : int or None
        How many of the last periods decide what it does; None if no number suffices.
    nice : bool
        It is never the first to withhold.
    retaliating : bool
        After mutual accommodation, a single withholding by the other makes it withhold, with
        more probability than it would have had otherwise, in some later period.
    forgiving : bool
        After such a single withholding, the other accommodating ever after, it comes back to
        accommodating for good, with probability one.
    uses_horizon : bool
        It acts differently where it is told how long play lasts.
    """

    memory: int | None
    nice: bool
    retaliating: bool
    forgiving: bool
    uses_horizon: bool = False


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


def is_memory_one(rule: Automaton, *, slips: bool) -> bool:
    """Whether the outcome of the last period alone decides what it does.

    Parameters
    ----------
    rule : Automaton
        Who decides.
    slips : bool
        Whether an outcome counts that it would have to slip for. Without slips grim is memory-one:
        as it is, a slip back to accommodating does not make it forget.
    """
    after: dict[tuple[int, int], set[tuple[float, ...]]] = {}
    frontier, seen = [rule.initial], {rule.initial}
    while frontier:
        state = frontier.pop()
        for a, row in enumerate(rule.next[state]):
            if not slips and rule.mix[state, a] == 0:
                continue
            for o, to in enumerate(int(x) for x in row):
                after.setdefault((a, o), set()).add(tuple(rule.mix[to]))
                if to not in seen:
                    seen.add(to)
                    frontier.append(to)
    return all(len(mixtures) == 1 for mixtures in after.values())
