"""A regime in force: a declared one, put to work on those who play a game for two.

A declared regime says what is asked. To be played under it has to say three things more: which of
its issues the game is, what a flag leads to, and which of its channels work. Then it is a public
state (`public`), and, if it is to change what its members want, a game (`valued`).

*What a flag leads to.* Where the injunctions hold by periods, flags or what was done last, it is
written in the regime, and the state is that of `as_public`. Where they always hold, the answer is

    standing     who is flagged loses its standing until it has complied again; the other, in good
                 standing, is free towards it (`standing`)
    suspension   one alarm for both; then nobody is asked for anything, for some periods or for
                 good (`reversion`)
    none         flags are signals, and nothing follows from them

An alarm that does not say on whom takes nobody's standing. So where monitoring is shared the usual
answer is suspension, and elsewhere standing.

*Who watches.* What is asked of a seat is the line that all injunctions draw together. Several may
draw the same line, a norm and the rule that implements it, and be watched differently well: what is
known of a violation then is what the best watch knows. So a seat is watched by the injunction whose
compliant set is just what is asked; if there are several, by that with the largest J = hit − false
alarm; if there is none, since only several together draw the line, by the best watched of those
that draw its end; and by the first where these are equal. (Ours.)

*Pull.* How strongly what is asked draws expectations is the mean of those sides of a regime's
strength that can be read off its text: the share of injunctions that nobody who counts refuses,
specificity, significance, coherence. Identifiability is left out, since monitoring is a channel of
its own; so is what is undefined. (Ours: theory.md 1.5.3 does not multiply the sides, nor add them.)

*Values.* With this channel on, members come to want what the others get too,

    v_i = (1 − λ) v_i⁰ + λ mean_{j≠i} u_j,

with v⁰ what drove their choice before. Payoffs u are those of the game in any case.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np

from coopgames.games import Game, accommodation, with_choice
from coopgames.mistakes import Mistake, unknown
from coopgames.regimes.as_public import as_public
from coopgames.regimes.bilateral import bilateral
from coopgames.regimes.channels import CHANNELS, channelled
from coopgames.regimes.compliance import compliant, named, together
from coopgames.regimes.demand import NoMore
from coopgames.regimes.identifiability import youden
from coopgames.regimes.public import PublicRegime, delayed
from coopgames.regimes.regime import Injunction, Issue, Monitoring, Regime
from coopgames.regimes.reports import Case, Floats, odds_of, said, signals_of
from coopgames.regimes.standard import standing
from coopgames.regimes.strength import strength
from coopgames.regimes.when import Always, Flagged, Mask
from coopgames.strategies import FREE, Label

Answer = Literal["standing", "suspension", "none", "written"]
ANSWERS: tuple[Answer, ...] = ("standing", "suspension", "none", "written")
"""What a flag leads to; *written* where the regime says so itself."""

VALUES = "values"
ALL_CHANNELS = (*CHANNELS, VALUES)
"""The channels of a regime in force: those of its public state, and what members come to want."""


class ArrangementMistake(Mistake):
    """What is wrong with one of the keys of a regime in force.

    Parameters
    ----------
    key : str
        Which: the name of a parameter of `Arrangement`.
    text : str
        What is wrong, in a line.
    """

    def __init__(self, key: str, text: str) -> None:
        self.key = key
        super().__init__(text)


@dataclass(frozen=True)
class Arrangement:
    """A declared regime in force.

    Parameters
    ----------
    regime : Regime
        What is asked.
    issue : str
        Which of its issues the game is; by default the first that has the game's actions.
    answer : str, optional
        What a flag leads to, one of `ANSWERS`; see the module for what is usual.
    periods : int, optional
        For how many periods it is suspended; for good by default.
    channels : tuple of str, optional
        Those that are on; by default all, `values` only with a weight.
    review : float, optional
        Probability that an actor reconsiders in a period what it does, where that takes
        consultation; by default 1 if the regime has procedures, and else 0.
    values : float
        λ: the weight of the others' mean payoff in what members come to want, from 0 to 1.
    members : tuple of str
        The labels of those whom it binds; everybody by default.

    Raises
    ------
    Mistake
        If there is no such issue, answer or channel, or a number lies outside its range.
    """

    regime: Regime
    issue: str = ""
    answer: Answer | None = None
    periods: int | None = None
    channels: tuple[str, ...] | None = None
    review: float | None = None
    values: float = 0.0
    members: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [i.name for i in self.regime.issues]
        if self.issue and self.issue not in names:
            raise ArrangementMistake("issue", unknown("issue", self.issue, names))
        if self.answer is not None and self.answer not in ANSWERS:
            raise ArrangementMistake("answer", unknown("answer", self.answer, ANSWERS))
        if self.periods is not None and self.periods < 1:
            raise ArrangementMistake(
                "periods", f"periods = {self.periods}; a regime is suspended for at least 1"
            )
        for what, share in (("review", self.review), ("values", self.values)):
            if share is not None and not 0 <= share <= 1:
                raise ArrangementMistake(what, f"{what} = {share:g} must lie in [0, 1]")
        on = self.channels
        if on is None:
            on = ALL_CHANNELS if self.values else CHANNELS
        for name in on:
            if name not in ALL_CHANNELS:
                raise ArrangementMistake("channels", unknown("channel", name, ALL_CHANNELS))
        procedures = any(q.level == "procedure" for q in self.regime.injunctions)
        review = float(procedures) if self.review is None else self.review
        # In the order in which they are told, so that the same channels are the same value.
        object.__setattr__(self, "channels", tuple(c for c in ALL_CHANNELS if c in on))
        object.__setattr__(self, "review", review)

    @property
    def on(self) -> tuple[str, ...]:
        """The channels that are on."""
        return self.channels or ()

    @property
    def silent(self) -> bool:
        """Whether all channels are off."""
        return not self.on

    def binds(self, first: str, second: str) -> bool:
        """Say whether it binds a pair: both are members, or everybody is."""
        return not self.members or {first, second} <= {*self.members}

    def settled(self, game: Game) -> Arrangement:
        """Spell out which issue a game is, and what a flag leads to.

        Where two of many play, the regime is what it is between them (`bilateral`).

        Parameters
        ----------
        game : Game
            The game.

        Raises
        ------
        Mistake
            If the regime has no such issue, or the answer is none that it can have.
        """
        asked = [self.regime.issue(self.issue)] if self.issue else self.regime.issues
        a = self
        if all(i.actions != game.actions for i in asked):
            a = replace(self, regime=bilateral(self.regime, game, asked))
        about = a.about(game)
        return replace(a, issue=about.name, answer=_answer(a, about))

    def about(self, game: Game) -> Issue:
        """Find the issue that a game is.

        Parameters
        ----------
        game : Game
            Two actors, with the actions of the issue's game and the same order of them from the
            most accommodating on.

        Raises
        ------
        Mistake
            If there is none; it says what actions there are.
        """
        r, key = self.regime, "issue" if self.issue else "regime"
        if game.n != 2:
            raise ArrangementMistake(
                key, f"game {game.name!r} has {game.n} actors; a regime is in force for two"
            )
        asked = [r.issue(self.issue)] if self.issue else r.issues
        for about in asked:
            if about.game is not None and about.actions == game.actions:
                if about.orders == accommodation(game):
                    return about
                raise ArrangementMistake(
                    key,
                    f'issue "{about.name}" has the actions of game {game.name!r}, but not their '
                    "order from the most accommodating on",
                )
        there = "; ".join(f'issue "{i.name}" has {_actions(i.actions)}' for i in asked)
        raise ArrangementMistake(
            key,
            f"regime {r.name!r} does not speak of the actions of game {game.name!r}, "
            f"{_actions(game.actions)}: {there}",
        )

    def public(self, game: Game) -> PublicRegime:
        """Make the public state under which a game is played.

        Parameters
        ----------
        game : Game
            As of `about`.

        Returns
        -------
        PublicRegime
            With those channels switched off that are not on.
        """
        return _public(self, game)

    def valued(self, game: Game) -> Game:
        """Make the game as members come to want it; its payoffs are the same.

        Parameters
        ----------
        game : Game
            The game as it was before.
        """
        if VALUES not in self.on or not self.values:
            return game
        u = game.payoffs
        others = (u.sum(axis=0) - u) / (game.n - 1)
        before = u if game.choice is None else game.choice
        return with_choice(game, (1 - self.values) * before + self.values * others)

    def even(self, game: Game) -> bool:
        """Say whether it asks of both seats the same, and watches them alike."""
        return _even(self, game)

    @property
    def muted(self) -> Arrangement:
        """The same with all channels off."""
        return replace(self, channels=())


@dataclass(frozen=True)
class Line:
    """What is asked of a seat, and who watches it.

    Parameters
    ----------
    asked : int
        The most withholding action that complies, in role order; `FREE` if all do.
    watch : Injunction or None
        By whose monitoring violations become known.
    watched : ndarray of bool
        Which actions comply with that, in role order.
    """

    asked: int
    watch: Injunction | None
    watched: Mask


def line(regime: Regime, about: Issue, seat: int) -> Line:
    """Find the line that all injunctions on an issue draw together for a seat.

    Parameters
    ----------
    regime : Regime
        Whose injunctions on this issue always hold.
    about : Issue
        The issue.
    seat : int
        For whom.
    """
    assert about.orders is not None
    order = list(about.orders[seat])
    ours = [
        q for q in regime.injunctions if q.issue == about.name and seat in regime.addressed(q)
    ]  # fmt: skip
    allowed = np.broadcast_to(together(regime, ours, seat)[0, 0], len(order))[order]
    if allowed.all():
        return Line(FREE, None, allowed)
    if not allowed.any():
        demanding = ", ".join(f'"{q.name}"' for q in ours if q.deontic != "permit")
        raise Mistake(
            f'regime "{regime.name}": {about.seats[seat]} cannot comply with {demanding} together'
        )
    asked = int(np.flatnonzero(allowed)[-1])
    sets = [(q, compliant(regime, q, seat)[0, 0][order]) for q in ours]
    binding = [(q, b) for q, b in sets if not b.all()]
    same = [(q, b) for q, b in binding if (b == allowed).all()]
    ending = [(q, b) for q, b in binding if np.flatnonzero(b)[-1] == asked]
    best = max(same or ending or binding, key=lambda pair: youden(pair[0].monitoring))
    return Line(asked, *best)


def written(regime: Regime, about: Issue) -> bool:
    """Say whether what is asked on an issue depends on what happened, so that answers are there."""
    ours = [q for q in regime.injunctions if q.issue == about.name]
    return any(not isinstance(q.when, Always) or isinstance(q.demand, NoMore) for q in ours)


def _answer(a: Arrangement, about: Issue) -> Answer:
    """Give the answer that is asked for, or the usual one."""
    if written(a.regime, about):
        _fits(
            a.answer in (None, "written"),
            f"what follows from a flag is written in the regime {a.regime.name!r} itself; leave "
            f'the answer "{a.answer}" out',
        )
        usual: Answer = "written"
    else:
        watches = [w for w in (line(a.regime, about, seat).watch for seat in range(2)) if w]
        shared = [w.name for w in watches if w.monitoring.shared]
        usual = "suspension" if shared else "standing" if watches else "none"
        _fits(
            a.answer != "written",
            "the injunctions always hold, so that no answer is written in them; without a word it "
            f"is {usual}",
        )
        _fits(
            bool(watches) or a.answer in (None, "none"),
            f'nothing is asked on the issue "{about.name}", so that there is nothing to answer '
            f'with {a.answer}; leave the answer out, or let it be "none"',
        )
        _fits(
            a.answer != "standing" or not shared,
            f'the alarm of "{shared and shared[0]}" does not say on whom, so that nobody can lose '
            'its standing; the answer can be "suspension" or "none"',
        )
        _fits(
            (a.answer or usual) != "suspension" or len({w.name for w in watches}) == 1,
            f"suspension needs one alarm, and {' and '.join(w.name for w in watches)} watch an "
            'actor each; the answer can be "standing" or "none"',
        )
    answer = a.answer or usual
    if a.periods is not None and answer != "suspension":
        raise ArrangementMistake(
            "periods",
            f"{a.periods} periods of suspension, but the answer is {answer}; leave them out, or "
            'let the answer be "suspension"',
        )
    return answer


def _fits(right: bool, text: str) -> None:
    if not right:
        raise ArrangementMistake("answer", text)


@lru_cache(maxsize=256)
def _public(a: Arrangement, game: Game) -> PublicRegime:
    a = a.settled(game)
    about = a.about(game)
    made = _made(a, about)
    made = PublicRegime(
        made.next, made.label, made.signal, made.initial, made.states, made.signals,
        pull(a.regime), a.review or 0.0,
    )  # fmt: skip
    return channelled(made, [name for name in a.on if name in CHANNELS])


def _made(a: Arrangement, about: Issue) -> PublicRegime:
    """Make the public state with all its channels."""
    if a.answer == "written":
        return as_public(a.regime, about.name)
    lines = [line(a.regime, about, seat) for seat in range(2)]
    shape = (len(lines[0].watched), len(lines[1].watched))
    watches = [one.watch for one in lines if one.watch is not None]
    if a.answer == "suspension":
        return as_public(_suspended(a, about, watches[0]), about.name)
    if a.answer == "none":
        return _unanswered(about, lines)
    rates = [one.watch.monitoring if one.watch else Monitoring() for one in lines]
    made = standing(
        shape,
        asked=(lines[0].asked, lines[1].asked),
        hit=(rates[0].hit, rates[1].hit),
        false_alarm=(rates[0].false_alarm, rates[1].false_alarm),
        breaks=[~one.watched for one in lines],
    )
    return delayed(made, max(w.monitoring.delay for w in watches))


def _unanswered(about: Issue, lines: list[Line]) -> PublicRegime:
    """Make a single state in which violations are reported, and nothing follows."""
    assert about.orders is not None
    shape = tuple(len(one.watched) for one in lines)
    draws: list[dict[Case, Floats]] = []
    for q in dict.fromkeys(one.watch for one in lines if one.watch is not None):
        seats = tuple(i for i, one in enumerate(lines) if one.watch == q)
        for group in [seats] if q.monitoring.shared else [(i,) for i in seats]:
            allowed = tuple(tuple(map(bool, lines[i].watched)) for i in group)
            case = (q.name, group, allowed)
            draws.append({case: odds_of(q, case, shape)})
    signals, odds = signals_of(draws, shape)
    called = [said(signal, (), about.seats, about.actions) for signal in signals]
    labels = [[Label(one.asked) for one in lines]]
    return PublicRegime([[0] * len(signals)], labels, odds, 0, ["in force"], called)


def _suspended(a: Arrangement, about: Issue, watch: Injunction) -> Regime:
    """Let all injunctions on an issue rest after an alarm that does not say on whom."""
    rests = Flagged(watch.name, "any", a.periods, unless=True)
    alarm = replace(watch.monitoring, shared=True)
    return replace(
        a.regime,
        injunctions=tuple(
            replace(q, when=rests, monitoring=alarm if q == watch else q.monitoring)
            if q.issue == about.name else q
            for q in a.regime.injunctions
        ),
    )  # fmt: skip


def pull(regime: Regime) -> float:
    """Say how strongly what a regime asks draws expectations, 0 to 1; see the module.

    Parameters
    ----------
    regime : Regime
        As it is declared.
    """
    s = strength(regime)
    sides = (s.accepted, s.specificity, s.significance, s.coherence)
    known = [side for side in sides if not math.isnan(side)]
    return math.fsum(known) / len(known) if known else 0.0


@lru_cache(maxsize=256)
def _even(a: Arrangement, game: Game) -> bool:
    a = a.settled(game)
    about = a.about(game)
    assert about.orders is not None
    for q in a.regime.injunctions:
        if q.issue != about.name:
            continue
        if a.regime.addressed(q) != (0, 1):
            return False
        first, second = (
            named(about, q, seat)[..., list(about.orders[seat])] for seat in range(2)
        )  # fmt: skip
        if not np.array_equal(first, second):
            return False
    return True


def _actions(actions: tuple[tuple[str, ...], ...]) -> str:
    """Name the actions of each seat, once where all have the same, and not all of many."""
    each = [" / ".join(names[:6] + (("…",) if len(names) > 6 else ())) for names in actions]
    return each[0] if len(set(each)) == 1 else "; ".join(each)
