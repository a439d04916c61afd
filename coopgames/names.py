"""Names with parameters, such as ``random(p=0.3)``: how they are read, checked and written.

What stands between the parentheses is the inside of a TOML inline table. Parameters that have their
usual value are not written, so that one thing has one label.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from coopgames.mistakes import Mistake

Value = float | int | str


def split(text: str, kind: str, example: str) -> tuple[str, dict[str, Any]]:
    """Read a name with or without parameters.

    Parameters
    ----------
    text : str
        E.g. ``"random(p=0.3)"``.
    kind : str
        What it should be, e.g. ``"strategy"``.
    example : str
        A right one, to show to whoever wrote a wrong one.

    Raises
    ------
    Mistake
        If the parentheses hold no parameters.
    """
    name, opened, rest = text.partition("(")
    if not opened:
        return name, {}
    try:
        content = tomllib.loads(f"given = {{{rest.removesuffix(')')}}}")
    except (ValueError, RecursionError):
        content = {}
    if not rest.endswith(")") or list(content) != ["given"]:
        raise Mistake(f'"{text}" is no {kind} with parameters; write it as in "{example}"')
    return name, dict(content["given"])


def settle(
    name: str,
    usual: Mapping[str, Value],
    given: Mapping[str, Any],
    wrong: Callable[[str, Value], str | None] = lambda *_: None,
) -> dict[str, Value]:
    """Give every parameter its value, in the order of `usual` and of the same type.

    Parameters
    ----------
    name : str
        Whose parameters.
    usual : mapping
        All parameters with their usual values.
    given : mapping
        Those that are to differ.
    wrong : callable, optional
        ``wrong(parameter, value)`` says what is wrong with a value of the right type, if anything.

    Raises
    ------
    Mistake
        With one line for each parameter that does not exist or cannot have its value.
    """
    settled, problems = dict(usual), []
    for key, value in given.items():
        if key not in usual:
            takes = f"it takes {', '.join(usual)}" if usual else "it takes none"
            problems.append(f"{name} has no parameter {key!r} ({takes})")
            continue
        kind = type(usual[key])
        kinds = (float, int) if kind is float else (kind,)
        if isinstance(value, bool) or not isinstance(value, kinds):
            problems.append(f"{name}: {key} = {value!r} is not of type {kind.__name__}")
            continue
        try:
            settled[key] = kind(value)
        except OverflowError:
            problems.append(f"{name}: {key} is too large a number")
            continue
        if problem := wrong(key, settled[key]):
            problems.append(f"{name}: {problem}")
    if problems:
        raise Mistake("\n".join(problems))
    return settled


def unusual(
    usual: Mapping[str, Value], settled: Mapping[str, Value]
) -> tuple[tuple[str, Value], ...]:
    """List the parameters that do not have their usual value."""
    return tuple((key, value) for key, value in settled.items() if value != usual[key])


def label(name: str, parameters: Iterable[tuple[str, Value]]) -> str:
    """Write a name with parameters."""
    inside = ", ".join(f"{key}={value!r}" for key, value in parameters)
    return f"{name}({inside})" if inside else name
