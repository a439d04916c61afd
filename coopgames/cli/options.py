"""Options that several commands share."""

from __future__ import annotations

from coopgames.mistakes import Mistake


def errors(option: str, text: str) -> float | tuple[float, float]:
    """Read an error probability: one for both actors, or each one's own, as in ``0.1,0``."""
    try:
        values = tuple(float(part) for part in text.split(","))
    except ValueError:
        values = ()
    if len(values) == 1:
        return values[0]
    if len(values) == 2:
        return values
    raise Mistake(
        f'{option}: "{text}" is no probability; write one for both actors, such as 0.05, or each '
        "one's own, such as 0.1,0"
    )
