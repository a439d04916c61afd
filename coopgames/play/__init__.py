"""Repeated play."""

from coopgames.play.believed import Believed, believed, believed_along
from coopgames.play.chain import Expectation, expect, joint_chain, solvable
from coopgames.play.chance import GOLDEN, Words, run_keys
from coopgames.play.community import (
    CommunityThresholds,
    breach_gain,
    community_thresholds,
    informed_threshold,
    needed_informed,
)
from coopgames.play.contagion import breach_value, contagion_threshold
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
from coopgames.play.explore import Explored, prove, to_automaton
from coopgames.play.field_reply import FieldReply, field_reply
from coopgames.play.fingerprint import (
    Fingerprint,
    dual,
    fingerprint,
    joss_ann,
    sample_fingerprint,
)
from coopgames.play.group import (
    GroupExpectation,
    GroupMatch,
    GroupSample,
    Slips,
    expect_group,
    group_course,
    sample_group,
)
from coopgames.play.jit import jit_later, jitable
from coopgames.play.lockstep import Actions, Asked, Elsewhere, Played, Seats, lockstep
from coopgames.play.lumped import (
    GroupReply,
    LumpedExpectation,
    expect_lumped,
    group_best_reply,
    group_critical_continuation,
    group_deviation_gain,
)
from coopgames.play.match import EXACT, Horizon, Match, Noise, Perception
from coopgames.play.mediation import (
    Measure,
    Mediation,
    emergence_share,
    fed_chain,
    late_share,
    mediation,
)
from coopgames.play.public import public_states
from coopgames.play.python import UNSHOWN, Chance, Fault, Seat, action_names, shown_payoffs
from coopgames.play.reputation import (
    ReputationOutcome,
    ReputationSystem,
    all_systems,
    leading_eight,
    reputation_outcome,
)
from coopgames.play.sample import (
    Field,
    count,
    count_courses,
    course,
    deterministic,
    prepare,
    sample,
    sample_field,
)
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
from coopgames.play.to_axelrod import as_axelrod
from coopgames.play.under import without_regime

ENGINE = 2
"""Version of the engine: changes whenever a match would be played or counted differently."""

__all__ = [
    "BLOCKS",
    "ENGINE",
    "EXACT",
    "GOLDEN",
    "UNSHOWN",
    "Actions",
    "Asked",
    "Believed",
    "BestReply",
    "Chance",
    "CommunityThresholds",
    "Counting",
    "Elsewhere",
    "EmergenceDistribution",
    "Expectation",
    "Explored",
    "Fault",
    "Field",
    "FieldReply",
    "Fingerprint",
    "GroupExpectation",
    "GroupMatch",
    "GroupReply",
    "GroupSample",
    "Horizon",
    "LumpedExpectation",
    "Match",
    "Measure",
    "Mediation",
    "Moments",
    "Noise",
    "Orbit",
    "Perception",
    "Played",
    "ReputationOutcome",
    "ReputationSystem",
    "Seat",
    "Seats",
    "Slips",
    "Tally",
    "Words",
    "action_names",
    "all_systems",
    "as_axelrod",
    "believed",
    "believed_along",
    "best_reply",
    "block_width",
    "breach_gain",
    "breach_value",
    "chance_of_emergence",
    "community_thresholds",
    "contagion_threshold",
    "count",
    "count_courses",
    "course",
    "critical_continuation",
    "deterministic",
    "deviation_gain",
    "dual",
    "emergence",
    "emergence_share",
    "equilibrium_intervals",
    "expect",
    "expect_group",
    "expect_lumped",
    "fed_chain",
    "field_reply",
    "fingerprint",
    "group_best_reply",
    "group_course",
    "group_critical_continuation",
    "group_deviation_gain",
    "informed_threshold",
    "is_nash",
    "is_subgame_perfect",
    "jit_later",
    "jitable",
    "joint_chain",
    "joss_ann",
    "late_share",
    "leading_eight",
    "lockstep",
    "mediation",
    "needed_informed",
    "never_emerges",
    "noise_survival",
    "outcomes_over_time",
    "prepare",
    "prove",
    "public_states",
    "reputation_outcome",
    "run_keys",
    "sample",
    "sample_field",
    "sample_fingerprint",
    "sample_group",
    "shown_payoffs",
    "solvable",
    "to_automaton",
    "total_moments",
    "without_regime",
]
