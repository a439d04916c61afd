"""Strategies that answer in kind: tit for tat and its relatives.

Each is a table over a few states, but for gradual, whose punishments grow without bound. Tables
that do not say otherwise are indifferent to one's own action, so a slip of one's own hand is not
held against the other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen
from coopgames.strategies.registry import entry, probability
from coopgames.strategies.traits import Traits

_KIND, _UNKIND = [1.0, 0.0], [0.0, 1.0]


def _echo(first: int, forgiveness: float = 0.0) -> Automaton:
    """Do what the other did, but forgive with some probability; begin with `first`."""
    return Automaton(
        [_KIND, [forgiveness, 1 - forgiveness]],
        [[[0, 1]] * 2] * 2,
        initial=first,
        states=("was kind", "was unkind"),
    )


@entry(
    "tit-for-tat",
    voice="I start friendly, and then I do unto you as you just did unto me.",
    source="Anatol Rapoport in Axelrod (1980), Effective choice in the Prisoner's Dilemma, "
    "J. Conflict Resolution 24:3-25.",
    aliases=("TFT",),
)
def tit_for_tat() -> Automaton:
    """Accommodate in the first period, then do what the other did in the one before."""
    return _echo(first=ACCOMMODATE)


@entry(
    "tit-for-two-tats",
    voice="Anyone can have a bad day; two in a row are no accident.",
    source="Axelrod (1980), J. Conflict Resolution 24:3-25, as a rule that would have won had "
    "anyone entered it.",
    aliases=("TF2T",),
)
def tit_for_two_tats() -> Automaton:
    """Withhold if the other has defected in both of the last two periods; else accommodate."""
    return Automaton(
        [_KIND, _KIND, _UNKIND],
        [[[0, 1]] * 2, [[0, 2]] * 2, [[0, 2]] * 2],
        states=("no tat", "one tat", "two tats"),
    )


@entry(
    "suspicious-tit-for-tat",
    voice="You first.",
    source="Boyd & Lorberbaum (1987), No pure strategy is evolutionarily stable in the repeated "
    "Prisoner's Dilemma game, Nature 327:58-59.",
    aliases=("DTFT", "STFT", "mistrust"),
)
def suspicious_tit_for_tat() -> Automaton:
    """Withhold in the first period, then do what the other did in the one before."""
    return _echo(first=WITHHOLD)


@entry(
    "grim",
    voice="I never start a quarrel, and I never end one.",
    source="Friedman (1971), A non-cooperative equilibrium for supergames, Rev. Econ. Studies "
    "38:1-12.",
)
def grim() -> Automaton:
    """Accommodate until the other has defected once, then withhold for ever.

    Only the other's defection pulls the trigger: a slip of one's own does not.
    """
    return Automaton([_KIND, _UNKIND], [[[0, 1]] * 2, [[1, 1]] * 2], states=("trust", "never"))


@entry(
    "win-stay-lose-shift",
    voice="If it went well I do it again; if not, I try the other thing.",
    source="Kraines & Kraines (1989), Pavlov and the Prisoner's Dilemma, Theory and Decision "
    "26:47-79; Nowak & Sigmund (1993), Nature 364:56-58.",
    aliases=("WSLS", "PTFT", "pavlov"),
)
def win_stay_lose_shift() -> Automaton:
    """Accommodate first and after both did the same; withhold after they acted differently.

    It is the other's accommodating that makes a period a win: then one's own realised action is
    kept, else it is changed.
    """
    return Automaton([_KIND, _UNKIND], [[[0, 1], [1, 0]]] * 2, states=("agreed", "differed"))


@entry(
    "generous-tit-for-tat",
    voice="I return favours always and injuries only most of the time.",
    source="Molander (1985), J. Conflict Resolution 29:611-618; Nowak & Sigmund (1992), Nature "
    "355:250-253. At T, R, P, S = 5, 3, 1, 0 no q above 1/3 deters every exploiter.",
    aliases=("GTFT",),
)
def generous_tit_for_tat(q: float = 1 / 3) -> Automaton:
    """Play tit for tat, but forgive a defection with probability `q`."""
    return _echo(first=ACCOMMODATE, forgiveness=probability("q", q))


@entry(
    "gradual",
    voice="For your nth offence I am cross n times, and then I hold out my hand twice.",
    source="Beaufils, Delahaye & Mathieu (1997), Our meeting with gradual, Artificial Life V, "
    "202-209. Offences during a punishment or its two peace offers are not counted, which gives "
    "the paper's scores.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=True),
)
def gradual() -> Compiled:
    """Answer the nth offence by withholding n times, then accommodate twice whatever happens."""
    return Compiled(_gradual, memory=(0.0, 0.0))


def _gradual(
    memory: NDArray[np.float64], seen: Seen, _payoffs: NDArray[np.float64], _chance: np.uint64
) -> int:
    """Keep: offences so far, and what is left of the punishment with its two peace offers."""
    if memory[1] == 0 and seen.observed == WITHHOLD:
        memory[0] += 1
        memory[1] = memory[0] + 2
    if memory[1] > 0:
        memory[1] -= 1
    return WITHHOLD if memory[1] >= 2 else ACCOMMODATE


@entry(
    "contrite-tit-for-tat",
    voice="If I hurt you by mistake, I owe you one, and I take what comes until I have paid.",
    source="Wu & Axelrod (1995), How to cope with noise in the iterated Prisoner's Dilemma, "
    "J. Conflict Resolution 39:183-189.",
    aliases=("CTFT",),
)
def contrite_tit_for_tat() -> Automaton:
    """Play tit for tat, but do not retaliate for what one's own slip has provoked.

    Content, it accommodates; if it alone then defected, by a slip, it is contrite, and if the
    other alone did, provoked. Contrite, it accommodates until it has succeeded in doing so, and is
    content again whatever the other did. Provoked, it withholds until the other accommodates.
    """
    content, contrite, provoked = range(3)
    return Automaton(
        [_KIND, _KIND, _UNKIND],
        [
            [[content, provoked], [contrite, content]],
            [[content, content], [contrite, contrite]],
            [[content, provoked]] * 2,
        ],
        states=("content", "contrite", "provoked"),
    )
