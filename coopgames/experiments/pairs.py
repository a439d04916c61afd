"""The matches of a round robin, and the rows they leave.

Who plays whom is settled in the order of the entrants' names, so that the order in which a file
lists them changes nothing. In a symmetric game each pair meets once; in any other both ways
round, each in either seat. Self-play, where wanted, is one match.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from coopgames.games import Game
from coopgames.play import ENGINE, Horizon, Match, Tally, sample
from coopgames.readings import LABELS, QUALIFIERS, Lens, Rule, Verdicts, adjusts, judge, lens
from coopgames.specs import Entrant, Experiment

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


@dataclass(frozen=True)
class Conditions:
    """What all matches of an experiment have in common."""

    game: Game
    horizon: Horizon
    noise: float
    rule: Rule
    seed: int
    repetitions: int

    @property
    def digest(self) -> str:
        """SHA-256 of the contents of all of it, and of the engine's version."""
        content = {
            "engine": ENGINE, "game": self.game.digest, "horizon": asdict(self.horizon),
            "noise": self.noise, "rule": asdict(self.rule), "seed": self.seed,
            "repetitions": self.repetitions,
        }  # fmt: skip
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Pair:
    """Two entrants in the two seats.

    Parameters
    ----------
    first, second : Entrant
        Who sits in seat 0 and in seat 1.
    key : str
        The match key: a hash of the contents of everything that decides the match.
    """

    first: Entrant
    second: Entrant
    key: str


def conditions(experiment: Experiment) -> Conditions:
    """Give what all matches of an experiment have in common."""
    e = experiment
    return Conditions(e.game, e.horizon, e.noise, e.rule, e.seed, e.repetitions)


def pairs(experiment: Experiment) -> list[Pair]:
    """List who plays whom, in canonical order."""
    field = sorted(experiment.entrants, key=lambda entrant: entrant.name)
    both_ways = not symmetric(experiment.game)
    given = conditions(experiment).digest
    own = {e.name: f"{e.name} {e.strategy.digest}" for e in field}

    def key(a: Entrant, b: Entrant) -> str:
        content = "\n".join([given, own[a.name], own[b.name]])
        return hashlib.sha256(content.encode()).hexdigest()[:32]

    return [
        Pair(a, b, key(a, b))
        for i, a in enumerate(field)
        for j, b in enumerate(field)
        if (i < j or (i > j and both_ways) or (i == j and experiment.self_play))
    ]


def symmetric(game: Game) -> bool:
    """Whether two actors who swap seats face the same game."""
    u = game.payoffs
    return game.n == 2 and u[0].shape == u[1].T.shape and bool((u[0] == u[1].T).all())


def play(given: Conditions, matches: Sequence[Pair]) -> pl.DataFrame:
    """Play matches and return their rows.

    Parameters
    ----------
    given : Conditions
        What they have in common.
    matches : sequence of Pair
        Who plays whom.

    Returns
    -------
    polars.DataFrame
        With the columns of `SCHEMA`.
    """
    seen = lens(given.game, given.rule)
    return pl.concat([_rows(given, seen, pair) for pair in matches]) if matches else empty()


def empty() -> pl.DataFrame:
    """Make a table of matches without rows."""
    return pl.DataFrame(schema=SCHEMA)


def _rows(given: Conditions, seen: Lens, pair: Pair) -> pl.DataFrame:
    a, b = pair.first, pair.second
    match = Match(
        given.game, (a.strategy, b.strategy), given.horizon, given.noise, (a.name, b.name)
    )
    tally = sample(match, seen.counting, seed=given.seed, repetitions=range(given.repetitions))
    verdicts = judge(seen, tally, (adjusts(a.strategy), adjusts(b.strategy)))
    return _table(pair.key, match, seen, tally, verdicts)


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


def _table(key: str, match: Match, seen: Lens, tally: Tally, verdicts: Verdicts) -> pl.DataFrame:
    """Write what was counted and read as rows."""
    R = len(tally.periods)
    names = match.seat_labels
    score = [weigh(tally.counts, u) for u in seen.payoffs]
    L = seen.rule.L
    measured = (tally.periods >= 4 * L) & (seen.chi is not None)
    columns = {
        "key": [key] * R,
        "first": [names[0]] * R,
        "second": [names[1]] * R,
        "repetition": np.arange(R),
        "times": tally.times,
        "periods": tally.periods,
        "score_first": score[0],
        "score_second": score[1],
        "accommodated_first": tally.pace[:, 0].sum(axis=1),
        "accommodated_second": tally.pace[:, 1].sum(axis=1),
        "acts_first": verdicts.acts[:, 0],
        "acts_second": verdicts.acts[:, 1],
        "label": np.array(LABELS)[verdicts.label],
        "qualifier": np.array(QUALIFIERS)[verdicts.qualifier],
        "kappa": verdicts.kappa,
        "chi": verdicts.chi,
        "emerged": _or_null(verdicts.emerged, measured & (verdicts.emerged >= 0)),
        "broke": _or_null(verdicts.broke, measured & (verdicts.broke >= 0)),
        "watched": _or_null(tally.periods - L + 1, measured),
        "pace_first": list(tally.pace[:, 0]),
        "pace_second": list(tally.pace[:, 1]),
    }
    return pl.DataFrame(columns, schema=SCHEMA, nan_to_null=True)


def weigh(counts: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum values over profile counts in a fixed order, so that the bits are always the same."""
    total = np.zeros(len(counts))
    for p, value in enumerate(values):
        total += counts[:, p] * value
    return total


def _or_null(values: NDArray[np.int64], there: NDArray[np.bool_]) -> list[int | None]:
    return [int(v) if t else None for v, t in zip(values, there, strict=True)]
