"""What is wrong with a regime, and what is only strange.

*Wrong*: an injunction that speaks of actions, seats, issues or injunctions that do not exist, or
that somebody cannot comply with; and two of the same level that nobody could obey together, in any
case in which both hold. *Strange*, and so a warning: a norm that no rule or procedure implements
(`linked` to it by ``serves``), two injunctions of different levels that contradict each other,
and one that forbids nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from coopgames.mistakes import Mistake, unknown
from coopgames.regimes.compliance import binding, compliant
from coopgames.regimes.demand import Listed, NoMore
from coopgames.regimes.regime import RANK, Injunction, Problem, matching
from coopgames.regimes.when import Flagged, together

if TYPE_CHECKING:
    from coopgames.regimes.regime import Regime


def problems(regime: Regime) -> list[Problem]:
    """Find all that is wrong with the injunctions of a regime.

    Parameters
    ----------
    regime : Regime
        With its issues settled.
    """
    found: list[Problem] = []
    sound: list[Injunction] = []
    numbers: dict[str, int] = {}
    for i, q in enumerate(regime.injunctions):
        wrong = [Problem(i, q.name, key, text) for key, text in _wrong_with(regime, q)]
        if numbers.setdefault(q.name, i) != i:
            wrong.insert(0, Problem(i, q.name, "name", "two injunctions have this name"))
        if not wrong:
            sound.append(q)
        found += wrong
    found += [
        Problem(
            numbers[b.name],
            b.name,
            "demand",
            f'contradicts the {a.level} "{a.name}": {seat} cannot comply with both',
        )
        for a, b, seat in _contradictions(regime, sound)
        if a.level == b.level
    ]
    return found


def warnings(regime: Regime) -> tuple[str, ...]:
    """List what is strange about a regime, a sentence each.

    Parameters
    ----------
    regime : Regime
        A regime without problems.
    """
    said = []
    for q in regime.injunctions:
        lower = [p for p in regime.injunctions if q.name in p.serves and RANK[p.level] == 2]
        if q.level == "norm" and not lower:
            said.append(f'norm "{q.name}": no rule implements it')
        if q.deontic != "permit" and not binding(regime, q):
            said.append(f'{q.level} "{q.name}": it forbids nothing')
    said += [
        f'{b.level} "{b.name}": contradicts the {a.level} "{a.name}"; {seat} cannot comply with '
        "both"
        for a, b, seat in _contradictions(regime, regime.injunctions)
    ]
    return tuple(said)


def _wrong_with(regime: Regime, q: Injunction) -> Iterator[tuple[str, str]]:
    names = [p.name for p in regime.injunctions]
    if q.issue not in (i.name for i in regime.issues):
        yield "issue", unknown("issue", q.issue, [i.name for i in regime.issues])
        return
    issue = regime.issue(q.issue)
    for key, patterns in (("addressees", q.addressees), ("refused_by", q.refused_by)):
        for pattern in patterns:
            if not matching(issue.seats, (pattern,)):
                yield key, unknown("seat", pattern, issue.seats)
    yield from _wrong_links(regime, q, names)
    if q.stake is not None and not 0 <= q.stake <= 1:
        yield "stake", f"{q.stake:g} is no share; it lies in [0, 1]"
    if isinstance(q.when, Flagged) and q.when.of not in names:
        yield "when", unknown("injunction", q.when.of, names)
    yield from _wrong_demand(regime, q)


def _wrong_links(regime: Regime, q: Injunction, names: list[str]) -> Iterator[tuple[str, str]]:
    for name in q.serves:
        if name not in names:
            yield "serves", unknown("injunction", name, names)
        elif RANK[(other := regime.injunction(name)).level] >= RANK[q.level]:
            yield (
                "serves",
                f'a {q.level} cannot serve the {other.level} "{name}", only a higher one',
            )
    for name in q.excepts:
        if name not in names or name == q.name:
            yield "excepts", unknown("other injunction", name, [p for p in names if p != q.name])
        elif regime.injunction(name).issue != q.issue:
            yield "excepts", f'"{name}" is about another issue'
    if q.excepts and q.deontic != "permit":
        yield "excepts", f"it is no permission but would {q.deontic}; only these are exceptions"


def _wrong_demand(regime: Regime, q: Injunction) -> Iterator[tuple[str, str]]:
    issue, seats = regime.issue(q.issue), regime.addressed(q)
    if isinstance(q.demand, Listed):
        known = {a for seat in seats for a in issue.actions[seat]}
        strange = [a for a in q.demand.actions if a not in known]
        yield from (("demand", unknown("action", a, known)) for a in strange)
        if strange:
            return
    if q.demand == NoMore("others") and len({len(names) for names in issue.actions}) > 1:
        yield "demand", "the actors have different numbers of actions, which cannot be compared"
        return
    try:
        able = [bool(compliant(regime, q, seat).any(axis=-1).all()) for seat in seats]
    except Mistake as mistake:
        yield "demand", str(mistake)
        return
    stuck = [seat for seat, can in zip(seats, able, strict=True) if not can]
    if len(stuck) == len(seats) and stuck:
        yield "demand", "nobody can comply with it: no action does"
    elif stuck:
        who = ", ".join(issue.seats[i] for i in stuck)
        yield "demand", f"no action of {who} complies; say for whom it is"


def _contradictions(
    regime: Regime, injunctions: list[Injunction] | tuple[Injunction, ...]
) -> Iterator[tuple[Injunction, Injunction, str]]:
    """Find pairs that somebody cannot obey together, whatever was done last."""
    for a, b in combinations(injunctions, 2):
        if a.issue != b.issue or not together(a.when, b.when):
            continue
        for seat in set(regime.addressed(a)) & set(regime.addressed(b)):
            if not (compliant(regime, a, seat) & compliant(regime, b, seat)).any():
                yield a, b, regime.issue(a.issue).seats[seat]
                break
