"""Ranks 31 to 45 of the second tournament."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton, memory_one
from coopgames.strategies.axelrod_1980b.cite import cite
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.registry import entry
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]


_NYDEGGER = {0, 27, 28, 32, *range(40, 45), 46, 47, 48, 56, 57, 59, 60, 62, 63}


@entry(
    "nydegger-1980b",
    voice="I still keep a list of what we did in three turns; few entries on it are forgiven.",
    source=cite("Rudy Nydegger", 31, "k57r") + " The program, typed in anew in 1993, has other "
    "weights and another list than the paragraph on the first tournament that nydegger follows.",
)
def nydegger_1980b() -> Automaton:
    """Play tit for tat for three moves, then accommodate after a short list of three outcomes.

    An outcome counts 2 if one defected oneself, plus 1 if the other did; the last three have the
    weights 16, 4 and 1, the first of them 16. The exception in the opening is that of nydegger: who
    alone accommodated in move 1 and alone withheld in move 2 withholds in move 3. The states are
    the outcomes remembered, own action first.
    """
    outcomes = ("CC", "CD", "DC", "DD")
    histories = [h for n in range(4) for h in product(range(4), repeat=n)]
    index = {h: s for s, h in enumerate(histories)}

    def withholds(h: tuple[int, ...]) -> int:
        if len(h) == 3:
            return int(16 * h[0] + 4 * h[1] + h[2] not in _NYDEGGER)
        return int(h == (1, 2) or h[-1:] in {(1,), (3,)})

    return Automaton(
        np.eye(2)[[withholds(h) for h in histories]],
        [[[index[(*h, 2 * a + o)[-3:]] for o in (0, 1)] for a in (0, 1)] for h in histories],
        states=[" ".join(outcomes[x] for x in h) or "start" for h in histories],
    )


@entry(
    "pebley",
    voice="If we did the same, let us keep to it; if we did not, I would rather be hard.",
    source=cite("Robert Pebley", 32, "k70r"),
)
def pebley() -> Automaton:
    """Repeat what both did; after they acted differently withhold with probability 0.8."""
    return memory_one(1, CC=1, CD=0.2, DC=0.2, DD=0)


@entry(
    "weiderman",
    voice="Three blows in a row, and we are through.",
    source=cite("Nelson Weiderman", 34, "k38r"),
)
def weiderman() -> Automaton:
    """Accommodate until the other has withheld three times in a row, then withhold for ever."""
    return Automaton(
        [[1, 0]] * 3 + [[0, 1]],
        [[[0, 1]] * 2, [[0, 2]] * 2, [[0, 3]] * 2, [[3, 3]] * 2],
        states=("no blow", "one blow", "two blows", "never"),
    )


@entry(
    "dawes-batell",
    voice="Each offence weighs five times what a kindness does; when the scale tips, it is over.",
    source=cite("Robyn M. Dawes & Mark Batell", 36, "k80r"),
    traits=Traits(memory=None, nice=True, retaliating=False, forgiving=True),
)
def dawes_batell() -> Compiled:
    """Accommodate until the other's record weighs 5 or more, then withhold for ever.

    After d defections in m moves it weighs 1.6667^d · 0.882^(m + 1 − d); it is looked at after each
    defection.
    """
    return Compiled(_dawes_batell, memory=(0.0, 0.0))


def _dawes_batell(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: the other's defections, and whether it is over."""
    if seen.observed == WITHHOLD:
        memory[0] += 1
        d = memory[0]
        if 1.6667**d * 0.882 ** (seen.period + 1 - d) >= 5:
            memory[1] = 1
    return WITHHOLD if memory[1] == 1 else ACCOMMODATE


@entry(
    "lefevre",
    voice="One offence in five I can live with.",
    source=cite("George Lefevre", 37, "k37r"),
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def lefevre() -> Compiled:
    """Withhold if the other has withheld in more than a fifth of the moves, the one to come too."""
    return Compiled(_lefevre, memory=(0.0,))


def _lefevre(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: the other's defections."""
    if seen.period > 0:
        memory[0] += seen.observed
    return WITHHOLD if 5 * memory[0] > seen.period + 1 else ACCOMMODATE


@entry(
    "anderson",
    voice="For fifteen turns I am forbearing; then I help myself, if you let me.",
    source=cite("R. D. Anderson", 39, "k43r"),
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def anderson() -> Compiled:
    """Answer the first three defections of fifteen moves; then exploit who bears it.

    From move 16 on it withholds if the other has answered at least a third of one's own
    accommodating moves so. Else it does in every fourth move, if the other has accommodated after
    at least ⌊m/12⌋ of one's own defections by move m or never answered one by withholding; but not
    with its twin, who did so in move 16 for the first time.
    """
    return Compiled(_anderson, memory=(0.0,) * 7)


def _anderson(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: answers CC, CD, DC, DD, own move first; own move before last; retaliations; twin."""
    if seen.period == 0:
        return ACCOMMODATE
    if seen.period > 1:
        memory[int(2 * memory[4]) + seen.observed] += 1
    memory[4] = seen.own
    move = seen.period + 1
    if move < 16:
        if seen.observed == ACCOMMODATE or memory[5] == 3:
            return ACCOMMODATE
        memory[5] += 1
        return WITHHOLD
    if move == 17 and seen.observed == WITHHOLD and memory[1] == 1 and memory[3] == 0:
        memory[6] = 1
    if 3 * memory[1] >= memory[0] + memory[1]:
        return WITHHOLD
    bears = memory[2] >= move // 12 or memory[3] == 0
    return WITHHOLD if move % 4 == 0 and memory[6] == 0 and bears else ACCOMMODATE


@entry(
    "zimmerman",
    voice="I hold my course until you have crossed it often enough; then I take yours.",
    source=cite("George Zimmerman", 41, "k73r"),
    traits=Traits(memory=None, nice=True, retaliating=False, forgiving=True),
)
def zimmerman() -> Compiled:
    """Keep to one action until the other has taken the opposite one a number of times.

    At first it takes four defections to make it withhold; from then on, ⌊5/3 (a + 1)⌋ accommodating
    moves to bring it back, where a is the number that made it withhold; and then a again, less 3,
    plus the mean score rounded down, but at least 1.
    """
    return Compiled(_zimmerman, memory=(0.0, 0.0, 4.0, 8.0, 0.0))


def _zimmerman(memory: Memory, seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep, in this order.

    What it does; how often it was crossed; how often makes it withhold, comes back; points so far.
    """
    if seen.period == 0:
        return ACCOMMODATE
    memory[4] += payoffs[0, seen.own, seen.observed]
    if seen.observed != memory[0]:
        memory[1] += 1
        if memory[1] >= memory[2 + int(memory[0])]:
            memory[0], memory[1] = seen.observed, 0
            if seen.observed == ACCOMMODATE:
                mean = memory[4] // (seen.period + 1)
                memory[2] = max(memory[2] - 3 + mean, 1.0)
            else:
                memory[3] = (5 * (memory[2] + 1)) // 3
    return int(memory[0])


@entry(
    "newman",
    voice="I reckon what pays; but three rounds of mutual spite in a row, and I try kindness.",
    source=cite("Steve Newman", 42, "k55r"),
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=False),
)
def newman() -> Compiled:
    """Do what pays best if the other's move depends on one's own before it, supposing the best.

    With a and b the shares of accommodating answers to C and to D, 1 and 0 at first, accommodating
    is worth 6a − 9b − 2 more than withholding, and taking turns 4a − 6b − 1. Where withholding is
    best it accommodates nevertheless after more than three mutual defections in a row.
    """
    return Compiled(_newman, memory=(0.0,) * 6)


def _newman(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep, in this order.

    Accommodating answers to C and D, answers to both; own move before last; mutual defections while
    withholding was best.
    """
    if seen.period == 0:
        return ACCOMMODATE
    if seen.period > 1:
        memory[int(memory[4])] += 1 - seen.observed
        memory[2 + int(memory[4])] += 1
    memory[4] = seen.own
    a = memory[0] / memory[2] if memory[2] > 0 else 1.0
    b = memory[1] / memory[3] if memory[3] > 0 else 0.0
    kind, turns = 6 * a - 9 * b - 2, 4 * a - 6 * b - 1
    if kind >= 0 and kind >= turns:
        return ACCOMMODATE
    if kind >= 0 or turns >= 0:
        return 1 - seen.own
    spite = seen.own == WITHHOLD and seen.observed == WITHHOLD
    memory[5] = memory[5] + 1 if spite else 0
    return ACCOMMODATE if memory[5] > 3 else WITHHOLD


@entry(
    "schurmann",
    voice="I am all kindness until you are not; then every turn makes me hope a bit more or less.",
    source=cite("E. E. H. Schurmann", 44, "k87r"),
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=False),
)
def schurmann() -> Compiled:
    """Accommodate until the other withholds, then with a probability that each outcome moves.

    It is 1/2 before; then p becomes 0.57 p + 0.43 after mutual accommodation, 0.74 p + 0.104 after
    mutual defection, and p/2 after both acted differently.
    """
    return Compiled(_schurmann, memory=(0.5, 0.0), stochastic=True)


def _schurmann(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: the probability, and whether the other has withheld."""
    if seen.observed == WITHHOLD:
        memory[1] = 1
    if memory[1] == 0:
        return ACCOMMODATE
    if seen.own != seen.observed:
        memory[0] *= 0.5
    elif seen.own == ACCOMMODATE:
        memory[0] = 0.57 * memory[0] + 0.43
    else:
        memory[0] = 0.74 * memory[0] + 0.104
    return ACCOMMODATE if draw(chance, 0) < memory[0] else WITHHOLD


_NUSSBACHER = (0.0, 0.23, 0.87, 0.915, 0.915, 0.87, 0.87, 0.87, 0.915, 0.94, 0.94)


@entry(
    "nussbacher",
    voice="Ten turns I listen; then a single offence in ten is borne, and no more.",
    source=cite("Henry Nussbacher", 45, "k53r"),
    traits=Traits(memory=10, nice=True, retaliating=True, forgiving=True),
)
def nussbacher() -> Compiled:
    """Accommodate for ten moves, then go by how often the other withheld in the last ten.

    It withholds with probability 0, 0.23, 0.87, 0.915, 0.915, 0.87, 0.87, 0.87, 0.915, 0.94 or 0.94
    where that was 0 to 10 times.
    """
    return Compiled(_nussbacher, memory=(0.0,) * 10, stochastic=True)


def _nussbacher(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: whether each of the other's last ten moves withheld, in turn."""
    if seen.period > 0:
        memory[seen.period % 10] = seen.observed
    if seen.period < 10:
        return ACCOMMODATE
    p = _NUSSBACHER[int(memory.sum())]
    return ACCOMMODATE if draw(chance, 0) < 1 - p else WITHHOLD
