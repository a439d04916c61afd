"""Strategies by name.

A strategy of the library is a small function from its parameters to its rule, entered under its
name with `entry`; the function's docstring says how it decides. A family is a module, and families
are loaded when a name is first asked for.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import ParamSpec, TypeVar

from coopgames import names
from coopgames.mistakes import Mistake, unknown
from coopgames.strategies.strategy import Parameter, Rule, Strategy
from coopgames.strategies.traits import Traits

P = ParamSpec("P")
Made = TypeVar("Made", bound=Rule)

FAMILIES = ("unconditional", "reciprocity", "axelrod_1980")


@dataclass(frozen=True)
class Entry:
    """A strategy of the library before its parameters are given; see `entry`."""

    name: str
    make: Callable[..., Rule]
    family: str
    voice: str
    source: str
    traits: Traits | None = None
    aliases: tuple[str, ...] = ()

    @property
    def defaults(self) -> dict[str, Parameter]:
        """Its parameters and their usual values."""
        return {p.name: p.default for p in inspect.signature(self.make).parameters.values()}

    @property
    def description(self) -> str:
        """How it decides."""
        return inspect.cleandoc(self.make.__doc__ or "")

    def __call__(self, **parameters: Parameter) -> Strategy:
        """Make the strategy with these parameters and its usual values for the rest."""
        given = names.settle(self.name, self.defaults, parameters)
        unusual = names.unusual(self.defaults, given)
        rule = self.make(**given)
        return Strategy(self.name, rule, unusual, self.family, self.voice, self.source)


_entries: dict[str, Entry] = {}


def entry(
    name: str,
    *,
    voice: str,
    source: str,
    traits: Traits | None = None,
    aliases: tuple[str, ...] = (),
) -> Callable[[Callable[P, Made]], Callable[P, Made]]:
    """Enter a strategy of the library under a name.

    Parameters
    ----------
    name : str
        Its one name.
    voice : str
        One plain sentence in its own voice.
    source : str
        Where it comes from, and which reading was taken where the source is ambiguous.
    traits : Traits, optional
        How it behaves with its usual parameters; to be given for compiled code only.
    aliases : tuple of str
        Short names that the literature has for it, such as ``TFT``.
    """

    def enter(make: Callable[P, Made]) -> Callable[P, Made]:
        family = make.__module__.rpartition(".")[2]
        _entries[name] = Entry(name, make, family, voice, source, traits, aliases)
        return make

    return enter


@cache
def library() -> Mapping[str, Entry]:
    """All strategies of the library by name, in alphabetical order."""
    for family in FAMILIES:
        import_module(f"coopgames.strategies.{family}")
    return dict(sorted(_entries.items()))


def strategy(name: str, **parameters: Parameter) -> Strategy:
    """Make a strategy of the library.

    Parameters
    ----------
    name : str
        Its name, e.g. ``"generous-tit-for-tat"``.
    **parameters
        Its parameters; those left out have their usual values.

    Raises
    ------
    Mistake
        If there is no such strategy or parameter, or a value cannot be used.
    """
    if name not in library():
        raise Mistake(unknown("strategy", name, library()))
    return library()[name](**parameters)


def probability(name: str, value: float) -> float:
    """Return `value` if it is a probability, else raise a `Mistake` that names it."""
    if not 0 <= value <= 1:
        raise Mistake(f"{name} = {value:g} is no probability; it must lie between 0 and 1")
    return value


def whole(name: str, value: int, least: int = 0) -> int:
    """Return `value` if it is at least `least`, else raise a `Mistake` that names it."""
    if value < least:
        raise Mistake(f"{name} = {value} is too small; it must be at least {least}")
    return value
