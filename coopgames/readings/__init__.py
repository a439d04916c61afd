"""What happened: harmony, cooperation or discord, and when."""

from coopgames.readings.account import Account, Luck, account
from coopgames.readings.acts import Acts, Done
from coopgames.readings.aftermath import Aftermath
from coopgames.readings.agency import Agency, agency
from coopgames.readings.agreements import PROPOSALS, Agreement, agreements
from coopgames.readings.changepoint import change_points
from coopgames.readings.coalition import CoalitionAccount, coalition_account
from coopgames.readings.courses import read, read_courses
from coopgames.readings.episode import Episode
from coopgames.readings.expectations import (
    Expectations,
    FieldExpectations,
    convergence_over_time,
    expectations_over_time,
)
from coopgames.readings.figure1 import (
    LABELS,
    QUALIFIERS,
    Verdicts,
    adjusts,
    judge,
)
from coopgames.readings.forms import FORMS, Form
from coopgames.readings.inducements import Inducements, inducements, stance_inducements
from coopgames.readings.interventions import (
    compatibility_over_time,
    compelled,
    order_effect_of,
    residue_of,
)
from coopgames.readings.lens import Lens, lens
from coopgames.readings.luck import false_alarm, shortest_window
from coopgames.readings.messages import KINDS, Message
from coopgames.readings.passages import passages
from coopgames.readings.record import Record
from coopgames.readings.records import Records, records_from_csv
from coopgames.readings.regard import revealed_regard
from coopgames.readings.rule import Rule
from coopgames.readings.shuffling import Attention
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
    "FORMS",
    "KINDS",
    "LABELS",
    "PROPOSALS",
    "QUALIFIERS",
    "Account",
    "Acts",
    "Aftermath",
    "Agency",
    "Agreement",
    "Attention",
    "CoalitionAccount",
    "Done",
    "Episode",
    "Estimate",
    "Expectations",
    "FieldExpectations",
    "Form",
    "Hazard",
    "Inducements",
    "Lens",
    "LogRank",
    "Luck",
    "Message",
    "Record",
    "Records",
    "Rule",
    "Verdicts",
    "aalen_johansen",
    "account",
    "adjusts",
    "agency",
    "agreements",
    "change_points",
    "coalition_account",
    "compatibility_over_time",
    "compelled",
    "convergence_over_time",
    "expectations_over_time",
    "false_alarm",
    "inducements",
    "judge",
    "kaplan_meier",
    "lens",
    "log_rank",
    "median_time",
    "nelson_aalen",
    "order_effect_of",
    "passages",
    "read",
    "read_courses",
    "records_from_csv",
    "residue_of",
    "restricted_mean",
    "revealed_regard",
    "shortest_window",
    "stance_inducements",
    "wilson",
]
