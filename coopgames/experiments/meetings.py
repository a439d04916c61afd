"""What rules get that enter an experiment, and what that does to the others.

A pair of automata is solved; a pair that leaves nothing to chance is played once; any other is
played for a number of repetitions, in which all rules meet an opponent with the same luck. In an
asymmetric game each pair meets both ways round, and counts with the mean of both.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopgames.experiments.pairs import symmetric
from coopgames.mistakes import Mistake
from coopgames.play import (
    EXACT,
    Counting,
    Field,
    Match,
    deterministic,
    expect,
    forward,
    prepare,
    sample_field,
    solvable,
)
from coopgames.specs import Experiment
from coopgames.strategies import Automaton, Expecting, Strategy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LONG = 4000
"""Up to so many periods are gone through one by one; beyond, pairs are solved one by one."""

COURSES = 10_000
"""Courses that are played in one go, about."""


@dataclass(frozen=True, eq=False)
class Meetings:
    """What C rules and n opponents get from each other: per game, or per period without an end.

    Parameters
    ----------
    own : ndarray, shape (C, n)
        The rules' mean scores.
    theirs : ndarray, shape (C, n)
        The opponents'.
    own_error, theirs_error : ndarray, shape (C, n)
        Squared standard errors of these; 0 where they are exact.
    """

    own: Floats
    theirs: Floats
    own_error: Floats
    theirs_error: Floats


def meet(
    experiment: Experiment,
    rules: Sequence[Strategy],
    names: Sequence[str],
    *,
    repetitions: range,
    workers: int | None = None,
) -> Meetings:
    """Let rules meet the entrants of an experiment, under its conditions.

    Parameters
    ----------
    experiment : Experiment
        Whom they meet, and how.
    rules : sequence of Strategy
        Who meets them.
    names : sequence of str
        The name that decides each rule's luck; rules of one name have the same.
    repetitions : range
        Which repetitions are played where something is left to chance.
    workers : int, optional
        Threads; as many as there are processors by default.
    """
    C, n = len(rules), len(experiment.entrants)
    everyone = (*rules, *(entrant.strategy for entrant in experiment.entrants))
    labels = (*names, *(entrant.name for entrant in experiment.entrants))
    pairs = np.stack([np.repeat(np.arange(C), n), C + np.tile(np.arange(n), C)], axis=1)
    means, errors = _scores(experiment, everyone, labels, pairs, repetitions, workers)
    return Meetings(*(x[:, seat].reshape(C, n) for x in (means, errors) for seat in (0, 1)))


def itself(
    experiment: Experiment,
    rules: Sequence[Strategy],
    names: Sequence[str],
    *,
    repetitions: range,
    workers: int | None = None,
) -> tuple[Floats, Floats]:
    """Let rules meet themselves: the mean of both seats, and its squared standard error."""
    pairs = np.stack([np.arange(len(rules))] * 2, axis=1)
    means, errors = _scores(experiment, rules, names, pairs, repetitions, workers)
    return means.mean(axis=1), errors.max(axis=1)  # seats share their luck


def each_other(
    experiment: Experiment, *, repetitions: range, workers: int | None = None
) -> tuple[Floats, Floats]:
    """Let the entrants of an experiment meet each other and themselves.

    Returns
    -------
    means, errors : ndarray, shape (n, n)
        The row's mean score against the column, and its squared standard error.
    """
    everyone = [entrant.strategy for entrant in experiment.entrants]
    names = [entrant.name for entrant in experiment.entrants]
    n = len(everyone)
    i, j = np.triu_indices(n, k=1)
    both = _scores(
        experiment, everyone, names, np.stack([i, j], axis=1), repetitions, workers
    )  # fmt: skip
    own = itself(experiment, everyone, names, repetitions=repetitions, workers=workers)
    tables = []
    for between, alone in zip(both, own, strict=True):
        table = np.diag(alone)
        table[i, j], table[j, i] = between.T
        tables.append(table)
    return tables[0], tables[1]


def one_another(
    experiment: Experiment, *, repetitions: range, workers: int | None = None
) -> tuple[Floats, Floats]:
    """Let the entrants of an experiment meet: each one's sum, and its squared standard error.

    Self-play is in it where the experiment has it.
    """
    everyone = [entrant.strategy for entrant in experiment.entrants]
    names = [entrant.name for entrant in experiment.entrants]
    n = len(everyone)
    pairs = np.stack(np.triu_indices(n, k=1), axis=1)
    means, errors = _scores(experiment, everyone, names, pairs, repetitions, workers)
    total, error = np.zeros(n), np.zeros(n)
    np.add.at(total, pairs, means)
    np.add.at(error, pairs, errors)
    if experiment.self_play:
        own = itself(experiment, everyone, names, repetitions=repetitions, workers=workers)
        total, error = total + own[0], error + own[1]
    return total, error


def _scores(
    experiment: Experiment,
    strategies: Sequence[Strategy],
    labels: Sequence[str],
    pairs: Ints,
    repetitions: range,
    workers: int | None,
) -> tuple[Floats, Floats]:
    """Give the mean scores of both of each pair, shape (N, 2), and their squared errors."""
    e = experiment
    field = Field(e.game, tuple(strategies), tuple(labels), e.horizon, e.noise, e.perception)
    if symmetric(e.game):
        return _seated(field, pairs, repetitions, e.seed, workers)
    one, other = (
        _seated(field, seats, repetitions, e.seed, workers) for seats in (pairs, pairs[:, ::-1])
    )
    # Both ways round have the same luck, so that their errors may go the same way.
    errors = (np.sqrt(one[1]) + np.sqrt(other[1][:, ::-1])) / 2
    return (one[0] + other[0][:, ::-1]) / 2, errors**2


def _seated(
    field: Field, pairs: Ints, repetitions: range, seed: int, workers: int | None
) -> tuple[Floats, Floats]:
    """Give the mean scores of pairs by seat, and their squared errors."""
    table = np.array([isinstance(s.rule, Automaton | Expecting) for s in field.strategies])
    solved = table[pairs].all(axis=1)
    means, errors = np.empty((len(pairs), 2)), np.zeros((len(pairs), 2))
    means[solved] = _solved(field, pairs[solved], workers)
    rest = np.flatnonzero(~solved)
    if len(rest) and field.horizon.infinite:
        name = next(field.labels[i] for i in pairs[rest[0]] if not table[i])
        raise Mistake(f"{name} is no automaton, and play without end is only solved for automata")
    if len(rest):
        prepare([field.strategies[i] for i in np.unique(pairs[rest])])
        size = max(1, COURSES // len(repetitions))
        pieces = [rest[at : at + size] for at in range(0, len(rest), size)]
        with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
            played = pool.map(lambda rows: _played(field, pairs[rows], repetitions, seed), pieces)
            for rows, (mean, error) in zip(pieces, played, strict=True):
                means[rows], errors[rows] = mean, error
    return means, errors


def _solved(field: Field, pairs: Ints, workers: int | None) -> Floats:
    """Solve pairs of automata."""
    if not len(pairs):
        return np.empty((0, 2))
    horizon, game = field.horizon, field.game
    rules = [s.rule if isinstance(s.rule, Automaton) else None for s in field.strategies]
    fast = game.shape == (2, 2) and field.perception == EXACT and not horizon.infinite
    fast = fast and all(rules[i] is not None for i in np.unique(pairs))
    if not fast or forward.steps(horizon) > LONG:
        out = [expect(field.match(int(i), int(j))) for i, j in pairs]
        return np.array([x.means if horizon.infinite else x.totals for x in out])
    used = np.unique(pairs)
    place = np.zeros(len(rules), dtype=np.int64)
    place[used] = np.arange(len(used))
    automata = [rule for i in used if (rule := rules[i]) is not None]
    seats = place[pairs]
    counts = forward.expected_counts(automata, seats, horizon, noise=field.noise, workers=workers)
    roles = field.match(int(pairs[0, 0]), int(pairs[0, 1])).roles
    return counts @ game.payoffs[np.ix_(range(2), *roles)].reshape(2, 4).T


def _played(field: Field, pairs: Ints, repetitions: range, seed: int) -> tuple[Floats, Floats]:
    """Play pairs, and give the means and squared errors of their scores."""
    P = field.game.payoffs[0].size
    none = np.zeros((2, P), np.uint8)
    nothing = Counting(np.zeros((P + 1, P), np.uint8), none, none[0], none, L=1, m=1, w=1)
    matches = [(int(i), int(j)) for i, j in pairs]
    tally = sample_field(field, matches, nothing, seed=seed, repetitions=repetitions)
    score = tally.counts @ field.game.payoffs.reshape(2, P).T
    R = len(repetitions)
    weigh = tally.times[:, None]
    means, squares = np.zeros((len(pairs), 2)), np.zeros((len(pairs), 2))
    np.add.at(means, tally.match, score * weigh / R)
    np.add.at(squares, tally.match, weigh * (score - means[tally.match]) ** 2)
    return means, squares / R / max(R - 1, 1)


def certain(experiment: Experiment, rule: Strategy) -> bool:
    """Whether what a rule gets from an experiment's entrants is exact, with nothing sampled."""
    e = experiment
    matches = (
        Match(e.game, (rule, x.strategy), e.horizon, e.noise, perception=e.perception)
        for x in e.entrants
    )
    return all(solvable(match) or deterministic(match) for match in matches)
