"""Fingerprints: how a strategy does against a family of noisy probes, as a function on a square.

D. Ashlock and E.-Y. Kim, "Fingerprinting: visualization and automatic analysis of prisoner's
dilemma strategies", IEEE Trans. Evol. Comput. 12 (2008) 647–659. The *Joss-Ann* of a probe A with
parameters (x, y), x + y ≤ 1, accommodates with probability x, withholds with probability y, and
does what A would do with what remains, z = 1 − x − y. The *dual* A′ does in each state the
opposite of what A does there, and takes what it did for the opposite. The fingerprint of a
strategy is its mean payoff per period in the long run against

    JA(A, x, y)            where x + y ≤ 1,
    JA(A′, 1 − y, 1 − x)   beyond.

With m the probability that A accommodates in a state, the probe does so with x + z m on either
side, so that the two halves fit together. For tit for tat that is 1 − y after it was accommodated
and x after it was not: the square holds every reactive strategy once.

The joint chain of strategy and probe has the same shape wherever the same of x, y and z are
positive, and all points of a shape are solved at once (`coopgames.play.renewal`).

On the border some of what the probe may do inside has probability 0, and play may settle in
several ways. There the fingerprint is what it is anywhere: the long run of this very chain from its
start. The limit from inside may be another one, and in the corners it need not exist.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.play.explore import prove
from coopgames.play.match import Horizon, Match
from coopgames.play.renewal import long_run, shape
from coopgames.play.sample import Field, sample_field
from coopgames.play.tally import Counting
from coopgames.strategies import Automaton, Strategy

Floats = NDArray[np.float64]

STEPS, SAMPLED_STEPS = 100, 25
"""Steps along a side, unless told otherwise, where it is solved and where it is played."""

MOST = 400
"""So many joint states of strategy and probe are solved at most."""

ROOM = 1 << 22
"""Transition probabilities that are held at a time, about."""


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """A strategy's mean payoff per period against all noisy forms of a probe.

    Parameters
    ----------
    strategy, probe : Strategy
        Whose fingerprint, and what it was taken with.
    game : Game
        What they play, the strategy in seat 0.
    means : ndarray, shape (N + 1, N + 1)
        ``means[i, j]``: payoff per period at x = i/N, y = j/N.
    standard_errors : ndarray, shape (N + 1, N + 1), or None
        Of the means where they are sampled; None where they are exact.
    note : str
        Why it is exact, or what was sampled.
    """

    strategy: Strategy
    probe: Strategy
    game: Game
    means: Floats
    standard_errors: Floats | None
    note: str

    @property
    def grid(self) -> Floats:
        """The values of x, and of y, of the points."""
        return np.arange(len(self.means)) / (len(self.means) - 1)


def joss_ann(probe: Automaton, x: float, y: float) -> Automaton:
    """Make the Joss-Ann of a probe, or beyond x + y = 1 that of its dual.

    Parameters
    ----------
    probe : Automaton
        For two actions.
    x, y : float
        Probability of accommodating, and of withholding, whatever the probe would do.

    Raises
    ------
    Mistake
        If x or y is no probability.
    """
    for name, value in (("x", x), ("y", y)):
        if not 0 <= value <= 1:
            raise Mistake(f"{name} = {value:g} is no probability; it must lie between 0 and 1")
    if x + y > 1:
        probe, x, y = dual(probe), 1 - y, 1 - x
    mix = np.array([x, y]) + max(1 - x - y, 0.0) * probe.mix
    return Automaton(mix / mix.sum(axis=1, keepdims=True), probe.next, probe.initial, probe.states)


def dual(automaton: Automaton) -> Automaton:
    """Make the automaton that does the opposite after every history of the other's actions."""
    return Automaton(
        automaton.mix[:, ::-1], automaton.next[:, ::-1], automaton.initial, automaton.states
    )


def fingerprint(
    strategy: Strategy, probe: Strategy, game: Game, *, steps: int = STEPS
) -> Fingerprint:
    """Solve a strategy's fingerprint.

    Parameters
    ----------
    strategy : Strategy
        An automaton for two actions, or what is proved to be one (see `to_automaton`).
    probe : Strategy
        Likewise; tit for tat, as a rule.
    game : Game
        What they play, the strategy in seat 0.
    steps : int
        Steps along each side of the square.

    Returns
    -------
    Fingerprint

    Raises
    ------
    Mistake
        If either is not known to be an automaton, or they are too large.
    """
    one, why = _table(strategy, game)
    other, _ = _table(probe, game)
    payoffs = _payoffs(game, strategy, probe)
    N = _checked(steps)
    i, j = (index.ravel() for index in np.indices((N + 1, N + 1)))
    beyond = i + j > N
    means = np.empty(len(i))
    for tested, rows in ((other, ~beyond), (dual(other), beyond)):
        a, b = (i[rows], j[rows]) if tested is other else (N - j[rows], N - i[rows])
        shares = np.stack([a, b, N - a - b])  # of N, so that what is 0 is exactly 0
        found = np.empty(rows.sum())
        kinds = (shares > 0).T @ [1, 2, 4]
        for kind in np.unique(kinds):
            found[kinds == kind] = _solved(one, tested, payoffs, shares[:, kinds == kind] / N)
        means[rows] = found
    return Fingerprint(strategy, probe, game, means.reshape(N + 1, N + 1), None, why)


def sample_fingerprint(
    strategy: Strategy,
    probe: Strategy,
    game: Game,
    *,
    steps: int = SAMPLED_STEPS,
    periods: int = 200,
    repetitions: int = 20,
    seed: int = 1,
) -> Fingerprint:
    """Play a strategy's fingerprint: games of some length instead of the long run.

    Parameters
    ----------
    strategy : Strategy
        Any for two actions. It is not told how long a game lasts.
    probe, game, steps
        As for `fingerprint`.
    periods : int
        How long each game is.
    repetitions : int
        How many games at each point, at least 2.
    seed : int
        Where luck starts.

    Returns
    -------
    Fingerprint
        With the standard error at each point.
    """
    other, _ = _table(probe, game)
    payoffs, N = _payoffs(game, strategy, probe), _checked(steps)
    if repetitions < 2:
        raise Mistake(f"{repetitions} game a point leaves the error unknown; at least 2 are needed")
    points = [(i / N, j / N) for i in range(N + 1) for j in range(N + 1)]
    probes = [
        Strategy("joss-ann", joss_ann(other, x, y), parameters=(("x", x), ("y", y)))
        for x, y in points
    ]
    field = Field(
        game, (strategy, *probes), (strategy.label, *(p.label for p in probes)), Horizon(periods)
    )
    pairs = [(0, 1 + n) for n in range(len(points))]
    none = np.zeros((2, 4), np.uint8)
    nothing = Counting(np.zeros((5, 4), np.uint8), none, none[0], none, L=1, m=1, w=1)
    tally = sample_field(field, pairs, nothing, seed=seed, repetitions=range(repetitions))
    roles = Match(game, (strategy, probe), Horizon(periods)).roles
    order = np.arange(4).reshape(2, 2)[np.ix_(*roles)].ravel()
    gained = tally.counts[:, order] @ payoffs.ravel() / periods
    means = np.bincount(tally.match, tally.times * gained) / repetitions
    squares = np.bincount(tally.match, tally.times * (gained - means[tally.match]) ** 2)
    errors = np.sqrt(squares / (repetitions - 1) / repetitions)
    note = f"{repetitions} games of {periods} periods at each point"
    table = (N + 1, N + 1)
    return Fingerprint(strategy, probe, game, means.reshape(table), errors.reshape(table), note)


def _table(strategy: Strategy, game: Game) -> tuple[Automaton, str]:
    """Give a strategy as an automaton, and why it is one; or refuse."""
    try:
        found, why = prove(strategy, game=game)
    except Mistake as mistake:
        found, why = None, str(mistake)
    if found is None:
        raise Mistake(
            f"{strategy.label} is not known to be an automaton, so its fingerprint cannot be "
            f"solved, only sampled: {why}"
        )
    if not isinstance(strategy.rule, Automaton):
        why = f"{strategy.label} is proved to be an automaton, since {why}"
    return found, why


def _payoffs(game: Game, strategy: Strategy, probe: Strategy) -> Floats:
    """Give what seat 0 gets, actions in role order."""
    if game.shape != (2, 2):
        raise Mistake(f"game {game.name!r} has more than two actions; a fingerprint is of two")
    roles = Match(game, (strategy, probe), Horizon()).roles
    return np.asarray(game.payoffs[0][np.ix_(*roles)])


def _checked(steps: int) -> int:
    if not 1 <= steps <= 2000:
        raise Mistake(f"{steps} steps along a side; from 1 to 2000 are possible")
    return steps


def _solved(one: Automaton, probe: Automaton, payoffs: Floats, shares: Floats) -> Floats:
    """Solve points where the same of x, y and z are positive; `shares` has these, shape (3, G)."""
    possible = (shares[:2, :1] > 0).ravel() | ((shares[2, 0] > 0) & (probe.mix > 0))
    start = (one.initial, probe.initial)
    number, frontier = {start: 0}, [start]
    transitions, events = [], []
    for source, (s, t) in enumerate(frontier):  # grows while it is read
        for a, b in np.argwhere(np.outer(one.mix[s] > 0, possible[t])):
            to = (int(one.next[s, a, b]), int(probe.next[t, b, a]))
            if to not in number:
                number[to] = len(number)
                frontier.append(to)
                if len(number) > MOST:
                    raise Mistake(
                        f"strategy and probe have more than {MOST} joint states, too many for a "
                        "fingerprint to be solved; it can be sampled"
                    )
            transitions.append((source, number[to]))
            events.append((one.mix[s, a], t, b, payoffs[a, b]))
    chain = shape(transitions)
    own, states, actions, gains = (np.array(column) for column in zip(*events, strict=True))
    size = max(1, ROOM // len(events))
    found = []
    for at in range(0, shares.shape[1], size):
        x, y, z = shares[:, at : at + size]
        regardless = np.where(actions[:, None] == 0, x, y)
        reply = regardless + z * probe.mix[states, actions][:, None]
        found.append(long_run(chain, own[:, None] * reply, gains))
    return np.concatenate(found)
