"""The parts of the page, each from the results to HTML."""

from __future__ import annotations

import numpy as np

from coopgames.reports import words
from coopgames.reports.figures import FIGURES
from coopgames.reports.glossary import INDEPENDENCE, KEOHANE, OTHERS, OUTCOMES
from coopgames.reports.inline import figure
from coopgames.reports.key import key, slug
from coopgames.reports.markup import paragraphs, scrolling, section, table, text, unfolding
from coopgames.reports.numbers import (
    Pace,
    duels,
    flow,
    lasting,
    outcomes,
    pace_of_all,
    paces,
    waiting,
)
from coopgames.reports.words import percent
from coopgames.specs import Experiment
from coopgames.store import Results

MOST_CELLS = 15_000
"""A larger table of who against whom would make the page too heavy to mail."""


def opening(experiment: Experiment) -> str:
    """Tell the story, and ask what the reader expects."""
    story = paragraphs(experiment.story)
    story = f'<div class="story">{story}</div>' if story else ""
    predict = ""
    if experiment.predict.strip():
        predict = (
            '<section class="predict" aria-labelledby="predict-title">\n'
            '<h2 id="predict-title">Before you look</h2>\n'
            f"{paragraphs(experiment.predict)}\n</section>"
        )
    return f'<div class="opening">\n{story}\n{predict}\n</div>' if story or predict else ""


def what_to_notice(experiment: Experiment) -> str:
    """Say what to notice, and where it is from."""
    if not experiment.notice.strip() and not experiment.sources:
        return ""
    sources = "".join(f"<li>{text(source)}</li>" for source in experiment.sources)
    listed = f'<ul class="note">{sources}</ul>' if sources else ""
    return section("notice", "What to notice", paragraphs(experiment.notice), listed)


def verdict(experiment: Experiment, results: Results) -> str:
    """Say what was found: a sentence, then a few."""
    found = "\n".join(f"<li>{text(line)}</li>" for line in words.findings(experiment, results))
    return section(
        "verdict",
        "What was found",
        f'<p class="big">{text(words.verdict(experiment, results.matches))}</p>',
        f"<p>{text(words.encodes(experiment))}</p>",
        f"<ul>{found}</ul>" if found else "",
    )


def who_did_well(experiment: Experiment, results: Results, standings: str, arm: str = "") -> str:
    """Show the standings, of an arm where there are some."""
    notes = paragraphs(experiment.remark)
    which = paragraphs(f"From here on in detail: the arm {arm}.") if arm else ""
    if experiment.quoted:
        q = experiment.quoted
        told = " ".join([q.note, *(f"Source: {source}." for source in q.sources)]).strip()
        notes += paragraphs(f"* {told}" if told else "", "note")
    return section("standings", "Who did well?", which, key(results), standings, notes)


def against_whom(results: Results) -> str:
    """Show the mean score of each against each."""
    found = duels(results)
    n = len(found.names)
    low, high = np.nanmin(found.scores), np.nanmax(found.scores)
    if n * n <= MOST_CELLS:
        head = ["strategy", *(str(i + 1) for i in range(n))]
        rows = (
            [f"{i + 1} {name}", *("" if np.isnan(x) else words.score(x) for x in found.scores[i])]
            for i, name in enumerate(found.names)
        )
        caption = "Mean score per game of the row's strategy against the column's, by rank"
        numbers = unfolding(
            "The numbers", scrolling(table(caption, head, rows), "Scores of each against each")
        )
    else:
        numbers = '<p class="note">The numbers are in matches.parquet.</p>'
    return section(
        "against-whom",
        "Who did well against whom?",
        figure(
            results,
            "heatmap",
            FIGURES["heatmap"][0],
            told=f"Heat map of mean scores of {words.counted(n, 'strategy')} against one another, "
            f"from {words.score(low)} to {words.score(high)}, ordered by rank.",
            caption="Read along a row: what its strategy scored against each opponent, the darker "
            "the more. Rows and columns are in the order of the standings; the diagonal is a "
            "strategy against itself.",
            numbers=numbers,
        ),
    )


def how_accommodating(results: Results) -> str:
    """Show accommodation over time."""
    each, together = paces(results), pace_of_all(results)
    head = ["strategy", "at the beginning", "half-way", "at the end"]
    rows = [[name, *_three(pace)] for name, pace in [*each.items(), ("all together", together)]]
    first, last = f"{together.begin[0]:g}–{together.end[0]:g}", f"{together.begin[-1]:g}"
    caption = (
        f"Share of actions that accommodate: in periods {first}, in the middle, and from period "
        f"{last} on"
    )
    begin, _, end = _three(together)
    return section(
        "accommodation",
        "Did they accommodate one another?",
        figure(
            results,
            "accommodation",
            FIGURES["accommodation"][0],
            told=f"Accommodation over time. All together: {begin} of actions at the beginning, "
            f"{end} at the end.",
            caption="To accommodate is to choose what is better for the other. Each line is the "
            "share of a strategy's actions, over all its matches, that did.",
            numbers=unfolding("The numbers", table(caption, head, rows)),
        ),
    )


def _three(pace: Pace) -> list[str]:
    return [percent(pace.share[i]) for i in (0, len(pace.share) // 2, -1)]


def what_happened(results: Results) -> str:
    """Show Figure 1 as a flow."""
    shares = flow(results.matches)
    matches = int(results.matches["times"].sum())
    rows = [
        [label, kind or "—", f"{share * matches:,.0f}", percent(share)]
        for (label, kind), share in shares.items()
    ]
    told = words.listed(f"{percent(s)} {x}" for x, s in outcomes(results.matches).items())
    return section(
        "flow",
        "Harmony, cooperation or discord?",
        figure(
            results,
            "flow",
            FIGURES["flow"][0],
            told=f"Keohane's Figure 1 as a flow of {matches:,} matches: {told}.",
            caption="Figure 1 of After Hegemony, walked through by every match from left to right. "
            "The width of a band is a share of all matches.",
            numbers=unfolding(
                "The numbers",
                table(
                    "Matches by what came of them",
                    ["outcome", "kind", "matches", "share"],
                    rows,
                    words=frozenset({1}),
                ),
            ),
        ),
    )


def when(experiment: Experiment, results: Results) -> str:
    """Show when coordination emerged, and whether it lasted."""
    before, after = waiting(results.matches), lasting(results.matches)
    title = "When did coordination emerge, and did it last?"
    if before is None:
        return section("when", title, paragraphs(words.verdict(experiment, results.matches)))
    curves = [("not yet coordinated", before)]
    curves += [("still coordinated", after)] if after else []
    rows = [
        [name, f"{curve.matches:,}",
         *(percent(curve.at(part * curve.end)) for part in (0.0, 0.25, 0.5, 1.0)),
         "never" if curve.median is None else f"{curve.median:g}"]
        for name, curve in curves
    ]  # fmt: skip
    head = [
        "share",
        "of matches",
        "at once",
        "after ¼",
        "after ½",
        "at the end",
        "half of them by period",
    ]
    short = int(results.matches["times"].sum()) - before.matches
    left_out = f" {words.counted(short, 'match')} too short to judge left out." if short else ""
    told = f"{percent(before.last)} of matches had not coordinated by the end."
    if after:
        told += f" Where coordination emerged, {percent(after.last)} kept it to the end."
    return section(
        "when",
        title,
        figure(
            results,
            "survival",
            FIGURES["survival"][0],
            told=f"Two curves that fall over time. {told}",
            caption="Before: the share of matches in which coordination had not emerged yet. "
            "After: of those in which it had, the share in which it still held. Matches that "
            f"ended first are allowed for (Kaplan–Meier).{left_out}",
            numbers=unfolding(
                "The numbers",
                scrolling(
                    table("Shares after parts of the time watched", head, rows),
                    "Emergence in numbers",
                ),
            ),
        ),
    )


def what_words_mean(results: Results) -> str:
    """Explain the words."""
    seen = outcomes(results.matches)
    listed = [*OUTCOMES, *([INDEPENDENCE] if "independence" in seen else [])]
    entries = [
        f'<dt><span class="swatch {slug(name)}" aria-hidden="true"></span>{text(name)}</dt>'
        f"<dd>{text(meaning)}</dd>"
        for name, meaning in listed
    ]
    entries += [f"<dt>{text(name)}</dt><dd>{text(meaning)}</dd>" for name, meaning in OTHERS]
    return section(
        "words",
        "What the words mean",
        f"<dl>{''.join(entries)}</dl>",
        f'<p class="note">After {text(KEOHANE)}</p>',
    )
