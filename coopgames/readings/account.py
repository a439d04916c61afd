"""An account of one record: all that can be read from who did what when.

What is quick is there at once: what the record was, when coordination emerged and broke down, and
the spells in between. The rest is worked out when it is asked for: whether luck would do as well,
what followed discord, by which forms actors adjusted, with how much regard, and what messages held
out.

Perceived against actual (theory.md 1.0, 1.2.5 E13): what actors regarded as facilitating is a
matter of the payoffs as they perceived them. With a perceived game, everything is read in its
payoffs, and what was paid is told in those of the actual game; `misperceived` says that the picture
makes a difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.readings.acts import towards_anybody
from coopgames.readings.aftermath import Aftermath, attempt_rates, transitions
from coopgames.readings.agreements import Agreement, agreements
from coopgames.readings.changepoint import change_points
from coopgames.readings.checked import check_options, profiles_of
from coopgames.readings.counting import first_of
from coopgames.readings.episode import Episode, read_episode
from coopgames.readings.forms import Form, forms
from coopgames.readings.heldout import weighed
from coopgames.readings.inducements import Inducements
from coopgames.readings.lens import Lens, lens
from coopgames.readings.luck import false_alarm
from coopgames.readings.messages import Message
from coopgames.readings.passages import coordinated, passages
from coopgames.readings.regard import regards
from coopgames.readings.rule import Rule
from coopgames.readings.shuffling import SHUFFLES, Attention, attention, false_alarms
from coopgames.readings.spells import cut
from coopgames.strategies import Stance

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Luck:
    """Whether luck would do as well.

    Parameters
    ----------
    p : float
        Share of coordinated periods, were everybody's choices in random order.
    alarm : float or None
        How likely the rule then finds an emergence, if periods were independent; None where p ≥ q,
        for then no window separates emergence from luck, or where it cannot be worked out.
    shuffled : float
        Share of shuffled records in which it does; NaN where the record is too short.
    """

    p: float
    alarm: float | None
    shuffled: float


@dataclass(frozen=True, eq=False)
class Account:
    """An account of one record.

    Parameters
    ----------
    seen : Lens
        How the game's profiles are read; in perceived payoffs, where there are.
    actual : Lens
        The same in the payoffs that were paid.
    course : ndarray of int, shape (T,)
        Numbers of profiles.
    messages : tuple of Message
        What was said.
    attention : tuple of Attention
        For each actor, whether its acts can be attempts at adjustment, and why.
    whole : Episode
        What the record was, taken as one.
    spells : tuple of Episode
        What it was between emergence and breakdown; one where nothing emerged.
    from_self_regard : Episode or None
        With a pre-window: what the record was, measured from the self-regarding profiles instead.
    emerged, broke : int or None
        Periods before coordination emerged, and before it broke down; None if it never did, or
        could not be measured.
    measured : bool
        Whether emergence can be measured: the record has at least 4L periods, and all can gain.
    turns : int
        Over so many periods taking turns counts as coordination.
    stances : mapping of int to Stance
        What actors declare of themselves, by seat.
    in_fact : Episode
        What the record was in the payoffs that were paid; `whole`, if they were perceived rightly.
    """

    seen: Lens
    actual: Lens
    course: Counts
    messages: tuple[Message, ...]
    attention: tuple[Attention, ...]
    whole: Episode
    spells: tuple[Episode, ...]
    from_self_regard: Episode | None
    emerged: int | None
    broke: int | None
    measured: bool
    turns: int
    stances: Mapping[int, Stance]
    in_fact: Episode

    @property
    def misperceived(self) -> bool:
        """Whether the record, or its game, is another in the payoffs that were paid."""
        same = self.seen.structure.category == self.actual.structure.category
        return not same or self.in_fact.label != self.whole.label

    @cached_property
    def luck(self) -> Luck:
        """Whether luck would do as well."""
        rule = self.seen.rule
        p, shuffled = false_alarms(self.seen, self.course, self.turns)
        alarm = None
        if p < rule.q:
            try:
                alarm = false_alarm(p, len(self.course), rule)
            except Mistake:  # the window is too long for the exact recursion
                alarm = None
        return Luck(p, alarm, shuffled)

    @cached_property
    def changes(self) -> tuple[int, ...]:
        """The periods from which on κ has another level, looked at from the end."""
        if self.seen.level is None:
            return ()
        return tuple(change_points(self.seen.level[self.course]))

    @cached_property
    def aftermath(self) -> Aftermath:
        """What followed discord."""
        seen, w, T = self.seen, self.seen.rule.w, len(self.course)
        done = seen.acts.along(self.course)
        counts = np.array([a.counts for a in self.attention])
        attempts = np.asarray((towards_anybody(done.kind) & counts[:, None]).any(axis=0))
        for x in self.messages:
            attempts[x.period] = True
        kappa = np.zeros(T) if seen.level is None else seen.level[self.course]
        after, others = attempt_rates(kappa, attempts)
        adjusting = [a.counts for a in self.attention]
        windows = [
            read_episode(seen, self.course, (t, t + w), adjusting=adjusting, messages=())
            for t in range(0, T - w + 1, w)
        ]
        return Aftermath(after, others, *transitions([e.label for e in windows]))

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """By which forms actors adjusted."""
        return forms(
            self.seen, self.course, self.messages, self.attention, self.stances,
            self.seen.past[0] if self.seen.past else None,
        )  # fmt: skip

    @cached_property
    def regard(self) -> list[list[NDArray[np.float64]]]:
        """The regard ``[i][j]`` that i's acts towards j reveal, one value an act."""
        return regards(self.seen, self.course)

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """The deals that were concluded."""
        return agreements(self.seen, self.messages)

    @cached_property
    def inducements(self) -> tuple[tuple[Message, Inducements], ...]:
        """What conditional messages between two actors held out, in the long run."""
        found = [(x, weighed(self.seen, self.course, x)) for x in self.messages]
        return tuple((x, held_out) for x, held_out in found if held_out is not None)


def account(
    game: Game,
    course: ArrayLike,
    *,
    messages: Sequence[Message] = (),
    rule: Rule | None = None,
    prewindow: int = 0,
    perceived: Game | None = None,
    turns: int = 1,
    shuffles: int = SHUFFLES,
    count_imposed: bool = False,
    stances: Mapping[int, Stance] | None = None,
) -> Account:
    """Read a record of play.

    Parameters
    ----------
    game : Game
        What was played, by two or more actors.
    course : array_like of int, shape (T, n)
        The action of each seat in each period, numbered as in the game.
    messages : sequence of Message
        What was said.
    rule : Rule, optional
        The conventions; the usual ones by default.
    prewindow : int
        In so many first periods nobody had adjusted yet: what follows is measured from them
        instead of from what self-interest alone would have done.
    perceived : Game, optional
        The payoffs as actors perceived them.
    turns : int
        Over so many periods taking turns counts as coordination; 1 judges each period by itself.
    shuffles : int
        How many random orders an actor's choices are compared with, to tell attempts at adjustment
        from drawing lots; 0 counts everybody's acts.
    count_imposed : bool
        Whether imposed adjustment counts as cooperation.
    stances : mapping of int to Stance, optional
        What actors declare of themselves, by seat.

    Raises
    ------
    Mistake
        If the course does not fit the game, or the options do not fit the course.
    """
    r = rule or Rule()
    played = profiles_of(game, course)
    T = len(played)
    check_options(game, perceived, T, prewindow, turns, messages)
    past = tuple(int(p) for p in played[:prewindow])
    actual = lens(game, r, past)
    seen = actual if perceived is None else lens(perceived, r, past)
    paying = attention(seen, played, shuffles)
    adjusting = [a.counts for a in paying]
    # A demand that holds out a loss is a threat (1.2.4).
    said = [
        replace(x, kind="threat")
        if x.kind == "demand" and (w := weighed(seen, played, x)) is not None and w.negative > 0
        else x
        for x in messages
    ]

    def episode(by: Lens, span: tuple[int, int], shown: Lens) -> Episode:
        return read_episode(
            by, played, span, adjusting=adjusting, messages=said, paid=shown,
            count_imposed=count_imposed,
        )  # fmt: skip

    everything = (0, T)
    Z = coordinated(seen, played, turns)
    whole = episode(seen, everything, actual)
    spells = tuple(episode(seen, span, actual) for span in cut(Z, r.L, r.m))
    events = passages(Z, r.L, r.m)
    attempts = _first_attempt(seen, played, adjusting, said)
    if not (events and 0 <= attempts <= events[0]):
        events = []
    return Account(
        seen=seen,
        actual=actual,
        course=played,
        messages=tuple(messages),
        attention=paying,
        whole=whole,
        spells=spells if len(spells) > 1 else (whole,),
        from_self_regard=(
            episode(lens(seen.game, r), everything, lens(game, r)) if prewindow else None
        ),
        emerged=events[0] if events else None,
        broke=events[1] if len(events) > 1 else None,
        measured=seen.chi is not None and 4 * r.L <= T,
        turns=turns,
        stances=dict(stances or {}),
        in_fact=whole if perceived is None else episode(actual, everything, actual),
    )


def _first_attempt(
    seen: Lens, course: Counts, adjusting: Sequence[bool], messages: Sequence[Message]
) -> int:
    """Give the first period in which somebody attempted to adjust; −1 if nobody did."""
    done = seen.acts.along(course, seen.past[0] if seen.past else None)
    kind = towards_anybody(done.kind) & np.array(adjusting)[:, None]
    happens = np.asarray(kind.any(axis=0))
    for x in messages:
        happens[x.period] = True
    return int(first_of(happens))
