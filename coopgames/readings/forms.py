"""By what form of adjustment: Lindblom's, as far as a record shows them.

C. E. Lindblom (The Intelligence of Democracy, 1965) tells adaptive adjustment, in which one fits
in with what others do, from manipulated adjustment, in which one gets others to fit in. The three
adaptive forms are his; the list of the others follows theory.md 1.3. What a record shows of each,
with i's supposition that the others repeat their last action:

    A1 parametric     i changes to a best reply, because what it supposes has changed
    A2 deferential    an act of forbearance or concession to j that leaves j no adverse effect
                      (φ_i→j = 1), nothing having been held out to i
    A3 calculated     such an act that leaves some (φ_i→j < 1)
    M4 discussion     a message that holds out nothing: inform, announce, request, consult
    M5 bargaining     a message that does: offer, promise, threat, demand, commitment
    M6 compensation   a side payment, which only a message can show
    M7 reciprocity    i is kind to j more often after j was kind to it than otherwise, by more than
                      the shuffled order of its choices would let one expect
    M9 manipulation   a sanction notice; that payoffs were changed, a game that stays the same
                      cannot show
    M10 prior decision  i's first aggravation, from which it never goes back, where it gains if the
                      others adapt: u_i(a_i, BR(a_i)) > d_i

M8, authoritative prescription, needs a rule that says who may prescribe, and M11, indirect
manipulation, an account of whom a message was meant to move; no record of actions shows them. Of
acts that answer something held out to i in the w periods before, none is counted as adaptive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopgames.games import facilitation
from coopgames.readings.acts import Done, towards_anybody
from coopgames.readings.lens import TOLERANCE, Lens
from coopgames.readings.messages import Message
from coopgames.readings.shuffling import Attention
from coopgames.strategies import Stance

FORMS = {
    "A1": "parametric",
    "A2": "deferential",
    "A3": "calculated",
    "M4": "discussion",
    "M5": "bargaining",
    "M6": "compensation",
    "M7": "reciprocity",
    "M8": "authoritative prescription",
    "M9": "unconditional manipulation",
    "M10": "prior decision",
    "M11": "indirect manipulation",
}
"""The forms of adjustment, in their order."""

SAID = {
    "inform": "M4", "announce": "M4", "request": "M4", "consult": "M4",
    "offer": "M5", "promise": "M5", "threat": "M5", "demand": "M5", "commitment": "M5",
    "side_payment": "M6", "sanction_notice": "M9",
}  # fmt: skip
"""The form of each kind of message; answers to others have none of their own."""

DECLARED = {
    "reciprocity": "M7", "bargaining": "M5", "compensation": "M6", "manipulation": "M9",
    "prior decision": "M10",
}  # fmt: skip
"""The form that a stance declares."""

UNSEEN = {
    "M8": "needs a rule that says who may prescribe",
    "M11": "needs to know whom a message was meant to move",
}
"""What no record of actions and messages shows, and why."""

SILENT = "no messages were recorded"


@dataclass(frozen=True)
class Form:
    """One form of adjustment in a record.

    Parameters
    ----------
    code : str
        A key of `FORMS`.
    counts : tuple of int, or None
        How often each actor used it; None where the record cannot show it.
    note : str
        Why not, or what else is to be known.
    """

    code: str
    counts: tuple[int, ...] | None
    note: str = ""

    @property
    def name(self) -> str:
        """The form in words."""
        return FORMS[self.code]


def forms(
    seen: Lens,
    course: NDArray[np.int64],
    messages: Sequence[Message],
    attending: Sequence[Attention],
    stances: Mapping[int, Stance] | None = None,
    before: int | None = None,
) -> tuple[Form, ...]:
    """Say which forms of adjustment a record shows.

    Parameters
    ----------
    seen : Lens
        How the game's profiles are read.
    course : ndarray of int, shape (T,)
        Numbers of profiles.
    messages : sequence of Message
        What was said.
    attending : sequence of Attention
        For each actor, whether it pays attention to the others.
    stances : mapping of int to Stance, optional
        What actors declare of themselves, by seat.
    before : int, optional
        The profile of the period before the record.
    """
    done = seen.acts.along(course, before)
    n, declared = seen.game.n, stances or {}
    adaptive = _adaptive(seen, course, messages, done)
    said = {c: [0] * n for c in SAID.values()}
    for x in messages:
        if x.kind in SAID:
            said[SAID[x.kind]][x.sender] += 1
    found = []
    for code in FORMS:
        by = [s for s, stance in declared.items() if DECLARED[stance.form] == code]
        note = f"declared by {', '.join(seen.game.seats[s] for s in by)}" if by else ""
        counts: tuple[int, ...] | None
        if code in adaptive:
            counts = adaptive[code]
        elif code == "M7":
            counts = _reciprocity(done, attending)
        elif code == "M10":
            counts = _prior(seen, course, done)
        elif code in said and any(said[code]):
            counts = tuple(said[code])
        else:
            counts = None
            missing = UNSEEN.get(code, "none of these was recorded" if messages else SILENT)
            note = note or missing
        found.append(Form(code, counts, note))
    return tuple(found)


def _adaptive(
    seen: Lens, course: NDArray[np.int64], messages: Sequence[Message], done: Done
) -> dict[str, tuple[int, ...]]:
    """Count adjustments that nothing was held out for: parametric, deferential, calculated."""
    acts, n, T = seen.acts, seen.game.n, len(course)
    phi = facilitation(seen.game).reshape(n, n, -1)
    best = seen.structure.best_reply.reshape(n, -1)
    counts = {code: [0] * n for code in ("A1", "A2", "A3")}
    for i in range(n):
        pressed = np.zeros(T, dtype=bool)
        for m in messages:
            if SAID.get(m.kind) in {"M5", "M6", "M9"} and m.reaches(i):
                pressed[m.period : m.period + seen.rule.w] = True
        x = np.concatenate([course[:1], acts.supposed(i, course[:-1], course[1:])])
        kind = done.kind[i] & ~pressed
        full = np.array([np.nan_to_num(phi[i, j][x], nan=1.0) >= 1 - TOLERANCE for j in range(n)])
        counts["A2"][i] = int((kind.any(axis=0) & (full | ~kind).all(axis=0)).sum())
        counts["A3"][i] = int((kind & ~full).any(axis=0).sum())
        own, others = acts.action(i, course), course - acts.strides[i] * acts.action(i, course)
        news = np.zeros(T, dtype=bool)
        news[2:] = (own[2:] != own[1:-1]) & (others[1:-1] != others[:-2])
        counts["A1"][i] = int((news & best[i][x] & ~pressed & ~kind.any(axis=0)).sum())
    return {code: tuple(c) for code, c in counts.items()}


def _reciprocity(done: Done, attending: Sequence[Attention]) -> tuple[int, ...]:
    """Count kind acts that answer kind acts, of those who return kindness more than by luck."""
    n, _, T = done.forbearance.shape
    kind = done.kind
    counts = [0] * n
    for i in range(n):
        if T < 2 or attending[i].reason != "responds":
            continue
        answers = np.zeros(T - 1, dtype=bool)
        for j in range(n):
            after, answer = kind[j, i, :-1], kind[i, j, 1:]
            if j == i or not after.any() or after.all():
                continue
            if answer[after].mean() > answer[~after].mean():
                answers |= after & answer
        counts[i] = int(answers.sum())
    return tuple(counts)


def _prior(seen: Lens, course: NDArray[np.int64], done: Done) -> tuple[int, ...]:
    """Say of each actor whether it settled a matter before the others could act."""
    game, acts = seen.game, seen.acts
    harms = towards_anybody(done.aggravation)
    counts = [0] * game.n
    for i in range(game.n):
        if not harms[i].any():
            continue
        first = int(harms[i].argmax())
        own = acts.action(i, course[first:])
        if not (own == own[0]).all() or not first < len(course) - 1:
            continue
        at = np.indices(game.shape).reshape(game.n, -1)
        adapted = at[i] == own[0]
        for j in range(game.n):
            if j != i:
                adapted &= seen.structure.best_reply[j].ravel()
        gain = seen.payoffs[i][adapted]
        counts[i] = int(gain.size > 0 and gain.min() > seen.before[i] + seen.slack[i])
    return tuple(counts)
