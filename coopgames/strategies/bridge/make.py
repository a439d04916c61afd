"""A player of Axelrod-Python by its name, as one of our strategies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from coopgames.mistakes import Mistake, unknown
from coopgames.strategies.automaton import Automaton
from coopgames.strategies.bridge.known import Known, known
from coopgames.strategies.bridge.names import NATIVE, ORDINARY
from coopgames.strategies.bridge.package import VERSION, axelrod, missing
from coopgames.strategies.bridge.player import AxelrodPlayer
from coopgames.strategies.bridge.rules import IMPORTS, WRITTEN, rule_of
from coopgames.strategies.registry import strategy
from coopgames.strategies.strategy import Parameter, Strategy

AXELROD = "axelrod:"
"""What the name of such a strategy begins with."""

REFUSED = ("Darwin",)
"""Players that cannot be played here."""


@dataclass(frozen=True)
class Runs:
    """How a player of Axelrod-Python runs here, with its defaults.

    Parameters
    ----------
    runs : {"native", "converted", "python", "not"}
        As a strategy of the library; as an automaton or a compiled function that does the same; by
        its own code; or not at all.
    form : {"automaton", "compiled", "python", ""}
        The form of the strategy.
    ours : str
        The label of the library's strategy, if it is native.
    states : int or None
        How many states it has, if it is an automaton.
    evidence : {"proved", "tested", ""}
        *Proved*: read off a table that the player is nothing but. *Tested*: held against its play,
        turn by turn. Empty for what runs by its own code.
    needs_package : bool
        Whether Axelrod-Python must be installed.
    any_payoffs : bool
        Whether it plays like Axelrod-Python's whatever the payoffs, or for 5, 3, 1, 0 only.
    why : str
        Why it is no automaton, or cannot be played.
    """

    runs: Literal["native", "converted", "python", "not"]
    form: Literal["automaton", "compiled", "python", ""]
    ours: str = ""
    states: int | None = None
    evidence: Literal["proved", "tested", ""] = ""
    needs_package: bool = False
    any_payoffs: bool = True
    why: str = ""


def runs(player: Known) -> Runs:
    """Say how a player runs with its defaults; imports nothing."""
    return replace(_runs(player), any_payoffs=player.name not in ORDINARY)


def _runs(player: Known) -> Runs:
    name = player.name
    if name in REFUSED:
        return Runs("not", "", why=player.why)
    if name in NATIVE:
        ours, parameters = NATIVE[name]
        native = strategy(ours, **parameters)
        if isinstance(native.rule, Automaton):
            size = len(native.rule.minimal().states)
            return Runs("native", "automaton", native.label, size, "tested")
        return Runs("native", "compiled", native.label, evidence="tested")
    if name in WRITTEN:
        return Runs("converted", "compiled", evidence="tested", needs_package=name in IMPORTS)
    if player.automaton is not None:
        size = len(player.automaton.states)
        return Runs("converted", "automaton", states=size, evidence=player.evidence)
    return Runs("python", "python", needs_package=True, why=player.why)


def axelrod_strategy(name: str, **parameters: Parameter) -> Strategy:
    """Make a strategy of a player of Axelrod-Python.

    With its defaults it is ours, an automaton or a compiled function where it is known to be the
    same; these need no Axelrod-Python. With parameters of its own it is an automaton where it is
    nothing but a table; everything else runs by its own code.

    Parameters
    ----------
    name : str
        The player's class, e.g. ``"TitForTat"``.
    **parameters : number or str
        What the class is made with; actions are written as in ``"CCD"``.

    Returns
    -------
    Strategy
        Of the family ``axelrod``, named with the prefix ``axelrod:``.

    Raises
    ------
    Mistake
        If there is no such player or parameter, a value cannot be used, the player cannot be
        played, or Axelrod-Python is needed and not installed.
    """
    if name not in known():
        raise Mistake(unknown("player of Axelrod-Python", name, known()))
    player = known()[name]
    if name in REFUSED:
        raise Mistake(f"{AXELROD}{name} cannot be played here: {player.why}")
    given = tuple(sorted(parameters.items()))
    if given:
        rule, how = _made(name, given)
    else:
        found = runs(player)
        how = _how(found)
        if found.needs_package and (lacking := missing()):
            what = "its own code" if found.runs == "python" else "numbers that come with it"
            raise Mistake(f"{AXELROD}{name} needs {what}: {lacking}")
        rule = rule_of(name) or AxelrodPlayer(name=name, stochastic=player.stochastic)
    source = f"{player.title} of Axelrod-Python {VERSION}, {how}."
    return Strategy(f"{AXELROD}{name}", rule, given, "axelrod", source=source)


def _how(found: Runs) -> str:
    if found.runs == "native":
        return f"which is {found.ours}"
    if found.runs == "python":
        return "by its own code"
    if found.form == "compiled":
        return "written anew as a compiled function"
    return f"as an automaton, {found.evidence}"


def _made(name: str, given: tuple[tuple[str, Parameter], ...]) -> tuple[Any, str]:
    """Make the rule of a player with parameters."""
    axelrod()
    from coopgames.strategies.bridge.seat import made, taken
    from coopgames.strategies.bridge.tables import table_of

    takes = taken(name)
    for key, value in given:
        if key not in takes:
            what = f"parameter of {AXELROD}{name}"
            none = f'{AXELROD}{name} takes no parameters, so no "{key}"'
            raise Mistake(unknown(what, key, takes) if takes else none)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise Mistake(f"{AXELROD}{name}: {key} = {value!r} is neither a number nor text")
    try:
        player = made(name, given)
    except Exception as error:  # whatever its code finds wrong
        wrong = f"{type(error).__name__}: {error}".removesuffix(": ")
        raise Mistake(f"{AXELROD}{name} cannot be made so: {wrong}") from None
    if (table := table_of(player)) is not None:
        return table, "as an automaton, proved"
    stochastic = bool(axelrod().Classifiers["stochastic"](player))
    return AxelrodPlayer(name=name, parameters=given, stochastic=stochastic), "by its own code"


def axelrod_players() -> Mapping[str, tuple[Known, Runs]]:
    """All players of Axelrod-Python by their class, and how each runs; imports nothing."""
    return {name: (player, runs(player)) for name, player in known().items()}
