"""Repeated play."""

from coopgames.play.chain import Expectation, expect, solvable
from coopgames.play.match import Horizon, Match
from coopgames.play.sample import (
    BLOCKS,
    Counting,
    Tally,
    block_width,
    count,
    course,
    deterministic,
    sample,
)

ENGINE = 1
"""Version of the engine: changes whenever a match would be played or counted differently."""

__all__ = [
    "BLOCKS",
    "ENGINE",
    "Counting",
    "Expectation",
    "Horizon",
    "Match",
    "Tally",
    "block_width",
    "count",
    "course",
    "deterministic",
    "expect",
    "sample",
    "solvable",
]
