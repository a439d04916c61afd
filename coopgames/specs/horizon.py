"""How long play lasts, as a file writes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import ConfigDict, Discriminator, Field, Tag

from coopgames.play import Horizon
from coopgames.specs.source import Location
from coopgames.specs.table import Number, Table, Whole

KINDS = ("periods", "continuation", "infinite")

Length = Annotated[Whole, Field(ge=1)]


class Duration(NamedTuple):
    """How long matches last, and of which lengths the games of a pair are where it is several.

    Parameters
    ----------
    horizon : Horizon
        The longest, where there are several.
    lengths : tuple of int
        The lengths; none where every game has the same horizon.
    """

    horizon: Horizon
    lengths: tuple[int, ...] = ()


class HorizonTable(Table):
    """How long a match lasts: exactly one of periods, continuation and infinite = true."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [kind]} for kind in KINDS]})

    periods: (
        Annotated[
            Annotated[Length, Tag("<number>")]
            | Annotated[list[Length], Field(min_length=1), Tag("<list>")],
            Discriminator(lambda value: "<list>" if isinstance(value, list) else "<number>"),
        ]
        | None
    ) = Field(
        None,
        description="number of periods, at least 1; or a list of numbers, if each pair plays games "
        "of several lengths",
    )
    continuation: Number | None = Field(
        None, ge=0, lt=1, description="probability that a further period follows, less than 1"
    )
    infinite: Literal[True] | None = Field(None, description="true: play never ends")
    known: bool = Field(
        False, description="whether strategies are told the number of periods; false by default"
    )

    @classmethod
    def also_wrong(cls, data: dict[str, Any]) -> list[tuple[Location, str]]:
        """Find a horizon of no kind, or of several."""
        kinds = [kind for kind in KINDS if kind in data]
        if len(kinds) == 1:
            return []
        has = f"has {' and '.join(kinds)}" if kinds else "is of no kind"
        return [((), f"{has}; give exactly one of periods, continuation and infinite = true")]

    def duration(self) -> Duration:
        """Make the horizon."""
        if isinstance(self.periods, list):
            longest = Horizon(max(self.periods), known=self.known)
            return Duration(longest, tuple(self.periods))
        return Duration(Horizon(self.periods, self.continuation, self.known))


def as_table(horizon: Horizon, lengths: tuple[int, ...] = ()) -> dict[str, Any]:
    """Write a horizon as the table that `HorizonTable` reads as the same.

    Parameters
    ----------
    horizon : Horizon
        How long.
    lengths : tuple of int
        The lengths, where there are several.
    """
    if horizon.periods is not None:
        return {"periods": list(lengths) or horizon.periods, "known": horizon.known}
    if horizon.continuation is not None:
        return {"continuation": horizon.continuation, "known": horizon.known}
    return {"infinite": True, "known": horizon.known}
