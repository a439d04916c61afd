"""Strategies that try the other out: they withhold once or twice, look, and draw conclusions.

Where a conclusion is drawn from the first moves, that is an automaton: its states are the moves of
the opening with what has been seen in them, and then what has been made of it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton, memory_one, unroll
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw
from coopgames.strategies.registry import entry, probability
from coopgames.strategies.sources import AXELROD_PYTHON, PRISON, STEWART
from coopgames.strategies.traits import Traits

_LI = (
    "Li, Hingston & Kendall (2011), Engineering design of strategies for winning iterated "
    "prisoner's dilemma competitions, IEEE Trans. Comput. Intell. AI in Games 3:348-360"
)

GOOD, BAD, ECHO = "for ever C", "for ever D", "tit for tat"
"""What may be made of an opening: peace, war, or tit for tat, which must know the last action."""


def _after_opening(opening: str, conclude: Callable[[str], str]) -> Automaton:
    """Play `opening`; by what the other did in it, `conclude` says what is done from then on."""

    def after(state: tuple[str, str], _own: int, other: int) -> tuple[str, str]:
        made, seen = state
        if made:
            return (made, "CD"[other] if made == ECHO else "")
        seen += "CD"[other]
        if len(seen) < len(opening):
            return "", seen
        made = conclude(seen)
        return (made, seen[-1] if made == ECHO else "")

    def kindness(state: tuple[str, str]) -> bool:
        made, seen = state
        if not made:
            return opening[len(seen)] == "C"
        return made == GOOD or (made == ECHO and seen == "C")

    def name(state: tuple[str, str]) -> str:
        made, seen = state
        return f"{made}, saw {seen}" if made == ECHO else made or f"move {len(seen) + 1} {seen}"

    return unroll(("", ""), kindness, after, lambda state: name(state).strip())


@entry(
    "prober",
    voice="One shove to see what you are made of; the soft I push on, the hard I respect.",
    source="prober in Beaufils, Delahaye & Mathieu (1997), Our meeting with gradual, Artificial "
    f"Life V, 202-209; PROBE in {STEWART}.",
    aliases=("PROBE",),
)
def prober() -> Automaton:
    """Play D, C, C; then withhold for ever if the other accommodated in moves 2 and 3.

    Else play tit for tat.
    """
    return _after_opening("DCC", lambda seen: BAD if seen[1:] == "CC" else ECHO)


@entry(
    "prober-2",
    voice="Show me that you strike back and then let go, and I am yours.",
    source=f"prober2 in {PRISON}; PROBE2 in {STEWART}.",
    aliases=("PROBE2",),
)
def prober_2() -> Automaton:
    """Play D, C, C; then accommodate for ever if the other played D and C in moves 2 and 3.

    Else play tit for tat.
    """
    return _after_opening("DCC", lambda seen: GOOD if seen[1:] == "DC" else ECHO)


@entry(
    "prober-3",
    voice="One shove, one look, and I know whom I have before me.",
    source=f"prober3 in {PRISON}; PROBE3 in {STEWART}.",
    aliases=("PROBE3",),
)
def prober_3() -> Automaton:
    """Play D, C; then withhold for ever if the other accommodated in move 2.

    Else play tit for tat.
    """
    return _after_opening("DC", lambda seen: BAD if seen[1] == "C" else ECHO)


_EXAMINATION = "CCDCDDDCCDCDCCDCDDCD"


@entry(
    "prober-4",
    voice="Twenty moves of mine, and I count which of your blows I had deserved.",
    source=f"prober4 in {PRISON}.",
    traits=Traits(memory=None, nice=False, retaliating=False, forgiving=False),
)
def prober_4() -> Compiled:
    """Play a fixed opening of 20 moves, and count the other's defections after own C and own D.

    If the numbers differ by two at most, withhold for ever. Else accommodate for five periods and
    play tit for tat from there. The defection in move 20 is not counted.
    """
    return Compiled(_prober_4, memory=(0.0,))


def _prober_4(
    memory: NDArray[np.float64], seen: Seen, _payoffs: NDArray[np.float64], _chance: np.uint64
) -> int:
    """Keep by how many the defections that were deserved are ahead of those that were not."""
    if 0 < seen.period < 20 and seen.observed == WITHHOLD:
        memory[0] += 1 if seen.own == WITHHOLD else -1
    if seen.period < 20:
        return ACCOMMODATE if _EXAMINATION[seen.period] == "C" else WITHHOLD
    if abs(memory[0]) <= 2:
        return WITHHOLD
    return ACCOMMODATE if seen.period < 25 else seen.observed


@entry(
    "hard-prober",
    voice="Two shoves, and if you are still smiling I never stop.",
    source=f"hard_prober in {PRISON}; HARD_PROBE in {STEWART}. Read as Axelrod-Python 4.13.1 reads "
    "it, by the other's moves 2 and 3.",
    aliases=("HARD_PROBE",),
)
def hard_prober() -> Automaton:
    """Play D, D, C, C; then withhold for ever if the other accommodated in moves 2 and 3.

    Else play tit for tat.
    """
    return _after_opening("DDCC", lambda seen: BAD if seen[1:3] == "CC" else ECHO)


@entry(
    "detective",
    voice="First I analyse you: if you never hit back I will exploit you, else I act like you.",
    source="Nicky Case (2017), The Evolution of Trust. In the original the answer in the fourth "
    "move is no evidence, since it comes with the fifth; here, as in Axelrod-Python 4.13.1, it is.",
)
def detective() -> Automaton:
    """Play C, D, C, C; then withhold for ever if the other accommodated throughout.

    Else play tit for tat.
    """
    return _after_opening("CDCC", lambda seen: BAD if "D" not in seen else ECHO)


@entry(
    "trust-detective",
    voice="I analyse you for three moves, and a fourth for politeness.",
    source="The Detective of Nicky Case (2017), The Evolution of Trust, as his program plays it.",
)
def trust_detective() -> Automaton:
    """Play detective, but take the other's first three moves only for evidence."""
    return _after_opening("CDCC", lambda seen: BAD if "D" not in seen[:3] else ECHO)


@entry(
    "gradual-killer",
    voice="Five blows and two smiles; if you can smile back I am harmless ever after.",
    source=f"gradual_killer in {PRISON}.",
)
def gradual_killer() -> Automaton:
    """Play DDDDDCC; then withhold for ever if the other withheld in moves 6 and 7.

    Else accommodate for ever.
    """
    made = _after_opening("DDDDDCC", lambda seen: BAD if seen[5:] == "DD" else GOOD)
    return made.minimal()


@entry(
    "collective",
    voice="We know each other by the handshake; everyone else can go and hang.",
    source="CollectiveStrategy in Li & Kendall (2009), A strategy with novel evolutionary "
    "features for the iterated prisoner's dilemma, Evol. Comput. 17:257-274; the handshake is "
    "Robson (1990), J. Theor. Biol. 144:379-396.",
)
def collective() -> Automaton:
    """Play C, D; then accommodate as long as the other played C, D too and never withheld again.

    Else withhold for ever.
    """

    def after(state: str, _own: int, other: int) -> str:
        if state == "move 1":
            return "move 2" if other == ACCOMMODATE else "move 2, no twin"
        if state == "move 2":
            return "twins" if other == WITHHOLD else BAD
        return "twins" if state == "twins" and other == ACCOMMODATE else BAD

    return unroll("move 1", lambda state: state in {"move 1", "twins"}, after)


@entry(
    "sneaky-tit-for-tat",
    voice="I help myself until I am caught; then I am sorry, for a while.",
    source=f"Karol Langner in {AXELROD_PYTHON}.",
)
def sneaky_tit_for_tat() -> Automaton:
    """Accommodate twice, then withhold until the other has withheld; from then on play tit for tat.

    But if one withheld oneself in the period before the other did, one had it coming, and
    accommodates.
    """

    def after(state: tuple[bool, str, str], own: int, other: int) -> tuple[bool, str, str]:
        caught, mine, _ = state
        return caught or other == WITHHOLD, (mine + "CD"[own])[-2:], "CD"[other]

    def kindness(state: tuple[bool, str, str]) -> bool:
        caught, mine, theirs = state
        return len(mine) < 2 or (caught and (theirs == "C" or mine[0] == "D"))

    def name(state: tuple[bool, str, str]) -> str:
        caught, mine, theirs = state
        return f"own {mine}, saw {theirs}{', caught' if caught else ''}" if mine else "start"

    return unroll((False, "", ""), kindness, after, name)


@entry(
    "naive-prober",
    voice="I return what I get, but one time in ten I take what I can.",
    source=f"NAIVE_PROBER in {STEWART}; {_LI}.",
    aliases=("NAIVE_PROBER",),
)
def naive_prober(p: float = 0.1) -> Automaton:
    """Play tit for tat, but withhold with probability `p` where one would accommodate.

    In the first period it accommodates.
    """
    probability("p", p)
    return memory_one(1, CC=1 - p, CD=0, DC=1 - p, DD=0)


@entry(
    "remorseful-prober",
    voice="I cannot help trying it on; but if you hit back, I own that I began.",
    source=f"{_LI}; Dawkins (1989), The Selfish Gene, 2nd ed., ch. 12. The answer to a probe is "
    "taken to come in the period after it; Axelrod-Python 4.13.1 looks for it in the same period, "
    "where it cannot be an answer.",
)
def remorseful_prober(p: float = 0.1) -> Automaton:
    """Play naive prober, but take the answer to one's own probe without reply.

    `p` is the probability of a probe: of withholding where one would accommodate. A slip of the
    hand towards withholding is taken for one.
    """
    probability("p", p)

    def after(state: tuple[str, bool], own: int, other: int) -> tuple[str, bool]:
        mood, probed = state
        probe = mood == "calm" and own == WITHHOLD
        if other == ACCOMMODATE:
            return "calm", probe
        return "sorry" if probed else "angry", probe

    def kindness(state: tuple[str, bool]) -> float:
        return {"start": 1, "calm": 1 - p, "sorry": 1, "angry": 0}[state[0]]

    def name(state: tuple[str, bool]) -> str:
        return state[0] + (", has probed" if state[1] else "")

    return unroll(("start", False), kindness, after, name)


@entry(
    "calculator",
    voice="I study you for twenty moves; if you are clockwork I help myself.",
    source=f"calculator in {PRISON}; CALCULATOR in {STEWART}. Read as Axelrod-Python 4.13.1 reads "
    "it: a cycle is at most ten moves long and must fit all twenty.",
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
    aliases=("CALCULATOR",),
)
def calculator() -> Compiled:
    """Play joss for 20 moves; then withhold for ever if the other's moves were a cycle.

    Else play tit for tat. A cycle has at most ten moves, which were repeated from the first on.
    """
    return Compiled(_calculator, memory=(0.0,) * 21, stochastic=True)


def _calculator(
    memory: NDArray[np.float64], seen: Seen, _payoffs: NDArray[np.float64], chance: np.uint64
) -> int:
    """Keep the other's first 20 moves, and whether they were a cycle."""
    if 0 < seen.period <= 20:
        memory[seen.period - 1] = seen.observed
    if seen.period == 20 and _is_cycle(memory):
        memory[20] = 1
    if memory[20] == 1 or seen.observed == WITHHOLD:
        return WITHHOLD
    kind = seen.period == 0 or seen.period >= 20 or draw(chance, 0) < 0.9
    return ACCOMMODATE if kind else WITHHOLD


def _is_cycle(moves: NDArray[np.float64]) -> bool:
    for length in range(1, 11):
        repeated = True
        for t in range(length, 20):
            if moves[t] != moves[t - length]:
                repeated = False
        if repeated:
            return True
    return False
