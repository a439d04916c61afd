"""Many matches, planned and run."""

from coopgames.experiments.measures import Measured, Record, measured
from coopgames.experiments.orbits import round_robin
from coopgames.experiments.pairs import Pair, Plan, as_rows, gather, pairs, plan, play, play_apart
from coopgames.experiments.payoffs import Payoffs, payoffs, payoffs_between, payoffs_in
from coopgames.experiments.run import Progress, check_size, describe, run, tables
from coopgames.experiments.single import MatchResult, Reading, play_match
from coopgames.experiments.standings import emergence, standings
from coopgames.experiments.winner import Place, Winner, winner

__all__ = [
    "MatchResult",
    "Measured",
    "Pair",
    "Payoffs",
    "Place",
    "Plan",
    "Progress",
    "Reading",
    "Record",
    "Winner",
    "as_rows",
    "check_size",
    "describe",
    "emergence",
    "gather",
    "measured",
    "pairs",
    "payoffs",
    "payoffs_between",
    "payoffs_in",
    "plan",
    "play",
    "play_apart",
    "play_match",
    "round_robin",
    "run",
    "standings",
    "tables",
    "winner",
]
