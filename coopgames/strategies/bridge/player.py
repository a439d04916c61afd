"""A player of Axelrod-Python in the Python form: run by its own code, turn by turn."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from coopgames.strategies.bridge.package import VERSION, axelrod
from coopgames.strategies.python import Python
from coopgames.strategies.strategy import Parameter


def _plays(mine: Any, theirs: Any) -> int:
    """Run by Axelrod-Python's own code.

    It is told the game, the length of the match where that is known, and what was done and seen.
    """
    raise NotImplementedError


@dataclass(frozen=True)
class AxelrodPlayer(Python):
    """A player of Axelrod-Python as a strategy.

    Nothing is imported until it plays. A player is made anew for each seat in each match.

    Parameters
    ----------
    name : str
        Its class, e.g. ``"TitForTat"``.
    parameters : tuple of (str, number or str)
        What it is made with, as far as it differs from its defaults.
    stochastic : bool
        Whether it draws lots. One that does although it is said not to is stopped.
    """

    make: Callable[..., Any] = _plays
    name: str = ""
    parameters: tuple[tuple[str, Parameter], ...] = ()
    stochastic: bool = True

    @property
    def asks(self) -> tuple[str, ...]:
        """What it asks to see: what a player of Axelrod-Python is told, and luck if it has any."""
        return ("mine", "theirs", "horizon", "payoffs", *["chance"] * self.stochastic)

    def start(self) -> Callable[..., Any]:
        """Give what acts in one seat of one match."""
        axelrod()
        from coopgames.strategies.bridge.seat import Seat, made

        return Seat(self.name, partial(made, self.name, self.parameters)).act

    @property
    def digest(self) -> str:
        """SHA-256 of the version, the class and the parameters."""
        content = f"axelrod {VERSION} {self.name} {self.parameters}"
        return hashlib.sha256(content.encode()).hexdigest()

    def __reduce__(self) -> tuple[Any, ...]:
        return AxelrodPlayer, (self.make, None, self.name, self.parameters, self.stochastic)
