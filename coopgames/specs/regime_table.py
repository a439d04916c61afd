"""The TOML form of a regime.

    name = "payments"

    [[issue]]
    name = "exchange rates"
    game = "balance-of-payments"

    [[issue]]
    name = "consultation"
    moves = ["consult first", "act alone"]

    [[injunction]]
    name = "no manipulation"
    level = "norm"
    issue = "exchange rates"
    prescribe = { most = 0.37 }

    [[injunction]]
    name = "retaliation"
    level = "rule"
    issue = "exchange rates"
    permit = { most = 2.0 }
    excepts = ["no manipulation"]
    when = { after = "another", of = "no manipulation", periods = 3 }

An injunction prescribes, proscribes or permits: a list of actions; ``{ least = …, most = … }``,
those whose names are numbers between these; or ``{ no_more_than = "own" }``, or ``"others"``, those
that withhold no more than one's own last action, or than the others' most withholding last one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag

from coopgames.regimes import (
    Always,
    Between,
    Demand,
    Deontic,
    Flagged,
    Injunction,
    Issue,
    Level,
    Listed,
    Monitoring,
    NoMore,
    When,
    Whose,
    Within,
)
from coopgames.specs.game_file import WrittenGame, game_of
from coopgames.specs.source import Location
from coopgames.specs.table import Line, Name, Number, Table, Text, Whole

Word = Annotated[Line, Field(min_length=1)]
Share = Annotated[Number, Field(ge=0, le=1)]
DEONTICS: tuple[Deontic, ...] = ("prescribe", "proscribe", "permit")
FOR_GOOD = "for good"


def _kind(value: object) -> str:
    return (
        "<text>" if isinstance(value, str) else "<table>" if isinstance(value, dict) else "<rest>"
    )


class RangeTable(Table):
    """Actions between two numbers, or by what was done last."""

    least: Number | None = Field(None, description="the smallest number that an action may be")
    most: Number | None = Field(None, description="the largest number that an action may be")
    no_more_than: Literal["own", "others"] | None = Field(
        None,
        description="actions that withhold no more than one's own last action, or than the "
        "others' most withholding last action",
    )

    @classmethod
    def also_wrong(cls, data: dict[str, Any]) -> list[tuple[Location, str]]:
        """Find a table that says nothing, or two things."""
        given = [key for key in ("least", "most") if data.get(key) is not None]
        if (data.get("no_more_than") is not None) == bool(given):
            return [((), "give least or most or both, or else no_more_than")]
        return []

    def demand(self) -> Demand:
        """Make the demand."""
        if self.no_more_than is not None:
            return NoMore(self.no_more_than)
        return Within(self.least, self.most)


Spoken = Annotated[
    Annotated[list[Word], Field(min_length=1), Tag("<rest>")]
    | Annotated[RangeTable, Tag("<table>")],
    Discriminator(
        _kind,
        custom_error_type="shape",
        custom_error_message="an array of actions, or a table { least = …, most = … } or "
        '{ no_more_than = "own" }',
    ),
]


class WhenTable(Table):
    """In which periods an injunction holds."""

    start: Whole | None = Field(None, ge=0, description="the first period, counted from 0")
    end: Whole | None = Field(None, ge=1, description="the first period in which it holds no more")
    after: Whose | None = Field(
        None, description="after a flag on oneself (own), on another, or on anybody (any)"
    )
    unless: Whose | None = Field(None, description="the contrary of `after`")
    of: Line | None = Field(
        None, description="the injunction that was flagged; it itself by default"
    )
    periods: (
        Annotated[
            Annotated[Whole, Field(ge=1), Tag("<rest>")]
            | Annotated[Literal["for good"], Tag("<text>")],
            Discriminator(_kind),
        ]
        | None
    ) = Field(None, description='for how many periods a flag matters, or "for good"; 1 by default')

    @classmethod
    def also_wrong(cls, data: dict[str, Any]) -> list[tuple[Location, str]]:
        """Find a condition that says nothing, or two things, or never holds."""
        clock = [key for key in ("start", "end") if data.get(key) is not None]
        flag = [key for key in ("after", "unless") if data.get(key) is not None]
        if bool(clock) + len(flag) != 1:
            return [((), "give start or end or both, or else one of after and unless")]
        strange = [key for key in ("of", "periods") if data.get(key) is not None] if clock else []
        if strange:
            return [((key,), "goes with after or unless") for key in strange]
        start, end = data.get("start") or 0, data.get("end")
        if isinstance(start, int) and isinstance(end, int) and end <= start:
            return [(("end",), f"{end} is not after the start, {start}, so that it never holds")]
        return []

    def when(self, name: str) -> When:
        """Make the condition of the injunction of this name."""
        if self.after is None and self.unless is None:
            return Between(self.start or 0, self.end)
        lasting = self.periods == FOR_GOOD
        periods = None if lasting else self.periods if isinstance(self.periods, int) else 1
        whose = self.after or self.unless
        assert whose is not None
        return Flagged(self.of or name, whose, periods, self.unless is not None)


WrittenWhen = Annotated[
    Annotated[Literal["always"], Tag("<text>")] | Annotated[WhenTable, Tag("<table>")],
    Discriminator(
        _kind,
        custom_error_type="shape",
        custom_error_message='"always", or a table such as { after = "another", periods = 3 },',
    ),
]


class MonitoringTable(Table):
    """What becomes known of a violation."""

    hit: Share = Field(1.0, description="probability that a violation is flagged, each period")
    false_alarm: Share = Field(0.0, description="probability that compliance is flagged")
    delay: Whole = Field(0, ge=0, description="periods until a flag is public")
    shared: bool = Field(False, description="whether one alarm for all does not say on whom")


class IssueTable(Table):
    """What a regime is about: a game, or a procedure with moves of its own."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["game"]}, {"required": ["moves"]}]}
    )

    name: Word = Field(description="what to call it")
    game: WrittenGame | None = Field(
        None, description="the game whose actions are meant: a name, a path or a table"
    )
    moves: list[Word] = Field([], description="instead: what each can do in a procedure")
    seats: list[Word] = Field(
        [], description="who takes part in a procedure; as in the first issue by default"
    )

    @classmethod
    def also_wrong(cls, data: dict[str, Any]) -> list[tuple[Location, str]]:
        """Find an issue that is neither a game nor a procedure, or both."""
        if (data.get("game") is not None) == bool(data.get("moves")):
            return [((), "give it either a game or moves")]
        if data.get("game") is not None and data.get("seats"):
            return [(("seats",), "a game has its own")]
        return []

    def issue(self, folder: Path) -> Issue:
        """Make the issue; paths start in `folder`."""
        game = None if self.game is None else game_of(self.game, folder)
        return Issue(self.name, game, tuple(self.moves), tuple(self.seats))


class InjunctionTable(Table):
    """A demand on what actors do."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [d]} for d in DEONTICS]})

    name: Word = Field(description="its short name")
    level: Level = Field(description="principle, norm, rule or procedure")
    says: Line = Field("", description="what it demands, in a few words")
    issue: Line = Field("", description="the issue whose actions are meant; the first by default")
    prescribe: Spoken | None = Field(None, description="what one must do")
    proscribe: Spoken | None = Field(None, description="what one must not do")
    permit: Spoken | None = Field(None, description="what one may do")
    addressees: list[Word] = Field(
        [], description="seats to whom it is addressed, * for any text; all by default"
    )
    when: WrittenWhen = Field("always", description="in which periods it holds")
    monitoring: MonitoringTable | None = Field(
        None, description="what becomes known of a violation; all by default"
    )
    serves: list[Word] = Field([], description="the higher injunctions that it implements")
    excepts: list[Word] = Field([], description="what a permission is an exception to")
    since: Line = Field("", description="when it came to hold")
    formerly: Line = Field("", description="the earlier regime's injunction whose place it takes")
    implicit: bool = Field(False, description="whether it is practice without a formal rule")
    refused_by: list[Word] = Field([], description="seats that do not accept it, by the sources")
    stake: Share | None = Field(
        None, description="how much it matters, where payoffs cannot say, from 0 to 1"
    )

    @classmethod
    def also_wrong(cls, data: dict[str, Any]) -> list[tuple[Location, str]]:
        """Find an injunction that demands nothing, or two things."""
        given = [d for d in DEONTICS if data.get(d) is not None]
        if len(given) == 1:
            return []
        if given:
            return [((given[1],), f"it would {' and '.join(given)}; give one of them")]
        return [((), "demands nothing; say what it is to prescribe, proscribe or permit")]

    @property
    def deontic(self) -> Deontic:
        """What it does."""
        return next(d for d in DEONTICS if getattr(self, d) is not None)

    def injunction(self) -> Injunction:
        """Make the injunction."""
        spoken: list[str] | RangeTable = getattr(self, self.deontic)
        return Injunction(
            self.name,
            self.level,
            Listed(tuple(spoken)) if isinstance(spoken, list) else spoken.demand(),
            self.deontic,
            self.issue,
            tuple(self.addressees),
            Always() if self.when == "always" else self.when.when(self.name),
            Monitoring(**self.monitoring.model_dump()) if self.monitoring else Monitoring(),
            tuple(self.serves),
            tuple(self.excepts),
            self.says,
            self.since,
            self.formerly,
            self.implicit,
            tuple(self.refused_by),
            self.stake,
        )


class RegimeTable(Table):
    """Principles, norms, rules and procedures around which expectations may converge."""

    name: Name = Field(description="what to call it")
    title: Line = Field("", description="its name as the subject of a sentence")
    story: Text = Field("", description="what it is, in a few sentences")
    sources: list[Line] = Field([], description="where the history comes from")
    coding: list[Line] = Field([], description="what its coding decided, a sentence each")
    follows: Line = Field("", description="the name of the regime whose place it took")
    issue: list[IssueTable] = Field(min_length=1, description="what it is about, [[issue]] each")
    injunction: list[InjunctionTable] = Field(
        [], description="what it demands, [[injunction]] each"
    )

    @classmethod
    def also_wrong(cls, data: dict[str, Any]) -> list[tuple[Location, str]]:
        """Find issues of one name, and a procedure of nobody."""
        issues = data["issue"] if isinstance(data.get("issue"), list) else []
        names = [i.get("name") if isinstance(i, dict) else None for i in issues]
        found: list[tuple[Location, str]] = [
            (("issue", i, "name"), f'two issues are called "{name}"; only one may be')
            for i, name in enumerate(names)
            if name is not None and name in names[:i]
        ]
        first = issues[0] if issues and isinstance(issues[0], dict) else {"game": ""}
        if not first.get("game") and first.get("moves") and not first.get("seats"):
            found.append((("issue", 0), "say who takes part: give it seats"))
        return found
