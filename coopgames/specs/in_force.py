"""A regime for a single match, however it is named."""

from __future__ import annotations

from dataclasses import dataclass

from coopgames.games import Game
from coopgames.regimes import Arrangement, PublicRegime, Regime
from coopgames.specs.regime_file import regime_from

AnyRegime = str | Regime | Arrangement | PublicRegime
"""A shipped regime's name or a path; a declared regime; one in force; a public state."""


@dataclass(frozen=True)
class InForce:
    """What a match is played under.

    Parameters
    ----------
    game : Game
        The game, as members come to want it where the regime changes that.
    public : PublicRegime or None
        The public state; None without a regime.
    arrangement : Arrangement or None
        What it was made of, everything spelt out, if it was declared.
    """

    game: Game
    public: PublicRegime | None = None
    arrangement: Arrangement | None = None


def in_force(
    regime: AnyRegime | None, game: Game, between: tuple[str, str] | None = None
) -> InForce:
    """Put a regime to work on a game.

    Parameters
    ----------
    regime : str, Regime, Arrangement, PublicRegime or None
        The name of a shipped regime, a path that ends in ``.toml``, or a regime by value.
    game : Game
        What is played.
    between : tuple of str, optional
        The labels of who play: where a regime has members, and one of these is none, it is silent.

    Raises
    ------
    Mistake
        If there is no such regime, or it does not speak of this game's actions.
    """
    if regime is None or isinstance(regime, PublicRegime):
        return InForce(game, regime)
    if isinstance(regime, str):
        regime = regime_from(regime)
    made = regime if isinstance(regime, Arrangement) else Arrangement(regime)
    made = made.settled(game)
    if between is not None and not made.binds(*between):
        made = made.muted
    return InForce(made.valued(game), made.public(game), made)
