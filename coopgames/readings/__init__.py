"""What happened: harmony, cooperation or discord, and when."""

from coopgames.readings.acts import (
    compatibility_over_time,
    compelled,
    order_effect_of,
    residue_of,
)
from coopgames.readings.figure1 import (
    LABELS,
    QUALIFIERS,
    Message,
    Verdicts,
    adjusts,
    judge,
    read,
)
from coopgames.readings.lens import Lens, lens
from coopgames.readings.rule import Rule
from coopgames.readings.survival import kaplan_meier, median_time

__all__ = [
    "LABELS",
    "QUALIFIERS",
    "Lens",
    "Message",
    "Rule",
    "Verdicts",
    "adjusts",
    "compatibility_over_time",
    "compelled",
    "judge",
    "kaplan_meier",
    "lens",
    "median_time",
    "order_effect_of",
    "read",
    "residue_of",
]
