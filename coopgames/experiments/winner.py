"""What would have won? The best further entrant to an experiment.

A rule that enters meets every entrant, and itself where the experiment has self-play. Its score is
what `standings` would make of that on average, and the scores of the others change with it.

Among *all* rules the best is the best reply to the field (`coopgames.play.field_reply`): whoever
enters does not know whom it meets. What it gets from itself is no part of that, since what is best
against oneself depends on what one is; it is added to its score afterwards. Among a finite set of
rules every one is tried. Otherwise rules are bred (`coopgames.experiments.breeding`), and what is
found is a lower bound on what there is.

Where something is sampled the rules are first compared with the same luck, the best of them then
with fresh luck, and the one that is best there is told with luck that is fresh again: so that
nothing is praised for having been lucky.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from coopgames.experiments.breeding import bred
from coopgames.experiments.meetings import Floats, Meetings, certain, itself, meet
from coopgames.experiments.pairs import symmetric
from coopgames.mistakes import Mistake, unknown
from coopgames.play import EXACT, Match, field_reply, prove
from coopgames.specs import Experiment
from coopgames.specs.resolved import entrants
from coopgames.strategies import (
    Automaton,
    Compiled,
    Strategy,
    memory_one_rules,
    small_automata,
)

Among = Literal["all", "automata", "memory-one", "bred"]

NAME = "best-reply"
"""What a rule that is looked for is called."""

SEARCH, AGAIN, TOLD = range(10_000, 10_020), range(20_000, 20_200), range(30_000, 31_000)
"""The repetitions in which rules are compared, the best compared again, and the one told."""

FINALISTS = 20
"""So many of the best are compared again."""

PIECE, PATIENCE = 1000, 10.0
"""Rules that are tried in one go, and seconds between two lines that say how many are done."""

TIE = 1e-9
"""Scores this close, in shares of the largest, are the same."""


@dataclass(frozen=True)
class Place:
    """A line of the standings.

    Parameters
    ----------
    name : str
        The entrant.
    score : float
        Its expected mean payoff per game, or per period where play never ends.
    standard_error : float
        Of the score; 0 where it is exact.
    """

    name: str
    score: float
    standard_error: float


@dataclass(frozen=True)
class Winner:
    """The best further entrant to an experiment.

    Parameters
    ----------
    experiment : Experiment
        What it enters.
    among : {"all", "automata", "memory-one", "bred"}
        Where it was looked for.
    tried : int
        How many rules were tried; 0 where it was solved.
    strategy : Strategy
        The rule.
    name : str
        What it is called in the standings.
    ceiling : float or None
        Among all rules: what none can exceed as its mean score against the field, self-play aside.
    exact : bool
        Whether the rule's score is exact.
    standings : tuple of Place
        All entrants with the rule among them, best first.
    states : int or None
        Up to how many states the automata had that were tried.
    others_win : int
        How many of the rules that were tried would come first, if this one does not.
    """

    experiment: Experiment
    among: Among
    tried: int
    strategy: Strategy
    name: str
    ceiling: float | None
    exact: bool
    standings: tuple[Place, ...]
    states: int | None = None
    others_win: int = 0

    @property
    def place(self) -> Place:
        """Its line of the standings."""
        return next(place for place in self.standings if place.name == self.name)

    @property
    def rank(self) -> int:
        """How many do better, and one."""
        best = self.place.score + TIE * max(abs(p.score) for p in self.standings)
        return 1 + sum(place.score > best for place in self.standings)

    @property
    def rival(self) -> Place | None:
        """The best of the others."""
        return next((place for place in self.standings if place.name != self.name), None)


def winner(
    experiment: Experiment,
    *,
    among: Among | None = None,
    states: int | None = None,
    workers: int | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Winner:
    """Find the further entrant that would score most in an experiment.

    Parameters
    ----------
    experiment : Experiment
        What it enters.
    among : {"all", "automata", "memory-one", "bred"}, optional
        Where to look: among all rules whatever; all automata of up to `states` states that draw no
        lots; the memory-one rules that draw no lots; or memory-one rules with any probabilities, by
        breeding. By default among all where that can be solved, else among automata.
    states : int, optional
        Of automata; 3 by default, or 2 where hands slip.
    workers : int, optional
        Threads; as many as there are processors by default.
    say : callable, optional
        Told what is being done, where it takes time.

    Returns
    -------
    Winner

    Raises
    ------
    Mistake
        If it cannot be looked for there; the message says why.
    """
    if among is not None and among not in get_args(Among):
        raise Mistake(unknown("set of rules", among, get_args(Among)))
    if states is not None and among not in (None, "automata"):
        raise Mistake(f"a number of states is for automata, and not for {among}")
    if not experiment.entrants:
        raise Mistake("nobody is there to reply to; name at least one strategy")
    experiment = _in_tables(experiment)
    if among in (None, "all") and states is None:
        try:
            return _solved(experiment, workers)
        except Mistake:
            if among == "all":
                raise
    if experiment.game.shape != (2, 2):
        raise Mistake(
            f"game {experiment.game.name!r} has more than two actions, and rules are only tried "
            "with two; the best of all can be solved where the field are automata"
        )
    if among == "bred":
        say(f"Breeding rules against {len(experiment.entrants)} others; this takes a while.")
        found, tried = bred(experiment, _scorer(experiment, workers))
        return _told(experiment, among, Strategy(NAME, found), tried, None, workers)
    if among == "memory-one":
        return _best_of(experiment, among, list(memory_one_rules()), workers, say)
    slips = bool(experiment.noise) or experiment.perception != EXACT
    states = states or (2 if slips else 3)
    rules = list(small_automata(states, slips=slips))
    return replace(_best_of(experiment, "automata", rules, workers, say), states=states)


def _in_tables(experiment: Experiment) -> Experiment:
    """Write entrants that are proved to be automata as such."""

    def table(strategy: Strategy) -> Strategy:
        if not isinstance(strategy.rule, Compiled):
            return strategy
        try:
            found, _ = prove(strategy, game=experiment.game)
        except Mistake:  # it draws lots
            return strategy
        return strategy if found is None else replace(strategy, rule=found)

    everyone = [replace(x, strategy=table(x.strategy)) for x in experiment.entrants]
    return replace(experiment, entrants=tuple(everyone))


def _solved(experiment: Experiment, workers: int | None) -> Winner:
    """Solve for the best reply to the field."""
    e = experiment
    seats = (0,) if symmetric(e.game) else (0, 1)
    reply = field_reply(
        [
            (Match(e.game, (x.strategy,) * 2, e.horizon, e.noise, perception=e.perception), seat)
            for x in e.entrants
            for seat in seats
        ]
    )
    ceiling = reply.mean if reply.total is None else reply.total
    return _told(e, "all", reply.strategy, 0, ceiling, workers)


def _scorer(experiment: Experiment, workers: int | None) -> Callable[[Sequence[Automaton]], Floats]:
    """Say how to score many rules, all with the same luck."""

    def score(rules: Sequence[Automaton]) -> Floats:
        return _as_entrants(experiment, [Strategy(NAME, r) for r in rules], SEARCH, workers)[0]

    return score


def _as_entrants(
    experiment: Experiment, rules: Sequence[Strategy], repetitions: range, workers: int | None
) -> tuple[Floats, Floats, Meetings]:
    """Score rules as entrants: their scores, the squared errors, and what they and others got."""
    names = [NAME] * len(rules)
    met = meet(experiment, rules, names, repetitions=repetitions, workers=workers)
    total, error, n = met.own.sum(axis=1), met.own_error.sum(axis=1), met.own.shape[1]
    if experiment.self_play:
        own, own_error = itself(experiment, rules, names, repetitions=repetitions, workers=workers)
        total, error, n = total + own, error + own_error, n + 1
    return total / n, error / n**2, met


def _best_of(
    experiment: Experiment,
    among: Among,
    rules: Sequence[Automaton],
    workers: int | None,
    say: Callable[[str], None],
) -> Winner:
    """Try all of some rules."""
    named = [Strategy(NAME, rule) for rule in rules]
    parts, told = [], time.monotonic()
    for at in range(0, len(named), PIECE):
        if at == 0 or time.monotonic() > told + PATIENCE:
            told = time.monotonic()
            done = f"{at:,} of " if at else ""
            say(f"Trying {done}{len(named):,} rules against {len(experiment.entrants)} others.")
        parts.append(_as_entrants(experiment, named[at : at + PIECE], SEARCH, workers))
    scores = np.concatenate([score for score, _, _ in parts])
    theirs = np.concatenate([met.theirs for _, _, met in parts])
    if certain(experiment, named[0]):
        best = _first_best(scores)
    else:
        finalists = np.sort(np.argsort(-scores, kind="stable")[:FINALISTS])
        again, _, _ = _as_entrants(experiment, [named[i] for i in finalists], AGAIN, workers)
        best = int(finalists[_first_best(again)])
    found = _told(experiment, among, named[best], len(rules), None, workers)
    if found.rank == 1:
        return found
    totals, opponents, _ = _field(experiment, workers)
    rivals = ((totals + theirs) / (opponents + 1)).max(axis=1)
    return replace(found, others_win=int((scores > rivals + TIE * np.abs(rivals)).sum()))


def _first_best(scores: Floats) -> int:
    """Give the first of those that score most."""
    return int((scores >= scores.max() - TIE * np.abs(scores).max()).argmax())


def _field(experiment: Experiment, workers: int | None) -> tuple[Floats, int, Floats]:
    """Say what the entrants get from one another: sums, of how many each, and squared errors."""
    everyone = [entrant.strategy for entrant in experiment.entrants]
    names = [entrant.name for entrant in experiment.entrants]
    met = meet(experiment, everyone, names, repetitions=TOLD, workers=workers)
    others = ~np.eye(len(everyone), dtype=bool)
    totals, errors = (met.own * others).sum(axis=1), (met.own_error * others).sum(axis=1)
    if experiment.self_play:
        own, own_error = itself(experiment, everyone, names, repetitions=TOLD, workers=workers)
        totals, errors = totals + own, errors + own_error
    return totals, len(everyone) - 1 + experiment.self_play, errors


def _told(
    experiment: Experiment,
    among: Among,
    rule: Strategy,
    tried: int,
    ceiling: float | None,
    workers: int | None,
) -> Winner:
    """Make the standings with a rule among them, with luck that nothing was chosen by."""
    score, error, met = _as_entrants(experiment, [rule], TOLD, workers)
    totals, opponents, errors = _field(experiment, workers)
    named = entrants([*(x.strategy for x in experiment.entrants), rule])
    n = opponents + 1
    places = [
        Place(entrant.name, float(total / n), float(np.sqrt(squared)) / n)
        for entrant, total, squared in zip(
            experiment.entrants, totals + met.theirs[0], errors + met.theirs_error[0], strict=True
        )
    ]
    places.append(Place(named[-1].name, float(score[0]), float(np.sqrt(error[0]))))
    ordered = tuple(sorted(places, key=lambda place: (-place.score, place.name)))
    sure = certain(experiment, rule)
    return Winner(experiment, among, tried, rule, named[-1].name, ceiling, sure, ordered)
