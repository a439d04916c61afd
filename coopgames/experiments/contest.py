"""An experiment that rules enter: what they score in it, and what becomes of the others.

A rule that enters meets every entrant, and itself where the experiment has self-play. Its score is
what `standings` would make of that on average, and the others' change with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from coopgames.experiments.meetings import Floats, itself, meet, one_another
from coopgames.mistakes import Mistake
from coopgames.play import prove
from coopgames.specs import Experiment
from coopgames.strategies import Compiled, Python, Strategy

NAME = "best-reply"
"""What a rule that is looked for is called, and by which its luck is decided."""


class Luck(NamedTuple):
    """The repetitions in which rules are compared, the best compared again, and the one told."""

    compared: range
    again: range
    told: range


FAST = Luck(range(10_000, 10_020), range(20_000, 20_200), range(30_000, 31_000))
SLOW = Luck(range(10_000, 10_003), range(20_000, 20_020), range(30_000, 30_100))
"""Where there is Python code."""


@dataclass(frozen=True, eq=False)
class Contest:
    """An experiment whose entrants have met one another.

    Parameters
    ----------
    experiment : Experiment
        With entrants that are proved to be automata written as such.
    luck : Luck
        How often what is left to chance is played.
    workers : int or None
        Threads.
    totals, errors : ndarray, shape (n,)
        What each entrant got from the others, and itself, in sum; and its squared standard error.
    """

    experiment: Experiment
    luck: Luck
    workers: int | None
    totals: Floats
    errors: Floats

    @property
    def met(self) -> int:
        """How many each meets once a rule has entered, itself included where it does."""
        return len(self.experiment.entrants) + self.experiment.self_play


@dataclass(frozen=True, eq=False)
class Entries:
    """What C rules score, each of them entering alone.

    Parameters
    ----------
    score, error : ndarray, shape (C,)
        The rule's score, and its squared standard error.
    others, others_error : ndarray, shape (C, n)
        The others' scores with it, and their squared standard errors.
    """

    score: Floats
    error: Floats
    others: Floats
    others_error: Floats

    @property
    def lead(self) -> Floats:
        """How far each rule is ahead of the best of the others."""
        return np.asarray(self.score - self.others.max(axis=1))


def contest(experiment: Experiment, workers: int | None = None) -> Contest:
    """Let the entrants of an experiment meet one another; its arms are left aside."""
    if under_a_regime(experiment):
        raise Mistake(
            f"{experiment.name} has a regime in force that its strategies read, and what would "
            "have won under one is not worked out"
        )
    if experiment.lengths:
        raise Mistake(
            "the games of a pair have several lengths here, and a best reply is found for one; set "
            f"it, as in --set periods={experiment.horizon.periods}"
        )
    everyone = tuple(
        replace(x, strategy=in_table(x.strategy, experiment)) for x in experiment.entrants
    )
    experiment = replace(experiment, entrants=everyone)
    slow = any(isinstance(x.strategy.rule, Python) for x in everyone)
    luck = SLOW if slow else FAST
    totals, errors = one_another(experiment, repetitions=luck.told, workers=workers)
    return Contest(experiment, luck, workers, totals, errors)


def under_a_regime(experiment: Experiment) -> bool:
    """Say whether a regime in force may change what its entrants do."""
    reads = any(x.strategy.reads_regime for x in experiment.entrants)
    return experiment.regime is not None and (reads or experiment.wanted != experiment.game)


def in_table(strategy: Strategy, experiment: Experiment) -> Strategy:
    """Write a compiled strategy that is proved to be an automaton as such."""
    if not isinstance(strategy.rule, Compiled):
        return strategy
    try:
        found, _ = prove(strategy, game=experiment.game)
    except Mistake:  # it draws lots
        return strategy
    return strategy if found is None else replace(strategy, rule=found)


def enter(into: Contest, rules: Sequence[Strategy], repetitions: range) -> Entries:
    """Let rules enter, one at a time."""
    e, names = into.experiment, [NAME] * len(rules)
    met = meet(e, rules, names, repetitions=repetitions, workers=into.workers)
    score, error = met.own.sum(axis=1), met.own_error.sum(axis=1)
    if e.self_play:
        own, own_error = itself(e, rules, names, repetitions=repetitions, workers=into.workers)
        score, error = score + own, error + own_error
    n = into.met
    return Entries(
        score / n,
        error / n**2,
        (into.totals + met.theirs) / n,
        (into.errors + met.theirs_error) / n**2,
    )
