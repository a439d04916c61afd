"""Ranks 20 to 28 of the second tournament."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton
from coopgames.strategies.axelrod_1980b.cite import cite
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.registry import entry
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]


@entry(
    "mikkelson",
    voice="You have credit with me; you earn it in ones and lose it in twos.",
    source=cite("Ray Mikkelson", 20, "k66r"),
    traits=Traits(memory=None, nice=True, retaliating=False, forgiving=True),
)
def mikkelson() -> Compiled:
    """Accommodate while the other has credit, or seldom withheld.

    Credit is 7 at first, gains 1 by an accommodating move and loses 2 by a defection, between 8 and
    −7. Without credit it withholds in moves 3 to 10, and sets it to 4; later it does so if the
    other has withheld in at least 15 % of the moves, the move to come counted in.
    """
    return Compiled(_mikkelson, memory=(7.0, 0.0))


def _mikkelson(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: credit, and the other's defections."""
    if seen.period == 0:
        return ACCOMMODATE
    memory[0] = min(max(memory[0] + 1 - 3 * seen.observed, -7.0), 8.0)
    memory[1] += seen.observed
    move = seen.period + 1
    if move == 2 or memory[0] > 0:
        return ACCOMMODATE
    if move <= 10:
        memory[0] = 4
        return WITHHOLD
    return WITHHOLD if memory[1] / move >= 0.15 else ACCOMMODATE


@entry(
    "rowsam",
    voice="I trust until the books look bad; then I warn you, and one day I stop warning.",
    source=cite("Glen Rowsam", 21, "k58r"),
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def rowsam() -> Compiled:
    """Accommodate, and look at the mean score in every sixth move; distrust grows if it is poor.

    A mean (the points so far by the move to come) below 2.5, 2, 1.5 or 1 adds 1, 2, 3 or 5 points
    of distrust. With 7 it withholds for ever; else each addition is followed by withholding,
    accommodating and withholding. Distrust of 3 and more is 1 less in every eighteenth move.
    """
    return Compiled(_rowsam, memory=(0.0, 0.0, 0.0))


def _rowsam(memory: Memory, seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: points, distrust, and what is left of the warning."""
    if seen.period > 0:
        memory[0] += payoffs[0, seen.own, seen.observed]
    if memory[1] >= 7:
        return WITHHOLD
    if memory[2] > 0:
        memory[2] -= 1
        return ACCOMMODATE if memory[2] == 1 else WITHHOLD
    move = seen.period + 1
    if move % 18 == 0 and memory[1] >= 3:
        memory[1] -= 1
    mean = memory[0] / move
    if move % 6 != 0 or mean >= 2.5:
        return ACCOMMODATE
    memory[1] += 5 if mean < 1 else 3 if mean < 1.5 else 2 if mean < 2 else 1
    memory[2] = 2
    return WITHHOLD


@entry(
    "appold",
    voice="I was told how you answer what I do, by you; now I answer you as you answer me.",
    source=cite("Scott Appold", 22, "k88r"),
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=False),
)
def appold() -> Compiled:
    """Accommodate as often as the other has done after what one did two moves ago.

    Four moves, and that after the other's first defection from move 4 on, are accommodating. The
    other's first move counts as an answer to accommodating, and one accommodating answer to a
    defection is supposed before the first.
    """
    return Compiled(_appold, memory=(0.0, 1.0, 0.0, 1.0, 0.0, 0.0), stochastic=True)


def _appold(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep, in this order.

    Accommodating answers to C and D, answers to both; whether the first defection has been let
    pass; own move before last.
    """
    if seen.period == 0:
        return ACCOMMODATE
    before = int(memory[5])
    memory[5] = seen.own
    memory[before] += 1 - seen.observed
    memory[2 + before] += 1
    if seen.period < 4:
        return ACCOMMODATE
    if seen.observed == WITHHOLD and memory[4] == 0:
        memory[4] = 1
        return ACCOMMODATE
    return ACCOMMODATE if draw(chance, 0) < memory[before] / memory[2 + before] else WITHHOLD


@entry(
    "ambuehl-hickey",
    voice="I return what I get for five turns, and go by the majority of five from there.",
    source=cite("Dennis Ambuehl & Kevin Hickey", 26, "k79r"),
)
def ambuehl_hickey() -> Automaton:
    """Play tit for tat for five moves, then do what the other did in most of five moves.

    These are the five before its last move; there was an accommodating move 0. The states are the
    moves remembered, the latest at the end.
    """
    seen = [h for n in range(5) for h in product((0, 1), repeat=n)]
    seen += list(product((0, 1), repeat=6))
    index = {h: s for s, h in enumerate(seen)}

    def withholds(h: tuple[int, ...]) -> int:
        return int(sum(h[:5]) >= 3) if len(h) == 6 else int(h[-1:] == (1,))

    def after(h: tuple[int, ...], o: int) -> int:
        longer = (*h, o)
        return index[(0, *longer) if len(longer) == 5 else longer[-6:]]

    return Automaton(
        np.eye(2)[[withholds(h) for h in seen]],
        [[[after(h, o) for o in (0, 1)]] * 2 for h in seen],
        states=["".join("CD"[o] for o in h) or "start" for h in seen],
    )


@entry(
    "tranquilizer",
    voice="I lull you with kindness, then take a little, then a little more, while it goes well.",
    source=cite("Craig Feathers", 27, "k67r"),
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def tranquilizer() -> Compiled:
    """Accommodate while the score is good, but for single defections that grow more frequent.

    The mean score (points by the move to come) is good from 2.25 on. Then it accommodates with
    probability 0.95 − (a + b − 5)/15 + 1/m² − j/4, where m is the move, j is 1 if the other just
    withheld, and a and b are the mean scores of such defections and of the move after, in which it
    accommodates; they begin at 5 and 0. From 1.75 on it accommodates with probability
    1/4 + (c + 1)/m − s/4 + d/100 + 4/m, where the other accommodated c times and withheld in the
    last s moves, and d is the lead in points. With less it plays tit for tat.
    """
    start = (0.0, 5.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0)
    return Compiled(_tranquilizer, memory=start, stochastic=True)


def _tranquilizer(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep, in this order.

    Moves since such a defection; a, b, how many each is the mean of; s; points, the other's; c.
    """
    if seen.period == 0:
        return ACCOMMODATE
    gain = payoffs[0, seen.own, seen.observed]
    memory[5] = memory[5] + 1 if seen.observed == WITHHOLD else 0
    memory[6] += gain
    memory[7] += payoffs[1, seen.own, seen.observed]
    memory[8] += 1 - seen.observed
    if memory[0] > 0:
        at = int(memory[0])
        memory[at] = (memory[at] * memory[2 + at] + gain) / (memory[2 + at] + 1)
        memory[2 + at] += 1
        memory[0] = 2 if at == 1 else 0
        if at == 1:
            return ACCOMMODATE
    move = seen.period + 1
    if memory[6] / move >= 2.25:
        p = 0.95 - (memory[1] + memory[2] - 5) / 15 + 1 / move**2 - seen.observed / 4
        if draw(chance, 0) <= p:
            return ACCOMMODATE
        memory[0] = 1
        return WITHHOLD
    if memory[6] / move >= 1.75:
        p = 0.25 + (memory[8] + 1) / move - memory[5] * 0.25
        p += (memory[6] - memory[7]) / 100 + 4 / move
        return ACCOMMODATE if draw(chance, 0) <= p else WITHHOLD
    return seen.observed


@entry(
    "grofman-1980b",
    voice="Two slips in seven I bear while we are at peace, and one while we are not.",
    source=cite("Bernard Grofman", 28, "k86r"),
    traits=Traits(memory=8, nice=True, retaliating=True, forgiving=True),
)
def grofman_1980b() -> Compiled:
    """Accommodate twice, play tit for tat for five moves, then go by seven of the other's moves.

    These are the seven before its last one. After an accommodating move of one's own up to two
    defections among them are borne, after withholding one; with more it withholds.
    """
    return Compiled(_grofman_1980b, memory=(0.0,) * 8)


def _grofman_1980b(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: the other's last move, and the seven before it in turn."""
    if seen.period == 0:
        return ACCOMMODATE
    memory[1 + seen.period % 7] = memory[0]
    memory[0] = seen.observed
    if seen.period < 7:
        return ACCOMMODATE if seen.period == 1 else seen.observed
    borne = 2 if seen.own == ACCOMMODATE else 1
    return ACCOMMODATE if memory[1:].sum() <= borne else WITHHOLD
