"""Colours and the few words that every output needs.

One palette everywhere, that of M. Okabe and K. Ito, safe for the colour-blind. What a colour says
is always said in words too.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

HARMONY = "#009E73"
CONVENTION = "#56B4E9"
COOPERATION = "#0072B2"
IMPOSED = "#CC79A7"
DISCORD = "#D55E00"
INDEPENDENCE = "#999999"

OUTCOMES = {
    "harmony": HARMONY,
    "convention": CONVENTION,
    "cooperation": COOPERATION,
    "imposed adjustment": IMPOSED,
    "discord": DISCORD,
    "independence": INDEPENDENCE,
}
"""The colour of what happened, by the label of its reading."""

ACCOMMODATE = COOPERATION
WITHHOLD = DISCORD

GAMES = {
    "harmony": HARMONY,
    "mixed-interests": COOPERATION,
    "opposed-interests": DISCORD,
    "independence": INDEPENDENCE,
}
"""The colour of what a game encodes."""


def console() -> Console:
    """Make the console that output goes to; colours only where there is a terminal.

    What goes into a file or a pipe is laid out for a wide page.
    """
    import os
    import sys

    from rich.console import Console

    known = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(highlight=False, width=None if known else 120)


def words(slug: str) -> str:
    """Write a slug as words: ``mixed-interests`` becomes ``mixed interests``."""
    return slug.replace("-", " ")


def painted(text: str, colour: str) -> str:
    """Mark text up in bold and a colour, for `console`."""
    from rich.markup import escape

    return f"[bold {colour}]{escape(text)}[/]"


def number(value: float, digits: int = 4) -> str:
    """Write a number as people do: no trailing zeros, few digits, a dash for none."""
    if math.isnan(value):
        return "—"
    if abs(value) < 1e-9:
        return "0"
    return f"{value:.{digits}g}" if abs(value) < 10**digits else f"{value:,.0f}"


def percent(value: float) -> str:
    """Write a share as a percentage; a dash for none."""
    return "—" if math.isnan(value) else f"{100 * value:.0f} %"


def listed(items: Iterable[str], last: str = "and") -> str:
    """Join items as in a sentence: ``a, b and c``."""
    *head, tail = items
    return f"{', '.join(head)} {last} {tail}" if head else tail
