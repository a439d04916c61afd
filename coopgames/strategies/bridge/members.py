"""Members of a team, such as Axelrod-Python's meta players have, that need no code of their own.

A meta player asks everyone on its team in every period, up to 217 players. Those that are automata,
or one of our compiled functions, are a hundred times cheaper as such; the function is run as plain
Python here.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import axelrod
import numpy as np

from coopgames.strategies.automaton import Automaton
from coopgames.strategies.bridge.rules import rule_of
from coopgames.strategies.compiled import Compiled, Seen
from coopgames.strategies.strategy import Rule

C, D = axelrod.Action.C, axelrod.Action.D
ACTIONS = (C, D)
NO_LUCK = np.uint64(0)


class Tabled(axelrod.Player):  # type: ignore[misc]
    """An automaton on a team."""

    name = "Automaton"

    def __init__(self, rule: Automaton) -> None:
        super().__init__()
        self.state = rule.initial
        self.kind = rule.mix[:, 0].tolist()
        self.next = rule.next.tolist()

    def strategy(self, opponent: Any) -> Any:  # noqa: ARG002
        """Say what it does in its state."""
        p = self.kind[self.state]
        if p == 1:
            return C
        return C if p > 0 and self._random.random() < p else D

    def update_history(self, play: Any, coplay: Any) -> None:
        """Go to the next state; of the past, only the last period can be asked for."""
        self.state = self.next[self.state][play is D][coplay is D]
        self._history = [play]


class Called(axelrod.Player):  # type: ignore[misc]
    """A compiled strategy that draws no lots, on a team."""

    name = "Compiled"

    def __init__(self, rule: Compiled) -> None:
        super().__init__()
        self.function, self.memory = rule.function, np.array(rule.memory or (0.0,))
        self.period, self.last = 0, (-1, -1)

    def set_match_attributes(self, length: float = -1, game: Any = None, noise: float = 0) -> None:
        """Note the payoffs, and the length if there is one."""
        super().set_match_attributes(length, game, noise)
        scores = self.match_attributes["game"].scores
        self.payoffs = np.array([[[scores[a, b][i] for b in ACTIONS] for a in ACTIONS]
                                 for i in range(2)], dtype=float)  # fmt: skip
        self.length = int(length) if 0 <= length < np.inf else -1

    def strategy(self, opponent: Any) -> Any:  # noqa: ARG002
        """Call the function."""
        seen = Seen(*self.last, self.period, self.length)
        return ACTIONS[self.function(self.memory, seen, self.payoffs, NO_LUCK)]

    def update_history(self, play: Any, coplay: Any) -> None:
        """Note what happened."""
        self.period, self.last = self.period + 1, (int(play is D), int(coplay is D))
        self._history = [play]


class RunningConstantHunter(axelrod.MathConstantHunter):  # type: ignore[misc]
    """The hunter of mathematical constants, with running sums where it counts all anew each time.

    It compares how often both accommodated in the first half, the middle half and the second half.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sums = [0]

    def strategy(self, opponent: Any) -> Any:
        """Decide as the original does."""
        own, other, sums = self._history, opponent._history, self.sums
        n = len(own)
        if n:
            sums.append(sums[-1] + (own[-1] is C) + (other[-1] is C))
        if n < 8 or not other.cooperations or not other.defections:
            return C
        quarter, half, three = n // 4, n // 2, 3 * n // 4
        first = 0.5 * sums[half] / half
        middle = 0.5 * (sums[three] - sums[quarter]) / (three - quarter)
        last = 0.5 * (sums[n] - sums[half]) / (n - half)
        return D if abs(first - middle) < 0.2 and abs(first - last) < 0.2 else C


class _RunningState:
    """The state of a Q-learner, kept up instead of spelt out: last moves as bits, a 1 before them.

    A state is told from others by the other's last 12 moves and its number of cooperations.
    """

    memory_length: int
    moves = 1

    def find_state(self, opponent: Any) -> Any:
        """Add the last move; called once a period."""
        past, n = opponent._history, self.memory_length
        if past:
            moves = self.moves << 1 | (past[-1] is D)
            self.moves = moves if moves < 2 << n else moves & ((1 << n) - 1) | 1 << n
        return self.moves, past.cooperations


FASTER = {axelrod.MathConstantHunter: RunningConstantHunter} | {
    kind: type(kind.__name__, (_RunningState, kind), {})
    for kind in (
        axelrod.ArrogantQLearner,
        axelrod.CautiousQLearner,
        axelrod.HesitantQLearner,
        axelrod.RiskyQLearner,
    )
}
"""Players' classes, and others that do the same in less time."""


@cache
def _rule(name: str) -> Rule | None:
    return rule_of(name)


def known_member(name: str) -> Any:
    """Make the member that stands for a player of this class; None if there is none."""
    rule = _rule(name)
    if isinstance(rule, Automaton):
        return Tabled(rule)
    if isinstance(rule, Compiled) and not rule.stochastic:
        return Called(rule)
    return None
