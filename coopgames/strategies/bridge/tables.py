"""The automaton that a player of Axelrod-Python carries as a table of its own.

Four kinds of player are nothing but a table and a rule for reading it: memory-one and memory-two
players, finite-state machines, lookup tables (with probabilities: gamblers), and cyclers. A table
says everything, so what is read off it is certain; it is for the payoffs that the player was made
with, which decide the four probabilities of some.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import axelrod
import numpy as np
from axelrod.strategies.gambler import Gambler
from axelrod.strategies.memorytwo import MemoryTwoPlayer

from coopgames.strategies.automaton import Automaton

C, D = axelrod.Action.C, axelrod.Action.D
ACTIONS = (C, D)

Decide = Callable[[Any], float]
"""Probability of accommodating in a state."""
Step = Callable[[Any, int, int], Hashable]
"""The state after another one, one's own realised action, and the other's."""


def table_of(player: Any) -> Automaton | None:
    """Read the automaton off a player.

    Parameters
    ----------
    player : axelrod.Player
        One that has not played.

    Returns
    -------
    Automaton or None
        None if the player is more than a table, or another kind of table.
    """
    for kind, read in _READERS.items():
        # A player that decides by code of its own is not what its parent is.
        if isinstance(player, kind) and type(player).strategy is kind.strategy:
            return read(player)
    return None


def _grown(start: Hashable, decide: Decide, step: Step) -> Automaton:
    """Make the automaton of all states that can be reached."""
    states, number = [start], {start: 0}
    following = []
    for state in states:  # grows while it is read
        row = [[step(state, own, other) for other in (0, 1)] for own in (0, 1)]
        for to in (to for pair in row for to in pair):
            if to not in number:
                number[to] = len(states)
                states.append(to)
        following.append([[number[to] for to in pair] for pair in row])
    p = np.array([float(decide(state)) for state in states])
    return Automaton(np.stack([p, 1 - p], axis=1), following).minimal()


def _certainly(action: Any) -> float:
    return 1.0 if action is C else 0.0


def _memory_one(player: Any) -> Automaton:
    table, opening = player._four_vector, _certainly(player._initial)

    def decide(state: Any) -> float:
        return opening if state is None else float(table[state])

    return _grown(None, decide, lambda _, own, other: (ACTIONS[own], ACTIONS[other]))


def _memory_two(player: Any) -> Automaton:
    table, opening = player._sixteen_vector, [_certainly(a) for a in player._initial]

    def decide(state: Any) -> float:
        t = len(state[0])
        return opening[t] if t < 2 else float(table[state])

    def step(state: Any, own: int, other: int) -> Hashable:
        return (*state[0], ACTIONS[own])[-2:], (*state[1], ACTIONS[other])[-2:]

    return _grown(((), ()), decide, step)


def _machine(player: Any) -> Automaton:
    table = player.fsm.state_transitions  # (state, the other's action): (next state, action)
    start = (player.initial_state, player.initial_action)
    return _grown(
        start, lambda state: _certainly(state[1]), lambda s, _, other: table[s[0], ACTIONS[other]]
    )


def _lookup(player: Any) -> Automaton:
    table, openings = player._lookup, player.initial_actions
    mine, theirs, first = table.player_depth, table.op_depth, table.op_openings_depth

    def decide(state: Any) -> float:
        t, own, other, opened = state
        if t < len(openings):
            return _certainly(openings[t])
        entry = table.get(own, other, opened)
        return _certainly(entry) if isinstance(entry, axelrod.Action) else float(entry)

    def step(state: Any, own: int, other: int) -> Hashable:
        t, mine_before, theirs_before, opened = state
        a, b = ACTIONS[own], ACTIONS[other]
        return (
            min(t + 1, len(openings)),
            (*mine_before, a)[-mine:] if mine else (),
            (*theirs_before, b)[-theirs:] if theirs else (),
            (*opened, b)[:first],
        )

    return _grown((0, (), (), ()), decide, step)


def _cycle(player: Any) -> Automaton:
    cycle = player.cycle
    return _grown(0, lambda t: float(cycle[t] == "C"), lambda t, _own, _other: (t + 1) % len(cycle))


_READERS: dict[Any, Callable[[Any], Automaton]] = {
    axelrod.MemoryOnePlayer: _memory_one,
    MemoryTwoPlayer: _memory_two,
    axelrod.FSMPlayer: _machine,
    Gambler: _lookup,
    axelrod.LookerUp: _lookup,
    axelrod.Cycler: _cycle,
}
