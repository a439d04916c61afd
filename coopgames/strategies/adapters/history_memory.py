"""``strategy(history, memory)``, the format of a tournament for Stanford's course CS 269I.

https://github.com/carykh/PrisonersDilemmaTournament: ``history`` is an array of numpy, 2 × n, one's
own choices in row 0 and the other's in row 1; **1 cooperates and 0 defects**, contrary to ours. The
function returns its choice and a memory, which it is given in the next period; None in the first. A
choice may also be one of that program's words.
The format is told by the names of the two parameters.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.strategies.adapters.adapted import Adapted

PARAMETERS = ["history", "memory"]
WORDS = {"cooperate": 1, "stay silent": 1, "defect": 0, "tell truth": 0}
"""The choices in words. That program takes any other text for 1; here it is refused."""


def find(module: ModuleType, path: Path) -> list[Adapted]:
    """Find the function ``strategy(history, memory)`` of a file."""
    function = getattr(module, "strategy", None)
    if not inspect.isfunction(function):
        return []
    if list(inspect.signature(function).parameters) != PARAMETERS:
        return []
    what = "a function strategy(history, memory)"
    return [Adapted(function, path, what, partial(_seat, function))]


def _seat(function: Callable[..., Any]) -> Callable[..., int]:
    memory: Any = None
    past = np.zeros((2, 256), dtype=int)

    def act(mine: Any, theirs: Any, _horizon: Any, _payoffs: Any, _chance: Any) -> int:
        nonlocal memory, past
        t = len(theirs)
        if t > past.shape[1]:
            past = np.concatenate([past, np.zeros_like(past)], axis=1)
        if t:
            past[:, t - 1] = 1 - mine[-1], 1 - theirs[-1]
        # A copy, as there: what a strategy writes into it changes nothing.
        answer = function(past[:, :t].copy(), memory)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            raise Mistake(
                f"returned {answer!r}; strategy(history, memory) returns two values, a choice and "
                "what to remember, as in return 1, memory"
            )
        choice, memory = answer
        if isinstance(choice, str):
            choice = WORDS.get(choice, choice)
        if not isinstance(choice, int | np.integer | np.bool_) or choice not in (0, 1):
            raise Mistake(
                f"returned the choice {choice!r}; strategy(history, memory) returns 1 to cooperate "
                "or 0 to defect"
            )
        return 1 - int(choice)

    return act
