"""The key `regime` of an experiment: which regime is in force, and how.

    regime = "pledge"

    [regime]
    name = "payments-1958-71"
    answer = "suspension"
    periods = 3
    channels = ["expectations", "monitoring"]

In an arm it may be another one, or a key of it may change; ``regime = "none"`` switches off all
channels of the one there is, so that whoever reads what a regime shows can still be played.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)

from coopgames.games import Game
from coopgames.mistakes import Mistake, unknown
from coopgames.play import Horizon, Match, without_regime
from coopgames.regimes import Arrangement, ArrangementMistake, Regime
from coopgames.specs.regime_file import regime_from, regime_of, regime_table_of
from coopgames.specs.regime_table import FOR_GOOD
from coopgames.specs.resolved import entrants
from coopgames.specs.source import ElsewhereMistake, Location
from coopgames.specs.table import Line, Number, Table, Whole, printable, wrong
from coopgames.strategies import Strategy

NONE = "none"
"""In place of a regime: there is none, or in an arm it is silent."""

Channel = Literal["expectations", "monitoring", "reputation", "sanctions", "costs", "values"]
Share = Annotated[Number, Field(ge=0, le=1)]
Problems = list[tuple[Location, str, str]]


class ArrangementTable(Table):
    """The regime in force, {name = …, answer = …, channels = […]}."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["name"]}, {"required": ["declared"]}]}
    )

    name: Annotated[Line, Field(min_length=1)] | None = Field(
        None, description="the name of a regime that comes with the package, or a path to a .toml"
    )
    declared: Annotated[dict[str, Any], WithJsonSchema({"type": "object"})] | None = Field(
        None, description="instead of a name: the regime itself, as its own file would write it"
    )
    issue: Line = Field(
        "", description="which of its issues the game is; the first with its actions by default"
    )
    answer: Literal["standing", "suspension", "none", "written"] | None = Field(
        None,
        description="what follows from a flag, where the regime does not say: standing, "
        "suspension or none; by default standing, or suspension if the alarm does not say on whom",
    )
    periods: (
        Annotated[
            Annotated[Whole, Field(ge=1), Tag("<rest>")]
            | Annotated[Literal["for good"], Tag("<text>")],
            Discriminator(lambda value: "<text>" if isinstance(value, str) else "<rest>"),
        ]
        | None
    ) = Field(None, description='how long it is suspended, or "for good", which is the default')
    channels: list[Channel] | None = Field(
        None, description="the ways in which it works; all but values by default, [] for none"
    )
    review: Share | None = Field(
        None,
        description="probability that policies are reconsidered in a period, where that takes "
        "consultation; 1 by default if the regime has procedures, and else 0",
    )
    values: Share = Field(
        0.0, description="weight of what the others get in what members come to want; 0 by default"
    )
    members: list[Line] = Field([], description="the strategies that it binds; all by default")

    @classmethod
    def also_wrong(cls, data: dict[str, Any]) -> list[tuple[Location, str]]:
        """Find a regime that is not named or named twice, and values without a weight."""
        found: list[tuple[Location, str]] = []
        if data.get("declared") is not None and data.get("name") is not None:
            found.append((("declared",), "a name is given too; give one of them"))
        if data.get("declared") is None and data.get("name") is None:
            found.append(((), "which regime? give its name, or a path that ends in .toml"))
        on = data.get("channels")
        if isinstance(on, list) and "values" in on and not data.get("values"):
            found.append((("channels",), "values has no weight; give it one, such as values = 0.2"))
        return found

    def regime(self, folder: Path) -> Regime:
        """Read the declared regime, or say all that is wrong with it."""
        key = "name" if self.declared is None else "declared"
        try:
            if self.declared is not None:
                return regime_of(self.declared, folder)
            return regime_from(self.name or "", folder)
        except ElsewhereMistake as mistake:
            if self.declared is None:
                raise
            lines = [line.removeprefix("regime: ") for line in str(mistake).splitlines()]
            raise wrong([((key,), "mistake", line) for line in lines]) from None
        except Mistake as mistake:
            raise wrong([((key,), "mistake", str(mistake))]) from None

    def arrangement(self, folder: Path) -> Arrangement:
        """Make the regime in force, before it is known what is played."""
        return Arrangement(
            self.regime(folder),
            self.issue,
            self.answer,
            self.periods if isinstance(self.periods, int) else None,
            None if self.channels is None else tuple(self.channels),
            None if self.review is None else float(self.review),
            float(self.values),
            tuple(self.members),
        )


def _name_or_table(value: object) -> str | None:
    if isinstance(value, dict | ArrangementTable):
        return "<table>"
    return "<name>" if isinstance(value, str) else None


def read_arrangement(
    written: str | ArrangementTable | None, info: ValidationInfo
) -> Arrangement | None:
    """Read the key `regime`, and see that it fits what is played and by whom."""
    strategies: tuple[Strategy, ...] = info.data.get("strategies", ())
    game: Game | None = info.data.get("game")
    if written is None or written == NONE:
        if reading := next((s for s in strategies if s.needs_regime), None):
            raise Mistake(f"{without_regime(reading.name)}, such as {EXAMPLE}")
        return None
    if isinstance(written, str):
        written = ArrangementTable.model_validate({"name": written})
    table = written
    problems: Problems = _strangers(table.members, strategies)
    found = None
    try:
        found = table.arrangement((info.context or {}).get("folder", Path()))
        if game is not None:
            found = found.settled(game)
            problems += _unplayable(game, strategies, found)
    except ArrangementMistake as mistake:
        silent = found is not None and found.silent and not problems
        if silent and not any(s.needs_regime for s in strategies):
            return None  # of another game than this one, and nobody has to be shown anything
        at: Location = () if mistake.key == "regime" else (mistake.key,)
        problems.append((at, "mistake", str(mistake)))
    except ElsewhereMistake as mistake:
        problems.append((("name",), "elsewhere", str(mistake)))
    except ValidationError as error:
        problems += [(e["loc"], e["type"], e["msg"]) for e in error.errors(include_url=False)]
    except Mistake as mistake:
        problems.append(((), "mistake", str(mistake)))
    if problems or found is None:
        raise wrong(problems)
    return found


EXAMPLE = 'regime = "pledge"'

WrittenArrangement = (
    Annotated[
        Annotated[Line, Tag("<name>")] | Annotated[ArrangementTable, Tag("<table>")],
        Discriminator(
            _name_or_table,
            custom_error_type="shape",
            custom_error_message="the name of a regime, a path that ends in .toml, or a table "
            "{name = …, answer = …}",
        ),
    ]
    | None
)


def _strangers(members: list[str], strategies: tuple[Strategy, ...]) -> Problems:
    """Find members who do not play, and a single one, who has nobody to keep faith with."""
    known = [e.name for e in entrants(strategies)]
    if not known:
        return []
    return [
        (("members", i), "mistake", unknown("strategy here", printable(name), known))
        for i, name in enumerate(members)
        if name not in known
    ]


def _unplayable(game: Game, strategies: tuple[Strategy, ...], found: Arrangement) -> Problems:
    """Find strategies that cannot read what this regime shows, or a silent one."""
    said: dict[str, None] = {}
    for public in (found.public(game), found.muted.public(game)):
        for s in strategies:
            if s.reads_regime:
                try:
                    Match(game, (s, s), Horizon(periods=1), regime=public)
                except Mistake as mistake:
                    said.setdefault(str(mistake))
    return [((), "mistake", text) for text in said]


def as_table(arrangement: Arrangement, game: Game) -> dict[str, Any]:
    """Write a regime in force as the table that `ArrangementTable` reads as the same.

    Parameters
    ----------
    arrangement : Arrangement
        The regime in force.
    game : Game
        What is played under it.

    Returns
    -------
    dict
        Only what JSON can hold; everything spelt out, the declared regime too.
    """
    a = arrangement.settled(game)
    lasting = {"periods": a.periods or FOR_GOOD} if a.answer == "suspension" else {}
    return {
        "declared": regime_table_of(a.regime),
        "issue": a.issue,
        "answer": a.answer,
        **lasting,
        "channels": list(a.on),
        "review": a.review,
        "values": a.values,
        "members": list(a.members),
    }


def switched(old: object, new: object) -> object:
    """Change what a file says of its regime: a key of it, the whole, or that it is silent.

    Parameters
    ----------
    old : object
        What it says: None, text or a table.
    new : object
        What it is to say; of a table only the keys that change.
    """
    table = {"name": old} if isinstance(old, str) and old != NONE else old
    if new == NONE and isinstance(table, dict):
        return {**table, "channels": []}
    if not isinstance(new, dict) or not isinstance(table, dict) or {"name", "declared"} & {*new}:
        return new
    # An answer of another kind takes the length of the suspension away.
    kept = {k: v for k, v in table.items() if k != "periods" or "answer" not in new}
    return {**kept, **new}
