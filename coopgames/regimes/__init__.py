"""What makes expectations converge: principles, norms, rules and procedures.

As play knows it, a regime is a finite public state: `PublicRegime`.
"""

from coopgames.regimes.adoption import Adoption, Settled, settle, stable_memberships
from coopgames.regimes.answers import ANSWERS, Answer, ArrangementMistake
from coopgames.regimes.arrangement import ALL_CHANNELS, VALUES, Arrangement, pull
from coopgames.regimes.as_public import as_public
from coopgames.regimes.change import LEVEL_WEIGHTS, Altered, Change, change, distance
from coopgames.regimes.channels import (
    CHANNELS,
    INFORMATIONAL,
    channelled,
    channels_of,
    silent,
)
from coopgames.regimes.checks import problems, warnings
from coopgames.regimes.compliance import compliant
from coopgames.regimes.convergence import (
    accuracy,
    agreement,
    convergence,
    dirichlet_beliefs,
    focus,
    second_order_gap,
    sharpness,
)
from coopgames.regimes.demand import Demand, Listed, NoMore, Within
from coopgames.regimes.depth import depth, jaccard, robustness, turning_weights
from coopgames.regimes.escape import escape_fees, escape_value, holds_without_escape
from coopgames.regimes.existence import Acceptance, Existence, acceptance, existence, judged
from coopgames.regimes.founding import Founding, critical_concentrations, founding, led
from coopgames.regimes.identifiability import detection_time, false_alarm_time, youden
from coopgames.regimes.interests import (
    Leadership,
    distances_from_ideal,
    leadership,
    proposers_advantage,
    rank_correlation,
    shares,
)
from coopgames.regimes.issue_areas import (
    interdependence,
    issue_areas,
    linked,
    successors,
)
from coopgames.regimes.law_merchant import judgments, law_merchant_threshold
from coopgames.regimes.lines import Line, line, written
from coopgames.regimes.linkage import Link, coherence, coverage, legitimacy, links, overlap
from coopgames.regimes.maghribi import cheaters_wage, honest_wage
from coopgames.regimes.public import PublicRegime, by_tally, delayed
from coopgames.regimes.record import Record, records
from coopgames.regimes.regime import (
    LEVELS,
    Deontic,
    Injunction,
    Issue,
    Level,
    Monitoring,
    Problem,
    Regime,
    RegimeMistake,
)
from coopgames.regimes.residues import half_life, order_effect, residue
from coopgames.regimes.significance import significance_of, stake, total_variation
from coopgames.regimes.specificity import interval_specificity, specificity, specificity_of
from coopgames.regimes.standard import (
    anyone_breaks,
    anyone_of_the_group_breaks,
    reversion,
    standing,
    watched,
)
from coopgames.regimes.strength import (
    Measured,
    Strength,
    accepted_by_sources,
    influential,
    intermediate,
    measure,
    strength,
)
from coopgames.regimes.when import (
    WHOSE,
    Always,
    Between,
    Flagged,
    When,
    Whose,
    holds,
    memory,
    together,
)

__all__ = [
    "ALL_CHANNELS",
    "ANSWERS",
    "CHANNELS",
    "INFORMATIONAL",
    "LEVELS",
    "LEVEL_WEIGHTS",
    "VALUES",
    "WHOSE",
    "Acceptance",
    "Adoption",
    "Altered",
    "Always",
    "Answer",
    "Arrangement",
    "ArrangementMistake",
    "Between",
    "Change",
    "Demand",
    "Deontic",
    "Existence",
    "Flagged",
    "Founding",
    "Injunction",
    "Issue",
    "Leadership",
    "Level",
    "Line",
    "Link",
    "Listed",
    "Measured",
    "Monitoring",
    "NoMore",
    "Problem",
    "PublicRegime",
    "Record",
    "Regime",
    "RegimeMistake",
    "Settled",
    "Strength",
    "When",
    "Whose",
    "Within",
    "acceptance",
    "accepted_by_sources",
    "accuracy",
    "agreement",
    "anyone_breaks",
    "anyone_of_the_group_breaks",
    "as_public",
    "by_tally",
    "change",
    "channelled",
    "channels_of",
    "cheaters_wage",
    "coherence",
    "compliant",
    "convergence",
    "coverage",
    "critical_concentrations",
    "delayed",
    "depth",
    "detection_time",
    "dirichlet_beliefs",
    "distance",
    "distances_from_ideal",
    "escape_fees",
    "escape_value",
    "existence",
    "false_alarm_time",
    "focus",
    "founding",
    "half_life",
    "holds",
    "holds_without_escape",
    "honest_wage",
    "influential",
    "interdependence",
    "intermediate",
    "interval_specificity",
    "issue_areas",
    "jaccard",
    "judged",
    "judgments",
    "law_merchant_threshold",
    "leadership",
    "led",
    "legitimacy",
    "line",
    "linked",
    "links",
    "measure",
    "memory",
    "order_effect",
    "overlap",
    "problems",
    "proposers_advantage",
    "pull",
    "rank_correlation",
    "records",
    "residue",
    "reversion",
    "robustness",
    "second_order_gap",
    "settle",
    "shares",
    "sharpness",
    "significance_of",
    "silent",
    "specificity",
    "specificity_of",
    "stable_memberships",
    "stake",
    "standing",
    "strength",
    "successors",
    "together",
    "total_variation",
    "turning_weights",
    "warnings",
    "watched",
    "written",
    "youden",
]
