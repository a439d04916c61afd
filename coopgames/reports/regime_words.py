"""A regime in force in words: who is asked what, who watches, what follows, what works.

Plain text, as `words` has it.
"""

from __future__ import annotations

from coopgames.games import Game
from coopgames.regimes import (
    ALL_CHANNELS,
    CHANNELS,
    VALUES,
    Arrangement,
    Flagged,
    Monitoring,
    Regime,
    line,
)
from coopgames.reports.words import counted, listed, percent
from coopgames.strategies import FREE


def title(regime: Regime) -> str:
    """Name a regime as the subject of a sentence."""
    return regime.title or f"The regime {regime.name}"


def inner(regime: Regime) -> str:
    """Name it inside a sentence."""
    name = title(regime)
    return name[0].lower() + name[1:] if name.startswith(("The ", "A ")) else name


def in_short(arrangement: Arrangement, game: Game) -> str:
    """Say in a sentence or two under which regime a game is played.

    Parameters
    ----------
    arrangement : Arrangement
        The regime in force.
    game : Game
        What is played.
    """
    a = arrangement.settled(game)
    if a.silent:
        return f"They play as without {inner(a.regime)}: all its channels are switched off."
    told = f"They play under {inner(a.regime)}: {asked(a, game)}. {answer(a)}"
    return told if a.on == CHANNELS else f"{told} Channels on: {listed(a.on)}."


def asked(arrangement: Arrangement, game: Game) -> str:
    """Say who is asked what, at first where that changes: ``C is asked of both``."""
    a = arrangement.settled(game)
    about = a.about(game)
    assert about.orders is not None
    whole = Arrangement(a.regime, a.issue, a.answer, a.periods).public(game)
    labels = whole.label[whole.initial]
    wanted = [
        "nothing" if label.asked == FREE else about.actions[seat][about.orders[seat][label.asked]]
        for seat, label in enumerate(labels)
    ]
    later = ", at first" if a.answer == "written" else ""
    if wanted[0] == wanted[1]:
        return f"{wanted[0]} is asked of both{later}"
    each = zip(wanted, game.seats, strict=True)
    return f"{listed(f'{what} is asked of {seat}' for what, seat in each)}{later}"


def watched(arrangement: Arrangement, game: Game) -> list[str]:
    """Say by which injunctions violations become known, and how well; a sentence each."""
    a = arrangement.settled(game)
    about, r = a.about(game), a.regime
    if a.answer == "written":
        named = {q.when.of for q in r.injunctions if isinstance(q.when, Flagged)}
        found = [q for q in r.injunctions if q.issue == about.name and q.name in named]
    else:
        both = [line(r, about, seat).watch for seat in range(2)]
        found = [q for q in dict.fromkeys(both) if q is not None]
    shared = {q.name: q.monitoring.shared or a.answer == "suspension" for q in found}
    return [f"{q.name}: {_monitored(q.monitoring, shared[q.name])}" for q in found]


def _monitored(m: Monitoring, shared: bool) -> str:
    late = f", {counted(m.delay, 'period')} later" if m.delay else ""
    whom = "; the alarm does not say on whom" if shared else ""
    return (
        f"a violation is reported with probability {percent(m.hit)}, compliance with "
        f"{percent(m.false_alarm)}{late}{whom}"
    )


def answer(arrangement: Arrangement) -> str:
    """Say in a sentence what follows from a report; it must be settled."""
    a = arrangement
    if "monitoring" not in a.on:
        return "Nobody watches, so that nothing is reported."
    if a.answer == "standing":
        return (
            "Who is reported loses its good standing until it has complied again, and the other is "
            "free meanwhile."
        )
    if a.answer == "suspension":
        long = "for good" if a.periods is None else f"for {counted(a.periods, 'period')}"
        return f"After an alarm nobody is asked for anything {long}."
    if a.answer == "written":
        said = [
            q.says for q in a.regime.injunctions
            if q.issue == a.issue and isinstance(q.when, Flagged) and q.says
        ]  # fmt: skip
        if not said:
            return "What follows from a report is written in the regime itself."
        return f"{'; '.join(said)[0].upper()}{'; '.join(said)[1:]}."
    return "Nothing follows from a report."


def channels(arrangement: Arrangement) -> str:
    """Say which channels are on, and which off."""
    a = arrangement
    if a.silent:
        return "none: it is silent"
    off = [name for name in ALL_CHANNELS if name not in a.on]
    said = listed(a.on)
    if VALUES in a.on:
        said += f" (the others' payoffs weigh {a.values:g} in what members come to want)"
    return f"{said}; off: {listed(off)}" if off else said


def _channels(on: tuple[str, ...]) -> str:
    """Name the channels that are off, or if these are the more those that are on."""
    off = [name for name in CHANNELS if name not in on]
    if 0 < len(off) < len(on):
        return f"without {listed(off)}"
    return f"with the {'channel' if len(on) == 1 else 'channels'} {listed(on)}"


def _called(regime: Regime) -> tuple[str, str]:
    return regime.name, regime.title


def changed(base: Arrangement | None, arm: Arrangement | None) -> str:
    """Say what an arm changes of the regime."""
    if arm is None:
        return "no regime"
    if arm.silent:
        return f"{inner(arm.regime)} without any channel"
    # One regime looks different on each of its issues, and between two of many.
    if base is None or _called(base.regime) != _called(arm.regime):
        usual = CHANNELS if base is None else base.on
        few = "" if arm.on == usual else f", {_channels(arm.on)}"
        return f"under {inner(arm.regime)}{few}"
    parts = []
    if arm.issue != base.issue:
        parts.append(f"on {arm.issue}")
    if (arm.answer, arm.periods) != (base.answer, base.periods):
        long = "" if arm.periods is None else f" for {counted(arm.periods, 'period')}"
        parts.append(f"answered by {arm.answer}{long}" if arm.answer != "none" else "unanswered")
    if arm.on != base.on:
        parts.append(_channels(arm.on))
    parts += [
        f"{what} {new:g}"
        for what, old, new in (
            ("review", base.review or 0.0, arm.review or 0.0),
            ("values", base.values, arm.values),
        )
        if old != new
    ]
    if arm.members != base.members:
        parts.append(f"with {counted(len(arm.members), 'member')}" if arm.members else "for all")
    return f"{inner(arm.regime)} {listed(parts)}" if parts else ""
