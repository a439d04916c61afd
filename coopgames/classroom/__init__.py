"""A class's folder of strategies: everybody against everybody, whatever anybody does."""

from coopgames.classroom.feedback import write_feedback
from coopgames.classroom.fences import holds
from coopgames.classroom.grades import grades, write_grades
from coopgames.classroom.leaderboard import leaderboard, write_leaderboard
from coopgames.classroom.rounds import RUNNERS, Progress
from coopgames.classroom.runner import Limits, Trouble
from coopgames.classroom.standing import Standing, standing, told
from coopgames.classroom.submissions import Entry, SetAside, collect
from coopgames.classroom.tournament import Out, Tournament, conditions, play_class

__all__ = [
    "RUNNERS",
    "Entry",
    "Limits",
    "Out",
    "Progress",
    "SetAside",
    "Standing",
    "Tournament",
    "Trouble",
    "collect",
    "conditions",
    "grades",
    "holds",
    "leaderboard",
    "play_class",
    "standing",
    "told",
    "write_feedback",
    "write_grades",
    "write_leaderboard",
]
