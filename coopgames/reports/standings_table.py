"""The table of standings: numbers in columns, and what happened as a bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from coopgames.reports.markup import captioned, scrolling, text
from coopgames.reports.numbers import outcomes
from coopgames.reports.words import percent, score
from coopgames.specs import Experiment
from coopgames.store import Results

Row = Mapping[str, Any]

LONG = 26
"""Letters of a name that fit into one line."""


def standings_table(experiment: Experiment, results: Results) -> str:
    """Write the standings, of an arm if the results are; a column for each outcome there was."""
    seen = [x for x in outcomes(results.matches) if x != "independence"]
    columns = _columns(experiment, results, seen)
    head = "".join(
        f'<th scope="col" class="{kind}"{_full(title)}>{text(name)}</th>'
        for name, title, kind, _, _ in columns
    )
    body = []
    for row in results.standings.sort("rank").to_dicts():
        cells = []
        for _, _, kind, key, show in columns:
            tag, scope = ("th", ' scope="row"') if key == "strategy" else ("td", "")
            value = text("" if row[key] is None else row[key])
            long = " long" if key == "strategy" and len(row[key]) > LONG else ""
            opening = f'<{tag}{scope} class="{kind}{long}" data-value="{value}">'
            cells.append(f"{opening}{show(row)}</{tag}>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    note = ", ± one standard error" if "standard_error" in [c[3] for c in columns] else ""
    caption = (
        f"Standings by mean score per game{note}; the share of actions that accommodate; after how "
        "many periods coordination had emerged in half of its matches (— where it did in fewer); "
        "and what came of its matches"
    )
    whole = (
        f'<table class="standings">{captioned(caption)}\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{chr(10).join(body)}\n</tbody></table>"
    )
    return scrolling(whole, f"Standings in {results.arm}" if results.arm else "Standings")


def _columns(
    experiment: Experiment, results: Results, seen: list[str]
) -> list[tuple[str, str, str, str, Callable[[Row], str]]]:
    """Say of each column its heading, that in full, kind, key, and how a cell is written."""
    columns: list[tuple[str, str, str, str, Callable[[Row], str]]] = [
        ("#", "rank", "rank", "rank", lambda row: str(row["rank"])),
        ("strategy", "", "name", "strategy", lambda row: text(row["strategy"])),
        ("its matches", "", "bars", "discord", lambda row: outcome_bar(row, seen)),
        ("score", "", "number strong", "score", lambda row: score(row["score"])),
    ]
    if results.standings["standard_error"].is_not_null().any():
        columns.append(("±", "standard error", "number", "standard_error", _error))
    if experiment.quoted:
        label = f"{experiment.quoted.label}*"
        columns.append(
            (label, f"{label}: score as quoted", "number quoted", "quoted_score", _quoted)
        )
    columns += [
        ("accommodates", "", "number", "accommodates", lambda row: percent(row["accommodates"])),
        ("emerges after", "", "number", "emergence", _emergence),
    ]
    return columns + [(label, "", "number", _key(label), _share(label)) for label in seen]


def _full(title: str) -> str:
    return f' aria-label="{text(title)}" title="{text(title)}"' if title else ""


def _key(label: str) -> str:
    return label.replace(" ", "_")


def _error(row: Row) -> str:
    # As many digits as the score has.
    digits = 1 if abs(row["score"]) >= 20 else 2
    return "" if row["standard_error"] is None else f"{row['standard_error']:.{digits}f}"


def _quoted(row: Row) -> str:
    if row["quoted_score"] is None:
        return ""
    place = "" if row["quoted_rank"] is None else f" <small>({row['quoted_rank']})</small>"
    return f"{score(row['quoted_score'])}{place}"


def _emergence(row: Row) -> str:
    return "—" if row["emergence"] is None else f"{row['emergence']:g}"


def _share(label: str) -> Callable[[Row], str]:
    return lambda row: percent(row[_key(label)])


def outcome_bar(row: Row, seen: list[str]) -> str:
    """Draw what came of a strategy's matches as a bar; `seen` are the outcomes to draw."""
    parts = "".join(
        f'<i class="{label.replace(" ", "-")}" style="width:{100 * row[_key(label)]:.2f}%"></i>'
        for label in seen
        if row[_key(label)]
    )
    return f'<span class="bar" aria-hidden="true">{parts}</span>'
