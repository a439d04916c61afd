"""``coopgames read``: what histories from outside were."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from coopgames.mistakes import Mistake, unknown

if TYPE_CHECKING:
    from coopgames.readings import Record, Records, Rule


@click.command()
@click.argument("file", type=click.Path())
@click.option("--game", required=True, help="What was played: a name, or a file of a game.")
@click.option(
    "--columns",
    multiple=True,
    metavar="WHAT=NAME[+NAME…]",
    help="Under which name the file has its match, period, actor, action, message; or, where a row "
    "holds what all did, actions and messages, a name for each actor. Can be given several times, "
    "or with commas.",
)
@click.option(
    "--actions",
    multiple=True,
    metavar="THERE=HERE",
    help="What the file calls an action, and its name in the game, as in c=C,d=D.",
)
@click.option(
    "--where",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Read only rows with this value. Can be given several times.",
)
@click.option("--seats", metavar="A,B,…", help="Who sits where, where that matters.")
@click.option("--match", "wanted", metavar="NAME", help="Show this match only, in full.")
@click.option(
    "--prewindow",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Measure from the first N periods, in which nobody had adjusted yet, instead of from what "
    "self-interest alone would have done.",
)
@click.option("--perceived", metavar="GAME", help="The payoffs as the actors perceived them.")
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="KEY=VALUE",
    help="A convention of the reading: L, q, w, c, g or rise. Can be given several times.",
)
@click.option(
    "--turns",
    type=click.IntRange(1, 5),
    default=1,
    show_default=True,
    help="Over so many periods taking turns counts as coordination.",
)
@click.option("--among", metavar="A,B,…", help="Read what these actors did among themselves.")
@click.option("--count-imposed", is_flag=True, help="Count imposed adjustment as cooperation.")
@click.option(
    "--count-all", is_flag=True, help="Count everybody's acts, also of actors who may draw lots."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def read(
    file: str, game: str, columns: tuple[str, ...], actions: tuple[str, ...],
    where: tuple[str, ...], seats: str | None, wanted: str | None, prewindow: int,
    perceived: str | None, rules: tuple[str, ...], turns: int, among: str | None,
    count_imposed: bool, count_all: bool, as_json: bool,
) -> None:  # fmt: skip
    """Read what happened in FILE: harmony, cooperation or discord, when, and by what adjustment.

    FILE is a table (CSV) with columns match, period, actor, action and perhaps message, a row for
    each actor and period.
    """
    from coopgames.cli.accounts import Told, as_dict
    from coopgames.cli.readingpage import show
    from coopgames.readings import account, coalition_account, records_from_csv
    from coopgames.specs import game_from

    played = game_from(game)
    found = records_from_csv(
        file,
        played,
        columns={k: v.split("+") for k, v in _pairs("--columns", columns)},
        where=dict(_pairs("--where", where, commas=False)),
        actions=dict(_pairs("--actions", actions)),
        seats=_names(seats),
    )
    options: dict[str, Any] = {
        "rule": _rule(rules), "prewindow": prewindow, "turns": turns,
        "count_imposed": count_imposed,
        "perceived": None if perceived is None else game_from(perceived),
    }  # fmt: skip
    if count_all:
        options["shuffles"] = 0
    told = []
    for record in _chosen(found, wanted):
        course, said = record.course, record.messages
        try:
            if among is None:
                told.append(Told(record, account(played, course, messages=said, **options)))
            else:
                parties = [_seat(name, record) for name in _names(among)]
                some = coalition_account(played, course, parties, messages=said, **options)
                told.append(Told(record, some.account, some))
        except Mistake as mistake:
            place = f"{file}, match {record.match}" if record.match else file
            raise Mistake(f"{place}: {mistake}") from None
    if as_json:
        text = as_dict(played, told, found.ignored)
        click.echo(json.dumps(text, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        show(played, told, found.ignored, _repeat(file))


def _repeat(file: str) -> str:
    """Give the command as it was called, to be called again with more."""
    import shlex
    import sys

    given = sys.argv[sys.argv.index("read") + 1 :] if "read" in sys.argv else [file]
    return shlex.join(["coopgames", "read", *given])


def _pairs(option: str, given: Sequence[str], *, commas: bool = True) -> list[tuple[str, str]]:
    """Read ``KEY=VALUE``, once or several times, with commas between if that is possible."""
    pairs = []
    for text in given:
        for part in text.split(",") if commas else [text]:
            key, equals, value = (x.strip() for x in part.partition("="))
            if not (key and equals and value):
                raise Mistake(f'{option}: "{part}" is none; write KEY=VALUE')
            pairs.append((key, value))
    return pairs


def _names(text: str | None) -> list[str]:
    return [] if text is None else [name.strip() for name in text.split(",")]


def _rule(given: Sequence[str]) -> Rule:
    """Read the conventions of a reading."""
    from coopgames.readings import Rule

    kinds: dict[str, type] = {f.name: type(getattr(Rule, f.name)) for f in fields(Rule)}
    values: dict[str, Any] = {}
    for key, value in _pairs("--rule", given):
        if key not in kinds:
            raise Mistake(f"--rule: {unknown('convention', key, kinds)}")
        try:
            values[key] = kinds[key](value)
        except ValueError:
            what = "whole number" if kinds[key] is int else "number"
            raise Mistake(f'--rule {key}: "{value}" is no {what}') from None
    return Rule(**values)


def _chosen(found: Records, wanted: str | None) -> tuple[Record, ...]:
    if wanted is None:
        return found.records
    chosen = tuple(r for r in found.records if r.match == wanted)
    if not chosen:
        raise Mistake(f"--match: {unknown('match', wanted, [r.match for r in found.records])}")
    return chosen


def _seat(name: str, record: Record) -> int:
    if name not in record.actors:
        raise Mistake(f"--among: {unknown('actor', name, record.actors)}")
    return record.actors.index(name)
