"""The best reply to a field: what to do when one does not know whom one faces.

The problem and its solution stand in `coopgames.play.beliefs`. The reply is an automaton that moves
from belief to belief. What none of the field would have done leads to a state that accommodates for
ever: nothing follows from that against the field, and where a reply meets itself and is surprised,
both are at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play.beliefs import Beliefs, Field, beliefs, field_of, solved
from coopgames.play.match import Match
from coopgames.play.solve import expected_length
from coopgames.strategies import Automaton, Strategy

MOST_STATES = 10_000
"""So many states the reply may have."""

Row = tuple[tuple[int, ...], ...]
"""Where a state leads, by one's own action and the other's."""


@dataclass(frozen=True)
class FieldReply:
    """The best that can be done when one does not know whom of a field one faces.

    Parameters
    ----------
    total : float or None
        Expected payoff of a game; None where play never ends.
    mean : float
        Payoff per period: the total over the expected length, or the long-run average.
    automaton : Automaton
        A best reply. It draws no lots, and of actions that are equally good it means to take the
        most accommodating. Its states are named after who is still possible.
    beliefs : int
        How many beliefs there were.
    """

    total: float | None
    mean: float
    automaton: Automaton
    beliefs: int

    @property
    def strategy(self) -> Strategy:
        """The reply as a strategy."""
        return Strategy("best-reply", self.automaton)


def field_reply(meetings: Sequence[tuple[Match, int]]) -> FieldReply:
    """Find the best that can be done without knowing which of these matches one is in.

    Parameters
    ----------
    meetings : sequence of (Match, int)
        The matches, all equally likely, and one's seat in each; of one's own strategy there
        nothing matters. The others are automata.

    Returns
    -------
    FieldReply

    Raises
    ------
    Mistake
        If another strategy is no automaton, actions are misperceived, the matches differ in their
        horizon, one's own noise or numbers of actions, or there are too many beliefs.
    """
    field, horizon = field_of(meetings), meetings[0][0].horizon
    known = beliefs(field, horizon)
    mean, choice = solved(field, known, horizon)
    build = _steady if horizon.periods is None else _dated
    automaton = build(field, known, choice)
    mean = field.low + field.scale * mean
    total = None if horizon.infinite else mean * expected_length(horizon)
    return FieldReply(total, mean, automaton, len(known.reward))


def _steady(field: Field, known: Beliefs, choice: NDArray[np.integer[Any]]) -> Automaton:
    """Make the automaton of a reply for which all periods are alike."""
    J, k, K = known.to.shape
    rows = [_leads(field, known, j, int(choice[j])) for j in range(J)]
    rows = [tuple(tuple(to if to >= 0 else J for to in cell) for cell in row) for row in rows]
    names = [*(_who(field, known, j) for j in range(J)), _for_ever(0, k)]
    rows.append(((J,) * K,) * k)
    return _automaton([*map(int, choice), 0], rows, 0, names).minimal()


def _dated(field: Field, known: Beliefs, choice: NDArray[np.integer[Any]]) -> Automaton:
    """Make the automaton of a reply that depends on the period; states that are alike are one.

    They are found from the last period on. After it nothing matters, so that its action may as
    well be repeated for ever: state number a does so with action a.
    """
    periods, (_, k, K) = len(choice), known.to.shape
    dates = [[0]]
    for t in range(periods - 1):
        rows = (_leads(field, known, j, int(choice[t, j])) for j in dates[t])
        dates.append(list(dict.fromkeys(to for row in rows for to in _there(row))))
        if sum(map(len, dates)) > 100 * MOST_STATES:
            raise _too_large()
    acts, leads = list(range(k)), [((a,) * K,) * k for a in range(k)]
    names = [_for_ever(a, k) for a in range(k)]
    number: dict[tuple[int, Row], int] = {}
    after: dict[int, int] = {}
    for t in reversed(range(periods)):
        now: dict[int, int] = {}
        for j in dates[t]:
            act = now[j] = int(choice[t, j])
            if t == periods - 1:
                continue
            row = tuple(
                tuple(after[to] if to >= 0 else 0 for to in cell)
                for cell in _leads(field, known, j, act)
            )
            if set(_there(row)) == {act}:  # what follows does the same for ever
                continue
            if (act, row) not in number:
                number[act, row] = len(acts)
                acts.append(act)
                leads.append(row)
                names.append(f"{_who(field, known, j)}, period {t + 1}")
            now[j] = number[act, row]
        after = now
    if len(acts) > MOST_STATES:
        raise _too_large()
    return _automaton(acts, leads, after[0], names)


def _for_ever(act: int, k: int) -> str:
    does = "accommodate" if act == 0 else "withhold" if act == k - 1 else f"action {act}"
    return f"{does} for ever"


def _leads(field: Field, known: Beliefs, j: int, act: int) -> Row:
    """Say to which beliefs one's own action and the other's lead; −1 where that cannot happen.

    An action that one cannot have taken is taken for the one that was meant.
    """
    possible = field.slip[act] > 0
    return tuple(
        tuple(int(to) for to in known.to[j, a if possible[a] else act])
        for a in range(len(possible))
    )


def _there(row: Row) -> Iterable[int]:
    return (to for cell in row for to in cell if to >= 0)


def _who(field: Field, known: Beliefs, j: int) -> str:
    """Name who is still possible."""
    everyone = dict.fromkeys(field.names)
    left = dict.fromkeys(n for n, there in zip(field.names, known.who[j], strict=True) if there)
    if len(left) == len(everyone) > 1:
        return "anyone"
    return " or ".join(left) if len(left) < 4 else f"one of {len(left)}"


def _automaton(
    acts: Sequence[int], rows: Sequence[Row], initial: int, names: list[str]
) -> Automaton:
    """Make an automaton of the states that can be reached, each with a name of its own."""
    order = [initial]
    place = {initial: 0}
    for state in order:  # grows while it is read
        for to in _there(rows[state]):
            if to not in place:
                place[to] = len(order)
                order.append(to)
    used: dict[str, int] = {}
    called = []
    for state in order:
        name = names[state]
        used[name] = used.get(name, 0) + 1
        called.append(name if used[name] == 1 else f"{name} ({used[name]})")
    leads = [[[place[to] for to in cell] for cell in rows[state]] for state in order]
    return Automaton(np.eye(len(rows[0]))[[acts[s] for s in order]], leads, states=called)


def _too_large() -> Mistake:
    return Mistake(f"the best reply needs more than {MOST_STATES:,} states, too many for a table")
