"""What actors tell one another.

A message can be conditional: *demand* is what the other is to do, *then* what the sender will do if
it does, *otherwise* what the sender will do if it does not (theory.md 1.2.1).
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "inform", "announce", "request", "offer", "promise", "threat", "demand", "commitment",
    "side_payment", "sanction_notice", "consult", "accept", "reject",
)  # fmt: skip
"""The kinds of message."""

NO_ATTEMPT = frozenset({"accept", "reject"})
"""Kinds that answer an attempt at adjustment and are none themselves."""

NEGATIVE = frozenset({"threat", "sanction_notice"})
"""Kinds that are negative inducements whatever they say."""


@dataclass(frozen=True)
class Message:
    """Something one actor told others before the choices of a period.

    Parameters
    ----------
    period : int
        The period, numbered from 0.
    sender : int
        The seat that sent it.
    kind : str
        One of `KINDS`.
    to : tuple of int
        The seats it was sent to; all others if there are none.
    demand, then, otherwise : int or None
        What the others are to do, and what the sender will do if they do, and if they do not; None
        where that was not said.
    """

    period: int
    sender: int
    kind: str
    to: tuple[int, ...] = ()
    demand: int | None = None
    then: int | None = None
    otherwise: int | None = None

    def reaches(self, seat: int) -> bool:
        """Whether it was sent to a seat."""
        return seat != self.sender and (not self.to or seat in self.to)
