"""Ranks 2 to 9 of the second tournament; Harrington, rank 8, has a file of his own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.axelrod_1980b.cite import cite
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.registry import entry
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]


@entry(
    "champion",
    voice="I trust you, then I mirror you, then I forgive you as often as you deserve.",
    source=cite("Danny C. Champion", 2, "k61r")
    + " In the program the share of accommodating moves counts the move to come.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def champion() -> Compiled:
    """Accommodate for ten moves and play tit for tat for fifteen; from there forgive by desert.

    Then it withholds only if the other has just done so, has done so in at least 40 % of its moves,
    and a uniform number falls below that share.
    """
    return Compiled(_champion, memory=(0.0,), stochastic=True)


def _champion(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: the other's defections."""
    if seen.period == 0:
        return ACCOMMODATE
    memory[0] += seen.observed
    if seen.period < 10:
        return ACCOMMODATE
    if seen.period < 25 or seen.observed == ACCOMMODATE:
        return seen.observed
    share = memory[0] / seen.period
    return WITHHOLD if share >= max(0.4, draw(chance, 0)) else ACCOMMODATE


@entry(
    "borufsen",
    voice="I echo you, break our quarrels off, and review every 25 moves what you are made of.",
    source=cite("Otto Borufsen", 3, "k42r"),
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def borufsen() -> Compiled:
    """Play tit for tat, break off runs of mutual defection and echoes, and give up on the hopeless.

    After three mutual defections in a row it accommodates once; after three moves in which the two
    only swapped what they had done before, its next defection is left out. From move 27 on, every
    25 moves, it counts how often the other accommodated since: fewer than 3 times is hopeless, 8
    to 17 times seems random if less than 70 % of that answered accommodation. Against either it
    withholds for the next 25 moves, and in the first move after these.
    """
    return Compiled(_borufsen, memory=(0.0,) * 8)


def _borufsen(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep, in this order.

    The other's accommodating after C and after D; mutual defections, echoes; whether the next
    defection is left out, whether it has given up; own and other's move before last.
    """
    if seen.period == 0:
        return ACCOMMODATE
    own_before, other_before = memory[6], memory[7]
    memory[6], memory[7] = seen.own, seen.observed
    if seen.period > 1 and seen.observed == ACCOMMODATE:
        memory[int(own_before)] += 1
    if seen.period > 1 and seen.period % 25 == 1:
        had_given_up, kind = memory[5] == 1, memory[0] + memory[1]
        if kind < 3 or (8 <= kind <= 17 and memory[0] / kind < 0.7):
            memory[:5] = 0
            memory[5] = 1
        else:
            memory[0] = memory[1] = memory[5] = 0
            if had_given_up:
                return WITHHOLD
    if memory[5] == 1:
        return WITHHOLD
    memory[2] = memory[2] + 1 if seen.own == WITHHOLD and seen.observed == WITHHOLD else 0
    if memory[2] == 3:
        memory[2] = memory[3] = 0
        return ACCOMMODATE
    swapped = seen.own == other_before and seen.observed == own_before
    memory[3] = memory[3] + 1 if swapped and seen.own != seen.observed else 0
    if memory[3] == 3:
        memory[2] = memory[3] = 0
        memory[4] = 1
    if seen.observed == WITHHOLD and memory[4] == 1:
        memory[4] = 0
        return ACCOMMODATE
    return seen.observed


@entry(
    "cave",
    voice="I let every second offence pass, until you have used up my patience.",
    source=cite("Rob Cave", 4, "k49r")
    + " The program cuts percentages down to whole ones before it compares them.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def cave() -> Compiled:
    """Answer a defection with even odds, or surely from the other's eighteenth on.

    It withholds whatever happened just now if the other has withheld in more than 79 % of the moves
    from move 20 on, 65 % from move 30 on, or 39 % from move 40 on, the move to come counted in.
    """
    return Compiled(_cave, memory=(0.0,), stochastic=True)


def _cave(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: the other's defections."""
    if seen.period == 0:
        return ACCOMMODATE
    memory[0] += seen.observed
    move = seen.period + 1
    share = memory[0] / move
    if (move > 39 and share > 0.39) or (move > 29 and share > 0.65) or (move > 19 and share > 0.79):
        return WITHHOLD
    if seen.observed == ACCOMMODATE:
        return ACCOMMODATE
    return WITHHOLD if memory[0] > 17 or draw(chance, 0) >= 0.5 else ACCOMMODATE


@entry(
    "adams",
    voice="I count: the fourth time is one too many, and after the ninth my patience halves.",
    source=cite("William Adams", 5, "k44r"),
    traits=Traits(memory=None, nice=True, retaliating=False, forgiving=True),
)
def adams() -> Compiled:
    """Withhold while the other's defections stand at 4, 7 or 9; later answer them ever more surely.

    The other's first move does not count. After the tenth and each later defection, if it is the
    last move's, it accommodates with probability 1/2, 1/4, 1/8 and so on.
    """
    return Compiled(_adams, memory=(0.0,), stochastic=True)


def _adams(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: the other's defections from move 2 on."""
    if seen.period < 2:
        return ACCOMMODATE
    memory[0] += seen.observed
    count = memory[0]
    if count in (4.0, 7.0, 9.0):
        return WITHHOLD
    if count > 9 and seen.observed == WITHHOLD:
        return ACCOMMODATE if draw(chance, 0) < 0.5 ** (count - 9) else WITHHOLD
    return ACCOMMODATE


@entry(
    "graaskamp-katzen",
    voice="I return what I get, and look at the books now and then: if they are poor, I leave.",
    source=cite("Jim Graaskamp & Ken Katzen", 6, "k60r"),
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def graaskamp_katzen() -> Compiled:
    """Play tit for tat, and withhold for ever if the score is poor at one of six checks.

    In moves 11, 21, 31, 41, 51 and 101 the points so far must be at least 23, 53, 83, 113, 143 and
    293: seven points short of three a move.
    """
    return Compiled(_graaskamp_katzen, memory=(0.0, 0.0))


def _graaskamp_katzen(memory: Memory, seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: own points, and whether it has left."""
    if seen.period == 0:
        return ACCOMMODATE
    memory[0] += payoffs[0, seen.own, seen.observed]
    if seen.period in (10, 20, 30, 40, 50, 100) and memory[0] < 3 * seen.period - 7:
        memory[1] = 1
    return WITHHOLD if memory[1] == 1 else seen.observed


@entry(
    "weiner",
    voice="I return what I get, overlook a lone lapse, and strike when there are too many of them.",
    source=cite("Herb Weiner", 7, "k41r")
    + " Read as Axelrod-Python 4.13.1 reads it: an odd run of defections that ends makes it ready "
    "to forgive; in the program only a run that ends after its first move does.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def weiner() -> Compiled:
    """Play tit for tat, but forgive at times, and withhold if five of twelve moves were defections.

    When an odd number of defections in a row has ended, it is ready to overlook the next move: if
    that is a defection it accommodates, unless it is still sour from the last such favour. Each
    favour makes it sour for 20 moves more, counted from the start. The twelve moves are those
    before the last one.
    """
    return Compiled(_weiner, memory=(0.0,) * 16)


def _weiner(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: whether it is ready, until when it is sour, the run; the other's last move; twelve."""
    if seen.period == 0:
        return ACCOMMODATE
    memory[4 + seen.period % 12] = memory[3]
    memory[3] = seen.observed
    action = seen.observed
    if memory[0] == 1:
        memory[0] = memory[2] = 0
        if seen.observed == WITHHOLD and memory[1] <= seen.period:
            memory[1] += 20
            action = ACCOMMODATE
    elif seen.observed == WITHHOLD:
        memory[2] += 1
    else:
        memory[0] = memory[2] % 2
        memory[2] = 0
    return WITHHOLD if memory[4:].sum() >= 5 else action


@entry(
    "tideman-chieruzzi-1980b",
    voice="Each betrayal raises what you owe me; pay, or convince me that we should begin again.",
    source=cite("T. Nicolaus Tideman & Paula Chieruzzi", 9, "k84r")
    + " Read as Axelrod-Python 4.13.1 reads it: a fresh start forgets the scores but not how often "
    "the other withheld.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def tideman_chieruzzi_1980b() -> Compiled:
    """Accommodate while ahead by what the other's betrayals demand; else withhold, or start afresh.

    A betrayal is a defection after an accommodating move; the nth raises the demanded lead by
    5 (n − 1) points. Behind it, and not just betrayed, it gives a fresh start if the last one (or
    the beginning) is 10 moves past and the other's defections are at least 3 standard deviations
    from what a fair coin gives: two accommodating moves, after which scores and demands are 0.
    """
    return Compiled(_tideman_chieruzzi_1980b, memory=(0.0,) * 7)


def _tideman_chieruzzi_1980b(
    memory: Memory, seen: Seen, payoffs: Payoffs, _chance: np.uint64
) -> int:
    """Keep, in this order.

    Lead, demanded lead, betrayals; move of the fresh start, whether it has begun; the other's move
    before last, its defections.
    """
    if seen.period == 0:
        return ACCOMMODATE
    move, before = seen.period + 1, memory[5]
    memory[0] += payoffs[0, seen.own, seen.observed] - payoffs[1, seen.own, seen.observed]
    memory[5] = seen.observed
    memory[6] += seen.observed
    if memory[4] == 1:
        memory[0] = memory[1] = memory[2] = memory[4] = 0
        memory[3] = move
        return ACCOMMODATE
    betrayed = before == ACCOMMODATE and seen.observed == WITHHOLD
    if betrayed:
        memory[1] += 5 * memory[2]
        memory[2] += 1
    if memory[0] >= memory[1]:
        return ACCOMMODATE
    no_coin = (2 * memory[6] - seen.period) ** 2 >= 9 * seen.period
    if not betrayed and move - memory[3] >= 10 and no_coin:
        memory[4] = 1
        return ACCOMMODATE
    return WITHHOLD
