"""A regime as a user names it: by the name of a shipped one, or by the path of a TOML file."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

import coopgames
from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake, unknown
from coopgames.regimes import (
    Always,
    Between,
    Demand,
    Injunction,
    Issue,
    Listed,
    NoMore,
    Regime,
    RegimeMistake,
    When,
)
from coopgames.specs import game_table
from coopgames.specs.regime_table import FOR_GOOD, InjunctionTable, IssueTable, RegimeTable
from coopgames.specs.source import ElsewhereMistake, Location, Source, read
from coopgames.specs.table import mistakes, wrong
from coopgames.specs.toml_text import array_text, toml_text

Found = list[tuple[Location, str, str]]


def shipped_regimes() -> dict[str, Path]:
    """Find the regimes that come with the package, by name."""
    folder = Path(coopgames.__file__).parent / "regimes" / "shipped"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def regime_from(text: str, folder: Path | None = None) -> Regime:
    """Make the regime that a word of the command line or of a file means.

    Parameters
    ----------
    text : str
        The name of a shipped regime, or a path that ends in ``.toml``.
    folder : Path, optional
        Where a path starts; the current folder by default.

    Raises
    ------
    Mistake
        One line for each mistake, which says where in the file it is.
    """
    ours = shipped_regimes()
    if text in ours:
        path = ours[text]
    elif text.endswith(".toml"):
        path = folder / text if folder else Path(text)
    else:
        raise Mistake(unknown("regime", text, ours))
    source = read(path)
    for kind, key in {"an experiment": "strategies", "a strategy": "state"}.items():
        if key in source.content:
            raise ElsewhereMistake(f"{path}: this is {kind}'s file; a regime's file is needed")
    return _regime(source, path.parent)


def regime_of(table: dict[str, Any], folder: Path | None = None) -> Regime:
    """Make the regime of a table, such as `regime_table_of` gives.

    Parameters
    ----------
    table : dict
        Of what JSON can hold.
    folder : Path, optional
        Where paths start; the current folder by default.

    Raises
    ------
    Mistake
        One line for each mistake.
    """
    return _regime(Source("regime", "", table), folder or Path())


def _regime(source: Source, folder: Path) -> Regime:
    """Make a regime, or say all that is wrong with it, in shape and in substance."""
    found: Found = []
    table = None
    try:
        table = RegimeTable.model_validate(source.content)
    except ValidationError as error:
        found += _found(error)
    regime, more = _made(source.content, folder)
    found += [problem for problem in more if problem not in found]
    if table is None or regime is None or found:
        raise ElsewhereMistake("\n".join(mistakes(wrong(found), source)))
    return replace(
        regime,
        name=table.name,
        title=table.title,
        story=table.story,
        sources=tuple(table.sources),
        coding=tuple(table.coding),
        follows=table.follows,
    )


def _made(content: dict[str, Any], folder: Path) -> tuple[Regime | None, Found]:
    """Make what can be made of a regime's table, of the entries that have the right shape."""
    found: Found = []
    issues: list[Issue] = []
    for i, issue in _sound(IssueTable, content.get("issue")):
        try:
            issues.append(issue.issue(folder))
        except Mistake as mistake:
            kind = "elsewhere" if isinstance(mistake, ElsewhereMistake) else "mistake"
            found.append((("issue", i, "game"), kind, str(mistake)))
        except ValidationError as error:
            found += [(("issue", i, "game", *at), kind, text) for at, kind, text in _found(error)]
    tables = _sound(InjunctionTable, content.get("injunction"))
    given = content.get("issue")
    if not isinstance(given, list) or len(issues) < len(given) or not issues:
        return None, found  # of what its actions are is not known
    if not (issues[0].game or issues[0].seats):
        return None, found
    # What an entry of the wrong shape is called counts as there, so that nobody misses it.
    broken = _names(content.get("injunction")) - {table.name for _, table in tables}
    injunctions = [_without(table.injunction(), broken) for _, table in tables]
    try:
        return Regime("", tuple(issues), tuple(injunctions)), found
    except RegimeMistake as mistake:
        for p in mistake.problems:
            number, table = tables[p.at]
            key = table.deontic if p.key == "demand" else p.key
            found.append((("injunction", number, key), "mistake", f'"{p.injunction}": {p.text}'))
        return None, found


def _sound(kind: type[Any], rows: object) -> list[tuple[int, Any]]:
    """Read those entries of an array that have the right shape, with their numbers."""
    read: list[tuple[int, BaseModel]] = []
    for i, row in enumerate(rows if isinstance(rows, list) else []):
        try:
            read.append((i, kind.model_validate(row)))
        except ValidationError:
            continue
    return read


def _names(rows: object) -> set[str]:
    entries = rows if isinstance(rows, list) else []
    return {str(row["name"]) for row in entries if isinstance(row, dict) and "name" in row}


def _without(q: Injunction, broken: set[str]) -> Injunction:
    """Take out references to entries that cannot be read."""
    serves = tuple(name for name in q.serves if name not in broken)
    excepts = tuple(name for name in q.excepts if name not in broken)
    when = Always() if getattr(q.when, "of", None) in broken else q.when
    return replace(q, serves=serves, excepts=excepts, when=when)


def _found(error: ValidationError) -> Found:
    """Take apart what a table found."""
    return [
        (tuple(e["loc"]), str(e["type"]), str(e["msg"])) for e in error.errors(include_url=False)
    ]


# --- out ------------------------------------------------------------------------------------------


def regime_table_of(regime: Regime, *, names: bool = False) -> dict[str, Any]:
    """Write a regime in its canonical form: everything spelt out, as JSON can hold it.

    Parameters
    ----------
    regime : Regime
        What `regime_of` makes of the result again.
    names : bool
        Whether games of the catalogue are named instead of written out.
    """
    return {
        "name": regime.name,
        "title": regime.title,
        "story": regime.story,
        "sources": list(regime.sources),
        "coding": list(regime.coding),
        "follows": regime.follows,
        "issue": [_issue(issue, names) for issue in regime.issues],
        "injunction": [_injunction(q) for q in regime.injunctions],
    }


def regime_toml(regime: Regime) -> str:
    """Write a regime as the text of a TOML file, with games of the catalogue by name.

    Parameters
    ----------
    regime : Regime
        What `regime_from` makes of the file again.
    """
    table = regime_table_of(regime, names=True)
    head = {
        k: v for k, v in table.items() if k not in ("issue", "injunction") and v not in ("", [])
    }
    return toml_text(head) + "".join(array_text(key, table[key]) for key in ("issue", "injunction"))


def _issue(issue: Issue, names: bool) -> dict[str, Any]:
    if issue.game is None:
        return {"name": issue.name, "moves": list(issue.moves), "seats": list(issue.seats)}
    known = names and _catalogued(issue.game)
    game = issue.game.name if known else game_table.as_table(issue.game)
    return {"name": issue.name, "game": game}


def _catalogued(game: Game) -> bool:
    try:
        return named_game(game.name) == game
    except Mistake:
        return False


def _injunction(q: Injunction) -> dict[str, Any]:
    row = {
        "name": q.name,
        "level": q.level,
        "says": q.says,
        "issue": q.issue,
        q.deontic: _spoken(q.demand),
        "addressees": list(q.addressees),
        "when": _when(q.when),
        "monitoring": asdict(q.monitoring),
        "serves": list(q.serves),
        "excepts": list(q.excepts),
        "since": q.since,
        "formerly": q.formerly,
        "implicit": q.implicit,
        "refused_by": list(q.refused_by),
    }
    return row if q.stake is None else {**row, "stake": q.stake}


def _spoken(demand: Demand) -> list[str] | dict[str, Any]:
    if isinstance(demand, Listed):
        return list(demand.actions)
    if isinstance(demand, NoMore):
        return {"no_more_than": demand.than}
    ends = {"least": demand.low, "most": demand.high}
    return {key: end for key, end in ends.items() if end is not None}


def _when(when: When) -> str | dict[str, Any]:
    if isinstance(when, Always):
        return "always"
    if isinstance(when, Between):
        ends = {"start": when.start, "end": when.end}
        return {key: end for key, end in ends.items() if end is not None}
    return {
        "unless" if when.unless else "after": when.whose,
        "of": when.of,
        "periods": FOR_GOOD if when.periods is None else when.periods,
    }
