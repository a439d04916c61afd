"""A match: one game, played again and again by given strategies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from coopgames.games import Game, accommodation
from coopgames.mistakes import Mistake
from coopgames.play.expecting import formed
from coopgames.play.outlook import Conditions
from coopgames.play.under import carried_by, check_guided, widened, without_regime
from coopgames.regimes import PublicRegime
from coopgames.strategies import Automaton, Expecting, Guided, Rule, Strategy


@dataclass(frozen=True)
class Horizon:
    """How long play lasts.

    Exactly one of three: a number of `periods`; a `continuation` probability, with which each
    period is followed by another; or, where both are None, for ever.

    Parameters
    ----------
    periods : int, optional
        Number of periods, at least 1.
    continuation : float, optional
        Probability w in [0, 1) that a further period follows; the mean length is 1/(1−w).
    known : bool, default False
        Whether strategies are told the number of periods.
    """

    periods: int | None = None
    continuation: float | None = None
    known: bool = False

    def __post_init__(self) -> None:
        if self.periods is not None and self.continuation is not None:
            raise Mistake("a horizon has periods or a continuation probability, not both")
        if self.periods is not None and self.periods < 1:
            raise Mistake(
                f"a match of {self.periods} periods cannot be played; at least 1 is needed"
            )
        if self.continuation is not None and not 0 <= self.continuation < 1:
            raise Mistake(
                f"a continuation probability of {self.continuation:g} is not in [0, 1); for play "
                "without end say that the horizon is infinite"
            )
        if self.known and self.periods is None:
            raise Mistake("only a fixed number of periods can be known to the actors")

    @property
    def infinite(self) -> bool:
        """Whether play never ends."""
        return self.periods is None and self.continuation is None


Noise = float | tuple[float, float]
"""An error probability: one for both actors, or each actor's own."""


@dataclass(frozen=True)
class Perception:
    """How the actions of a period are seen.

    Every actor sees its own realised action without error, unless the signal is public.

    Parameters
    ----------
    error : float or tuple of float, default 0
        Probability that the signal of a realised action shows another one, uniformly over these.
        *Private*: each actor's own probability of misperceiving the other. *Public*: the
        probability that an actor's action is misreported to all.
    public : bool, default False
        Whether all, the acting seat included, see the same signal; else each sees its own,
        independently erroneous one.
    """

    error: Noise = 0.0
    public: bool = False

    def __post_init__(self) -> None:
        _probabilities("perception noise", self.error)


def both(noise: Noise) -> tuple[float, float]:
    """Give each actor's probability."""
    return noise if isinstance(noise, tuple) else (noise, noise)


def noiseless(noise: Noise, perception: Perception) -> bool:
    """Whether every action is realised as intended and seen as realised."""
    return not any((*both(noise), *both(perception.error)))


def _probabilities(name: str, noise: Noise) -> None:
    for p in both(noise):
        if not 0 <= p <= 1:
            raise Mistake(f"{name} = {p:g} is no probability; it must lie in [0, 1]")


EXACT = Perception()
"""Every action is seen as it was realised."""


@dataclass(frozen=True)
class Match:
    """Two strategies in the two seats of a game, and the conditions they play under.

    Parameters
    ----------
    game : Game
        What they play each period; two actors.
    strategies : tuple of Strategy
        Seat by seat.
    horizon : Horizon
        How long.
    noise : float or tuple of float, default 0
        Implementation noise: the probability, independent for each actor and period, that the
        realised action differs from the intended one, uniformly over the other actions.
    perception : Perception
        How the actions are seen; without error by default.
    labels : tuple of str, optional
        The names that decide the match's luck; the strategies' own labels by default.
    regime : PublicRegime, optional
        The public state that the strategies may read. It is moved by what is done, whatever the
        two see of each other; payoffs are the game's in any case.

    Raises
    ------
    Mistake
        If the game is not one these strategies can play, the noise is no probability, the regime
        is written for another game, or a strategy reads what no regime here shows.
    """

    game: Game
    strategies: tuple[Strategy, Strategy]
    horizon: Horizon
    noise: Noise = 0.0
    labels: tuple[str, str] | None = None
    perception: Perception = EXACT
    regime: PublicRegime | None = None

    def __post_init__(self) -> None:
        _probabilities("noise", self.noise)
        if self.game.n != 2:
            raise Mistake(f"game {self.game.name!r} has {self.game.n} actors; a match has two")
        roles = accommodation(self.game)
        if roles is None:
            raise Mistake(
                f"game {self.game.name!r} does not say which action accommodates: neither is "
                f"never worse for the other actor. {self.strategies[0].name} and "
                f"{self.strategies[1].name} need to know; give the game its roles"
            )
        if self.regime is not None and self.regime.signal.shape[:-1] != self.game.shape:
            raise Mistake(
                f"the regime's signals are of {self.regime.signal.shape[:-1]} profiles; those of "
                f"game {self.game.name!r} are {self.game.shape}"
            )
        for seat, strategy in enumerate(self.strategies):
            k, other = self.game.shape[seat], self.game.shape[1 - seat]
            rule = strategy.rule
            if strategy.needs_regime and self.regime is None:
                raise Mistake(without_regime(strategy.name))
            if isinstance(rule, Guided):
                check_guided(strategy.name, rule, self.regime, seat, k, other)
                continue
            if isinstance(rule, Expecting):  # it is formed for the seat
                continue
            fits = (
                rule.next.shape[1:] == (k, other)
                if isinstance(rule, Automaton)
                else self.game.shape == (2, 2)
            )
            if not fits:
                raise Mistake(
                    f"{strategy.name} is written for two actions; game {self.game.name!r} gives "
                    f"its seats {self.game.shape[0]} and {self.game.shape[1]}"
                )

    @property
    def roles(self) -> tuple[tuple[int, ...], ...]:
        """Each seat's actions from the most accommodating to the most withholding."""
        roles = accommodation(self.game)
        assert roles is not None  # __post_init__ saw to it
        return roles

    @cached_property
    def reads_regime(self) -> bool:
        """Whether a strategy goes by what the regime shows."""
        return self.regime is not None and any(s.reads_regime for s in self.strategies)

    @cached_property
    def signals(self) -> int:
        """How many public signals a seat has to tell apart besides what it sees of the other.

        1 where no automaton reads the regime, or it can work the signal out: `under` says when.
        """
        if self.regime is None or not any(
            isinstance(s.rule, Guided | Expecting) for s in self.strategies
        ):
            return 1
        return self.regime.next.shape[1] if wide(self.regime, self.perception) else 1

    @property
    def observations(self) -> tuple[int, int]:
        """How many things each seat may observe in a period."""
        return self.game.shape[1] * self.signals, self.game.shape[0] * self.signals

    @property
    def certain(self) -> bool:
        """Whether nothing is left to chance but what the strategies leave to it."""
        erring = self.reads_regime and self.regime is not None and self.regime.errs
        return noiseless(self.noise, self.perception) and not erring

    @cached_property
    def rules(self) -> tuple[Rule, Rule]:
        """What decides in each seat: the strategies' rules, as the regime makes them."""
        first, second = (
            played(s.rule, self.conditions(seat), self.signals)
            for seat, s in enumerate(self.strategies)
        )
        return first, second

    def conditions(self, seat: int) -> Conditions:
        """Give the conditions that beliefs are formed under, as a seat has them."""
        return conditions(self.game, self.horizon, self.perception, self.regime, seat)

    @property
    def seat_labels(self) -> tuple[str, str]:
        """The labels that decide the match's luck, seat by seat."""
        return self.labels or (self.strategies[0].label, self.strategies[1].label)


def conditions(
    game: Game, horizon: Horizon, perception: Perception, regime: PublicRegime | None, seat: int
) -> Conditions:
    """Give what a rule may have to be formed for in a seat of a match."""
    errors = both(perception.error)
    # In private an error is the observer's, in public that of the actor who is reported.
    own, other = errors[:: 1 if seat == 0 else -1]
    sight = (other, own) if perception.public else (own, other)
    return Conditions(game, regime, sight, horizon.continuation, seat)


def played(rule: Rule, at: Conditions, signals: int) -> Rule:
    """Give what a rule is in a seat of a game for two; see `under` and `expecting`.

    Parameters
    ----------
    rule, at
        Who is where.
    signals : int
        How many public signals are to be observed; 1 if they are worked out.
    """
    if isinstance(rule, Expecting):
        return formed(rule, at, signals).automaton
    if isinstance(rule, Guided):
        assert at.regime is not None  # the match saw to it
        return carried_by(rule, at.regime, at.seat, at.game.shape[1 - at.seat], signals)
    if isinstance(rule, Automaton) and signals > 1:
        return widened(rule, signals)
    return rule


def wide(regime: PublicRegime | None, perception: Perception) -> bool:
    """Say whether public signals cannot be worked out from what each sees of the other."""
    return regime is not None and (regime.errs or any(both(perception.error)))
