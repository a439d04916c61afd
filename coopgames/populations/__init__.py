"""Strategies that spread: who would be left, who invades whom, and how long anyone stays."""

from coopgames.populations.basins import Basin, basins
from coopgames.populations.chain import LongRun, long_run, why_not
from coopgames.populations.contest import contests
from coopgames.populations.conventions import best_reply_chain
from coopgames.populations.dynamics import Trajectory, ecology, replicator
from coopgames.populations.fixation import (
    constant_fixation,
    fixation,
    fixation_along,
    fixations,
)
from coopgames.populations.groups import GroupGame, compositions, group_game
from coopgames.populations.process import Process, fermi, moran
from coopgames.populations.rare import RareMutations, rare_mutations
from coopgames.populations.rest import RestPoint, rest_points
from coopgames.populations.stability import Stability, stability
from coopgames.populations.walk import Walk, sample_population

__all__ = [
    "Basin",
    "GroupGame",
    "LongRun",
    "Process",
    "RareMutations",
    "RestPoint",
    "Stability",
    "Trajectory",
    "Walk",
    "basins",
    "best_reply_chain",
    "compositions",
    "constant_fixation",
    "contests",
    "ecology",
    "fermi",
    "fixation",
    "fixation_along",
    "fixations",
    "group_game",
    "long_run",
    "moran",
    "rare_mutations",
    "replicator",
    "rest_points",
    "sample_population",
    "stability",
    "why_not",
]
