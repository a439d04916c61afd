"""An experiment with everything in it settled: nothing to look up, nothing left to default."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from coopgames.games import Game
from coopgames.play import EXACT, Horizon, Perception
from coopgames.readings import Rule
from coopgames.regimes import Arrangement
from coopgames.strategies import Strategy


@dataclass(frozen=True)
class Entrant:
    """A strategy that takes part, under the one name that decides its luck.

    Parameters
    ----------
    name : str
        The strategy's label, with ``#2``, ``#3``, … where several have the same.
    strategy : Strategy
        How it decides.
    """

    name: str
    strategy: Strategy


def entrants(strategies: Iterable[Strategy]) -> tuple[Entrant, ...]:
    """Give each strategy a name of its own: ``x``, ``x#2`` and so on.

    Parameters
    ----------
    strategies : iterable of Strategy
        In the order of the experiment.
    """
    seen: Counter[str] = Counter()
    named = []
    for strategy in strategies:
        seen[strategy.label] += 1
        number = seen[strategy.label]
        name = strategy.label if number == 1 else f"{strategy.label}#{number}"
        named.append(Entrant(name, strategy))
    return tuple(named)


@dataclass(frozen=True)
class Quoted:
    """Scores that a publication reports, to be shown beside ours.

    Parameters
    ----------
    label : str
        What to write above them, e.g. ``"1980"``.
    scores : tuple of (str, float)
        Mean score per game by the name of a strategy.
    note : str
        How far they can be trusted.
    sources : tuple of str
        Where they are from.
    """

    label: str
    scores: tuple[tuple[str, float], ...]
    note: str = ""
    sources: tuple[str, ...] = ()

    def score(self, entrant: Entrant) -> float | None:
        """Score of an entrant: under its own name or, if it has no ``#``, its strategy's."""
        scores = dict(self.scores)
        usual = None if "#" in entrant.name else scores.get(entrant.strategy.name)
        return scores.get(entrant.name, usual)

    def rank(self, entrant: Entrant) -> int | None:
        """Rank of an entrant's score among all quoted ones, 1 for the highest; ties share it."""
        score = self.score(entrant)
        return None if score is None else 1 + sum(s > score for _, s in self.scores)


@dataclass(frozen=True)
class Arm:
    """An experiment that differs from another in what is compared.

    Parameters
    ----------
    name : str
        Small letters, digits and hyphens.
    experiment : Experiment
        The whole of it; without arms of its own, and with the seed of the other.
    """

    name: str
    experiment: Experiment


@dataclass(frozen=True)
class Experiment:
    """A planned set of matches: every entrant against every other, and why.

    Parameters
    ----------
    name : str
        Its short name: small letters, digits and hyphens.
    title : str
        One line.
    seed : int
        What all luck starts from.
    game : Game
        What is played each period.
    entrants : tuple of Entrant
        Who plays.
    horizon : Horizon
        How long a match lasts; the longest, where there are several lengths.
    repetitions : int
        Games a pair.
    self_play : bool
        Whether each entrant also meets itself.
    noise : float
        Probability that a realised action differs from the intended one.
    perception : Perception
        How actions are seen.
    rule : Rule
        The conventions of the reading.
    story, predict, notice, remark : str
        What situation this is; what to guess before running it; what to notice in the results; one
        line under the standings.
    sources : tuple of str
        Where the experiment and its claims are from.
    quoted : Quoted, optional
        Published scores to compare with.
    lengths : tuple of int
        Numbers of periods, where each pair plays games of several lengths; else none.
    arms : tuple of Arm
        The experiments to compare, this one the first of them; none where there is nothing to
        compare with.
    regime : Arrangement, optional
        The regime in force.
    """

    name: str
    title: str
    seed: int
    game: Game
    entrants: tuple[Entrant, ...]
    horizon: Horizon
    repetitions: int = 1
    self_play: bool = True
    noise: float = 0.0
    perception: Perception = EXACT
    rule: Rule = field(default_factory=Rule)
    story: str = ""
    predict: str = ""
    notice: str = ""
    sources: tuple[str, ...] = ()
    remark: str = ""
    quoted: Quoted | None = None
    lengths: tuple[int, ...] = ()
    arms: tuple[Arm, ...] = ()
    regime: Arrangement | None = None

    @property
    def wanted(self) -> Game:
        """The game as members of a regime come to want it; its payoffs are the same."""
        return self.game if self.regime is None else self.regime.valued(self.game)

    @property
    def horizons(self) -> tuple[Horizon, ...]:
        """How long each of the games lasts that a pair plays in a repetition."""
        if not self.lengths:
            return (self.horizon,)
        return tuple(Horizon(n, known=self.horizon.known) for n in self.lengths)
