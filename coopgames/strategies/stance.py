"""What a strategy demands of the other, and what it does about it.

A conditional message has three parts: a demand, what one does if it is met, and what one does if it
is not. Whether the latter two are a promise, a threat or both is no property of the strategy: it
depends on where the actors stand when it is made, and so on the game. A stance therefore holds
courses, from which that can be worked out, and no verdict.

A course is written with C for accommodating, D for withholding and ? for drawing lots; what stands
in parentheses is repeated for ever: ``DD(C)`` is two periods of withholding, then peace.

Schelling (1960), The Strategy of Conflict, on threats, promises and what makes them credible;
Lindblom (1965), The Intelligence of Democracy, on the forms of adjustment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["reciprocity", "bargaining", "compensation", "manipulation", "prior decision"]
"""Lindblom's forms in which one adjusts another's conduct to one's own.

Reciprocity answers what was done; bargaining makes one's conduct depend on a demand; compensation
pays for what is demanded; (unconditional) manipulation sets no condition; a prior decision is taken
before the other can act and leaves it to adapt.
"""


@dataclass(frozen=True)
class Stance:
    """What a strategy for two actions demands, and what it does, nobody's hand slipping.

    Parameters
    ----------
    form : Form
        Lindblom's form.
    complied : str
        Its own course, from the first period on, as long as the demand is met.
    refused : str
        Its own course after a refusal, once the demand has been met for long, if the other
        withholds from there on.
    atoned : str
        Its own course after one refusal if the other makes amends.
    demand : str
        The course that it asks of the other.
    amends : str
        The course that it asks of the other after a refusal.
    announced : str
        What it lets the other expect in place of `refused`, where it does not keep its word.
    """

    form: Form
    complied: str
    refused: str
    atoned: str
    demand: str = "(C)"
    amends: str = "(C)"
    announced: str = ""

    @property
    def bluffs(self) -> bool:
        """Whether it announces what it does not carry out."""
        return bool(self.announced)


def unfold(course: str, periods: int) -> str:
    """Write out a course: ``unfold("DD(C)", 5)`` is ``"DDCCC"``.

    Raises
    ------
    ValueError
        If it is no course.
    """
    parts = re.fullmatch(r"([CD?]*)\(([CD?]+)\)", course)
    if parts is None:
        raise ValueError(f"{course!r} is no course; one is DD(C)")
    opening, cycle = parts.groups()
    return (opening + cycle * periods)[:periods]
