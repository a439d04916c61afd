"""A class's strategies: how one begins, and whether it keeps to the rules."""

from coopgames.classroom.conformance import CHECKS, Finding, Report, check, conforms
from coopgames.classroom.scaffold import new_package, new_strategy

__all__ = [
    "CHECKS",
    "Finding",
    "Report",
    "check",
    "conforms",
    "new_package",
    "new_strategy",
]
