"""A strategy: how one actor decides, with the card that says what it is."""

from __future__ import annotations

from dataclasses import dataclass

from coopgames.names import Value, label
from coopgames.strategies.automaton import Automaton
from coopgames.strategies.compiled import Compiled
from coopgames.strategies.expecting import Expecting
from coopgames.strategies.guided import Guided
from coopgames.strategies.python import Python

Rule = Automaton | Guided | Expecting | Compiled | Python
Parameter = Value


@dataclass(frozen=True)
class Strategy:
    """An immutable specification of how one actor decides.

    Nothing of a match is kept in it: its state is made anew for each seat in each match.

    Parameters
    ----------
    name : str
        Its name, e.g. ``"generous-tit-for-tat"``.
    rule : Automaton, Guided, Expecting, Compiled or Python
        What decides.
    parameters : tuple of (str, number or str)
        The parameters that differ from their usual values.
    family : str
        The family it belongs to.
    voice : str
        One plain sentence in its own voice.
    source : str
        Where it comes from.
    provider : str
        The distribution that adds it and its version, if it is a plugin's.
    """

    name: str
    rule: Rule
    parameters: tuple[tuple[str, Parameter], ...] = ()
    family: str = "own"
    voice: str = ""
    source: str = ""
    provider: str = ""

    @property
    def label(self) -> str:
        """The canonical spec, ``name(params)``: what decides which luck it has."""
        return label(self.name, self.parameters)

    @property
    def digest(self) -> str:
        """SHA-256 of what decides; names, voices and sources do not count."""
        return self.rule.digest

    @property
    def form(self) -> str:
        """``automaton``, ``guided``, ``expecting``, ``compiled`` or ``python``."""
        kinds = (Automaton, Guided, Expecting, Compiled, Python)
        return next(kind.__name__.lower() for kind in kinds if isinstance(self.rule, kind))

    @property
    def reads_regime(self) -> bool:
        """Whether it goes by what a regime shows, where there is one."""
        return self.needs_regime or isinstance(self.rule, Expecting)

    @property
    def needs_regime(self) -> bool:
        """Whether it goes by what a regime shows, and so cannot be played without one."""
        rule = self.rule
        if isinstance(rule, Python):
            return "label" in rule.asks
        return isinstance(rule, Guided) or (isinstance(rule, Compiled) and rule.reads_labels)

    @property
    def stochastic(self) -> bool:
        """Whether it ever draws lots."""
        rule = self.rule
        if isinstance(rule, Automaton | Guided):
            return not rule.deterministic
        return rule.stochastic
