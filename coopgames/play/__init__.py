"""Repeated play."""

from coopgames.play.chain import Expectation, expect, solvable
from coopgames.play.match import Horizon, Match, Perception
from coopgames.play.sample import Field, count, course, deterministic, prepare, sample, sample_field
from coopgames.play.tally import BLOCKS, Counting, Tally, block_width

ENGINE = 1
"""Version of the engine: changes whenever a match would be played or counted differently."""

__all__ = [
    "BLOCKS",
    "ENGINE",
    "Counting",
    "Expectation",
    "Field",
    "Horizon",
    "Match",
    "Perception",
    "Tally",
    "block_width",
    "count",
    "course",
    "deterministic",
    "expect",
    "prepare",
    "sample",
    "sample_field",
    "solvable",
]
