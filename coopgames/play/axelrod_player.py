"""Our strategies as players of Axelrod-Python; imported only by `coopgames.play.to_axelrod`."""

from __future__ import annotations

import math
from typing import Any

import axelrod
import numpy as np
from numpy.typing import NDArray

from coopgames.play.chance import GOLDEN
from coopgames.play.explore import read
from coopgames.play.python import (
    Chance,
    Mover,
    automaton_mover,
    compiled_mover,
    frozen,
    mixed,
    python_mover,
)
from coopgames.strategies import (
    Automaton,
    Compiled,
    Expecting,
    Guided,
    History,
    Python,
    Strategy,
    traits_of,
)

C, D = axelrod.Action.C, axelrod.Action.D
ACTIONS = (C, D)


class _Keys:
    """A 64-bit chance key for each period, by its address."""

    def __init__(self, start: int) -> None:
        self.start = start

    def __getitem__(self, period: Any) -> int:
        return mixed(self.start + int(GOLDEN) * (period + 1))


class _Halves(_Keys):
    """The 32 bits of each key that are drawn first."""

    def __getitem__(self, period: Any) -> int:
        return super().__getitem__(period) >> 32


class _Words(_Keys):
    """The keys as compiled code takes them."""

    def __getitem__(self, period: Any) -> Any:
        return np.uint64(super().__getitem__(period))


class OurPlayer(axelrod.Player):  # type: ignore[misc]
    """One of our strategies for two actions, as Axelrod-Python plays them.

    Its luck is Axelrod-Python's: where a match has a seed, so has the player. Nothing of a match is
    left after a reset, and a clone has nothing in common with it but the strategy.

    Parameters
    ----------
    strategy : Strategy
        How it decides.
    """

    def __init__(self, strategy: Strategy) -> None:
        super().__init__()
        self.ours = strategy
        # Axelrod-Python keeps the results of matches under the names of the players.
        self.name = strategy.label
        if strategy.family == "own":
            self.name += f" [{strategy.digest[:8]}]"
        self.classifier = classified(strategy)
        self._mine, self._theirs = History(), History()
        self._move: Mover | None = None

    def strategy(self, opponent: Any) -> Any:
        """Say what it does next."""
        mine, theirs = self._mine, self._theirs
        if self._move is None:
            self._move = self._begin(str(opponent))
            action = self._move(0)
        for t in range(len(mine), len(self.history)):
            list.append(mine, ACTIONS.index(self.history[t]))
            list.append(theirs, ACTIONS.index(opponent.history[t]))
            action = self._move(t + 1)
        return ACTIONS[action]

    def _begin(self, other: str) -> Mover:
        rule, start = self.ours.rule, 0
        if self.ours.stochastic:
            high, low = (int(self._random.random_seed_int()) for _ in range(2))
            start = high << 32 | low
        if isinstance(rule, Automaton):
            return automaton_mover(rule, _Halves(start), self._mine, self._theirs)
        assert not isinstance(rule, Guided | Expecting)  # `as_axelrod` saw to it
        length = self.match_attributes["length"]
        horizon = int(length) if 0 <= length < math.inf else None
        payoffs = self._payoffs()
        if isinstance(rule, Compiled):
            return compiled_mover(rule, _Words(start), payoffs, horizon, self._mine, self._theirs)
        shown = {
            "mine": self._mine, "theirs": self._theirs, "memory": {},
            "chance": Chance(_Keys(start)), "horizon": horizon, "payoffs": frozen(payoffs),
        }  # fmt: skip
        return python_mover(self.ours, rule, shown, ["C", "D"], other)

    def _payoffs(self) -> NDArray[np.float64]:
        scores = self.match_attributes["game"].scores
        return np.array(
            [[[scores[a, b][i] for b in ACTIONS] for a in ACTIONS] for i in range(2)],
            dtype=np.float64,
        )

    def __repr__(self) -> str:
        return str(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OurPlayer) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)


def classified(strategy: Strategy) -> dict[str, Any]:
    """Say in Axelrod-Python's terms what is known of a strategy."""
    rule, traits = strategy.rule, traits_of(strategy)
    reads: set[str] = set()
    if isinstance(rule, Compiled):
        reading = read(rule.function)
        reads = reading.reads | ({"horizon", "payoffs"} if reading.unclear else set())
    elif isinstance(rule, Python):
        reads = set(rule.asks)
    uses = {term for ours, term in (("horizon", "length"), ("payoffs", "game")) if ours in reads}
    known = traits is not None and traits.memory is not None
    return {
        "memory_depth": traits.memory if traits and known else math.inf,
        "stochastic": strategy.stochastic,
        "makes_use_of": uses,
        "long_run_time": False,
        "inspects_source": False,
        "manipulates_source": False,
        "manipulates_state": False,
    }
