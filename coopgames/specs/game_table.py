"""The TOML form of a game: the table ``[game]`` of an experiment, and the whole of a game's file.

    name = "tariffs"
    payoffs = [[[6, 1], [8, 2]], [[5, 9], [0, 3]]]
    relative_gains = 0.5

Instead of `name` and `payoffs` there may be ``base``, another game by its name or path. What drives
choice, where it is not the goals, is built in the order of the keys: from a table of choice
payoffs, or else from the goals, by relative gains, then rank, then pressure at home (`choice` in
`coopgames.games` has the formulas).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from coopgames.games import (
    Game,
    domestic_pressure,
    positional,
    relative_gains,
    with_choice,
)
from coopgames.mistakes import Mistake
from coopgames.specs.source import Location
from coopgames.specs.table import Line, Number, Table, Text, said, wrong


def _all_alike(payoffs: list[Any]) -> list[Any]:
    """Check every payoff, since numpy would take "3" and true for numbers, and every row."""
    kinds: dict[int, tuple[type, int]] = {}

    def visit(value: object, at: Location) -> Iterator[tuple[Location, str]]:
        number = isinstance(value, int | float) and not isinstance(value, bool) and _finite(value)
        if not number and not isinstance(value, list):
            yield at, f"{said(value)}; a payoff is a finite number"
            return
        size = len(value) if isinstance(value, list) else 0
        kind, usual = kinds.setdefault(len(at), (list if isinstance(value, list) else float, size))
        if isinstance(value, list) != (kind is list):
            needed = "an array" if kind is list else "a payoff"
            yield at, f"{said(value)}; {needed} is needed, as in the first"
        elif size != usual:
            entries = "1 entry" if size == 1 else f"{size} entries"
            yield at, f"has {entries}; {usual} are needed, as in the first"
        elif isinstance(value, list):
            for i, item in enumerate(value):
                yield from visit(item, (*at, i))

    problems: list[tuple[Location, str, str]] = [
        (at, "mistake", text) for at, text in visit(payoffs, ())
    ]
    if problems:
        raise wrong(problems)
    return payoffs


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


Payoffs = Annotated[
    list[Any],
    AfterValidator(_all_alike),
    WithJsonSchema({"type": "array", "items": {"type": "array"}}),
]
Weight = Annotated[Number, Field(ge=0)]


class PressureTable(Table):
    """How much a group at home counts, {surplus = …, weight = …}."""

    surplus: Payoffs = Field(description="what the favoured group gets, shaped as the payoffs")
    weight: Annotated[
        Annotated[Weight, Tag("<number>")]
        | Annotated[list[Weight], Field(min_length=1), Tag("<list>")],
        Discriminator(lambda value: "<list>" if isinstance(value, list) else "<number>"),
    ] = Field(
        description="how much a unit of that counts, for all actors or for each; 1 is no favour"
    )


class GameTable(Table):
    """A game of one's own, {name = …, payoffs = …}, or another one changed, {base = …}."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["name", "payoffs"]}, {"required": ["base"]}]}
    )

    base: Annotated[Line, Field(min_length=1)] | None = Field(
        None,
        description='instead of payoffs: the name of a game, such as "stag-hunt", or a path that '
        "ends in .toml, .csv or .nfg",
    )
    name: Annotated[Line, Field(min_length=1)] | None = Field(
        None, description="what to call the game; as its base by default"
    )
    payoffs: Payoffs | None = Field(
        None,
        description="one block for each seat; in it, for two actors, a row for each action of the "
        "first and in the row a payoff for each action of the second; for more actors, nested on",
    )
    actions: list[list[Line]] = Field([], description="the names of each seat's actions, in order")
    seats: list[Line] = Field([], description="the names of the seats")
    roles: list[list[int]] | None = Field(
        None,
        description="for each seat the numbers of its actions, counted from 0, from the most "
        "accommodating to the most withholding, where the payoffs do not say so themselves",
    )
    story: Text = Field("", description="what situation this is, in a sentence")
    choice: Payoffs | None = Field(
        None,
        description="payoffs that drive choice, shaped as `payoffs`, where they are not the goals",
    )
    relative_gains: Number | None = Field(
        None,
        ge=0,
        le=1,
        description="weight of the others' mean payoff in what drives choice, from 0 to 1",
    )
    positional: Number | None = Field(
        None, ge=0, le=1, description="weight of one's rank in what drives choice, from 0 to 1"
    )
    domestic_pressure: PressureTable | None = Field(
        None, description="a group at home that counts more than once, {surplus = …, weight = …}"
    )

    @classmethod
    def also_wrong(cls, data: dict[str, Any]) -> list[tuple[Location, str]]:
        """Find a game without payoffs, or without a name."""
        if "base" in data and "payoffs" in data:
            return [(("base",), "payoffs are given too; give one of them")]
        if "base" not in data and "payoffs" not in data:
            return [((), "has no payoffs; give them, or the game that it is made of as base")]
        if "base" not in data and "name" not in data:
            return [(("name",), "missing (what to call the game)")]
        return []

    def game(self, base: Game | None) -> Game:
        """Make the game.

        Parameters
        ----------
        base : Game or None
            The game that `base` means.

        Raises
        ------
        ValidationError
            If something does not fit; it says at which key.
        """
        made = _at((), lambda: self._named(base))
        steps: dict[str, Callable[[Game], Game]] = {
            "choice": lambda game: with_choice(game, self.choice),
            "relative_gains": lambda game: relative_gains(game, self.relative_gains or 0.0),
            "positional": lambda game: positional(game, self.positional or 0.0),
            "domestic_pressure": self._pressed,
        }
        for key, step in steps.items():
            if getattr(self, key) is not None:
                made = _at((key,), partial(step, made))
        return made

    def _named(self, base: Game | None) -> Game:
        """Make the game by its goals, with names and roles as given, else as in its base."""
        if base is None:
            return Game(
                self.name or "",
                self.payoffs or (),
                self.actions,
                self.seats,
                self.roles,
                self.story,
            )
        return Game(
            self.name or base.name,
            base.payoffs,
            self.actions or base.actions,
            self.seats or base.seats,
            base.roles if self.roles is None else self.roles,
            self.story or base.story,
            base.choice,
        )

    def _pressed(self, game: Game) -> Game:
        given = self.domestic_pressure
        assert given is not None
        if isinstance(given.weight, list) and len(given.weight) != game.n:
            raise Mistake(
                f"weight has {len(given.weight)} entries; game {game.name!r} has {game.n} actors"
            )
        return domestic_pressure(game, given.surplus, given.weight)


def _at(location: Location, make: Callable[[], Game]) -> Game:
    """Make a game, and say at which key it went wrong."""
    try:
        return make()
    except Mistake as mistake:
        raise wrong([(location, "mistake", str(mistake))]) from None


def as_table(game: Game) -> dict[str, Any]:
    """Write a game as the table that `GameTable` reads as the same game.

    Parameters
    ----------
    game : Game
        The game.

    Returns
    -------
    dict
        Only what JSON can hold; names written out, and choice payoffs where there are any.
    """
    choice = {} if game.choice is None else {"choice": game.choice.tolist()}
    return {
        "name": game.name,
        "payoffs": game.payoffs.tolist(),
        "actions": [list(names) for names in game.actions],
        "seats": list(game.seats),
        "roles": None if game.roles is None else [list(order) for order in game.roles],
        "story": game.story,
        **choice,
    }
