"""The Python form: a strategy as an ordinary function or class.

    def strategy(mine, theirs):
        return 1 if theirs and theirs[-1] == 1 else 0

It names what it wants to see, in any order:

- ``mine``, ``theirs``: one's own realised actions and those observed of the other, oldest first;
  read-only views that can be indexed, sliced, counted and iterated. 0 accommodates, 1 withholds.
- ``memory``: a dict of its own, empty at the start of each match.
- ``chance``: luck; ``chance.random()`` is uniform in [0, 1).
- ``period``: periods already played; ``horizon``: their number, or None where it is not known.
- ``payoffs``: ``payoffs[0][own][other]`` is one's own payoff and ``payoffs[1][own][other]`` the
  other's.
- ``label``: what a regime shows it: ``label.asked``, the action that is asked of it, −1 for none;
  ``label.own`` and ``label.other``, whether it and the other are in good standing.

It returns an action, as its number or as its name in the game. A class is made anew, without
arguments, for each seat in each match; its method ``act`` takes what a function takes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from coopgames.mistakes import Mistake

SEES = ("mine", "theirs", "memory", "chance", "period", "horizon", "payoffs", "label")
"""What a Python strategy may ask to see."""


FROM_FILE = "coopgames_strategy_"
"""What the names of modules begin with that are files read by their path."""


class History(list[int]):
    """A read-only view of past actions, oldest first.

    A list for speed; whatever would change it is refused. Only the engine adds to it.
    """

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> Any:
        raise TypeError("what has happened cannot be changed")

    append = extend = insert = remove = pop = clear = sort = reverse = _refuse
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse


@dataclass(frozen=True)
class Python:
    """A strategy as a Python function or class.

    Parameters
    ----------
    make : callable
        The function, or the class whose instances have a method ``act``.
    path : Path, optional
        The file it was read from, where it came from one.

    Raises
    ------
    Mistake
        If it asks to see something that is not shown.
    """

    make: Callable[..., Any]
    path: Path | None = None

    def __post_init__(self) -> None:
        asked(self.make)

    @property
    def stochastic(self) -> bool:
        """Whether it draws lots; that cannot be known, so each repetition is played."""
        return True

    @property
    def responds(self) -> bool:
        """Whether what it does can depend on the other; that cannot be known either."""
        return True

    @cached_property
    def asks(self) -> tuple[str, ...]:
        """What it asks to see, in its own order."""
        return asked(self.make)

    def start(self) -> Callable[..., Any]:
        """Give what acts in one seat of one match; takes what it `asks` for."""
        if inspect.isclass(self.make):
            made: Any = self.make()
            return made.act  # type: ignore[no-any-return]
        return self.make

    @property
    def digest(self) -> str:
        """SHA-256 of the file, package or source that defines it, and its name there."""
        source = _source(self.make) if self.path is None else _content(self.path, self.make)
        return hashlib.sha256(source + f" {self.make.__qualname__}".encode()).hexdigest()

    def __reduce__(self) -> tuple[Any, ...]:
        # What a file defines cannot be imported by name in another process; it is read again.
        if self.path is not None and is_from_file(self.make):
            return _reread, (self.path, self.make.__name__)
        return Python, (self.make, self.path)


def asked(make: Callable[..., Any]) -> tuple[str, ...]:
    """Name what a function, or the ``act`` of a class, asks to see, in its own order."""
    name = getattr(make, "__name__", repr(make))
    function = make
    if inspect.isclass(make):
        if not callable(getattr(make, "act", None)):
            raise Mistake(f"class {name} has no method act(self, mine, theirs)")
        function = make.act  # type: ignore[attr-defined]
    parameters = list(inspect.signature(function).parameters.values())
    if inspect.isclass(make):
        parameters = parameters[1:]
    wanted = [p.name for p in parameters if p.default is p.empty]
    odd = [p for p in wanted if p not in SEES]
    if odd:
        raise Mistake(f"{name} asks for {', '.join(odd)}; what it can see is {', '.join(SEES)}")
    return tuple(wanted)


def module_of(path: Path) -> ModuleType:
    """Run a file of Python and give what it defines.

    Raises
    ------
    Mistake
        If it cannot be run.
    ModuleNotFoundError
        If it imports what is not there.
    """
    name = f"{FROM_FILE}{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]}"
    spec = importlib.util.spec_from_file_location(name, path.resolve())
    if not path.is_file() or spec is None or spec.loader is None:
        raise Mistake(f"{path}: there is no such file of Python")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where dataclasses, for one, look up what they stand in
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise Mistake(f"{path}, line {error.lineno}: is not valid Python: {error.msg}") from None
    except ModuleNotFoundError:
        raise
    except (Exception, SystemExit) as error:
        raise Mistake(f"{path}: cannot be run: {describe(error, path)}") from None
    return module


def is_from_file(make: Callable[..., Any]) -> bool:
    """Whether something was read from a file by its path, and not imported by a name."""
    return make.__module__.startswith(FROM_FILE)


def _content(path: Path, make: Callable[..., Any]) -> bytes:
    """Give what a strategy's code is: its file, or all of the package that its module is in."""
    package = sys.modules.get(make.__module__.partition(".")[0])
    inside = getattr(package, "__path__", None)
    if is_from_file(make) or inside is None:
        return path.read_bytes()
    folder = Path(inside[0])
    files = sorted(folder.rglob("*.py"), key=lambda f: f.relative_to(folder).parts)
    return b"".join(f"{f.relative_to(folder).as_posix()} ".encode() + f.read_bytes() for f in files)


def _reread(path: Path, name: str) -> Python:
    return Python(getattr(module_of(path), name), path)


def _source(make: Callable[..., Any]) -> bytes:
    try:
        return inspect.getsource(make).encode()
    except (OSError, TypeError):
        raise Mistake(
            f"the source of {make.__qualname__} cannot be found, so its results could not be told "
            "from those of another version; define it in a file or a notebook cell"
        ) from None


def describe(error: BaseException, path: Path | None) -> str:
    """Say what a strategy's code raised, and on which line of its file."""
    text = f"{type(error).__name__}: {error}"
    trace, line = error.__traceback__, None
    while trace is not None:
        if path is not None and trace.tb_frame.f_code.co_filename == str(path.resolve()):
            line = trace.tb_lineno
        trace = trace.tb_next
    return text if line is None else f"{text} (line {line})"
