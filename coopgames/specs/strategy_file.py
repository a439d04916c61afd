"""A strategy as a user writes it: by name, by label, as Python, or as an automaton in TOML.

The file of tit for tat, own action first in the keys of ``next``, C for accommodating and D for
withholding:

    name = "my-tit-for-tat"
    voice = "I start friendly and do to you what you last did to me."
    initial = "friendly"

    [[state]]
    name = "friendly"
    accommodate = 1.0
    next = {CC = "friendly", CD = "cross", DC = "friendly", DD = "cross"}

    [[state]]
    name = "cross"
    accommodate = 0.0
    next = {CC = "friendly", CD = "cross", DC = "friendly", DD = "cross"}
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from coopgames.mistakes import Mistake, unknown
from coopgames.names import split
from coopgames.specs.source import ElsewhereMistake, Location, read
from coopgames.specs.table import Line, Name, Number, Table, Text, mistakes, printable
from coopgames.strategies import (
    AXELROD,
    Automaton,
    Entry,
    Strategy,
    axelrod_strategy,
    find,
    library,
    python_file,
)

StateName = Annotated[Line, Field(min_length=1)]
OUTCOMES = ("CC", "CD", "DC", "DD")


class NextTable(Table):
    """Where a state leads after each outcome of a period; own action first."""

    CC: StateName = Field(description="state after both accommodated")
    CD: StateName = Field(description="state after one accommodated oneself and the other withheld")
    DC: StateName = Field(description="state after one withheld oneself and the other accommodated")
    DD: StateName = Field(description="state after both withheld")


class StateTable(Table):
    """A state of an automaton."""

    name: StateName = Field(description="what to call the state")
    accommodate: Number = Field(
        ge=0, le=1, description="probability of accommodating in this state, from 0 to 1"
    )
    next: NextTable = Field(
        description="the state after each outcome, own action first, {CC = …, CD = …, …}"
    )


class StrategyTable(Table):
    """A strategy that depends on a finite state."""

    name: Name = Field(description="what to call the strategy")
    voice: Line = Field("", description="one plain sentence in its own voice")
    source: Text = Field("", description="where it comes from")
    initial: StateName = Field(description="name of the state in the first period")
    state: list[StateTable] = Field(min_length=1, description="the states, one [[state]] each")

    @classmethod
    def also_wrong(cls, data: dict[str, Any]) -> list[tuple[Location, str]]:
        """Find states that are named twice and names of states that do not exist."""
        states = data["state"] if isinstance(data.get("state"), list) else []
        tables = {i: table for i, table in enumerate(states) if isinstance(table, dict)}
        names = {i: t["name"] for i, t in tables.items() if isinstance(t.get("name"), str)}
        used: dict[Location, object] = {("initial",): data.get("initial")}
        for i, table in tables.items():
            after = table["next"] if isinstance(table.get("next"), dict) else {}
            used |= {("state", i, "next", o): after[o] for o in OUTCOMES if o in after}
        if not names:
            return []
        called = list(names.values())
        problems: list[tuple[Location, str]] = [
            (("state", i, "name"), f'two states are called "{printable(name)}"; only one may be')
            for i, name in names.items()
            if i != next(j for j, earlier in names.items() if earlier == name)
        ]
        problems += [
            (at, unknown("state", printable(name), set(called)))
            for at, name in used.items()
            if isinstance(name, str) and name not in called
        ]
        return problems

    def strategy(self) -> Strategy:
        """Make the strategy."""
        names = [s.name for s in self.state]
        after = [[names.index(getattr(s.next, o)) for o in OUTCOMES] for s in self.state]
        rule = Automaton(
            [[s.accommodate, 1 - s.accommodate] for s in self.state],
            [[row[:2], row[2:]] for row in after],
            initial=names.index(self.initial),
            states=names,
        )
        return Strategy(self.name, rule, voice=self.voice, source=self.source)


def as_table(strategy: Strategy) -> dict[str, Any]:
    """Write a two-action automaton as the table of a strategy file.

    Parameters
    ----------
    strategy : Strategy
        What `StrategyTable.strategy` makes of the table again.
    """
    rule = strategy.rule
    if not isinstance(rule, Automaton) or rule.next.shape[1:] != (2, 2):
        raise Mistake(
            f"{strategy.label} is no automaton for two actions and cannot be written as one"
        )
    states = [
        {
            "name": name,
            "accommodate": float(rule.mix[s, 0]),
            "next": {o: rule.states[to] for o, to in zip(OUTCOMES, rule.next[s].flat, strict=True)},
        }
        for s, name in enumerate(rule.states)
    ]
    return {
        "name": strategy.name,
        "voice": strategy.voice,
        "source": strategy.source,
        "initial": rule.states[rule.initial],
        "state": states,
    }


def strategy_file(path: Path) -> Strategy:
    """Read the TOML file of a strategy.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    Mistake
        With one line for each mistake in it.
    """
    source = read(path)
    if "strategies" in source.content:
        raise ElsewhereMistake(f"{path}: this is an experiment's file; a strategy's file is needed")
    try:
        return StrategyTable.model_validate(source.content).strategy()
    except ValidationError as error:
        raise ElsewhereMistake("\n".join(mistakes(error, source))) from None


def python_strategy(path: Path, sha256: str | None = None) -> Strategy:
    """Read a strategy from a Python file.

    Parameters
    ----------
    path : Path
        The file; see `coopgames.strategies.python`.
    sha256 : str, optional
        What the strategy's hash must be.

    Raises
    ------
    Mistake
        If the file defines no strategy, or another one than the hash says.
    """
    rule, card = python_file(path)
    if sha256 is not None and rule.digest != sha256:
        raise Mistake(f"{path}: has changed; its hash is {rule.digest}, not {sha256}")
    name = card.get("name") or path.stem
    if "#" in name or "(" in name or not name.isprintable() or not name.strip():
        raise Mistake(f"{path}: NAME = {name!r}; a name has no # or ( and is not blank")
    return Strategy(name, rule, voice=card.get("description", ""), source=card.get("author", ""))


def parameter_problems(entry: Entry, parameters: Mapping[str, Any]) -> dict[str, str]:
    """Find what is wrong with each of the parameters given to a strategy of the library.

    What is wrong with none alone, but with all together, stands under the empty name.

    Parameters
    ----------
    entry : Entry
        The strategy.
    parameters : mapping
        What was given.
    """
    name, problems = entry.name, {}
    together = _mistake(entry, parameters)
    if together is None:
        return {}
    for key, value in parameters.items():
        if key not in entry.defaults:
            problems[key] = (
                unknown(f"parameter of {name}", printable(key), entry.defaults)
                if entry.defaults
                else f'{name} takes no parameters, so no "{printable(key)}"'
            )
            continue
        if alone := _mistake(entry, {key: value}):
            problems[key] = alone
    return problems or {"": together}


def _mistake(entry: Entry, parameters: Mapping[str, Any]) -> str | None:
    try:
        entry(**parameters)
    except Mistake as mistake:
        return str(mistake)
    except OverflowError:
        return f"{entry.name}: {', '.join(parameters)} is too large a number"
    return None


SET_ASIDE = ("pyproject.toml", "conftest.py", "setup.py")
"""Files that stand beside strategies and are none, as are those whose names begin with test_."""


def strategies_from(text: str, folder: Path | None = None) -> tuple[Strategy, ...]:
    """Make the strategies that a word names: one, or all that a folder holds.

    Parameters
    ----------
    text : str
        As for `strategy_from`, or the path of a folder, whose files ending in ``.py`` and ``.toml``
        are taken in the order of their names.
    folder : Path, optional
        Where a path starts; the current folder by default.

    Raises
    ------
    Mistake
        One line for each mistake, of all the files.
    """
    path = folder / text if folder else Path(text)
    if not path.is_dir() or text in library():
        return (strategy_from(text, folder),)
    found, problems = [], []
    for file in sorted(path.iterdir()):
        named = file.name not in SET_ASIDE and not file.name.startswith((".", "_", "test_"))
        if named and file.suffix in {".py", ".toml"}:
            try:
                found.append(strategy_from(str(file)))
            except Mistake as mistake:
                problems.append(str(mistake))
    if problems:
        raise ElsewhereMistake("\n".join(problems))
    if not found:
        raise Mistake(f"{path}: this folder holds no strategies, files ending in .py or .toml")
    return tuple(found)


def strategy_from(text: str, folder: Path | None = None) -> Strategy:
    """Make the strategy that a word of the command line or of a file names.

    Parameters
    ----------
    text : str
        A name of the library, ``"tit-for-tat"`` or ``"TFT"``, or of a player of Axelrod-Python,
        ``"axelrod:TitForTat"``; a label with parameters, ``"generous-tit-for-tat(q=0.2)"``; or a
        path that ends in ``.toml`` or ``.py``, or of a folder that holds one such file.
    folder : Path, optional
        Where a path starts; the current folder by default.

    Raises
    ------
    Mistake
        One line for each mistake; those in a file say which line.
    """
    if text.endswith(".toml"):
        return strategy_file(folder / text if folder else Path(text))
    if text.endswith(".py"):
        return python_strategy(folder / text if folder else Path(text))
    if text not in library() and (folder / text if folder else Path(text)).is_dir():
        found = strategies_from(text, folder)
        if len(found) > 1:
            raise Mistake(f"{text} is a folder of {len(found)} strategies; name the file of one")
        return found[0]
    name, parameters = split(text, "strategy", "random(p=0.3)")
    if name.startswith(AXELROD):
        return axelrod_strategy(name.removeprefix(AXELROD), **parameters)
    entry = find(name)
    if problems := parameter_problems(entry, parameters):
        raise Mistake("\n".join(problems.values()))
    return entry(**parameters)
