"""The part of the page that says what a regime does, and by what channel."""

from __future__ import annotations

from coopgames.experiments import joining
from coopgames.reports import effect_words, joining_words
from coopgames.reports.figures import FIGURES
from coopgames.reports.inline import figure
from coopgames.reports.markup import paragraphs, scrolling, section, table, text, unfolding
from coopgames.specs import Experiment
from coopgames.store import Results


def what_it_does(experiment: Experiment, results: Results) -> str:
    """Say what the regime does, and show what each channel contributes."""
    found = results.effects
    last = experiment.arms[-1].experiment.regime
    assert found is not None
    assert last is not None  # the arms are those of its channels
    head, *rows = effect_words.rows(found)
    told = effect_words.headline(last.regime, found)
    numbers = table(
        effect_words.caption(found),
        [cell.words.replace("\n", " ") for cell in head],
        [[_cell(cell) for cell in row] for row in rows],
    )
    meanings = "".join(
        f"<li><b>{text(c)}</b>: {text(effect_words.MEANS[c])}</li>"
        for c in effect_words.channels_of(found)
    )
    return section(
        "channels",
        "What does the regime do?",
        f'<p class="big">{text(told)}</p>',
        paragraphs(" ".join([*effect_words.sentences(found), effect_words.ways(found)])),
        f'<ul class="changes">{meanings}</ul>',
        figure(
            results,
            "channels",
            FIGURES["channels"][0],
            told=told,
            caption="From play without the regime to play with it, each channel's part averaged "
            "over all orders in which they can be switched on (Shapley values). The line across a "
            "bar is its 95\u00a0% interval, where it is sampled.",
            numbers=unfolding("The numbers", scrolling(numbers, "Contributions in numbers")),
        ),
        f'<p class="note">{text(effect_words.legend(found))}</p>',
    )


def _cell(cell: effect_words.Cell) -> str:
    return f"{cell.words} ({cell.interval})" if cell.interval else cell.words


def who_would_join(experiment: Experiment, results: Results) -> str:
    """Say who would be in the regime of its own accord."""
    found = joining(experiment, results)
    return section(
        "members",
        joining_words.TITLE,
        f'<p class="big">{text(joining_words.sentence(found))}</p>',
        table("What the regime is worth to each", joining_words.HEAD, joining_words.rows(found)),
        f'<p class="note">{text(joining_words.LEGEND)}</p>',
    )
