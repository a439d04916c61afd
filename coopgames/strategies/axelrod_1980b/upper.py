"""Ranks 10 to 18 of the second tournament."""

from __future__ import annotations

import math
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
    "kluepfel",
    voice="The surer I am of what you are up to, the surer I do the same.",
    source=cite("Charles Kluepfel", 10, "k32r"),
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def kluepfel() -> Compiled:
    """Do what the other did, the surer the longer it has done so; withhold if it seems random.

    Three like moves are answered in kind for certain, two with probability 0.9, a single
    accommodating move with 0.7 and a single defection with 0.6. From move 28 on it withholds if
    the other's defections after C, and its accommodating after D, are each at least half of the
    cases less 0.75 of their square root.
    """
    return Compiled(_kluepfel, memory=(0.0,) * 7, stochastic=True)


def _kluepfel(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: answers (own, answer) as CC, CD, DC, DD; own move before last; the other's last two."""
    before, before_that = memory[5], memory[6]
    if seen.period > 1:
        memory[int(2 * memory[4]) + seen.observed] += 1
    if seen.period > 0:
        memory[4], memory[5], memory[6] = seen.own, seen.observed, before
    after_C, after_D = memory[0] + memory[1], memory[2] + memory[3]
    if (
        seen.period > 26
        and memory[2] >= after_D / 2 - 0.75 * math.sqrt(after_D)
        and memory[1] >= after_C / 2 - 0.75 * math.sqrt(after_C)
    ):
        return WITHHOLD
    last = max(seen.observed, ACCOMMODATE)
    if last != before:
        in_kind = 0.7 if last == ACCOMMODATE else 0.6
    else:
        in_kind = 1.0 if before == before_that else 0.9
    return last if draw(chance, 0) < in_kind else 1 - last


@entry(
    "getzler",
    voice="Each of your offences is half forgotten with every turn that passes.",
    source=cite("Abraham Getzler", 11, "k35r"),
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def getzler() -> Compiled:
    """Withhold with a probability to which a defection n moves ago adds 1/2^n."""
    return Compiled(_getzler, memory=(0.0,), stochastic=True)


def _getzler(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: the probability of withholding."""
    if seen.period > 0:
        memory[0] = (memory[0] + seen.observed) / 2
    return ACCOMMODATE if draw(chance, 0) < 1 - memory[0] else WITHHOLD


_LEYVRAZ = {"CCC": 1.0, "CCD": 0.5, "CDC": 0.0, "CDD": 0.25, "DCC": 1.0, "DCD": 1.0, "DDC": 1.0,
            "DDD": 0.25}  # fmt: skip


@entry(
    "leyvraz",
    voice="Three turns are all I know of you, and my answer to each is written down.",
    source=cite("François Leyvraz", 12, "k68r"),
)
def leyvraz() -> Automaton:
    """Answer the other's last three moves from a list of probabilities.

    The states are these moves, the latest at the end; at the beginning all three count as
    accommodating.
    """
    return Automaton(
        [[p, 1 - p] for p in _LEYVRAZ.values()],
        [[[2 * s % 8, 2 * s % 8 + 1]] * 2 for s in range(8)],
        states=list(_LEYVRAZ),
    )


@entry(
    "white",
    voice="I am slow to anger, and slower still the longer we have known each other.",
    source=cite("Edward C. White, Jr.", 13, "k72r"),
    traits=Traits(memory=None, nice=True, retaliating=False, forgiving=True),
)
def white() -> Compiled:
    """Answer a defection only after ten moves, and if the other has withheld often enough.

    In move m it must have done so at least m / ⌊ln m⌋ times.
    """
    return Compiled(_white, memory=(0.0,))


def _white(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: the other's defections."""
    if seen.period == 0:
        return ACCOMMODATE
    memory[0] += seen.observed
    move = seen.period + 1
    if move <= 10 or seen.observed == ACCOMMODATE:
        return ACCOMMODATE
    return WITHHOLD if math.floor(math.log(move)) * memory[0] >= move else ACCOMMODATE


@entry(
    "eatherley",
    voice="I answer an offence as surely as you have been offensive so far.",
    source=cite("Graham J. Eatherley", 14, "k46r"),
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def eatherley() -> Compiled:
    """Answer a defection by withholding, with the share of defections among the other's moves."""
    return Compiled(_eatherley, memory=(0.0,), stochastic=True)


def _eatherley(memory: Memory, seen: Seen, _payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: the other's defections."""
    if seen.period == 0 or seen.observed == ACCOMMODATE:
        return ACCOMMODATE
    memory[0] += 1
    return ACCOMMODATE if draw(chance, 0) < 1 - memory[0] / seen.period else WITHHOLD


@entry(
    "black",
    voice="One offence in five I overlook; of five in five, hardly one.",
    source=cite("Paul E. Black", 15, "k83r"),
)
def black() -> Automaton:
    """Accommodate for five moves, then with a probability by the defections in the last five.

    With n defections it is 1 − (n² − 1)/25, or 1 where n is 0. The states are the moves remembered.
    """
    seen = [h for n in range(6) for h in product((0, 1), repeat=n)]
    index = {h: s for s, h in enumerate(seen)}
    kind = [min(1.0, 1 - (sum(h) ** 2 - 1) / 25) if len(h) == 5 else 1.0 for h in seen]
    return Automaton(
        [[p, 1 - p] for p in kind],
        [[[index[(*h, o)[-5:]] for o in (0, 1)]] * 2 for h in seen],
        states=["".join("CD"[o] for o in h) or "start" for h in seen],
    )


@entry(
    "richard-hufford",
    voice="Agree with me and all is well; agree too long and I test you, as often as I dare.",
    source=cite("Richard Hufford", 16, "k47r"),
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def richard_hufford() -> Compiled:
    """Go by how well the other agrees with what one did before it, and test it now and then.

    The other agrees if its move is one's own before. With agreement in more than 90 % of all moves
    and in the last four it accommodates; with 62.5 % and two of four it plays tit for tat; with
    less it withholds. When the other has accommodated often enough in a row (21 times at first) it
    withholds once; two moves later it accommodates, and from then on asks for ⌊20 d/c⌋ + 1 in a
    row, where d − 2 such tests were answered by withholding and c − 2 were not.
    """
    return Compiled(_richard_hufford, memory=(2.0, 21.0, 2.0, np.inf, 2.0, 2.0, 0.0) + (1.0,) * 4)


def _richard_hufford(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep, in this order.

    Agreements; the run asked for, the run; move of the last test, answers C and D; own move before
    last; the last four agreements.
    """
    if seen.period == 0:
        return ACCOMMODATE
    move = seen.period + 1
    agreed = 1.0 if seen.observed == memory[6] else 0.0
    memory[6] = seen.own
    memory[0] += agreed
    memory[7 + seen.period % 4] = agreed
    if move < memory[3]:
        memory[2] = memory[2] + 1 if seen.observed == ACCOMMODATE else 0
        if memory[2] >= memory[1]:
            memory[3] = move
            if memory[2] == memory[1]:
                return WITHHOLD
    elif move == memory[3] + 2:
        memory[4 + seen.observed] += 1
        memory[1] = math.floor(20 * memory[5] / memory[4]) + 1
        memory[2], memory[3] = 0, np.inf
        return ACCOMMODATE
    share, lately = memory[0] / move, memory[7:].sum()
    if share > 0.9 and lately == 4:
        return ACCOMMODATE
    return seen.observed if share >= 0.625 and lately >= 2 else WITHHOLD


@entry(
    "yamachi",
    voice="I look up how you answered when things last stood like this, and do the same.",
    source=cite("Brian Yamachi", 17, "k64r"),
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def yamachi() -> Compiled:
    """Do what the other did more often when its move before and one's own were as they are now.

    That is: after its move X and one's own answer Y, it mostly did Z. Between equals it
    accommodates. From move 41 on it withholds, whatever it would have done and remembers as done,
    if the other's accommodating and withholding moves differ by less than a tenth of all.
    """
    return Compiled(_yamachi, memory=(0.0,) * 7)


def _yamachi(memory: Memory, seen: Seen, _payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: by (X, Y), how many more C than D followed; the present X and Y; defections."""
    if seen.period == 0:
        return ACCOMMODATE
    now = int(2 * memory[4] + memory[5])
    action = ACCOMMODATE if memory[now] >= 0 else WITHHOLD
    memory[now] += 1 - 2 * seen.observed
    memory[4], memory[5] = seen.observed, action
    memory[6] += seen.observed
    move = seen.period + 1
    even = 0.45 < (memory[6] + 0.5) / move < 0.55
    return WITHHOLD if move > 40 and even else action


@entry(
    "colbert",
    voice="An offence sets me off: two blows, two peace offerings, and then I listen again.",
    source=cite("John William Colbert", 18, "k51r"),
)
def colbert() -> Automaton:
    """Withhold in move 6 alone of the first eight; then answer a defection by D, D, C, C.

    It pays no heed to what the other does in the first three of these four. The states are named
    after what it does next.
    """
    opening = [[[t + 1] * 2] * 2 for t in range(7)]
    answer = [[[9] * 2] * 2, [[10] * 2] * 2, [[7] * 2] * 2]
    kind = [1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1]
    return Automaton(
        [[p, 1 - p] for p in kind],
        [*opening, [[7, 8]] * 2, *answer],
        states=[*(f"move {t}" for t in range(1, 8)), "listen", "strike", "strike again", "offer"],
    )
