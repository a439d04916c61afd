"""What lies beyond the results: who would spread, and how far the ranking holds."""

from __future__ import annotations

import numpy as np
import polars as pl

from coopgames.experiments import payoffs_in, robustness
from coopgames.populations import ecology
from coopgames.reports import words
from coopgames.reports.figures import FIGURES, GENERATIONS
from coopgames.reports.inline import figure
from coopgames.reports.markup import paragraphs, scrolling, section, table, unfolding
from coopgames.specs import Experiment
from coopgames.store import Results

MOST = 100
"""Entrants up to which the table of ranks is shown."""


def who_would_spread(results: Results) -> str:
    """Show the ecological trajectory; nothing where scores cannot be numbers of offspring."""
    found = payoffs_in(results)
    if len(found.names) < 2 or not found.matrix.min() >= 0 or not found.matrix.any():
        return ""
    went = ecology(found.matrix, GENERATIONS)
    at = [g for g in (0, 10, 100, GENERATIONS) if g <= GENERATIONS]
    rows = [
        [found.names[k], *(words.percent(went.shares[g, k]) for g in at)]
        for k in np.argsort(-went.end, kind="stable")
    ]
    numbers = table(
        "Shares of the population", ["strategy", *(f"generation {g:,}" for g in at)], rows
    )
    best = int(went.end.argmax())
    told = f"{found.names[best]} is most common at the end, with {words.percent(went.end[best])}."
    return section(
        "spread",
        "Which strategies would spread?",
        figure(
            results,
            "spread",
            FIGURES["spread"][0],
            told=f"Shares of the strategies over {GENERATIONS:,} generations. {told}",
            caption="Axelrod's ecological tournament: all begin alike, and in each generation a "
            "strategy has as many offspring as it scored against those that are there. Nothing new "
            "comes in.",
            numbers=unfolding("The numbers", scrolling(numbers, "Shares in numbers")),
        ),
    )


def how_firm(experiment: Experiment, results: Results) -> str:
    """Show how far the ranking holds."""
    if len(results.standings) < 3:
        return ""
    found = robustness(experiment, results)
    shown = [c for c in HEADINGS if c == "less" or found[c].is_not_null().any()]
    rows = [
        [row["strategy"], str(row["rank"]), *(_cell(row, column) for column in shown)]
        for row in found.iter_rows(named=True)
    ]
    headings = dict(HEADINGS)
    if experiment.noise:
        headings["noise"] = "without noise"
    numbers = ""
    if len(rows) <= MOST:
        caption = "The rank of each strategy, and what becomes of it"
        plain = table(caption, ["strategy", "rank", *(headings[c] for c in shown)], rows)
        numbers = unfolding("The numbers", scrolling(plain, "Ranks"))
    return section(
        "firm", "How far does the ranking hold?", paragraphs(_told(experiment, found)), numbers
    )


HEADINGS = {
    "low": "with other luck, 95\u00a0%", "less": "with one other less",
    "noise": "with noise of 1\u00a0%", "order": "payoffs by order alone",
}  # fmt: skip


def _cell(row: dict[str, object], column: str) -> str:
    ends = {"low": ("low", "high"), "less": ("best", "worst")}.get(column, (column, column))
    a, b = (row[end] for end in ends)
    if a is None:
        return "\u2014"
    return f"{a}" if a == b else f"{a}\u2013{b}"


def _told(experiment: Experiment, found: pl.DataFrame) -> str:
    first = found.row(0, named=True)
    name = first["strategy"]
    parts = []
    if first["high"] is not None:
        lucky = found.filter(pl.col("low") == 1)["strategy"].to_list()
        parts.append(
            f"With other luck {name} would come first as well, 95 times in a hundred and more."
            if lucky == [name] and first["high"] == 1
            else f"With other luck the first place could go to {_few(lucky)}."
        )
    stays = first["worst"] == 1
    parts.append(
        f"Whoever of the others had stayed away, {name} would still have come first."
        if stays
        else f"Had one other stayed away, {name} could have come down to place {first['worst']}."
    )
    if found["noise"].is_not_null().any():
        how = "without noise" if experiment.noise else "with one action in a hundred slipping"
        noisy, order = (found.filter(pl.col(c) == 1)["strategy"][0] for c in ("noise", "order"))
        parts.append(
            f"Solved exactly {how}, {noisy} would be first; with payoffs that keep their order but "
            f"are one apart, {order}."
        )
    else:
        parts.append(
            "Other noise and other payoffs are only tried where all strategies are automata, which "
            "can be solved; not all of these are."
        )
    return " ".join(parts)


def _few(names: list[str], most: int = 5) -> str:
    if len(names) <= most:
        return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    return f"any of {len(names)} strategies"
