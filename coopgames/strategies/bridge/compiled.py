"""Costly players of Axelrod-Python, written anew as compiled functions.

Each does turn by turn what the player does; the tests hold it to that. They are here, and not in
the library, because they are of interest as opponents only: hunters of certain patterns (Karol
Langner, Marc Harper), neural networks trained to win (Martin Jones, Marc Harper), and players who
go by a team of others (Karol Langner, Marc Harper).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]

# Hunters


def cycle_hunter() -> Compiled:
    """Withhold for ever from one whose play, not all the same, has gone round twice.

    A round has 3 to 12 periods and begins with the first.
    """
    return Compiled(_cycle_hunter, memory=(0.0,) * 25)


def eventual_cycle_hunter() -> Compiled:
    """Withhold from one who has withheld and whose play goes in rounds from period 11 on.

    This is looked at every 10 periods; a round has 3 to 12 of them.
    """
    return Compiled(_eventual_cycle_hunter, memory=(0.0,) * 26)


def _note_cycles(memory: Memory, t: int, action: int) -> None:
    """Note move number `t` of the other: in cells 0 to 11 the last 12, then broken rounds."""
    for length in range(3, 13):
        if t >= length and memory[(t - length) % 12] != action:
            memory[9 + length] = 1
    memory[t % 12] = action


def _goes_round(memory: Memory, moves: int) -> bool:
    """Whether all moves so far are rounds of some length, at least two of them."""
    for length in range(3, min(moves // 2, 12) + 1):  # noqa: SIM110 — numba has no any()
        if memory[9 + length] == 0:
            return True
    return False


def _cycle_hunter(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: the other's last moves, broken rounds, found, its first move, has it changed."""
    if memory[22] == 1:
        return WITHHOLD
    if seen.period == 0:
        return ACCOMMODATE
    if seen.period == 1:
        memory[23] = seen.observed
    elif seen.observed != memory[23]:
        memory[24] = 1
    _note_cycles(memory, seen.period - 1, seen.observed)
    if memory[24] == 1 and _goes_round(memory, seen.period):
        memory[22] = 1
    return WITHHOLD if memory[22] == 1 else ACCOMMODATE


def _eventual_cycle_hunter(
    memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64
) -> int:
    """Keep: the other's moves from the 11th on, broken rounds, found, has it ever withheld."""
    if seen.period > 10:
        _note_cycles(memory, seen.period - 11, seen.observed)
    if seen.period > 0 and seen.observed == WITHHOLD:
        memory[23] = 1
    if seen.period < 10 or memory[23] == 0:
        return ACCOMMODATE
    if seen.period % 10 == 0:
        memory[22] = 1.0 if _goes_round(memory, seen.period - 10) else 0.0
    return WITHHOLD if memory[22] == 1 else ACCOMMODATE


def random_hunter() -> Compiled:
    """Withhold from one whose answers to either action, each taken over 5 times, seem a coin's.

    From move 12 on; a quarter to three quarters of the answers repeat the action.
    """
    return Compiled(_random_hunter, memory=(0.0,) * 5)


def _random_hunter(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: how often each own action was answered by itself, how often taken, the last but one."""
    if seen.period == 0:
        return ACCOMMODATE
    if seen.period > 1 and memory[4] == seen.observed:
        memory[seen.observed] += 1
    memory[2 + seen.own] += 1
    memory[4] = seen.own
    if seen.period <= 10:
        return ACCOMMODATE
    tried = False
    for action in range(2):
        if memory[2 + action] > 5:
            tried = True
            if abs(memory[action] / memory[2 + action] - 0.5) >= 0.25:
                return ACCOMMODATE
    return WITHHOLD if tried else ACCOMMODATE


# Neural networks


def network(inward: Any, outward: Any, bias: Any) -> Compiled:
    """Accommodate if a network with one hidden layer of rectified units gives more than 0.

    Its 17 inputs: whether the other's first and second move, one's own last and last but one, and
    the other's last and last but one were C, and whether D, in turn; how often the other and
    oneself accommodated and withheld; and the number of moves.

    Where the first hidden unit is silent, the others are cut down to whole numbers. That is no
    intention but how Axelrod-Python computes them: numpy takes the type of all from the first,
    which is then the whole number 0. Its networks play so, and so do these.

    Parameters
    ----------
    inward : array_like, shape (h, 17)
        Weights of the inputs in each hidden unit.
    outward, bias : array_like, shape (h,)
        Weights of the hidden units, and what is added in each.
    """
    weights = np.concatenate([np.ravel(inward), np.ravel(outward), np.ravel(bias)])
    memory = (float(len(np.ravel(bias))), *(0.0,) * 17, *(float(w) for w in weights))
    return Compiled(_network, memory=memory)


def _network(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: number of hidden units, the 17 inputs, the weights."""
    hidden = int(memory[0])
    if seen.period > 0:
        if seen.period <= 2:
            memory[1 + 2 * (seen.period - 1) + seen.observed] = 1
        for i in (7, 8, 11, 12):
            memory[i] = memory[i - 2]
        memory[5], memory[6] = 1 - seen.own, seen.own
        memory[9], memory[10] = 1 - seen.observed, seen.observed
        memory[13 + seen.observed] += 1
        memory[15 + seen.own] += 1
        memory[17] = seen.period
    total, cut = 0.0, False
    for unit in range(hidden):
        value = memory[18 + 18 * hidden + unit]
        for i in range(17):
            value += memory[18 + 17 * unit + i] * memory[1 + i]
        if unit == 0:
            cut = value < 0
        if value > 0:
            total += (np.floor(value) if cut else value) * memory[18 + 17 * hidden + unit]
    return ACCOMMODATE if total > 0 else WITHHOLD


# Teams


def team(members: Sequence[Automaton], rule: str) -> Compiled:
    """Go by what a team of automata would do, each of which takes its own proposals for its play.

    Parameters
    ----------
    members : sequence of Automaton
        The team.
    rule : {"majority", "winner", "ensemble"}
        *Majority*: withhold if more than half would. *Winner*: accommodate if any of those would
        whose proposals would have earned most so far. *Ensemble*: follow one of the best 8 % of
        them, drawn anew each period, but never be the first to withhold.
    """
    n, start, states = len(members), 0, 0
    first, mix, following = [], [], []
    for member in members:
        first.append(float(member.initial + states))
        mix += member.mix[:, 0].tolist()
        following += (member.next + states).ravel().tolist()
        states += len(member.mix)
    numbers = (n, states, start, *first, *[0] * (2 * n), *mix, *following)
    function = {"majority": _majority, "winner": _winner, "ensemble": _ensemble}[rule]
    return Compiled(function, memory=tuple(float(x) for x in numbers), stochastic=True)


def _propose(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Let all members propose an action; say how many numbers were drawn.

    Kept: number of members and of states, the other's defections; the members' states, scores and
    proposals; for all states the probability of accommodating and the four that may follow.
    """
    n, states = int(memory[0]), int(memory[1])
    mix, following = 3 + 3 * n, 3 + 3 * n + states
    if seen.period > 0:
        memory[2] += seen.observed
    drawn = 0
    for i in range(n):
        state, proposal = int(memory[3 + i]), int(memory[3 + 2 * n + i])
        if seen.period > 0:
            memory[3 + n + i] += payoffs[0, proposal, seen.observed]
            state = int(memory[following + 4 * state + 2 * proposal + seen.observed])
            memory[3 + i] = state
        p = memory[mix + state]
        accommodates = p == 1
        if 0 < p < 1:
            accommodates = draw(chance, drawn) < p
            drawn += 1
        memory[3 + 2 * n + i] = ACCOMMODATE if accommodates else WITHHOLD
    return drawn


def _majority(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    _propose(memory, seen, payoffs, chance)
    n = int(memory[0])
    against = memory[3 + 2 * n : 3 + 3 * n].sum()
    return WITHHOLD if 2 * against > n else ACCOMMODATE


def _winner(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    _propose(memory, seen, payoffs, chance)
    n = int(memory[0])
    best = memory[3 + n : 3 + 2 * n].max()
    for i in range(n):
        if memory[3 + n + i] == best and memory[3 + 2 * n + i] == ACCOMMODATE:
            return ACCOMMODATE
    return WITHHOLD


def _ensemble(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Find the place in the order of scores, of equals the last member first, and who has it."""
    drawn = _propose(memory, seen, payoffs, chance)
    n = int(memory[0])
    best = max(1, int(n * 0.08))
    place = int(best * draw(chance, drawn))
    if memory[2] == 0:
        return ACCOMMODATE
    for i in range(n):
        better = 0
        for j in range(n):
            ahead = memory[3 + n + j] - memory[3 + n + i]
            if ahead > 0 or (ahead == 0 and j > i):
                better += 1
        if better == place:
            return int(memory[3 + 2 * n + i])
    return WITHHOLD
