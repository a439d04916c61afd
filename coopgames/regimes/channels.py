"""The ways in which a regime may work on those who play, each of which can be switched off.

None of them is a police (theory.md 1.5.7). Of a public state they are

    expectations    what is asked is shown, and draws beliefs (`pull`)
    monitoring      what is done is reported: the signal
    reputation      who is in good standing is shown
    sanctions       who may answer a violation is told so, by being asked for nothing, or for
                    something else than at first; what it does then is its own affair and cost
    costs           policies are reviewed more often (`review`)

A regime all of whose channels are off is *silent*: it asks for nothing, shows everybody in good
standing, and raises no alarm. Whoever reads labels then does what it does where nothing is asked.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from coopgames.mistakes import Mistake, unknown
from coopgames.regimes.public import PublicRegime
from coopgames.strategies import FREE, Label

CHANNELS = ("expectations", "monitoring", "reputation", "sanctions", "costs")
"""The channels of a public state, in the order in which they are told."""

INFORMATIONAL = ("expectations", "monitoring", "reputation")
"""Those that work through what actors believe, and through nothing else."""


def channelled(regime: PublicRegime, on: Collection[str]) -> PublicRegime:
    """Switch off all channels of a regime but some.

    Parameters
    ----------
    regime : PublicRegime
        With all its channels.
    on : collection of str
        Those of `CHANNELS` that stay.

    Returns
    -------
    PublicRegime
        With the same states and signals. Without monitoring the signal is always the first one,
        the quiet one.

    Raises
    ------
    Mistake
        If there is no such channel.
    """
    for name in on:
        if name not in CHANNELS:
            raise Mistake(unknown("channel", name, CHANNELS))
    signal = regime.signal
    if "monitoring" not in on:
        signal = np.zeros_like(signal)
        signal[..., 0] = 1
    first = regime.label[regime.initial]

    def shown(label: Label, at_first: Label) -> Label:
        asked = label.asked if "sanctions" in on else at_first.asked
        own, other = (label.own, label.other) if "reputation" in on else (True, True)
        return Label(asked if "expectations" in on else FREE, own, other)

    return PublicRegime(
        regime.next,
        [[shown(label, start) for label, start in zip(row, first, strict=True)]
         for row in regime.label],
        signal,
        regime.initial,
        regime.states,
        regime.signals,
        regime.pull if "expectations" in on else 0.0,
        regime.review if "costs" in on else 0.0,
    )  # fmt: skip


def channels_of(regime: PublicRegime) -> tuple[str, ...]:
    """List the channels that a regime has: those without which it would be another.

    Parameters
    ----------
    regime : PublicRegime
        With all its channels.
    """
    return tuple(
        name for name in CHANNELS
        if channelled(regime, [c for c in CHANNELS if c != name]) != regime
    )  # fmt: skip


def silent(regime: PublicRegime) -> PublicRegime:
    """Switch off all channels.

    Parameters
    ----------
    regime : PublicRegime
        Whose states and signals there are.
    """
    return channelled(regime, ())
