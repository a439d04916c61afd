"""Our strategies for Axelrod-Python."""

from __future__ import annotations

from typing import Any

from coopgames.mistakes import Mistake
from coopgames.strategies import Automaton, Strategy, axelrod, strategy


def as_axelrod(ours: Strategy | str) -> Any:
    """Make a player of Axelrod-Python that plays one of our strategies.

    Parameters
    ----------
    ours : Strategy or str
        A strategy for two actions, by value or by name.

    Returns
    -------
    axelrod.Player
        For matches, tournaments and whatever else Axelrod-Python does with players: C is
        accommodating, D withholding. Its memory depth is that without slips; what is not known of
        it is infinite.

    Raises
    ------
    Mistake
        If it is not for two actions, or Axelrod-Python is not installed.

    Examples
    --------
    >>> import axelrod as axl  # doctest: +SKIP
    >>> axl.Match((as_axelrod("contrite-tit-for-tat"), axl.Joss()), seed=1)  # doctest: +SKIP
    """
    chosen = strategy(ours) if isinstance(ours, str) else ours
    rule = chosen.rule
    if isinstance(rule, Automaton) and rule.next.shape[1:] != (2, 2):
        raise Mistake(f"{chosen.label} is not for two actions; players of Axelrod-Python have two")
    if chosen.reads_regime:
        raise Mistake(f"{chosen.label} reads what a regime shows; Axelrod-Python has no regimes")
    axelrod()
    from coopgames.play.axelrod_player import OurPlayer

    return OurPlayer(chosen)
