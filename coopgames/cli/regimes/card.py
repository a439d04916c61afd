"""A regime as it is shown: as JSON, as a sentence, and what its injunctions demand in words."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgames.regimes import Injunction, Regime, When

LEGEND = (
    "s, specificity: 0 all is permitted, 1 a single action is. J, identifiability: how much "
    "likelier a flag is after a violation than after compliance. g, significance: the most that a "
    "violation can change a payoff, as a share of its range, or what is coded as at stake. "
    "Intermediate from s = 0.3, J = 0.5 and g = 0.1 on: such injunctions make a regime."
)


def followed_by(name: str) -> str | None:
    """Find the shipped regime that followed another one."""
    from coopgames.specs import regime_from, shipped_regimes

    return next((n for n in shipped_regimes() if regime_from(n).follows == name), None)


def title(regime: Regime) -> str:
    """Name a regime as the subject of a sentence."""
    from coopgames.reports import regime_words

    return regime_words.title(regime)


def inner(regime: Regime) -> str:
    """Name it inside a sentence."""
    from coopgames.reports import regime_words

    return regime_words.inner(regime)


def sentence(regime: Regime) -> str:
    """Say whether it is a regime, with the word for that in colour."""
    from coopgames.cli.style import COOPERATION, DISCORD, listed, painted
    from coopgames.regimes import accepted_by_sources, intermediate, judged

    accepted = accepted_by_sources(regime)
    exists, weak = judged(regime, accepted)
    essence = [name for name in intermediate(regime) if name in accepted]
    n = len(regime.injunctions)
    if exists:
        be = "is" if len(essence) == 1 else "are"
        kind = painted("a weak regime" if weak else "a regime", COOPERATION)
        count = f"{len(essence)} of its {n} injunctions {be}" if n > 1 else "its one injunction is"
        them = "it" if len(essence) == 1 else "them"
        matter = "matters" if len(essence) == 1 else "matter"
        why = f"{count} specific, can be seen to be broken, and {matter} ({listed(essence)})"
        but = f", though no formal rule states {them}" if weak else ""
        return f"{title(regime)} is {kind}: {why}; nobody who counts refuses {them}{but}."
    none = painted("no regime", DISCORD)
    if refused := [name for name in intermediate(regime) if name not in accepted]:
        why = f"what would make it one, {listed(refused)}, is refused by some who count"
    elif n:
        why = "no injunction is specific, visible and consequential enough"
    else:
        why = "it demands nothing"
    return f"{title(regime)} is {none}: {why}."


def demanded(q: Injunction) -> str:
    """Say what an injunction demands, in its author's words or else in ours."""
    return q.says or f"{q.deontic} this"


def exactly(regime: Regime, q: Injunction) -> str:
    """Say exactly which actions an injunction speaks of, to whom and when."""
    from coopgames.regimes import Listed, NoMore

    if isinstance(q.demand, Listed):
        spoken = ", ".join(q.demand.actions)
    elif isinstance(q.demand, NoMore):
        whose = "one's own last" if q.demand.than == "own" else "the others' most withholding last"
        spoken = f"no more withholding than {whose}"
    else:
        low, high = q.demand.low, q.demand.high
        least = "" if low is None else f"from {low:g} "
        spoken = (least + ("" if high is None else f"up to {high:g}")).strip()
    seats = regime.issue(q.issue).seats
    addressed = regime.addressed(q)
    who = "" if len(addressed) == len(seats) else f"; {', '.join(seats[i] for i in addressed)}"
    about = f"{q.issue}: " if len(regime.issues) > 1 else ""
    refusing = regime.refusing(q)
    refused = f"; refused by {', '.join(seats[i] for i in refusing)}" if refusing else ""
    return f"{about}{q.deontic} {spoken}{who}{_when(q.when)}{refused}"


def sides(regime: Regime) -> list[tuple[str, str]]:
    """Say how strong a regime is, side by side."""
    from coopgames.cli.style import number, percent
    from coopgames.regimes import strength

    s = strength(regime)
    return [
        ("accepted by all who count", f"{percent(s.accepted)} of the injunctions, by the sources"),
        (
            "coherence",
            f"{number(s.coherence, 2)}: how much of what rules allow their norms allow too",
        ),
        ("coverage", f"{percent(s.coverage)} of principles and norms are served by something"),
        (
            "on average",
            f"s {number(s.specificity, 2)}, J {number(s.identifiability, 2)}, "
            f"g {number(s.significance, 2)}",
        ),
    ]


def as_dict(regime: Regime) -> dict[str, Any]:
    """Put a regime and its measures into what JSON can hold: null for what is undefined."""
    from coopgames.cli.gamecard import bare
    from coopgames.regimes import (
        accepted_by_sources,
        influential,
        intermediate,
        judged,
        links,
        measure,
        strength,
        warnings,
    )
    from coopgames.specs import regime_table_of

    accepted = accepted_by_sources(regime)
    exists, weak = judged(regime, accepted)
    card = {
        "regime": regime_table_of(regime, names=True),
        "digest": regime.digest,
        "exists": exists,
        "weak": weak,
        "intermediate": list(intermediate(regime)),
        "accepted": list(accepted),
        "influential": {
            i.name: [i.seats[seat] for seat in influential(regime, i.name)] for i in regime.issues
        },
        "measures": [
            {**asdict(m), "intermediate": m.intermediate, "weight": m.weight}
            for m in (measure(regime, q) for q in regime.injunctions)
        ],
        "links": [asdict(link) for link in links(regime)],
        "strength": asdict(strength(regime)),
        "warnings": list(warnings(regime)),
    }
    plain: dict[str, Any] = bare(card)
    return plain


def _when(when: When) -> str:
    from coopgames.regimes import Always, Between

    if isinstance(when, Always):
        return ""
    if isinstance(when, Between):
        until = "" if when.end is None else f" until period {when.end}"
        return f"; from period {when.start}{until}"
    whose = {"own": "oneself", "another": "another", "any": "anybody"}[when.whose]
    many = "periods" if when.periods != 1 else "period"
    long = "for good" if when.periods is None else f"for {when.periods} {many}"
    word = "unless there was" if when.unless else "after"
    return f"; {word} a flag on {whose} for {when.of}, {long}"


def share(value: float) -> str:
    """Write a share with two digits; a dash for none."""
    return "—" if math.isnan(value) else f"{value:.2f}"
