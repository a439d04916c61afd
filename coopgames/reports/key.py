"""The key to the colours of what happened."""

from __future__ import annotations

from coopgames.reports.markup import text
from coopgames.reports.numbers import outcomes
from coopgames.store import Results


def key(results: Results) -> str:
    """Name the colours of the outcomes that some match had."""
    items = "".join(
        f'<li><span class="swatch {slug(label)}" aria-hidden="true"></span>{text(label)}</li>'
        for label in outcomes(results.matches)
    )
    return f'<ul class="key" aria-label="Colours of the outcomes">{items}</ul>'


def slug(label: str) -> str:
    """Write an outcome as a name in the style sheet."""
    return label.replace(" ", "-")
