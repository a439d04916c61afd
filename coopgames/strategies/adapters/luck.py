"""Python's own ``random``, for files that know no other: it draws from a seat's luck.

Formats of other programs have no `chance`; their files say ``import random``. What they so import
at the top of the file is replaced by an object that does the same with numbers that belong to the
match, the seat and the period, so that a match is the same whenever it is played. ``random.seed``
does nothing then. ``numpy.random``, and what is imported inside a function, stays as it is.
"""

from __future__ import annotations

import random
from types import ModuleType
from typing import Any


class Luck(random.Random):
    """What ``random`` can do, with a seat's chance."""

    def __init__(self) -> None:
        self.chance: Any = random.Random(0)  # noqa: S311 — until somebody plays
        super().__init__()

    def __getattr__(self, name: str) -> Any:
        return getattr(random, name)  # its classes

    def of(self, chance: Any) -> None:
        """Draw from this seat's luck from now on."""
        if self.chance is not chance:
            self.chance = chance
            self.gauss_next = None  # half of a pair that another seat drew

    def seed(self, *_: Any, **__: Any) -> None:
        """Do nothing; where luck starts is the experiment's to say."""
        self.gauss_next = None

    def random(self) -> float:
        """Draw a number uniform in [0, 1)."""
        return float(self.chance.random())

    def getrandbits(self, k: int, /) -> int:
        """Draw a whole number of `k` bits."""
        words = -(-k // 32)
        drawn = 0
        for _ in range(words):
            drawn = drawn << 32 | int(self.chance.random() * 2**32)
        return drawn >> (32 * words - k)


def lend(module: ModuleType) -> Luck:
    """Put a seat's luck in the place of ``random``, and of functions imported from it."""
    luck = Luck()
    for name, value in list(vars(module).items()):
        if value is random:
            setattr(module, name, luck)
        elif getattr(value, "__self__", None) is random._inst:
            setattr(module, name, getattr(luck, value.__name__))
    return luck
