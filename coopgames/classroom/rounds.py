"""The matches of a class, played in a few large pieces; what is done is kept after each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from coopgames.classroom.away import Away
from coopgames.classroom.folder import ClassFolder
from coopgames.classroom.hardened import Hardened
from coopgames.classroom.openings import Openings
from coopgames.classroom.processes import Processes
from coopgames.classroom.runner import Limits, Runner, Shown, Trouble
from coopgames.classroom.submissions import Entry
from coopgames.experiments import Pair, Plan, as_rows, pairs, plan, play, play_apart
from coopgames.play import action_names, shown_payoffs
from coopgames.specs import Entrant, Experiment
from coopgames.store import Chunks, Session
from coopgames.strategies import Apart, Strategy, apart

RUNNERS: dict[str, Callable[[Shown, Limits], Runner]] = {"process": Processes, "hardened": Hardened}
"""What can play strategies, by name."""

COURSES, CELLS = 16_000, 40_000_000
"""So many games, and periods of them, are played in one go, about."""


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Parameters
    ----------
    doing : str
        What it is doing, in words.
    done, total : int
        Matches that are there, and matches wanted.
    reused : int
        Of those done, how many were there from before.
    """

    doing: str
    done: int
    total: int
    reused: int


class Roll:
    """Who takes part, and who is out: grows in the course of a run, and knows why.

    Parameters
    ----------
    base : Experiment
        The conditions, and the house field as its entrants.
    folder : ClassFolder
        Where it is kept what is known of each.
    entries : list of Entry
        All that could be played.
    runner : str
        What plays them.
    limits : Limits
        How much they may use.
    """

    def __init__(
        self,
        base: Experiment,
        folder: ClassFolder,
        entries: Sequence[Entry],
        runner: str,
        limits: Limits,
    ) -> None:
        self.base, self.folder, self.runner, self.limits = base, folder, runner, limits
        self.entries = {entry.who: entry for entry in entries}
        self.out: dict[str, Trouble] = {}
        self._conditions = f"{plan(base).digest} {runner} {limits}"
        for who, entry in self.entries.items():
            if trouble := folder.trouble(self.key(entry)):
                self.out[who] = trouble

    def experiment(self) -> Experiment:
        """Give the experiment of all who are in no trouble."""
        theirs = tuple(
            Entrant(who, Strategy(who, apart(entry.digest)))
            for who, entry in self.entries.items()
            if who not in self.out
        )
        return replace(self.base, entrants=(*self.base.entrants, *theirs))

    def key(self, entry: Entry) -> str:
        """Name what decides whether an entry gets into trouble."""
        content = f"{self._conditions}\n{entry.who}\n{entry.digest}"
        return hashlib.sha256(content.encode()).hexdigest()[:32]

    def put_out(self, who: str, trouble: Trouble) -> None:
        """Note that somebody is out, and why."""
        self.out[who] = trouble
        self.folder.note(self.key(self.entries[who]), self.entries[who], trouble)


def play_all(
    roll: Roll,
    chunks: Chunks,
    openings: Openings,
    target: Path,
    progress: Callable[[Progress], None],
) -> tuple[tuple[str, ...] | None, Session]:
    """Play all that is not there yet.

    Returns
    -------
    fences : tuple of str or None
        What held around the strategies; None where nothing had to be played.
    session : Session
        What was done.
    """
    there = chunks.keys()
    given, wanted = plan(roll.experiment()), pairs(roll.experiment())
    todo = [pair for pair in wanted if pair.key not in there]
    session = Session(target, workers=1, matches=len(wanted), reused=len(wanted) - len(todo))
    session.note()
    if not todo:
        return None, session
    away = {i for i, s in enumerate(given.field.strategies) if isinstance(s.rule, Apart)}
    house = [p for p in todo if not {p.first, p.second} & away]
    theirs = [p for p in todo if {p.first, p.second} & away]
    if house:
        chunks.add(play(given, house))
        session.note(played=len(house))
    if not theirs:
        return None, session
    runner = RUNNERS[roll.runner](_shown(given), roll.limits)
    try:
        progress(Progress("reading the strategies", session.reused, len(wanted), session.reused))
        _load(roll, runner, {given.field.labels[i] for p in theirs for i in (p.first, p.second)})
        for batch in _batches(theirs, given):
            rest = [p for p in batch if not _involved(given, p) & set(roll.out)]
            _play(roll, runner, given, rest, chunks, openings, session, progress)
    finally:
        roll.folder.save()
        runner.close()
    return tuple(getattr(runner, "fences", ())), session


def _shown(given: Plan) -> Shown:
    match, horizon = given.field.match(0, 0), given.field.horizon
    return Shown(
        (tuple(action_names(match, 0)), tuple(action_names(match, 1))),
        (shown_payoffs(match, 0), shown_payoffs(match, 1)),
        horizon.periods if horizon.known else None,
    )


def _involved(given: Plan, pair: Pair) -> set[str]:
    return {given.field.labels[pair.first], given.field.labels[pair.second]}


def _load(roll: Roll, runner: Runner, names: set[str]) -> None:
    """Read the files of those who have matches to play."""
    files = {who: roll.folder.stage(e) for who, e in roll.entries.items() if who in names}
    for who, found in runner.load(files).items():
        if isinstance(found, Trouble):
            roll.put_out(who, found)
        else:
            roll.folder.note("", roll.entries[who], found)


def _batches(todo: Sequence[Pair], given: Plan) -> Iterator[list[Pair]]:
    """Cut matches into pieces in which everybody plays about as much."""
    horizon = given.field.horizon
    length = horizon.periods or 8 / (1 - (horizon.continuation or 0))
    ordered = sorted(todo, key=lambda p: (p.first + p.second, p.first))
    most = max(1, int(min(COURSES, CELLS / length) // given.repetitions))
    pieces = -(-len(ordered) // most)
    for i in range(pieces):
        yield ordered[i::pieces]


def _play(
    roll: Roll,
    runner: Runner,
    given: Plan,
    batch: list[Pair],
    chunks: Chunks,
    openings: Openings,
    session: Session,
    progress: Callable[[Progress], None],
) -> None:
    """Play some matches, and some of them again; keep those of all who are in no trouble."""
    if not batch:
        return
    total, periods = session.matches, 0
    length = given.field.horizon.periods or 0

    def tick() -> None:
        nonlocal periods
        periods += 1
        part = min(1.0, periods / length) * len(batch) if length else 0
        done = session.reused + session.played + int(part)
        progress(Progress("playing", min(done, total), total, session.reused))

    away = Away(runner, given.field.labels, tick)
    played = play_apart(given, batch, away)
    progress(Progress("playing some of them again", session.reused + session.played, total,
                      session.reused))  # fmt: skip
    away.play_again()
    for who, trouble in away.trouble.items():
        roll.put_out(who, trouble)
    openings.add(given, batch, played)
    rows = as_rows(given, batch, played.tally)
    chunks.add(rows.filter(~pl.any_horizontal(pl.col("first", "second").is_in(list(roll.out)))))
    session.note(played=session.played + len(batch))
    roll.folder.save()
