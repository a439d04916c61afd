"""What is said of a regime's effects, once, for the terminal and for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from coopgames.regimes import Regime
from coopgames.reports import arm_words, regime_words, words
from coopgames.reports.arm_words import Told

TOLD = {
    "emergence": "coordination emerges",
    "lasting": "and lasts",
    "coordinated": "periods coordinated",
    "payoff": "payoff a period",
}
"""The measures of which channels are told, and in what words."""

CONTRASTS = {
    "alone": "by itself",
    "shapley": "its part",
    "last": "lost without it",
}
"""The contrasts that are told of the first of these measures."""

MEANS = {
    "expectations": "what is asked is known, and is what one expects of others",
    "monitoring": "what is done is reported",
    "reputation": "who is in good standing is known",
    "sanctions": "who was wronged may answer, at its own cost",
    "costs": "policies are reviewed more often",
    "values": "members come to want what the others get too",
}
"""What each channel is, in a few words."""


def main_measure(effects: pl.DataFrame) -> str:
    """Give the first of the measures that are told which was measured."""
    return told_measures(effects)[0]


def told_measures(effects: pl.DataFrame) -> list[str]:
    """List the measures that are told, of those that there are."""
    there = set(effects["measure"])
    return [measure for measure in TOLD if measure in there]


def effect(effects: pl.DataFrame, measure: str, kind: str, channels: str) -> Told | None:
    """Put one contrast into words; None where it was not measured."""
    row = _row(effects, measure, kind, channels)
    return None if row is None else arm_words.told(row | {"difference": row["value"]})


def channels_of(effects: pl.DataFrame) -> list[str]:
    """List the channels that were crossed."""
    total = effects.filter(pl.col("effect") == "total")["channels"][0]
    return str(total).split("+")


def headline(regime: Regime, effects: pl.DataFrame) -> str:
    """Say what a match comes to with the regime and without, and how far apart that is.

    Parameters
    ----------
    regime : Regime
        Which it is.
    effects : polars.DataFrame
        What ``effects.csv`` holds.
    """
    measure = main_measure(effects)
    whole = "+".join(channels_of(effects))
    total = effect(effects, measure, "total", whole)
    assert total is not None
    with_, without = (effect(effects, measure, "value", S) for S in (whole, "none"))
    what = {
        "emergence": "coordination emerges in {} of matches",
        "coordinated": "play is coordinated in {} of periods",
        "payoff": "payoffs are {} a period",
    }[measure]
    assert with_ is not None and without is not None
    where = "" if measure == "payoff" else "in "
    found = (
        f"With {regime_words.inner(regime)} {what.format(with_.value)}, without it "
        f"{where}{without.value}"
    )
    between = _between(effects, measure, "total", whole)
    if not total.clear:
        return f"{found}: no further apart than luck may take it{between}."
    gap = _number(effects, measure, "total", whole)
    more = "more" if gap > 0 else "less"
    return f"{found}: {arm_words.size(measure, abs(gap))} {more}{between}."


def sentences(effects: pl.DataFrame) -> list[str]:
    """Say which channel does most, which nothing, and which two need each other."""
    measure, channels = main_measure(effects), channels_of(effects)
    part = {c: effect(effects, measure, "shapley", c) for c in channels}
    size = {c: _number(effects, measure, "shapley", c) for c in channels}
    clear = [c for c in channels if (told := part[c]) and told.clear]
    out = []
    if clear:
        first = max(clear, key=lambda c: abs(size[c]))
        told, between = part[first], _between(effects, measure, "shapley", first)
        assert told is not None
        out.append(f"Most of it comes of {first} ({MEANS[first]}): {told.difference}{between}.")
    idle = [c for c in channels if c not in clear]
    nothing = [c for c in idle if size[c] == 0]
    if nothing and clear:
        out.append(f"Nothing comes of {words.listed(nothing)}.")
    if luck := [c for c in idle if c not in nothing]:
        out.append(f"Over all orders, what comes of {words.listed(luck)} may be luck.")
    pairs = [f"{a}+{b}" for i, a in enumerate(channels) for b in channels[i + 1 :]]
    both = {p: told for p in pairs if (told := effect(effects, measure, "factorial", p))}
    strong = [p for p, told in both.items() if told.clear]
    if strong:
        most = max(strong, key=lambda p: abs(_number(effects, measure, "factorial", p)))
        a, b = most.split("+")
        if _number(effects, measure, "factorial", most) > 0:
            out.append(f"{a.capitalize()} and {b} add more together than one by one.")
        else:
            out.append(f"{a.capitalize()} and {b} add less together than one by one.")
    return out


@dataclass(frozen=True)
class Cell:
    """A cell of the table of channels.

    Parameters
    ----------
    words : str
        What it says.
    interval : str
        The ends of its interval, where there is one.
    clear : bool
        Whether the interval leaves zero out.
    """

    words: str
    interval: str = ""
    clear: bool = False


def rows(effects: pl.DataFrame, *, wide: bool = True) -> list[list[Cell]]:
    """Give the table of channels, its head first and the total last.

    Of the first measure that there is, all contrasts that are told; of the others, each channel's
    part.

    Parameters
    ----------
    effects : polars.DataFrame
        What ``effects.csv`` holds.
    wide : bool
        Whether there is room for the others.
    """
    main, channels = main_measure(effects), channels_of(effects)
    others = told_measures(effects)[1:] if wide else []
    head = ["channel", *CONTRASTS.values(), *(f"{TOLD[m]}:\nits part" for m in others)]
    table = [[Cell(text) for text in head]]
    for c in channels:
        found = [effect(effects, main, kind, c) for kind in CONTRASTS]
        found += [effect(effects, m, "shapley", c) for m in others]
        table.append([Cell(c), *(_cell(told) for told in found)])
    whole = "+".join(channels)
    total = {m: _cell(effect(effects, m, "total", whole)) for m in (main, *others)}
    middle = [total[main] if kind == "shapley" else Cell("") for kind in CONTRASTS]
    table.append([Cell("all together"), *middle, *(total[m] for m in others)])
    return table


def caption(effects: pl.DataFrame) -> str:
    """Say what the first columns of the table are about."""
    measure = main_measure(effects)
    unit = "" if measure == "payoff" else ", in percentage points"
    return f"What each channel does: {MAIN[measure]}{unit}"


MAIN = {
    "emergence": "in how many matches coordination emerges",
    "coordinated": "in how many periods play is coordinated",
    "payoff": "the payoff a period",
}
"""What the first of the measures is, in words."""


def legend(effects: pl.DataFrame) -> str:
    """Say what the columns are, and how far the numbers can be trusted."""
    methods = set(effects.filter(pl.col("measure").is_in(list(TOLD)))["method"])
    how = {
        frozenset({"exact"}): "All of it is solved exactly.",
        frozenset({"sampled"}): "Intervals are 95\u00a0%, over luck, the same in all arms.",
    }.get(frozenset(methods), "What has an interval is sampled (95\u00a0%), the rest is exact.")
    return (
        "By itself: switched on alone. Its part: what it adds, over all orders of switching on "
        f"(Shapley); parts sum to the total. Lost without it: switched off alone. {how}"
    )


def _cell(told: Told | None) -> Cell:
    return Cell("—") if told is None else Cell(told.difference, told.interval, told.clear)


def ways(effects: pl.DataFrame) -> str:
    """Say what of it goes through what actors believe; nothing if nobody forms expectations."""
    whole = "+".join(channels_of(effects))
    total, mediated, direct = (
        effect(effects, "coordinated_expecting", kind, whole)
        for kind in ("total", "mediated", "direct")
    )
    if total is None or mediated is None or direct is None:
        return ""
    found = (
        "Between two who form expectations the share of periods coordinated changes by "
        f"{total.difference}: {mediated.difference} by what they believe"
    )
    if direct.difference == "0":
        return f"{found}, and nothing directly."
    return f"{found}, {direct.difference} directly."


def _row(effects: pl.DataFrame, measure: str, kind: str, channels: str) -> dict[str, Any] | None:
    row = effects.filter(
        (pl.col("measure") == measure)
        & (pl.col("effect") == kind)
        & (pl.col("channels") == channels)
    )
    return None if row.is_empty() else row.row(0, named=True)


def _number(effects: pl.DataFrame, measure: str, kind: str, channels: str) -> float:
    row = _row(effects, measure, kind, channels)
    assert row is not None
    return float(row["value"])


def _between(effects: pl.DataFrame, measure: str, kind: str, channels: str) -> str:
    """Say how far luck may have taken it, or that there is none in it."""
    row = _row(effects, measure, kind, channels)
    found = effect(effects, measure, kind, channels)
    if found is None or row is None:
        return ""
    if row["method"] == "exact":
        return " (exactly)"
    return f" (95\u00a0% interval: {found.interval})" if found.interval else ""
