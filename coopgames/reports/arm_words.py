"""The sentences about arms, once, for the terminal and for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from coopgames.games import KINDS, structure
from coopgames.readings import lens
from coopgames.reports import regime_words, words
from coopgames.specs import Experiment

SHOWN = {
    "emergence": "coordination emerged",
    "lasting": "and lasted to the end",
    "waiting": "periods before it did",
    "accommodates": "actions that accommodate",
    "payoff": "payoff a period",
    "discord": "matches in discord",
}
"""The measures that are told, and in what words, in their order."""

OUTCOMES = ("harmony", "convention", "cooperation", "imposed_adjustment", "discord")
"""The measures that are shares of outcomes."""

IN_PERIODS, IN_PAYOFF = "waiting", "payoff"
"""Those that are no shares."""


@dataclass(frozen=True)
class Told:
    """What an arm comes to in one measure.

    Parameters
    ----------
    value : str
        In words; a dash where it cannot be measured.
    difference : str
        From the first arm, with sign; empty for the first arm, or where it cannot be told.
    interval : str
        Its ends, as in ``-4 to 7``; empty where it is exact or cannot be told.
    clear : bool
        Whether the interval leaves zero out.
    """

    value: str
    difference: str = ""
    interval: str = ""
    clear: bool = False


def told(row: dict[str, Any]) -> Told:
    """Put a row of ``arms.csv`` into words."""
    measure, value = row["measure"], row["value"]
    if value is None:
        return Told("—")
    shown = _amount(measure, value)
    gap, low, high = row["difference"], row["low"], row["high"]
    if gap is None:
        return Told(shown)
    if low is None:
        return Told(shown, _signed(measure, gap))
    if low == high:
        return Told(shown, _signed(measure, gap), "", bool(gap))
    interval = f"{_signed(measure, low)} to {_signed(measure, high)}"
    return Told(shown, _signed(measure, gap), interval, bool(low > 0 or high < 0))


def by_arm(experiment: Experiment, table: pl.DataFrame) -> dict[str, dict[str, dict[str, Any]]]:
    """Give the rows of ``arms.csv`` by arm and measure, arms in their order."""
    found: dict[str, dict[str, dict[str, Any]]] = {arm.name: {} for arm in experiment.arms}
    for row in table.iter_rows(named=True):
        found[row["arm"]][row["measure"]] = row
    return found


def headline(experiment: Experiment, table: pl.DataFrame) -> str:
    """Say in which arm coordination emerged most often, and in which least."""
    rows = by_arm(experiment, table)
    for measure, most, least in (
        ("emergence", "Coordination emerged most often in {}", "least often in {}"),
        ("discord", "Discord was most frequent in {}", "least frequent in {}"),
        ("payoff", "Payoffs were highest in {}", "lowest in {}"),
    ):
        found = {name: row[measure]["value"] for name, row in rows.items()}
        known = {name: value for name, value in found.items() if value is not None}
        if not known or (measure == "emergence" and by_itself(experiment)):
            continue
        high, low = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
        unit = " a period" if measure == "payoff" else " of matches"
        if len(known) < len(rows) or known[high] - known[low] < 1e-12:
            continue
        best = f"{high} ({_amount(measure, known[high])}{unit})"
        worst = f"{low} ({_amount(measure, known[low])})"
        return f"{most.format(best)} and {least.format(worst)}."
    return "In nothing that is measured do the arms differ."


def sentences(experiment: Experiment, table: pl.DataFrame) -> list[str]:
    """Say of each arm how it differs from the first: an honest sentence each.

    Parameters
    ----------
    experiment : Experiment
        With arms.
    table : polars.DataFrame
        What ``arms.csv`` holds.
    """
    rows = by_arm(experiment, table)
    first = experiment.arms[0].name
    there = by_itself(experiment)
    return [_sentence(first, name, rows[name], there) for name in rows if name != first]


def by_itself(experiment: Experiment) -> bool:
    """Say whether, in some arm's game, coordination may be there without adjustment."""
    return any(
        lens(arm.experiment.wanted, arm.experiment.rule).by_itself for arm in experiment.arms
    )


def _sentence(first: str, name: str, row: dict[str, dict[str, Any]], there: bool = False) -> str:
    emergence = row["emergence"]
    first_of_all = ("discord", "accommodates") if there else ("emergence", "waiting", "lasting")
    parts = [part for measure in first_of_all if (part := _claim(measure, row[measure]))]
    if not parts:
        parts = [part for part in [_outcome(row)] if part]
    if not parts:
        parts = [part for part in [_claim("payoff", row["payoff"])] if part]
    if parts:
        return f"{name}, compared with {first}: {words.listed(parts)}."
    if emergence["difference"] is None:
        return f"{name}, compared with {first}: nothing differs by more than luck may explain."
    if emergence["low"] is None:
        gap = _signed("emergence", emergence["difference"])
        return (
            f"{name}, compared with {first}: emergence differs by {gap}; with one game a pair luck "
            "and merit cannot be told apart."
        )
    found = told(emergence)
    if not found.interval:
        return f"{name}, compared with {first}: coordination emerged in exactly as many matches."
    return (
        f"{name}, compared with {first}: coordination emerged about as often, no further apart "
        f"than luck may take it{_between(found)}."
    )


CLAIMS = {
    "emergence": ("coordination emerged in {} more of the matches",
                  "coordination emerged in {} less of the matches"),
    "waiting": ("it took {} longer", "it came {} sooner"),
    "lasting": ("it emerged and lasted in {} more", "it emerged and lasted in {} less"),
    "discord": ("{} more of the matches were discord", "{} less of the matches were discord"),
    "accommodates": ("{} more of the actions accommodated", "{} less of the actions accommodated"),
    "payoff": ("payoffs a period were higher by {}", "payoffs a period were lower by {}"),
}  # fmt: skip
"""What is said of more, and of less."""


def _claim(measure: str, row: dict[str, Any]) -> str:
    """Say that something differs; nothing where luck may be all there is to it."""
    found, gap = told(row), row["difference"]
    if gap is None or not found.clear:
        return ""
    return f"{CLAIMS[measure][gap < 0].format(size(measure, abs(gap)))}{_between(found)}"


def _outcome(row: dict[str, dict[str, Any]]) -> str:
    """Say of which outcome the share differs most."""
    clear = {x: row[x] for x in OUTCOMES if row[x]["difference"] is not None and told(row[x]).clear}
    if not clear:
        return ""
    label, most = max(clear.items(), key=lambda item: abs(item[1]["difference"]))
    gap = most["difference"]
    what = f"{size(label, abs(gap))} {'less' if gap < 0 else 'more'} of the matches"
    return f"{what} were {label.replace('_', ' ')}{_between(told(most))}"


def _between(found: Told) -> str:
    return (
        f" (95\u00a0% interval: {found.interval})"
        if found.interval
        else " (luck made no difference)"
    )


def changes(experiment: Experiment) -> dict[str, str]:
    """Say what each arm changes."""
    first = experiment.arms[0].experiment
    return {arm.name: _changes(first, arm.experiment) for arm in experiment.arms}


def _changes(base: Experiment, arm: Experiment) -> str:
    parts = []
    if arm.game != base.game:
        name = "other payoffs" if arm.game.name == base.game.name else arm.game.name
        if arm.game.choice is None:
            parts.append(f"{name}, a case of {_encodes(arm)}")
        else:
            parts.append(f"what drives choice is no longer the goals but a case of {_encodes(arm)}")
    if arm.entrants != base.entrants:
        parts.append(_others(base, arm))
    if (arm.horizons) != (base.horizons):
        parts.append(words.length(arm))
    if arm.noise != base.noise:
        parts.append(f"noise {arm.noise:g}")
    if arm.perception != base.perception:
        parts.append(words.misperception(arm) or "no misperception")
    if arm.regime != base.regime and (said := regime_words.changed(base.regime, arm.regime)):
        parts.append(said)
    if arm.self_play != base.self_play:
        parts.append("with self-play" if arm.self_play else "without self-play")
    if arm.rule != base.rule:
        names = ("L", "q", "w", "c", "g", "rise")
        parts.append(
            words.listed(
                f"{name} = {getattr(arm.rule, name):g}"
                for name in names
                if getattr(arm.rule, name) != getattr(base.rule, name)
            )
        )
    return "; ".join(parts) or "as it stands"


def _encodes(arm: Experiment) -> str:
    found = structure(arm.game, by="goal" if arm.game.choice is None else "choice")
    kind = f", {KINDS[found.subtype]}" if found.subtype in KINDS else ""
    return found.category.replace("-", " ") + kind


def _others(base: Experiment, arm: Experiment) -> str:
    old, new = ([e.name for e in x.entrants] for x in (base, arm))
    came, went = ([x for x in a if x not in b] for a, b in ((new, old), (old, new)))
    parts = [
        f"{word} {_few(names)}" for word, names in (("with", came), ("without", went)) if names
    ]
    return ", ".join(parts)


def _few(names: Iterable[str], most: int = 3) -> str:
    """List names, copies of one together, and how many others there are."""
    copies = Counter(name.partition("#")[0] for name in names)
    said = [name if n == 1 else f"{name} ({n} of them)" for name, n in copies.items()]
    if len(said) <= most + 1:
        return words.listed(said)
    return f"{', '.join(said[:most])} and {len(said) - most} others"


def _amount(measure: str, value: float) -> str:
    if measure == IN_PERIODS:
        return f"{value:.1f}"
    return f"{round(value, 2) + 0:.2f}" if measure == IN_PAYOFF else words.percent(value)


def size(measure: str, gap: float) -> str:
    """Put a difference into words, without its sign."""
    if measure == IN_PERIODS:
        return f"{gap:.1f} periods" if gap >= 0.05 else "less than 0.1 periods"
    if measure == IN_PAYOFF:
        return f"{gap:.2f}"
    points = f"{100 * gap:.0f}" if gap >= 0.095 else f"{100 * gap:.1f}"
    return f"{points} points"


def _signed(measure: str, value: float) -> str:
    if measure in (IN_PERIODS, IN_PAYOFF):
        text = f"{value:+.{1 if measure == IN_PERIODS else 2}f}"
    else:
        text = f"{100 * value:+.1f}"
    return "0" if float(text) == 0 else text.replace("-", "\u2212")
