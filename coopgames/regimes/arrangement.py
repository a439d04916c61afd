"""A regime in force: a declared one, put to work on those who play a game for two.

A declared regime says what is asked. To be played under it has to say three things more: which of
its issues the game is, what a flag leads to (`answers`), and which of its channels work. Then it is
a public state (`public`), and, if it is to change what its members want, a game (`valued`).

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

import numpy as np

from coopgames.games import Game, accommodation, with_choice
from coopgames.mistakes import unknown
from coopgames.regimes.answers import (
    ANSWERS,
    Answer,
    ArrangementMistake,
    answered,
    settled_answer,
)
from coopgames.regimes.bilateral import bilateral
from coopgames.regimes.channels import CHANNELS, channelled
from coopgames.regimes.compliance import named
from coopgames.regimes.public import PublicRegime
from coopgames.regimes.regime import Issue, Regime
from coopgames.regimes.strength import strength

VALUES = "values"
ALL_CHANNELS = (*CHANNELS, VALUES)
"""The channels of a regime in force: those of its public state, and what members come to want."""


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
        answer = settled_answer(a.regime, about, a.answer, a.periods)
        return replace(a, issue=about.name, answer=answer)

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


@lru_cache(maxsize=256)
def _public(a: Arrangement, game: Game) -> PublicRegime:
    a = a.settled(game)
    assert a.answer is not None
    made = answered(a.regime, a.about(game), a.answer, a.periods)
    made = PublicRegime(
        made.next, made.label, made.signal, made.initial, made.states, made.signals,
        pull(a.regime), a.review or 0.0,
    )  # fmt: skip
    return channelled(made, [name for name in a.on if name in CHANNELS])


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
