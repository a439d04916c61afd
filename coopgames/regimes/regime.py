"""A regime as a value: injunctions about what actors do, which nobody enforces.

"Sets of implicit or explicit principles, norms, rules and decision-making procedures around which
actors' expectations converge" (S. D. Krasner, ed., International Regimes, 1983, p. 2). R. O.
Keohane (After Hegemony, 1984, ch. 4) reads all four as *injunctions* of greater or lesser
specificity: they prescribe, proscribe or permit. One injunction q has a level, a scope (an issue,
and who is addressed), a condition (`when`) and, for each seat it addresses, a set B_q of compliant
actions (`demand`; theory.md 1.5.1). Norms are standards of behaviour, whether they are followed in
self-interest or otherwise.

An *issue* is a game in which the injunctions speak of actions, or a procedure with moves of its own
(consult first, act alone), by which rules are applied and altered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Literal

from coopgames.games import Game, accommodation
from coopgames.mistakes import Mistake
from coopgames.regimes.demand import Demand
from coopgames.regimes.when import Always, When

Level = Literal["principle", "norm", "rule", "procedure"]
Deontic = Literal["prescribe", "proscribe", "permit"]
LEVELS: tuple[Level, ...] = ("principle", "norm", "rule", "procedure")
"""From the most general on; rules and procedures are of the same specificity."""
RANK = {"principle": 0, "norm": 1, "rule": 2, "procedure": 2}
"""What serves what: an injunction may serve those of a lower rank."""


@dataclass(frozen=True)
class Issue:
    """What a regime is about: a game, or a procedure.

    Parameters
    ----------
    name : str
        What to call it.
    game : Game, optional
        The game whose actions the injunctions speak of.
    moves : tuple of str
        Instead of a game: what each actor can do in a procedure.
    seats : tuple of str
        The names of the actors, as in the game.
    """

    name: str
    game: Game | None = None
    moves: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.game is None) == (not self.moves):
            raise Mistake(f'issue "{self.name}": give it either a game or moves')
        if self.game is not None:
            object.__setattr__(self, "seats", self.game.seats)

    @property
    def actions(self) -> tuple[tuple[str, ...], ...]:
        """The names of each seat's actions or moves."""
        return (self.moves,) * len(self.seats) if self.game is None else self.game.actions

    @cached_property
    def orders(self) -> tuple[tuple[int, ...], ...] | None:
        """Each seat's actions from the most accommodating to the most withholding, if known."""
        return None if self.game is None else accommodation(self.game)


@dataclass(frozen=True)
class Monitoring:
    """What becomes known of a violation.

    Parameters
    ----------
    hit : float
        Probability that a violation is flagged, in each period in which it occurs.
    false_alarm : float
        Probability that compliance is flagged.
    delay : int
        Periods until a flag is public, besides the one in which it is earned.
    shared : bool
        Whether there is one alarm for all, which does not say on whom.
    """

    hit: float = 1.0
    false_alarm: float = 0.0
    delay: int = 0
    shared: bool = False

    def __post_init__(self) -> None:
        for name, p in (("hit", self.hit), ("false_alarm", self.false_alarm)):
            if not 0 <= p <= 1:
                raise Mistake(f"{name} = {p:g} is no probability; it lies in [0, 1]")
        if self.delay < 0:
            raise Mistake(f"delay = {self.delay} periods; it is at least 0")


@dataclass(frozen=True)
class Injunction:
    """A demand on what actors do.

    Parameters
    ----------
    name : str
        Its short name, unique in the regime.
    level : str
        ``"principle"``, ``"norm"``, ``"rule"`` or ``"procedure"``.
    demand : Demand
        The actions it speaks of.
    deontic : str
        ``"prescribe"``: these and no others; ``"proscribe"``: none of these; ``"permit"``: these
        are allowed, also where an injunction in `excepts` would not allow them.
    issue : str
        Which issue's actions these are.
    addressees : tuple of str
        Seats, by name or with ``*`` for any text; all seats where it is empty.
    when : When
        In which periods it holds.
    monitoring : Monitoring
        What becomes known of a violation.
    serves : tuple of str
        The higher injunctions that it implements.
    excepts : tuple of str
        For a permission: the injunctions that it is an exception to.
    says : str
        What it demands, in a few words.
    since : str
        When it came to hold, in history.
    formerly : str
        The name of the injunction of an earlier regime whose place it takes, where that is another.
    implicit : bool
        Whether it is a practice without a formal rule.
    refused_by : tuple of str
        Seats that do not accept it, as the sources tell; written like `addressees`.
    stake : float, optional
        How much it matters, from 0 to 1, where the game's payoffs cannot say.
    """

    name: str
    level: Level
    demand: Demand
    deontic: Deontic = "prescribe"
    issue: str = ""
    addressees: tuple[str, ...] = ()
    when: When = field(default_factory=Always)
    monitoring: Monitoring = field(default_factory=Monitoring)
    serves: tuple[str, ...] = ()
    excepts: tuple[str, ...] = ()
    says: str = field(default="", compare=False)
    since: str = field(default="", compare=False)
    formerly: str = ""
    implicit: bool = False
    refused_by: tuple[str, ...] = ()
    stake: float | None = None


@dataclass(frozen=True)
class Problem:
    """Something wrong with an injunction.

    Parameters
    ----------
    at : int
        Its number in the regime, counted from 0.
    injunction : str
        Its name.
    key : str
        What of it is wrong: the name of one of its fields.
    text : str
        What is wrong with that.
    """

    at: int
    injunction: str
    key: str
    text: str


class RegimeMistake(Mistake):
    """What is wrong with the injunctions of a regime, a line each.

    Parameters
    ----------
    name : str
        The regime.
    problems : sequence of Problem
        At least one.
    """

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f'regime "{name}": {p.injunction}: {p.text}' for p in problems))


@dataclass(frozen=True)
class Regime:
    """Principles, norms, rules and procedures for one or more issues.

    Parameters
    ----------
    name : str
        What to call it.
    issues : tuple of Issue
        What it is about.
    injunctions : tuple of Injunction
        What it demands; those without an issue are about the first one.
    title : str
        Its name as the subject of a sentence.
    story : str
        What it is, in a few sentences.
    sources : tuple of str
        Where the history comes from.
    coding : tuple of str
        What our coding of it decided, a sentence each.
    follows : str
        The name of the regime whose place it took.

    Raises
    ------
    Mistake
        One line for each thing that is wrong (`checks.problems`).
    """

    name: str
    issues: tuple[Issue, ...]
    injunctions: tuple[Injunction, ...] = ()
    title: str = field(default="", compare=False)
    story: str = field(default="", compare=False)
    sources: tuple[str, ...] = field(default=(), compare=False)
    coding: tuple[str, ...] = field(default=(), compare=False)
    follows: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        from coopgames.regimes.checks import problems

        if not self.issues:
            raise Mistake(f'regime "{self.name}" is about nothing; give it an issue')
        first = self.issues[0]
        settled = tuple(
            replace(q, issue=q.issue or first.name) for q in self.injunctions
        )  # fmt: skip
        seats = tuple(
            i if i.seats else replace(i, seats=first.seats) for i in self.issues
        )  # fmt: skip
        object.__setattr__(self, "injunctions", settled)
        object.__setattr__(self, "issues", seats)
        if wrong := problems(self):
            raise RegimeMistake(self.name, wrong)

    def issue(self, name: str = "") -> Issue:
        """Find the issue of this name; the first one by default."""
        if not name:
            return self.issues[0]
        return next(i for i in self.issues if i.name == name)

    def injunction(self, name: str) -> Injunction:
        """Find the injunction of this name."""
        return next(q for q in self.injunctions if q.name == name)

    def addressed(self, q: Injunction) -> tuple[int, ...]:
        """List the seats that an injunction addresses."""
        seats = self.issue(q.issue).seats
        return matching(seats, q.addressees) if q.addressees else tuple(range(len(seats)))

    def refusing(self, q: Injunction) -> tuple[int, ...]:
        """List the seats that do not accept it, as the sources tell."""
        return matching(self.issue(q.issue).seats, q.refused_by)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what its effect and its measures depend on; stories do not count."""
        issues = [
            (i.name, i.moves, i.seats, i.actions, i.game and i.game.digest) for i in self.issues
        ]
        plain = [replace(q, says="", since="") for q in self.injunctions]
        return hashlib.sha256(repr((issues, plain)).encode()).hexdigest()


def matching(seats: tuple[str, ...], patterns: tuple[str, ...]) -> tuple[int, ...]:
    """List the seats whose names fit one of some patterns.

    Parameters
    ----------
    seats : tuple of str
        The names of the seats.
    patterns : tuple of str
        Names, in which ``*`` stands for any text.
    """
    return tuple(i for i, s in enumerate(seats) if any(fnmatchcase(s, p) for p in patterns))
