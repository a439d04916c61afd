"""The entries of Axelrod's first tournament, but for TIT FOR TAT and RANDOM, in order of rank.

The programs of 1980 are lost; what is left is one paragraph on each in Axelrod's report. Where a
paragraph can be read in several ways, the reading is that of Axelrod-Python 4.13.1, whose results
ours are compared with, and `source` says what was settled so. They are the entries as they were
handed in; the one parameter, Graaskamp's, gives another reading. "Move 1" is the first period,
which is `Seen.period` 0.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton, memory_one
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.registry import entry, whole
from coopgames.strategies.threats.punishment import grim
from coopgames.strategies.traits import Traits
from coopgames.strategies.unconditional import random

_IN_AXELROD = (
    "in Axelrod (1980), Effective choice in the Prisoner's Dilemma, J. Conflict Resolution 24:3-25"
)
_READ_AS = "Read as Axelrod-Python 4.13.1 reads it:"

_CHI2_95 = 3.841458820694124
"""95 % point of chi-squared with one degree of freedom."""


# Against even odds, chi-squared of c out of n is (2c − n)²/n; this is compared without dividing.


@entry(
    "tideman-chieruzzi",
    voice="Cross me again and you pay a little more; fall far behind, and we start afresh.",
    source=f"Nicolas Tideman & Paula Chieruzzi {_IN_AXELROD}. {_READ_AS} every punishment is one "
    "longer than the one before, whether or not a run of defections has ended; a fresh start "
    "forgets the other's defections but not the scores, nor how many moves there were.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True, uses_horizon=True),
)
def tideman_chieruzzi() -> Compiled:
    """Punish a defection, each time for one period longer; withhold in the last two periods.

    The other is given a fresh start, two accommodating moves after which punishments begin again
    at one, if it is 10 or more points behind, has just accommodated, has had no fresh start for 20
    periods, 10 more periods are to come, and the defections remembered are at least 3 standard
    deviations from what a fair coin gives. Where the horizon is not known there is neither an end
    to defect at nor a fresh start.
    """
    return Compiled(_tideman_chieruzzi, memory=(0.0, 0.0, 0.0, 0.0, -20.0))


def _tideman_chieruzzi(
    memory: NDArray[np.float64], seen: Seen, payoffs: NDArray[np.float64], _chance: np.uint64
) -> int:
    """Keep: length of the last punishment, what is left of it, lead, defections, fresh start."""
    if 0 <= seen.horizon <= seen.period + 2:
        return WITHHOLD
    if seen.period == 0:
        return ACCOMMODATE
    memory[2] += payoffs[0, seen.own, seen.observed] - payoffs[1, seen.own, seen.observed]
    memory[3] += seen.observed
    since_fresh_start = seen.period - memory[4]
    if since_fresh_start == 1:
        return ACCOMMODATE
    if (
        since_fresh_start >= 20
        and memory[2] >= 10
        and seen.horizon - seen.period > 10
        and seen.observed == ACCOMMODATE
        and (2 * memory[3] - seen.period) ** 2 >= 9 * seen.period
    ):
        memory[0] = memory[1] = memory[3] = 0
        memory[4] = seen.period
        return ACCOMMODATE
    if memory[1] == 0 and seen.observed == WITHHOLD:
        memory[0] += 1
        memory[1] = memory[0]
    if memory[1] > 0:
        memory[1] -= 1
        return WITHHOLD
    return ACCOMMODATE


_NYDEGGER = frozenset({1, 6, 7, 17, 22, 23, 26, 29, 30, 31, 33, 38, 39, 45, 49, 54, 55, 58, 61})


@entry(
    "nydegger",
    voice="I remember our last three meetings, and keep a list of those that I cannot let pass.",
    source=f"Rudy Nydegger {_IN_AXELROD}. {_READ_AS} of the three moves before, the latest has "
    "weight 16.",
)
def nydegger() -> Automaton:
    """Play tit for tat for three moves, then answer the last three outcomes from a fixed list.

    An outcome counts 2 if the other defected, plus 1 if one did so oneself; the last three have
    the weights 16, 4 and 1, the latest 16. A sum on the list is answered by withholding. There is
    one exception in the opening: who alone accommodated in move 1 and alone withheld in move 2
    withholds in move 3. The state is the outcomes remembered, own action first.
    """
    DC, CD, DD = 1, 2, 3
    histories = [h for n in range(4) for h in product(range(4), repeat=n)]
    index = {h: s for s, h in enumerate(histories)}

    def withholds(h: tuple[int, ...]) -> bool:
        if len(h) == 3:
            return h[0] + 4 * h[1] + 16 * h[2] in _NYDEGGER
        return h == (CD, DC) or h[-1:] in {(CD,), (DD,)}

    return Automaton(
        [[0, 1] if withholds(h) else [1, 0] for h in histories],
        [[[index[(*h, a + 2 * o)[-3:]] for o in (0, 1)] for a in (0, 1)] for h in histories],
        states=[" ".join(("CC", "DC", "CD", "DD")[x] for x in h) or "start" for h in histories],
    )


@entry(
    "grofman",
    voice="If we did the same I am all kindness; if we did not, you have two chances in seven.",
    source=f"Bernard Grofman {_IN_AXELROD}.",
)
def grofman() -> Automaton:
    """Accommodate, but only with probability 2/7 after the two actors acted differently."""
    return memory_one(1, CC=1, CD=2 / 7, DC=2 / 7, DD=1)


@entry(
    "shubik",
    voice="Each time you break our peace, I stay away for one turn more.",
    source=f"Martin Shubik {_IN_AXELROD}; Shubik (1970), J. Conflict Resolution 14:181-193. "
    f"{_READ_AS} only a defection that met one's own accommodating counts as a departure.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def shubik() -> Compiled:
    """Answer the nth defection against one's own accommodating by withholding for n periods."""
    return Compiled(_shubik, memory=(0.0, 0.0))


def _shubik(
    memory: NDArray[np.float64], seen: Seen, _payoffs: NDArray[np.float64], _chance: np.uint64
) -> int:
    """Keep: departures so far, and what is left of the punishment."""
    if memory[1] == 0 and seen.own == ACCOMMODATE and seen.observed == WITHHOLD:
        memory[0] += 1
        memory[1] = memory[0]
    if memory[1] > 0:
        memory[1] -= 1
        return WITHHOLD
    return ACCOMMODATE


@entry(
    "stein-rapoport",
    voice="I return what I get, unless the statistics say that you are tossing coins.",
    source=f"William Stein & Amnon Rapoport {_IN_AXELROD}. {_READ_AS} the other seems random if "
    "chi-squared of its defections against even odds stays below the 5 % point; transitions and "
    "alternation are not tested.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True, uses_horizon=True),
)
def stein_rapoport() -> Compiled:
    """Play tit for tat, but withhold from whoever seems random, and in the last two periods.

    It accommodates for four moves. At move 15 and every fifteenth from there it tests whether the
    other's moves so far differ from a fair coin's; if not, it withholds until the next test.
    """
    return Compiled(_stein_rapoport, memory=(0.0, 0.0))


def _stein_rapoport(
    memory: NDArray[np.float64], seen: Seen, _payoffs: NDArray[np.float64], _chance: np.uint64
) -> int:
    """Keep: the other's defections, and whether it seems random."""
    if seen.observed == WITHHOLD:
        memory[0] += 1
    if (seen.period + 1) % 15 == 0:
        even = (2 * memory[0] - seen.period) ** 2 <= _CHI2_95 * seen.period
        memory[1] = 1.0 if even else 0.0
    if 0 <= seen.horizon <= seen.period + 2:
        return WITHHOLD
    if seen.period < 4:
        return ACCOMMODATE
    return WITHHOLD if memory[1] == 1 else seen.observed


@entry(
    "friedman",
    voice="I trust you entirely, once.",
    source=f"James W. Friedman {_IN_AXELROD}; Friedman (1971), Rev. Econ. Studies 38:1-12. The "
    "same rule as grim.",
)
def friedman() -> Automaton:
    """Accommodate until the other has defected, then withhold for ever."""
    return grim()


@entry(
    "davis",
    voice="You have ten turns of grace; then I recall them all.",
    source=f"Morton Davis {_IN_AXELROD}. {_READ_AS} a defection within the first ten moves is "
    "punished from move 11.",
)
def davis() -> Automaton:
    """Accommodate for ten moves, then for as long as the other has never defected.

    States 0 to 10 count the moves of an unbroken peace, 11 to 20 those of a broken one.
    """
    unbroken = [[[min(t + 1, 10), min(t + 11, 20)]] * 2 for t in range(11)]
    broken = [[[min(t + 1, 20)] * 2] * 2 for t in range(11, 21)]
    return Automaton([[1, 0]] * 20 + [[0, 1]], unbroken + broken)


@entry(
    "graaskamp",
    voice="I return favours, I run my tests, and if you look trusting I help myself now and then.",
    source=f"James Graaskamp {_IN_AXELROD}. {_READ_AS} the other seems random if at any move from "
    "57 its accommodating does not differ from a fair coin's (chi-squared, 5 %); it is tit for tat "
    "if from its second move it did what one had done before, and a twin if both did the same "
    "throughout. ANALOGY is lost and not tested for. The gap between defections is drawn from 5 to "
    "15, both included, as Axelrod has it (there it ends at 14).",
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def graaskamp(longest: int = 15) -> Compiled:
    """Play tit for tat for 56 moves but defect in move 51; then go by what the other seems to be.

    It withholds for ever from one that seems random, plays tit for tat with tit for tat and with
    its twin, and with anyone else accommodates but for a defection every 5 to `longest` moves.
    """
    gaps = whole("longest", longest, 5) - 4
    return Compiled(_graaskamp, memory=(0.0,) * 6 + (float(gaps),), stochastic=True)


def _graaskamp(
    memory: NDArray[np.float64], seen: Seen, _payoffs: NDArray[np.float64], chance: np.uint64
) -> int:
    """Keep, and last the number of gaps there may be between two lapses.

    Defections, own move before last, not tit for tat, not a twin, random, next lapse.
    """
    if seen.period == 0:
        return ACCOMMODATE
    memory[0] += seen.observed
    if seen.period > 1 and seen.observed != memory[1]:
        memory[2] = 1
    if seen.observed != seen.own:
        memory[3] = 1
    memory[1] = seen.own
    if seen.period < 56:
        return WITHHOLD if seen.period == 50 else seen.observed
    if (2 * memory[0] - seen.period) ** 2 <= _CHI2_95 * seen.period:
        memory[4] = 1
    if memory[4] == 1:
        return WITHHOLD
    if memory[2] == 0 or memory[3] == 0:
        return seen.observed
    lapse = memory[5] == seen.period
    if lapse or memory[5] == 0:
        memory[5] = seen.period + 5 + int(memory[6] * draw(chance, 0))
    return WITHHOLD if lapse else ACCOMMODATE


@entry(
    "downing",
    voice="Show me that it matters to you what I do, and I will do what pays us.",
    source=f"Leslie Downing {_IN_AXELROD}; Downing (1975), Simulation & Games 6:366-391. "
    f"{_READ_AS} it withholds in moves 1 and 2, takes the other's first move for an answer to an "
    "accommodating move 0, and divides by all its moves, the one not yet answered included. Its "
    "expected payoffs are compared exactly, where floating point there can miss a tie.",
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def downing() -> Compiled:
    """Do what pays in the long run if the other's move depends on one's own move before it.

    How often the other accommodates after either action is estimated anew in each period.
    Accommodating for ever and withholding for ever are compared at these estimates; between equals
    it changes its action. As long as it has tried nothing it supposes that the other pays no heed,
    and withholds.
    """
    return Compiled(_downing, memory=(0.0, 0.0, 1.0, 0.0, 0.0))


def _downing(
    memory: NDArray[np.float64], seen: Seen, payoffs: NDArray[np.float64], _chance: np.uint64
) -> int:
    """Keep: accommodating answers to each own action, how often it was taken, own last but one."""
    if seen.period == 0:
        return WITHHOLD
    if seen.observed == ACCOMMODATE:
        memory[int(memory[4])] += 1
    memory[2 + seen.own] += 1
    memory[4] = seen.own
    if seen.period == 1:
        return WITHHOLD
    R, S, T, P = payoffs[0, 0, 0], payoffs[0, 0, 1], payoffs[0, 1, 0], payoffs[0, 1, 1]
    C, D = memory[2], max(memory[3], 2.0)
    # Both values times C·D: with whole payoffs the comparison is exact.
    accommodating = D * (memory[0] * (R - S) + C * S)
    withholding = C * (memory[1] * (T - P) + D * P)
    if accommodating == withholding:
        return 1 - seen.own
    return ACCOMMODATE if accommodating > withholding else WITHHOLD


@entry(
    "feld",
    voice="I begin by returning every favour, and tire of it a little with each turn.",
    source=f"Scott Feld {_IN_AXELROD}. {_READ_AS} the probability falls along a straight line, "
    "whatever the horizon.",
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def feld() -> Compiled:
    """Withhold after a defection; accommodate otherwise, but ever less surely.

    The probability falls from 1 in the first period to 1/2 after 200 and stays there.
    """
    return Compiled(_feld, stochastic=True)


def _feld(
    _memory: NDArray[np.float64], seen: Seen, _payoffs: NDArray[np.float64], chance: np.uint64
) -> int:
    if seen.observed == WITHHOLD:
        return WITHHOLD
    return ACCOMMODATE if draw(chance, 0) < max(1 - seen.period / 400, 0.5) else WITHHOLD


@entry(
    "joss",
    voice="I return your favours, nine times out of ten.",
    source=f"Johann Joss {_IN_AXELROD}.",
)
def joss() -> Automaton:
    """Play tit for tat, but accommodate after an accommodating move only with probability 0.9."""
    return memory_one(1, CC=0.9, CD=0, DC=0.9, DD=0)


@entry(
    "tullock",
    voice="First I am kind; then I am always a little less kind than you were.",
    source=f"Gordon Tullock {_IN_AXELROD}; Overcast & Tullock (1971), Theory and Decision "
    f"1:350-358. {_READ_AS} 10 % less is a tenth less in probability.",
    traits=Traits(memory=11, nice=False, retaliating=True, forgiving=False),
)
def tullock() -> Compiled:
    """Accommodate for eleven moves, then with the other's share in the last ten less 0.1.

    Its states are finite in number but more than a thousand, so it is no table.
    """
    return Compiled(_tullock, memory=(0.0,) * 10, stochastic=True)


def _tullock(
    memory: NDArray[np.float64], seen: Seen, _payoffs: NDArray[np.float64], chance: np.uint64
) -> int:
    """Keep: whether each of the other's last ten moves accommodated, in turn."""
    if seen.period > 0:
        memory[seen.period % 10] = 1 - seen.observed
    if seen.period < 11:
        return ACCOMMODATE
    return ACCOMMODATE if 10 * draw(chance, 0) < memory.sum() - 1 else WITHHOLD


@entry(
    "name-withheld",
    voice="Call me nobody: even those who met me took me for a coin.",
    source=f"A graduate student whose name was withheld {_IN_AXELROD}. Its adjustments are not "
    f"described. {_READ_AS} in each period a probability is drawn uniformly from 0.3 to 0.7; as it "
    "is drawn anew each time, that is one toss of a fair coin, and is played so.",
)
def name_withheld() -> Automaton:
    """Accommodate with probability 1/2, the mean of the probabilities that it may have used."""
    return random(0.5)
