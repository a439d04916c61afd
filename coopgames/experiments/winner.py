"""What would have won? The best further entrant to an experiment.

Among *all* rules the one that scores most is the best reply to the field
(`coopgames.play.field_reply`): whoever enters does not know whom it meets. What it gets from itself
is no part of that, since what is best against oneself depends on what one is; it is added to the
score afterwards. Among a finite set of rules every one is tried. Otherwise rules are bred
(`coopgames.experiments.breeding`), and what is found is a lower bound on what there is.

Where something is sampled the rules are first compared with the same luck, the best of them then
with fresh luck, and the one that is best there is told with luck that is fresh again: so that
nothing is praised for having been lucky.

To score most is not quite to win: a rule may give others more than it takes. So the aim may also be
to lead by most.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from coopgames.experiments.breeding import bred
from coopgames.experiments.contest import NAME, Contest, Entries, contest, enter
from coopgames.experiments.meetings import Floats, certain
from coopgames.experiments.pairs import symmetric
from coopgames.mistakes import Mistake, unknown
from coopgames.play import EXACT, Match, field_reply
from coopgames.specs import Experiment, entrants
from coopgames.strategies import Automaton, Strategy, memory_one_rules, small_automata

Among = Literal["all", "automata", "memory-one", "bred"]
Aim = Literal["score", "win"]

FINALISTS = 20
"""So many of the best are compared again, where something is sampled."""

PIECE, PATIENCE = 100, 10.0
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
    aim : {"score", "win"}
        Whether it was to score most, or to lead by most.
    states : int or None
        Up to how many states the automata had that were tried.
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
    winning : int or None
        How many of the rules that were tried would come first; None where that is not known.
    """

    experiment: Experiment
    among: Among
    aim: Aim
    states: int | None
    tried: int
    strategy: Strategy
    name: str
    ceiling: float | None
    exact: bool
    standings: tuple[Place, ...]
    winning: int | None = None

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
    def rival(self) -> Place:
        """The best of the others."""
        return next(place for place in self.standings if place.name != self.name)


def winner(
    experiment: Experiment,
    *,
    among: Among | None = None,
    states: int | None = None,
    aim: Aim = "score",
    workers: int | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Winner:
    """Find the further entrant that would do best in an experiment.

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
    aim : {"score", "win"}
        Whether it is to score most, or to be ahead of the best other by most; the latter not among
        all rules.
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
    for what, given, possible in (("set of rules", among, Among), ("aim", aim, Aim)):
        if given is not None and given not in get_args(possible):
            raise Mistake(unknown(what, given, get_args(possible)))
    if states is not None and among not in (None, "automata"):
        raise Mistake(f"a number of states is for automata, and not for {among}")
    if aim == "win" and among == "all":
        raise Mistake("among all rules only what scores most is solved, not what leads by most")
    if not experiment.entrants:
        raise Mistake("nobody is there to reply to; name at least one strategy")
    into = contest(experiment, workers)
    if among == "all" or (among is None and states is None and aim == "score"):
        try:
            return _solved(into)
        except Mistake:
            if among == "all":
                raise
    if experiment.game.shape != (2, 2):
        raise Mistake(
            f"game {experiment.game.name!r} has more than two actions, and rules are only tried "
            "with two; the best of all can be solved where the field are automata"
        )
    if among == "bred":
        return _bred(into, aim, say)
    if among == "memory-one":
        return _best_of(into, among, aim, None, list(memory_one_rules()), say)
    slips = bool(experiment.noise) or experiment.perception != EXACT
    states = states or (2 if slips else 3)
    return _best_of(into, "automata", aim, states, list(small_automata(states, slips=slips)), say)


def _solved(into: Contest) -> Winner:
    """Solve for the best reply to the field."""
    e = into.experiment
    seats = (0,) if symmetric(e.game) else (0, 1)
    reply = field_reply(
        [
            (Match(e.game, (x.strategy,) * 2, e.horizon, e.noise, perception=e.perception), seat)
            for x in e.entrants
            for seat in seats
        ]
    )
    ceiling = reply.mean if reply.total is None else reply.total
    return _told(into, reply.strategy, "all", "score", ceiling=ceiling)


def _bred(into: Contest, aim: Aim, say: Callable[[str], None]) -> Winner:
    """Breed a rule."""
    say(f"Breeding rules against {len(into.experiment.entrants)} others; this takes a while.")

    def merit(rules: Sequence[Automaton]) -> Floats:
        named = [Strategy(NAME, rule) for rule in rules]
        return _merit(enter(into, named, into.luck.compared), aim)

    rule, tried = bred(merit, seed=into.experiment.seed)
    return _told(into, Strategy(NAME, rule), "bred", aim, tried=tried)


def _best_of(
    into: Contest,
    among: Among,
    aim: Aim,
    states: int | None,
    rules: Sequence[Automaton],
    say: Callable[[str], None],
) -> Winner:
    """Try all of some rules."""
    named = [Strategy(NAME, rule) for rule in rules]
    merits, leads, told = [], [], time.monotonic()
    for at in range(0, len(named), PIECE):
        if at == 0 or time.monotonic() > told + PATIENCE:
            told = time.monotonic()
            done = f"{at:,} of " if at else ""
            others = len(into.experiment.entrants)
            say(f"Trying {done}{len(named):,} rules against {others} other{'s' * (others > 1)}.")
        entries = enter(into, named[at : at + PIECE], into.luck.compared)
        merits.append(_merit(entries, aim))
        leads.append(entries.lead + TIE * np.abs(entries.score))
    merit = np.concatenate(merits)
    if certain(into.experiment, named[0]):
        best = _first_best(merit)
    else:
        finalists = np.sort(np.argsort(-merit, kind="stable")[:FINALISTS])
        again = enter(into, [named[i] for i in finalists], into.luck.again)
        best = int(finalists[_first_best(_merit(again, aim))])
    winning = int((np.concatenate(leads) >= 0).sum())
    return _told(
        into, named[best], among, aim, states=states, tried=len(rules), winning=winning
    )  # fmt: skip


def _merit(entries: Entries, aim: Aim) -> Floats:
    return entries.score if aim == "score" else entries.lead


def _first_best(merit: Floats) -> int:
    """Give the first of those that are best."""
    return int((merit >= merit.max() - TIE * np.abs(merit).max()).argmax())


def _told(
    into: Contest,
    rule: Strategy,
    among: Among,
    aim: Aim,
    *,
    states: int | None = None,
    tried: int = 0,
    ceiling: float | None = None,
    winning: int | None = None,
) -> Winner:
    """Make the standings with a rule among them, with luck that nothing was chosen by."""
    e, entry = into.experiment, enter(into, [rule], into.luck.told)
    # Two of one name become `x` and `x#2`, as in an experiment.
    names = [x.name for x in entrants([*(x.strategy for x in e.entrants), rule])]
    scores = [*entry.others[0], *entry.score]
    errors = np.sqrt([*entry.others_error[0], *entry.error])
    places = [
        Place(name, float(score), float(error))
        for name, score, error in zip(names, scores, errors, strict=True)
    ]
    ours = names[-1]
    ordered = sorted(places, key=lambda p: (-p.score, p.name != ours, p.name))
    return Winner(
        e, among, aim, states, tried, rule, ours, ceiling, certain(e, rule), tuple(ordered), winning
    )
