"""A class's tournament: everybody against everybody and a house field, whatever anybody does.

What one does changes nobody else's results: who is in trouble is out with all matches, before and
after, and what is left is what would have been played without. Whom a match is against decides
nothing but that match, since luck comes from the two names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from coopgames.classroom.folder import ClassFolder
from coopgames.classroom.openings import Opening, Openings
from coopgames.classroom.rounds import Progress, Roll, play_all
from coopgames.classroom.runner import Limits, Trouble
from coopgames.classroom.submissions import Entry, SetAside, collect
from coopgames.experiments import check_size, describe, pairs, plan, tables
from coopgames.mistakes import Mistake
from coopgames.specs import Experiment, entrants, load, strategy_from
from coopgames.store import Results, finish, open_folder


@dataclass(frozen=True)
class Out:
    """Who was in the tournament and was put out of it.

    Parameters
    ----------
    entry : Entry
        What was handed in.
    trouble : Trouble
        Why.
    """

    entry: Entry
    trouble: Trouble


@dataclass(frozen=True, eq=False)
class Tournament:
    """A class's tournament, as it stands in a folder.

    Parameters
    ----------
    folder : ClassFolder
        Where.
    experiment : Experiment
        What was played, with all who were in no trouble.
    results : Results
        What came of it.
    entries : tuple of Entry
        Who played to the end.
    out : tuple of Out
        Who was put out.
    aside : tuple of SetAside
        What never played.
    openings : dict
        How the first game of each pair began.
    played, reused : int
        Matches played in this run, and those that were there already.
    runner : str
        What played them.
    fences : tuple of str or None
        What held on this machine; None where nothing had to be played.
    """

    folder: ClassFolder
    experiment: Experiment
    results: Results
    entries: tuple[Entry, ...]
    out: tuple[Out, ...]
    aside: tuple[SetAside, ...]
    openings: dict[tuple[str, str], Opening]
    played: int
    reused: int
    runner: str
    fences: tuple[str, ...] | None

    @property
    def house(self) -> tuple[str, ...]:
        """The names of the house field."""
        theirs = {entry.who for entry in self.entries}
        return tuple(e.name for e in self.experiment.entrants if e.name not in theirs)


def conditions(
    experiment: str | Path | None = None, sets: Sequence[str] = (), house: Sequence[str] = ()
) -> Experiment:
    """Load the conditions of a class's tournament.

    Parameters
    ----------
    experiment : str or Path, optional
        As for `coopgames.specs.load`; its strategies are the house field. By default the prisoner's
        dilemma for 200 periods, five games a pair, and a house field from the kindest to the
        nastiest.
    sets : sequence of str
        Settings ``KEY=VALUE`` that replace what the file says.
    house : sequence of str
        Strategies that are the house field instead.
    """
    usual = Path(str(files("coopgames.classroom") / "class.toml"))
    base = load(usual if experiment is None else experiment, sets=sets)
    if house:
        base = replace(base, entrants=entrants([strategy_from(name) for name in house]))
    return base


def play_class(
    source: str | Path,
    base: Experiment,
    *,
    out: Path,
    runner: str = "process",
    limits: Limits | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Tournament:
    """Play what a class handed in.

    Parameters
    ----------
    source : str or Path
        A folder or a zip; see `coopgames.classroom.submissions`.
    base : Experiment
        The conditions; its entrants are the house field.
    out : Path
        The class's folder; matches that it holds already are not played again.
    runner : str
        ``process`` or ``hardened``.
    limits : Limits, optional
        How much a strategy may use.
    progress : callable, optional
        Told how far the run is.

    Raises
    ------
    Mistake
        If nothing can be played. What one student's strategy does raises nothing.
    """
    if base.horizon.infinite:
        raise Mistake("a class plays games that end: give periods or a continuation probability")
    if base.arms or base.lengths:
        raise Mistake(
            f"a class plays games of one kind; {base.name} has "
            f"{'arms' if base.arms else 'several numbers of periods'}"
        )
    if base.regime is not None:
        raise Mistake(
            f"a class plays without a regime, since what it hands in is shown none; {base.name} "
            f"has {base.regime.regime.name}"
        )
    entries, aside = collect(source)
    entries = [_not_of_the_house(e, base) for e in entries]
    if not entries:
        raise Mistake(f"{source}: nothing here can be played{_first_reason(aside)}")
    folder = ClassFolder(out)
    who = Roll(base, folder, entries, runner, limits or Limits())
    check_size(who.experiment())
    target = out / "results"
    chunks = open_folder(target, describe(who.experiment()))
    openings = Openings(out / "openings")
    fences, session = play_all(who, chunks, openings, target, progress)
    experiment = who.experiment()
    wanted = pairs(experiment)
    results = finish(target, describe(experiment), tables(experiment, chunks.frames))
    session.note(finished=True)
    return Tournament(
        folder, experiment, results,
        entries=tuple(e for e in entries if e.who not in who.out),
        out=tuple(Out(e, who.out[e.who]) for e in entries if e.who in who.out),
        aside=tuple(aside), openings=openings.of(wanted, plan(experiment).field.labels),
        played=session.played, reused=session.reused, runner=runner, fences=fences,
    )  # fmt: skip


def _first_reason(aside: Sequence[SetAside]) -> str:
    return f": {aside[0].file} {aside[0].reason}" if aside else " (no Python files)"


def _not_of_the_house(entry: Entry, base: Experiment) -> Entry:
    """Let nobody play under the name of one of the house; luck comes from names."""
    taken = {entrant.name for entrant in base.entrants}
    return replace(entry, who=f"student {entry.who}") if entry.who in taken else entry
