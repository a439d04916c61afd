"""One match, period by period: who did what, what came of it, and when coordination emerged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, named_game
from coopgames.play import EXACT, Fault, Horizon, Match, Noise, Perception, count, course
from coopgames.readings import LABELS, Rule, adjusts, judge, lens
from coopgames.specs import AnyRegime, in_force, strategy_from
from coopgames.strategies import Strategy


@dataclass(frozen=True, eq=False)
class Watched:
    """What was seen in a match.

    Parameters
    ----------
    match : Match
        What was played.
    actions : ndarray of int, shape (2, periods)
        What each did, as the game numbers its actions.
    accommodates : ndarray of bool, shape (2, periods)
        Whether that is its seat's most accommodating action.
    payoffs : ndarray, shape (2, periods)
        What each got.
    label : str
        What the course was: harmony, cooperation, discord …; empty where nothing was played.
    emerged, broke : int or None
        The period in which coordination emerged, counted from 1, and that in which it broke down;
        None if it never did, or too little was played to say.
    fault : str
        Why play broke off in the next period; empty if it did not.
    """

    match: Match
    actions: NDArray[np.int64]
    accommodates: NDArray[np.bool_]
    payoffs: NDArray[np.float64]
    label: str
    emerged: int | None
    broke: int | None
    fault: str = ""


def watch(
    first: Strategy | str,
    second: Strategy | str,
    *,
    game: Game | str = "prisoners-dilemma",
    periods: int = 40,
    known: bool = False,
    noise: Noise = 0.0,
    perception: Perception = EXACT,
    regime: AnyRegime | None = None,
    seed: int = 1,
    rule: Rule | None = None,
) -> Watched:
    """Play one match and keep all that happened.

    Parameters
    ----------
    first, second : Strategy or str
        Who plays, by value, by name or by file.
    game : Game or str
        What they play.
    periods : int
        How long.
    known : bool
        Whether they are told how long.
    noise, perception
        Conditions, as for `coopgames.play.Match`.
    regime : PublicRegime, Arrangement, Regime or str, optional
        Under which they play: a public state, a regime in force or declared, or the name or path
        of one.
    seed : int
        Where luck starts.
    rule : Rule, optional
        Conventions of the reading.

    Returns
    -------
    Watched
        Up to the period before a fault, if a strategy commits one.
    """
    pair = [strategy_from(s) if isinstance(s, str) else s for s in (first, second)]
    played = in_force(
        regime,
        named_game(game) if isinstance(game, str) else game,
        (pair[0].label, pair[1].label),
    )
    match = Match(
        played.game, (pair[0], pair[1]), Horizon(periods, known=known), noise,
        perception=perception, regime=played.public,
    )  # fmt: skip
    seen, fault = lens(match.game, rule or Rule()), ""
    try:
        profiles = course(match, seed=seed)
    except Fault as found:
        profiles, fault = found.course, str(found)
    actions = np.array(np.unravel_index(profiles, match.game.shape))
    kindest = np.array([order[0] for order in match.roles])
    payoffs = match.game.payoffs[:, actions[0], actions[1]]
    label, emerged, broke = "", None, None
    if len(profiles):
        verdict = judge(seen, count(profiles, seen.counting), [adjusts(s) for s in pair])
        label = LABELS[int(verdict.label[0])]
        if len(profiles) >= 4 * seen.rule.L and seen.chi is not None:
            emerged, broke = _period(verdict.emerged[0]), _period(verdict.broke[0])
    return Watched(
        match, actions, actions == kindest[:, None], payoffs, label, emerged, broke, fault
    )


def _period(before: np.int64) -> int | None:
    """Give the period that so many come before; None if there is none."""
    return int(before) + 1 if before >= 0 else None
