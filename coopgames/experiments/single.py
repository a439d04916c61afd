"""One match by itself: what it comes to, exactly or sampled, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopgames.experiments.pairs import weigh
from coopgames.games import Game, named_game
from coopgames.play import Horizon, Match, Tally, course, deterministic, expect, sample, solvable
from coopgames.readings import LABELS, QUALIFIERS, Rule, Verdicts, adjusts, judge, lens, median_time
from coopgames.strategies import Strategy, strategy

COURSES = 1000
"""Courses that are sampled where nothing else is asked for and chance plays a part."""


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
    emergence : dict or None
        ``share`` of courses in which coordination emerged, ``median`` number of periods before it
        did (None where fewer than half), ``broke`` share of those in which it broke down again;
        None where it cannot be measured.
    """

    method: str
    courses: int
    shares: dict[str, float]
    qualifiers: dict[str, float]
    kappa: float
    emergence: dict[str, float | None] | None


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
        Of the means; None where they are exact.
    method : str
        ``exact`` or ``sampled``.
    reading : Reading or None
        None where play never ends.
    course : ndarray of uint16, or None
        The first course, as profile numbers.
    """

    match: Match
    means: tuple[float, ...]
    totals: tuple[float, ...] | None
    standard_errors: tuple[float, ...] | None
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
    noise: float = 0.0,
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
        Who plays, by value or by name.
    game : Game or str
        What they play.
    periods, continuation
        The horizon: a number of periods, or a continuation probability; for ever without either.
    known : bool
        Whether the strategies are told the number of periods.
    noise : float
        Implementation noise.
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
    players = tuple(strategy(s) if isinstance(s, str) else s for s in (first, second))
    match = Match(
        named_game(game) if isinstance(game, str) else game,
        (players[0], players[1]),
        Horizon(periods, continuation, known),
        noise,
    )
    same = deterministic(match)
    exact = expect(match) if solvable(match) and repetitions is None else None
    if match.horizon.infinite and exact:
        return MatchResult(match, exact.means, None, None, "exact", None, None)
    seen = lens(match.game, rule or Rule())
    count = repetitions or (1 if same else COURSES)
    tally = sample(match, seen.counting, seed=seed, repetitions=range(count))
    verdicts = judge(seen, tally, (adjusts(players[0]), adjusts(players[1])))
    reading = summarise(tally, verdicts, same=same, measured=seen.chi is not None, L=seen.rule.L)
    shown = course(match, seed=seed)
    if exact:
        return MatchResult(match, exact.means, exact.totals, None, "exact", reading, shown)
    scores = [weigh(tally.counts, u) for u in seen.payoffs]
    means = tuple(float(s.sum() / tally.periods.sum()) for s in scores)
    totals = tuple(float(s.mean()) for s in scores)
    if same:
        return MatchResult(match, means, totals, None, "exact", reading, shown)
    errors = tuple(_ratio_error(s, tally.periods) for s in scores)
    return MatchResult(match, means, totals, errors, "sampled", reading, shown)


def _ratio_error(total: NDArray[np.float64], periods: NDArray[np.int64]) -> float:
    """Estimate the standard error of payoff per period: a ratio, where lengths differ."""
    n = len(total)
    if n < 2:
        return float("nan")
    residual = total - total.sum() / periods.sum() * periods
    return float(np.sqrt((residual**2).sum() / (n - 1) / n) / periods.mean())


def summarise(tally: Tally, verdicts: Verdicts, *, same: bool, measured: bool, L: int) -> Reading:
    """Sum up what the courses of a match were."""
    weight = tally.times / tally.times.sum()
    shares = {x: float(weight[verdicts.label == i].sum()) for i, x in enumerate(LABELS)}
    kinds = {x: float(weight[verdicts.qualifier == i].sum()) for i, x in enumerate(QUALIFIERS)}
    long = tally.periods >= 4 * L
    emergence: dict[str, float | None] | None = None
    if measured and long.any():
        emerged, w = verdicts.emerged[long] >= 0, tally.times[long]
        time = np.where(emerged, verdicts.emerged[long], tally.periods[long] - L + 1)
        broke = verdicts.broke[long] >= 0
        emergence = {
            "share": float(w[emerged].sum() / w.sum()),
            "median": median_time(time, emerged, w),
            "broke": float(w[broke].sum() / w[emerged].sum()) if emerged.any() else None,
        }
    return Reading(
        method="exact" if same else "sampled",
        courses=len(tally.periods),
        shares=shares,
        qualifiers={x: share for x, share in kinds.items() if x and share},
        kappa=float((verdicts.kappa * weight).sum()),
        emergence=emergence,
    )
