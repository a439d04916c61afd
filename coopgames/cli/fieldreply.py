"""The best reply to a field, and what would have won an experiment, on the terminal."""

from __future__ import annotations

import json
import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from coopgames.mistakes import Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from coopgames.experiments import Winner
    from coopgames.games import Game
    from coopgames.play import Horizon
    from coopgames.specs import Experiment
    from coopgames.strategies import Strategy

SHOWN = 8
"""So many lines of the standings are shown, and that of the rule; --json has them all."""

Search = dict[str, Any]
"""What `winner` is told of ``among``, ``states`` and ``aim``: what the user gave."""

COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def to_experiment(
    name: str, sets: Sequence[str], search: Search, file: Path | None, *, as_json: bool
) -> None:
    """Say what would have won an experiment."""
    from coopgames.specs import load

    _find(load(name, sets=sets), name, sets, search, file, as_json=as_json)


def to_strategies(
    whom: Sequence[Strategy], game: Game, horizon: Horizon, noise: float, search: Search,
    file: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Say what is best against some strategies."""
    from coopgames.specs import Experiment, entrants

    field = Experiment("field", "", 1, game, entrants(whom), horizon, self_play=False, noise=noise)
    _find(field, None, (), search, file, as_json=as_json)


def _find(
    experiment: Experiment, name: str | None, sets: Sequence[str], search: Search,
    file: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    from coopgames.cli.warmup import warm_up
    from coopgames.experiments import winner

    if file is not None:
        _ends_in_toml(file)
    warm_up(entrant.strategy for entrant in experiment.entrants)
    found = winner(experiment, **search, say=partial(click.echo, err=True))
    if file is not None:
        save(_card(found, name), file)
    if as_json:
        click.echo(json.dumps(as_dict(found, name), indent=2, allow_nan=False))
    else:
        _show(found, name, sets, file)


def save(rule: Strategy, file: Path) -> None:
    """Write a rule into a file that can be played and added to an experiment."""
    from coopgames.specs import as_table, toml_text

    _ends_in_toml(file)
    text = toml_text({key: value for key, value in as_table(rule).items() if value != ""})
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Mistake(f"{file}: cannot be written: {error.strerror}") from None


def _ends_in_toml(file: Path) -> None:
    if file.suffix != ".toml":
        raise Mistake(f"{file}: a rule is written as TOML; the file's name must end in .toml")


def _card(found: Winner, name: str | None) -> Strategy:
    """Give the rule the words that go into its file."""
    from dataclasses import replace

    e = found.experiment
    whom = name or ", ".join(entrant.name for entrant in e.entrants)
    where = {"all": "all rules", "bred": "memory-one rules"}.get(found.among, found.among)
    return replace(
        found.strategy,
        voice=f"I was made to meet {len(e.entrants)} others, and score {found.place.score:.1f}.",
        source=f"Found by coopgames as the best reply to {whom} among {where}.",
    )


def as_dict(found: Winner, name: str | None) -> dict[str, Any]:
    """Give what was found as the stable JSON of ``reply --json``, for a field."""
    from dataclasses import asdict

    from coopgames.cli import strategycard

    e = found.experiment
    rule = e.game.shape == (2, 2)
    return {
        "experiment": name,
        "against": [entrant.name for entrant in e.entrants],
        "game": e.game.name,
        "periods": e.horizon.periods,
        "continuation": e.horizon.continuation,
        "noise": e.noise,
        "self_play": e.self_play,
        "among": found.among,
        "aim": found.aim,
        "states": found.states,
        "tried": found.tried,
        "exact": found.exact,
        "ceiling": found.ceiling,
        "score": found.place.score,
        "standard_error": found.place.standard_error,
        "rank": found.rank,
        "winning": found.winning,
        "name": found.name,
        "known_as": known_as(found),
        "standings": [asdict(place) for place in found.standings],
        "automaton": strategycard.as_dict(found.strategy)["automaton"] if rule else None,
    }


def known_as(found: Winner) -> str | None:
    """Name the strategy of the library that plays just like the rule; usual parameters only."""
    from coopgames.play import EXACT
    from coopgames.strategies import Automaton, library

    e = found.experiment
    slips = bool(e.noise) or e.perception != EXACT
    ours = _behaviour(cast(Automaton, found.strategy.rule), slips=slips)
    for entry in library().values():
        rule = entry().rule
        fits = isinstance(rule, Automaton) and rule.next.shape == (len(rule.mix), 2, 2)
        if fits and _behaviour(cast(Automaton, rule), slips=slips) == ours:
            return entry.name
    return None


def _behaviour(rule: Any, *, slips: bool) -> Any:
    """Give the smallest automaton that plays alike; without slips, as far as it means to act."""
    from coopgames.strategies import Automaton

    if slips or not rule.deterministic:
        return rule.minimal()
    means = rule.mix.argmax(axis=1)
    after = rule.next[range(len(means)), means]
    return Automaton(rule.mix, after[:, None, :].repeat(2, axis=1), rule.initial).minimal()


def _show(found: Winner, name: str | None, sets: Sequence[str], file: Path | None) -> None:
    from rich.markup import escape

    from coopgames.cli.strategycard import MOST, state_table
    from coopgames.cli.style import console
    from coopgames.strategies import Automaton

    out, e = console(), found.experiment
    out.print()
    out.print(f"{_sentence(found, name)}{_caveat(found)}")
    out.print()
    out.print(_standings(found))
    rule = found.strategy.rule
    if isinstance(rule, Automaton) and e.game.shape == (2, 2):
        known = known_as(found)
        same = f" It plays as [bold]{known}[/] does." if known else ""
        out.print()
        out.print(f"The rule, own action first in CC, CD, DC and DD:{same}")
        out.print()
        out.print(state_table(rule))
        if len(rule.states) > MOST:
            out.print(f"[dim]… and {len(rule.states) - MOST} states more; --json has them all.[/]")
    out.print()
    out.print(f"[bold]Next[/]  {escape(_next(found, name, sets, file))}", soft_wrap=True)


def _sentence(found: Winner, name: str | None) -> str:
    """Say what was found."""
    from rich.markup import escape

    e, place, rival = found.experiment, found.place, found.rival
    per = "a period" if e.horizon.infinite else "a game"
    error = f" ± {place.standard_error:.1g}" if not found.exact else ""
    score = f"[bold]{_number(place.score)}{error}[/] {per}"
    several = len(e.entrants) > 1
    field = f"these {len(e.entrants)} strategies" if several else escape(e.entrants[0].name)
    said, rule = "", _rule(found)
    if found.ceiling is not None:
        aside = ", itself aside" if e.self_play else ""
        said = f"No rule whatever gets more than [bold]{_number(found.ceiling)}[/] {per} from "
        said += f"{field}{aside}. "
        rule = f"The best reply, {rule[0].lower()}{rule[1:]},"
    if not several:
        return f"{said}{rule} gets {score} from {field}."
    there = f"in {escape(name)}" if name else f"among {field}"
    other = f"{escape(rival.name)} with {_number(rival.score)}"
    if found.rank > 1:
        came = f"{_ordinal(found.rank)} {there}"
        return f"{said}{rule} would have come {came} with {score}, behind {other}."
    if abs(rival.score - place.score) < 1e-9 * abs(place.score):
        return f"{said}{rule} would have shared the first place {there} with {other} {per}."
    return f"{said}{rule} would have come first {there} with {score}, ahead of {other}."


def _rule(found: Winner) -> str:
    """Say what kind of rule it is."""
    from coopgames.strategies import Automaton

    rule = cast(Automaton, found.strategy.rule)
    if found.among in ("memory-one", "bred"):
        return f"A memory-one rule that draws {'no ' if rule.deterministic else ''}lots"
    return f"A rule of {_states(len(rule.states))}"


def _states(n: int) -> str:
    return f"{_counted(n)} state{'s' * (n > 1)}"


def _counted(n: int) -> str:
    return COUNTED[n] if n < len(COUNTED) else f"{n:,}"


def _caveat(found: Winner) -> str:
    """Say how sure it is that nothing better is to be found there."""
    if found.among == "all":
        return ""
    if found.among == "bred":
        return f" It was bred, over {found.tried:,} rules tried: there may be better ones."
    up_to = "" if found.states in (None, 1) else "up to "
    of = f"rules of {up_to}{_states(found.states)}" if found.states else "memory-one rules"
    better = "scores more" if found.aim == "score" else "is further ahead"
    sure = (
        f"none {better}." if found.exact
        else "where lots are drawn scores are sampled, so that another may be as good."
    )  # fmt: skip
    said = f" All {found.tried:,} {of} that draw no lots were tried: {sure}"
    if found.rank > 1 and found.winning:
        said += (
            f" {_counted(found.winning).capitalize()} of them would have come first, though with a "
            "lower score: --aim win finds the one that leads by most."
        )
    return said


def _standings(found: Winner) -> Table:
    """Draw the best places, and that of the rule."""
    from rich.markup import escape
    from rich.table import Table

    sampled = any(place.standard_error for place in found.standings)
    table = Table(box=None, header_style="dim", padding=(0, 1))
    table.add_column("", justify="right")
    table.add_column("strategy", no_wrap=True)
    for head in ("score", "±")[: 1 + sampled]:
        table.add_column(head, justify="right")
    for rank, place in enumerate(found.standings, 1):
        ours = place.name == found.name
        if rank > SHOWN and not ours:
            continue
        error = f"{place.standard_error:.1g}" if place.standard_error else ""
        cells = [str(rank), escape(place.name), _number(place.score), error][: 3 + sampled]
        table.add_row(*cells, style="bold" if ours else "")
    if len(found.standings) > SHOWN:
        table.add_row("", "[dim]…[/]")
    return table


def _number(score: float) -> str:
    """Write a score: a decimal place where it is large, else more."""
    return f"{score:.1f}" if abs(score) >= 100 else f"{score:.4g}"


def _ordinal(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _next(found: Winner, name: str | None, sets: Sequence[str], file: Path | None) -> str:
    """Say what to do next."""
    e = found.experiment
    whom = [name] if name else [entrant.name for entrant in e.entrants]
    again = shlex.join(["coopgames", "reply", *whom, *(x for s in sets for x in ("--set", s))])
    saved = shlex.quote(str(file or "best.toml"))
    if file is None and name:
        return f"{again} -o {saved}"
    if file is None:
        return f"with -o {saved} the rule is written into a file, to be played or to compete"
    if name:
        settings = "".join(f"--set {shlex.quote(s)} " for s in sets)
        return f"coopgames run {shlex.quote(name)} {settings}--add {saved}"
    return f"coopgames match {saved} {shlex.quote(whom[0])}"
