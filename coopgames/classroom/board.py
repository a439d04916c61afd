"""``leaderboard.html``: a page to show, in the manner of the report, with pseudonyms."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

from coopgames.classroom.order import Standing
from coopgames.reports import (
    counted,
    design,
    document,
    encodes,
    listed,
    markup,
    outcome_bar,
    percent,
    score,
    verdict,
)
from coopgames.store import write_text

KINDS = {
    "file": "could not be loaded", "time": "took too long", "memory": "took too much memory",
    "crash": "ended or crashed its process", "forbidden": "did something that is forbidden",
    "mistake": "made a mistake in play", "differs": "did not play the same match alike again",
}  # fmt: skip
"""What went wrong, without saying whose."""

OUTCOMES = ("harmony", "convention", "cooperation", "imposed adjustment", "discord")

NOTABLE = 2
"""Who loses at least so many places without another is told of."""


def write_leaderboard(standing: Standing, *, names: bool = False) -> Path:
    """Write the leaderboard into the class's folder.

    Parameters
    ----------
    standing : Standing
        Where everybody stands.
    names : bool
        Whether students are shown by name; else by pseudonym.
    """
    path = standing.tournament.folder.path / "leaderboard.html"
    write_text(path, leaderboard(standing, names=names))
    return path


def leaderboard(standing: Standing, *, names: bool = False) -> str:
    """Give the leaderboard as HTML."""
    s, t = standing, standing.tournament
    shown = (lambda name: name) if names else s.shown
    called = [shown(name) for name in s.names]
    body = [
        _verdict(s, called),
        _table(s, called),
        _whom(s, called),
        _absent(s),
        _how(s),
    ]
    style = (files("coopgames.classroom") / "board.css").read_text(encoding="utf-8")
    version = t.results.manifest["versions"]["coopgames"]
    footer = f"Made by coopgames {version}. This page needs no network."
    return document(t.experiment.title, design(t.experiment), "\n\n".join(body), footer, style)


def _verdict(s: Standing, called: list[str]) -> str:
    p, t = s.places, s.tournament
    first = [called[i] for i in range(len(called)) if p.rank[i] == 1]
    i = int(p.rank.argmin())
    whose = "it is of the house" if i in s.house else "it is one of the class"
    if len(first) == 1:
        big = f"First came {first[0]} with {score(p.score[i])} points a game; {whose}."
    else:
        big = f"First came {listed(first)}, together, with {score(p.score[i])} points a game."
    rivals = sum(int(p.best[k]) == 1 for k in range(len(called))) - 1
    sure = (
        "In 95 of 100 tournaments like this one nobody else would come first."
        if rivals == 0
        else f"That is no certainty: {counted(rivals, 'other')} might have come first in a "
        "tournament like this one."
    )
    mine = [k for k in range(len(called)) if k not in s.house]
    half = sum(2 * s.beaten(k) > len(s.house) for k in mine)
    lines = [
        sure,
        f"{half} of {counted(len(mine), 'strategy')} of the class scored more than most of the "
        f"{len(s.house)} of the house.",
        verdict(t.experiment, t.results.matches),
    ]
    told = "\n".join(f"<li>{markup.text(x)}</li>" for x in lines)
    return markup.section(
        "verdict", "What was found", f'<p class="big">{markup.text(big)}</p>',
        f"<p>{markup.text(encodes(t.experiment))}</p>", f"<ul>{told}</ul>",
    )  # fmt: skip


def _table(s: Standing, called: list[str]) -> str:
    p, n = s.places, len(called)
    rows = {name: s.row(i) for i, name in enumerate(s.names)}
    seen = [x for x in OUTCOMES if any(r[x.replace(" ", "_")] for r in rows.values())]
    heads = [
        ("#", "rank", "rank"), ("strategy", "", "name"), ("its place", "interval", "bars places"),
        ("95\u00a0%", "place in 95 of 100 tournaments", "number"),
        ("if one left", "place if any one other were not there", "number"),
        ("score", "", "number strong"), ("±", "half the 95 % interval of the score", "number"),
        ("beats", "of the house", "number"), ("accom\u00admodates", "", "number"),
        ("its matches", "", "bars"),
    ]  # fmt: skip
    head = "".join(
        f'<th scope="col" class="{kind}"'
        + (f' aria-label="{markup.text(full)}" title="{markup.text(full)}"' if full else "")
        + f">{markup.text(name)}</th>"
        for name, full, kind in heads
    )
    body = []
    for i in sorted(range(n), key=lambda i: (int(p.rank[i]), called[i])):
        house = i in s.house
        row, (low, high) = rows[s.names[i]], s.moved(i)
        half = (p.high[i] - p.low[i]) / 2
        name = markup.text(called[i]) + (' <small class="house">house</small>' if house else "")
        cells = [
            ("rank", p.rank[i], str(p.rank[i])),
            ("bars places", "", _span(int(p.rank[i]), int(p.best[i]), int(p.worst[i]), n)),
            ("number", p.best[i], _range(int(p.best[i]), int(p.worst[i]))),
            ("number", high - low, _range(low, high)),
            ("number strong", p.score[i], score(p.score[i])),
            ("number", half, f"{half:.1f}" if abs(p.score[i]) >= 20 else f"{half:.2f}"),
            ("number", s.beaten(i), f"{s.beaten(i)}/{len(s.house) - house}"),
            ("number", row["accommodates"], percent(row["accommodates"])),
            ("bars", "", outcome_bar(row, seen)),
        ]
        parts = [
            f'<td class="{kind}" data-value="{value}">{inside}</td>'
            for kind, value, inside in cells
        ]
        label = f'<th scope="row" class="name" data-value="{markup.text(called[i])}">{name}</th>'
        kind = ' class="of-house"' if house else ""
        body.append(f"<tr{kind}>{parts[0]}{label}{''.join(parts[1:])}</tr>")
    caption = markup.captioned(
        "Places by mean score per game. The dot is the place, the bar where it would be in 95 of "
        "100 tournaments like this one; beside it in numbers, and the place if any one other were "
        "not there; how many of the house it beats; the share of its actions that accommodate; "
        "what came of its matches"
    )
    whole = (
        f'<table class="standings class">{caption}\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{chr(10).join(body)}\n</tbody></table>"
    )
    key = "".join(
        f'<li><span class="swatch {x.replace(" ", "-")}" aria-hidden="true"></span>{x}</li>'
        for x in seen
    )
    return markup.section(
        "standings", "Who did well?", markup.scrolling(whole, "Places"),
        f'<ul class="key">{key}</ul>',
    )  # fmt: skip


def _span(rank: int, best: int, worst: int, n: int) -> str:
    left, width, dot = 100 * (best - 1) / n, 100 * (worst - best + 1) / n, 100 * (rank - 0.5) / n
    return (
        f'<span class="span" aria-hidden="true"><i style="left:{left:.2f}%;width:{width:.2f}%"></i>'
        f'<b style="left:{dot:.2f}%"></b></span>'
    )


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def _whom(s: Standing, called: list[str]) -> str:
    """Tell who of the class owes places to whom of the class."""
    mine = [i for i in range(len(called)) if i not in s.house]
    found = [(lost, i, k) for i in mine for k, lost in [s.places.benefactor(i, mine)]]
    found = sorted((x for x in found if x[0] >= NOTABLE), key=lambda x: (-x[0], called[x[1]]))
    intro = (
        "Somebody may throw games so that another wins. Then that one's place falls when the "
        "helper is left out. Places are counted as if the one left out still stood where it did, "
        "so that without such help they hardly move; in a small class, or where scores are close, "
        "they move by a few all the same. What to look at is a helper who gave one much more than "
        "it gave others."
    )
    if not found:
        told = "<p>Nobody of the class would lose more than a place without any one other.</p>"
    else:
        rows = [
            [called[i], counted(lost, "place"), called[k], score(s.mean[i, k]),
             score(s.given(k, besides=i))]
            for lost, i, k in found[:12]
        ]  # fmt: skip
        head = ["strategy", "would lose", "without", "got from it", "others got"]
        told = markup.scrolling(
            markup.table(
                "Who of the class owes places to whom, and points per game", head, rows,
                words=frozenset({1, 2}),
            ),
            "Who owes places to whom",
        )  # fmt: skip
    return markup.section("whom", "Does anyone owe its place to another?", f"<p>{intro}</p>", told)


def _absent(s: Standing) -> str:
    t = s.tournament
    if not t.out and not t.aside:
        return markup.section("absent", "Who did not play?", "<p>Everybody played.</p>")
    kinds = Counter(o.trouble.kind for o in t.out)
    lines = [f"{n} {KINDS[kind]}" for kind, n in sorted(kinds.items(), key=lambda x: -x[1])]
    if t.aside:
        lines.append(f"{len(t.aside)} could not be read")
    told = "".join(f"<li>{markup.text(line)}</li>" for line in lines)
    return markup.section(
        "absent", "Who did not play?", f"<ul>{told}</ul>",
        "<p>None of their matches count, so that nobody gained or lost by them. Each one's "
        "feedback says what happened.</p>",
    )  # fmt: skip


def _how(s: Standing) -> str:
    t = s.tournament
    how = (
        "Everybody met everybody and the house, "
        f"{', '.join(s.names[h] for h in s.house)}. The score is the mean over all opponents, each "
        "counted alike. Who else was there and luck are accidents: to say how much they matter, "
        "two thousand tournaments were drawn from this one, with as many opponents and repetitions "
        "as there were, each drawn with replacement (bootstrap, percentile intervals). A place "
        "from 4 to 9 means that it would be within these in 95 of 100 of them.\n\n"
        "A strategy that uses up its time, does what is forbidden, returns no action, or does not "
        "play the same match the same way again is put out, with all its matches."
    )
    if t.runner == "process":
        how += " Each strategy played in a process of its own."
    if t.runner == "hardened":
        how += " Each strategy played in an interpreter of its own that can only compute."
    return markup.section("how", "How it was done", markup.paragraphs(how))
