"""Whether a violation can be told from compliance (theory.md 1.5.2).

    J = P(flag | violation) − P(flag | compliance)        W. J. Youden, Cancer 3 (1950)

A violation that goes on is flagged after 1/hit periods on average, the first included; whoever
complies is flagged every 1/false_alarm periods. A delay comes on top.
"""

from __future__ import annotations

import math

from coopgames.regimes.regime import Monitoring


def youden(monitoring: Monitoring) -> float:
    """Compute J: 1 if flags are violations, 0 if they say nothing, below 0 if they mislead."""
    return monitoring.hit - monitoring.false_alarm


def detection_time(monitoring: Monitoring) -> float:
    """Compute the mean number of periods of a lasting violation until its flag is public.

    Parameters
    ----------
    monitoring : Monitoring
        The periods of the violation and of the delay count; infinite if nothing is ever flagged.
    """
    return math.inf if monitoring.hit == 0 else 1 / monitoring.hit + monitoring.delay


def false_alarm_time(monitoring: Monitoring) -> float:
    """Compute how many periods of compliance there are to a false alarm; infinite if none."""
    return math.inf if monitoring.false_alarm == 0 else 1 / monitoring.false_alarm
