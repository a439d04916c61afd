"""What of a regime's effect goes through what actors believe (theory.md 1.5.7).

X is the world: with the regime or without it. M are the beliefs of those who play in it, of
everything that `coopgames.play.outlook` says they believe. Y is what play comes to. In the twins

    Y(x, M(x'))

world x' runs by itself. Next to it the same actors decide by the action rule of world x, its choice
payoffs, weight of the future and reviews, on the beliefs of world x' in each period; what they do
is what Y is read from, and moves nothing. Each seat draws its actions in both worlds by the same
uniform number, the actions in role order. For x = x' both are the same play.

    total     TE  = Y(1, M(1)) − Y(0, M(0))
    direct    NDE = Y(1, M(0)) − Y(0, M(0))
    mediated  NIE = Y(1, M(1)) − Y(1, M(0))        TE = NDE + NIE

(J. Pearl, "Direct and indirect effects", Proc. UAI, 2001.) All of it is solved: the joint states of
world x' make a Markov chain, and its edges carry the profile of the fed actors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake
from coopgames.play.chain import Chain, implemented, joint_chain, signals, step
from coopgames.play.distribution import emergence_in
from coopgames.play.expecting import Formed, decided, formed, reconsiders
from coopgames.play.match import Match, both
from coopgames.play.tally import Counting
from coopgames.strategies import Expecting

Floats = NDArray[np.float64]
Measure = Callable[[Chain], float]
"""Y: what the profiles on a chain's edges come to, from its first state on."""


@dataclass(frozen=True)
class Mediation:
    """A regime's effect, and what of it goes through beliefs.

    Parameters
    ----------
    with_, fed, without : float
        Y(1, M(1)), Y(1, M(0)) and Y(0, M(0)).
    """

    with_: float
    fed: float
    without: float

    @property
    def total(self) -> float:
        """TE."""
        return self.with_ - self.without

    @property
    def direct(self) -> float:
        """NDE: what is left if actors believe what they would believe without the regime."""
        return self.fed - self.without

    @property
    def mediated(self) -> float:
        """NIE: what believing what they believe under the regime adds."""
        return self.with_ - self.fed


def mediation(without: Match, with_: Match, measure: Measure) -> Mediation:
    """Decompose what a regime changes.

    Parameters
    ----------
    without, with_ : Match
        The same match in both worlds: strategies that form expectations in both seats, and games
        with as many actions. What else differs between them counts as the regime's.
    measure : callable
        Y, e.g. `late_share` or `emergence_share`.

    Returns
    -------
    Mediation

    Raises
    ------
    Mistake
        If a strategy forms no expectations, or the games or horizons do not fit.
    """
    # A world that is fed its own beliefs is itself. The two on beliefs without the regime are built
    # alike, so that where no action rule differs the direct effect is 0 to the bit.
    fed, alone = (measure(fed_chain(acting, without)) for acting in (with_, without))
    return Mediation(measure(joint_chain(with_)), fed, alone)


def late_share(values: ArrayLike, periods: int, last: int | None = None) -> Measure:
    """Make Y = the mean of something over the last periods, for instance of compatibility.

    Parameters
    ----------
    values : array_like, shape (k_0, k_1)
        What counts, profile by profile as in the game.
    periods : int
        T, how many periods are played.
    last : int, optional
        How many of them count; all by default.
    """
    worth = np.asarray(values, dtype=np.float64).ravel()
    counted = periods if last is None else last
    if not 1 <= counted <= periods:
        raise Mistake(f"of {periods} periods {counted} cannot be the last")

    def measure(chain: Chain) -> float:
        now = np.eye(chain.states)[0]
        for _ in range(periods - counted):
            now = step(chain, now)
        total = 0.0
        each = np.bincount(chain.source, chain.probability * worth[chain.profile], chain.states)
        for _ in range(counted):
            total += float(now @ each)
            now = step(chain, now)
        return total / counted

    return measure


def emergence_share(counting: Counting, periods: int) -> Measure:
    """Make Y = how likely coordination is to emerge; attributed to nobody's act.

    Parameters
    ----------
    counting : Counting
        Where coordination holds, and the window, as a lens has it.
    periods : int
        T, at least four times the window.
    """

    def measure(chain: Chain) -> float:
        law = emergence_in(chain, counting, periods)
        if law is None:
            raise Mistake(f"{periods} periods are too few; emergence takes {4 * counting.L}")
        return float(law.emerged.sum())

    return measure


def fed_chain(acting: Match, believing: Match) -> Chain:
    """Build the chain of a world whose edges carry what the fed actors do.

    Parameters
    ----------
    acting : Match
        World x, by whose action rule they act.
    believing : Match
        World x', which runs by itself and gives the beliefs.

    Returns
    -------
    Chain
        Its states are those of world x', and what the fed actors did last, where they do not
        always reconsider; profiles are those of the fed actors.
    """
    if acting.game.shape != believing.game.shape or acting.roles != believing.roles:
        raise Mistake("the two worlds need games with the same actions in the same roles")
    if acting.horizon != believing.horizon:
        raise Mistake("the two worlds last equally long; give both one horizon")
    own = [_formed(believing, seat) for seat in range(2)]
    couples = [_couples(acting, believing, own[seat], seat) for seat in range(2)]
    outcomes = signals(believing)
    profiles = np.arange(np.prod(acting.game.shape)).reshape(acting.game.shape)
    profiles = profiles[np.ix_(*acting.roles)]
    moves = [f.automaton.next.tolist() for f in own]
    start = (own[0].automaton.initial, own[1].automaton.initial, -1, -1)
    numbers, frontier = {start: 0}, [start]
    edges: list[tuple[int, int, int, float]] = []
    for source, (s, t, last0, last1) in enumerate(frontier):  # grows while it is read
        merged: dict[tuple[int, int], float] = {}
        pairs = product(couples[0](s, last0), couples[1](t, last1))
        for ((x, fed0), p), ((y, fed1), q) in pairs:
            for (a, o, b, r), odds in outcomes[x, y]:
                # Who is fed misjudges what it did itself just as its twin does.
                state = (
                    moves[0][s][a][o], moves[1][t][b][r],
                    couples[0].keeps(fed0 + a - x), couples[1].keeps(fed1 + b - y),
                )  # fmt: skip
                number = numbers.setdefault(state, len(numbers))
                if number == len(frontier):
                    frontier.append(state)
                edge = (int(profiles[fed0, fed1]), number)
                merged[edge] = merged.get(edge, 0.0) + p * q * odds
        edges += [(source, target, profile, odds) for (profile, target), odds in merged.items()]
    source_, target_, profile_, odds_ = zip(*edges, strict=True)
    return Chain(
        len(numbers), np.array(source_), np.array(target_), np.array(profile_), np.array(odds_)
    )


@dataclass(frozen=True, eq=False)
class _Couples:
    """How likely what a seat does in its world goes with what its fed twin does.

    Parameters
    ----------
    own : ndarray, shape (S, k)
        Cumulative odds of what it does in each state.
    fed : ndarray, shape (S, k + 1, k)
        The same of the twin, by what that did last; at the end, nothing.
    """

    own: Floats
    fed: Floats

    def __call__(self, state: int, last: int) -> list[tuple[tuple[int, int], float]]:
        """List pairs of actions of positive probability."""
        ends = [np.concatenate([[0.0], x]) for x in (self.own[state], self.fed[state, last])]
        return [
            ((a, b), float(odds))
            for a, b in np.ndindex(self.own.shape[1], self.own.shape[1])
            if (odds := min(ends[0][a + 1], ends[1][b + 1]) - max(ends[0][a], ends[1][b])) > 0
        ]

    def keeps(self, did: int) -> int:
        """Give what the twin remembers of what it did; -1 where that makes no difference."""
        k = self.own.shape[1]
        return did % k if self.fed.shape[1] > 1 else -1


def _couples(acting: Match, believing: Match, own: Formed, seat: int) -> _Couples:
    rule = acting.strategies[seat].rule
    if not isinstance(rule, Expecting):
        raise Mistake(_no_beliefs(acting, seat))
    at = acting.conditions(seat)
    chosen = decided(rule, at, own.outlook)[own.memory, own.public][:, None]
    k, review = chosen.shape[2], reconsiders(rule, at)
    if review < 1:
        chosen = np.concatenate([review * chosen + (1 - review) * np.eye(k), chosen], axis=1)
    noises = both(believing.noise)[seat], both(acting.noise)[seat]
    does = implemented(own.automaton.mix, noises[0])
    fed = implemented(chosen.reshape(-1, k), noises[1]).reshape(chosen.shape)
    return _Couples(_cumulated(does), _cumulated(fed))


def _cumulated(odds: Floats) -> Floats:
    ends = odds.cumsum(axis=-1)
    ends[..., -1] = 1.0
    return np.asarray(ends)


def _formed(match: Match, seat: int) -> Formed:
    rule = match.strategies[seat].rule
    if not isinstance(rule, Expecting):
        raise Mistake(_no_beliefs(match, seat))
    return formed(rule, match.conditions(seat), match.signals)


def _no_beliefs(match: Match, seat: int) -> str:
    return (
        f"{match.strategies[seat].name} forms no expectations that could be fed to another; "
        "regime-shaped-expectations does"
    )
