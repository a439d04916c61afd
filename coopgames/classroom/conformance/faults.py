"""The first of the checks: what a strategy may not do in any period, whoever the other is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import product

from coopgames.classroom.conformance import lines
from coopgames.classroom.conformance.examined import LUCKS, PERIODS, Examined
from coopgames.classroom.conformance.finding import Finding
from coopgames.classroom.conformance.seat import OPPONENTS, Fault, Opponent, played


def without_fault(x: Examined) -> Iterable[Finding]:
    """Let it meet everyone, and find the first fault of each kind."""
    found: dict[str, Finding] = {}
    conditions = product((False, True), (None, PERIODS), OPPONENTS.items(), LUCKS)
    for slips, horizon, (name, other), luck in conditions:
        again = partial(_once, x, other, luck, horizon, slips)
        try:
            again()
        except Fault as fault:
            if fault.check not in found:
                found[fault.check] = _explained(x, fault, name, again)
    return found.values()


def _once(x: Examined, other: Opponent, luck: int, horizon: int | None, slips: bool) -> None:
    played(x.fresh(), other, PERIODS, luck=luck, horizon=horizon, slips=slips)


def _explained(x: Examined, fault: Fault, other: str, again: Callable[[], object]) -> Finding:
    where = f"in period {fault.period} against {other}"
    if isinstance(fault.error, MemoryError):
        return x.wrong("memory", f"It ran out of memory {where}.",
                       lines.raising(fault.error, x.path), KEEP_LESS)  # fmt: skip
    if fault.check == "errors":
        first = fault.period == 1 and isinstance(fault.error, IndexError)
        remedy = (
            "In the first period nothing has happened yet: ask `if not theirs:` before you look at "
            "theirs[-1]."
            if first
            else "Read the line and ask what could be different in that period: is a list still "
            f"empty, a number still 0, a name not yet set? coopgames play {x.path.name} shows a "
            "match period by period."
        )
        line = lines.raising(fault.error, x.path)
        return x.wrong("errors", f"It fails {where}: {fault.what}.", line, remedy)
    if fault.check == "actions":
        forgot = fault.what == "None"
        return x.wrong(
            "actions",
            f"It returned {fault.what} {where}, which is no action.",
            lines.last_return(again, x.path),
            (
                "It came to its end without a return. Every way through the function must end with "
                "return 0, to accommodate, or return 1, to withhold."
                if forgot
                else "Return the number 0, to accommodate, or 1, to withhold; nothing else is "
                "taken for them, neither True nor 1.0. Use int(…) if you have a comparison."
            ),
        )
    return x.wrong(
        "arguments",
        f"It changes what it is shown, {where}: {fault.what}.",
        lines.raising(fault.error, x.path) or lines.last_return(again, x.path),
        "What has happened cannot be changed. Work on a copy: past = list(theirs).",
    )


KEEP_LESS = (
    "Keep less: the past is shown to you again in every period, so there is no need to store it, "
    "and numbers that you add up need no lists."
)
