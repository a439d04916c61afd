"""The matches of a round robin, and the rows they leave.

Who plays whom is settled in the order of the entrants' names, so that the order in which a file
lists them changes nothing. In a symmetric game each pair meets once; in any other both ways
round, each in either seat. Self-play, where wanted, is one match.

Where each pair plays games of several lengths, every length is a plan of its own, with luck of its
own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from coopgames.games import Game
from coopgames.play import (
    ENGINE,
    Elsewhere,
    Field,
    Played,
    Tally,
    block_width,
    lockstep,
    sample_field,
)
from coopgames.readings import LABELS, QUALIFIERS, Rule, adjusts, judge, lens
from coopgames.specs import Experiment

SCHEMA: dict[str, pl.DataType] = {
    "key": pl.String(),
    "first": pl.String(),
    "second": pl.String(),
    "repetition": pl.UInt32(),
    "times": pl.UInt32(),
    "periods": pl.UInt32(),
    "score_first": pl.Float64(),
    "score_second": pl.Float64(),
    "accommodated_first": pl.UInt32(),
    "accommodated_second": pl.UInt32(),
    "acts_first": pl.UInt32(),
    "acts_second": pl.UInt32(),
    "label": pl.Enum(LABELS),
    "qualifier": pl.Enum(QUALIFIERS),
    "kappa": pl.Float64(),
    "chi": pl.Float64(),
    "emerged": pl.UInt32(),
    "broke": pl.UInt32(),
    "watched": pl.UInt32(),
    "pace_first": pl.List(pl.UInt32),
    "pace_second": pl.List(pl.UInt32),
}
"""Columns of a chunk; docs/reference/results.md says what each holds."""

INTERNAL = ("key", "pace_first", "pace_second")
"""Columns that the table of matches does not keep."""


LUCK = 1 << 32
"""Repetitions between the luck of one length and that of the next."""


@dataclass(frozen=True)
class Plan:
    """What all matches of an experiment have in common.

    Parameters
    ----------
    field : Field
        Who is there, in the order of their names, and the conditions.
    rule : Rule
        The conventions of the reading.
    seed : int
        Where luck starts.
    repetitions : int
        How often each match is played.
    number : int, default 0
        Which of the lengths it is for, where there are several.
    width : int, optional
        Length of the blocks in which accommodation over time is kept, if not as `play` has it.
    """

    field: Field
    rule: Rule
    seed: int
    repetitions: int
    number: int = 0
    width: int | None = None

    @property
    def luck(self) -> range:
        """The repetitions by which luck is addressed: those of each length are its own."""
        begin = self.number * LUCK
        return range(begin, begin + self.repetitions)

    @property
    def digest(self) -> str:
        """SHA-256 of all of it but who is there, and of the engine's version."""
        content = {
            "engine": ENGINE,
            "game": self.field.game.digest,
            "horizon": asdict(self.field.horizon),
            "noise": self.field.noise,
            "perception": asdict(self.field.perception),
            "rule": asdict(self.rule),
            "seed": self.seed,
            "repetitions": self.repetitions,
        }
        if self.number or self.width:  # so that what was played before there were lengths counts
            content |= {"number": self.number, "width": self.width}
        if self.field.regime is not None:
            content["regime"] = self.field.regime.digest
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Pair:
    """Who meets whom: places in the plan's field.

    Parameters
    ----------
    first, second : int
        Who sits in seat 0 and in seat 1.
    key : str
        The match key: a hash of the contents of everything that decides the match.
    """

    first: int
    second: int
    key: str


def plan(experiment: Experiment, number: int = 0, *, bound: bool = True) -> Plan:
    """Work out what all matches of an experiment have in common.

    Parameters
    ----------
    experiment : Experiment
        What is to be played.
    number : int, default 0
        Which of its lengths, where there are several.
    bound : bool, default True
        Whether it is for pairs that the regime binds, where there is one; the others play under
        one that is silent.
    """
    e = experiment
    entrants = sorted(e.entrants, key=lambda entrant: entrant.name)
    regime = e.regime if e.regime is None or bound else e.regime.muted
    field = Field(
        e.game if regime is None else regime.valued(e.game),
        tuple(entrant.strategy for entrant in entrants),
        tuple(entrant.name for entrant in entrants),
        e.horizons[number],
        e.noise,
        e.perception,
        None if regime is None else regime.public(e.game),
    )
    width = block_width(e.horizon) if e.lengths else None
    return Plan(field, e.rule, e.seed, e.repetitions, number, width)


def pairs(experiment: Experiment, number: int = 0) -> list[Pair]:
    """List who plays whom, in canonical order; the parameters are those of `plan`."""
    return [pair for _, wanted in parts(experiment, number) for pair in wanted]


def parts(experiment: Experiment, number: int = 0) -> list[tuple[Plan, list[Pair]]]:
    """List who plays whom under which plan: members under the regime, all others without.

    Parameters
    ----------
    experiment, number
        As of `plan`.

    Returns
    -------
    list of (Plan, list of Pair)
        One, or two where the regime binds only some; each in canonical order.
    """
    regime = experiment.regime
    both_ways = not symmetric(experiment.game)
    if regime is not None:
        both_ways = both_ways or not regime.even(experiment.game)
    found = []
    for bound in (True, False) if regime is not None and regime.members else (True,):
        given = plan(experiment, number, bound=bound)
        names, n = given.field.labels, len(given.field.labels)
        keys = _keys(given)
        wanted = [
            Pair(i, j, keys(i, j))
            for i in range(n)
            for j in range(n)
            if i < j or (i > j and both_ways) or (i == j and experiment.self_play)
            if (regime is None or regime.binds(names[i], names[j])) == bound
        ]
        found.append((given, wanted))
    return found


def _keys(given: Plan) -> Callable[[int, int], str]:
    """Give what makes the keys of pairs."""
    field = given.field
    own = [f"{n} {s.digest}" for n, s in zip(field.labels, field.strategies, strict=True)]
    reads = [s.reads_regime for s in field.strategies]
    # Two who read no regime have none: what they play is the same with it and without.
    plain = replace(given, field=replace(field, regime=None))
    conditions = {True: given.digest, False: plain.digest}

    def key(i: int, j: int) -> str:
        text = f"{conditions[reads[i] or reads[j]]}\n{own[i]}\n{own[j]}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    return key


def symmetric(game: Game) -> bool:
    """Whether two actors who swap seats face the same game."""
    u = game.payoffs
    return game.n == 2 and u[0].shape == u[1].T.shape and bool((u[0] == u[1].T).all())


def play(given: Plan, matches: Sequence[Pair]) -> pl.DataFrame:
    """Play matches and return their rows.

    Parameters
    ----------
    given : Plan
        What they have in common.
    matches : sequence of Pair
        Who plays whom.

    Returns
    -------
    polars.DataFrame
        With the columns of `SCHEMA`.
    """
    if not matches:
        return empty()
    field, seen = given.field, lens(given.field.game, given.rule)
    tally = sample_field(
        field, [(p.first, p.second) for p in matches], seen.counting,
        seed=given.seed, repetitions=given.luck, width=given.width,
    )  # fmt: skip
    return as_rows(given, matches, tally)


def as_rows(given: Plan, matches: Sequence[Pair], tally: Tally) -> pl.DataFrame:
    """Judge what was counted, and make rows with the columns of `SCHEMA`."""
    field, seen = given.field, lens(given.field.game, given.rule)
    seats = np.array([(pair.first, pair.second) for pair in matches])[tally.match]
    verdicts = judge(seen, tally, np.array([adjusts(s) for s in field.strategies])[seats])
    score = [weigh(tally.counts, u) for u in seen.payoffs]
    accommodated = tally.pace.sum(axis=2)
    measured = (tally.periods >= 4 * seen.rule.L) & (seen.chi is not None)
    labels, keys = pl.Series(field.labels), pl.Series([pair.key for pair in matches])
    columns: dict[str, Any] = {
        "key": keys.gather(tally.match),
        "first": labels.gather(seats[:, 0]),
        "second": labels.gather(seats[:, 1]),
        "repetition": tally.repetition - given.luck.start,
        "times": tally.times,
        "periods": tally.periods,
        "score_first": score[0],
        "score_second": score[1],
        "accommodated_first": accommodated[:, 0],
        "accommodated_second": accommodated[:, 1],
        "acts_first": verdicts.acts[:, 0],
        "acts_second": verdicts.acts[:, 1],
        "label": pl.Series(LABELS).gather(verdicts.label),
        "qualifier": pl.Series(QUALIFIERS).gather(verdicts.qualifier),
        "kappa": verdicts.kappa,
        "chi": verdicts.chi,
        "emerged": _or_null(verdicts.emerged, measured & (verdicts.emerged >= 0)),
        "broke": _or_null(verdicts.broke, measured & (verdicts.broke >= 0)),
        "watched": _or_null(tally.periods - seen.rule.L + 1, measured),
        "pace_first": _lists(tally.pace[:, 0]),
        "pace_second": _lists(tally.pace[:, 1]),
    }
    return pl.DataFrame(
        [pl.Series(name, values) for name, values in columns.items()], nan_to_null=True
    ).cast(pl.Schema(SCHEMA))


def play_apart(given: Plan, matches: Sequence[Pair], elsewhere: Elsewhere) -> Played:
    """Play matches some of whose players are elsewhere; `as_rows` makes rows of them."""
    seats = [(pair.first, pair.second) for pair in matches]
    counting = lens(given.field.game, given.rule).counting
    return lockstep(
        given.field, seats, counting, seed=given.seed, repetitions=given.luck, elsewhere=elsewhere
    )


def empty() -> pl.DataFrame:
    """Make a table of matches without rows."""
    return pl.DataFrame(schema=SCHEMA)


def gather(wanted: Sequence[Pair], frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put the rows of the wanted matches into their canonical order, all columns kept."""
    order = pl.DataFrame(
        {"key": [pair.key for pair in wanted], "place": range(len(wanted))},
        schema={"key": pl.String, "place": pl.UInt32},
    )
    rows = pl.concat([empty(), *frames])
    # A match that was played twice, by two runs at once, counts once: its rows are the same.
    return (
        rows.join(order, on="key")
        .unique(subset=["key", "repetition"], keep="any", maintain_order=False)
        .sort("place", "repetition")
        .drop("place")
    )


def weigh(counts: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum values over profile counts in a fixed order, so that the bits are always the same."""
    total = np.zeros(len(counts))
    for p, value in enumerate(values):
        total += counts[:, p] * value
    return total


def _or_null(values: NDArray[np.int64], there: NDArray[np.bool_]) -> pl.Series:
    return pl.select(pl.when(pl.Series(there)).then(pl.Series(values))).to_series()


def _lists(rows: NDArray[np.int64]) -> pl.Series:
    """Make a column of lists; `rows` has one list a row."""
    return pl.Series(rows).arr.to_list()
