"""One stretch of a record, read as an episode: what it was, from what to what, by which acts.

Who ends worse off than before has given way only if it was kind again after it first got less: who
accommodated once, and was taken advantage of, may only have hoped (docs/theory/decisions.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coopgames.readings.acts import towards_anybody
from coopgames.readings.counting import count_course
from coopgames.readings.figure1 import LABELS, QUALIFIERS, judge
from coopgames.readings.lens import Lens
from coopgames.readings.messages import Message
from coopgames.readings.spells import lower_end

Seats = tuple[float, ...]
Counts = tuple[int, ...]


@dataclass(frozen=True)
class Episode:
    """What a stretch of play was.

    Parameters
    ----------
    start, stop : int
        Its first period, and the first one after it, numbered from 0.
    label, qualifier : str
        What it was, and of which kind; see `LABELS` and `QUALIFIERS`.
    kappa : float
        Rescaled compatibility κ over its last window.
    floor : float
        Lower end of the 90 % interval for it.
    chi : float or None
        The smallest realised share χ of the bargaining gain over its last window; None where not
        everybody can gain.
    compatibility : tuple of float
        C before any adjustment, and over its last window.
    before, after : tuple of float
        Everybody's payoff per period before any adjustment, and over its last window.
    forbearances, concessions, aggravations : tuple of int
        Everybody's acts, whether or not they can be attempts at adjustment.
    costs : tuple of float
        What everybody's acts of forbearance cost it, in all, as it supposed.
    messages : int
        How many were sent in it.
    """

    start: int
    stop: int
    label: str
    qualifier: str
    kappa: float
    floor: float
    chi: float | None
    compatibility: tuple[float, float]
    before: Seats
    after: Seats
    forbearances: Counts
    concessions: Counts
    aggravations: Counts
    costs: Seats
    messages: int

    @property
    def verdict(self) -> str:
        """Label and qualifier in words, e.g. ``cooperation (tacit)``."""
        return f"{self.label} ({self.qualifier})" if self.qualifier else self.label

    @property
    def acts(self) -> Counts:
        """Everybody's acts of forbearance and concession."""
        return tuple(f + c for f, c in zip(self.forbearances, self.concessions, strict=True))


def read_episode(
    seen: Lens,
    course: NDArray[np.int64],
    span: tuple[int, int],
    *,
    adjusting: Sequence[bool],
    messages: Sequence[Message] = (),
    paid: Lens | None = None,
    count_imposed: bool = False,
) -> Episode:
    """Read a stretch of a record.

    Parameters
    ----------
    seen : Lens
        How the game's profiles are read; with a past, that of the record's own beginning.
    course : ndarray of int, shape (T,)
        The whole record, as numbers of profiles.
    span : tuple of int
        Where the stretch begins, and where it has ended.
    adjusting : sequence of bool
        Whether each seat's acts can be attempts at adjustment.
    messages : sequence of Message
        What was said in the whole record. What was said up to L periods before the stretch counts
        in it too, since it may bear fruit only then.
    paid : Lens, optional
        In which payoffs before and after are told; as everything else by default.
    count_imposed : bool
        Whether imposed adjustment counts as cooperation.
    """
    start, stop = span
    told, here = paid or seen, course[start:stop]
    before = int(course[start - 1]) if start else seen.past[0] if seen.past else None
    tally = count_course(seen, here, before)
    heard = [
        replace(x, period=max(x.period - start, 0))
        for x in messages
        if start - seen.rule.L <= x.period < stop
    ]
    window = here[-seen.rule.w :]
    floor = 0.0 if seen.level is None else lower_end(seen.level[window])
    done = seen.acts.along(here, before)
    verdict = judge(
        seen, tally, list(adjusting), heard, floor=[floor],
        bearing=_bears(towards_anybody(done.kind), tally.first_loss[0]),
        count_imposed=count_imposed,
    )  # fmt: skip
    forbears = towards_anybody(done.forbearance)
    costs = np.where(forbears, seen.acts.costs(here, before), 0.0).sum(axis=1)
    C = seen.compatibility
    return Episode(
        start=start,
        stop=stop,
        label=LABELS[verdict.label[0]],
        qualifier=QUALIFIERS[verdict.qualifier[0]],
        kappa=float(verdict.kappa[0]),
        floor=floor,
        chi=None if seen.chi is None else float(verdict.chi[0]),
        compatibility=(
            float(C[list(seen.past)].mean() if seen.past else C[seen.regarding].mean()),
            float(C[window].mean()),
        ),
        before=_floats(told.before),
        after=_floats(told.payoffs[:, window].mean(axis=1)),
        forbearances=_ints(forbears.sum(axis=1)),
        concessions=_ints(towards_anybody(done.concession).sum(axis=1)),
        aggravations=_ints(towards_anybody(done.aggravation).sum(axis=1)),
        costs=_floats(costs),
        messages=sum(start <= x.period < stop for x in messages),
    )


def _bears(kind: NDArray[np.bool_], loss: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each seat was kind again after the first period in which it got less than before."""
    after = np.arange(kind.shape[1]) > loss[:, None]
    return np.asarray((loss < 0) | (kind & after).any(axis=1))


def _floats(values: NDArray[np.float64]) -> Seats:
    return tuple(float(x) for x in values)


def _ints(values: NDArray[np.int64]) -> Counts:
    return tuple(int(x) for x in values)
