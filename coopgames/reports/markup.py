"""Pieces of HTML. Whatever a user wrote passes through `text` and nothing else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence


def text(words: object) -> str:
    """Escape text, and drop characters that HTML cannot hold."""
    plain = "".join(c for c in str(words) if c.isprintable() or c in "\n\t\u00a0")
    return html.escape(plain, quote=True)


def paragraphs(words: str, kind: str = "") -> str:
    """Write text as paragraphs: a blank line parts them, other line ends are spaces."""
    opening = f'<p class="{kind}">' if kind else "<p>"
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", words))
    return "\n".join(f"{opening}{text(part)}</p>" for part in parts if part)


def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    names: int = 0,
    words: frozenset[int] = frozenset(),
) -> str:
    """Write a plain table.

    Parameters
    ----------
    caption : str
        What it shows.
    head : sequence of str
        Headings.
    rows : iterable of sequence of str
        Cells as text.
    names : int, default 0
        The column that names its row.
    words : frozenset of int
        Other columns that hold words rather than numbers.
    """
    wordy = {names, *words}
    top = "".join(
        f'<th scope="col"{_kind(i in wordy)}>{text(cell)}</th>' for i, cell in enumerate(head)
    )
    body = []
    for row in rows:
        cells = (
            f'<th scope="row">{text(cell)}</th>'
            if i == names
            else f"<td{_kind(i in wordy)}>{text(cell)}</td>"
            for i, cell in enumerate(row)
        )
        body.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f"<table>{captioned(caption)}\n<thead><tr>{top}</tr></thead>\n"
        f"<tbody>\n{chr(10).join(body)}\n</tbody></table>"
    )


def captioned(caption: str) -> str:
    """Write a caption that stays in sight while its table scrolls."""
    return f"<caption><span>{text(caption)}</span></caption>"


def _kind(wordy: bool) -> str:
    return ' class="words"' if wordy else ""


def scrolling(inside: str, label: str) -> str:
    """Let something wide scroll by itself, also by the keyboard."""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{text(label)}">{inside}</div>'
    )


def section(name: str, title: str, *inside: str) -> str:
    """Write a section under a heading."""
    content = "\n".join(part for part in inside if part)
    return (
        f'<section id="{name}" aria-labelledby="{name}-title">\n'
        f'<h2 id="{name}-title">{text(title)}</h2>\n{content}\n</section>'
    )


def unfolding(summary: str, inside: str, kind: str = "numbers") -> str:
    """Write what is shown on demand."""
    return f'<details class="{kind}"><summary>{text(summary)}</summary>\n{inside}\n</details>'
