"""The expecting form: a rule that believes something of the other, and replies to that.

It has no tables of its own. What it does depends on the payoffs, on how well actions are seen, on
how much the future weighs, and on what a regime asks and reports; so it becomes an automaton when
it is put into a match (`coopgames.play.expecting`, where the whole model stands). Here is what it
brings along: parameters, and the belief.

The belief is fictitious play with a bounded memory (H. P. Young, "The evolution of conventions",
Econometrica 61, 1993). Of the last m periods in which something was asked of the other and it was
seen what it did, n are remembered, and in s of them it complied. It is expected to comply with

    p = (w p0 + W π + s) / (w + W π + n),

where p0 is one's own prior and w its weight, and a regime counts as W π periods of compliance, π
being how strongly what it asks draws expectations (`PublicRegime.pull`).
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import astuple, dataclass

from coopgames.mistakes import Mistake

MEMORY = 8
"""So many periods are remembered at most; there are 2^(m+1) − 1 memories."""


@dataclass(frozen=True)
class Expecting:
    """A rule that replies to what it expects.

    Parameters
    ----------
    prior : float, default 0.5
        p0: how likely the other is taken to comply before anything is known.
    weight : float, default 1
        w: for how many periods of observation the prior counts; above 0.
    trust : float, default 4
        W: for how many periods of compliance a regime counts whose pull is 1.
    memory : int, default 3
        m: how many periods are remembered.
    future : float, default 0.9
        How much the next period weighs where the horizon gives no continuation probability.
    temperature : float, default 0.1
        By how much of the range of its payoffs values may differ and still be confused: the
        temperature of the logit choice, as a share of the range; 0 for the best reply.
    review : float, default 1
        Probability that it reconsiders in a period; else it goes on with what it did. A regime
        whose `review` is larger raises it to that.
    otherwise : int, default -1
        What is done by who does not regard the other, in role order; -1 for the most withholding
        action.

    Raises
    ------
    Mistake
        If a parameter is out of its range.
    """

    prior: float = 0.5
    weight: float = 1.0
    trust: float = 4.0
    memory: int = 3
    future: float = 0.9
    temperature: float = 0.1
    review: float = 1.0
    otherwise: int = -1

    def __post_init__(self) -> None:
        for name in ("prior", "review"):
            if not 0 <= getattr(self, name) <= 1:
                raise Mistake(f"{name} = {getattr(self, name):g} must lie in [0, 1]")
        for name in ("trust", "temperature"):
            if not 0 <= getattr(self, name) < math.inf:
                raise Mistake(f"{name} = {getattr(self, name):g} must be at least 0, and finite")
        if not 0 < self.weight < math.inf:
            raise Mistake(f"weight = {self.weight:g} must be above 0, and finite")
        if not 0 <= self.future < 1:
            raise Mistake(f"future = {self.future:g} must lie in [0, 1)")
        if self.memory not in range(MEMORY + 1):
            raise Mistake(f"memory = {self.memory} must be a whole number from 0 to {MEMORY}")
        if self.otherwise < -1:
            raise Mistake(f"otherwise = {self.otherwise} is no action; -1 is the last one")

    def expects(self, complied: float, seen: float, pull: float = 0.0) -> float:
        """Compute p.

        Parameters
        ----------
        complied, seen : float
            In how many of the periods that are remembered the other complied, and how many there
            are.
        pull : float
            How strongly a regime draws expectations.
        """
        regime = self.trust * pull
        return (self.weight * self.prior + regime + complied) / (self.weight + regime + seen)

    @property
    def stochastic(self) -> bool:
        """Whether it may draw lots; a regime may end it only where it always reconsiders."""
        return self.temperature > 0 or self.review < 1

    @property
    def responds(self) -> bool:
        """Whether what it does can depend on what it observes."""
        return self.memory > 0

    @property
    def constant(self) -> bool:
        """Whether it takes one and the same action whatever happens; that is not known."""
        return False

    @property
    def digest(self) -> str:
        """SHA-256 of the parameters."""
        return hashlib.sha256(repr(("expecting", *map(float, astuple(self)))).encode()).hexdigest()
