"""``feedback/NAME.md``: what a student's strategy did well, where it lost, and what went wrong.

Others are called by their pseudonyms; what a student wrote appears on the student's own page only.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np

from coopgames.classroom.folder import slug
from coopgames.classroom.openings import LENGTH
from coopgames.classroom.order import HINTS, Standing, told
from coopgames.classroom.submissions import Entry, SetAside
from coopgames.classroom.tournament import Out
from coopgames.mistakes import Mistake
from coopgames.reports import design, encodes, percent, score
from coopgames.store import write_text

MARGIN = 0.02
"""A difference counts as one from this share of the score of a game on."""


def write_feedback(standing: Standing) -> dict[str, Path]:
    """Write a page for each who handed in something; give them by name."""
    t = standing.tournament
    folder = t.folder.path / "feedback"
    try:
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.md"):
            old.unlink()
    except OSError as error:
        raise Mistake(f"{folder}: cannot be written: {error.strerror}") from None
    pages = {e.who: _played(standing, e) for e in t.entries}
    pages |= {o.entry.who: _out(standing, o) for o in t.out}
    pages |= {a.who: _aside(standing, a) for a in t.aside}
    written: dict[str, Path] = {}
    for who, page in sorted(pages.items()):
        name, n = slug(who), 1
        taken = {p.name.casefold() for p in written.values()}
        while f"{name}.md".casefold() in taken:
            n += 1
            name = f"{slug(who)}_{n}"
        written[who] = folder / f"{name}.md"
        write_text(written[who], page)
    return written


def plain(text: str) -> str:
    """Keep text from being taken for Markdown or HTML."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&!])", r"\\\1", text)


def _head(who: Entry | SetAside, standing: Standing) -> str:
    e = standing.tournament.experiment
    return (
        f"# {plain(who.student)}\n\n{plain(e.title)}. {design(e)}.\n\n"
        f"On the leaderboard you are **{standing.shown(who.who)}**. Your file: "
        f"{plain(who.file)}.\n"
    )


def _aside(standing: Standing, aside: SetAside) -> str:
    return (
        f"{_head(aside, standing)}\n## It did not play\n\n{plain(aside.file)} "
        f"{plain(aside.reason)}.\n\nHand in one file of Python; coopgames new strategy NAME writes "
        "one to start from.\n"
    )


def _out(standing: Standing, out: Out) -> str:
    return (
        f"{_head(out.entry, standing)}\n## It was put out of the tournament\n\n"
        f"{plain(told(out.trouble, standing.pseudonyms))}\n\n{HINTS[out.trouble.kind]}\n\n"
        "None of its matches count, so that nobody gains or loses by it. Mend it, see that "
        "coopgames check FILE is content, and hand it in again.\n"
    )


def _played(standing: Standing, entry: Entry) -> str:
    s, e = standing, standing.tournament.experiment
    i, p = s.names.index(entry.who), standing.places
    row, n = s.row(i), len(s.names)
    card = s.tournament.folder.card(entry)
    named = f" “{plain(card.name)}”" if card.name else ""
    said = f"\n> {plain(card.description)}\n" if card.description else ""
    place = f"{p.rank[i]} of {n}"
    sure = (
        "its place is sure"
        if p.best[i] == p.worst[i]
        else f"in 95 of 100 tournaments like this one it would be between {p.best[i]} and "
        f"{p.worst[i]}"
    )
    better, worse = _compared(s, i)
    others = float(np.mean([s.row(k)["accommodates"] for k in range(n)]))
    parts = [
        _head(entry, standing),
        said,
        f"## Place {place}\n\nYour strategy{named} scored {score(p.score[i])} points a game "
        f"(95 % interval {score(p.low[i])} to {score(p.high[i])}); {sure}. It beat "
        f"{s.beaten(i)} of the {len(s.house)} strategies of the house. All checks passed.\n\n"
        f"{encodes(e)} Yours accommodated with {percent(row['accommodates'])} of its actions, "
        f"all together with {percent(others)}.\n",
        f"## What went well\n\n{_list(s, better, 'more')}",
        f"## Where it lost\n\n{_list(s, worse, 'less')}",
        _worth_a_look(s, i),
    ]
    return "\n".join(part for part in parts if part)


def _compared(s: Standing, i: int) -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
    """List opponents by how much more, or less, i got from them than the others did."""
    n = len(s.names)
    rest = (np.arange(n)[:, None] != np.arange(n)) & (np.arange(n) != i)[:, None]
    met = rest & ~np.isnan(s.mean)
    others = np.where(met, s.mean, 0).sum(axis=0) / np.maximum(met.sum(axis=0), 1)
    found = [
        (j, float(s.mean[i, j] - others[j]))
        for j in range(n)
        if j != i and met[:, j].any() and not np.isnan(s.mean[i, j])
    ]
    least = MARGIN * max(1e-9, abs(float(s.places.score[i])))
    better = sorted((x for x in found if x[1] > least), key=lambda x: -x[1])[:3]
    worse = sorted((x for x in found if x[1] < -least), key=lambda x: x[1])[:3]
    return better, worse


def _list(s: Standing, found: list[tuple[int, float]], word: str) -> str:
    if not found:
        return f"Nowhere did it get clearly {word} than others did.\n"
    return "".join(
        f"- against {s.shown(s.names[j])}: {score(abs(x))} points a game {word} than others got\n"
        for j, x in found
    )


def _worth_a_look(s: Standing, i: int) -> str:
    """Show three matches: the worst and the best compared with others, and one of a kind."""
    better, worse = _compared(s, i)
    chosen = [(worse[0][0], "where you lost most")] if worse else []
    chosen += [(better[0][0], "where you did best")] if better else []
    rest = [
        (j, "the most lively") for j in _lively(s, i) if j not in [k for k, _ in chosen]
    ]  # fmt: skip
    chosen += rest[: 3 - len(chosen)]
    lines = []
    for j, why in chosen:
        strip = _strip(s, i, j)
        if strip:
            lines.append(
                f"**Against {s.shown(s.names[j])}**, {why}: {score(s.mean[i, j])} to "
                f"{score(s.mean[j, i])}.\n\n{strip}\n"
            )
    if not lines:
        return ""
    names = s.tournament.experiment.game.actions[0]
    key = f"The first periods of the first game, from left to right, C for {names[0]}, D for the "
    return f"## Three matches worth a look\n\n{key}other.\n\n" + "\n".join(lines)


def _lively(s: Standing, i: int) -> list[int]:
    """List opponents by how often the outcome changed as the first game began."""

    def changes(j: int) -> int:
        mine, theirs = _letters(s, i, j)
        rounds = list(zip(mine, theirs, strict=True))
        return sum(a != b for a, b in pairwise(rounds))

    return sorted((j for j in range(len(s.names)) if j != i), key=lambda j: -changes(j))


def _letters(s: Standing, i: int, j: int) -> tuple[str, str]:
    found = s.tournament.openings
    own, other = s.names[i], s.names[j]
    if (own, other) in found:
        return found[own, other].seat(0), found[own, other].seat(1)
    if (other, own) in found:
        return found[other, own].seat(1), found[other, own].seat(0)
    return "", ""


def _strip(s: Standing, i: int, j: int) -> str:
    mine, theirs = _letters(s, i, j)
    if not mine:
        return ""
    name = s.shown(s.names[j])
    wide = max(len(name), 3)
    more = " …" if len(mine) == LENGTH else ""
    return f"```\n{'you':<{wide}}  {mine}{more}\n{name:<{wide}}  {theirs}{more}\n```"
