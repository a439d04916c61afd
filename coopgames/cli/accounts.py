"""Accounts of records as JSON, with names instead of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgames.games import Game
    from coopgames.readings import Account, CoalitionAccount, Episode, Record


@dataclass(frozen=True)
class Told:
    """A record, what it was, and of whom that is said if not of all."""

    record: Record
    account: Account
    coalition: CoalitionAccount | None = None

    @property
    def actors(self) -> tuple[str, ...]:
        """Those whom the account is about."""
        if self.coalition is None:
            return self.record.actors
        return tuple(self.record.actors[i] for i in self.coalition.parties)


def as_dict(game: Game, told: Sequence[Told], ignored: Sequence[str]) -> dict[str, Any]:
    """Give accounts as the stable JSON of ``read --json``.

    What takes long to work out is there only if there is a single match.
    """
    labels = [t.account.whole.label for t in told]
    said = {
        "game": game.name,
        "matches": [_match(t, full=len(told) == 1) for t in told],
        "shares": {x: labels.count(x) / len(labels) for x in dict.fromkeys(labels)},
        "ignored": list(ignored),
    }
    clean: dict[str, Any] = _without_nan(said)
    return clean


def _match(t: Told, *, full: bool) -> dict[str, Any]:
    a = t.account
    said: dict[str, Any] = {
        "match": t.record.match,
        "actors": list(t.actors),
        "first_period": t.record.first,
        "periods": len(a.course),
        **_episode(a.whole),
        "emergence_measured": a.measured,
        "emerged": a.emerged,
        "broke": a.broke,
        "spells": [_episode(e) for e in a.spells],
        "attention": [asdict(x) for x in a.attention],
        "misperceived": a.misperceived,
        "in_actual_payoffs": _episode(a.in_fact),
        "from_self_regard": None if a.from_self_regard is None else _episode(a.from_self_regard),
        "outsiders": _outsiders(t),
    }
    if full:
        said |= _in_full(a, t.actors)
    return said


def _outsiders(t: Told) -> dict[str, Any] | None:
    c = t.coalition
    if c is None:
        return None
    return {
        "actors": [t.record.actors[i] for i in c.outsiders],
        "kept": c.kept,
        "before": list(c.before),
        "after": list(c.after),
    }


def _episode(e: Episode) -> dict[str, Any]:
    return {("from" if k == "start" else k): v for k, v in asdict(e).items()}


def _in_full(a: Account, actors: Sequence[str]) -> dict[str, Any]:
    return {
        "luck": asdict(a.luck),
        "changes": list(a.changes),
        "aftermath": {**asdict(a.aftermath), "stimulus": a.aftermath.stimulus},
        "forms": [{"code": f.code, "name": f.name, **asdict(f)} for f in a.forms],
        "regard": [
            {"by": actors[i], "for": actors[j], "acts": [float(x) for x in values]}
            for i, row in enumerate(a.regard)
            for j, values in enumerate(row)
            if i != j
        ],
        "agreements": [
            {
                "period": x.period,
                "parties": [actors[i] for i in x.parties],
                "actions": [
                    None if k is None else a.seen.game.actions[i][k]
                    for i, k in zip(x.parties, x.actions, strict=True)
                ],
                "messages": x.messages,
                "periods": x.periods,
                "depth": x.depth,
            }
            for x in a.agreements
        ],
        "inducements": [
            {
                "period": x.period,
                "by": actors[x.sender],
                "kind": x.kind,
                **asdict(held),
                "sign": held.sign,
            }
            for x, held in a.inducements
        ],
    }


def _without_nan(value: Any) -> Any:
    """Put null where there is no number."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {k: _without_nan(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(v) for v in value]
    return value
