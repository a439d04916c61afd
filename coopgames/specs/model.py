"""The experiment file: its keys, what they may hold, and what they are read as.

The order of the keys is the order of their checks: a key can be checked against those above it.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from coopgames.games import Game
from coopgames.mistakes import Mistake, unknown
from coopgames.play import Horizon, Match, Perception
from coopgames.readings import Rule
from coopgames.regimes import Arrangement
from coopgames.specs.arrangement_table import WrittenArrangement, read_arrangement
from coopgames.specs.game_file import any_game
from coopgames.specs.horizon import Duration, HorizonTable
from coopgames.specs.resolved import Experiment, Quoted, entrants
from coopgames.specs.strategy_file import (
    StrategyTable,
    parameter_problems,
    python_strategy,
    strategies_from,
)
from coopgames.specs.table import (
    Line,
    Name,
    Number,
    Slug,
    Table,
    Text,
    Whole,
    Written,
    printable,
    wrong,
)
from coopgames.strategies import AXELROD, Strategy, apart, axelrod_strategy, find, library

# --- the game -----------------------------------------------------------------------------------


def _playable(game: Game, info: ValidationInfo) -> None:
    for strategy in info.data.get("strategies", ()):
        if strategy.reads_regime:  # whether it can depends on the regime, which comes later
            continue
        Match(game, (strategy, strategy), Horizon(periods=1))  # can it play this game at all?


# --- the strategies -----------------------------------------------------------------------------

Parameter = Annotated[Any, WithJsonSchema({"type": ["number", "string"]})]


class LibraryStrategy(Table):
    """A strategy of the library with its parameters, {name = …, parameter = value, …}."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Parameter]

    name: Line = Field(description="the name of a strategy of the library")


class FileStrategy(Table):
    """A strategy in a Python file, pinned to what it says, {file = "mine.py", sha256 = "…"}."""

    name: Line = Field("", description="its name; what the file says counts")
    file: Line = Field(min_length=1, description="path of the file, ending in .py")
    sha256: Line | None = Field(None, description="what the strategy's hash must be")


class ApartStrategy(Table):
    """A strategy that was played in a process of its own, {name = "Ada", apart = "…"}."""

    name: Name = Field(description="who handed it in")
    apart: Line = Field(min_length=1, description="SHA-256 of what was handed in")


class PluginStrategy(Table):
    """A strategy of a plugin, pinned to what it was, {name = "x", provider = "…", sha256 = "…"}."""

    name: Line = Field(min_length=1, description="its name")
    provider: Line = Field(description="the distribution that adds it, and its version")
    sha256: Line = Field(description="what the strategy's hash must be")


def _pinned(written: PluginStrategy) -> Strategy:
    found = find(written.name)()
    if found.digest != written.sha256:
        now = found.provider or "the library"
        raise Mistake(
            f"{written.name} has changed: it is now of {now}, its hash {found.digest}; it was of "
            f"{written.provider}, its hash {written.sha256}"
        )
    return found


def _read_strategy(
    written: str | LibraryStrategy | FileStrategy | PluginStrategy | StrategyTable,
    info: ValidationInfo,
) -> Strategy | tuple[Strategy, ...]:
    if isinstance(written, PluginStrategy):
        return _pinned(written)
    if isinstance(written, StrategyTable):
        return written.strategy()
    if isinstance(written, ApartStrategy):
        return Strategy(written.name, apart(written.apart))
    if isinstance(written, FileStrategy):
        folder = (info.context or {}).get("folder", Path())
        return python_strategy(folder / written.file, written.sha256)
    if isinstance(written, str):
        return strategies_from(written, (info.context or {}).get("folder"))
    parameters = dict(written.__pydantic_extra__ or {})
    if written.name.startswith(AXELROD):
        return axelrod_strategy(written.name.removeprefix(AXELROD), **parameters)
    entry = find(written.name)
    if problems := parameter_problems(entry, parameters):
        raise wrong([((key,) if key else (), "mistake", text) for key, text in problems.items()])
    return entry(**parameters)


def _kind_of_strategy(value: object) -> str | None:
    if isinstance(value, dict):
        if "file" in value:
            return "<file>"
        if "apart" in value:
            return "<apart>"
        if "provider" in value:
            return "<plugin>"
        if str(value.get("name", "")).startswith(AXELROD):
            return "<library>"
        return "<automaton>" if "state" in value or "initial" in value else "<library>"
    return "<text>" if isinstance(value, str) else None


AnyStrategy = Written(
    Annotated[
        Annotated[Line, Tag("<text>")]
        | Annotated[LibraryStrategy, Tag("<library>")]
        | Annotated[FileStrategy, Tag("<file>")]
        | Annotated[ApartStrategy, Tag("<apart>")]
        | Annotated[PluginStrategy, Tag("<plugin>")]
        | Annotated[StrategyTable, Tag("<automaton>")],
        Discriminator(
            _kind_of_strategy,
            custom_error_type="shape",
            custom_error_message="a strategy's name, a path that ends in .toml or .py, or a table "
            "{name = …, parameter = …}",
        ),
    ],
    _read_strategy,
)


def _all_strategies(
    listed: list[Strategy | tuple[Strategy, ...]], info: ValidationInfo
) -> tuple[Strategy, ...]:
    each = (one if isinstance(one, tuple) else (one,) for one in listed)
    strategies = (*chain.from_iterable(each), *(info.context or {}).get("added", ()))
    if not strategies:
        raise Mistake("nobody plays; name at least one strategy")
    return strategies


# --- horizon, reading, quoted scores --------------------------------------------------------------


class PerceptionTable(Table):
    """How the actions of a period are seen by the actors."""

    error: Number = Field(
        0.0, ge=0, le=1, description="probability that an action is seen as another one"
    )
    public: bool = Field(
        False,
        description="whether all, the acting seat included, see the same signal; false by default: "
        "each actor errs for itself, and only about the other",
    )


def _read_perception(written: PerceptionTable, _: ValidationInfo) -> Perception:
    return Perception(float(written.error), written.public)


class ReadingTable(Table):
    """The conventions of the reading: what counts as coordination, for how long."""

    L: Whole = Field(Rule.L, ge=1, description="window of emergence and breakdown, in periods")
    q: Number = Field(
        Rule.q, gt=0, le=1, description="share of a window in which coordination must hold"
    )
    w: Whole = Field(Rule.w, ge=1, description="first and last window of an episode, in periods")
    c: Number = Field(
        Rule.c, gt=0, le=1, description="compatibility from which a period is coordinated"
    )
    g: Number = Field(
        Rule.g,
        gt=0,
        le=1,
        description="share of the bargaining gain from which a period is coordinated",
    )
    rise: Number = Field(
        Rule.rise,
        gt=0,
        le=1,
        description="rise of compatibility over an episode from which adjustment succeeded",
    )


def _read_rule(written: ReadingTable, _: ValidationInfo) -> Rule:
    return Rule(**dict(written))


class QuotedTable(Table):
    """Published scores, to be shown beside ours."""

    label: Line = Field(min_length=1, description='what to write above them, e.g. "1980"')
    note: Text = Field("", description="how far they can be trusted")
    scores: dict[str, Number] = Field(
        min_length=1, description="mean score per game by the name of a strategy"
    )
    sources: list[Line] = Field([], description="where they are from")


def _read_quoted(written: QuotedTable | None, info: ValidationInfo) -> Quoted | None:
    if written is None:
        return None
    if "strategies" in info.data:
        playing = entrants(info.data["strategies"])
        known = {*library(), *(e.name for e in playing), *(e.strategy.name for e in playing)}
        strange = [name for name in written.scores if name not in known]
        if strange:
            raise wrong(
                [
                    (("scores", n), "mistake", unknown("strategy", printable(n), known))
                    for n in strange
                ]
            )
    scores = tuple(written.scores.items())
    return Quoted(written.label, scores, written.note, tuple(written.sources))


# --- the whole file -------------------------------------------------------------------------------


class ExperimentFile(Table):
    """An experiment: every strategy plays every other, and what happened is read."""

    model_config = ConfigDict(title="coopgames experiment")

    name: Slug = Field(
        description="short name in small letters, digits and hyphens; results are kept under it",
    )
    title: Line = Field(min_length=1, description="what to call it, in one line")
    story: Text = Field("", description="what situation this is, and why it is worth a look")
    predict: Text = Field("", description="what to guess before running it")
    notice: Text = Field("", description="what to notice in the results")
    sources: list[Line] = Field([], description="where the experiment and its claims are from")
    remark: Line = Field("", description="one line shown under the standings")
    seed: Whole = Field(
        ge=0, description="whole number that all luck starts from; same seed, same results"
    )
    strategies: Annotated[
        tuple[Strategy, ...],
        Written(list[Annotated[Strategy, AnyStrategy]], _all_strategies),
    ] = Field(
        description="who plays: names of the library, tables {name = …, parameter = …}, or paths "
        "of strategy files ending in .toml or .py, or of folders, from this file's folder"
    )
    game: Annotated[Game, any_game(_playable)] = Field(
        description='what they play: the name of a game, e.g. "prisoners-dilemma", a path that '
        "ends in .toml, .csv or .nfg, or a table {name = …, payoffs = …} or {base = …}"
    )
    regime: Annotated[Arrangement | None, Written(WrittenArrangement, read_arrangement)] = Field(
        None,
        validate_default=True,
        description="under which regime they play: the name of one, a path that ends in .toml, or "
        "a table {name = …, answer = …}; none by default",
    )
    repetitions: Whole = Field(1, ge=1, description="games a pair; 1 by default")
    self_play: bool = Field(
        True, description="whether each strategy also meets itself; true by default"
    )
    noise: Number = Field(
        0.0,
        ge=0,
        le=1,
        description="probability that an action differs from the intended one; 0 by default",
    )
    perception: Annotated[Perception, Written(PerceptionTable, _read_perception)] = Field(
        default_factory=Perception, description="how actions are seen; without error by default"
    )
    horizon: Annotated[Duration, Written(HorizonTable, lambda table, _: table.duration())] = Field(
        description="how long a match lasts: exactly one of periods, continuation and infinite"
    )
    reading: Annotated[Rule, Written(ReadingTable, _read_rule)] = Field(
        default_factory=Rule, description="the conventions of the reading"
    )
    quoted: Annotated[Quoted | None, Written(QuotedTable | None, _read_quoted)] = Field(
        None, description="published scores, to be shown beside ours"
    )
    arms: dict[str, dict[str, Any]] | None = Field(
        None,
        description="the same experiment with something changed, [arms.NAME] with the keys that "
        "change; an arm without keys names the experiment as it stands",
    )

    @field_validator("self_play")
    @classmethod
    def _somebody_to_meet(cls, self_play: bool, info: ValidationInfo) -> bool:
        if not self_play and len(info.data.get("strategies", (0, 1))) < 2:
            raise Mistake("false leaves a single strategy nobody to meet; add another, or say true")
        return self_play

    def experiment(self) -> Experiment:
        """Settle everything but the arms, which `coopgames.specs.arms` does."""
        values = {key: getattr(self, key) for key in type(self).model_fields if key != "arms"}
        strategies, rule = values.pop("strategies"), values.pop("reading")
        values["sources"] = tuple(values["sources"])
        horizon, lengths = values.pop("horizon")
        return Experiment(
            **values, entrants=entrants(strategies), rule=rule, horizon=horizon, lengths=lengths
        )
