"""A class's strategies: how one begins, and whether it keeps to the rules."""

from coopgames.classroom.conformance import CHECKS, Finding, Report, check, conforms
from coopgames.classroom.scaffold import new_package, new_strategy
from coopgames.classroom.watch import Watched, watch

__all__ = [
    "CHECKS",
    "Finding",
    "Report",
    "Watched",
    "check",
    "conforms",
    "new_package",
    "new_strategy",
    "watch",
]
