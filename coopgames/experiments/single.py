"""One match by itself: what it comes to, exactly or sampled, and what it means."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coopgames.experiments.pairs import weigh
from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake
from coopgames.play import (
    EXACT,
    Horizon,
    Match,
    Noise,
    Perception,
    Tally,
    course,
    deterministic,
    emergence,
    expect,
    sample,
    solvable,
    total_moments,
)
from coopgames.readings import (
    LABELS,
    QUALIFIERS,
    Lens,
    Rule,
    Verdicts,
    adjusts,
    judge,
    lens,
    median_time,
)
from coopgames.specs import AnyRegime, in_force, strategy_from
from coopgames.strategies import Strategy

COURSES = 1000
"""Courses that are sampled where nothing else is asked for and chance plays a part."""

PLAYED = 10**8
"""So many periods, in all courses, are then played at most; longer matches are only solved."""

STEPPED = 20_000
"""Variances and the distribution of emergence are solved period by period, up to so many."""


@dataclass(frozen=True)
class Emergence:
    """When coordination emerges in a match, and whether it lasts.

    Parameters
    ----------
    share : float
        Share of courses in which it emerges.
    median : float or None
        Median number of periods before it does; None where fewer than half emerge.
    broke : float or None
        Share of those in which it breaks down again; None where it never emerges.
    method : str
        ``exact`` or ``sampled``.
    """

    share: float
    median: float | None
    broke: float | None
    method: str


@dataclass(frozen=True)
class Reading:
    """What the courses of a match were, as shares of them.

    Parameters
    ----------
    method : str
        ``exact`` where all courses are the same, so that one was read; else ``sampled``.
    courses : int
        How many courses were read.
    shares : dict
        Share of each outcome: harmony, convention, cooperation, imposed adjustment, discord.
    qualifiers : dict
        Share of each qualifier, e.g. ``"tacit"``.
    kappa : float
        Mean rescaled compatibility κ over the last window.
    emergence : Emergence or None
        When coordination emerges; None where it cannot be measured.
    """

    method: str
    courses: int
    shares: dict[str, float]
    qualifiers: dict[str, float]
    kappa: float
    emergence: Emergence | None


@dataclass(frozen=True, eq=False)
class MatchResult:
    """What a match comes to.

    Parameters
    ----------
    match : Match
        What was played.
    means : tuple of float
        Payoff per period, seat by seat.
    totals : tuple of float, or None
        Payoff per game, seat by seat; None where play never ends.
    standard_errors : tuple of float, or None
        Of the means; None where they are exact, or a single course was sampled.
    variances : tuple of float, or None
        Of the payoff per game, by the same method; None where play never ends, or lasts for more
        than `STEPPED` periods and chance plays a part.
    method : str
        ``exact`` or ``sampled``.
    reading : Reading or None
        None where play never ends, or lasts for more than `PLAYED` periods.
    course : ndarray of uint16, or None
        The first course, as profile numbers.
    """

    match: Match
    means: tuple[float, ...]
    totals: tuple[float, ...] | None
    standard_errors: tuple[float, ...] | None
    variances: tuple[float, ...] | None
    method: str
    reading: Reading | None
    course: NDArray[np.uint16] | None


def play_match(
    first: Strategy | str,
    second: Strategy | str,
    *,
    game: Game | str = "prisoners-dilemma",
    periods: int | None = None,
    continuation: float | None = None,
    known: bool = False,
    noise: Noise = 0.0,
    perception: Perception = EXACT,
    regime: AnyRegime | None = None,
    repetitions: int | None = None,
    seed: int = 1,
    rule: Rule | None = None,
) -> MatchResult:
    """Play two strategies against each other.

    Payoffs are solved exactly where both are automata and no repetitions are asked for, or where
    nothing is left to chance; otherwise they are means over sampled courses.

    Parameters
    ----------
    first, second : Strategy or str
        Who plays, by value or as the command line names it: ``"tit-for-tat"``,
        ``"generous-tit-for-tat(q=0.2)"``, ``"axelrod:TitForTat"``, a path of a file.
    game : Game or str
        What they play.
    periods, continuation
        The horizon: a number of periods, or a continuation probability; for ever without either.
    known : bool
        Whether the strategies are told the number of periods.
    noise : float or tuple of float
        Implementation noise, of both or of each.
    perception : Perception
        How actions are seen.
    regime : PublicRegime, Arrangement, Regime or str, optional
        Under which they play: a public state, a regime in force or declared, or the name or path
        of one.
    repetitions : int, optional
        Number of courses to sample.
    seed : int
        Where luck starts.
    rule : Rule, optional
        Conventions of the reading.

    Returns
    -------
    MatchResult
    """
    players = tuple(strategy_from(s) if isinstance(s, str) else s for s in (first, second))
    played = in_force(
        regime,
        named_game(game) if isinstance(game, str) else game,
        (players[0].label, players[1].label),
    )
    match = Match(
        played.game,
        (players[0], players[1]),
        Horizon(periods, continuation, known),
        noise,
        perception=perception,
        regime=played.public,
    )
    same = deterministic(match)
    exact = expect(match) if solvable(match) and repetitions is None else None
    length = match.horizon.periods or 0
    if exact and (match.horizon.infinite or length > PLAYED):
        return MatchResult(match, exact.means, exact.totals, None, None, "exact", None, None)
    seen = lens(match.game, rule or Rule())
    usual = min(COURSES, max(2, PLAYED // max(length, 1)))
    count = repetitions or (1 if same else usual)
    tally = sample(match, seen.counting, seed=seed, repetitions=range(count))
    adjusting = (adjusts(players[0]), adjusts(players[1]))
    verdicts = judge(seen, tally, adjusting)
    reading = summarise(tally, verdicts, same=same, measured=seen.chi is not None, L=seen.rule.L)
    shown = course(match, seed=seed)
    if exact:
        variances: tuple[float, ...] | None = (0.0, 0.0) if same else None
        if not same and length <= STEPPED:
            variances = _variances(match)
            solved = _solved(match, seen, adjusting)
            reading = replace(reading, emergence=solved or reading.emergence)
        return MatchResult(
            match, exact.means, exact.totals, None, variances, "exact", reading, shown
        )
    scores = [weigh(tally.counts, u) for u in seen.payoffs]
    means = tuple(float(s.sum() / tally.periods.sum()) for s in scores)
    totals = tuple(float(s.mean()) for s in scores)
    if same:
        return MatchResult(match, means, totals, None, (0.0, 0.0), "exact", reading, shown)
    if count == 1:
        return MatchResult(match, means, totals, None, None, "sampled", reading, shown)
    errors = tuple(_ratio_error(s, tally.periods) for s in scores)
    variances = tuple(float(s.var(ddof=1)) for s in scores)
    return MatchResult(match, means, totals, errors, variances, "sampled", reading, shown)


def _variances(match: Match) -> tuple[float, float]:
    first, second = total_moments(match).variance
    return float(first), float(second)


def _solved(match: Match, seen: Lens, adjusting: tuple[bool, bool]) -> Emergence | None:
    """Solve when coordination emerges; None where it cannot be, or is no question."""
    if match.horizon.periods is None or seen.chi is None:
        return None
    try:
        found = emergence(match, seen.counting, match.horizon.periods, adjusting)
    except Mistake:  # too large to be solved; what was sampled stands
        return None
    if found is None:
        return None
    share = float(found.emerged.sum())
    reached = np.flatnonzero(np.cumsum(found.emerged) >= 0.5 - 1e-12)
    return Emergence(
        share=share,
        median=float(reached[0]) if len(reached) else None,
        broke=float(found.broke.sum()) / share if share > 0 else None,
        method="exact",
    )


def _ratio_error(total: NDArray[np.float64], periods: NDArray[np.int64]) -> float:
    """Estimate the standard error of payoff per period: a ratio, where lengths differ."""
    n = len(total)
    residual = total - total.sum() / periods.sum() * periods
    return float(np.sqrt((residual**2).sum() / (n - 1) / n) / periods.mean())


def summarise(tally: Tally, verdicts: Verdicts, *, same: bool, measured: bool, L: int) -> Reading:
    """Sum up what the courses of a match were."""
    times, total = tally.times, tally.times.sum()
    shares = {x: float(times[verdicts.label == i].sum() / total) for i, x in enumerate(LABELS)}
    kinds = {
        x: float(times[verdicts.qualifier == i].sum() / total) for i, x in enumerate(QUALIFIERS)
    }
    long = tally.periods >= 4 * L
    timing = None
    if measured and long.any():
        emerged, w = verdicts.emerged[long] >= 0, tally.times[long]
        time = np.where(emerged, verdicts.emerged[long], tally.periods[long] - L + 1)
        broke = verdicts.broke[long] >= 0
        timing = Emergence(
            share=float(w[emerged].sum() / w.sum()),
            median=median_time(time, emerged, w),
            broke=float(w[broke].sum() / w[emerged].sum()) if emerged.any() else None,
            method="exact" if same else "sampled",
        )
    return Reading(
        method="exact" if same else "sampled",
        courses=len(tally.periods),
        shares=shares,
        qualifiers={x: share for x, share in kinds.items() if x and share},
        kappa=float((verdicts.kappa * times).sum() / total),
        emergence=timing,
    )
