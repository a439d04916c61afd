"""Entries from rank 46 on of the second tournament, few of them nice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton, memory_one
from coopgames.strategies.axelrod_1980b.cite import cite
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.registry import entry
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]


@entry(
    "tester",
    voice="I begin with a blow: if you take it I take more, and if you do not, I am sorry.",
    source=cite("David Gladstein", 46, "k76r"),
    traits=Traits(memory=4, nice=False, retaliating=False, forgiving=True),
)
def tester() -> Compiled:
    """Withhold at first; exploit the other as long as it does nothing, then play tit for tat.

    When the other withholds for the first time it accommodates once and is tit for tat from there.
    Until then it withholds whenever it has accommodated in more than half of the moves.
    """
    return Compiled(_tester, memory=(0.0, 0.0))


def _tester(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: whether the other has withheld, and one's own accommodating moves."""
    if seen.period == 0:
        return WITHHOLD
    if memory[0] == 1:
        return seen.observed
    memory[0] = seen.observed
    memory[1] += 1 - seen.own
    exploits = seen.observed == ACCOMMODATE and 2 * memory[1] > seen.period
    return WITHHOLD if exploits else ACCOMMODATE


@entry(
    "batell",
    voice="Two offences close together, or ten in all, and I have seen enough.",
    source=cite("Mark F. Batell", 47, "k65r"),
    traits=Traits(memory=None, nice=True, retaliating=False, forgiving=True),
)
def batell() -> Compiled:
    """Withhold for ever once two defections fell within four moves, or there were ten."""
    return Compiled(_batell, memory=(-10.0, 0.0))


def _batell(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: the period of the last defection, and how many there were; ten close the book."""
    if memory[1] < 10 and seen.observed == WITHHOLD:
        memory[1] = 10 if seen.period - memory[0] <= 4 else memory[1] + 1
        memory[0] = seen.period
    return WITHHOLD if memory[1] >= 10 else ACCOMMODATE


@entry(
    "smith",
    voice="Two offences running I answer, until I see that it is no use; and I slip now and then.",
    source=cite("David A. Smith", 48, "k52r"),
    traits=Traits(memory=None, nice=False, retaliating=False, forgiving=False),
)
def smith() -> Compiled:
    """Play tit for two tats, forgive at the end of long runs, and do the contrary one time in 20.

    The fifth defection in a row is the last that it answers before it begins to count anew; each
    time this has happened the run must be three longer.
    """
    return Compiled(_smith, memory=(0.0, 0.0), stochastic=True)


def _smith(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: the run of defections, and how many runs it has cut off."""
    memory[0] = memory[0] + 1 if seen.observed == WITHHOLD else 0
    action = WITHHOLD if memory[0] >= 2 else ACCOMMODATE
    if memory[0] >= 5 + 3 * memory[1]:
        memory[0] = 0
        memory[1] += 1
    return action if draw(chance, 0) > 0.05 else 1 - action


@entry(
    "hollander",
    voice="I let one offence pass, and commit one when you least expect it.",
    source=cite("Howard R. Hollander", 51, "k62r"),
    traits=Traits(memory=None, nice=False, retaliating=False, forgiving=False),
)
def hollander() -> Compiled:
    """Play tit for two tats, but withhold once every 1 to 23 moves, each gap equally likely."""
    return Compiled(_hollander, memory=(0.0, 0.0), stochastic=True)


def _hollander(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: the move of the next lapse, and the other's last move."""
    move, before = seen.period + 1, memory[1]
    memory[1] = max(seen.observed, ACCOMMODATE)
    gap = int(23 * draw(chance, 0))
    if seen.period == 0:
        memory[0] = 1 + gap
    if memory[0] == move:
        memory[0] = move + 1 + gap
        return WITHHOLD
    return WITHHOLD if before == WITHHOLD and seen.observed == WITHHOLD else ACCOMMODATE


@entry(
    "smoody",
    voice="I am kind to the unkind; to the kind, nine times out of ten.",
    source=cite("Rik Smoody", 54, "k50r"),
)
def smoody() -> Automaton:
    """Accommodate after a defection, and with probability 0.9 otherwise."""
    return memory_one(0.9, CC=0.9, CD=1, DC=0.9, DD=1)


@entry(
    "feld-1980b",
    voice="I have five manners, from saint to brute, and try which serves me best with you.",
    source=cite("Scott Feld", 55, "k77r"),
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def feld_1980b() -> Compiled:
    """Move between five manners of play, every 20 moves, towards the one that scored better.

    From kind to unkind: always accommodate; answer a defection with probability 0.75; tit for tat;
    answer an accommodating move with probability 0.75; always withhold. It begins in the middle. A
    manner that has not been tried is supposed to yield 100 points in 20 moves; the unkinder
    neighbour is looked at first. When it turns kinder it takes the other's last move for
    accommodating.
    """
    return Compiled(_feld_1980b, memory=(100.0,) * 5 + (2.0, 0.0, 0.0, 0.0), stochastic=True)


def _feld_1980b(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: what each manner yielded; the manner, for how many moves; points, and those before."""
    other = max(seen.observed, ACCOMMODATE)
    if seen.period > 0:
        memory[7] += payoffs[0, seen.own, seen.observed]
    if memory[6] == 20:
        manner = int(memory[5])
        memory[manner] = memory[7] - memory[8]
        if manner < 4 and memory[manner + 1] > memory[manner]:
            memory[5] += 1
        elif manner > 0 and memory[manner - 1] > memory[manner]:
            memory[5] -= 1
            other = ACCOMMODATE
        memory[6], memory[8] = 0, memory[7]
    memory[6] += 1
    relents = draw(chance, 0) > 0.75
    if memory[5] == 0 or (memory[5] == 1 and relents):
        return ACCOMMODATE
    if memory[5] == 4 or (memory[5] == 3 and relents):
        return WITHHOLD
    return other


# By the outcome of one's own last two moves, bit 0 for CC, 1 for CD, 2 for DC, 3 for DD.
_WITHHOLDS = (0b0000, 0b0001, 0b0101, 0b0011, 0b0111, 0b1111)
_VISITS = (0b0001, 0b0111, 0b0110, 0b1111, 0b1110, 0b1000)


@entry(
    "rabbie",
    voice="For 22 turns I study how you take what I do; then I do what you take best.",
    source=cite("Harold Rabbie", 59, "k33r"),
    traits=Traits(memory=None, nice=False, retaliating=False, forgiving=False),
)
def rabbie() -> Compiled:
    """Learn what follows one's own last two moves, and play the cycle that then pays best.

    For 22 moves it plays C C D D, and counts how often the other accommodates after each two.
    From there, in each move, it compares the mean payoffs of C, D C C, D C, D D C C, D D C and D,
    the first of equals first, and takes the step of the best. It accommodates with its twin, who
    did the same in all moves.
    """
    return Compiled(_rabbie, memory=(0.0,) * 8 + (3.0, 0.0))


def _rabbie(memory: Memory, seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: accommodating answers after CC, CD, DC, DD, and all; own last two; no twin."""
    if seen.period > 0:
        if seen.period > 1:
            memory[int(memory[8])] += 1 - seen.observed
            memory[4 + int(memory[8])] += 1
        memory[8] = 2 * (int(memory[8]) % 2) + seen.own
        if seen.observed != seen.own:
            memory[9] = 1
    state, best, cycle = int(memory[8]), -np.inf, 3
    if seen.period >= 22:
        if memory[9] == 0:
            return ACCOMMODATE
        for c in range(6):
            worth = _worth_of_cycle(memory, payoffs, c)
            if worth > best:
                best, cycle = worth, c
    return (_WITHHOLDS[cycle] >> state) & 1


def _worth_of_cycle(memory: Memory, payoffs: Payoffs, cycle: int) -> float:
    """Give twelve times the mean payoff, so that it is exact where the other's answers are sure."""
    total, visited = 0.0, 0
    for state in range(4):
        if (_VISITS[cycle] >> state) & 1:
            own = (_WITHHOLDS[cycle] >> state) & 1
            p = memory[state] / max(memory[4 + state], 1.0)
            total += p * payoffs[0, own, ACCOMMODATE] + (1 - p) * payoffs[0, own, WITHHOLD]
            visited += 1
    return total * (12 // visited)


@entry(
    "hill",
    voice="I sting at once to see who you are, and then after every second kindness.",
    source=cite("James E. Hill", 60, "k71r"),
)
def hill() -> Automaton:
    """Withhold in move 2 if the other did not; then after each defection and every second kindness.

    Defections between do not stop the count of the other's accommodating moves.
    """
    sting, spare, one, none, cross = range(1, 6)
    even, odd = [one, none], [none, cross]  # after so many accommodating moves
    return Automaton(
        [[1, 0], [0, 1], [1, 0], [1, 0], [0, 1], [0, 1]],
        [[[sting, spare]] * 2, [even] * 2, [even] * 2, [odd] * 2, [even] * 2, [odd] * 2],
        states=("start", "sting", "spare", "one kindness", "no kindness", "one kindness, cross"),
    )


@entry(
    "hotz",
    voice="Very rarely, and for no reason of yours, I am kind.",
    source=cite("Roger Hotz", 63, "k36r"),
    traits=Traits(memory=None, nice=False, retaliating=False, forgiving=False),
)
def hotz() -> Compiled:
    """Accommodate with probability 0.1, 0.05 from move 100 on, 0.15 from 200 and 0 from 300 on."""
    return Compiled(_hotz, stochastic=True, responds=False)


def _hotz(_memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    move = seen.period + 1
    p = 0.1 if move < 100 else 0.05 if move < 200 else 0.15 if move < 300 else 0.0
    return ACCOMMODATE if draw(chance, 0) < p else WITHHOLD
