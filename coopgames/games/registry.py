"""Games by name.

A game of the catalogue is a small function from its parameters to a game, entered under its name
with `entry`. A family is one module or several, which are loaded when a name is first asked for.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from coopgames import names
from coopgames.games.counts import CountGame
from coopgames.games.game import Game
from coopgames.games.provided import maker
from coopgames.mistakes import Mistake, unknown
from coopgames.names import Value
from coopgames.plugins import Plugin, plugins

if TYPE_CHECKING:
    from coopgames.games.labels import Category, Subtype

P = ParamSpec("P")
Made = TypeVar("Made", Game, CountGame)

ROOM = "coopgames.games"
PLUGIN = "plugin"
"""The family of what plugins add."""

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "classic": ("classics",),
        "group": (
            "groups.public_goods", "groups.provision", "groups.commons", "groups.schelling",
        ),
        "scenario": (
            "scenarios.trade", "scenarios.gatt", "scenarios.payments", "scenarios.oil",
            "scenarios.proliferation", "scenarios.textiles", "scenarios.navigation",
            "scenarios.guild", "scenarios.hegemony", "scenarios.alliance",
        ),
    }
)  # fmt: skip
"""The modules of each family."""


@dataclass(frozen=True)
class Parameter:
    """What a game can be given.

    Parameters
    ----------
    meaning : str
        What it stands for, in a few words.
    low, high : float
        The smallest and the largest value.
    above : bool
        Whether it must be larger than `low`, which is then no value itself.
    unit : str
        What it is counted in.
    """

    meaning: str
    low: float = -math.inf
    high: float = math.inf
    above: bool = False
    unit: str = ""

    @property
    def range(self) -> str:
        """Say which values it may have."""
        least = f"{'above' if self.above else 'at least'} {self.low:g}"
        if math.isinf(self.high):
            return "any number" if math.isinf(self.low) else least
        if math.isinf(self.low):
            return f"at most {self.high:g}"
        return f"{least}, at most {self.high:g}" if self.above else f"{self.low:g} to {self.high:g}"

    def wrong(self, key: str, value: Value) -> str | None:
        """Say what is wrong with a value, if anything."""
        if not isinstance(value, str):
            fits = self.low < value if self.above else self.low <= value
            if not math.isfinite(value):
                return f"{key} = {value:g} is not a finite number"
            if not fits or value > self.high:
                return f"{key} = {value:g}; it is {self.range}"
        return None


@dataclass(frozen=True)
class Entry:
    """A game of the catalogue before its parameters are given; see `entry`."""

    name: str
    make: Callable[..., Game | CountGame]
    family: str
    title: str
    story: str
    source: str
    encodes: tuple[Category, Subtype | None]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    notice: tuple[str, ...] = ()
    vary: tuple[str, ...] = ()

    @property
    def defaults(self) -> dict[str, Value]:
        """Its parameters and their usual values."""
        return {p.name: p.default for p in inspect.signature(self.make).parameters.values()}

    @property
    def module(self) -> str:
        """Where it is made."""
        return self.make.__module__

    @property
    def description(self) -> str:
        """How its payoffs come about."""
        return inspect.cleandoc(self.make.__doc__ or "")

    def __call__(self, **parameters: Value) -> Game | CountGame:
        """Make the game with these parameters and its usual values for the rest."""
        defaults = self.defaults
        given = names.settle(
            self.name, defaults, parameters, lambda k, v: self.parameters[k].wrong(k, v)
        )
        name = names.label(self.name, names.unusual(defaults, given))
        try:
            game = self.make(**given)
        except Mistake as mistake:
            raise Mistake(f"{name}: {mistake}") from None
        return replace(game, name=name, story=self.story)


_entries: dict[str, Entry] = {}


def entry(
    name: str,
    *,
    story: str,
    source: str,
    encodes: tuple[Category, Subtype | None],
    title: str = "",
    parameters: Mapping[str, Parameter] | None = None,
    notice: tuple[str, ...] = (),
    vary: tuple[str, ...] = (),
) -> Callable[[Callable[P, Made]], Callable[P, Made]]:
    """Enter a game into the catalogue.

    Parameters
    ----------
    name : str
        Its one name.
    story : str
        One sentence: what situation this is.
    source : str
        Where it comes from.
    encodes : tuple
        Its category and subtype with the usual parameters; the tests hold it to `structure`.
    title : str
        Its name as the subject of a sentence; made from `name` by default.
    parameters : mapping of str to Parameter
        What can be given, for each parameter of the function.
    notice : tuple of str
        What to notice, a sentence each.
    vary : tuple of str
        What to vary and what will then be seen, a sentence each.
    """

    def enter(make: Callable[P, Made]) -> Callable[P, Made]:
        module = make.__module__.removeprefix(f"{ROOM}.")
        family = next((f for f, modules in FAMILIES.items() if module in modules), "own")
        _entries[name] = Entry(
            name, make, family, title or f"The {name.replace('-', ' ')}", story, source, encodes,
            MappingProxyType(dict(parameters or {})), notice, vary,
        )  # fmt: skip
        return make

    return enter


@cache
def catalog() -> Mapping[str, Entry]:
    """All games of the catalogue by name, family by family."""
    order = [f"{ROOM}.{module}" for modules in FAMILIES.values() for module in modules]
    for module in order:
        import_module(module)
    ours = (e for e in _entries.values() if e.family in FAMILIES)
    return MappingProxyType({e.name: e for e in sorted(ours, key=lambda e: order.index(e.module))})


def catalog_entry(text: str) -> tuple[Entry, dict[str, Value]]:
    """Find the entry that a name or label means, and the parameters given in it.

    Parameters
    ----------
    text : str
        E.g. ``"stag-hunt"`` or ``"liberal-trade(gamma=1.5)"``.

    Raises
    ------
    Mistake
        If there is no such game, or the text is no label.
    """
    name, given = names.split(text, "game", "liberal-trade(gamma=1.5)")
    if name in catalog():
        return catalog()[name], given
    if name in (others := game_plugins()):
        return _plugin(others[name]), given
    raise Mistake(unknown("game", name, {*catalog(), *others}))


@cache
def game_plugins() -> Mapping[str, Plugin]:
    """List the games that plugins add, by name; imports none of them."""
    taken = "the catalogue has a game of this name, which is the one that is meant by it"
    return MappingProxyType(
        {
            name: replace(p, problem=p.problem or taken) if name in catalog() else p
            for name, p in plugins("games").items()
        }
    )


@cache
def _plugin(plugin: Plugin) -> Entry:
    """Make the entry of a plugin's game; what it encodes is found out."""
    from coopgames.games.structure import structure

    make = maker(plugin)
    made = make()
    game = made.as_game() if isinstance(made, CountGame) else made
    s, usual = structure(game), inspect.signature(make).parameters
    title = f"The game {plugin.name}"
    source = f"A plugin of {plugin.provider}."
    return Entry(
        plugin.name, make, PLUGIN, title, game.story, source, (s.category, s.subtype),
        MappingProxyType({key: Parameter("") for key in usual}),
    )  # fmt: skip


def named_game(text: str) -> Game:
    """Make the game of this name, or of this label with parameters.

    Parameters
    ----------
    text : str
        E.g. ``"stag-hunt"`` or ``"liberal-trade(theta=0.2, gamma=1.5)"``. The label, without what
        is as usual, is the game's name.

    Raises
    ------
    Mistake
        If there is none, with the nearest names; if a parameter is unknown or cannot have its
        value; if the game has too many profiles to be written out.
    """
    found, given = catalog_entry(text)
    made = found(**given)
    return made.as_game() if isinstance(made, CountGame) else made
