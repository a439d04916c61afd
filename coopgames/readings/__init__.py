"""What happened: harmony, cooperation or discord, and when."""

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
from coopgames.readings.survival import (
    Estimate,
    Hazard,
    LogRank,
    aalen_johansen,
    kaplan_meier,
    log_rank,
    median_time,
    nelson_aalen,
    restricted_mean,
    wilson,
)

__all__ = [
    "LABELS",
    "QUALIFIERS",
    "Estimate",
    "Hazard",
    "Lens",
    "LogRank",
    "Message",
    "Rule",
    "Verdicts",
    "aalen_johansen",
    "adjusts",
    "judge",
    "kaplan_meier",
    "lens",
    "log_rank",
    "median_time",
    "nelson_aalen",
    "read",
    "restricted_mean",
    "wilson",
]
