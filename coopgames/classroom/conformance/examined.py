"""What is examined, and under which conditions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coopgames.classroom.conformance import lines
from coopgames.classroom.conformance.finding import Finding
from coopgames.strategies import Python

Fresh = Callable[[], Python]
"""Reads the strategy anew, so that nothing of earlier matches can be left in it."""

Did = dict[str, list[int]]
"""What it did against each opponent."""

PERIODS = 60
LUCKS = (1, 2)


@dataclass(frozen=True)
class Examined:
    """What is examined.

    Parameters
    ----------
    fresh : callable
        Reads it anew.
    path : Path
        The file.
    """

    fresh: Fresh
    path: Path

    def wrong(self, check: str, says: str, line: int | None, remedy: str) -> Finding:
        """Say what is wrong."""
        code = lines.code_at(self.path, line)
        return Finding(check, passed=False, says=says, line=line, code=code, remedy=remedy)
