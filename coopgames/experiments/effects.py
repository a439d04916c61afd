"""What a regime does: the same game and strategies with it and without it, channel by channel.

A regime works through channels (`coopgames.regimes.channels`), each of which can be switched off.
`crossed` makes an arm of the experiment for each set of them, 2ⁿ in all, with the same luck in all
of them; the first is *without* any, the last has the regime as it stands. What the arms come to is
then taken apart (`factorial`):

    value       Y(S) itself, for each set S
    total       Y(all) − Y(none)
    alone       what a channel adds by itself
    last        what is lost if it alone is switched off
    shapley     its part of the total, over all orders
    factorial   main effects and interactions

Between two who form expectations it can also be told by which way the regime works
(`coopgames.play.mediation`), for all such matches, and the share of periods coordinated in them:

    direct      Y(with, beliefs as without) − Y(without)
    mediated    Y(with) − Y(with, beliefs as without)

Where all matches of all arms can be solved nothing of this is sampled. Where they are played, the
interval of a contrast is that of its pseudo-values, as for the difference of two arms
(`comparison`), since one is as linear as the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from coopgames.experiments.comparison import MEASURES, Sampled, arms_measured, combined, possible
from coopgames.experiments.factorial import (
    Set,
    alone_and_last,
    factorial_effects,
    shapley,
    subsets,
)
from coopgames.experiments.solved import matches_of, solved_measures
from coopgames.mistakes import Mistake
from coopgames.play import late_share, mediation
from coopgames.readings import lens
from coopgames.specs import Arm, Experiment
from coopgames.strategies import Expecting

WITHOUT, WITH = "without", "with"
"""What the arms are called that have no channel on, and all."""

NONE = "none"
"""In place of channels, where none is on."""

COORDINATED, EXPECTING = "coordinated", "coordinated_expecting"
"""Measures beside those of `comparison`: the share of periods coordinated, in all matches, and in
those of two who form expectations."""

TIMES = ("emergence", "lasting", "waiting")
"""Measures that are left out where in some arm play may be coordinated by itself, as in a game of
assurance, or where members want what the others get: less emerges then the more there is from the
start."""

EFFECTS = ("value", "total", "alone", "last", "shapley", "factorial", "direct", "mediated")
"""The kinds of contrast, in the order in which they are told."""


def channels_in(experiment: Experiment) -> tuple[str, ...]:
    """List the channels of an experiment's regime without which it would be another.

    That policies are reviewed more often (`costs`) is left out where nobody revises only now and
    then.

    Parameters
    ----------
    experiment : Experiment
        With a regime.

    Raises
    ------
    Mistake
        If it has none, or one without any channel.
    """
    force = experiment.regime
    if force is None:
        raise Mistake(
            f'experiment "{experiment.name}" has no regime to compare with its absence; give it '
            'one, as in regime = "gatt-1947" or --set regime=gatt-1947'
        )
    game, whole = experiment.game, force.public(experiment.game)
    rules = [entrant.strategy.rule for entrant in experiment.entrants]
    revised = any(isinstance(rule, Expecting) and rule.review < 1 for rule in rules)
    less = {
        c: replace(force, channels=tuple(x for x in force.on if x != c))
        for c in force.on
        if c != "costs" or revised
    }
    found = tuple(
        c for c, other in less.items()
        if other.public(game) != whole or other.valued(game) != force.valued(game)
    )  # fmt: skip
    if not found:
        raise Mistake(
            f'the regime "{force.regime.name}" of experiment "{experiment.name}" has no channel '
            "that is on and changes anything"
        )
    return found


def crossed(experiment: Experiment) -> Experiment:
    """Make an experiment with an arm for each set of its regime's channels.

    Parameters
    ----------
    experiment : Experiment
        With a regime; its own arms are left aside.

    Returns
    -------
    Experiment
        Named ``NAME-channels``.
    """
    channels, force = channels_in(experiment), experiment.regime
    assert force is not None  # channels_in saw to it
    alone = replace(experiment, arms=(), name=f"{experiment.name}-channels")
    arms = tuple(
        Arm(name, replace(alone, regime=replace(force, channels=on)))
        for on, name in _ordered(channels).items()
    )
    return replace(arms[0].experiment, arms=arms)


def arms_of(channels: Sequence[str]) -> dict[Set, str]:
    """Name the arm of each set of channels."""
    names = {S: "-".join(c for c in channels if c in S) for S in subsets(channels)}
    return {**names, Set(): WITHOUT, frozenset(channels): WITH}


def effects(experiment: Experiment, matches: pl.DataFrame) -> pl.DataFrame:
    """Take apart what a regime does.

    Parameters
    ----------
    experiment : Experiment
        As `crossed` makes it.
    matches : polars.DataFrame
        The table of all its matches, with the column ``arm``.

    Returns
    -------
    polars.DataFrame
        ``measure``; ``effect``, one of `EFFECTS`; ``channels``, joined by ``+``, or `NONE`;
        ``value``; ``standard_error``, ``low`` and ``high``, null where they cannot be told; and
        ``method``, ``exact`` or ``sampled``. What cannot be measured in every arm is left out, and
        what emerges when where play may be coordinated without any adjustment (`TIMES`).
    """
    channels = crossed_channels(experiment)
    assert channels is not None  # crossed made it
    played, solved = arms_measured(experiment, matches), _solved_arms(experiment)
    seen = [lens(arm.experiment.wanted, experiment.rule) for arm in experiment.arms]
    untold = TIMES if any(x.by_itself or x.chi is None for x in seen) else ()
    out = []
    for measure in [m for m in (*MEASURES, COORDINATED) if m not in untold]:
        if all(measure in one for one in solved.values()):
            each = {name: Sampled(one[measure], None, exact=True) for name, one in solved.items()}
        else:
            nothing = Sampled(None, None, exact=False)
            each = {name: one.get(measure, nothing) for name, one in played.items()}
        found = {S: each[name] for S, name in arms_of(channels).items()}
        if any(one.value is None for one in found.values()):
            continue  # what cannot be told of every arm cannot be divided among channels
        out += [_row(measure, *contrast) for contrast in _contrasts(found, channels)]
    out += [_row(EXPECTING, *way) for way in _ways(experiment, channels)]
    numbers = dict.fromkeys(("value", "standard_error", "low", "high"), pl.Float64)
    text = dict.fromkeys(("measure", "effect", "channels"), pl.String)
    return pl.DataFrame(out, schema={**text, **numbers, "method": pl.String})


def crossed_channels(experiment: Experiment) -> tuple[str, ...] | None:
    """List the channels that the arms of an experiment cross; None if they are no such arms.

    Parameters
    ----------
    experiment : Experiment
        Perhaps as `crossed` makes it.
    """
    regimes = {arm.name: arm.experiment.regime for arm in experiment.arms}
    whole = regimes.get(WITH)
    if whole is None or list(regimes) != list(arms_of(whole.on).values()):
        return None
    wanted = {name: replace(whole, channels=S) for S, name in _ordered(whole.on).items()}
    return whole.on if wanted == regimes else None


def _ordered(channels: Sequence[str]) -> dict[tuple[str, ...], str]:
    return {tuple(c for c in channels if c in S): name for S, name in arms_of(channels).items()}


def _row(measure: str, effect: str, which: tuple[str, ...], value: Sampled) -> dict[str, Any]:
    low, high = possible(measure, *value.interval)
    return {
        "measure": measure,
        "effect": effect,
        "channels": "+".join(which) or NONE,
        "value": value.value,
        "standard_error": value.error,
        "low": low,
        "high": high,
        "method": "exact" if value.exact else "sampled",
    }


def _ways(
    experiment: Experiment, channels: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...], Sampled]]:
    """Give what of the effect on those who form expectations goes through them."""
    arms = {arm.name: arm.experiment for arm in experiment.arms}
    seen = lens(experiment.game, experiment.rule)
    periods = experiment.horizon.periods
    if periods is None or experiment.lengths or seen.chi is None:
        return
    each = [matches_of(arms[name]) for name in (WITHOUT, WITH)]
    pairs = [
        (one, other) for one, other in zip(*each, strict=True)
        if all(isinstance(s.rule, Expecting) for s in one.strategies)
    ]  # fmt: skip
    if not pairs:
        return
    share = late_share(seen.holds, periods)
    found = [mediation(one, other, share) for one, other in pairs]
    for name in ("total", "direct", "mediated"):
        mean = float(np.mean([getattr(one, name) for one in found]))
        yield name, channels, Sampled(mean, None, exact=True)


def _solved_arms(experiment: Experiment) -> dict[str, dict[str, float]]:
    """Solve what can be solved of each arm: measures by the arm's name."""
    found = solved_measures(*(arm.experiment for arm in experiment.arms))
    return {arm.name: one for arm, one in zip(experiment.arms, found, strict=True)}


def _contrasts(
    found: Mapping[Set, Sampled], channels: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...], Sampled]]:
    """Give all contrasts: each is linear, so its weights are what it makes of unit vectors."""
    every = list(found)
    unit = {S: np.eye(len(every))[i] for i, S in enumerate(every)}
    there = list(found.values())

    def contrast(weights: Sequence[float]) -> Sampled:
        return combined(there, weights)

    none, whole = Set(), frozenset(channels)
    for S, value in found.items():
        yield "value", tuple(c for c in channels if c in S), value
    yield "total", tuple(channels), contrast(list(unit[whole] - unit[none]))
    parts = alone_and_last(unit, channels)
    for c in channels:
        yield "alone", (c,), contrast(list(parts[c][0]))
    for c in channels:
        yield "last", (c,), contrast(list(parts[c][1]))
    for c, weights in shapley(unit, channels).items():
        yield "shapley", (c,), contrast(list(weights))
    for which, weights in factorial_effects(unit, channels).items():
        yield "factorial", which, contrast(list(weights))
