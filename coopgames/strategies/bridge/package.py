"""Axelrod-Python itself: whether it is there, and in the version that is known here."""

from __future__ import annotations

import warnings
from functools import cache
from importlib import metadata
from typing import Any

from coopgames.mistakes import Mistake

VERSION = "4.13.1"
"""The version whose players are known; from the next on it brings several GB of torch along."""

INSTALL = 'pip install "coopgames[axelrod]"'


def missing() -> str:
    """Say what is missing and how to mend it; empty if nothing is. Imports nothing."""
    try:
        installed = metadata.version("axelrod")
    except metadata.PackageNotFoundError:
        return f"Axelrod-Python is not installed: {INSTALL}"
    if installed != VERSION:
        return (
            f"Axelrod-Python {installed} is installed, but its players are known as they are in "
            f"{VERSION}: {INSTALL}"
        )
    return ""


@cache
def axelrod() -> Any:
    """Import Axelrod-Python, which takes some twenty seconds, and return it.

    Raises
    ------
    Mistake
        If it is not there, or in another version.
    """
    if lacking := missing():
        raise Mistake(lacking)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, which are not the user's to mend
        import axelrod as package

    return package
