"""A strategy of another format, behind the interface of ours."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from coopgames.strategies.adapters.luck import Luck
from coopgames.strategies.python import Python, is_from_file


def _nobody() -> Any:
    raise NotImplementedError


@dataclass(frozen=True)
class Adapted(Python):
    """A strategy written for another program.

    Parameters
    ----------
    make : callable
        The function or class, as its file defines it.
    path : Path
        The file.
    written : str
        What its format is, in a few words, with the name that it has in the file.
    seat : callable
        Makes what acts in one seat of one match, of `mine`, `theirs`, `horizon`, `payoffs` and
        `chance`; all in our coding, 0 accommodates.
    luck : Luck
        What stands for ``random`` in the file.
    """

    written: str = ""
    seat: Callable[[], Callable[..., Any]] = _nobody
    luck: Luck = field(default_factory=Luck, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Ask nothing: what it takes was looked at when it was found."""

    @property
    def asks(self) -> tuple[str, ...]:
        """What every format is shown; each hands on what it knows."""
        return ("mine", "theirs", "horizon", "payoffs", "chance")

    def start(self) -> Callable[..., Any]:
        """Give what acts in one seat of one match."""
        act = self.seat()

        def lucky(mine: Any, theirs: Any, horizon: Any, payoffs: Any, chance: Any) -> Any:
            self.luck.of(chance)
            return act(mine, theirs, horizon, payoffs, chance)

        return lucky

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.path, "" if is_from_file(self.make) else self.make.__module__)


def _again(path: Path, module: str) -> Python:
    """Find it again in another process: in its file, or in a module that can be imported."""
    from coopgames.strategies.files import defined, python_file

    return (defined(import_module(module), path) if module else python_file(path))[0]


def classes(module: ModuleType) -> list[type]:
    """List the classes that a file defines itself and that none of its others is built on."""
    own = [
        kind
        for kind in vars(module).values()
        if inspect.isclass(kind) and kind.__module__ == module.__name__
    ]
    return [
        kind for kind in dict.fromkeys(own) if not any(kind in other.__mro__[1:] for other in own)
    ]
