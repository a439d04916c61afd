"""Promises: what one does for the other's compliance, in advance or in exchange."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coopgames.strategies.automaton import Automaton, unroll
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD, Compiled, Seen
from coopgames.strategies.registry import entry, whole
from coopgames.strategies.sources import AXELROD_PYTHON
from coopgames.strategies.stance import Stance
from coopgames.strategies.traits import Traits


@entry(
    "opposite-grudger",
    voice="Do me one good turn and I am your friend for life.",
    source=f"Geraint Palmer in {AXELROD_PYTHON}.",
    stance=Stance("bargaining", complied="D(C)", refused="(C)", atoned="(C)"),
)
def opposite_grudger() -> Automaton:
    """Withhold until the other has accommodated once, then accommodate for ever."""
    return Automaton([[0, 1], [1, 0]], [[[1, 0]] * 2, [[1, 1]] * 2], states=("waits", "is won"))


@entry(
    "compensation",
    voice="I pay in advance; once I have paid, I expect you to keep your side.",
    source="Lindblom (1965), The Intelligence of Democracy, on compensation; Baldwin (1971), The "
    "power of positive sanctions, World Politics 24:19-38. The rule is ours.",
    stance=Stance("compensation", complied="(C)", refused="(D)", atoned="D(C)"),
)
def compensation(n: int = 3) -> Automaton:
    """Accommodate for `n` periods, whatever happens; then as long as the other does.

    If it does not, withhold until it does, and then pay for `n` periods anew.
    """
    whole("n", n, least=1)

    def after(state: int, _own: int, other: int) -> int:
        if state < n - 1:
            return state + 1
        if state == n:
            return n if other == WITHHOLD else 0
        return n if other == WITHHOLD else n - 1

    def name(state: int) -> str:
        if state < n - 1:
            return f"pays, {n - state} left"
        return "has paid" if state == n - 1 else "waits"

    return unroll(0, lambda state: state < n, after, name)


@entry(
    "deadline",
    voice="I can wait longer than you; unless the clock runs out, then have it your way.",
    source="Roth, Murnighan & Schoumaker (1988), The deadline effect in bargaining, American Econ. "
    "Rev. 78:806-823, for the phenomenon. The rule is ours.",
    traits=Traits(memory=1, nice=False, retaliating=True, forgiving=True, uses_horizon=True),
    stance=Stance("bargaining", complied="D(C)", refused="(D)", atoned="D(C)"),
)
def deadline(last: int = 10) -> Compiled:
    """Withhold until the other accommodates, and answer in kind from there.

    Where the number of periods is known, give way in the `last` periods: accommodate, whatever
    happens.
    """
    return Compiled(_deadline, memory=(float(whole("last", last)),))


def _deadline(
    memory: NDArray[np.float64], seen: Seen, _payoffs: NDArray[np.float64], _chance: np.uint64
) -> int:
    if 0 <= seen.horizon <= seen.period + memory[0]:
        return ACCOMMODATE
    return ACCOMMODATE if seen.observed == ACCOMMODATE else WITHHOLD
