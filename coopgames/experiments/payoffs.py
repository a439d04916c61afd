"""What each strategy gets from each, itself included.

A pair of automata is solved, one that leaves nothing to chance is played once, and any other is
played for as many repetitions as make the error small. In an asymmetric game each counts with the
mean of both seats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coopgames.experiments.contest import FAST, SLOW, in_table
from coopgames.experiments.meetings import Floats, itself, meet
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
    rules = [in_table(x.strategy, experiment) for x in experiment.entrants]
    names = [x.name for x in experiment.entrants]
    if not rules:
        raise Mistake("nobody is there; name at least one strategy")
    slow = any(isinstance(rule.rule, Python) for rule in rules)
    repetitions = (SLOW if slow else FAST).told
    met = meet(experiment, rules, names, repetitions=repetitions, workers=workers)
    own, error = itself(experiment, rules, names, repetitions=repetitions, workers=workers)
    matrix, errors = met.own.copy(), np.sqrt(met.own_error)
    np.fill_diagonal(matrix, own)
    np.fill_diagonal(errors, np.sqrt(error))
    return Payoffs(tuple(names), matrix, errors)


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
    times = m["times"].to_numpy().astype(np.float64)
    for seat, other in (("first", "second"), ("second", "first")):
        at = tuple([place[name] for name in m[side]] for side in (seat, other))
        score = m[f"score_{seat}"].to_numpy()
        for sums, values in ((games, times), (total, times * score), (squares, times * score**2)):
            np.add.at(sums, at, values)
    # Both seats of self-play are in it, so that the mean of both counts.
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / games
        spread = np.sqrt(np.maximum(squares / games - mean**2, 0) / np.maximum(games - 1, 1))
    alike = squares / np.maximum(games, 1) - mean**2 <= 1e-12 * np.maximum(mean**2, 1)
    return Payoffs(names, mean, np.where(alike, 0.0, spread))
