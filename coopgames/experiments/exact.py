"""When coordination emerges in a tournament of automata: solved, and under other conventions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import polars as pl
from numpy.typing import NDArray

from coopgames.experiments.pairs import parts, plan, play
from coopgames.mistakes import Mistake
from coopgames.play import Counting, deterministic, never_emerges
from coopgames.play import emergence as solved
from coopgames.readings import adjusts, lens
from coopgames.specs import Experiment
from coopgames.strategies import Automaton, Expecting, Guided

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SolvedEmergence:
    """When coordination emerges, over all matches of a tournament, each counted alike.

    Parameters
    ----------
    emerged, broke : ndarray, shape (T − L + 1,)
        Probability that it emerges, and breaks down, in a period, numbered from 0.
    never : float
        Share of matches in which it is certain never to emerge, however long play lasts.
    """

    emerged: Floats
    broke: Floats
    never: float

    @property
    def share(self) -> float:
        """Share of matches in which it emerges within the time watched."""
        return float(self.emerged.sum())

    @property
    def lasting(self) -> float:
        """Share of matches in which it emerges and does not break down within it."""
        return float(self.emerged.sum() - self.broke.sum())

    @property
    def survival(self) -> Floats:
        """S(t): share in which it has not emerged by the end of each period."""
        return np.asarray(1 - np.cumsum(self.emerged))

    def restricted_mean(self, until: int | None = None) -> float:
        """Mean periods before it emerges, none counted beyond a time; all that is watched for."""
        cut = len(self.emerged) if until is None else until
        return float(self.survival[:cut].sum())


def solved_emergence(experiment: Experiment) -> SolvedEmergence:
    """Solve when coordination emerges in a tournament, with nothing sampled.

    Parameters
    ----------
    experiment : Experiment
        All entrants automata, one number of periods, at least 4L. Its arms are left aside.

    Raises
    ------
    Mistake
        If it is no such experiment, or emergence is no question in its game.
    """
    given = plan(experiment)
    seen = lens(experiment.game, experiment.rule)
    periods = experiment.horizon.periods
    automata = Automaton | Guided | Expecting
    code = [s.label for s in given.field.strategies if not isinstance(s.rule, automata)]
    if code:
        raise Mistake(f"{code[0]} is no automaton, and only what automata come to is solved")
    if periods is None or experiment.lengths:
        raise Mistake("emergence is solved for one number of periods; give the horizon one")
    if seen.chi is None:
        raise Mistake(f"game {experiment.game.name!r} has no gain for all, so nothing can emerge")
    size = periods - experiment.rule.L + 1
    emerged, broke, never = np.zeros(size), np.zeros(size), 0
    wanted = [(part.field, pair) for part, of_it in parts(experiment) for pair in of_it]
    adjusting = [adjusts(s) for s in given.field.strategies]
    for field, pair in wanted:
        match = field.match(pair.first, pair.second)
        both = (adjusting[pair.first], adjusting[pair.second])
        found = solved(match, seen.counting, periods, both)
        if found is None:
            raise Mistake(
                f"matches of {periods} periods are too short to say when coordination emerges; "
                f"that takes {4 * experiment.rule.L}"
            )
        emerged += found.emerged
        broke += found.broke
        never += deterministic(match) and never_emerges(match, seen.counting, both).never
    n = len(wanted)
    return SolvedEmergence(emerged / n, broke / n, never / n)


def emergence_band(
    experiment: Experiment,
    *,
    L: Sequence[int] = (5, 10, 15, 20),
    q: Sequence[float] = (0.7, 0.8, 0.9),
    c: Sequence[float] = (0.8, 0.9, 1.0),
    g: Sequence[float] = (0.4, 0.5, 0.6),
) -> pl.DataFrame:
    """Say how often coordination emerges under other conventions of the reading.

    All of them are conventions, calibrated to nothing (theory.md 1.4.3); a result that hangs on one
    is none. The same courses are read by every combination.

    Parameters
    ----------
    experiment : Experiment
        What is played; its arms are left aside.
    L, q, c, g : sequence
        The values to try, of `coopgames.Rule`.

    Returns
    -------
    polars.DataFrame
        ``L``, ``q``, ``c``, ``g`` and ``emergence``, the share of matches in which coordination
        emerges; null where no match is long enough.
    """
    read: dict[tuple[bytes, int, int], float | None] = {}
    rows = []
    for values in product(L, q, c, g):
        one, two, three, four = values
        rule = replace(experiment.rule, L=one, q=two, c=three, g=four)
        counting = lens(experiment.game, rule).counting
        key = _told_apart(counting)
        if key not in read:
            read[key] = _share(replace(experiment, rule=rule))
        rows.append((*values, read[key]))
    return pl.DataFrame(rows, schema=["L", "q", "c", "g", "emergence"], orient="row")


def _told_apart(counting: Counting) -> tuple[bytes, int, int]:
    """Give what the time of emergence depends on."""
    return counting.holds.tobytes(), counting.L, counting.m


def _share(experiment: Experiment) -> float | None:
    played = []
    for number in range(len(experiment.horizons)):
        played += [play(given, wanted) for given, wanted in parts(experiment, number)]
    seen = pl.concat(played).filter(pl.col("watched").is_not_null())
    if seen.is_empty():
        return None
    times = seen["times"].to_numpy()
    return float(times[seen["emerged"].is_not_null().to_numpy()].sum() / times.sum())
