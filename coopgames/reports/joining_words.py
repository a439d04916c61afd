"""What is said of who would be in a regime, once, for the terminal and for the page."""

from __future__ import annotations

from coopgames.experiments import Joining
from coopgames.reports.words import listed

TITLE = "Who would be in it of its own accord?"

LEGEND = (
    "Gains are payoffs a period, over all that one meets, between members as with the regime and "
    "else as without. Who would lose leaves, then whoever loses by that, and so on."
)


def sentence(found: Joining) -> str:
    """Say who stays and who leaves, if everybody begins as a member."""
    inside = [name for name, stays in zip(found.names, found.stays, strict=True) if stays]
    outside = [name for name in found.names if name not in inside]
    if not found.rests:
        return "Joining and leaving never comes to rest."
    if not outside:
        return "If all are members nobody would rather leave."
    if not inside:
        return "Even if all begin as members nobody stays."
    if len(outside) > len(inside):
        return f"If all begin as members all leave but {listed(inside)}."
    leaves = "would leave, and all others stay" if len(inside) > 1 else "would leave"
    return f"If all begin as members {listed(outside)} {leaves}."


def rows(found: Joining) -> list[list[str]]:
    """Give a row for each actor: its name, what it gains if all are in, and whether it stays."""
    return [
        [name, f"{gain:+.2f}".replace("-", "\u2212"), "stays" if stays else "leaves"]
        for name, gain, stays in zip(found.names, found.gains, found.stays, strict=True)
    ]


HEAD = ["actor", "gains if all are in", "and then"]
