"""The part of the page that shows arms side by side."""

from __future__ import annotations

from typing import Any

from coopgames.reports import arm_words, words
from coopgames.reports.figures import FIGURES
from coopgames.reports.inline import figure
from coopgames.reports.key import key
from coopgames.reports.markup import captioned, scrolling, section, text, unfolding
from coopgames.reports.markup import table as plain
from coopgames.reports.numbers import outcomes, waiting
from coopgames.reports.standings_table import outcome_bar, standings_table
from coopgames.specs import Experiment
from coopgames.store import Results

Row = dict[str, dict[str, Any]]


def verdict(experiment: Experiment, results: Results) -> str:
    """Say where coordination emerged most often, and how each arm differs from the first."""
    assert results.arms is not None
    items = "\n".join(
        f"<li>{text(line)}</li>" for line in arm_words.sentences(experiment, results.arms)
    )
    return section(
        "verdict",
        "What was found",
        f'<p class="big">{text(arm_words.headline(experiment, results.arms))}</p>',
        f"<p>{text(words.encodes(experiment))}</p>",
        f"<ul>{items}</ul>",
    )


def side_by_side(experiment: Experiment, results: Results) -> str:
    """Show what each arm comes to, the difference from the first, and the curves together."""
    assert results.arms is not None
    rows = arm_words.by_arm(experiment, results.arms)
    first = experiment.arms[0].name
    changed = "".join(
        f"<li><b>{text(name)}</b>: {text(change)}</li>"
        for name, change in arm_words.changes(experiment).items()
    )
    note = (
        f"Small figures: the difference from {first}, of shares in percentage points, and the "
        "95\u00a0% interval of that. Every arm has the same luck, repetition by repetition, so "
        "what is left is what was changed. The interval is about luck, with these entrants."
    )
    return section(
        "arms",
        "What did the change make of it?",
        f'<ul class="changes">{changed}</ul>',
        key(results),
        _table(results, rows),
        f'<p class="note">{text(note)}</p>',
        _curves(experiment, results),
    )


def others(experiment: Experiment, results: Results) -> str:
    """Show the standings of all arms but the first, on demand."""
    parts = [
        unfolding(
            f"Standings in {arm.name}", standings_table(arm.experiment, results.of(arm.name)), "arm"
        )
        for arm in experiment.arms[1:]
    ]
    return section("other-arms", "Who did well in the other arms?", *parts)


def _table(results: Results, rows: dict[str, Row]) -> str:
    seen = [x for x in outcomes(results.matches) if x != "independence"]
    head = "".join(f'<th scope="col">{text(words)}</th>' for words in arm_words.SHOWN.values())
    body = "\n".join(
        f'<tr><th scope="row">{text(name)}</th>'
        f'<td class="bars">{outcome_bar(_shares(row), seen)}</td>'
        f"{''.join(_cell(row[measure]) for measure in arm_words.SHOWN)}</tr>"
        for name, row in rows.items()
    )
    caption = "The arms: what came of their matches, and what is measured in all of them"
    whole = (
        f'<table class="arms">{captioned(caption)}\n<thead><tr>'
        '<th scope="col" class="words">arm</th><th scope="col" class="bars">matches</th>'
        f"{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody></table>"
    )
    return scrolling(whole, "Arms side by side")


def _shares(row: Row) -> dict[str, Any]:
    return {measure: found["value"] for measure, found in row.items()}


def _cell(row: dict[str, Any]) -> str:
    found = arm_words.told(row)
    if not found.difference:
        return f"<td>{text(found.value)}</td>"
    gap = f"<b>{text(found.difference)}</b>" if found.clear else text(found.difference)
    between = f"<br>{text(found.interval)}" if found.interval else ""
    return f"<td>{text(found.value)}<br><small>{gap}{between}</small></td>"


def _curves(experiment: Experiment, results: Results) -> str:
    curves = {arm.name: waiting(results.of(arm.name).matches) for arm in experiment.arms}
    drawn = {name: curve for name, curve in curves.items() if curve is not None}
    if not any(len(curve.times) for curve in drawn.values()):  # nothing emerged anywhere
        return ""
    numbers = plain(
        "Share of matches not yet coordinated",
        ["arm", "matches", "from the start", "at the end", "half of them by period"],
        [
            [
                name, f"{curve.matches:,}", words.percent(curve.at(0)), words.percent(curve.last),
                "never" if curve.median is None else f"{curve.median:g}",
            ]
            for name, curve in drawn.items()
        ],
    )  # fmt: skip
    told = words.listed(f"{words.percent(c.last)} in {name}" for name, c in drawn.items())
    return figure(
        results,
        "arms",
        FIGURES["arms"][0],
        told=f"Curves that fall over time, one an arm. Not coordinated by the end were {told}.",
        caption="The share of matches in which coordination had not emerged yet, arm by arm. The "
        "lower the curve, the more often and the sooner it did. Matches that ended first are "
        "allowed for (Kaplan–Meier).",
        numbers=unfolding("The numbers", numbers),
    )
