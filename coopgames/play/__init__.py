"""Repeated play."""

from coopgames.play.chain import Expectation, expect, solvable
from coopgames.play.distribution import (
    EmergenceDistribution,
    Moments,
    Orbit,
    chance_of_emergence,
    emergence,
    never_emerges,
    outcomes_over_time,
    total_moments,
)
from coopgames.play.explore import Explored, to_automaton
from coopgames.play.match import EXACT, Horizon, Match, Noise, Perception
from coopgames.play.sample import Field, count, course, deterministic, prepare, sample, sample_field
from coopgames.play.solve import (
    BestReply,
    best_reply,
    critical_continuation,
    deviation_gain,
    equilibrium_intervals,
    is_nash,
    is_subgame_perfect,
    noise_survival,
)
from coopgames.play.tally import BLOCKS, Counting, Tally, block_width

ENGINE = 1
"""Version of the engine: changes whenever a match would be played or counted differently."""

__all__ = [
    "BLOCKS",
    "ENGINE",
    "EXACT",
    "BestReply",
    "Counting",
    "EmergenceDistribution",
    "Expectation",
    "Explored",
    "Field",
    "Horizon",
    "Match",
    "Moments",
    "Noise",
    "Orbit",
    "Perception",
    "Tally",
    "best_reply",
    "block_width",
    "chance_of_emergence",
    "count",
    "course",
    "critical_continuation",
    "deterministic",
    "deviation_gain",
    "emergence",
    "equilibrium_intervals",
    "expect",
    "is_nash",
    "is_subgame_perfect",
    "never_emerges",
    "noise_survival",
    "outcomes_over_time",
    "prepare",
    "sample",
    "sample_field",
    "solvable",
    "to_automaton",
    "total_moments",
]
