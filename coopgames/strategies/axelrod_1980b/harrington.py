"""Rank 8 of the second tournament: the only one of the best fifteen that is not nice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.axelrod_1980b.cite import cite
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.registry import entry
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]

# Places in the memory, after the table at 0 to 7 (see `_seems_random`).
_BEFORE, _DEFECTIONS, _ACCOMMODATING = 8, 9, 10
_GIVEN_UP, _METER, _TWIN, _BURNED = 11, 12, 13, 14
_ODDS, _OWED, _SINCE = 15, 16, 17
_RUN, _SETS, _SET, _LIMIT, _ECHOES = 18, 19, 21, 22, 23
_CELLS = 24


@entry(
    "harrington",
    voice="I play fair for a while; then I find out what I can get away with, and with whom.",
    source=cite("Paul D. Harrington", 8, "k75r"),
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def harrington() -> Compiled:
    """Play tit for tat for 36 moves, withhold in move 37, and from there try it again and again.

    A try is one defection with two accommodating moves to follow. The first is in move 37; later
    ones come with probability 0.25 and 0.05 more after each, until one of them is answered by
    withholding: then tit for tat is played for good. Three things go before that.

    An other that seems random, by a chi-squared test of whether its moves depend on the outcome two
    moves before, in move 30 and every 15 moves from there, is given up: it withholds until the
    other's defections since then exceed three times its accommodating moves by eleven, and then
    tests no more. One that has withheld 20 times in a row is answered in kind. And every second
    move is in a set of its own: when the defections of a set, own and other's, have run to five
    (three, after the eighth time) it accommodates once, to break the echo.

    Who accommodated in the first 36 moves and withheld in move 37 together with it is taken for its
    twin, and spared until it withholds again.
    """
    memory = np.zeros(_CELLS)
    memory[_ODDS], memory[_SINCE], memory[_LIMIT] = 0.25, 3, 5
    return Compiled(_harrington, memory=tuple(memory.tolist()), stochastic=True)


def _harrington(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: what the places named above say. ``_GIVEN_UP`` is 0: not yet, 1: now, 2: no more."""
    move = seen.period + 1
    if move == 1:
        return ACCOMMODATE
    if memory[_GIVEN_UP] == 1:
        return _given_up(memory, seen)
    if memory[_GIVEN_UP] == 0 and move > 2:
        memory[int(memory[_BEFORE]) + seen.observed] += 1
        memory[_DEFECTIONS] += seen.observed
        if move % 15 == 0 and move > 15 and _seems_random(memory, move - 2):
            memory[_GIVEN_UP] = 1
            return WITHHOLD
    memory[_BEFORE] = 4 * seen.own + 2 * seen.observed
    memory[_ACCOMMODATING] += 1 - seen.observed
    if memory[_SINCE] == 2 and seen.observed == WITHHOLD:
        memory[_BURNED] = 1
    if move == 38 and seen.observed == WITHHOLD and memory[_ACCOMMODATING] == 36:
        memory[_TWIN] = 1
        return ACCOMMODATE
    if memory[_TWIN] == 1 and seen.observed == ACCOMMODATE:
        return _kind(memory)
    memory[_TWIN] = 0
    return _ordinary(memory, seen.observed, move, draw(chance, 0))


def _given_up(memory: Memory, seen: Seen) -> int:
    """Withhold, until the other's defections outweigh what it accommodated, which counts three."""
    memory[_METER] += 1 if seen.observed == WITHHOLD else -3
    if memory[_METER] < 11:
        return WITHHOLD
    memory[_GIVEN_UP] = memory[_OWED] = 2
    return ACCOMMODATE


def _seems_random(memory: Memory, moves: int) -> bool:
    """Whether chi-squared does not tell the other's moves, by the outcome two moves before, apart.

    The table is ``memory[2 * outcome + answer]``, outcomes with the own action first. Who seldom
    (less than 25 %) or mostly (more than 75 %) withholds does not seem random, nor who has mostly
    (80 %) accommodated after mutual accommodation. Cells of which one or less is expected are left
    out.
    """
    share = memory[_DEFECTIONS] / moves
    if memory[0] / moves >= 0.8 or share < 0.25 or share > 0.75:
        return False
    total = 0.0
    for outcome in range(4):
        for answer in range(2):
            row = memory[2 * outcome] + memory[2 * outcome + 1]
            column = memory[answer] + memory[2 + answer] + memory[4 + answer] + memory[6 + answer]
            expected = row * column / moves
            if expected > 1:
                total += (expected - memory[2 * outcome + answer]) ** 2 / expected
    return total <= 3


def _kind(memory: Memory) -> int:
    """Accommodate, and count it."""
    memory[_OWED] -= 1
    memory[_SINCE] += 1
    return ACCOMMODATE


def _ordinary(memory: Memory, observed: int, move: int, lot: float) -> int:
    """Look out for runs and echoes, pay what is owed, and then return in kind, or try it."""
    memory[_RUN] = memory[_RUN] + 1 if observed == WITHHOLD else 0
    if memory[_RUN] < 20:
        memory[_SET] = 1 - memory[_SET]
        at = _SETS + int(memory[_SET])
        memory[at] = memory[at] + 1 if observed == WITHHOLD else 0
        if memory[at] >= memory[_LIMIT]:
            memory[at] = 0
            memory[_ECHOES] += 1
            if memory[_ECHOES] == 8:
                memory[_LIMIT] = 3
            return _kind(memory)
        if memory[_OWED] >= 1:
            return _kind(memory)
        if move == 37 or (move > 37 and memory[_BURNED] == 0 and lot <= memory[_ODDS]):
            if move > 37:
                memory[_ODDS] += 0.05
            memory[_OWED], memory[_SINCE] = 2, 1
            return WITHHOLD
    if observed == ACCOMMODATE:
        return _kind(memory)
    memory[_SETS + int(memory[_SET])] += 1
    return WITHHOLD
