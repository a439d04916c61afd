"""Which ordinal games of two actors and two actions there are, and which lie beside which.

Where an actor is never indifferent, only the ranks of its four payoffs count, 1 the lowest and 4
the highest. Of the 24 × 24 ways to rank, 144 are different games once actions may be renamed, and
78 once the seats may be exchanged too (A. Rapoport and M. Guyer, "A taxonomy of 2 × 2 games",
General Systems 11, 1966). D. Robinson and D. Goforth, The Topology of the 2×2 Games (2005), laid
the 144 out in a table where games lie side by side that differ by one *swap*: two payoffs of one
actor that are next to each other in rank, its lowest (1 and 2), middle (2 and 3) or highest (3 and
4), change places. Each game has six such neighbours.

Write every game so that the first actor's 4 stands on the right and the second's above. Then each
actor's payoffs can be ranked in 12 ways, which are those of the 12 symmetric games; they name the
rows of the table for the first actor, its columns for the second, and a game in both is the
symmetric game itself. Low and middle swaps leave the 4 where it is. They lead, by turns, along

    chicken, leader, hero, compromise, deadlock, prisoners-dilemma, (chicken …)
    stag-hunt, assurance, coordination, peace, harmony, concord, (stag-hunt …)

so that each half is a ring, and the table falls into four *layers* of 6 × 6 games, each a torus. A
high swap leads from the prisoner's dilemma to the stag hunt; high swaps link the layers. How the
two best payoffs, the 4s, lie to one another says which layer a game is in. Numbered like the
quadrants of a plane, the table being drawn with chicken on top and on the right:

    1   diagonally: what is best for the one differs from what is best for the other in both actions
    2   in one column: they agree on the second actor's action
    3   in one cell: best for both
    4   in one row: they agree on the first actor's action

Order and names are those of B. Bruns, "Names for games: locating 2 × 2 games", Games 6 (2015),
495–520, save that his *battle* bears its older name *leader* here: the battle of the sexes itself
has ties, and lies on the border of leader and hero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import permutations, product

import numpy as np

from coopgames.games.game import Game
from coopgames.games.levels import levelled
from coopgames.mistakes import Mistake, unknown

Ranks = tuple[int, int, int, int]
"""The ranks of an actor's payoffs at up-left, up-right, down-left and down-right."""

SYMMETRIC = (
    "chicken", "leader", "hero", "compromise", "deadlock", "prisoners-dilemma",
    "stag-hunt", "assurance", "coordination", "peace", "harmony", "concord",
)  # fmt: skip
"""The twelve symmetric games, in the order of the table."""

SHOWN = 6
"""So many ordinal games are named in a message."""

_CHICKEN: Ranks = (2, 3, 1, 4)
_WALK = (2, 1, 2, 1, 2, 3, 2, 1, 2, 1, 2)
"""The swaps that lead from each symmetric game's payoffs to those of the next."""


@dataclass(frozen=True)
class Ordinal:
    """One of the 144 ordinal games.

    Parameters
    ----------
    row, column : str
        The symmetric games whose payoffs the first and the second actor have.
    """

    row: str
    column: str

    @property
    def name(self) -> str:
        """The name of a symmetric game; else those of row and column, as ``chicken/hero``."""
        return self.row if self.row == self.column else f"{self.row}/{self.column}"

    @property
    def layer(self) -> int:
        """The number of its layer, 1 to 4."""
        below, left = SYMMETRIC.index(self.row) < 6, SYMMETRIC.index(self.column) < 6
        return {(True, True): 1, (True, False): 2, (False, False): 3, (False, True): 4}[below, left]

    @property
    def mirrored(self) -> Ordinal:
        """The same with the seats exchanged."""
        return Ordinal(self.column, self.row)

    @property
    def ranks(self) -> tuple[Ranks, Ranks]:
        """The ranks of the two actors' payoffs; the first's 4 on the right, the second's above.

        So written, exchanging the seats of a game turns it over on its rising diagonal.
        """
        a, b, c, d = _ranks()[self.column]
        return _ranks()[self.row], (d, b, c, a)

    @property
    def game(self) -> Game:
        """The game, its payoffs being `ranks`."""
        payoffs = np.reshape(self.ranks, (2, 2, 2))
        return Game(self.name, payoffs, actions=(("up", "down"), ("left", "right")))


@cache
def the_144() -> tuple[Ordinal, ...]:
    """List the ordinal games, row by row of the table from chicken on."""
    return tuple(Ordinal(row, column) for row, column in product(SYMMETRIC, repeat=2))


@cache
def the_78() -> tuple[Ordinal, ...]:
    """List the ordinal games that remain if seats may be exchanged too: one of each pair."""
    return tuple(
        g for g in the_144() if SYMMETRIC.index(g.row) <= SYMMETRIC.index(g.column)
    )  # fmt: skip


def named_ordinal(name: str) -> Ordinal:
    """Return the ordinal game of this name.

    Parameters
    ----------
    name : str
        A symmetric game, or the games of row and column with a stroke between them.

    Raises
    ------
    Mistake
        If there is none; the message gives the nearest names.
    """
    row, _, column = name.partition("/")
    for part in (row, column or row):
        if part not in SYMMETRIC:
            raise Mistake(unknown("ordinal game", part, SYMMETRIC))
    return Ordinal(row, column or row)


def ordinal(game: Game) -> Ordinal:
    """Find where a game lies among the 144.

    Parameters
    ----------
    game : Game
        Two actors with two actions each, and four different payoffs for each actor.

    Raises
    ------
    Mistake
        If it is no such game.
    """
    return placed(*ranked(game))


@cache
def _ranks() -> dict[str, Ranks]:
    """Rank the first actor's payoffs in each symmetric game, walking along the table."""
    ranks = [_CHICKEN]
    for low in _WALK:
        ranks.append(exchanged(ranks[-1], low))
    return dict(zip(SYMMETRIC, ranks, strict=True))


def exchanged(ranks: Ranks, low: int) -> Ranks:
    """Let a rank and the next one change places."""
    other = {low: low + 1, low + 1: low}
    a, b, c, d = (other.get(rank, rank) for rank in ranks)
    return a, b, c, d


def placed(first: Ranks, second: Ranks) -> Ordinal:
    """Find the ordinal game in which the actors' payoffs have these ranks."""
    (a, b, c, d), (e, f, g, h) = first, second
    if 4 in (a, c):
        a, b, c, d, e, f, g, h = b, a, d, c, f, e, h, g
    if 4 in (g, h):
        a, b, c, d, e, f, g, h = c, d, a, b, g, h, e, f
    names = {ranks: name for name, ranks in _ranks().items()}
    return Ordinal(names[a, b, c, d], names[h, f, g, e])


def ranked(game: Game) -> tuple[Ranks, Ranks]:
    """Rank each actor's payoffs from 1 to 4."""
    ways = _rankings(game)
    if any(len(way) > 1 for way in ways):
        raise Mistake(
            f"game {game.name!r} is none of the 144 ordinal games, since an actor is indifferent "
            f"between outcomes; with its ties broken it would be {_broken(*ways)}"
        )
    (first,), (second,) = ways
    return first, second


def _rankings(game: Game) -> tuple[list[Ranks], list[Ranks]]:
    """List each actor's possible rankings: one, unless it has ties, which can be broken either way.

    Raises
    ------
    Mistake
        If there are not two actors with two actions each.
    """
    if game.payoffs.shape != (2, 2, 2):
        raise Mistake(
            f"game {game.name!r} has {game.n} actors with {' × '.join(map(str, game.shape))} "
            "actions; the 144 ordinal games are those of two actors with two actions each"
        )
    first, second = levelled(game).payoffs.reshape(2, 4).tolist()
    return _rises(first), _rises(second)


def _rises(payoffs: list[float]) -> list[Ranks]:
    """List the rankings in which no payoff that is higher has a lower rank."""
    return [
        (a, b, c, d)
        for a, b, c, d in permutations(range(1, 5))
        if not any(
            x < y and r > s
            for (x, r), (y, s) in permutations(zip(payoffs, (a, b, c, d), strict=True), 2)
        )
    ]


def _broken(first: list[Ranks], second: list[Ranks]) -> str:
    """Say which ordinal games remain once ties are broken."""
    found = sorted({placed(*ranks).name for ranks in product(first, second)})
    if len(found) > SHOWN:
        return f"any of {len(found)}"
    *others, last = found
    return f"{', '.join(others)} or {last}"
