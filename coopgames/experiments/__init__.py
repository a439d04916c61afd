"""Many matches, planned and run."""

from coopgames.experiments.comparison import MEASURES, compare
from coopgames.experiments.effects import crossed, crossed_channels, effects
from coopgames.experiments.exact import SolvedEmergence, emergence_band, solved_emergence
from coopgames.experiments.factorial import (
    alone_and_last,
    factorial_effects,
    shapley,
    subsets,
)
from coopgames.experiments.joining import Joining, joining
from coopgames.experiments.measures import Measured, Record, measured
from coopgames.experiments.orbits import round_robin
from coopgames.experiments.pairs import Pair, Plan, as_rows, gather, pairs, plan, play, play_apart
from coopgames.experiments.payoffs import Payoffs, payoffs, payoffs_between, payoffs_in
from coopgames.experiments.robustness import robustness
from coopgames.experiments.run import Progress, check_size, describe, run
from coopgames.experiments.single import MatchResult, Reading, play_match
from coopgames.experiments.solved import solved_measures
from coopgames.experiments.standings import emergence, standings
from coopgames.experiments.tables import tables
from coopgames.experiments.winner import Place, Winner, winner

__all__ = [
    "MEASURES",
    "Joining",
    "MatchResult",
    "Measured",
    "Pair",
    "Payoffs",
    "Place",
    "Plan",
    "Progress",
    "Reading",
    "Record",
    "SolvedEmergence",
    "Winner",
    "alone_and_last",
    "as_rows",
    "check_size",
    "compare",
    "crossed",
    "crossed_channels",
    "describe",
    "effects",
    "emergence",
    "emergence_band",
    "factorial_effects",
    "gather",
    "joining",
    "measured",
    "pairs",
    "payoffs",
    "payoffs_between",
    "payoffs_in",
    "plan",
    "play",
    "play_apart",
    "play_match",
    "robustness",
    "round_robin",
    "run",
    "shapley",
    "solved_emergence",
    "solved_measures",
    "standings",
    "subsets",
    "tables",
    "winner",
]
