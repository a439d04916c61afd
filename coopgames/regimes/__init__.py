"""What makes expectations converge; as play knows it: a finite public state."""

from coopgames.regimes.public import PublicRegime, delayed
from coopgames.regimes.standard import (
    anyone_breaks,
    anyone_of_the_group_breaks,
    reversion,
    standing,
    watched,
)

__all__ = [
    "PublicRegime",
    "anyone_breaks",
    "anyone_of_the_group_breaks",
    "delayed",
    "reversion",
    "standing",
    "watched",
]
