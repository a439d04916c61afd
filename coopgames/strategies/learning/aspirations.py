"""Aspirations: what is good enough is kept, what is not is left.

A payoff π is used as r = (π − worst)/(best − worst), and an aspiration A is on the same scale. An
aspiration that moves does so by A ← A + y (r − A) once it has been compared with r.

M. Posch, A. Pichler & K. Sigmund, "The efficiency of adapting aspiration levels", Proc. R. Soc.
Lond. B 266 (1999): 1427-1435; R. Karandikar, D. Mookherjee, D. Ray & F. Vega-Redondo, "Evolving
aspirations and cooperation", J. Econ. Theory 80 (1998): 292-331; H. P. Young, "Learning by trial
and error", Games Econ. Behav. 65 (2009): 626-643.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen, draw, rated
from coopgames.strategies.registry import entry, probability
from coopgames.strategies.traits import Traits

Memory = NDArray[np.float64]
Payoffs = NDArray[np.float64]

_POSCH = (
    "Posch, Pichler & Sigmund (1999), The efficiency of adapting aspiration levels, Proc. R. Soc. "
    "Lond. B 266:1427-1435."
)


@entry(
    "fixed-aspiration",
    voice="If it was good enough I do it again, and if not I do the other thing.",
    source=_POSCH,
    traits=Traits(memory=1, nice=True, retaliating=True, forgiving=False),
)
def fixed_aspiration(aspiration: float = 0.5) -> Compiled:
    """Keep to what paid at least the aspiration, a share of the way from worst to best payoff.

    It accommodates first. With 0.5 it is win-stay-lose-shift in the usual prisoner's dilemma, and
    goes by the payoffs in any other game.
    """
    return Compiled(_stay_or_shift, (probability("aspiration", aspiration), 0.0))


@entry(
    "moving-aspiration",
    voice="If it was good enough I do it again; but what I get used to I come to expect.",
    source=f"{_POSCH} The usual values are ours.",
    traits=Traits(memory=None, nice=True, retaliating=True, forgiving=False),
)
def moving_aspiration(aspiration: float = 0.5, rate: float = 0.1) -> Compiled:
    """Keep to what paid at least the aspiration, which follows what is earned at this rate."""
    start = (probability("aspiration", aspiration), probability("rate", rate))
    return Compiled(_stay_or_shift, start)


@entry(
    "yesterday",
    voice="As long as things get no worse I go on as I am.",
    source=f"{_POSCH} There it is the case of an aspiration that is yesterday's payoff.",
    traits=Traits(memory=2, nice=True, retaliating=True, forgiving=False),
)
def yesterday() -> Compiled:
    """Do the other thing when a period paid less than the one before it.

    It accommodates first, and takes half-way between worst and best for the payoff before.
    """
    return Compiled(_stay_or_shift, (0.5, 1.0))


def _stay_or_shift(memory: Memory, seen: Seen, payoffs: Payoffs, _chance: np.uint64) -> int:
    """Keep: A, y."""
    if seen.period == 0:
        return ACCOMMODATE
    r = rated(payoffs, seen.own, seen.observed)
    content = r >= memory[0]
    memory[0] += memory[1] * (r - memory[0])
    return seen.own if content else 1 - seen.own


@entry(
    "satisficing",
    voice="I ask for what I am used to, and the further I fall short of it the sooner I change.",
    source="Karandikar, Mookherjee, Ray & Vega-Redondo (1998), Evolving aspirations and "
    "cooperation, J. Econ. Theory 80:292-331. The probability of a change is a straight line here, "
    "and the usual values are ours.",
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def satisficing(
    aspiration: float = 0.5, rate: float = 0.05, inertia: float = 0.5, tremble: float = 0.01
) -> Compiled:
    """Keep to what paid at least the aspiration; else change, the likelier the more was missing.

    The probability of a change is 1 − `inertia` times what was missing. The aspiration follows what
    is earned at this `rate`, but for once anything between the worst and the best payoff is asked
    for, with probability `tremble` in each period. It accommodates first.
    """
    start = (
        probability("aspiration", aspiration),
        probability("rate", rate),
        probability("inertia", inertia),
        probability("tremble", tremble),
    )
    return Compiled(_satisficing, start, stochastic=True)


def _satisficing(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: A, y, inertia, tremble."""
    if seen.period == 0:
        return ACCOMMODATE
    r = rated(payoffs, seen.own, seen.observed)
    asked = draw(chance, 2) if draw(chance, 1) < memory[3] else memory[0]
    memory[0] += memory[1] * (r - memory[0])
    change = (1 - memory[2]) * max(asked - r, 0.0)
    kind = 1 - change if seen.own == ACCOMMODATE else change
    return ACCOMMODATE if draw(chance, 0) < kind else WITHHOLD


_CONTENT, _HOPEFUL, _WATCHFUL, _DISCONTENT = range(4)


@entry(
    "trial-and-error",
    voice="Content I hardly ever try anything; twice let down I try everything.",
    source="Young (2009), Learning by trial and error, Games Econ. Behav. 65:626-643. How readily "
    "it settles is ours: it need only lie between 0 and 1.",
    traits=Traits(memory=None, nice=False, retaliating=True, forgiving=False),
)
def trial_and_error(experiments: float = 0.05) -> Compiled:
    """Hold to a benchmark, an action and its payoff, in one of four moods.

    *Content* it plays the benchmark, and with probability `experiments` the other action, which
    becomes the benchmark if it pays more. If the benchmark itself paid more it becomes *hopeful*,
    if less, *watchful*. In these moods it plays the benchmark: if that pays as before it is
    content; if more, hopeful, or content with the new payoff if it was hopeful already; if less,
    watchful, or *discontent* if it was watchful already. Discontent it tosses a coin, and settles
    for what comes of it with probability 1/2 + (r − benchmark)/4. It begins discontent, its
    benchmark the worst.
    """
    start = (probability("experiments", experiments), float(_DISCONTENT), 0.0, 0.0)
    return Compiled(_trial_and_error, start, stochastic=True)


def _trial_and_error(memory: Memory, seen: Seen, payoffs: Payoffs, chance: np.uint64) -> int:
    """Keep: how often it experiments; mood; the benchmark's action and payoff."""
    if seen.period > 0:
        _feel(memory, seen, rated(payoffs, seen.own, seen.observed), draw(chance, 1))
    lot, benchmark = draw(chance, 0), int(memory[2])
    if memory[1] == _DISCONTENT:
        return ACCOMMODATE if lot < 0.5 else WITHHOLD
    if memory[1] == _CONTENT and lot < memory[0]:
        return 1 - benchmark
    return benchmark


def _feel(memory: Memory, seen: Seen, r: float, lot: float) -> None:
    """Find the mood, and the benchmark, after a payoff r."""
    mood, surplus = memory[1], r - memory[3]
    tried = seen.own != memory[2]
    if mood == _DISCONTENT:
        settles = lot < 0.5 + surplus / 4
    else:
        settles = surplus > 0 and (tried or mood == _HOPEFUL)
    if settles:
        memory[1], memory[2], memory[3] = _CONTENT, seen.own, r
    elif mood != _DISCONTENT and not tried:
        if surplus > 0:
            memory[1] = _HOPEFUL
        elif surplus == 0:
            memory[1] = _CONTENT
        else:
            memory[1] = _DISCONTENT if mood == _WATCHFUL else _WATCHFUL
