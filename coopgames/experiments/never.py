"""Where coordination is proved never to emerge, however long play were to last.

Two automata that leave nothing to chance repeat themselves sooner or later. If coordination has not
emerged by then it never will; so "not yet" becomes "never" (theory.md 1.4.2), which is no matter of
how long one watched.
"""

from __future__ import annotations

import polars as pl

from coopgames.mistakes import Mistake
from coopgames.play import EXACT, Field, never_emerges
from coopgames.readings import Rule, adjusts, lens
from coopgames.strategies import Automaton

MOST = 50_000
"""So many pairs are looked at, at most; a pair takes about 0.2 ms."""


def proved(field: Field, rule: Rule, rows: pl.DataFrame) -> pl.Series:
    """Say from which period on play repeats itself without coordination.

    Parameters
    ----------
    field : Field
        Who met whom, and the conditions.
    rule : Rule
        The conventions of the reading.
    rows : polars.DataFrame
        The rows of the matches.

    Returns
    -------
    polars.Series
        ``never_from``, a number for each row; null where it emerged, is not proved never to, or
        cannot be measured, and everywhere if there are more than `MOST` pairs to look at.
    """
    certain = [isinstance(s.rule, Automaton) and s.rule.deterministic for s in field.strategies]
    number = {name: i for i, name in enumerate(field.labels)}
    open_ = rows.select(pl.col("emerged").is_null() & pl.col("watched").is_not_null()).to_series()
    seats = list(zip(rows["first"], rows["second"], strict=True))
    places = [
        (number[a], number[b]) if asked else None
        for (a, b), asked in zip(seats, open_, strict=True)
    ]
    wanted = {p for p in places if p is not None and certain[p[0]] and certain[p[1]]}
    found: dict[tuple[int, int], int] = {}
    if not field.noise and field.perception.error == EXACT.error and len(wanted) <= MOST:
        counting = lens(field.game, rule).counting
        adjusting = [adjusts(s) for s in field.strategies]
        for i, j in wanted:
            try:
                orbit = never_emerges(field.match(i, j), counting, (adjusting[i], adjusting[j]))
            except Mistake:  # too many joint states to follow
                continue
            if orbit.never:
                found[i, j] = orbit.start
    values = [None if p is None else found.get(p) for p in places]
    return pl.Series("never_from", values, dtype=pl.UInt32)
