"""Parameters that several learners share."""

from __future__ import annotations

import math

from coopgames.mistakes import Mistake


def weight(name: str, value: float) -> float:
    """Return `value` if it is finite and not negative, else raise a `Mistake` that names it."""
    if not (math.isfinite(value) and value >= 0):
        raise Mistake(f"{name} = {value:g} is no weight; it must be a number of at least 0")
    return value


def discount(name: str, value: float) -> float:
    """Return `value` if it is in [0, 1), else raise a `Mistake` that names it."""
    if not 0 <= value < 1:
        raise Mistake(f"{name} = {value:g} must be at least 0 and less than 1")
    return value


def precision(value: float) -> float:
    """Return a logit's λ if it is one; it may be infinite."""
    if not value >= 0:
        raise Mistake(
            f"precision = {value:g} must be at least 0; at 0 it is a coin, at inf a best reply"
        )
    return value
