"""What happened: harmony, cooperation or discord, and when."""

from coopgames.readings.account import Account, account
from coopgames.readings.figure1 import (
    LABELS,
    QUALIFIERS,
    Verdicts,
    adjusts,
    judge,
    read,
    read_courses,
)
from coopgames.readings.lens import Lens, lens
from coopgames.readings.messages import KINDS, Message
from coopgames.readings.rule import Rule
from coopgames.readings.survival import kaplan_meier, median_time

__all__ = [
    "KINDS",
    "LABELS",
    "QUALIFIERS",
    "Account",
    "Lens",
    "Message",
    "Rule",
    "Verdicts",
    "account",
    "adjusts",
    "judge",
    "kaplan_meier",
    "lens",
    "median_time",
    "read",
    "read_courses",
]
