"""Agreements: deals that were concluded (theory.md 1.5.12).

A regime is no agreement. It makes agreements easier, and so what it does can be counted in them:
how many there are, what it costs to come to one, and how far they go, with the regime and without
it (R. O. Keohane, After Hegemony, 1984).

An agreement is an offer that all whom it was made to have accepted. `PROPOSALS` can be accepted.
To give in to a threat is no agreement. Whoever accepts or rejects answers the latest open offer
that it has not answered yet; one rejection closes it. What was agreed is what the offer says: the
sender's *then* for the sender, *demand* for the others.

    cost     messages among the parties from their first offer since their last agreement to the
             last acceptance, both counted; and how many periods lie between these two
    depth    Σ over parties of |agreed − unregarding policy|, in steps

A step is one action further in the order of roles, or, where there are no roles, in the game's own
order. The unregarding policies are those that self-interest alone leads to, or those of the
pre-window; over several the mean is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coopgames.games import accommodation
from coopgames.readings.lens import Lens
from coopgames.readings.messages import Message

PROPOSALS = frozenset({"offer", "promise", "request", "side_payment"})
"""Kinds of message that can be accepted."""


@dataclass(frozen=True)
class Agreement:
    """A deal that was concluded.

    Parameters
    ----------
    period : int
        In which the last party accepted, numbered from 0.
    parties : tuple of int
        Their seats.
    actions : tuple of int or None
        What each of them is to do; None where that was not said.
    messages : int
        How many it took, from the first offer to the last acceptance.
    periods : int
        How many periods lie between these two.
    depth : float or None
        How many steps from unregarding policy, over all parties of whom it was said what they are
        to do; None if it was said of none.
    """

    period: int
    parties: tuple[int, ...]
    actions: tuple[int | None, ...]
    messages: int
    periods: int
    depth: float | None


def agreements(seen: Lens, messages: Sequence[Message]) -> tuple[Agreement, ...]:
    """List the agreements in a record, in the order in which they were concluded.

    Parameters
    ----------
    seen : Lens
        How the game is read; its game says who there is, and what is unregarding.
    messages : sequence of Message
        What was said, in the order in which it was said.
    """
    n, found = seen.game.n, []
    open_offers: list[tuple[int, set[int]]] = []  # which message, and who has not accepted yet
    since: dict[tuple[int, ...], int] = {}  # from where on parties negotiate anew
    for k, x in enumerate(messages):
        if x.kind in PROPOSALS:
            open_offers.append((k, {i for i in range(n) if x.reaches(i)}))
        if x.kind not in {"accept", "reject"}:
            continue
        answered = next(
            (o for o in reversed(open_offers) if _answers(x, messages[o[0]], o[1])), None
        )
        if answered is None:
            continue
        at, waiting = answered
        waiting.discard(x.sender)
        if x.kind == "reject" or not waiting:
            open_offers.remove(answered)
        if x.kind == "accept" and not waiting:
            offer = messages[at]
            parties = tuple(i for i in range(n) if i == offer.sender or offer.reaches(i))
            said = messages[since.get(parties, 0) : k + 1]
            found.append(_concluded(seen, offer, parties, said))
            since[parties] = k + 1
    return tuple(found)


def _answers(answer: Message, offer: Message, waiting: set[int]) -> bool:
    return answer.sender in waiting and answer.reaches(offer.sender)


def _concluded(
    seen: Lens, offer: Message, parties: tuple[int, ...], said: Sequence[Message]
) -> Agreement:
    """Make the agreement of an offer whose last acceptance is the last message of `said`."""
    among = [x for x in said if x.sender in parties and any(map(x.reaches, parties))]
    first = next(k for k, x in enumerate(among) if x.kind in PROPOSALS)
    actions = tuple(offer.then if i == offer.sender else offer.demand for i in parties)
    steps = [
        _steps(seen, i, a) for i, a in zip(parties, actions, strict=True) if a is not None
    ]  # fmt: skip
    return Agreement(
        period=said[-1].period,
        parties=parties,
        actions=actions,
        messages=len(among) - first,
        periods=said[-1].period - among[first].period,
        depth=sum(steps) if steps else None,
    )


def _steps(seen: Lens, seat: int, action: int) -> float:
    """Give how far an action is from unregarding policy."""
    roles = accommodation(seen.game)
    order = range(seen.game.shape[seat]) if roles is None else roles[seat]
    place = np.argsort(order)
    profiles = np.array(seen.past) if seen.past else np.flatnonzero(seen.regarding)
    taken = np.unravel_index(profiles, seen.game.shape)[seat]
    return float(np.abs(place[action] - place[taken]).mean())
