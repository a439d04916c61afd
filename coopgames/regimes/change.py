"""Whether a regime changed, or something within it.

Such judgements "necessarily contain arbitrary elements" (After Hegemony, ch. 4; theory.md 1.5.4).
So the end is tested first, then a depth is computed, and then it is shown how arbitrary the label
is.

    END    ⇔ the regime existed before and does not exist after
    d_q    = Jaccard distance between the old B_q and the new one, 1 where there is no counterpart
    depth  = Σ_q g_q J_q d_q / Σ_q g_q J_q      over injunctions intermediate before or after
    change of regime ⇔ depth > θ, here ½; else change within it

A rule's weight is the larger of what it is before and after: what can no longer be seen did matter.
Beside it: the *level depth* Σ_ℓ ω_ℓ d_ℓ, with d_ℓ the mean of d_q at a level and ω = .4, .3, .2, .1
for principles, norms, rules and procedures; its *robustness*, the share of all weights ω for which
it exceeds θ; and the verdict of S. D. Krasner (International Regimes, 1983): of the regime if
principles or norms changed, within it if only rules and procedures did.

*Distance.* Where an injunction holds only sometimes, or demands what depends on what was done last,
d is the mean over the cases: over what was done last, and over whether the old and the new
condition holds, where the two differ, leaving out the case in which neither does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.regimes.compliance import compliant, named
from coopgames.regimes.depth import THRESHOLD, depth, jaccard, robustness
from coopgames.regimes.existence import judged
from coopgames.regimes.regime import LEVELS, Injunction, Issue, Level, Regime
from coopgames.regimes.strength import accepted_by_sources, measure
from coopgames.regimes.when import Mask, together

LEVEL_WEIGHTS: dict[Level, float] = {"principle": 0.4, "norm": 0.3, "rule": 0.2, "procedure": 0.1}
"""ω, for comparison; a convention."""

Verdict = Literal["end", "beginning", "none", "change of regime", "change within", "no change"]


@dataclass(frozen=True)
class Altered:
    """How far an injunction changed.

    Parameters
    ----------
    old, new : str
        Its names before and after; empty where it was not there.
    level : str
        Its level, after, or before where it is gone.
    distance : float
        d, from 0 to 1.
    weight : float
        g J, the larger of before and after.
    counts : bool
        Whether it was intermediate before or is after.
    """

    old: str
    new: str
    level: Level
    distance: float
    weight: float
    counts: bool


@dataclass(frozen=True)
class Change:
    """What became of a regime.

    Parameters
    ----------
    verdict : str
        ``"end"``, ``"beginning"``, ``"none"`` (it existed neither before nor after), ``"change of
        regime"``, ``"change within"`` or ``"no change"``.
    existed, exists : bool
        Before and after.
    depth : float
        The main measure; NaN where no intermediate injunction is or was there.
    levels : mapping of str to float
        d_ℓ of each level that there is.
    level_depth : float
        Σ ω d over these levels, ω scaled to add up to 1.
    robustness : float
        Share of all weights ω for which it exceeds θ.
    krasner : str
        ``"of"``, ``"within"`` or ``"none"``.
    altered : tuple of Altered
        For each injunction, before or after.
    """

    verdict: Verdict
    existed: bool
    exists: bool
    depth: float
    levels: Mapping[Level, float]
    level_depth: float
    robustness: float
    krasner: Literal["of", "within", "none"]
    altered: tuple[Altered, ...]


def distance(old: Regime, p: Injunction, new: Regime, q: Injunction) -> float:
    """Compute d of an injunction of one regime and its counterpart in another.

    Parameters
    ----------
    old, new : Regime
        The regimes.
    p, q : Injunction
        One injunction of each, about issues of one name.

    Returns
    -------
    float
        The mean over the seats, by name, that either addresses and that were there before and are
        after; 1 for those that only one addresses, and if there are none.
    """
    before, after = old.issue(p.issue), new.issue(q.issue)
    then = {before.seats[i]: i for i in old.addressed(p)}
    now = {after.seats[j]: j for j in new.addressed(q)}
    there = set(before.seats) & set(after.seats)
    found = [1.0] * len((then.keys() ^ now.keys()) & there)
    for seat in then.keys() & now.keys():
        i, j = then[seat], now[seat]
        if before.actions[i] != after.actions[j]:
            raise Mistake(
                f'"{p.name}" and "{q.name}" are about different actions of {seat}: '
                "regimes are compared on the same game"
            )
        if p.deontic == q.deontic == "permit":  # neither forbids: what they allow is compared
            found.append(_distance(named(before, p, i), named(after, q, j), p, q))
        else:
            found.append(_distance(compliant(old, p, i), compliant(new, q, j), p, q))
    return math.fsum(found) / len(found) if found else 1.0


def _distance(first: Mask, second: Mask, p: Injunction, q: Injunction) -> float:
    """Average the Jaccard distance over the cases."""
    free = np.ones_like(first[:1, :1])
    pairs = [(first, second)]
    if p.when != q.when:
        pairs = [(first, second)] if together(p.when, q.when) else []
        pairs += [(first, free), (free, second)]
    means = []
    for a, b in pairs:
        x, y = (m.reshape(-1, m.shape[-1]) for m in np.broadcast_arrays(a, b))
        means.append(math.fsum(map(jaccard, x, y)) / len(x))
    return math.fsum(means) / len(means)


def change(
    old: Regime,
    new: Regime,
    *,
    existed: bool | None = None,
    exists: bool | None = None,
    threshold: float = THRESHOLD,
) -> Change:
    """Compare a regime with what followed it.

    Parameters
    ----------
    old, new : Regime
        Before and after. An injunction's counterpart has the same name, or is named as what it
        was `formerly`.
    existed, exists : bool, optional
        Whether each existed, e.g. by `existence` on a record; by who accepts what in the sources
        where it is not given.
    threshold : float
        θ.
    """
    was = judged(old, accepted_by_sources(old))[0] if existed is None else existed
    is_ = judged(new, accepted_by_sources(new))[0] if exists is None else exists
    altered = _altered(old, new)
    counted = [a for a in altered if a.counts]
    deep = depth([a.weight for a in counted], [a.distance for a in counted])
    by_level: dict[Level, list[float]] = {level: [] for level in LEVELS}
    for a in altered:
        by_level[a.level].append(a.distance)
    levels = {level: math.fsum(d) / len(d) for level, d in by_level.items() if d}
    general = any(levels.get(level, 0) > 0 for level in ("principle", "norm"))
    moved = any(levels.values())
    return Change(
        _verdict(was, is_, deep > threshold, moved),
        was,
        is_,
        deep,
        levels,
        depth([LEVEL_WEIGHTS[level] for level in levels], list(levels.values())),
        robustness(list(levels.values()), threshold) if levels else math.nan,
        "of" if general else "within" if moved else "none",
        altered,
    )


def _verdict(was: bool, is_: bool, deep: bool, moved: bool) -> Verdict:
    if was != is_:
        return "end" if was else "beginning"
    if not was:
        return "none"
    return "change of regime" if deep else "change within" if moved else "no change"


def _altered(old: Regime, new: Regime) -> tuple[Altered, ...]:
    gone = {p.name: p for p in old.injunctions}
    found = []
    for q in new.injunctions:
        p = gone.pop(q.formerly or q.name, None)
        after = measure(new, q)
        if p is None or not _same(old.issue(p.issue), new.issue(q.issue)):
            was = "" if p is None else p.name
            found.append(Altered(was, q.name, q.level, 1.0, after.weight, after.intermediate))
            continue
        before = measure(old, p)
        found.append(
            Altered(
                p.name, q.name, q.level, distance(old, p, new, q),
                max(before.weight, after.weight), before.intermediate or after.intermediate,
            )
        )  # fmt: skip
    for p in gone.values():
        m = measure(old, p)
        found.append(Altered(p.name, "", p.level, 1.0, m.weight, m.intermediate))
    return tuple(found)


def _same(before: Issue, after: Issue) -> bool:
    return before.name == after.name
