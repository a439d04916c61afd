"""``grades.csv``: a row for each who handed in something."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from coopgames.classroom.folder import write_csv
from coopgames.classroom.order import CHECKS, Standing, passed, told
from coopgames.classroom.submissions import Entry, SetAside

COLUMNS = [
    "student", "number", "pseudonym", "file", "status", "reason", "checks_passed", "checks",
    "baselines_beaten", "baselines", "score", "score_low", "score_high", "rank", "rank_low",
    "rank_high", "of", "note",
]  # fmt: skip


def write_grades(standing: Standing) -> Path:
    """Write the grades into the class's folder."""
    path = standing.tournament.folder.path / "grades.csv"
    write_csv(path, COLUMNS, grades(standing))
    return path


def grades(standing: Standing) -> list[dict[str, Any]]:
    """Give the grades, by the names of who handed in.

    Returns
    -------
    list of dict
        ``status`` is ``played``, ``out`` (put out of the tournament) or ``set aside`` (never in
        it); scores are per game; ``low`` and ``high`` are the ends of 95 % intervals; ``rank_low``
        is the better place.
    """
    s, t = standing, standing.tournament
    place = {name: i for i, name in enumerate(s.names)}
    same = _same_files([*t.entries, *(o.entry for o in t.out)])
    rows = []
    for entry in t.entries:
        i, p = place[entry.who], s.places
        rows.append({
            **_who(entry, s), "status": "played", "checks_passed": len(CHECKS),
            "baselines_beaten": s.beaten(i), "baselines": len(s.house),
            "score": round(float(p.score[i]), 3), "score_low": round(float(p.low[i]), 3),
            "score_high": round(float(p.high[i]), 3), "rank": int(p.rank[i]),
            "rank_low": int(p.best[i]), "rank_high": int(p.worst[i]), "of": len(s.names),
            "note": same.get(entry.who, ""),
        })  # fmt: skip
    for out in t.out:
        reason = told(out.trouble, {})
        rows.append({
            **_who(out.entry, s), "status": "out", "reason": reason,
            "checks_passed": passed(out.trouble), "note": same.get(out.entry.who, ""),
        })  # fmt: skip
    for aside in t.aside:
        reason = f"{aside.file} {aside.reason}"
        rows.append({**_who(aside, s), "status": "set aside", "reason": reason, "checks_passed": 0})
    return sorted(rows, key=lambda row: (row["student"], row["number"]))


def _who(who: Entry | SetAside, s: Standing) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    return empty | {
        "student": who.student, "number": who.number, "pseudonym": s.shown(who.who),
        "file": who.file, "checks": len(CHECKS),
    }  # fmt: skip


def _same_files(entries: list[Entry]) -> dict[str, str]:
    """Note who handed in the same as another, to the byte."""
    by_content = defaultdict(list)
    for entry in entries:
        by_content[entry.contents[0][1]].append(entry.who)
    return {
        who: f"the same file as {', '.join(x for x in group if x != who)}"
        for group in by_content.values()
        if len(group) > 1
        for who in group
    }
