"""What happened: harmony, cooperation or discord, and when."""

from coopgames.readings.figure1 import (
    LABELS,
    QUALIFIERS,
    Verdicts,
    adjusts,
    judge,
    read,
)
from coopgames.readings.lens import Lens, lens
from coopgames.readings.messages import KINDS, Message
from coopgames.readings.rule import Rule
from coopgames.readings.survival import kaplan_meier, median_time

__all__ = [
    "KINDS",
    "LABELS",
    "QUALIFIERS",
    "Lens",
    "Message",
    "Rule",
    "Verdicts",
    "adjusts",
    "judge",
    "kaplan_meier",
    "lens",
    "median_time",
    "read",
]
