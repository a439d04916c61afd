"""Strategies by name.

A strategy of the library is a small function from its parameters to its rule, entered under its
name with `entry`; the function's docstring says how it decides. A family is a module or a package,
and families are loaded when a name is first asked for.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import import_module
from typing import ParamSpec, TypeVar

from coopgames import names
from coopgames.mistakes import Mistake, unknown
from coopgames.plugins import Plugin
from coopgames.strategies.automaton import Automaton
from coopgames.strategies.provided import made, provided
from coopgames.strategies.stance import Stance
from coopgames.strategies.strategy import Parameter, Rule, Strategy
from coopgames.strategies.traits import Traits, automaton_traits

P = ParamSpec("P")
Made = TypeVar("Made", bound=Rule)
Parameters = Mapping[str, Parameter]

FAMILIES = (
    "unconditional",
    "tit_for_tat",
    "reciprocity",
    "memory",
    "zero_determinant",
    "threats",
    "probing",
    "machines",
    "axelrod_1980",
    "axelrod_1980b",
    "learning",
    "expectations",
)


UNDER_REGIMES = "under_regimes"
"""The family of those that read what a regime shows; they make sense only under one."""


@dataclass(frozen=True)
class Entry:
    """A strategy of the library before its parameters are given; see `entry`."""

    name: str
    make: Callable[..., Rule]
    family: str
    voice: str
    source: str
    declared: Traits | None = None
    aliases: Mapping[str, Parameters] = field(default_factory=dict)
    stance: Stance | None = None
    fixed: Parameters = field(default_factory=dict)
    """What the alias that it was found by fixes."""
    provider: str = ""
    """The distribution that adds it and its version, if it is a plugin's."""

    @property
    def defaults(self) -> dict[str, Parameter]:
        """Its parameters and their usual values."""
        return {p.name: p.default for p in inspect.signature(self.make).parameters.values()}

    @property
    def description(self) -> str:
        """How it decides."""
        return inspect.cleandoc(self.make.__doc__ or "")

    @cached_property
    def traits(self) -> Traits | None:
        """How it behaves with its usual parameters; None if it is not for two actions."""
        return self.declared or traits_of(self())

    def __call__(self, /, **parameters: Parameter) -> Strategy:
        """Make the strategy with these parameters and its usual values for the rest."""
        for key in set(parameters).intersection(self.fixed):
            raise Mistake(
                f"that name stands for {self.name} with {key} = {self.fixed[key]!r}; to give "
                f"another {key}, call it {self.name}"
            )
        given = names.settle(self.name, self.defaults, {**self.fixed, **parameters})
        unusual = names.unusual(self.defaults, given)
        rule = self.make(**given)
        return Strategy(
            self.name, rule, unusual, self.family, self.voice, self.source, self.provider
        )


_entries: dict[str, Entry] = {}


def entry(
    name: str,
    *,
    voice: str,
    source: str,
    traits: Traits | None = None,
    aliases: tuple[str, ...] | Mapping[str, Parameters] = (),
    stance: Stance | None = None,
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
    aliases : tuple of str, or mapping from str to parameters
        Short names that the literature has for it, such as ``TFT``; each may stand for certain
        parameters, as in ``{"TF3T": {"m": 3}}``.
    stance : Stance, optional
        What it demands, and what it does about it, with its usual parameters.
    """
    names = aliases if isinstance(aliases, Mapping) else {alias: {} for alias in aliases}

    def enter(make: Callable[P, Made]) -> Callable[P, Made]:
        family = make.__module__.removeprefix("coopgames.strategies.").partition(".")[0]
        _entries[name] = Entry(name, make, family, voice, source, traits, names, stance)
        return make

    return enter


@cache
def library() -> Mapping[str, Entry]:
    """All strategies of the library by name, in alphabetical order, but those under regimes."""
    for family in FAMILIES:
        import_module(f"coopgames.strategies.{family}")
    return {name: e for name, e in sorted(_entries.items()) if e.family in FAMILIES}


@cache
def regime_library() -> Mapping[str, Entry]:
    """All strategies that read what a regime shows, by name, in alphabetical order."""
    import_module(f"coopgames.strategies.{UNDER_REGIMES}")
    return {name: e for name, e in sorted(_entries.items()) if e.family == UNDER_REGIMES}


@cache
def _aliases() -> Mapping[str, Entry]:
    """All entries by the short names that they have besides."""
    return {
        alias: replace(e, fixed=fixed)
        for e in library().values()
        for alias, fixed in e.aliases.items()
    }


def strategy_plugins() -> Mapping[str, Plugin]:
    """List the strategies that plugins add, by name; imports none of them."""
    return provided(frozenset({*library(), *_aliases()}))


def _plugin(plugin: Plugin) -> Entry:
    found = made(plugin)
    return Entry(
        found.name, lambda: found.rule, found.family, found.voice, found.source,
        provider=found.provider,
    )  # fmt: skip


def find(name: str) -> Entry:
    """Find a strategy of the library, or of a plugin, by its name or a short one.

    Parameters
    ----------
    name : str
        E.g. ``"tit-for-tat"`` or ``"TFT"``.

    Raises
    ------
    Mistake
        If there is none of that name.
    """
    found = library().get(name) or _aliases().get(name) or regime_library().get(name)
    if found is None and name in (others := strategy_plugins()):
        return _plugin(others[name])
    if found is None:
        # Nearly every name is close to some short one, so they count only if one seems meant.
        short = name != name.lower() or name in {alias.casefold() for alias in _aliases()}
        known = [
            *library(), *regime_library(), *others, *(_aliases() if short else ()),
        ]  # fmt: skip
        raise Mistake(unknown("strategy", name, known, "coopgames strategies list"))
    return found


def strategy(name: str, /, **parameters: Parameter) -> Strategy:
    """Make a strategy of the library.

    Parameters
    ----------
    name : str
        Its name, e.g. ``"generous-tit-for-tat"``, a short one, e.g. ``"GTFT"``, or that of a player
        of Axelrod-Python, e.g. ``"axelrod:GTFT"``.
    **parameters
        Its parameters; those left out have their usual values.

    Raises
    ------
    Mistake
        If there is no such strategy or parameter, or a value cannot be used.
    """
    if name.startswith("axelrod:"):
        from coopgames.strategies.bridge import axelrod_strategy

        return axelrod_strategy(name.removeprefix("axelrod:"), **parameters)
    return find(name)(**parameters)


def traits_of(strategy: Strategy) -> Traits | None:
    """Say how a strategy behaves.

    Parameters
    ----------
    strategy : Strategy
        Any.

    Returns
    -------
    Traits or None
        Read off an automaton's table, whatever its parameters; for compiled code of the library
        with its usual parameters, what is declared of it; None where nothing can be known.
    """
    if isinstance(strategy.rule, Automaton):
        return automaton_traits(strategy.rule)
    known = library().get(strategy.name)
    if known is None or known.family != strategy.family or strategy.parameters:
        return None
    return known.declared


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
