"""The traits and the stance of a strategy in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgames.strategies import Stance

SHORT = {
    "nice": "nice",
    "retaliating": "retaliates",
    "forgiving": "forgives",
    "uses_horizon": "minds the end",
}
"""The word for each trait where there is no room for more."""


def in_short(found: dict[str, Any]) -> str:
    """Name the traits that a strategy has, as in a list of many."""
    if found["nice"] is None:
        return "not known"
    return ", ".join(word for trait, word in SHORT.items() if found[trait])


def told(found: dict[str, Any]) -> dict[str, str]:
    """Say what the traits mean, each under its name."""
    unknown = "not known: its code may do anything"
    chance = {True: "draws lots", False: "draws no lots", None: unknown}
    heeds = {True: "what it does can depend on the other", False: "no", None: unknown}
    words = {"chance": chance[found["stochastic"]], "responds": heeds[found["responds"]]}
    if found["nice"] is None:
        return words
    words["nice"] = (
        "never the first to withhold, unless a hand slips"
        if found["nice"]
        else "no: it may be the first to withhold"
    )
    words["retaliating"] = (
        "a single withholding can provoke it" if found["retaliating"] else "not for a single time"
    )
    words["forgiving"] = (
        "provoked once, it comes back to accommodating for good"
        if found["forgiving"]
        else "no: one withholding, and it may never accommodate for good"
    )
    words["horizon"] = (
        "acts by it where it is known" if found["uses_horizon"] else "makes no difference"
    )
    words["memory"] = _memory(found["memory"])
    if found["stochastic"] is not None and "memory_with_slips" in found:
        slips = found["memory_with_slips"]
        if slips != found["memory"]:
            words["memory"] += f"; if hands slip, {_memory(slips)}"
    return words


def _memory(periods: int | None) -> str:
    if periods is None:
        return "no number of last periods suffices"
    if periods == 0:
        return "needs none"
    return "the last period decides" if periods == 1 else f"the last {periods} periods decide"


def taken(stance: Stance) -> dict[str, str]:
    """Say what a stance demands, and what it does about it."""
    words = {
        "form": stance.form,
        "demands": course(stance.demand),
        "if met": course(stance.complied),
        "if refused": course(stance.refused),
        "after amends": f"{course(stance.atoned)} (amends: {course(stance.amends)})",
    }
    if stance.announced:
        words["announces"] = f"{course(stance.announced)}, which it does not carry out"
    return words


def course(written: str) -> str:
    """Write a course with words for what is repeated: ``DD(C)`` becomes ``DD, then C for ever``."""
    opening, _, cycle = written.rstrip(")").partition("(")
    again = f"{cycle} for ever" if len(cycle) == 1 else f"{cycle} over and over"
    return f"{opening}, then {again}" if opening else again
