"""When an injunction holds: a small language over what is public.

An injunction holds in a period by what all can know at its start: which period it is, and on whom
flags were raised before. A *flag* is what the monitoring of an injunction says: it is raised on an
actor that was reported to violate it, rightly or wrongly (`Monitoring`), while it held. Where every
violation is seen and nothing else is, flags are the violations.

    form                                           holds for actor i in period t (from 0)  memory
    Always()                                       in every period                         1
    Between(a, b)                                  if a ≤ t < b                            b + 1
    Between(a)                                     if t ≥ a                                a + 1
    Flagged(q, "own", k)                           if q was flagged on i in t−k … t−1      (k + 1)ⁿ
    Flagged(q, "another", k)                       … on some j ≠ i …                       (k + 1)ⁿ
    Flagged(q, "any", k)                           … on anybody …                          k + 1
    Flagged(q, whose, None)                        … ever before                           as k = 1
    Flagged(q, whose, k, unless=True)              if not so                               the same

*Memory* is how many values the public state needs for it: clocks that run up, or down from k, and
stop. So every regime is a finite public state, and there is nothing here that would need a longer
memory than the numbers that are written in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake

Mask = NDArray[np.bool_]
Whose = Literal["own", "another", "any"]
WHOSE: tuple[Whose, ...] = ("own", "another", "any")


@dataclass(frozen=True)
class Always:
    """In every period."""


@dataclass(frozen=True)
class Between:
    """From one period on until another.

    Parameters
    ----------
    start : int
        The first period in which it holds, counted from 0.
    end : int, optional
        The first in which it no longer does; none by default.
    """

    start: int = 0
    end: int | None = None

    def __post_init__(self) -> None:
        if self.start < 0 or (self.end is not None and self.end <= self.start):
            raise Mistake(
                f"it holds from period {self.start} until {self.end}, which is never; the end must "
                "come after the start, and that is at least 0"
            )


@dataclass(frozen=True)
class Flagged:
    """After a flag, or unless there was one.

    Parameters
    ----------
    of : str
        The injunction whose monitoring raises the flag.
    whose : str
        ``"own"``: on the actor itself; ``"another"``: on another one; ``"any"``: on anybody.
    periods : int, optional
        For how many periods after the flag; for good where it is None.
    unless : bool
        Whether it holds where otherwise it would not.
    """

    of: str
    whose: Whose = "another"
    periods: int | None = 1
    unless: bool = False

    def __post_init__(self) -> None:
        if self.whose not in WHOSE:
            raise Mistake(f'"{self.whose}" has no flags; these are {", ".join(WHOSE)}')
        if self.periods is not None and self.periods < 1:
            raise Mistake(f"a flag matters for {self.periods} periods; it is at least 1")


When = Always | Between | Flagged


def memory(when: When, n: int) -> int:
    """Count the values that a public state needs for it.

    Parameters
    ----------
    when : When
        The condition.
    n : int
        How many actors there are.
    """
    if isinstance(when, Always):
        return 1
    if isinstance(when, Between):
        return (when.start if when.end is None else when.end) + 1
    clock = (when.periods or 1) + 1
    return clock if when.whose == "any" else clock**n


def holds(when: When, period: int, flags: Mask) -> Mask:
    """Say for whom it holds.

    Parameters
    ----------
    when : When
        The condition.
    period : int
        Counted from 0.
    flags : ndarray of bool, shape (T, n)
        ``[t, j]``: whether the injunction that a `Flagged` names was flagged on *j* in period *t*,
        for all periods before this one at least.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    n = flags.shape[1]
    if isinstance(when, Always):
        return np.ones(n, dtype=bool)
    if isinstance(when, Between):
        return np.full(n, when.start <= period and (when.end is None or period < when.end))
    first = 0 if when.periods is None else max(0, period - when.periods)
    raised = flags[first:period].any(axis=0)
    if when.whose == "any":
        raised = np.full(n, raised.any())
    elif when.whose == "another":
        raised = raised.sum() - raised > 0
    return np.asarray(raised != when.unless)


def together(first: When, second: When) -> bool:
    """Say whether two conditions can hold for one actor in one period.

    Parameters
    ----------
    first, second : When
        Any two.
    """
    if isinstance(first, Between) and isinstance(second, Between):
        return first.start < _end(second) and second.start < _end(first)
    if isinstance(first, Flagged) and isinstance(second, Flagged):
        if first.of != second.of or first.unless == second.unless:
            return True
        after, unless = (second, first) if first.unless else (first, second)
        # A flag that the one looks for is one that the other rules out, if it looks so far back.
        seen = unless.whose in (after.whose, "any")
        return not seen or _reach(after) > _reach(unless)
    for clock, flag in ((first, second), (second, first)):
        if isinstance(clock, Between) and isinstance(flag, Flagged) and not flag.unless:
            return _end(clock) > 1  # nothing can be flagged before the first period
    return True


def _end(when: Between) -> float:
    return math.inf if when.end is None else when.end


def _reach(when: Flagged) -> float:
    return math.inf if when.periods is None else when.periods
