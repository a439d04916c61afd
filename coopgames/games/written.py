"""Numbers as files hold them: decimals and fractions, read and written without loss."""

from __future__ import annotations

import math
import re

_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_FRACTION = re.compile(r"([+-]?\d+)/(\d+)", re.ASCII)

MOST_ACTORS = 30
"""So many actors a game in a file may have: an axis each, of which older numpy has 32."""

EXACT_INTEGERS = 2**53
"""Whole numbers below this are floats that no other whole number shares."""


def number(text: str) -> float:
    """Read a number: a decimal, such as ``-2.5e3``, or a fraction, such as ``1/3``.

    Parameters
    ----------
    text : str
        What is written; blanks around it do not count.

    Returns
    -------
    float
        The nearest to what is written.

    Raises
    ------
    ValueError
        If it is no number, or none that is finite.
    """
    text = text.strip()
    if _DECIMAL.fullmatch(text):
        value = float(text)
        if not math.isfinite(value):
            raise ValueError(f'"{shown(text)}" is too large')
        return value
    if parts := _FRACTION.fullmatch(text):
        try:
            return int(parts[1]) / int(parts[2])  # is rounded once, however long the integers are
        except ZeroDivisionError:
            raise ValueError(f'"{shown(text)}" divides by zero') from None
        except (OverflowError, ValueError):
            raise ValueError(f'"{shown(text)}" is too large') from None
    raise ValueError(f'"{shown(text)}" is not a number')


def digits(value: float) -> str:
    """Write a number so that `number` reads the same one: ``3`` for 3.0, else as Python does."""
    return str(int(value)) if abs(value) < EXACT_INTEGERS and value == int(value) else repr(value)


def shown(text: str, most: int = 40) -> str:
    """Show what was written in a message of one line."""
    plain = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
