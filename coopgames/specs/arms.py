"""Arms: the same experiment with one thing, or a few named things, changed.

    [arms.as-it-is]

    [arms.known-end]
    horizon.known = true

The first arm is the experiment as it stands. It is called ``base``, unless an arm that changes
nothing gives it a name. All arms have its seed and its number of repetitions, so that what happens
by chance in one of them happens in all (common random numbers), and their differences are those of
what was changed.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from coopgames.mistakes import unknown
from coopgames.specs.arrangement_table import switched
from coopgames.specs.horizon import KINDS
from coopgames.specs.model import ExperimentFile
from coopgames.specs.resolved import Arm, Experiment
from coopgames.specs.source import Location
from coopgames.specs.table import SLUG, printable, wrong

BASE = "base"
"""What the experiment as it stands is called, unless an arm names it."""

CHANGES = (
    "strategies", "game", "regime", "self_play", "noise", "perception", "horizon", "reading",
)  # fmt: skip
"""The keys that an arm can change."""

TABLES = ("game", "regime", "perception", "horizon", "reading")
"""Those that are tables: an arm changes a key of theirs and leaves the others."""

Problem = tuple[Location, str, str]


def read_experiment(
    content: Mapping[str, Any], context: dict[str, Any] | None = None
) -> Experiment:
    """Read what a file says, all arms included.

    Parameters
    ----------
    content : mapping
        What the file says.
    context : dict, optional
        ``folder``, where paths start, and ``added``, strategies that play too.

    Raises
    ------
    ValidationError
        With all mistakes, those of the arms included.
    """
    problems: list[Problem] = []
    base = None
    try:
        base = ExperimentFile.model_validate(dict(content), context=context).experiment()
    except ValidationError as error:
        problems = _problems(error)
    written = content.get("arms")
    if not isinstance(written, dict) or not all(isinstance(a, dict) for a in written.values()):
        if base is None:
            raise wrong(problems)
        return base
    bare, own = {k: v for k, v in content.items() if k != "arms"}, list(problems)
    arms: list[Arm] = []
    for name, changes in written.items():
        found, arm = _arm(name, changes, bare, context, own)
        problems += found
        if arm is not None:
            arms.append(arm)
    if base is not None and not problems:
        problems = _alike(base, arms, written)
    if problems or base is None:
        raise wrong(problems)
    first = next((arm.name for arm in arms if not written[arm.name]), BASE)
    others = [arm for arm in arms if arm.name != first]
    return replace(base, arms=(Arm(first, base), *others)) if others else base


def changed(content: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Change keys of what a file says.

    One kind of horizon replaces the other, and that it is known; a named game becomes the base of
    the one that is changed; a regime that is "none" is one that is silent.

    Parameters
    ----------
    content : mapping
        What the file says.
    changes : mapping
        Keys and what they are to hold; of a table only the keys that change.
    """
    new = copy.deepcopy(dict(content))
    for key, value in changes.items():
        old = new.get(key)
        if key == "regime":
            new[key] = copy.deepcopy(switched(old, value))
            continue
        if key not in TABLES or not isinstance(value, dict):
            new[key] = copy.deepcopy(value)
            continue
        if key == "horizon" and isinstance(old, dict):
            drop_horizon(old, set(value))
        if key == "game":
            if "payoffs" in value or "base" in value:
                old = {}
            elif isinstance(old, str):
                old = {"base": old}
        new[key] = {**(old if isinstance(old, dict) else {}), **copy.deepcopy(value)}
    return new


def drop_horizon(horizon: dict[str, Any], keys: set[str]) -> None:
    """Take the kind of horizon away where one is set; only periods can be known."""
    if keys.intersection(KINDS):
        for kind in KINDS if "periods" in keys else (*KINDS, "known"):
            horizon.pop(kind, None)


def _arm(
    name: str,
    changes: dict[str, Any],
    base: dict[str, Any],
    context: dict[str, Any] | None,
    known: list[Problem],
) -> tuple[list[Problem], Arm | None]:
    """Read an arm; mistakes that the experiment has by itself are not told again."""
    at: Location = ("arms", name)
    found = [(at, "mistake", text) for text in _name_problems(name)]
    for key in changes:
        if key in ExperimentFile.model_fields and key not in CHANGES:
            text = f"is the same in all arms; an arm can change {', '.join(CHANGES)}"
            found.append(((*at, key), "mistake", text))
        elif key not in CHANGES:
            found.append(((*at, key), "key", unknown("key", printable(key), CHANGES)))
    changes = {key: value for key, value in changes.items() if key in CHANGES}
    places = list(_places(changes))
    arm = None
    try:
        read = ExperimentFile.model_validate(changed(base, changes), context=context)
        arm = Arm(name, read.experiment())
    except ValidationError as error:
        for where, kind, text in _problems(error):
            plain = tuple(part for part in where if not str(part).startswith("<"))
            if any(p[: len(plain)] == plain[: len(p)] for p in places):
                found.append(((*at, *where), kind, text))
            elif (where, kind, text) not in known:
                key = ".".join(str(part) for part in plain)
                found.append((at, "mistake", f"{key}: {text}" if key else text))
    return found, arm


def _name_problems(name: str) -> list[str]:
    if re.fullmatch(SLUG, name) and len(name) <= 100:
        return []
    return [f'"{printable(name)}" is no name; write small letters, digits and single hyphens']


def _alike(base: Experiment, arms: list[Arm], written: dict[str, Any]) -> list[Problem]:
    """Find arms that come to the same, and a name that is taken."""
    problems: list[Problem] = []
    seen = {base: ""}
    empty = [arm.name for arm in arms if not written[arm.name]]
    for name in empty[1:]:
        text = f"changes nothing, like {empty[0]}; one name is enough for the experiment itself"
        problems.append((("arms", name), "mistake", text))
    for arm in arms:
        if arm.name in empty:
            continue
        if arm.experiment in seen:
            same = seen[arm.experiment] or "the experiment as it stands"
            problems.append((("arms", arm.name), "mistake", f"comes to the same as {same}"))
        seen[arm.experiment] = arm.name
        if arm.name == BASE and not empty:
            text = "is what the experiment as it stands is called; choose another name"
            problems.append((("arms", arm.name), "mistake", text))
    return problems


def _places(changes: dict[str, Any]) -> Iterator[Location]:
    """Give the locations that an arm sets."""
    for key, value in changes.items():
        if key in TABLES and isinstance(value, dict):
            yield from ((key, inner) for inner in value)
        else:
            yield (key,)


def _problems(error: ValidationError) -> list[Problem]:
    return [(e["loc"], e["type"], e["msg"]) for e in error.errors(include_url=False)]
