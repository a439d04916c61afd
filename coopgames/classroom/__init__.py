"""A class's strategies: how one begins, whether it keeps to the rules, and the whole class's.

What the door offers is loaded when it is asked for: the processes that play strategies come in by
it too, and are to carry nothing that they do not need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgames.classroom.board import leaderboard, write_leaderboard
    from coopgames.classroom.conformance import CHECKS, Finding, Report, check, conforms
    from coopgames.classroom.feedback import write_feedback
    from coopgames.classroom.fences import holds, tried
    from coopgames.classroom.gradebook import grades, write_grades
    from coopgames.classroom.order import Standing, standing, told
    from coopgames.classroom.rounds import RUNNERS, Progress
    from coopgames.classroom.runner import Limits, Trouble
    from coopgames.classroom.scaffold import new_package, new_strategy
    from coopgames.classroom.submissions import Entry, SetAside, collect
    from coopgames.classroom.tournament import Out, Tournament, conditions, play_class
    from coopgames.classroom.watched import Watched, watch

_HOME = {
    "conformance": ("CHECKS", "Finding", "Report", "check", "conforms"),
    "feedback": ("write_feedback",),
    "fences": ("holds", "tried"),
    "gradebook": ("grades", "write_grades"),
    "board": ("leaderboard", "write_leaderboard"),
    "rounds": ("RUNNERS", "Progress"),
    "runner": ("Limits", "Trouble"),
    "order": ("Standing", "standing", "told"),
    "submissions": ("Entry", "SetAside", "collect"),
    "scaffold": ("new_package", "new_strategy"),
    "tournament": ("Out", "Tournament", "conditions", "play_class"),
    "watched": ("Watched", "watch"),
}
"""Where each name lives."""

__all__ = [
    "CHECKS",
    "RUNNERS",
    "Entry",
    "Finding",
    "Limits",
    "Out",
    "Progress",
    "Report",
    "SetAside",
    "Standing",
    "Tournament",
    "Trouble",
    "Watched",
    "check",
    "collect",
    "conditions",
    "conforms",
    "grades",
    "holds",
    "leaderboard",
    "new_package",
    "new_strategy",
    "play_class",
    "standing",
    "told",
    "tried",
    "watch",
    "write_feedback",
    "write_grades",
    "write_leaderboard",
]


def __getattr__(name: str) -> Any:
    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
