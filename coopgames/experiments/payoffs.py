"""What each strategy gets from each, itself included.

A pair of automata is solved, one that leaves nothing to chance is played once, and any other is
played for as many repetitions as make the error small. In an asymmetric game each counts with the
mean of both seats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from coopgames.experiments.contest import FAST, SLOW, in_table, under_a_regime
from coopgames.experiments.meetings import Floats, each_other
from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.play import EXACT, Horizon, Perception
from coopgames.specs import Experiment, entrants
from coopgames.store import Results
from coopgames.strategies import Python, Strategy


@dataclass(frozen=True, eq=False)
class Payoffs:
    """What each strategy gets from each.

    Parameters
    ----------
    names : tuple of str
        The strategies.
    matrix : ndarray, shape (n, n)
        The row's mean payoff from the column: per game, or per period where play never ends.
    errors : ndarray, shape (n, n)
        Standard errors; 0 where a payoff is exact.
    """

    names: tuple[str, ...]
    matrix: Floats
    errors: Floats

    @property
    def exact(self) -> bool:
        """Whether nothing was sampled."""
        return not self.errors.any()

    def among(self, names: Sequence[str]) -> Payoffs:
        """Give the payoffs of some of the strategies among themselves."""
        at = [self.names.index(name) for name in names]
        return Payoffs(tuple(names), self.matrix[np.ix_(at, at)], self.errors[np.ix_(at, at)])


def payoffs(experiment: Experiment, *, workers: int | None = None) -> Payoffs:
    """Work out what the entrants of an experiment get from each other and from themselves.

    Not by the repetitions that the experiment asks for, but exactly where that is possible, and
    else by many more of them.

    Parameters
    ----------
    experiment : Experiment
        Who they are, and how they play.
    workers : int, optional
        Threads; as many as there are processors by default.
    """
    e = experiment
    if not e.entrants:
        raise Mistake("nobody is there; name at least one strategy")
    if under_a_regime(e):
        raise Mistake(
            f"{e.name} has a regime in force, and payoffs under one are those of its results: run "
            "it, and name their folder instead"
        )
    # In the order of their names, so that the order in which they are listed changes nothing.
    ordered = sorted(e.entrants, key=lambda entrant: entrant.name)
    everyone = tuple(replace(x, strategy=in_table(x.strategy, e)) for x in ordered)
    slow = any(isinstance(x.strategy.rule, Python) for x in everyone)
    matrix, errors = each_other(
        replace(e, entrants=everyone), repetitions=(SLOW if slow else FAST).told, workers=workers
    )
    found = Payoffs(tuple(x.name for x in ordered), matrix, np.sqrt(errors))
    return found.among([x.name for x in e.entrants])


def payoffs_between(
    strategies: Sequence[Strategy],
    game: Game,
    horizon: Horizon,
    *,
    noise: float = 0.0,
    perception: Perception = EXACT,
) -> Payoffs:
    """Work out what strategies get from each other and from themselves."""
    field = Experiment(
        "field", "", 1, game, entrants(strategies), horizon, noise=noise, perception=perception
    )
    return payoffs(field)


def payoffs_in(results: Results) -> Payoffs:
    """Give what the entrants of an experiment got from each other when it was run.

    Parameters
    ----------
    results : Results
        Of a tournament, best first.

    Returns
    -------
    Payoffs
        NaN where two did not meet; standard errors are over repetitions.
    """
    names = tuple(results.standings.sort("rank")["strategy"])
    place = {name: i for i, name in enumerate(names)}
    shape = (len(names),) * 2
    games, total, squares = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    m = results.matches
    one, other = (np.array([place[name] for name in m[side]]) for side in ("first", "second"))
    scores = [m[f"score_{side}"].to_numpy() for side in ("first", "second")]
    times, alone = m["times"].to_numpy().astype(np.float64), one == other
    for seat, at in ((0, (one, other)), (1, (other, one))):
        # Who meets itself has the mean of both seats, once.
        score = np.where(alone, (scores[0] + scores[1]) / 2, scores[seat])
        weight = times * ~alone if seat else times
        for sums, value in ((games, 1.0), (total, score), (squares, score**2)):
            np.add.at(sums, at, weight * value)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / games
        variance = squares / games - mean**2
        variance[variance <= 1e-12 * np.maximum(mean**2, 1)] = 0.0  # rounding
        errors = np.sqrt(variance / np.maximum(games - 1, 1))
    return Payoffs(names, mean, errors)
