"""Where everybody stands, in the words and numbers that all outputs share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from coopgames.classroom.ranks import SAME, Floats, Places, places, score_table
from coopgames.classroom.runner import Limits, Trouble
from coopgames.classroom.tournament import Tournament

CHECKS = (
    "could be read", "loads", "keeps its limits", "does nothing that is forbidden",
    "returns actions", "plays the same again",
)  # fmt: skip
"""What is checked of each, in this order."""

_FAILS = {"file": 1, "time": 2, "memory": 2, "crash": 2, "forbidden": 3, "mistake": 4, "differs": 5}

HINTS = {
    "file": "Try it on your own: coopgames check FILE says what is missing.",
    "time": "Look for a loop that does not end, or for work that grows with every period: keep "
    "sums in memory instead of counting the whole past anew.",
    "memory": "Keep less: a few numbers in memory are enough for most ideas.",
    "crash": "Do not end Python from within a strategy; return an action.",
    "forbidden": "A strategy decides from what it is shown and does nothing else: no files, no "
    "network, no other programs, no threads, no look at who called it.",
    "mistake": "Think of the first period, in which nothing has been seen, and return 0 or 1 in "
    "every case.",
    "differs": "The same match must always go the same way. Draw lots with chance and not with "
    "random, and keep what you remember in memory, or in self, not in global variables: many "
    "matches are played at the same time.",
}
"""What to do about it, by kind of trouble."""


@dataclass(frozen=True, eq=False)
class Standing:
    """The places of a tournament; players are numbered as in `names`.

    Parameters
    ----------
    tournament : Tournament
        What was played.
    names : tuple of str
        All who played to the end.
    pseudonyms : dict
        What each is called where others look; the house has its own names.
    places : Places
        Scores and places.
    mean : ndarray, shape (n, n)
        What the row got per game from the column; NaN if they never met.
    """

    tournament: Tournament
    names: tuple[str, ...]
    pseudonyms: Mapping[str, str]
    places: Places
    mean: Floats

    @cached_property
    def house(self) -> tuple[int, ...]:
        """Who is of the house."""
        house = set(self.tournament.house)
        return tuple(i for i, n in enumerate(self.names) if n in house)

    def beaten(self, i: int) -> int:
        """Count those of the house that scored less."""
        score = self.places.score
        return sum(bool(score[h] < score[i] - SAME) for h in self.house)

    def shown(self, name: str) -> str:
        """Give what a player is called where others look."""
        return self.pseudonyms.get(name, name)

    def row(self, i: int) -> dict[str, Any]:
        """Give a player's row of the ordinary standings."""
        return self._rows[self.names[i]]

    @cached_property
    def _rows(self) -> dict[str, dict[str, Any]]:
        return {row["strategy"]: row for row in self.tournament.results.standings.to_dicts()}

    def given(self, k: int, *, besides: int) -> float:
        """Give what others than k and `besides` got from k per game, on average."""
        others = np.delete(self.mean[:, k], [k, besides])
        others = others[~np.isnan(others)]
        return float(others.mean()) if len(others) else float("nan")

    def moved(self, i: int) -> tuple[int, int]:
        """Give the best and worst place if any one other were not there."""
        own = np.delete(self.places.without[i], i)
        return int(own.min()), int(own.max())


def standing(tournament: Tournament) -> Standing:
    """Work out where everybody stands, and give each of the class a pseudonym."""
    t = tournament
    names = tuple(sorted(e.name for e in t.experiment.entrants))
    table = score_table(t.results.matches, list(names), t.experiment.repetitions)
    all_ = [*(e.who for e in t.entries), *(o.entry.who for o in t.out), *(a.who for a in t.aside)]
    found = places(table, seed=t.experiment.seed)
    return Standing(t, names, t.folder.pseudonyms(all_), found, table.mean(axis=2))


def passed(trouble: Trouble | None) -> int:
    """Count the checks that were passed, in their order."""
    if trouble is None:
        return len(CHECKS)
    loading = trouble.period is None and trouble.kind != "differs"
    return 1 if loading and trouble.seat is None else _FAILS[trouble.kind]


def told(trouble: Trouble, shown: Mapping[str, str]) -> str:
    """Say in a sentence what went wrong; `shown` is what others are called there."""
    what = trouble.what.rstrip(".")
    if trouble.kind == "file":
        return f"The file cannot be used: {what}."
    if trouble.period is None:
        return f"It {what}."
    against = shown.get(trouble.against, trouble.against) if trouble.against else None
    return f"In period {trouble.period}{f' against {against}' if against else ''} it {what}."


def limits_in_words(limits: Limits) -> str:
    """Say how much a strategy may use."""
    return (
        f"{limits.answer:g} seconds of computing for all its decisions of a period, "
        f"{limits.total:g} in all, {limits.memory} MB"
    )
