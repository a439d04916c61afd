"""Many matches, planned and run."""

from coopgames.experiments.comparison import MEASURES, compare
from coopgames.experiments.exact import SolvedEmergence, emergence_band, solved_emergence
from coopgames.experiments.orbits import round_robin
from coopgames.experiments.pairs import Pair, Plan, pairs, plan, play
from coopgames.experiments.payoffs import Payoffs, payoffs, payoffs_between, payoffs_in
from coopgames.experiments.robustness import robustness
from coopgames.experiments.run import Progress, run
from coopgames.experiments.single import MatchResult, Reading, play_match
from coopgames.experiments.standings import emergence, standings
from coopgames.experiments.winner import Place, Winner, winner

__all__ = [
    "MEASURES",
    "MatchResult",
    "Pair",
    "Payoffs",
    "Place",
    "Plan",
    "Progress",
    "Reading",
    "SolvedEmergence",
    "Winner",
    "compare",
    "emergence",
    "emergence_band",
    "pairs",
    "payoffs",
    "payoffs_between",
    "payoffs_in",
    "plan",
    "play",
    "play_match",
    "robustness",
    "round_robin",
    "run",
    "solved_emergence",
    "standings",
    "winner",
]
